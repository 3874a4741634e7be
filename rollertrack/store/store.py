"""The store: one database, its transactions, its reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rollertrack.store.copies import copy_database
from rollertrack.store.database import change_mark, known_migrations, must_not_be_newer, store_errors
from rollertrack.store.journal import Journal
from rollertrack.store.opening import open_database
from rollertrack.store.queries import is_empty


class Store:
    """One open database, used from one thread; `is_new` when nothing was entered yet."""

    def __init__(self, path: Path, *, create: bool = True, copy_first: bool = True) -> None:
        self.path = path
        self.database: Any = open_database(path, create=create, copy_first=copy_first)
        with store_errors(path):
            self.is_new = is_empty(self.database)
        # What stands on disk may be that of a newer program by the time of a deed.
        self._version = known_migrations()[-1]
        self._open: Journal | None = None

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
        with store_errors(self.path), self.database.atomic():
            must_not_be_newer(self.database, self.path, self._version)
            journal = self._open = Journal(self.database)
            try:
                yield journal
                journal.flush()
            finally:
                self._open = None

    @contextmanager
    def reading(self) -> Iterator[Journal]:
        """One consistent view of every stream and row."""
        if self._open is not None:
            yield self._open
            return
        with store_errors(self.path), self.database.atomic("DEFERRED"):
            yield Journal(self.database)

    def change_mark(self) -> int:
        """A number that turns when another connection has changed the database."""
        with store_errors(self.path):
            return change_mark(self.database)

    def copy_to(self, target: Path) -> None:
        """A whole, consistent copy in a new private file."""
        with store_errors(target):
            copy_database(self.database, target)
