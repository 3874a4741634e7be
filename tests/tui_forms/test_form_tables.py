"""Tables and calendars from the terminal: an import shows what becomes of each row before it does it."""

from pathlib import Path
from typing import Any

import pytest
from harness.form_app import FormApp, Place
from harness.form_pilot import Hand, hand
from harness.house_app import text
from harness.pictures import Altered
from textual.pilot import Pilot

from rollertrack.services import lists

LINES = (
    "Ding;Länge;Menge;Verfall",
    "abends;0,5;2;12/2029",
    "[red]x[/];0,25;;",
    "kaputt;9;;",
    "gut;0,5;;05/06/2028",
)


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "in.csv"
    path.write_text("\n".join(LINES) + "\n", "cp1252")
    return str(path)


async def test_an_import_shows_the_rows_and_writes_those_that_are_new(place: Place, table: str) -> None:
    async with hand(place, lambda app: app.perform("import")) as one:
        assert "Name a CSV file" in one.line("result")
        await one.fill(file=table, column="Ding=name")
        assert "2 new rows with 3 rollers, 0 known, 0 skipped, 2 wrong" in one.line("result")
        await one.confirm()
        assert one.is_open()
        assert "Line 4: length" in one.sentence("file")
        assert one.sentence("file").endswith("nothing was written")
        await one.fill(dates="dmy")
        assert "3 new rows with 4 rollers, 0 known, 0 skipped, 1 wrong" in one.line("result")
        assert lists.rows_for_list(place.station) == []
        await one.fill(skip_bad=True)
        await one.confirm()
        assert not one.is_open()
    assert sorted(row.name for row in lists.rows_for_list(place.station)) == [
        "[red]x[/]", "abends 1", "abends 2", "gut",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "more"), [(8, ""), (9, "… and 1 more row"), (5_001, "… and 4,993 more rows")]
)
async def test_more_rows_than_are_shown_are_counted(
    place: Place, tmp_path: Path, rows: int, more: str
) -> None:
    path = tmp_path / "long.csv"
    path.write_text("name,length\n" + "a,0.5\n" * rows)
    async with hand(place, lambda app: app.perform("import")) as one:
        await one.fill(file=str(path))
        shown = " ".join(text(one.pilot).split())
        assert "line 9: new" in shown
        assert ("more row" in shown, more in shown) == (bool(more), True)


async def test_a_column_that_is_not_there_is_told_at_its_field(place: Place, table: str) -> None:
    async with hand(place, lambda app: app.perform("import")) as one:
        await one.fill(file=table, column="Dong=name")
        assert "is not in the file" in one.sentence("column")


async def test_a_calendar_is_written_and_never_over_what_is_not_ours(place: Place, tmp_path: Path) -> None:
    place.roller()
    foreign = tmp_path / "mine.ics"
    foreign.write_text("mine")
    async with hand(place, lambda app: app.perform("due_calendar")) as one:
        await one.fill(ics=str(foreign))
        await one.confirm()
        assert "is no calendar that RollerTrack wrote" in one.sentence("ics")
        await one.fill(ics=str(tmp_path / "a.ics"), digest=True)
        await one.confirm()
        assert not one.is_open()
    assert foreign.read_text() == "mine"
    assert (tmp_path / "a.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


async def test_tables_are_written_into_a_folder(place: Place, tmp_path: Path) -> None:
    place.roller()
    async with hand(place, lambda app: app.perform("export_tables")) as one:
        await one.fill(csv=str(tmp_path / "out"), european=True)
        await one.confirm()
        assert not one.is_open()
    assert b"code;name;kind" in (tmp_path / "out" / "rollers.csv").read_bytes()
    async with hand(place, lambda app: app.perform("export_tables")) as one:
        await one.fill(csv=str(tmp_path / "out"))
        await one.confirm()
        assert one.sentence("csv").endswith("exists already; replace it, or name a new file")


async def test_the_picture_of_an_import(
    altered: Altered, place: Place, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(table).parent)

    async def hands(pilot: Pilot[Any]) -> None:
        assert isinstance(pilot.app, FormApp)
        one = Hand(pilot.app, pilot)
        await one.settle()
        await one.fill(file="in.csv", column="Ding=name")

    assert not await altered(FormApp(place, lambda app: app.perform("import")), hands)
