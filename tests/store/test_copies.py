"""Copies: whole, private, patient for a while; and put in the place of whatever stands there."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from harness.store_rows import ROLLER, append, fill, outsider, rows, verified

from rollertrack.domain.events import Noted
from rollertrack.errors import ChangedMeanwhile, StoreFailed
from rollertrack.store import database
from rollertrack.store.copies import copy_database, copy_file, put_in_place
from rollertrack.store.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return fill(tmp_path / "a.db")


@pytest.fixture
def fresh(tmp_path: Path, path: Path) -> Path:
    """A copy of the database with an entry more."""
    copy = tmp_path / "fresh.db"
    copy_file(path, copy)
    with closing(Store(copy)) as store, store.transaction() as journal:
        append(journal, ROLLER, Noted(text="only in the copy"))
    return copy


def test_a_copy_holds_what_is_not_yet_in_the_file_and_is_its_owners_alone(path: Path, tmp_path: Path) -> None:
    with closing(Store(path)) as store:
        with store.transaction() as journal:
            append(journal, ROLLER, Noted(text="still beside the file"))
        copy_database(store.database, tmp_path / "b.db")
        copy_file(path, tmp_path / "c.db")
    for copy in (tmp_path / "b.db", tmp_path / "c.db"):
        assert rows(copy) == rows(path)
        assert oct(copy.stat().st_mode & 0o777) == "0o600"


def test_a_copy_never_writes_over_a_file(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.db"
    target.write_text("precious")
    with pytest.raises(StoreFailed, match=r"b\.db failed: File exists"):
        copy_file(path, target)
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(StoreFailed), closing(Store(path)) as store:
        copy_database(store.database, link)
    assert target.read_text() == "precious"
    assert link.is_symlink()


def test_a_copy_that_fails_leaves_nothing(path: Path, tmp_path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(StoreFailed):
        copy_file(path, tmp_path / "b.db")
    assert not (tmp_path / "b.db").exists()


def test_what_was_restored_shows_in_a_station_that_is_open(path: Path, fresh: Path) -> None:
    before = rows(path)
    with closing(Store(path)) as store:
        mark = store.change_mark()
        kept = put_in_place(fresh, path)
        assert store.change_mark() != mark
        with store.reading() as journal:
            assert len(journal.stream(ROLLER)) == 6
        with (
            pytest.raises(ChangedMeanwhile, match="was replaced by a backup"),
            store.transaction() as journal,
        ):
            append(journal, ROLLER, Noted(text="decided on what was before"))
        with store.transaction() as journal:
            append(journal, ROLLER, Noted(text="afterwards"))
    assert kept == path.with_name("a.db.before-restore-1")
    assert rows(kept) == before
    assert len(rows(path)) == len(before) + 2
    assert not verified(path).fault


@pytest.mark.parametrize("damage", [b"not a database at all", b"SQLite format 3\0" + b"\xff" * 8192])
def test_a_damaged_database_is_moved_aside_as_it_is(damage: bytes, path: Path, fresh: Path) -> None:
    restored = rows(fresh)
    path.write_bytes(damage)
    side = path.with_name("a.db-wal")
    side.write_bytes(b"left behind")
    kept = put_in_place(fresh, path)
    assert kept is not None
    assert kept.read_bytes() == damage
    assert rows(path) == restored
    assert not verified(path).fault


@pytest.mark.parametrize("empty", [True, False])
def test_where_no_database_stands_leftovers_of_one_do_no_harm(empty: bool, path: Path, fresh: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE roller SET name = 'from the old file'")
        connection.commit()
        leftover = path.with_name("a.db-wal").read_bytes()
    path.unlink()
    path.with_name("a.db-wal").write_bytes(leftover)
    if empty:
        path.touch()
    assert put_in_place(fresh, path) is None
    assert not verified(path).fault
    assert len(rows(path)) == 13


def test_the_database_of_another_program_is_never_moved(fresh: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.db"
    with outsider(theirs) as connection:
        connection.execute("CREATE TABLE notes (text TEXT)")
    with pytest.raises(StoreFailed, match="is a database of another program"):
        put_in_place(fresh, theirs)
    assert rows(theirs, "notes") == []
    assert fresh.exists()


def test_a_locked_database_is_not_waited_for_for_ever(
    path: Path, fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    before = rows(path)
    with outsider(path) as connection:
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreFailed, match="is locked by another program"):
            put_in_place(fresh, path)
        connection.execute("ROLLBACK")
    assert not list(path.parent.glob("*before-restore*"))
    assert rows(path) == before
    assert not verified(path).fault


def test_a_folder_that_cannot_be_written_is_one_sentence(path: Path) -> None:
    with pytest.raises(StoreFailed, match=r"^/proc/copy\.db .*[a-z]\.$"):
        copy_file(path, Path("/proc/copy.db"))
