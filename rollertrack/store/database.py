"""Open a database file: its place, its rights, its settings, its version; every failure one sentence."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rollertrack.errors import RollerTrackError, StoreFailed
from rollertrack.store.drivers import without_other_drivers

without_other_drivers()

from peewee import DatabaseError, PeeweeException, SqliteDatabase  # noqa: E402 - drivers masked first

MIGRATIONS = Path(__file__).with_name("migrations")
HISTORY = "schema_migration"
BUSY_SECONDS = 5
_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": 1,
    "recursive_triggers": 1,
}


def open_database(path: Path, *, create: bool = True) -> tuple[Any, bool]:
    """A connected database at the program's version, and whether it is new; a new file is its owner's alone.

    An older database is migrated after a copy was made beside it; a newer one is refused.
    """
    if path.is_dir():
        raise StoreFailed(f"{path} is a folder; name a database file in it.")
    if not path.exists():
        if not create:
            raise StoreFailed(f"There is no database at {path}.")
        _make_private_file(path)
    with store_errors(path):
        applied = _checked_version(path)
        database = SqliteDatabase(str(path), pragmas=_PRAGMAS, lock_type="IMMEDIATE", timeout=BUSY_SECONDS)
        database.connect()
        if applied != known_migrations():
            try:
                _migrate(database, path, copy_first=bool(applied))
            except BaseException:
                database.close()
                raise
    return database, not applied


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn any failure of the database into one sentence that says which file and what to do."""
    try:
        yield
    except RollerTrackError:
        raise
    except (PeeweeException, sqlite3.Error, OSError) as error:
        raise StoreFailed(_sentence(str(error).lower(), path, error)) from error


_SENTENCES = (
    ("locked", "is locked by another program; close it or try again. Nothing was changed."),
    ("not a database", "is not a RollerTrack database; name another file."),
    ("malformed", "is damaged; restore your last backup."),
    ("readonly", "is read-only; make the file and its folder writable. Nothing was changed."),
    ("read-only", "is on a read-only disk. Nothing was changed."),
    ("full", "could not be written: the disk is full. Nothing was changed."),
    ("disk i/o", "could not be read or written: the disk is full or failing. Nothing was changed."),
    ("no such file", "cannot be made: its folder does not exist and cannot be created."),
    ("unable to open", "cannot be opened; check that the folder exists and is yours."),
    ("permission", "may not be opened by you; check the rights of the file and its folder."),
)


def _sentence(text: str, path: Path, error: Exception) -> str:
    for sign, sentence in _SENTENCES:
        if sign in text:
            return f"{path} {sentence}"
    return f"{path} failed: {error}. Nothing was changed."


def _make_private_file(path: Path) -> None:
    with store_errors(path):
        missing = [folder for folder in path.parents if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir(mode=0o700, exist_ok=True)
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            return  # another station made it meanwhile


def _checked_version(path: Path) -> list[str]:
    """The migrations a file went through; StoreFailed when it is not ours or newer than this program.

    Read before our settings touch the file: a database of another program stays as it was.
    """
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
    try:
        tables = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        if not tables:
            return []
        if HISTORY not in tables or "event" not in tables:
            raise StoreFailed(f"{path} is a database of another program; name another file.")
        applied = [name for (name,) in connection.execute(f"SELECT name FROM {HISTORY} ORDER BY name")]
    finally:
        connection.close()
    if unknown := [name for name in applied if name not in known_migrations()]:
        raise StoreFailed(
            f"{path} was written by a newer RollerTrack (it knows {unknown[-1]}); update this one to open it."
        )
    return applied


def known_migrations() -> list[str]:
    """The names of the migrations this program brings, in order."""
    return sorted(file.stem for file in MIGRATIONS.glob("[0-9]*.py"))


def _migrate(database: Any, path: Path, *, copy_first: bool) -> None:
    from playhouse.migrations import MigrationError, Runner

    if copy_first:
        copy_database(database, _free_name(path))
    try:
        # One write transaction around it all: of two stations that start at once, the second finds it done.
        with database.atomic():
            Runner(database, str(MIGRATIONS), HISTORY).up()
    except (MigrationError, DatabaseError) as error:
        raise StoreFailed(
            f"{path} could not be brought up to date ({error}); nothing was changed."
        ) from error


def change_mark(database: Any) -> int:
    """A number that turns when another connection has changed the database; costs no read of a table."""
    return int(database.execute_sql("PRAGMA data_version").fetchone()[0])


def copy_database(database: Any, target: Path) -> None:
    """Copy a live database, whole and consistent, to a new private file."""
    _copy(database.connection(), target)


def copy_file(source: Path, target: Path) -> None:
    """Copy a database file that is one of ours, as it is, to a new private file."""
    with store_errors(source):
        _checked_version(source)
        connection = sqlite3.connect(source, timeout=BUSY_SECONDS)
        try:
            _copy(connection, target)
        finally:
            connection.close()


def _copy(source: sqlite3.Connection, target: Path) -> None:
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    copy = sqlite3.connect(target)
    try:
        source.backup(copy)
    finally:
        copy.close()


def _free_name(path: Path) -> Path:
    number = 1
    while (candidate := path.with_name(f"{path.name}.before-migration-{number}")).exists():
        number += 1
    return candidate
