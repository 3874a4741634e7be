"""A seat at a database file: what is read and written is what stands at the path, or nothing is."""

import sqlite3
import threading
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NoReturn
from weakref import WeakSet

from rollertrack.errors import RollerTrackError, StoreFailed
from rollertrack.store import bond
from rollertrack.store.database import BUSY_SECONDS, Unreadable, change_mark, epoch, store_errors
from rollertrack.store.kept import KEPT, Anchor, kept_copies, lacks
from rollertrack.store.opening import open_as_it_stands, open_database
from rollertrack.store.watch import Change, Watch

REPLACED = "The database file was replaced by another program; everything was read again."
RESTORED = "The database was replaced by a backup (restore); everything was read again."
_ANEW = "was replaced while it was open; it is being read anew."
_ANCHORS = 4
_MALFORMED = "malformed"
_IN_USE: dict[str, WeakSet["Seat"]] = {}
_TURN = threading.Lock()


class BeingReplaced(StoreFailed):
    """Another connection of this process has still to let go of the file that was there before."""


class Seat:
    """One connection to the file at a path, used from one thread.

    What was put in the file's place while it was open is opened anew when it holds what is on record here;
    when it does not, or when nothing stands there, nothing is read and nothing is written.
    """

    def __init__(self, path: Path, *, create: bool = True, copy_first: bool = True) -> None:
        self.path = path
        self._name = str(path.absolute())
        self.times = 0
        """How often the file was opened."""
        self.news = ""
        """What became of the file, for the user to be told once."""
        self._database: Any = None
        self._watch: Watch | None = None
        self._anchors: Sequence[Anchor] = ()
        self._own: Sequence[Anchor] = ()
        self._kept: Path | None = None
        self._refused: tuple[Watch, str] | None = None
        with store_errors(path):
            self._take(open_database(path, create=create, copy_first=copy_first))

    @property
    def database(self) -> Any:
        """The open database; StoreFailed when there is none."""
        if self._watch is None:
            raise StoreFailed(self._refused[1] if self._refused else f"{self.path} {_ANEW}")
        return self._database

    def look(self) -> None:
        """Make sure that what is open is what stands at the path; to be called outside of any transaction."""
        if self._watch is None:
            self._return()
            return
        change = self._change()
        if change is Change.GONE:
            self._make_whole()
            self._away()
        if change is not Change.NONE:
            self._let_go(change)
            self._return()

    def stay(self, fault: str) -> None:
        """Raise StoreFailed with the fault, unless what is open still stands at the path."""
        if self._change() is not Change.NONE:
            raise StoreFailed(f"{self.path} {fault}")

    def follow(self) -> int:
        """See what others have written; the number of their last change."""
        version = change_mark(self.database)
        if version != self._version:
            if self._epoch != epoch(self._database) or self._lacks(self._anchors):
                self.news, self._own = RESTORED, ()
            self.remember()
        return self._version

    def remember(self, written: Sequence[Anchor] = ()) -> None:
        """Know the database as it is now: by its mark, and by entries that must stay on record.

        Those just `written` here are among them: where the clock is behind they are not the newest.
        """
        self._own = list(written[-_ANCHORS:]) or self._own
        self._version, self._mark = change_mark(self._database), bond.mark(self._database)
        self._epoch = epoch(self._database)
        query = "SELECT code, head, hash FROM stream ORDER BY newest DESC LIMIT ?"
        with suppress(sqlite3.Error):  # of a damaged list no entry is known
            self._anchors = [*self._own, *self._database.execute_sql(query, (_ANCHORS,))]

    def leave(self) -> None:
        """Close; what others put in the place of the file is left as it is."""
        if self._watch is None:
            return
        change = self._change()
        if change in {Change.NONE, Change.GONE}:
            if self._log or change is Change.GONE:  # a mere look leaves no log
                self._make_whole()
            if change is Change.GONE and not self._watch.has_a_name():
                with suppress(RollerTrackError, sqlite3.Error, OSError):
                    self._copy_aside()
            self._close()
        else:
            self._let_go(change)

    def settle(self) -> None:
        """Bring the log into the file when that needs no waiting: a copy of the file alone is whole then."""
        if self._watch is not None and bond.log_size(self.path) and self._change() is Change.NONE:
            self._checkpoint()

    def _take(self, database: Any) -> None:
        self._database = database
        try:
            bond.must_be_seen_as_it_stands(database, self.path)
            self._watch = Watch.over(self.path)
            self.remember()
        except BaseException:
            self._watch = None
            database.close()
            raise
        self._log = bond.log_size(self.path)
        self.times += 1
        with _TURN:
            _IN_USE.setdefault(self._name, WeakSet()).add(self)

    def _change(self) -> Change:
        assert self._watch is not None
        change, log = self._watch.change(), bond.log_size(self.path)
        if change is Change.WRITTEN:
            renewed = self._watch.renewed()
            if self._is_ours(is_cut=renewed.content[0] < self._watch.content[0]):
                self._watch, change = renewed, Change.NONE
        elif change is Change.NONE and log < self._log and not self._is_all_there():
            change = Change.WRITTEN
        if change is Change.NONE:
            self._log = log
        return change

    def _is_all_there(self) -> bool:
        """Whether a log that grew shorter had been brought into the file before."""
        try:
            return self._is_ours(is_cut=False)
        except sqlite3.Error:
            return False  # what the log held is missed

    def _is_ours(self, *, is_cut: bool) -> bool:
        """Whether the file was written by a checkpoint, and not by something that knows no database."""
        unchanged = change_mark(self._database) == self._version
        if unchanged and not self._mark and not self._log:
            return False  # nothing was there to be brought into the file, and no mark tells
        expected = self._mark if unchanged else None
        return bond.is_seen_as_it_stands(self._database, self.path, expected, whole=is_cut)

    def _let_go(self, change: Change) -> None:
        """Close what is open, and lose nothing of what was acknowledged."""
        if change is Change.REPLACED:
            self._make_whole()
        with suppress(RollerTrackError, sqlite3.Error, OSError):
            self._keep_aside(change)
        if change is Change.REPLACED or (change is Change.SIDES and not bond.log_of(self.path).exists()):
            self._close()
            return
        self._close_without_a_trace()

    def _close_without_a_trace(self) -> None:
        """Close, and neither bring the log into the file nor remove it, as the last to close would."""
        with closing(sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True)) as other:
            with suppress(sqlite3.Error):
                other.execute("BEGIN")
                other.execute("PRAGMA user_version").fetchone()
            self._close()

    def _close(self) -> None:
        self._watch = None
        with _TURN:
            _IN_USE[self._name].discard(self)
        self._database.close()

    def _make_whole(self) -> None:
        """Bring the log into its file, wherever that is now, unless others wrote to the log."""
        with suppress(sqlite3.Error):
            if change_mark(self._database) == self._version:
                self._checkpoint()

    def _checkpoint(self) -> None:
        with suppress(sqlite3.Error):
            self._database.execute_sql("PRAGMA busy_timeout = 0")
            try:
                self._database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                self._database.execute_sql(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")

    def _keep_aside(self, change: Change) -> None:
        """Copy what is open to a file of its own, when it holds entries that may stand nowhere else."""
        if change_mark(self._database) != self._version:
            from rollertrack.store.upkeep import verify  # a long look, which is seldom taken

            # Others wrote since: to what was here or, by way of the log, to what stands there now.
            if verify(self._database).fault:
                return
            self.remember()
        if change is Change.SIDES:
            standing = bond.head_in_file(self.path)
            is_missing = standing is None or standing.mark != self._mark
        else:
            is_missing = change is Change.REPLACED and self._lacks_alone()
        if is_missing:
            self._copy_aside()

    def _copy_aside(self) -> None:
        from rollertrack.store.copies import copy_database, free_name  # hardly ever needed

        if not any(self._is_kept_in(copy) for copy in self._copies()):
            kept = free_name(self.path, KEPT)
            copy_database(self._database, kept)
            self._kept = kept

    def _copies(self) -> list[Path]:
        return kept_copies(self.path)

    def _is_kept_in(self, copy: Path) -> bool:
        standing = bond.head_in_file(copy)
        if standing is None or standing.mark != self._mark or not self._mark:
            return False
        self._kept = copy
        return True

    def _lacks_alone(self) -> bool:
        if not self.path.is_file():
            return True
        with closing(bond.alone(self.path)) as standing:
            return lacks(standing.execute, self._anchors)

    def _lacks(self, anchors: Sequence[Anchor]) -> bool:
        return lacks(self._database.execute_sql, anchors)

    def _return(self) -> None:
        """Open what stands at the path now, when it holds what is on record here."""
        if self._refused and self._refused[0].change() is Change.NONE:
            raise StoreFailed(self._refused[1])
        if self._is_held():
            raise BeingReplaced(f"{self.path} {_ANEW}")
        if not self.path.exists():
            self._away()
        known = self._anchors
        try:
            self._open_what_stands()
        except StoreFailed as error:
            raise type(error)(f"{error.message}{self._where_kept()}") from error
        if self._lacks(known):
            self._anchors = known
            self._refuse()
        self._refused = None
        self._forget_kept()
        self.news = REPLACED

    def _is_held(self) -> bool:
        """Whether another seat of this process has still to let go of the file that was there before.

        SQLite shares what belongs to a file among the connections of a process.
        """
        with _TURN:
            others = list(_IN_USE[self._name])
        return any(each.is_elsewhere() for each in others)

    def is_elsewhere(self) -> bool:
        """Whether what is open here is not, or is no more, what stands at the path."""
        watch = self._watch
        return watch is not None and watch.change() is not Change.NONE

    def _open_what_stands(self) -> None:
        """Open what something that knows no database put there: it is looked through first."""
        with store_errors(self.path):
            if self.path.is_file() and not self.path.stat().st_size:
                raise Unreadable(f"{self.path} was emptied while it was open; restore your last backup.")
            self._take(open_database(self.path, create=False))
            try:
                if self._database.execute_sql("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                    raise sqlite3.DatabaseError(_MALFORMED)
            except sqlite3.Error:
                self._close_without_a_trace()
                raise

    def _where_kept(self) -> str:
        return f" What was on record is kept in {self._kept}." if self._kept else ""

    def _refuse(self) -> NoReturn:
        self._close()
        fault = (
            f"{self.path} was replaced by a database that lacks entries on record here.{self._where_kept()}"
            " Use no roller. To go on with the file that stands there now, leave RollerTrack and start it"
            " again."
        )
        self._refused = (Watch.over(self.path), fault)
        raise StoreFailed(fault)

    def _forget_kept(self) -> None:
        if self._kept:
            self._kept.unlink(missing_ok=True)
            self._kept = None

    def _away(self) -> NoReturn:
        raise StoreFailed(
            f"The database was moved away: nothing can be read at {self.path} any more."
            " Nothing was logged; use no roller until it is back."
        )


class StillSeat:
    """What stands at a path, read once and for all: nobody can write there, nor is it written here."""

    times = 1
    news = ""

    def __init__(self, path: Path) -> None:
        self.database: Any = open_as_it_stands(path)

    def look(self) -> None:
        """Nothing changes."""

    def stay(self, fault: str) -> None:
        """Nothing changes."""

    def follow(self) -> int:
        """Nobody writes."""
        return 0

    def remember(self, written: Sequence[Anchor] = ()) -> None:
        """Nothing changes."""

    def settle(self) -> None:
        """No log is written."""

    def leave(self) -> None:
        """Forget it."""
        self.database.close()
