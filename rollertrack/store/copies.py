"""Copies of a database file: made whole and private, put in the place of another."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from rollertrack.store import database as opening
from rollertrack.store.database import Unreadable, checked_version, read_only, store_errors

_SIDE_FILES = ("", "-wal", "-shm")
_TRIES_A_SECOND = 4


def copy_database(database: Any, target: Path) -> None:
    """Copy a live database, whole and consistent, to a new private file."""
    _copy(database.connection(), target)


def copy_file(source: Path, target: Path, *, at_rest: bool = False) -> None:
    """Copy a database file that is one of ours to a new private file; `at_rest` as for `read_only`."""
    with store_errors(source):
        checked_version(source, at_rest=at_rest)
        with closing(read_only(source, at_rest=at_rest)) as connection:
            _copy(connection, target)


def _copy(source: sqlite3.Connection, target: Path) -> None:
    with store_errors(target):
        target.touch(mode=0o600, exist_ok=False)
    try:
        with closing(sqlite3.connect(target)) as copy:
            _pour(source, copy)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _pour(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    source.backup(target, progress=_patience(), sleep=1 / _TRIES_A_SECOND)


def _patience() -> Callable[[int, int, int], None]:
    """Gives up on a lock in the end; sqlite3's own backup would wait for ever."""
    tries = 0

    def waited(status: int, _left: int, _pages: int) -> None:
        nonlocal tries
        tries += status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
        if tries > opening.BUSY_SECONDS * _TRIES_A_SECOND:
            raise sqlite3.OperationalError("database is locked")

    return waited


def put_in_place(fresh: Path, database: Path) -> Path | None:
    """Put a proved copy in the place of a database; where the one before is kept, None if there was none.

    A whole database is written over in one transaction, so that a station that has it open goes on with
    what was restored. A damaged one is moved aside as it is.
    """
    with store_errors(database):
        if not database.exists() or not database.stat().st_size:
            _move(database, free_name(database, "leftover"), _SIDE_FILES[1:])
            fresh.replace(database)
            return None
        kept = free_name(database, "before-restore")
        try:
            copy_file(database, kept)
        except Unreadable:
            _move(database, kept, _SIDE_FILES)
            fresh.replace(database)
            return kept
        try:
            _write_over(fresh, database)
        except BaseException:
            kept.unlink()
            raise
        return kept


def _write_over(fresh: Path, database: Path) -> None:
    target = sqlite3.connect(database, timeout=opening.BUSY_SECONDS)
    with closing(read_only(fresh)) as source, closing(target):
        _pour(source, target)


def _move(path: Path, target: Path, side_files: tuple[str, ...]) -> None:
    for suffix in side_files:
        moving = path.with_name(path.name + suffix)
        if moving.exists():
            moving.rename(target.with_name(target.name + suffix))


def free_name(path: Path, why: str) -> Path:
    """A name beside a file that nothing bears yet."""
    number = 1
    while (candidate := path.with_name(f"{path.name}.{why}-{number}")).exists():
        number += 1
    return candidate
