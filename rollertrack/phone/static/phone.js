// The page works without this. With it a word is never older than the station, and a tap is tried again.
"use strict";
const main = document.querySelector("main[data-mark]");
if (main) {
  const told = main.dataset, wait = (ms) => new Promise((go) => setTimeout(go, ms));
  const touched = () => [...document.querySelectorAll("form")].some((form) => form.dataset.touched);
  let lost = false, sending = false, asking = false;

  function lose() {
    lost = true;
    document.body.classList.add("lost");
    const word = document.querySelector(".verdict .text");
    if (word) word.textContent = told.lost;
    tell(told.why);
    buttons(false);
  }
  function buttons(on) {
    for (const button of document.querySelectorAll("form button")) button.disabled = !on;
  }
  function tell(text) {
    let place = document.querySelector("#told");
    if (!place) {
      place = document.createElement("p");
      place.id = "told";
      place.className = "told fault";
      place.setAttribute("role", "alert");
      main.prepend(place);
    }
    place.textContent = text;
  }
  async function ask(url, options, patience) {
    const end = new AbortController(), timer = setTimeout(() => end.abort(), patience);
    try { return await fetch(url, { ...options, cache: "no-store", signal: end.signal }); }
    finally { clearTimeout(timer); }
  }
  async function look() {
    if (asking || sending || document.hidden) return;
    asking = true;
    try {
      const answer = await ask(told.mark, {}, 2500);
      if (!answer.ok) throw new Error();
      const now = await answer.json();
      const same = String(now.head) === told.head && now.word === told.word;
      if (lost || (!same && !touched())) location.reload();
      else if (!same) { lose(); tell(now.changed); }
    } catch { if (!sending) lose(); }
    asking = false;
  }
  async function again() {
    for (;;) { await wait(lost ? 2000 : 5000); await look(); }
  }
  async function send(form) {
    sending = true;
    buttons(false);
    const body = new URLSearchParams(new FormData(form));
    for (let tries = 0; tries < 4; tries++) {
      try {
        const answer = await ask(form.action, { method: "POST", body }, 6000);
        if (answer.redirected) { location.replace(answer.url); return; }
        form.submit(); // the same id: what was refused is told on a whole page
        return;
      } catch { await wait(500 << tries); }
    }
    sending = false;
    tell(told.unsure);
    buttons(true);
  }
  for (const form of document.querySelectorAll("form")) {
    form.addEventListener("input", () => { form.dataset.touched = "yes"; });
    form.addEventListener("submit", (event) => { event.preventDefault(); if (!sending) send(form); });
  }
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  document.addEventListener("visibilitychange", look);
  addEventListener("offline", lose);
  addEventListener("online", look);
  if (told.turns) setTimeout(() => { if (!touched()) location.reload(); else look(); }, Math.min(told.turns, 86400) * 1000 + 300);
  again();
}
