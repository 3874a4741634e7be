"""What goes wrong, and text that wants to be more than text."""

from pathlib import Path

import pytest
from harness.house_app import HOSTILE, SECOND, House, app_of, press, scan, settle, text, verdict
from harness.terminals import program
from textual.pilot import Pilot

from rollertrack.domain.words import Word
from rollertrack.errors import StoreFailed
from rollertrack.services import checking, keeping, lists, registering
from rollertrack.services.station import Station
from rollertrack.tui.dialogs import ErrorDialog
from rollertrack.tui.screens.bench import BenchScreen
from rollertrack.tui.screens.verdict import VerdictScreen
from rollertrack.tui.widgets.lines import StatusLine
from rollertrack.tui.widgets.words import Words

SIZE = (120, 40)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "a.db")


def broken(_station: Station, *_args: object, **_named: object) -> None:
    raise ZeroDivisionError("a fault of the program")


def unreadable_roller(_station: Station, *_args: object, **_named: object) -> None:
    raise StoreFailed("The disk is gone. Nothing was changed.")


def unreadable(_: Station) -> int:
    raise StoreFailed("The disk is gone. Nothing was changed.")


async def test_an_error_in_a_deed_is_a_dialog_and_the_program_goes_on(house: House) -> None:
    code = house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        keeping.retire(house.station, code, "lost")
        await press(pilot, "x", *"bent", "ctrl+s")
        assert "retired already" in text(pilot)
        await press(pilot, "escape", "enter")
        assert not isinstance(pilot.app.screen, ErrorDialog)


async def test_an_unexpected_fault_is_one_sentence_and_no_traceback(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = house.fresh()
    monkeypatch.setattr(checking, "check", broken)
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await scan(pilot, code)
        assert isinstance(pilot.app.screen, ErrorDialog)
        assert "a fault of its own (ZeroDivisionError)" in " ".join(text(pilot).split())
        assert "Traceback" not in text(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, BenchScreen)
        await press(pilot, "down")


async def test_a_record_that_cannot_be_read_is_said_once_and_stays_said(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        with monkeypatch.context() as patched:
            patched.setattr(lists, "change_mark", unreadable)
            for _ in range(3):
                app_of(pilot).on_second()
                await settle(pilot)
            assert isinstance(pilot.app.screen, ErrorDialog)
            await press(pilot, "escape")
            assert "✗ the record cannot be read" in text(pilot).splitlines()[0]
            assert "Use no roller until it can be." in text(pilot)
            assert "✓ ready" not in text(pilot)
        app_of(pilot).on_second()
        await settle(pilot)
        assert "cannot be read" not in text(pilot)
        assert "✓ ready" in text(pilot)


async def test_a_verdict_on_display_becomes_a_stop_when_the_record_cannot_be_read(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await scan(pilot, code)
        assert verdict(pilot).result.word is Word.USE
        monkeypatch.setattr(lists, "change_mark", unreadable)
        monkeypatch.setattr(checking, "check", unreadable_roller)
        app_of(pilot).on_second()
        await settle(pilot)
        await press(pilot, "escape")
        assert verdict(pilot).result.word is Word.STOP
        assert "The disk is gone." in text(pilot)


async def test_a_key_pressed_twice_asks_once(house: House) -> None:
    house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        app = app_of(pilot)
        screen = app.screen
        assert isinstance(screen, BenchScreen)
        screen.action_deed("note")
        screen.action_deed("note")
        await settle(pilot)
        assert len(app.screen_stack) == 3


SCREENS = [(), ("enter",), ("ctrl+d",), ("f2",), ("f3",), ("f4",), ("f5",)]


@pytest.mark.parametrize("keys", SCREENS, ids=" ".join)
async def test_hostile_names_are_shown_as_they_are(house: House, keys: tuple[str, ...]) -> None:
    person, operator = house.person(HOSTILE), house.operator(HOSTILE)
    code = house.fresh(HOSTILE)
    house.use(code, person=person)
    house.solution(agent=HOSTILE[:20], lot=HOSTILE)
    house.soak(house.roller(HOSTILE))
    keeping.note(house.station, code, HOSTILE)
    registering.edit(house.station, code, {"maker": HOSTILE})
    house.bin(HOSTILE)
    assert operator
    async with house.app().run_test(size=(200, 50)) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        assert HOSTILE[:15] in text(pilot)
        assert pilot.app.is_running
        assert not isinstance(pilot.app.screen, ErrorDialog)


async def test_hostile_names_in_verdicts_and_messages_are_shown_as_they_are(house: House) -> None:
    person, solution = house.person(HOSTILE), house.solution(agent="alcohol", lot=HOSTILE)
    code = house.fresh(HOSTILE)
    keeping.inspect(house.station, code, fail=HOSTILE)
    async with house.app().run_test(size=(200, 50), notifications=True) as pilot:
        await _scan_each(pilot, house, (person, code, solution, house.bin(HOSTILE), house.operator(HOSTILE)))
        await scan(pilot, code)
        app_of(pilot).notify(HOSTILE, markup=False)
        await settle(pilot)
        assert HOSTILE in text(pilot)
        assert str(Word.STOP) in text(pilot)
        await press(pilot, "ctrl+p")
        assert pilot.app.is_running


async def _scan_each(pilot: Pilot[None], house: House, codes: tuple[str, ...]) -> None:
    for code in codes:
        await scan(pilot, code)
        assert not isinstance(pilot.app.screen, ErrorDialog)
        house.later(SECOND)


def test_a_fault_while_drawing_ends_with_one_sentence_and_no_traceback(tmp_path: Path) -> None:
    with program("run_faulty_app.py", str(tmp_path / "a.db")) as terminal:
        terminal.wait_for("a fault of its own (ZeroDivisionError)")
        terminal.wait_for("shows where")
        assert b"Traceback" not in terminal.written


async def test_a_top_line_that_still_opens_is_told_how_things_stand(house: House) -> None:
    """A second may pass after a screen has its top line, and before that has its parts."""
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        line = StatusLine()
        app_of(pilot).screen.mount(line, before=0)
        app_of(pilot).show_status()
        await settle(pilot)
        assert "22 Nov 10:32" in str(line.query_one("#clock", Words).content)


async def test_a_scan_takes_the_place_of_one_whose_screen_still_opens(house: House) -> None:
    first, second = house.fresh("first"), house.fresh("second")
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        app = app_of(pilot)
        results = [await app.scans.check(code, None) for code in (first, second)]
        opening = VerdictScreen(results[0])
        app.push_screen(opening)
        opening.take_result(results[1])
        await settle(pilot)
        assert verdict(pilot).result.code == second
        assert "second" in text(pilot)
