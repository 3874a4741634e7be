"""Open a database: find or make its file, connect, bring it to the program's version."""

import time
from pathlib import Path
from typing import Any

from peewee import DatabaseError, SqliteDatabase

from rollertrack.errors import StoreFailed
from rollertrack.store import copies
from rollertrack.store import database as files

_MOMENT = 0.01
_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": 1,
    "recursive_triggers": 1,
    # A file from elsewhere may hold triggers and views: they get none of the functions lent to SQLite.
    "trusted_schema": 0,
}


def open_database(path: Path, *, create: bool = True, copy_first: bool = True) -> Any:
    """A connected database at the program's version; a new file is its owner's alone.

    An empty file counts as new: it is what a start that was cut short leaves behind. An older database is
    migrated after a copy was made beside it (unless `copy_first` is false); a newer one is refused.
    """
    with files.store_errors(path):
        _find_or_make(path, create)
        applied = files.checked_version(path)
        database = SqliteDatabase(
            str(path), pragmas=_PRAGMAS, lock_type="IMMEDIATE", timeout=files.BUSY_SECONDS
        )
        _connect(database)
        if applied != files.known_migrations():
            try:
                _migrate(database, path, copy_first=copy_first and bool(applied))
            except BaseException:
                database.close()
                raise
    return database


def _connect(database: Any) -> None:
    """Connect; two stations that begin a database together may have to try again.

    SQLite does not wait for a lock when it turns a new file to a write-ahead log.
    """
    deadline = time.monotonic() + files.BUSY_SECONDS
    while True:
        try:
            database.connect()
        except DatabaseError as error:
            if "locked" not in str(error) or time.monotonic() >= deadline:
                raise
            time.sleep(_MOMENT)
        else:
            return


def _find_or_make(path: Path, create: bool) -> None:
    if path.is_dir():
        raise StoreFailed(f"{path} is a folder; name a database file in it.")
    if not path.exists():
        if not create:
            raise StoreFailed(f"There is no database at {path}.")
        files.make_folder(path.parent)
        files.make_private_file(path)


def _migrate(database: Any, path: Path, *, copy_first: bool) -> None:
    from playhouse.migrations import MigrationError, Runner

    runner = Runner(database, str(files.MIGRATIONS), files.HISTORY)
    try:
        # One write transaction around it all: of two stations that start at once, the second finds it done.
        with database.atomic():
            if set(runner.applied()) == set(files.known_migrations()):
                return
            if copy_first:
                copies.copy_file(path, copies.free_name(path, "before-migration"))
            runner.up()
    except (MigrationError, DatabaseError) as error:
        raise StoreFailed(
            f"{path} could not be brought up to date ({error}); nothing was changed."
        ) from error
