"""The other screens: keys, mouse, and what they do to the record."""

from dataclasses import replace
from pathlib import Path

import pytest
from harness.house_app import (
    HOUR,
    MINUTE,
    SECOND,
    START,
    House,
    household,
    pass_second,
    press,
    scan,
    settle,
    text,
    verdict,
)

from rollertrack.domain.code import Kind, shown
from rollertrack.domain.rows import DueRow, RunningSoak
from rollertrack.domain.words import State, Word
from rollertrack.services import lists, people, records
from rollertrack.tui.dialogs import ConfirmDialog
from rollertrack.tui.screens.bench import BenchScreen
from rollertrack.tui.screens.record import RecordScreen
from rollertrack.tui.screens.registers import PeopleScreen
from rollertrack.tui.screens.soaks import jars
from rollertrack.tui.widgets.filters import Chip, FilterBar, SortChip
from rollertrack.tui.widgets.roller_table import RollerTable
from rollertrack.wording import due

SIZE = (120, 40)
DAY = 24 * HOUR


@pytest.fixture
def house(tmp_path: Path) -> House:
    return household(tmp_path / "a.db")


async def test_a_click_on_a_chip_filters_by_its_state(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        chips = {chip.state: chip for chip in pilot.app.screen.query(Chip)}
        await pilot.click(chips[State.READY])
        await settle(pilot)
        table = pilot.app.screen.query_one(RollerTable)
        assert table.count == 2
        assert table.row is not None
        assert table.row.state is State.READY
        await press(pilot, "left")
        assert table.count == 6


async def test_the_order_goes_round_by_key_and_by_mouse(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+o")
        table = pilot.app.screen.query_one(RollerTable)
        table.move_to(0)
        await settle(pilot)
        assert table.row is not None
        assert table.row.name == "body"
        await pilot.click(SortChip)
        await settle(pilot)
        assert pilot.app.screen.query_one(FilterBar).sort == lists.SORTS[2]


async def test_the_cursor_stays_on_its_roller_when_the_list_changes(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "down", "down")
        screen = pilot.app.screen
        assert isinstance(screen, BenchScreen)
        before = screen.roller
        await press(pilot, "ctrl+o")
        assert screen.roller == before


async def test_undo_takes_the_chosen_entry_and_strikes_it_through(house: House) -> None:
    code = next(row.code for row in lists.rows_for_list(house.station) if row.name == "evening")
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, BenchScreen)
        screen.table.move_to(3)
        await settle(pilot)
        assert screen.roller == code
        await press(pilot, "enter")
        record = pilot.app.screen
        assert isinstance(record, RecordScreen)
        assert record.entry is not None
        assert record.entry.kind == "noted"
        await press(pilot, "z", *"mistake", "ctrl+s")
        history = records.show(house.station, code).history
        assert [line.kind for line in history if line.voided] == ["noted"]
        assert pilot.app.screen is record
        assert "undone" in text(pilot)
        await press(pilot, "down", "z")
        assert pilot.app.screen is not record


async def test_late_entries_show_both_clocks(house: House) -> None:
    code = house.roller("late")
    house.wash(code, ago=5 * HOUR)
    async with house.app().run_test(size=(180, 40)) as pilot:
        await settle(pilot)
        await scan(pilot, code)
        await press(pilot, "enter")
        assert "entered late, today 10:32" in text(pilot)
        assert "today 05:32" in text(pilot)


async def test_a_jar_taken_out_early_asks_once_and_says_what_it_will_record(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f2")
        assert "06:00 left" in text(pilot)
        await press(pilot, "c")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        await press(pilot, "escape")
        assert len(lists.overview(house.station).soaks) == 1
        house.later(6 * MINUTE)
        await press(pilot, "c", "right", "enter")
        assert lists.overview(house.station).soaks == ()
        assert "Nothing soaks" in text(pilot)


async def test_a_soak_begun_before_the_start_is_announced_once(house: House) -> None:
    house.later(HOUR)
    app = house.app()
    bells: list[bool] = []
    app.bell = lambda: bells.append(True)  # type: ignore[method-assign]
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        assert "can come out of the alcohol" in text(pilot)
        for _ in range(3):
            app.on_second()
            await settle(pilot)
        assert bells == [True]


async def test_due_names_the_limit_and_opens_the_record(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+d")
        assert "age limit 90 d (convention)" in text(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, RecordScreen)


async def test_an_operator_is_added_and_works(house: House) -> None:
    async with house.app().run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "f5", "a", *"Kim", "ctrl+s")
        operator = people.list_named(house.station, Kind.OPERATOR)[0]
        assert operator.label == "Kim"
        await press(pilot, "y")
        assert "works here now" in text(pilot)
        assert pilot.app.operator == operator.code  # type: ignore[attr-defined]
        await press(pilot, "i", *"yellow", "ctrl+s")
        await press(pilot, "y")
        assert "A sharps bin does no deeds" in text(pilot)
        assert pilot.app.operator == operator.code  # type: ignore[attr-defined]


async def test_who_works_here_closes_themselves_and_comes_back(house: House) -> None:
    ben = house.operator("Ben")
    app = house.app()

    def here() -> str | None:
        return app.operator

    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "f5", "y")
        assert here() == ben
        await press(pilot, "x", "y")
        assert here() is None
        assert "works here now" not in text(pilot)
        assert "by Ben" not in text(pilot).splitlines()[0]
        assert f"{shown(ben)} works here no more" in text(pilot)
        await press(pilot, "y")
        assert here() is None
        assert f"{shown(ben)} is closed; x opens it again" in text(pilot)
        await press(pilot, "x", "y", "y")
        assert here() == ben
        people.close_named(house.station, Kind.OPERATOR, ben)
        await pass_second(pilot)
        assert here() is None


async def test_the_palette_holds_every_deed_of_the_roller(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+p", *"quaran")
        assert "Put it in quarantine" in text(pilot)
        await press(pilot, *(["backspace"] * 6), *"bins")
        assert "Operators and bins" in text(pilot)


async def test_q_releases_what_is_in_quarantine(house: House) -> None:
    code = house.fresh("aside")
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await scan(pilot, code)
        await press(pilot, "ctrl+k", *"dropped", "ctrl+s")
        assert verdict(pilot).result.word is Word.STOP
        await press(pilot, "ctrl+k", *"was fine", "ctrl+s")
        assert verdict(pilot).result.word is not Word.STOP
        kinds = [line.kind for line in records.show(house.station, code).history[:2]]
        assert sorted(kinds) == ["quarantined", "released"]


async def test_v_views_the_sample_only_while_there_is_no_roller(tmp_path: Path) -> None:
    house = House(tmp_path / "empty.db")
    app = house.app()
    viewed: list[bool] = []

    async def sample() -> None:
        viewed.append(True)

    app.on_sample = sample
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "v")
        assert viewed == [True]
        house.roller(sterile=True)
        app.on_second()
        await settle(pilot)
        await press(pilot, "v")
        assert viewed == [True]
        assert not isinstance(pilot.app.screen, BenchScreen)


def test_rollers_put_in_together_share_a_jar() -> None:
    soaks = [
        RunningSoak("RKDTLBNEB", "one", "alcohol", START, START + HOUR),
        RunningSoak("RSTUBDEFT", "two", "quat", START, START + MINUTE),
        RunningSoak("RBBDEFGHO", "three", "alcohol", START, START + HOUR),
    ]
    assert [(jar.agent, jar.codes) for jar in jars(soaks)] == [
        ("quat", ["RSTUBDEFT"]),
        ("alcohol", ["RKDTLBNEB", "RBBDEFGHO"]),
    ]


@pytest.mark.parametrize(
    ("ahead", "group"),
    [
        (0, "Overdue"), (HOUR, "Today"), (DAY, "Within a week"), (8 * DAY, "Within a month"),
        (31 * DAY, "Later"),
    ],
)  # fmt: skip
def test_what_is_due_stands_in_its_group(ahead: int, group: str) -> None:
    line = DueRow("RKDTLBNEB", "one", "replace", START + ahead, "age", START + ahead)
    assert due.group_of(line, START) == group


@pytest.mark.parametrize(("late_in", "group"), [(-1, "Overdue"), (0, "Overdue"), (1, "Today")])
def test_a_wash_is_due_today_until_it_was_left_too_long(late_in: int, group: str) -> None:
    line = DueRow("RKDTLBNEB", "one", "wash", START - 14 * SECOND, "used 14 s ago", START + late_in)
    assert due.group_of(line, START) == group


def test_what_is_of_one_kind_stands_once_when_it_is_too_much_to_read() -> None:
    same = [DueRow(f"R{n}", f"n{n}", "replace", START + DAY, "pack expiry", START + DAY) for n in range(5)]
    other = DueRow("S9", "quat", "discard", START + DAY, "open for 1 day", START + DAY)
    assert list(due.alike([*same, other])) == [other, due.Alike(tuple(same))]
    assert list(due.alike([*same[:4], other])) == [other, *same[:4]]
    sooner, later = (replace(other, on=START + DAY + step) for step in (-1, 1))
    assert list(due.alike([later, *same[:4], sooner])) == [sooner, *same[:4], later]
    assert list(due.alike([later, *same, sooner])) == [sooner, due.Alike(tuple(same)), later]
    last = replace(same[0], code="R0", on=later.on + 1)  # what is told as one stands where its oldest would
    assert list(due.alike([last, later, *same])) == [due.Alike((*same, last)), later]
    older = DueRow("R9", "n9", "replace", START, "age limit 90 d", START)
    assert due.several_because(due.Alike(tuple(same)), START) == "pack expiry"
    assert due.several_because(due.Alike((older, *same)), START + 2 * DAY) == "oldest 2 d"


async def test_the_cursor_goes_to_who_was_just_added(house: House) -> None:
    for label in ("ann", "zoe"):
        people.add_person(house.station, label)
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f3", "a", *"kim", "ctrl+s")
        screen = pilot.app.screen
        assert isinstance(screen, PeopleScreen)
        assert screen.chosen is not None
        assert screen.chosen[1] == "kim"
