"""No USE stays on display that the gate would not say now, whatever failed, changed or jumped meanwhile."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from harness.house_app import DAY, HOUR, MINUTE, SECOND, House, app_of, press, scan, settle, text, verdict
from harness.idle import held_up
from harness.printing_app import until
from harness.stations import cut_off
from textual.pilot import Pilot
from textual.widgets import Static

from rollertrack.domain.events import Used
from rollertrack.domain.words import Word
from rollertrack.errors import StoreFailed
from rollertrack.services import checking, keeping, lists, people, records
from rollertrack.services.station import Station
from rollertrack.store import recalculation
from rollertrack.tui.dialogs import ErrorDialog
from rollertrack.tui.forms.form import Form
from rollertrack.tui.screens.bench import BenchScreen
from rollertrack.tui.screens.record import RecordScreen
from rollertrack.tui.widgets.roller_table import RollerTable
from rollertrack.tui.widgets.side_panel import SidePanel

SIZE = (120, 40)
NARROW = (80, 24)
MANY = 1_000
GONE = "The disk is gone. Nothing was changed."


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "a.db")


def gone(_station: Station, *_args: object, **_named: object) -> None:
    raise StoreFailed(GONE)


def broken(_station: Station, *_args: object, **_named: object) -> None:
    raise ZeroDivisionError("a fault of the program")


def only_of(code: str, fault: Callable[..., object], deed: Callable[..., Any]) -> Callable[..., Any]:
    """A read that fails for one roller."""

    def read(station: Station, asked: str, *args: object, **named: object) -> object:
        return fault(station) if asked == code else deed(station, asked, *args, **named)

    return read


async def pass_time(pilot: Pilot[None], house: House, *spans: int) -> None:
    """The second hand, after each span of the wall clock."""
    for span in spans:
        house.later(span)
        app_of(pilot).on_second()
        await settle(pilot)


def word_of_form(pilot: Pilot[None]) -> str:
    """The gate's word on the form; nothing where none is shown."""
    assert isinstance(pilot.app.screen, Form), pilot.app.screen
    line = pilot.app.screen.query_one("#form-word", Static)
    return str(line.render()) if line.display else ""


async def acknowledge(pilot: Pilot[None]) -> None:
    """Tick that the findings were read."""
    pilot.app.screen.query_one("#field-acknowledged Picker").focus()
    await press(pilot, "space")


def dialogs(pilot: Pilot[None]) -> int:
    return sum(isinstance(screen, ErrorDialog) for screen in pilot.app.screen_stack)


# The form of a use.


@pytest.mark.parametrize("fault", [gone, broken])
async def test_a_form_that_cannot_ask_the_gate_shows_no_word(
    house: House, monkeypatch: pytest.MonkeyPatch, fault: Callable[..., None]
) -> None:
    house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "a")
        assert "USE" in word_of_form(pilot)
        with monkeypatch.context() as patched:
            patched.setattr(checking, "check", fault)
            await pass_time(pilot, house, MINUTE)
            assert word_of_form(pilot) == ""
            told = text(pilot)
            assert GONE in told or "a fault of its own (ZeroDivisionError)" in told
            assert "Logs use 1" not in told
            assert dialogs(pilot) == 0
        await pass_time(pilot, house, MINUTE)
        assert "USE" in word_of_form(pilot)
        assert GONE not in text(pilot)
        assert "a fault of its own" not in text(pilot)


async def test_what_another_station_writes_reaches_an_open_form(house: House) -> None:
    code = house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "a")
        keeping.retire(house.station, code, "lost")
        await pass_time(pilot, house, SECOND)
        assert "STOP" in word_of_form(pilot)


async def test_a_form_wakes_from_suspend_with_the_clock_of_the_wall(house: House) -> None:
    house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "a")
        await pass_time(pilot, house, 2 * DAY)
        assert "WASH FIRST" in word_of_form(pilot)


async def test_a_form_shows_no_word_while_the_record_is_out_of_sight(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "a")
        with monkeypatch.context() as patched:
            patched.setattr(lists, "change_mark", gone)
            await pass_time(pilot, house, SECOND, SECOND)
            assert dialogs(pilot) == 1
            await press(pilot, "escape")
            assert word_of_form(pilot) == ""
            assert "Use no roller until it can be." in text(pilot)
        await pass_time(pilot, house, SECOND)
        assert "USE" in word_of_form(pilot)
        assert "Use no roller" not in text(pilot)


async def test_a_moment_that_reads_wrong_has_no_word(house: House) -> None:
    house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "a")
        pilot.app.screen.query_one("#field-at Input").focus()
        await press(pilot, *"soon")
        assert word_of_form(pilot) == ""


async def test_a_tick_holds_only_for_what_was_shown_with_it(house: House) -> None:
    code = house.fresh()
    me = people.list_persons(house.station)[0].code
    people.edit_person(house.station, me, contraindications=["eczema"])
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "a")
        assert "USE WITH CARE" in word_of_form(pilot)
        await acknowledge(pilot)
        assert "☒ I have read this" in text(pilot)
        await pass_time(pilot, house, MINUTE)
        assert "☒ I have read this" in text(pilot)
        other = house.fresh("other")
        house.use(other, ago=30 * HOUR)
        await pass_time(pilot, house, SECOND)
        assert "☐ I have read this" in text(pilot)
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, Form)
    with house.station.store.reading() as journal:
        assert not any(isinstance(event.payload, Used) for event in journal.stream(code))


async def test_care_that_comes_up_after_the_look_is_told_and_asked_about(house: House) -> None:
    code = house.fresh()
    me = people.list_persons(house.station)[0].code
    people.edit_person(house.station, me, contraindications=["eczema"])
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "a")
        await acknowledge(pilot)
        house.use(house.fresh("other"), ago=30 * HOUR)
        await press(pilot, "ctrl+s")
        assert "Changed meanwhile" in text(pilot)
        assert "☐ I have read this" in text(pilot)
        await acknowledge(pilot)
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, BenchScreen)
    with house.station.store.reading() as journal:
        assert any(isinstance(event.payload, Used) for event in journal.stream(code))


# The scans before the newest.


async def test_the_lines_above_follow_what_another_station_writes(house: House) -> None:
    first, second = house.fresh("first"), house.fresh("second")
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await scan(pilot, first, second)
        assert [card.word for card in verdict(pilot).earlier] == [Word.USE]
        keeping.retire(house.station, first, "lost")
        await pass_time(pilot, house, SECOND)
        assert [card.word for card in verdict(pilot).earlier] == [Word.STOP]
        assert "✗ STOP" in text(pilot)


async def test_the_lines_above_turn_with_the_clock_and_are_not_asked_each_second(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = house.fresh("first")
    house.later(HOUR)
    second = house.fresh("second")
    asked: list[str] = []
    check = checking.check

    def counted(station: Station, code: str, **named: Any) -> object:
        asked.append(code)
        return check(station, code, **named)

    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await scan(pilot, first, second)
        await pass_time(pilot, house, SECOND)
        monkeypatch.setattr(checking, "check", counted)
        await pass_time(pilot, house, SECOND, SECOND, SECOND)
        assert asked == []
        until = verdict(pilot).earlier[0].verdict
        assert until is not None
        assert until.valid_until is not None
        await pass_time(pilot, house, until.valid_until - house.now)
        assert [card.word for card in verdict(pilot).earlier] == [Word.WASH]
        assert verdict(pilot).result.word is Word.USE


@pytest.mark.parametrize("fault", [gone, broken])
async def test_lines_that_cannot_be_asked_are_stops_until_they_can(
    house: House, monkeypatch: pytest.MonkeyPatch, fault: Callable[..., None]
) -> None:
    person = house.person("B.")
    first, second = house.fresh("first"), house.fresh("second")
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await scan(pilot, first)
        house.later(MINUTE)
        await scan(pilot, person, second)
        with monkeypatch.context() as patched:
            patched.setattr(checking, "check", fault)
            patched.setattr(lists, "change_mark", gone)
            await pass_time(pilot, house, SECOND)
            await press(pilot, "escape")
            shown = verdict(pilot)
            assert [card.word for card in (*shown.earlier, shown.result)].count(Word.STOP) >= 2
            assert not any(card.word is Word.USE for card in (*shown.earlier, shown.result))
        await pass_time(pilot, house, SECOND)
        assert verdict(pilot).result.word is Word.USE
        assert verdict(pilot).result.person == person
        assert dialogs(pilot) == 0


# The roller beside the list.


def panel_state(pilot: Pilot[None]) -> str | None:
    """The first word of the state beside the list, without its sign."""
    panel = pilot.app.screen.query_one(SidePanel)
    told = str(panel.query_one("#panel-state", Static).content)
    return None if panel.has_class("-none") else told.split()[1]


@pytest.mark.parametrize("fault", [gone, broken])
async def test_a_roller_that_cannot_be_read_is_a_stop_beside_the_list(
    house: House, monkeypatch: pytest.MonkeyPatch, fault: Callable[..., None]
) -> None:
    codes = [house.fresh("one"), house.fresh("two")]
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        row = pilot.app.screen.query_one(RollerTable).row
        assert row is not None
        assert panel_state(pilot) == "ready"
        (other,) = {*codes} - {row.code}
        monkeypatch.setattr(records, "show", only_of(other, fault, records.show))
        await press(pilot, "down")
        assert panel_state(pilot) == "stop"
        await pass_time(pilot, house, MINUTE, MINUTE)
        assert dialogs(pilot) == 0
        await press(pilot, "up")
        assert panel_state(pilot) == "ready"


async def test_a_roller_that_cannot_be_read_is_a_stop_below_the_list(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.fresh()
    async with house.app().run_test(size=NARROW) as pilot:
        await settle(pilot)
        monkeypatch.setattr(records, "show", gone)
        await pass_time(pilot, house, MINUTE)
        assert GONE in text(pilot)
        assert "✗ stop" in text(pilot)
        assert dialogs(pilot) == 0


async def test_the_panel_is_empty_while_another_roller_is_read(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.fresh("one")
    house.fresh("two")
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        backend, seen = app_of(pilot).backend, list[str | None]()
        run = backend.run

        async def watched(asked: Callable[..., object], *args: Any, **more: Any) -> object:
            if asked is records.show:
                seen.append(panel_state(pilot))
            return await run(asked, *args, **more)

        monkeypatch.setattr(backend, "run", watched)
        await press(pilot, "down")
        assert seen == [None]
        assert panel_state(pilot) == "ready"


async def test_a_registration_undone_empties_the_panel_without_a_word(house: House) -> None:
    code = house.roller()
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert panel_state(pilot) == "new"
        keeping.undo(house.station, code, "a mistake", entry=1)
        await pass_time(pilot, house, MINUTE)
        assert panel_state(pilot) is None
        assert dialogs(pilot) == 0


# The record, and every read that fails.


async def test_a_record_that_cannot_be_read_shows_no_word_and_says_so_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, RecordScreen)
        assert "✓ ready" in text(pilot)
        with monkeypatch.context() as patched:
            patched.setattr(records, "show", gone)
            await pass_time(pilot, house, MINUTE, MINUTE, MINUTE)
            assert dialogs(pilot) == 1
            await press(pilot, "escape")
            assert isinstance(pilot.app.screen, RecordScreen)
            await pass_time(pilot, house, 2 * DAY)
            assert dialogs(pilot) == 0
            assert "✓ ready" not in text(pilot)
            assert "Use no roller until it can be." in text(pilot)
        await pass_time(pilot, house, MINUTE)
        assert "~ stale" in text(pilot)
        assert "Use no roller until" not in text(pilot)


async def test_a_list_that_cannot_be_read_is_empty_and_comes_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        with monkeypatch.context() as patched:
            patched.setattr(lists, "roller_rows", gone)
            await pass_time(pilot, house, MINUTE, MINUTE)
            assert dialogs(pilot) == 1
            await press(pilot, "escape")
            assert "✓ ready" not in text(pilot)
        await pass_time(pilot, house, MINUTE, MINUTE)
        assert "✓ ready" in text(pilot)


async def test_a_person_who_waited_long_enough_leaves_the_form_above_alone(house: House) -> None:
    person = house.person()
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await scan(pilot, person)
        await press(pilot, "ctrl+n")
        assert isinstance(pilot.app.screen, Form)
        await pass_time(pilot, house, HOUR)
        assert isinstance(pilot.app.screen, Form)


async def test_a_fault_of_every_second_is_told_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        monkeypatch.setattr(lists, "change_mark", broken)
        await pass_time(pilot, house, SECOND, SECOND)
        assert dialogs(pilot) == 1
        await press(pilot, "escape")
        await pass_time(pilot, house, SECOND)
        assert dialogs(pilot) == 0
        assert "✓ ready" not in text(pilot)


class Stalled:
    """A question that gets no answer until one is let through."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked = 0
        self._answers = threading.Semaphore(0)
        self._mark = lists.change_mark
        monkeypatch.setattr(lists, "change_mark", self)

    def __call__(self, station: Station) -> int:
        self.asked += 1
        self._answers.acquire()
        return self._mark(station)

    def answer(self, questions: int) -> None:
        self._answers.release(questions)


async def wait_in_vain(pilot: Pilot[None], seconds: int) -> None:
    for _ in range(seconds):
        app_of(pilot).on_second()
        await pilot.pause()


async def test_a_database_that_does_not_answer_is_out_of_sight(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await scan(pilot, code)
        stalled = Stalled(monkeypatch)
        try:
            with held_up("reading"):
                await wait_in_vain(pilot, 12)
                assert dialogs(pilot) == 1
                await pilot.press("escape")
                await pilot.pause()
                assert verdict(pilot).result.word is Word.STOP
                assert "✓ ready" not in text(pilot)
        finally:
            stalled.answer(MANY)
        await pass_time(pilot, house, SECOND)
        assert verdict(pilot).result.word is Word.USE


async def test_what_a_cut_off_change_of_the_policy_left_is_gone_on_with(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("travel", "evening", "body"):
        house.roller(name)
    monkeypatch.setattr(recalculation, "ROLLERS_A_BATCH", 1)
    cut_off(house.station, monkeypatch, "age.days", "9")
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "the list is being recalculated" in text(pilot)
        await pass_time(pilot, house, *[SECOND] * 4)
        assert "recalculat" not in text(pilot)
    assert not house.station.store.is_recalculating()


async def test_a_database_that_answers_at_last_has_all_the_time_for_the_next_answer(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        stalled = Stalled(monkeypatch)
        try:
            with held_up("reading"):
                await wait_in_vain(pilot, 12)
                await pilot.press("escape")
                stalled.answer(1)
                await until(pilot, lambda: stalled.asked == 2)
                await wait_in_vain(pilot, 9)
                assert dialogs(pilot) == 0
                await wait_in_vain(pilot, 1)
                assert dialogs(pilot) == 1
        finally:
            stalled.answer(MANY)
