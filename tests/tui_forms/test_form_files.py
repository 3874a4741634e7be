"""A backup, the cards and the outage sheet are written from the terminal as from the command line."""

from pathlib import Path

import pytest
from harness.form_app import Place
from harness.form_pilot import hand

from rollertrack.services import upkeep

_KEYS = {"backup": "backup", "cards": "to", "outage": "to"}


@pytest.mark.parametrize(("deed", "ending"), [("backup", ".db"), ("cards", ".pdf"), ("outage", ".pdf")])
async def test_what_the_command_line_writes_a_form_writes(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: str, ending: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    place.roller()
    async with hand(place, lambda app: app.perform(deed)) as one:
        await one.confirm()
        assert not one.is_open()
    (written,) = (tmp_path / "home").iterdir()
    assert written.suffix == ending
    assert written.stat().st_size > 1_000


@pytest.mark.parametrize("deed", _KEYS)
async def test_a_file_that_is_there_already_stays(place: Place, tmp_path: Path, deed: str) -> None:
    place.roller()
    kept = tmp_path / ("mine.db" if deed == "backup" else "mine.pdf")
    kept.write_text("mine")
    async with hand(place, lambda app: app.perform(deed)) as one:
        await one.fill(**{_KEYS[deed]: str(kept)})
        await one.confirm()
        assert one.is_open()
        assert "exists" in one.sentence(_KEYS[deed])
    assert kept.read_text() == "mine"


async def test_a_backup_is_a_whole_database(place: Place, tmp_path: Path) -> None:
    place.roller()
    async with hand(place, lambda app: app.perform("backup")) as one:
        await one.fill(backup=str(tmp_path / "copy.db"))
        await one.confirm()
        assert not one.is_open()
    assert upkeep.verify(place.station).fault == ""
    assert (tmp_path / "copy.db").read_bytes()[:15] == b"SQLite format 3"


async def test_an_outage_sheet_of_no_roller_says_which_field(place: Place, tmp_path: Path) -> None:
    place.roller()
    async with hand(place, lambda app: app.perform("outage")) as one:
        await one.fill(to=str(tmp_path / "rows.pdf"), search="nobody")
        await one.confirm()
        assert one.is_open()
        assert "No roller in use fits" in one.sentence("search")
    assert not (tmp_path / "rows.pdf").exists()
