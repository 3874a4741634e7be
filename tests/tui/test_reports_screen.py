"""Reports at the terminal: turned with the arrows, written by a key, and as pictures."""

from itertools import count
from pathlib import Path

import pytest
from harness.house_app import DAY, MINUTE, House, app_of, press, settle, text
from harness.pictures import Altered
from harness.stock_house import newly_stocked
from textual.pilot import Pilot
from textual.widgets import Input

from rollertrack.services import keeping, lists, reporting, spans
from rollertrack.tui.screens.reports import ReportsScreen
from rollertrack.wording import reports as say
from rollertrack.wording.dates import iso_day


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A shelf of products, some pieces of which were used and washed; its seal is the same in each run."""
    salts = count()
    monkeypatch.setattr("secrets.token_hex", lambda size: f"{next(salts):0{2 * size}x}")
    house = newly_stocked(tmp_path / "a.db")
    ids = lists.listing(house.station, search="titan").ids
    codes = [row.code for row in lists.roller_rows(house.station, ids)][:6]
    house.now -= 30 * DAY
    for place, code in enumerate(codes):
        house.later(3 * DAY)
        house.use(code)
        house.later((place + 1) * 25 * MINUTE)
        if place % 3:
            house.wash(code)
    house.now += 7 * DAY
    return house


async def on_reports(pilot: Pilot[None]) -> ReportsScreen:
    await settle(pilot)
    app_of(pilot).open_screen("report_uses")
    await settle(pilot)
    assert isinstance(pilot.app.screen, ReportsScreen)
    return pilot.app.screen


def shows_reports(pilot: Pilot[None]) -> bool:
    return isinstance(pilot.app.screen, ReportsScreen)


async def test_the_arrows_turn_report_and_span_and_a_key_writes(house: House, tmp_path: Path) -> None:
    async with house.app().run_test(size=(80, 24)) as pilot:
        screen = await on_reports(pilot)
        newest = text(pilot)
        assert "Uses a week" in newest
        await press(pilot, "left")
        assert "No use in this span." in text(pilot)
        await press(pilot, "right", "right")
        assert text(pilot) == newest
        for title in ("Disinfected after a use", "Life reached", "Stock · ", "Cost · ", "Uses a week"):
            await press(pilot, "down")
            assert title in text(pilot)
        await press(pilot, "up", "up")
        assert screen.name_shown == "stock"
        assert "Titan 192" in text(pilot)
        await press(pilot, "pagedown", "pageup", "w")
        pilot.app.screen.query_one("#field-csv Input", Input).value = str(tmp_path / "stock.csv")
        await settle(pilot)
        await press(pilot, "ctrl+s")
        assert "Titan 192" in (tmp_path / "stock.csv").read_text("utf-8-sig")
        assert shows_reports(pilot)
        await press(pilot, "m", *"Studio")
        assert "Writes uses, disinfections, packs" in text(pilot)
        pilot.app.screen.query_one("#field-to Input", Input).value = str(tmp_path / "i.pdf")
        await settle(pilot)
        await press(pilot, "ctrl+s")
        for _ in range(100):  # the pages are typeset first
            if shows_reports(pilot):
                break
            await settle(pilot)
        assert (tmp_path / "i.pdf").read_bytes().startswith(b"%PDF")
        await press(pilot, "escape")
        assert not shows_reports(pilot)


async def test_the_inspectors_report_is_of_the_span_that_is_looked_at(house: House) -> None:
    async with house.app().run_test(size=(80, 24)) as pilot:
        await on_reports(pilot)
        await press(pilot, "left", "left", "m")
        span = spans.spans_back(house.station, 2)
        fields = [
            pilot.app.screen.query_one(f"#field-{name} Input", Input).value for name in ("begin", "end")
        ]
        assert fields == [iso_day(span.since), iso_day(span.until)]


async def test_nothing_is_cut_on_a_small_terminal(house: House) -> None:
    codes = [house.roller(name, "0.5", max_uses="1") for name in ("a", "b", "c", "d")]
    house.use(codes[0])
    keeping.inspect(house.station, codes[1], fail="bent")
    house.later(DAY)
    keeping.retire(house.station, codes, "end")
    async with house.app().run_test(size=(80, 24)) as pilot:
        await on_reports(pilot)
        await press(pilot, "down", "down")
        assert "4 rollers: 1 used up, 1 damaged or shared, 2 before their time" in in_one_line(pilot)
        await press(pilot, "down", "down", *["left"] * 3)
        assert say.NOTHING["cost"] in in_one_line(pilot)


def in_one_line(pilot: Pilot[None]) -> str:
    return " ".join(text(pilot).split())


@pytest.mark.parametrize("turns", [0, 1, 3], ids=["uses", "washing", "stock"])
async def test_a_report(altered: Altered, house: House, turns: int) -> None:
    async def hands(pilot: Pilot[None]) -> None:
        await on_reports(pilot)
        await press(pilot, *["down"] * turns)

    assert not await altered(house.app(), hands)


async def test_the_inspectors_form(altered: Altered, house: House) -> None:
    async def hands(pilot: Pilot[None]) -> None:
        await on_reports(pilot)
        await press(pilot, "m", *"Studio")
        pilot.app.screen.query_one("#field-to Input", Input).value = "inspection.pdf"
        await settle(pilot)

    assert not await altered(house.app(), hands)


@pytest.mark.parametrize("width", [30, 36, 40, 44, 60, 80])
async def test_the_numbers_stand_whole_beside_bars_that_leave_them_their_cells(
    house: House, width: int
) -> None:
    async with house.app().run_test(size=(width, 60)) as pilot:
        screen = await on_reports(pilot)
        for _ in range(3):
            told = " ".join(text(pilot).split())
            made, _ = reporting.report_back(house.station, screen.name_shown, 0)
            for line in say.report_lines(made, 1):
                for word in line.text.split():
                    assert word in told, (width, word)
            await press(pilot, "down")
