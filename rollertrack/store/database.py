"""A database file: its rights, its version, its triggers; every failure one sentence."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from rollertrack.errors import RollerTrackError, StoreFailed
from rollertrack.store.disks import network_warning

MIGRATIONS = Path(__file__).with_name("migrations")
HISTORY = "schema_migration"
BUSY_SECONDS = 5


EPOCHS = 2**31 - 1
"""How many epochs there are; a database that was never restored over another is in epoch 0."""


class Database:
    """An open database: one connection and its transactions; peewee over it where a query is built."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.execute_sql: Callable[..., sqlite3.Cursor] = connection.execute
        """Run one statement, with its values."""
        self.execute_many: Callable[..., sqlite3.Cursor] = connection.executemany
        """Run one statement for every row."""

    def connection(self) -> sqlite3.Connection:
        """The connection itself."""
        return self._connection

    @property
    def total_changes(self) -> int:
        """How many rows this connection has written."""
        return self._connection.total_changes

    @cached_property
    def orm(self) -> Any:
        """The connection as peewee takes it; loaded late, since a look at one roller needs no query of it."""
        from rollertrack.store.tables import over

        return over(self._connection)

    @contextmanager
    def atomic(self, lock: str = "IMMEDIATE") -> Iterator[None]:
        """One transaction, or a part of the one that is open: all of it, or nothing."""
        is_part = self._connection.in_transaction
        self.execute_sql("SAVEPOINT part" if is_part else f"BEGIN {lock}")
        try:
            yield
            if is_part:
                self.execute_sql("RELEASE part")
            else:
                self.commit()
        except BaseException:
            # On a full disk SQLite has ended the transaction by itself.
            if self._connection.in_transaction:
                self.execute_sql("ROLLBACK TO part" if is_part else "ROLLBACK")
                if is_part:
                    self.execute_sql("RELEASE part")
            raise

    def commit(self) -> None:
        """Bring the open transaction to the disk."""
        self.execute_sql("COMMIT")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def in_memory() -> Database:
    """A database of this process alone, with nothing in it."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA recursive_triggers = 1")
    return Database(connection)


class Unreadable(StoreFailed):
    """The file is no database, or a damaged one: nothing in it can be trusted to be read."""


class NotWritable(StoreFailed):
    """The file, its folder or its disk takes nothing; what stands there may be whole all the same."""


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn any failure of the database into one sentence that says which file and what to do."""
    try:
        yield
    except RollerTrackError:
        raise
    except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
        # The words of the system alone: its message also holds the path, which may hold any word.
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        raise _failure(reason, path) from error


_NOTHING_WRITTEN = ("SQLITE_FULL", "SQLITE_BUSY", "SQLITE_READONLY", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHM")


def is_surely_undone(error: BaseException) -> bool:
    """Whether a commit failed so that its end cannot stand on the disk: of a failed sync nobody knows."""
    chain: BaseException | None = error
    while chain is not None:
        name = getattr(chain, "sqlite_errorname", "")
        if name.startswith(_NOTHING_WRITTEN):
            return True
        chain = chain.__cause__ or chain.__context__
    return "full" in str(error)


_UNREADABLE = (
    ("not a database", "is not a RollerTrack database; name another file."),
    ("malformed", "is damaged; restore your last backup."),
)
_SENTENCES = (
    ("utf-8", "holds text that cannot be read; `rollertrack verify` says where."),
    ("locked", "is locked by another program; close it or try again. Nothing was changed."),
)
_NOT_WRITABLE = (
    ("readonly", "is read-only; make the file and its folder writable. Nothing was changed."),
    ("read-only", "is on a read-only disk. Nothing was changed."),
    ("full", "could not be written: the disk is full. Nothing was changed."),
    ("no space", "could not be written: the disk is full. Nothing was changed."),
    ("disk i/o", "could not be read or written: the disk is full or failing. Nothing was changed."),
    ("file too large", "could not be written: the disk is full. Nothing was changed."),
    ("unable to open", "cannot be opened; check that the folder exists and is yours."),
    ("permission", "may not be opened by you; check the rights of the file and its folder."),
)
_NO_PLACE = (
    ("no such file", "cannot be made: its folder does not exist and cannot be created."),
    ("not a directory", "cannot be made: what stands there as its folder is a file."),
    ("name too long", "cannot be made: its name is too long for this disk."),
)
_KINDS: tuple[tuple[type[StoreFailed], tuple[tuple[str, str], ...]], ...] = (
    (Unreadable, _UNREADABLE),
    (StoreFailed, _SENTENCES),
    (NotWritable, _NOT_WRITABLE),
    (StoreFailed, _NO_PLACE),
)


def _failure(reason: str, path: Path) -> StoreFailed:
    if "locked" in reason.lower():
        from rollertrack.store import holder

        if doing := holder.doing(path):
            return StoreFailed(
                f"Another RollerTrack is at work on {path}: {doing}."
                " Try again when it is done. Nothing was changed."
            )
    for kind, sentences in _KINDS:
        for sign, sentence in sentences:
            if sign in reason.lower():
                return kind(f"{path} {sentence}{network_warning(path)}")
    return StoreFailed(f"{path} failed: {reason}. Nothing was changed.{network_warning(path)}")


def is_not_writable(error: BaseException) -> bool:
    """Whether a failure of the database says that its file, folder or disk takes nothing."""
    return any(sign in str(error).lower() for sign, _ in _NOT_WRITABLE)


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
    if at_rest and not _size(path, "-journal"):
        return as_it_stands(path)
    connection = _connected(path, "mode=ro")
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if "readonly" not in str(error):
            raise
        # A crash left a journal beside it; only a connection that may write can roll it back.
        return sqlite3.connect(path, timeout=BUSY_SECONDS)
    return connection


def as_it_stands(path: Path) -> sqlite3.Connection:
    """A connection that makes no file and takes no lock: for a file that nobody writes to meanwhile.

    What waits in a write-ahead log beside the file is read with it; `immutable` alone would pass it over.
    """
    if not _size(path, "-wal"):
        return _connected(path, "immutable=1")
    connection = _connected(path, f"mode=ro&vfs={'win32' if os.name == 'nt' else 'unix'}-none")
    # Whoever has the file alone needs no memory to share, and so no file for it.
    connection.execute("PRAGMA locking_mode = exclusive")
    return connection


def _connected(path: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=BUSY_SECONDS)


def beside(path: Path, suffix: str) -> Path:
    """The file that SQLite keeps beside a database file; for a link it lies beside what that leads to."""
    return Path(f"{os.path.realpath(path)}{suffix}")


def _size(path: Path, suffix: str) -> int:
    side = beside(path, suffix)
    return side.stat().st_size if side.exists() else 0


def standing(path: Path) -> tuple[tuple[int, int, int], ...]:
    """What tells whether anyone wrote to a database file, its log or its journal."""
    found = []
    for suffix in ("", "-wal", "-journal"):
        if (file := beside(path, suffix)).exists():
            seen = file.stat()
            found.append((seen.st_ino, seen.st_size, seen.st_mtime_ns))
    return tuple(found)


def checked_version(path: Path, *, at_rest: bool = False) -> list[str]:
    """The migrations a file went through; StoreFailed when it is not ours or newer than this program.

    Read before our settings touch the file: a database of another program stays as it was.
    """
    with closing(read_only(path, at_rest=at_rest)) as connection:
        return version_of(connection, path)


def version_of(connection: sqlite3.Connection, path: Path) -> list[str]:
    """The migrations an open database went through, as `checked_version`; none for one without a table."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return []
    if HISTORY not in tables or "event" not in tables:
        raise StoreFailed(f"{path} is a database of another program; name another file.")
    applied = [name for (name,) in connection.execute(f"SELECT name FROM {HISTORY} ORDER BY name")]
    known = known_migrations()
    if unknown := [name for name in applied if name not in known]:
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


def library_version() -> tuple[int, int, int]:
    """The version of the SQLite that is loaded."""
    return sqlite3.sqlite_version_info


def known_migrations() -> list[str]:
    """The names of the migrations this program brings, in order."""
    return _migrations_in(MIGRATIONS)


@cache
def _migrations_in(folder: Path) -> list[str]:
    # A glob would compile two expressions for it, at every start.
    return sorted(file.stem for file in folder.iterdir() if file.suffix == ".py" and file.stem[0].isdecimal())


def change_mark(database: Any) -> int:
    """A number that turns when another connection has changed the database; costs no read of a table."""
    return int(database.execute_sql("PRAGMA data_version").fetchone()[0])


def epoch(database: Any) -> int:
    """A number that turns when a restored backup was put in the place of the database."""
    return int(database.execute_sql("PRAGMA user_version").fetchone()[0])
