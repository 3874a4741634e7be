// The page works without this. With it a word is never older than the station, and a tap is tried again.
"use strict";
const main = document.querySelector("main[data-mark]");
if (main) {
  const told = main.dataset, wait = (ms) => new Promise((go) => setTimeout(go, ms));
  const touched = () => [...document.querySelectorAll("form")].some((form) => form.dataset.touched);
  const place = document.querySelector(".verdict .text"), read = place ? place.textContent : "";
  let lost = false, sending = false, asking = false, doubt = null;

  function lose() {
    lost = true;
    document.body.classList.add("lost");
    if (place) place.textContent = told.lost;
    if (doubt) return; // what is not known stays said, and can be asked again
    tell(told.why);
    buttons(false);
  }
  function regain() {
    lost = false;
    document.body.classList.remove("lost");
    if (place) place.textContent = read;
    if (doubt) return;
    const gone = document.querySelector("#told");
    if (gone) gone.remove();
    buttons(true);
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
      if (same) { if (lost) regain(); }
      else if (doubt || touched()) { lose(); if (!doubt) { tell(now.changed); buttons(true); } }
      else location.reload();
    } catch { if (!sending) lose(); }
    asking = false;
  }
  async function again() {
    for (;;) { await wait(lost ? 2000 : 5000); await look(); }
  }
  async function send(form) {
    sending = true;
    buttons(false);
    // In doubt the very same is asked again, whatever was typed since: it counts once and is told.
    const body = doubt && doubt.form === form ? doubt.body : new URLSearchParams(new FormData(form));
    for (let tries = 0; tries < 4; tries++) {
      try {
        const answer = await ask(form.action, { method: "POST", body }, 6000);
        if (answer.redirected) { location.replace(answer.url); return; }
        for (const field of form.elements) if (field.name && body.has(field.name) && field.type !== "checkbox") field.value = body.get(field.name);
        form.submit(); // the same id: what was refused is told on a whole page
        return;
      } catch { await wait(500 << tries); }
    }
    sending = false;
    doubt = { form, body };
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
