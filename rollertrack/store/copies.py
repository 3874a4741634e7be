"""Copies of a database file: made whole and private, put in the place of another."""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from rollertrack.files import left_behind
from rollertrack.store import bond, holder
from rollertrack.store import database as opening
from rollertrack.store.database import Unreadable, checked_version, read_only, store_errors

_SIDES = ("-wal", "-shm", "-journal")
_OWN = (*_SIDES, holder.SUFFIX)
_TRIES_A_SECOND = 4
_NO_LINKS = {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}

Prove = Callable[[Path], object]
"""Looks at a copy before it gets its name, and raises when it is not what it should be."""


def copy_database(database: Any, target: Path, prove: Prove = lambda _: None) -> None:
    """Copy a live database, whole and consistent, to a new private file."""
    _copy(database.connection(), target, prove)


def copy_file(source: Path, target: Path, *, at_rest: bool = False) -> None:
    """Copy a database file that is one of ours to a new private file; `at_rest` as for `read_only`."""
    with store_errors(source):
        bond.must_belong_together(source)
        checked_version(source, at_rest=at_rest)
        with closing(read_only(source, at_rest=at_rest)) as connection:
            _copy(connection, target, lambda _: None)


def _copy(source: sqlite3.Connection, target: Path, prove: Prove) -> None:
    with store_errors(target), new_file(target) as partial:
        with closing(sqlite3.connect(partial)) as copy:
            _pour(source, copy)
        prove(partial)


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """A private file to write beside its final name, which it gets when it is whole and on the disk.

    Whoever kills the program leaves no half file under that name, and no file there is ever written over;
    what is left beside it goes at the next one.
    """
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    for left in left_behind(target.parent, f"{target.name}.partial-"):
        with suppress(OSError):
            remove(left)
    partial = free_name(target, f"partial-{os.getpid()}")
    partial.touch(mode=0o600, exist_ok=False)
    try:
        yield partial
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        _name(partial, target)
    finally:
        remove(partial)
    sync_folder(target.parent)


def _name(partial: Path, target: Path) -> None:
    try:
        os.link(partial, target)  # unlike a rename it never writes over a file
    except OSError as error:
        if error.errno not in _NO_LINKS or os.path.lexists(target):
            raise
        partial.rename(target)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where a system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove(path: Path) -> None:
    """Remove a database file with all that lies beside it, if it is there."""
    for suffix in ("", *_SIDES):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def is_beside(path: Path, database: Path) -> bool:
    """Whether a path is a name that SQLite or this program gives to a file beside a database."""
    return any(path.resolve() == opening.beside(database, suffix) for suffix in _OWN)


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
            _move(database, free_name(database, "leftover"), _SIDES)
            _replace(fresh, database)
            return None
        kept = free_name(database, "before-restore")
        try:
            bond.must_belong_together(database)
            with store_errors(database), closing(_new_epoch(fresh)) as source:
                checked_version(database)
                with holder.named(database, "restore"):
                    write_over(source, database, lambda: copy_file(database, kept))
        except Unreadable:
            remove(kept)
            _move(database, kept, ("", *_SIDES))
            _replace(fresh, database)
        except BaseException:
            remove(kept)
            raise
        return kept


def _replace(fresh: Path, database: Path) -> None:
    fresh.replace(database)
    sync_folder(database.parent)


def _new_epoch(fresh: Path) -> sqlite3.Connection:
    """A connection to a copy that got a new epoch, by which open programs see that theirs was replaced."""
    import secrets

    connection = sqlite3.connect(fresh, isolation_level=None)
    connection.execute(f"PRAGMA user_version = {secrets.randbelow(opening.EPOCHS) + 1}")
    return connection


def write_over(source: sqlite3.Connection, database: Path, first: Callable[[], None]) -> None:
    """Put the content of one database in the place of another's, in one transaction.

    `first` runs when nobody else can write to it any more and it is still what it was; what it raises
    leaves it so.
    """
    patience = _patience()
    held = False

    def step(status: int, left: int, pages: int) -> None:
        nonlocal held
        patience(status, left, pages)
        if not held and status == sqlite3.SQLITE_OK:
            held = True
            bond.succeed(source, database)
            first()

    target = sqlite3.connect(database, timeout=opening.BUSY_SECONDS, isolation_level=None)
    with closing(target):
        # Only a write-ahead log lets others read on meanwhile, `first` among them.
        target.execute("PRAGMA journal_mode = wal")
        target.execute("PRAGMA synchronous = full")
        _same_pages(source, target)
        # The first page takes the lock, and the last one lets it go.
        source.backup(target, pages=1, progress=step, sleep=1 / _TRIES_A_SECOND)


def _same_pages(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Give the source pages as large as those of the target, which cannot change its own."""
    ((size,),) = target.execute("PRAGMA page_size")
    if source.execute("PRAGMA page_size").fetchone() != (size,):
        source.execute("PRAGMA journal_mode = delete")
        source.execute(f"PRAGMA page_size = {size}")
        source.execute("VACUUM")


def _move(path: Path, target: Path, side_files: tuple[str, ...]) -> None:
    for suffix in side_files:
        moving = path.with_name(path.name + suffix)
        if moving.exists():
            moving.rename(target.with_name(target.name + suffix))


def copies_beside(path: Path) -> list[Path]:
    """The copies that this program keeps beside a database: of before a migration, a restore and such."""
    begins = f"{path.name}.before-"
    try:
        return sorted(each for each in path.parent.iterdir() if each.name.startswith(begins))
    except OSError:
        return []  # a folder that may be passed through and not listed


def free_name(path: Path, why: str) -> Path:
    """A name beside a file that nothing bears yet."""
    number = 1
    while os.path.lexists(candidate := path.with_name(f"{path.name}.{why}-{number}")):
        number += 1
    return candidate
