"""The store: one database, its transactions, its reads."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rollertrack.errors import ChangedMeanwhile, RollerTrackError, StoreFailed, Unsure
from rollertrack.store import bond
from rollertrack.store.database import (
    Database,
    NotWritable,
    epoch,
    is_surely_undone,
    known_migrations,
    must_not_be_newer,
    store_errors,
)
from rollertrack.store.erasable import new_salt
from rollertrack.store.journal import Journal
from rollertrack.store.kept import kept_apart, kept_copies
from rollertrack.store.lookups import is_empty
from rollertrack.store.seat import Seat, StillSeat

if TYPE_CHECKING:
    from rollertrack.store.rebuilding import Rebuilt

_RECALCULATING = "calculating the lists anew after a change of the policy"
_TURN = 0.1
"""Seconds between two batches: whoever waits for the lock looks at it as often as that."""
_MOVED = "was moved away or replaced while this was being logged. Nothing was logged; look and do it again."
_MOVED_AFTER = "was moved away or replaced in the moment this was logged"
_UNKNOWN = "It is not known whether this was logged: look at the log before you do it again."


class DeedElsewhere(Exception):  # noqa: N818 - no failure: the question is asked anew where deeds are done
    """A deed was begun on a store that is only read."""


class _Lasting:
    """Where a transaction is begun that lasts longer than the deed that asked for it."""

    def __init__(self, until_end: ExitStack, first: Callable[[Journal], None]) -> None:
        self._until_end = until_end
        self._first = first

    def begin(self, transaction: AbstractContextManager[Journal]) -> None:
        self._first(self._until_end.enter_context(transaction))


class Store:
    """One open database, used from one thread; `is_new` when nothing was entered yet.

    `to_read` opens it to be read as it stands where it cannot be written; a deed then says why it cannot.
    """

    reads_only = False
    """Whether deeds are done elsewhere: one begun here raises DeedElsewhere before anything is done."""

    def __init__(
        self, path: Path, *, create: bool = True, copy_first: bool = True, to_read: bool = False
    ) -> None:
        self.path = path
        self._refusal: NotWritable | None = None
        self._seat = self._seated(create=create, copy_first=copy_first, to_read=to_read)
        with store_errors(path):
            database = self.database
            self.is_new, self._epoch = is_empty(database), epoch(database)
        # What stands on disk may be that of a newer program by the time of a deed.
        self._version = known_migrations()[-1]
        self._open: Journal | None = None
        self._lasting: _Lasting | None = None
        self.salt: Callable[[], str] = new_salt
        """Salts a text about a person; one that is foreseen hides nothing, and is for samples alone."""
        self._view: Journal | None = None

    @property
    def database(self) -> Any:
        """The database that is open; another one after it was replaced."""
        return self._seat.database

    def _seated(self, *, create: bool, copy_first: bool, to_read: bool) -> Seat | StillSeat:
        try:
            return Seat(self.path, create=create, copy_first=copy_first)
        except NotWritable as refusal:
            if not to_read:
                raise
            try:
                seat = StillSeat(self.path)
            except StoreFailed as error:
                raise refusal from error
            self._refusal = refusal
            return seat

    def close(self) -> None:
        """Close the database."""
        with store_errors(self.path):
            self._seat.leave()

    @contextmanager
    def transaction(self, what: str = "") -> Iterator[Journal]:
        """One write transaction: all of it, or nothing of it.

        One that may be long says `what` it is, for those who wait for the lock. One that changed the policy
        brings the lists up to it before it returns, with others getting their turn.
        Inside one already open the deed joins it; what a failed deed appended is taken back alone.
        """
        if self._open is None and self._lasting is not None:
            self._lasting.begin(self._outermost(what))
        if self._open is None:
            with self._outermost(what) as journal:
                yield journal
            return
        length = self._open.length
        try:
            yield self._open
        except BaseException:
            self._open.take_back(length)
            raise

    @contextmanager
    def lasting(self, first: Callable[[Journal], None]) -> Iterator[Callable[[], bool]]:
        """Let the first transaction that is begun in here last until the end of it.

        `first` runs when it has begun, and may end it by raising. What is given says whether one has begun.
        """
        with ExitStack() as until_end:
            self._lasting = _Lasting(until_end, first)
            try:
                yield lambda: self._open is not None
            finally:
                self._lasting = None

    @property
    def is_in_deed(self) -> bool:
        """Whether a write transaction is open, or one that lasts may begin."""
        return self._open is not None or self._lasting is not None

    @contextmanager
    def _outermost(self, what: str) -> Iterator[Journal]:
        if self.reads_only:
            raise DeedElsewhere
        self.must_take_deeds()
        from rollertrack.store import holder, recalculation  # before the lock is taken; a look needs neither

        has_new_policy = False
        with store_errors(self.path), ExitStack() as until_written:
            self._seat.look()
            with self._written() as journal:
                until_written.enter_context(holder.named(self.path, what))
                self._open = journal
                try:
                    yield journal
                    journal.flush()
                    database = self.database
                    if has_new_policy := journal.has_new_policy:
                        recalculation.begin(database)
                    is_batch = has_new_policy or what == _RECALCULATING
                    most = recalculation.ROLLERS_A_BATCH if is_batch else recalculation.ROLLERS_A_DEED
                    recalculation.go_on(database, journal.policy(), most)
                finally:
                    self._open = None
                    if self._view is not None:  # what it holds may be written over
                        self._view = Journal(self.database, self.salt)
        if has_new_policy:
            self.recalculate()

    @contextmanager
    def _written(self) -> Iterator[Journal]:
        """A transaction in the file that stands at the path; an honest word where it is not known to be."""
        is_committing = False
        try:
            database = self.database
            with database.atomic():
                self._seat.stay(_MOVED)  # the lock may have been waited for
                must_not_be_newer(database, self.path, self._version)
                self._seat.follow()
                self._must_not_be_replaced(database)
                before = database.total_changes
                journal = Journal(database, self.salt)
                yield journal
                if database.total_changes != before:
                    bond.leave_mark(database)
                self._seat.stay(_MOVED)
                is_committing = True
        except (sqlite3.Error, OSError) as error:
            if not is_committing or is_surely_undone(error):
                raise
            raise Unsure(f"{self.path} failed while it was written: {error}. {_UNKNOWN}") from error
        with suppress(sqlite3.Error):  # it is written, whatever fails from here on
            self._seat.remember(journal.ends)
        self._seat.stay(f"{_MOVED_AFTER}. {_UNKNOWN}")

    def must_take_deeds(self) -> None:
        """Raise why the database cannot be written, where it was opened to be read as it stands."""
        if self._refusal is not None:
            raise self._refusal

    def _must_not_be_replaced(self, database: Database) -> None:
        """Refuse the first deed after a backup was restored: what it was decided on may be gone."""
        if (now := epoch(database)) != self._epoch:
            self._epoch = now
            raise ChangedMeanwhile(
                f"{self.path} was replaced by a backup while this program had it open; look again."
                " Nothing was changed."
            )

    @contextmanager
    def reading(self) -> Iterator[Journal]:
        """One consistent view of every stream and row; what is asked inside it shares what was folded."""
        if (seen := self._open or self._view) is not None:
            yield seen
            return
        with store_errors(self.path):
            self._seat.look()
            try:
                database = self.database
                with database.atomic("DEFERRED"):
                    self._view = Journal(database, self.salt)
                    yield self._view
            finally:
                self._view = None

    def look(self) -> None:
        """Make sure that what is open is what stands at the path; StoreFailed when it cannot be."""
        if self._open is None and self._view is None:
            with store_errors(self.path):
                self._seat.look()

    def is_recalculating(self) -> bool:
        """Whether lists still show some rollers by the policy that was in force before."""
        from rollertrack.store import recalculation

        with self.reading():
            return recalculation.is_under_way(self.database)

    def recalculate(self) -> bool:
        """Bring every list up to the policy in force; whether all was done, or is left to the next deeds.

        Each batch is a transaction of its own, and between two of them others get their turn. What is on
        record is on record: an interrupt ends the calculating and is no failure of what began it.
        """
        try:
            while self.is_recalculating():
                if self._open is not None:
                    return False
                time.sleep(_TURN)
                self.recalculate_some()
        except (RollerTrackError, KeyboardInterrupt):
            return False
        return True

    def recalculate_some(self) -> None:
        """Calculate one more batch of what a change of the policy left."""
        with self.transaction(_RECALCULATING):
            pass

    def rebuild(self) -> "Rebuilt":
        """Make the database anew from its journal; Damaged when that is not whole."""
        from rollertrack.store import holder
        from rollertrack.store.rebuilding import rebuild

        self.must_take_deeds()
        with store_errors(self.path), holder.named(self.path, "rebuild"):
            return rebuild(self.database, self.path, self._version)

    def change_mark(self) -> int:
        """A number that turns when another connection has changed the database, or another is open."""
        with store_errors(self.path):
            self._seat.look()
            return self._seat.times << 40 | self._seat.follow()

    def news(self) -> str:
        """What became of the file since last asked, in a sentence; mostly nothing."""
        text, self._seat.news = self._seat.news, ""
        return text

    def settle(self) -> None:
        """Bring the log into the file if that needs no waiting: a copy of the file alone is whole then."""
        if self._open is None and self._view is None:
            with store_errors(self.path):
                self._seat.settle()

    def kept_apart(self) -> list[Path]:
        """What was kept of a database that stood here before and holds entries that are not on record."""
        if not (copies := kept_copies(self.path)):
            return []
        with self.reading():
            return kept_apart(self.database, copies)
