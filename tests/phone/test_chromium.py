"""What a phone shows and does, in a real browser: taps, lost answers, no network, no script."""

import io
import os
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from harness.chromium import PROGRAM, Browser, browser
from PIL import Image

from rollertrack.domain.words import Word
from rollertrack.phone import serving
from rollertrack.phone.desk import Desk
from rollertrack.services import keeping, people, phones, policies, registering, using, washing
from rollertrack.services.backend import Backend
from rollertrack.services.station import Station
from rollertrack.services.using import Use
from rollertrack.services.washing import Bath
from rollertrack.store.store import Store
from rollertrack.tui.palette import ink
from rollertrack.wiring import system_clock, system_dice
from rollertrack.wording import phones as words

HOST = "192.168.1.20"
PATIENCE = 20.0
_LOST: tuple[str, dict[str, object]] = ("Fetch.failRequest", {"errorReason": "Failed"})
if PROGRAM is None and not os.environ.get("ROLLERTRACK_NEEDS_CHROMIUM"):
    pytest.skip("no Chromium on this machine; `apt install chromium` brings it", allow_module_level=True)


@dataclass
class Bench:
    """A server, a station beside it, and a paired phone."""

    station: Station
    page: Browser
    address: str
    clean: str
    dirty: str

    def open(self, path: str) -> None:
        self.page.open(f"{self.address}/{path}")

    def kinds(self, code: str) -> list[str]:
        with self.station.store.reading() as journal:
            return [event.kind for event in journal.stream(code)]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A server and a phone that most of these tests share."""
    with served(tmp_path_factory.mktemp("phone")) as bench:
        yield bench


@contextmanager
def served(folder: Path) -> Iterator[Bench]:
    """A server of a database of its own on a thread, and a browser that is paired."""
    path = folder / "a.db"
    station = Station(Store(path), system_clock, system_dice)
    people.first_start(station)
    with closing(station.store):
        desk = Desk(Backend(lambda: Station(Store(path), system_clock, system_dice)))
        with serving.bound("127.0.0.1", 0) as listening, browser(folder, HOST) as page:
            server = serving.server_of(desk)
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
            thread.start()
            try:
                address = f"http://{HOST}:{listening.getsockname()[1]}"
                page.open(f"{address}/pair/{phones.begin_pairing(station).code}")
                page.js("document.querySelector('#name').value = 'mine'")
                page.js("document.querySelector('button').click()")
                page.until(f"document.title === '{words.FIND_TITLE}'")
                yield Bench(station, page, address, "", "")
            finally:
                server.should_exit = True
                thread.join(PATIENCE)


@pytest.fixture(autouse=True)
def rollers(bench: Bench) -> None:
    """Two new rollers, of which one is clean."""
    both = [registering.add(bench.station, {"length": "0.15"}).codes[0] for _ in range(2)]
    bench.clean, bench.dirty = both
    washing.disinfect(bench.station, [bench.clean], Bath("alcohol", minutes="10", cleaned=True))


def test_two_taps_are_one_use_and_a_reload_is_none(bench: Bench) -> None:
    bench.open(bench.clean)
    assert bench.page.word in {Word.USE, Word.CARE}
    bench.page.js("document.querySelector('[name=acknowledged]')?.click()")
    bench.page.tap("use", times=2)
    bench.page.until("document.querySelector('.told.done')")
    assert words.LOGGED in bench.page.text
    assert bench.page.word == Word.WASH
    bench.page.js("window.leaving = true")
    bench.page.call("Page.reload")
    bench.page.until("!window.leaving && document.querySelector('.told.done')")
    assert bench.kinds(bench.clean).count("used") == 1


def test_without_a_network_the_word_is_not_known_and_comes_back(bench: Bench) -> None:
    bench.open(bench.dirty)
    assert bench.page.word == Word.WASH
    bench.page.offline(True)
    try:
        bench.page.until("document.body.classList.contains('lost')")
        assert bench.page.word == words.NOT_KNOWN
        assert words.NOT_KNOWN_WHY in bench.page.text
        assert bench.page.js("[...document.querySelectorAll('form button')].every((b) => b.disabled)")
        assert bench.page.js("document.querySelector('.known').offsetParent === null")
    finally:
        bench.page.offline(False)
    bench.page.until("!document.body.classList.contains('lost') && document.querySelector('.verdict .text')")
    assert bench.page.word == Word.WASH


def test_an_answer_that_was_lost_twice_is_one_note(bench: Bench) -> None:
    bench.open(bench.dirty)
    posts: list[str] = []

    def lose_two(method: str) -> tuple[str, dict[str, object]]:
        posts.append(method)
        return (
            ("Fetch.failRequest", {"errorReason": "Failed"})
            if len(posts) < 3
            else ("Fetch.continueRequest", {})
        )

    bench.page.hold("*/note", lose_two)
    try:
        bench.page.fill("note", "note", "fell")
        bench.page.tap("note")
        bench.page.until("document.querySelector('.told.done')")
    finally:
        bench.page.let_go()
    assert len(posts) == 3
    assert bench.kinds(bench.dirty).count("noted") == 1


def test_when_every_answer_is_lost_it_is_not_known_and_the_next_tap_counts_once(bench: Bench) -> None:
    bench.open(bench.dirty)
    bench.page.hold("*/note", lambda _: _LOST)
    try:
        bench.page.fill("note", "note", "fell")
        bench.page.tap("note")
        bench.page.until("document.querySelector('#told')?.innerText")
        assert words.MAYBE_LOGGED in bench.page.text
    finally:
        bench.page.let_go()
    bench.page.tap("note")
    bench.page.until("document.querySelector('.told.done')")
    assert bench.kinds(bench.dirty).count("noted") == 1


_LOOK = "document.dispatchEvent(new Event('visibilitychange'))"
_NOTE = "document.querySelector('form[action$=\"/note\"] [name=note]').value"


def test_what_is_in_doubt_stays_in_doubt_whatever_is_written_meanwhile(bench: Bench) -> None:
    bench.open(bench.dirty)
    bench.page.hold("*/note", lambda _: _LOST)
    try:
        bench.page.fill("note", "note", "fell")
        bench.page.tap("note")
        bench.page.until("document.querySelector('#told')?.innerText")
        keeping.note(bench.station, bench.dirty, "by another station")
        bench.page.js(_LOOK)
        bench.page.until("document.body.classList.contains('lost')")
        assert words.MAYBE_LOGGED in bench.page.text
        assert bench.page.js(_NOTE) == "fell"
    finally:
        bench.page.let_go()
    bench.page.tap("note")
    bench.page.until("document.querySelector('.told.done')")
    assert bench.kinds(bench.dirty).count("noted") == 2


def test_what_was_typed_stays_when_something_is_written_elsewhere(bench: Bench) -> None:
    bench.open(bench.dirty)
    bench.page.fill("note", "note", "half a sentence")
    keeping.note(bench.station, bench.dirty, "by another station")
    bench.page.js(_LOOK)
    bench.page.until("document.body.classList.contains('lost')")
    assert bench.page.word == words.NOT_KNOWN
    assert words.CHANGED_MEANWHILE in bench.page.text
    bench.page.js(_LOOK)
    bench.page.offline(True)
    bench.page.js(_LOOK)
    bench.page.offline(False)
    bench.page.js(_LOOK)
    assert bench.page.js(_NOTE) == "half a sentence"


def test_what_another_station_does_turns_the_page(bench: Bench) -> None:
    bench.open(bench.clean)
    before = bench.page.word
    using.use(bench.station, bench.clean, Use(acknowledged=True, despite="meanwhile"))
    bench.page.until(f"document.querySelector('.word .text')?.innerText === '{Word.WASH.value}'")
    assert before in {Word.USE, Word.CARE}


def test_a_page_come_back_to_is_never_the_old_word(bench: Bench) -> None:
    bench.open(bench.clean)
    bench.open("")
    keeping.quarantine(bench.station, bench.clean, "fell")
    bench.page.js("history.back()")
    bench.page.until(f"document.querySelector('.word .text')?.innerText === '{Word.STOP.value}'")


def test_without_a_script_a_deed_works_too(bench: Bench) -> None:
    bench.page.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        bench.open(bench.dirty)
        bench.page.fill("note", "note", "no script")
        bench.page.tap("note")
        bench.page.until("document.querySelector('.told.done')")
    finally:
        bench.page.call("Emulation.setScriptExecutionDisabled", value=False)
    assert bench.kinds(bench.dirty).count("noted") == 1


@pytest.mark.parametrize("script", [True, False])
def test_the_health_questions_are_answered_in_the_form_of_a_use(tmp_path: Path, *, script: bool) -> None:
    with served(tmp_path) as bench:
        _answer_in_the_form_of_a_use(bench, script=script)


def _answer_in_the_form_of_a_use(bench: Bench, *, script: bool) -> None:
    station, page = bench.station, bench.page
    tick = "document.querySelector(\"form[action$='/use'] input[name={}]\").click()"
    policies.set_policy(station, "profile", "clinic")
    policies.set_policy(station, "use.operator", "no")
    (person,) = people.add_person(station, "ann").codes
    (code,) = registering.add(station, {"length": "0.25", "sterile": True}).codes
    page.call("Emulation.setScriptExecutionDisabled", value=not script)
    bench.open(f"{code}?person={person}")
    page.js(tick.format("holds"))
    page.js(tick.format("acknowledged"))
    page.tap("use")
    page.until("document.querySelector('.first .fault')?.innerText.startsWith('As answered')")
    assert bench.kinds(person) == ["registered"]
    ticked = "[...document.querySelectorAll(\"form[action$='/use'] input:checked\")].map((b) => b.value)"
    assert page.js(ticked) == ["rosacea", "yes"]
    assert page.js("document.documentElement.scrollWidth <= innerWidth")
    page.tap("use")
    page.until("document.querySelector('.told.done')")
    assert bench.kinds(code)[-1] == "used"
    assert bench.kinds(person) == ["registered", "asked", "session"]


@pytest.mark.parametrize(
    ("width", "height", "scale"), [(390, 844, 1.0), (320, 568, 1.0), (320, 568, 2.0), (820, 1180, 1.0)]
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_moves_sideways_and_buttons_are_large(
    width: int, height: int, scale: float, scheme: str, bench: Bench
) -> None:
    page = bench.page
    page.call(
        "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=True
    )
    page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    try:
        for path in (bench.clean, bench.dirty, "", "RKDTLBNEB"):
            bench.open(path)
            page.js(f"document.documentElement.style.fontSize = '{scale * 100}%'")
            page.js("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
            assert page.js("document.documentElement.scrollWidth <= innerWidth"), path
            buttons = "[...document.querySelectorAll('button, summary, a.button')]"
            sizes = page.js(f"{buttons}.map((b) => b.getBoundingClientRect().height)")
            assert min(sizes) >= 48
        bench.open(bench.dirty)
        tint = ink(Word.WASH, scheme == "dark").tint
        seen = Image.open(io.BytesIO(page.picture())).convert("RGB").getpixel((width // 2, 12))
        assert "#{:02x}{:02x}{:02x}".format(*seen) == tint  # type: ignore[misc]
    finally:
        page.call("Emulation.setEmulatedMedia", features=[])
        page.call(
            "Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=1, mobile=True
        )


AXE = os.environ.get("ROLLERTRACK_AXE", "")
"""The script of axe-core, which looks for what people with other eyes, hands or ears cannot use."""


@pytest.mark.skipif(not AXE, reason="no axe-core: ROLLERTRACK_AXE names none; `.ci/run` fetches it")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_the_pages(bench: Bench, scheme: str) -> None:
    page = bench.page
    person = people.list_persons(bench.station)[0].code
    page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    script = Path(AXE).read_text("utf-8")
    told: dict[str, list[str]] = {}
    try:
        for path in ("", bench.clean, bench.dirty, person, "RKDTLBNEX", "nothing", "pair/NOCODE"):
            bench.open(path)
            page.js(script)
            found = page.js(
                "axe.run().then((said) => said.violations.map((each) => each.id + ': '"
                " + each.nodes.map((node) => node.html).join(' ').slice(0, 200)))"
            )
            assert isinstance(found, list), f"axe-core did not answer on /{path}"
            if found:
                told[path] = found
        # It does see what is wrong: a picture that says nothing to who cannot see it.
        page.js("document.body.innerHTML = '<img src=x>'")
        assert page.js("axe.run().then((said) => said.violations.some((each) => each.id == 'image-alt'))")
    finally:
        page.call("Emulation.setEmulatedMedia", features=[])
    assert told == {}


def test_a_page_complains_of_nothing(bench: Bench) -> None:
    page = bench.page
    page.call("Log.enable")
    for path in (bench.clean, "", "RKDTLBNEB"):
        bench.open(path)
    assert page.js("performance.getEntriesByType('resource').every((e) => e.name.includes(location.host))")
