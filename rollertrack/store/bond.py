"""What ties a database file to the log beside it: a mark in its header, new with every deed.

SQLite plays back whatever log lies beside a file. After a file was replaced by a copy, that is the log of
another history: its pages would be laid over the copy's, and a use could be missing from both. So every deed
leaves a mark in the header (`application_id`): half of it drawn anew, half of it that of the deed before.
"""

import os
import sqlite3
import struct
import time
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from rollertrack.store.database import Unreadable, beside

_HALF = 15
_LOW = (1 << _HALF) - 1
_HEAD = ("application_id", "page_count")
_TRIES = 5
_PAUSE = 0.02
_LOG_HEAD = struct.Struct(">6I")
_FRAME_HEAD = struct.Struct(">4I")
_HEAD_BYTES, _FRAME_BYTES, _MARK_AT = 32, 24, 68


def log_of(path: Path) -> Path:
    """The write-ahead log of a database file."""
    return beside(path, "-wal")


def log_size(path: Path) -> int:
    """The bytes of the log beside a file; 0 when there is none."""
    try:
        return os.stat(f"{os.path.realpath(path)}-wal").st_size  # noqa: PTH116 - asked at every look
    except OSError:
        return 0


def mark(database: Any) -> int:
    """The mark as a connection sees it."""
    return int(database.execute_sql("PRAGMA application_id").fetchone()[0])


def leave_mark(database: Any) -> int:
    """Mark the open transaction as the one that follows what stands."""
    fresh = following(mark(database))
    database.execute_sql(f"PRAGMA application_id = {fresh}")
    return fresh


def following(before: int) -> int:
    """A new mark of a state that follows one with the mark `before`."""
    import secrets  # a mere look leaves no mark

    return (before & _LOW) << _HALF | secrets.randbelow(_LOW) + 1


class Head(NamedTuple):
    """The mark of a file and its number of pages."""

    mark: int
    pages: int


_NO_DATABASE = Head(0, 0)


def head(database: Any) -> Head:
    """The head as a connection sees it."""
    return Head(mark(database), int(database.execute_sql("PRAGMA page_count").fetchone()[0]))


def alone(path: Path) -> sqlite3.Connection:
    """A connection to a file that sees neither its log nor its locks.

    Through SQLite: to close a file opened by other means would drop the locks that this process holds on it.
    """
    return sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)


def head_in_file(path: Path) -> Head | None:
    """The head of the file alone, whatever its log says; None when the file is not whole without it."""
    with closing(alone(path)) as connection:
        try:
            return Head(*[connection.execute(f"PRAGMA {what}").fetchone()[0] for what in _HEAD])
        except sqlite3.DatabaseError as error:
            return _NO_DATABASE if "not a database" in str(error) else None


def succeed(source: sqlite3.Connection, standing: Path) -> None:
    """Mark what is being written over a file as what follows it: until then it is nobody's log."""
    with closing(sqlite3.connect(f"{standing.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        before = int(connection.execute("PRAGMA application_id").fetchone()[0])
    source.execute(f"PRAGMA application_id = {following(before)}")


class _Logged(NamedTuple):
    """The marks that a log writes: those of its states, and what the first of them follows."""

    marks: frozenset[int]
    follows: int


def _logged(path: Path) -> _Logged | None:
    """What a log says of the first page; None when it says nothing."""
    try:
        with log_of(path).open("rb") as log:
            head = log.read(_HEAD_BYTES)
            if len(head) < _HEAD_BYTES:
                return None
            _, _, page, _, *salts = _LOG_HEAD.unpack_from(head)
            marks = []
            while len(frame := log.read(_FRAME_BYTES)) == _FRAME_BYTES:
                number, _, *own = _FRAME_HEAD.unpack_from(frame)
                if own != salts:
                    break
                following_frame = log.tell() + page
                if number == 1:
                    marks.append(int.from_bytes(log.read(_MARK_AT + 4)[_MARK_AT:], "big"))
                log.seek(following_frame)
    except FileNotFoundError:
        return None
    return _Logged(frozenset(marks), marks[0] >> _HALF) if marks else None


def belong_together(path: Path) -> bool:
    """Whether the log beside a file was written on top of this very file.

    Another program may be at work: only what still differs after some tries is a difference.
    """
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(_PAUSE)
        if not log_size(path) or _fit(head_in_file(path), _logged(path)):
            return True
    return False


def must_belong_together(path: Path) -> None:
    """Raise Unreadable unless the log beside a file is its own."""
    if not belong_together(path):
        log = log_of(path)
        raise Unreadable(
            f"{path} is not the file that {log.name} beside it was written for: one of them was replaced."
            f" Use no roller; restore your last backup, or move {log.name} away to go on without its entries."
        )


def _fit(standing: Head | None, logged: _Logged | None) -> bool:
    if logged is None or standing is None:
        return True  # nothing to compare; what cannot be read says so when it is opened
    # No log is begun before its file has a page.
    return standing.pages > 0 and _follows(standing.mark, logged)


def _follows(mark: int, logged: _Logged) -> bool:
    return mark in logged.marks or mark & _LOW == logged.follows


def is_seen_as_it_stands(
    database: Any, path: Path, expected: int | None = None, *, whole: bool = False
) -> bool:
    """Whether a connection sees the file that stands at its path, and not what it remembers of another.

    `expected` is the mark that it must have; that which the connection sees when not given. A file that is
    not `whole` is one into which a log was brought half: its log makes it so.
    """
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(_PAUSE)
        seen, standing = head(database), head_in_file(path)
        if log_size(path):
            if (standing or not whole) and _fit(standing, _logged(path)):
                return True
        elif standing == (seen if expected is None else seen._replace(mark=expected)):
            return True
    return False


def must_be_seen_as_it_stands(database: Any, path: Path) -> None:
    """Raise Unreadable when other programs still share among them what belonged to a file that is gone."""
    if not is_seen_as_it_stands(database, path):
        raise Unreadable(
            f"{path} was replaced while another program has it open; close that one and try again."
        )
