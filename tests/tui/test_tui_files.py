"""The database's file changes under an open program: no USE stays, and what there is to know is said once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.house_app import START, House, app_of, pass_second, press, scan, settle, text, verdict
from textual.pilot import Pilot
from textual.widgets import Static

from rollertrack.domain.words import Word
from rollertrack.services import keeping, upkeep
from rollertrack.tui.dialogs import ErrorDialog
from rollertrack.tui.screens.bench import BenchScreen

SIZE = (120, 40)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house whose own station is not open: within one process it would keep the old file."""
    found = House(tmp_path / "a.db")
    yield found


def said(pilot: Pilot[None]) -> str:
    """What the dialog says."""
    assert isinstance(pilot.app.screen, ErrorDialog), pilot.app.screen
    return " ".join(str(each.render()) for each in pilot.app.screen.query(Static))


async def test_a_file_that_was_moved_away_is_a_stop_until_it_is_back(house: House) -> None:
    code = house.fresh()
    house.station.store.close()
    away = house.path.with_name("away.db")
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await scan(pilot, code)
        assert verdict(pilot).result.word is Word.USE
        house.path.rename(away)
        await pass_second(pilot)
        assert "The database was moved away" in said(pilot)
        await press(pilot, "escape")
        assert verdict(pilot).result.word is Word.STOP
        await press(pilot, "escape")
        assert "✓ USE" not in text(pilot)
        await scan(pilot, code)
        assert verdict(pilot).result.word is Word.STOP
        assert "moved away" in text(pilot)
        assert not house.path.exists()
        away.rename(house.path)
        await press(pilot, "escape")
        await pass_second(pilot)
        await scan(pilot, code)
        assert verdict(pilot).result.word is Word.USE


async def test_a_file_that_was_replaced_by_an_older_copy_stays_a_stop(house: House) -> None:
    code = house.fresh()
    house.station.store.settle()
    older = house.path.with_name("older.db")
    shutil.copyfile(house.path, older)
    keeping.retire(house.station, code, "bent")
    house.station.store.close()
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        older.rename(house.path)
        for _ in range(3):
            await pass_second(pilot)
        assert "lacks entries on record here" in said(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, BenchScreen)
        await scan(pilot, code)
        assert verdict(pilot).result.word is Word.STOP
    assert house.path.with_name("a.db.before-replacement-1").exists()


@pytest.mark.parametrize("in_place", [True, False])
async def test_a_newer_copy_is_read_anew_and_said_once(in_place: bool, house: House) -> None:
    code = house.fresh()
    house.station.store.close()
    newer = house.path.with_name("newer.db")
    shutil.copyfile(house.path, newer)
    elsewhere = House(newer, now=START)
    keeping.retire(elsewhere.station, code, "bent")
    elsewhere.station.store.close()
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        if in_place:
            shutil.copyfile(newer, house.path)
        else:
            newer.rename(house.path)
        await pass_second(pilot)
        assert "was replaced by another program; everything was read again" in said(pilot)
        await press(pilot, "escape")
        await pass_second(pilot)
        assert isinstance(pilot.app.screen, BenchScreen)
        assert "✓ USE" not in text(pilot)
        await scan(pilot, code)
        assert verdict(pilot).result.word is Word.STOP


async def test_a_restore_is_said_once_and_everything_is_read_again(house: House) -> None:
    code = house.fresh()
    backup = house.path.with_name("backup.db")
    upkeep.backup(house.station, str(backup))
    keeping.retire(house.station, code, "bent")
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        upkeep.restore(str(backup), house.path, house.now)
        await pass_second(pilot)
        assert "was replaced by a backup (restore); everything was read again" in said(pilot)
        await press(pilot, "escape")
        await pass_second(pilot)
        assert isinstance(pilot.app.screen, BenchScreen)
        assert app_of(pilot).overview is not None
        await scan(pilot, code)
        assert verdict(pilot).result.word is Word.USE
