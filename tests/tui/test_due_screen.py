"""The due screen of a clinic: kinds in groups, what is put off, what goes into the bin."""

from pathlib import Path

import pytest
from harness.house_app import DAY, House, press, settle
from harness.pictures import Altered
from harness.stock_house import stocked
from textual.pilot import Pilot

from rollertrack.domain.code import Kind
from rollertrack.domain.rows import DueRow
from rollertrack.services import bins, people, registering, washing
from rollertrack.services.due import due
from rollertrack.services.snoozing import snooze
from rollertrack.services.solutions import SolutionFacts, add_solution
from rollertrack.tui.screens.due import DueScreen
from rollertrack.tui.screens.list_screen import ListScreen
from rollertrack.wording.due import Alike

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Orders, a bottle whose life is over, six rollers past their expiry, one in a soak, one put off."""
    house = stocked(tmp_path / "a.db")
    station = house.station
    house.later(-3 * DAY)
    people.add_named(station, Kind.BIN, "room 2")
    add_solution(station, SolutionFacts("quat"))
    codes = registering.add(station, {"length": "0.5", "expiry": "2026-01"}, count=6).codes
    (other,) = registering.add(station, {"length": "0.5", "name": "evening"}).codes
    washing.soak(station, other, washing.Bath("alcohol", cleaned=True))
    house.later(3 * DAY)
    snooze(station, codes[0], "bin", "2027-01-01", "lent to a friend")
    return house


def chosen(pilot: Pilot[None]) -> object:
    screen = pilot.app.screen
    assert isinstance(screen, DueScreen)
    return screen.chosen


async def go_to(pilot: Pilot[None], what: str) -> None:
    """Put the cursor on the first line of a kind."""
    await press(pilot, "home")
    for _ in range(30):
        row = chosen(pilot)
        line = row.lines[0] if isinstance(row, Alike) else row
        if isinstance(line, DueRow) and line.what == what:
            return
        await press(pilot, "down")
    raise AssertionError(what)


async def test_the_picture(altered: Altered, house: House) -> None:
    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await press(pilot, "ctrl+d")

    assert not await altered(house.app(), hands)


async def test_the_picture_of_putting_off(altered: Altered, house: House) -> None:
    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await press(pilot, "ctrl+d")
        await go_to(pilot, "bin")
        await press(pilot, "m", *"holiday")

    assert not await altered(house.app(), hands)


async def test_what_the_keys_do(house: House) -> None:
    async with house.app().run_test(size=SIZES[0]) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+d")
        await go_to(pilot, "discard")
        assert isinstance(chosen(pilot), DueRow)
        await press(pilot, "w")  # a bottle is not soaked
        assert isinstance(pilot.app.screen, DueScreen)
        await press(pilot, "m", *"later", "ctrl+s")
        assert ("discard", "later") in {(line.what, line.why) for line in due(house.station, 1).snoozed}
        await go_to(pilot, "order")
        await press(pilot, "m", *"broke", "ctrl+s")
        assert "broke" in {line.why for line in due(house.station, 1).snoozed}
        await go_to(pilot, "bin")
        several = chosen(pilot)
        assert isinstance(several, Alike)
        await press(pilot, "enter")
        await press(pilot, "down")
        assert chosen(pilot) == several.lines[0]
        await press(pilot, "up", "x", "ctrl+s")
        assert [line.what for line in due(house.station, 0).lines if line.what == "bin"] == []
        (sharps,) = people.open_bins(house.station)
        assert len(bins.show_bin(house.station, sharps.code).rollers) == len(several.lines)


@pytest.mark.parametrize(
    ("what", "shows", "told"), [("discard", "SolutionsScreen", "S"), ("order", "StockScreen", "M"),
                                ("take out", "RecordScreen", "R")]
)  # fmt: skip
async def test_enter_opens_the_thing(house: House, what: str, shows: str, told: str) -> None:
    async with house.app().run_test(size=SIZES[0]) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+d")
        await go_to(pilot, what)
        line = chosen(pilot)
        assert isinstance(line, DueRow)
        assert line.code.startswith(told)
        await press(pilot, "enter")
        screen = pilot.app.screen
        assert type(screen).__name__ == shows
        if isinstance(screen, ListScreen):
            assert screen.key(screen.chosen) == line.code


async def test_what_is_put_off_is_taken_back_by_its_line(house: House) -> None:
    async with house.app().run_test(size=SIZES[0]) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+d", "end")
        line = chosen(pilot)
        assert isinstance(line, DueRow)
        assert line.snoozed_until is not None
        await press(pilot, "m", *"back", "ctrl+s")
        assert due(house.station, 1).snoozed == []
