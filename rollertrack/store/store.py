"""The store: one database, its transactions, its reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rollertrack.errors import ChangedMeanwhile, StoreFailed
from rollertrack.store.copies import copy_database
from rollertrack.store.database import (
    NotWritable,
    change_mark,
    epoch,
    known_migrations,
    must_not_be_newer,
    store_errors,
)
from rollertrack.store.journal import Journal
from rollertrack.store.opening import open_as_it_stands, open_database
from rollertrack.store.queries import is_empty
from rollertrack.store.rebuilding import Rebuilt, rebuild


class Store:
    """One open database, used from one thread; `is_new` when nothing was entered yet.

    `to_read` opens it to be read as it stands where it cannot be written; a deed then says why it cannot.
    """

    def __init__(
        self, path: Path, *, create: bool = True, copy_first: bool = True, to_read: bool = False
    ) -> None:
        self.path = path
        self._refusal: NotWritable | None = None
        self.database: Any = self._opened(create=create, copy_first=copy_first, to_read=to_read)
        with store_errors(path):
            self.is_new = is_empty(self.database)
            self._epoch = epoch(self.database)
        # What stands on disk may be that of a newer program by the time of a deed.
        self._version = known_migrations()[-1]
        self._open: Journal | None = None

    def _opened(self, *, create: bool, copy_first: bool, to_read: bool) -> Any:
        try:
            return open_database(self.path, create=create, copy_first=copy_first)
        except NotWritable as refusal:
            if not to_read:
                raise
            try:
                database = open_as_it_stands(self.path)
            except StoreFailed as error:
                raise refusal from error
            self._refusal = refusal
            return database

    def close(self) -> None:
        """Close the database."""
        with store_errors(self.path):
            self.database.close()

    @contextmanager
    def deed(self) -> Iterator[Journal]:
        """One write transaction: all of it, or nothing of it.

        Inside one already open the deed joins it; what a failed deed appended is taken back alone.
        """
        if self._open is not None:
            length = self._open.length
            try:
                yield self._open
            except BaseException:
                self._open.take_back(length)
                raise
            return
        self.must_take_deeds()
        with store_errors(self.path), self.database.atomic():
            must_not_be_newer(self.database, self.path, self._version)
            self._must_not_be_replaced()
            journal = self._open = Journal(self.database)
            try:
                yield journal
                journal.flush()
            finally:
                self._open = None

    def must_take_deeds(self) -> None:
        """Raise why the database cannot be written, where it was opened to be read as it stands."""
        if self._refusal is not None:
            raise self._refusal

    def _must_not_be_replaced(self) -> None:
        """Refuse the first deed after a backup was restored: what it was decided on may be gone."""
        if (now := epoch(self.database)) != self._epoch:
            self._epoch = now
            raise ChangedMeanwhile(
                f"{self.path} was replaced by a backup while this program had it open; look again."
                " Nothing was changed."
            )

    @contextmanager
    def reading(self) -> Iterator[Journal]:
        """One consistent view of every stream and row."""
        if self._open is not None:
            yield self._open
            return
        with store_errors(self.path), self.database.atomic("DEFERRED"):
            yield Journal(self.database)

    def rebuild(self) -> Rebuilt:
        """Make the database anew from its journal; Damaged when that is not whole."""
        self.must_take_deeds()
        with store_errors(self.path):
            return rebuild(self.database, self.path, self._version)

    def change_mark(self) -> int:
        """A number that turns when another connection has changed the database."""
        with store_errors(self.path):
            return change_mark(self.database)

    def copy_to(self, target: Path) -> None:
        """A whole, consistent copy in a new private file."""
        with store_errors(target):
            copy_database(self.database, target)
