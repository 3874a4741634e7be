"""Open a database: find or make its file, connect, bring it to the program's version."""

import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from rollertrack.errors import StoreFailed
from rollertrack.store import bond
from rollertrack.store import database as files

_MOMENT = 0.01
_BEGINS = "the terminal UI or `rollertrack add`"
_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": 1,
    "recursive_triggers": 1,
    # What is erased is overwritten, so that no page holds it any more.
    "secure_delete": 1,
    # A file from elsewhere may hold triggers and views: they get none of the functions lent to SQLite.
    "trusted_schema": 0,
}


def open_database(path: Path, *, create: bool = True, copy_first: bool = True) -> files.Database:
    """A connected database at the program's version; a new file is its owner's alone.

    An empty file counts as new: it is what a start that was cut short leaves behind, and is begun where
    `create` allows it. An older database is migrated after a copy was made beside it (unless `copy_first`
    is false); a newer one is refused.
    """
    with files.store_errors(path):
        _find_or_make(path, create)
        bond.must_belong_together(path)
        applied = files.checked_version(path)
        if not (applied or create):
            raise empty(path)
        database = files.Database(_connected(path))
        if applied != files.known_migrations():
            try:
                _migrate(database, path, copy_first=copy_first and bool(applied))
                if applied:
                    _sweep(database)
            except BaseException:
                database.close()
                raise
    return database


def open_as_it_stands(path: Path) -> files.Database:
    """What a database holds, in memory, at the program's version: to read it where nothing can be written.

    On a full disk or one that can only be read SQLite cannot make the files it shares with others, and
    opens nothing. Nobody else can write then either; were it so all the same, it shows and is refused.
    """
    with files.store_errors(path):
        bond.must_belong_together(path)
        before = files.standing(path)
        database = files.in_memory()
        with closing(files.read_only(path, at_rest=True)) as connection:
            applied = files.version_of(connection, path)
            connection.backup(database.connection())
        if files.standing(path) != before:
            raise StoreFailed(f"{path} is being written by another program; try again. Nothing was changed.")
        if not applied:
            raise empty(path)
        if applied != files.known_migrations():
            _migrate(database, path, copy_first=False)
    return database


def empty(path: Path) -> StoreFailed:
    """The failure of whatever needs a database that holds something."""
    return StoreFailed(f"{path} holds no entry; {_BEGINS} begins it.")


def _connected(path: Path) -> sqlite3.Connection:
    """A connection; two stations that begin a database together may have to try again.

    SQLite does not wait for a lock when it turns a new file to a write-ahead log.
    """
    deadline = time.monotonic() + files.BUSY_SECONDS
    # No file is made by a connection: one that was moved away meanwhile must be missed.
    where = f"{path.absolute().as_uri()}?mode=rw"
    while True:
        connection = sqlite3.connect(where, files.BUSY_SECONDS, isolation_level=None, uri=True)
        try:
            for name, value in _PRAGMAS.items():
                connection.execute(f"PRAGMA {name} = {value}")
        except sqlite3.DatabaseError as error:
            connection.close()
            if "locked" not in str(error) or time.monotonic() >= deadline:
                raise
            time.sleep(_MOMENT)
        else:
            return connection


def _find_or_make(path: Path, create: bool) -> None:
    if path.is_dir():
        raise StoreFailed(f"{path} is a folder; name a database file in it.")
    if not path.exists():
        if not create:
            raise StoreFailed(f"There is no database at {path}; {_BEGINS} makes one.")
        files.make_folder(path.parent)
        files.make_private_file(path)


def _migrate(database: files.Database, path: Path, *, copy_first: bool) -> None:
    from peewee import PeeweeException
    from playhouse.migrations import MigrationError, Runner

    from rollertrack.store import copies, holder
    from rollertrack.store.recalculation import rederive

    runner = Runner(database.orm, str(files.MIGRATIONS), files.HISTORY)
    try:
        # One write transaction around it all: of two stations that start at once, the second finds it done.
        with database.orm.atomic(), holder.named(path, "bringing the database up to date"):
            if set(runner.applied()) == set(files.known_migrations()):
                return
            if copy_first:
                copies.copy_file(path, copies.free_name(path, "before-migration"))
            runner.up()
            rederive(database)
    except (MigrationError, PeeweeException, sqlite3.Error) as error:
        kind = files.NotWritable if files.is_not_writable(error) else StoreFailed
        raise kind(f"{path} could not be brought up to date ({error}); nothing was changed.") from error


def _sweep(database: files.Database) -> None:
    """Leave no page that still holds what a migration took out; where others read meanwhile, it stays."""
    with suppress(sqlite3.Error):
        database.execute_sql("VACUUM")
