"""What is kept beside a replaced database, how its loss is noticed, and what lies beside a link's target."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from harness.store_rows import DAY, NOW, OTHER, ROLLER, append, fill, rows, verified

from rollertrack.domain.code import Kind, make
from rollertrack.domain.events import Noted
from rollertrack.errors import StoreFailed
from rollertrack.services import upkeep
from rollertrack.services.station import Station
from rollertrack.store.copies import copy_file, put_in_place
from rollertrack.store.opening import open_as_it_stands
from rollertrack.store.store import Store

_DICE = Random("codes of the kept copies")
MORE = [make(Kind.ROLLER, _DICE.choice) for _ in range(6)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """More streams than a store keeps in mind, each newer than that of the other roller."""
    target = fill(tmp_path / "a.db")
    with closing(Store(target)) as store, store.transaction() as journal:
        for code in MORE:
            append(journal, code, Noted(text="newer"), NOW + 5 * DAY)
    return target


def note(store: Store, text: str, at: int = NOW + 9 * DAY, code: str = OTHER) -> None:
    with store.transaction() as journal:
        append(journal, code, Noted(text=text), at)


def notes(path: Path, code: str = OTHER) -> list[str]:
    return [row[8] for row in rows(path) if row[2] == "noted" and row[0] == code]


def older(path: Path) -> Path:
    target = path.with_name("older.db")
    copy_file(path, target)
    return target


def kept(path: Path, number: int = 1) -> Path:
    return path.with_name(f"{path.name}.before-replacement-{number}")


def station(store: Store) -> Station:
    return Station(store, lambda: NOW + 20 * DAY, str)


def test_a_deed_entered_by_a_clock_that_was_behind_is_missed_in_an_older_copy(path: Path) -> None:
    before = older(path)
    with closing(Store(path)) as store:
        note(store, "entered by a clock that was behind", NOW + DAY)
        store.change_mark()
        before.replace(path)
        with pytest.raises(StoreFailed, match="lacks entries on record here"):
            store.look()
    assert len(notes(kept(path))) == 1
    assert not verified(kept(path)).fault


@pytest.mark.parametrize("is_damaged", [False, True])
def test_what_another_station_logged_since_the_last_look_is_kept_too_unless_it_does_not_prove_whole(
    is_damaged: bool, path: Path
) -> None:
    before = older(path)
    store = Store(path)
    with closing(Store(path)) as other:
        note(other, "acknowledged elsewhere")
    if is_damaged:
        with closing(sqlite3.connect(path)) as stranger:
            stranger.execute("UPDATE roller SET uses = 99")
            stranger.commit()
    before.replace(path)
    if is_damaged:
        store.look()
    else:
        with pytest.raises(
            StoreFailed, match=r"lacks entries on record here\. What was on record is kept in"
        ):
            store.look()
    store.close()
    assert kept(path).exists() is not is_damaged


def test_a_restored_backup_is_told_once_and_what_it_took_back_is_not_missed_for_ever(path: Path) -> None:
    before = older(path)
    with closing(Store(path)) as store:
        note(store, "entered by a clock that was behind", NOW + DAY)
        put_in_place(before, path)
        store.change_mark()
        assert "restore" in store.news()
        with closing(Store(path)) as other:
            note(other, "of another station")
        store.change_mark()
        assert store.news() == ""


def by_another_program(path: Path) -> None:
    """A checkpoint in two steps: the file is no longer written when the log is cut."""
    with closing(sqlite3.connect(path)) as connection:
        for how in ("PASSIVE", "TRUNCATE"):
            connection.execute(f"PRAGMA wal_checkpoint({how})").fetchall()


def test_a_log_that_was_cut_short_is_missed_and_one_that_was_brought_into_its_file_is_not(path: Path) -> None:
    log = path.with_name("a.db-wal")
    with closing(Store(path)) as store:
        note(store, "first")
        store.look()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        store.look()
        by_another_program(path)
        assert log.stat().st_size == 0
        store.look()
        assert store.news() == ""
        note(store, "second")
        store.look()
        os.truncate(log, 0)
        with pytest.raises(StoreFailed, match="lacks entries on record here"):
            note(store, "third")
    assert len(notes(path)) == 1
    assert not verified(path).fault


@pytest.mark.parametrize("size", [4096, None])
def test_a_file_overwritten_with_zeros_is_not_taken_for_one_whose_log_makes_it_whole(
    size: int | None, path: Path
) -> None:
    with closing(Store(path)) as store:
        note(store, "its own")
        store.look()
        with path.open("r+b") as file:
            file.write(bytes(size or path.stat().st_size))
        with pytest.raises(StoreFailed, match=r"is not the file that|is damaged|is not a RollerTrack"):
            note(store, "acknowledged into nothing")


def test_stores_of_one_file_keep_one_copy_whatever_its_name(tmp_path: Path) -> None:
    path = fill(tmp_path / "a[1]*.db")
    before = older(path)
    first, second = Store(path), Store(path)
    note(first, "its own", code=ROLLER)
    for store in (first, second):
        store.change_mark()
    before.replace(path)
    for store in (first, second, first):
        with pytest.raises(StoreFailed, match="replaced"):
            store.look()
    first.close()
    second.close()
    assert kept(path).exists()
    assert not kept(path, 2).exists()


def test_verify_tells_of_a_kept_copy_until_its_entries_are_on_record_or_it_is_gone(path: Path) -> None:
    copy_file(path, kept(path))
    with closing(Store(path)) as store:
        assert upkeep.verify(station(store)).fault == ""  # it holds nothing more
    with closing(Store(kept(path))) as other:
        note(other, "acknowledged")
    with closing(Store(path)) as store:
        assert store.kept_apart() == [kept(path)]
        told = upkeep.verify(station(store)).fault
        assert told.startswith(f"{kept(path)} holds entries that this database lacks")
    upkeep.restore(str(kept(path)), path, NOW)
    with closing(Store(path)) as store:
        assert upkeep.verify(station(store)).fault == ""
    kept(path).write_bytes(b"no database")
    with closing(Store(path)) as store:
        assert store.kept_apart() == [kept(path)]
        kept(path).unlink()
        assert store.kept_apart() == []


def as_it_stands(link: Path) -> int:
    with closing(open_as_it_stands(link)) as database:
        return len(database.execute_sql("SELECT 1 FROM event WHERE kind = 'noted'").fetchall())


def restored_from(link: Path) -> int:
    target = link.with_name("restored.db")
    upkeep.restore(str(link), target, NOW)
    return sum(row[2] == "noted" for row in rows(target))


@pytest.mark.parametrize("read", [as_it_stands, restored_from])
def test_what_a_link_leads_to_is_read_with_its_log(
    read: Callable[[Path], int], path: Path, tmp_path: Path
) -> None:
    link = tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    link.symlink_to(path)
    before = read(link)
    with closing(Store(path)) as store:
        note(store, "in the log alone")
        assert path.with_name("a.db-wal").stat().st_size
        link.with_name("restored.db").unlink(missing_ok=True)
        assert read(link) == before + 1
