"""A database file: its rights, its version, its triggers; every failure one sentence."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from peewee import PeeweeException

from rollertrack.errors import RollerTrackError, StoreFailed

MIGRATIONS = Path(__file__).with_name("migrations")
HISTORY = "schema_migration"
BUSY_SECONDS = 5


class Unreadable(StoreFailed):
    """The file is no database, or a damaged one: nothing in it can be trusted to be read."""


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn any failure of the database into one sentence that says which file and what to do."""
    try:
        yield
    except RollerTrackError:
        raise
    except (PeeweeException, sqlite3.Error, OSError, UnicodeDecodeError) as error:
        cause = _cause(error)
        # The words of the system alone: its message also holds the path, which may hold any word.
        reason = (isinstance(cause, OSError) and cause.strerror) or str(cause)
        raise _told(reason, path) from error


def _cause(error: BaseException) -> BaseException:
    """What went wrong first: on a full disk SQLite ends a transaction, and peewee then tries to in vain."""
    before = error.__context__
    failed_after = isinstance(before, PeeweeException | sqlite3.Error) and "cannot rollback" in str(error)
    return _cause(before) if before is not None and failed_after else error


_UNREADABLE = (
    ("not a database", "is not a RollerTrack database; name another file."),
    ("malformed", "is damaged; restore your last backup."),
)
_SENTENCES = (
    ("utf-8", "holds text that cannot be read; `rollertrack verify` says where."),
    ("locked", "is locked by another program; close it or try again. Nothing was changed."),
    ("readonly", "is read-only; make the file and its folder writable. Nothing was changed."),
    ("read-only", "is on a read-only disk. Nothing was changed."),
    ("full", "could not be written: the disk is full. Nothing was changed."),
    ("no space", "could not be written: the disk is full. Nothing was changed."),
    ("disk i/o", "could not be read or written: the disk is full or failing. Nothing was changed."),
    ("file too large", "could not be written: the disk is full. Nothing was changed."),
    ("no such file", "cannot be made: its folder does not exist and cannot be created."),
    ("not a directory", "cannot be made: what stands there as its folder is a file."),
    ("name too long", "cannot be made: its name is too long for this disk."),
    ("unable to open", "cannot be opened; check that the folder exists and is yours."),
    ("permission", "may not be opened by you; check the rights of the file and its folder."),
)


def _told(reason: str, path: Path) -> StoreFailed:
    for sign, sentence in _UNREADABLE:
        if sign in reason.lower():
            return Unreadable(f"{path} {sentence}")
    for sign, sentence in _SENTENCES:
        if sign in reason.lower():
            return StoreFailed(f"{path} {sentence}")
    return StoreFailed(f"{path} failed: {reason}. Nothing was changed.")


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, for their owner alone."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)


def make_private_file(path: Path) -> None:
    """Make an empty file for its owner alone, unless another station made it meanwhile."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return


def read_only(path: Path, *, at_rest: bool = False) -> sqlite3.Connection:
    """A connection that writes nothing, so that a database of another program stays as it is.

    `at_rest` says that nobody writes to the file meanwhile: it is then read without side files of any kind,
    from a disk that can only be read too.
    """
    mode = "immutable=1" if at_rest and not path.with_name(f"{path.name}-wal").exists() else "mode=ro"
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=BUSY_SECONDS)
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if "readonly" not in str(error):
            raise
        # A crash left a journal beside it; only a connection that may write can roll it back.
        return sqlite3.connect(path, timeout=BUSY_SECONDS)
    return connection


def checked_version(path: Path, *, at_rest: bool = False) -> list[str]:
    """The migrations a file went through; StoreFailed when it is not ours or newer than this program.

    Read before our settings touch the file: a database of another program stays as it was.
    """
    with closing(read_only(path, at_rest=at_rest)) as connection:
        tables = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        if not tables:
            return []
        if HISTORY not in tables or "event" not in tables:
            raise StoreFailed(f"{path} is a database of another program; name another file.")
        applied = [name for (name,) in connection.execute(f"SELECT name FROM {HISTORY} ORDER BY name")]
    if unknown := [name for name in applied if name not in known_migrations()]:
        raise StoreFailed(
            f"{path} was written by a newer RollerTrack (it knows {unknown[-1]}); update this one to open it."
        )
    return applied


def must_not_be_newer(database: Any, path: Path, version: str) -> None:
    """Refuse to write where a newer program has brought an open database beyond `version`, a migration."""
    query = f"SELECT name FROM {HISTORY} ORDER BY name DESC LIMIT 1"
    newest = next(iter(database.execute_sql(query)), ("",))[0]
    if newest > version:
        raise StoreFailed(
            f"{path} was brought up to date by a newer RollerTrack (it knows {newest});"
            " end this one and start the new one. Nothing was changed."
        )


def known_migrations() -> list[str]:
    """The names of the migrations this program brings, in order."""
    return sorted(file.stem for file in MIGRATIONS.glob("[0-9]*.py"))


def change_mark(database: Any) -> int:
    """A number that turns when another connection has changed the database; costs no read of a table."""
    return int(database.execute_sql("PRAGMA data_version").fetchone()[0])


_TRIGGERS = ("event_append_only", "event_no_delete", "event_no_update")


def missing_triggers(database: Any) -> list[str]:
    """The triggers that keep the journal append-only and are not there any more."""
    found = {
        name for (name,) in database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    }
    return [name for name in _TRIGGERS if name not in found]
