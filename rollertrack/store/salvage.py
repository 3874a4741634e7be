"""Read what can be read of a damaged journal, and name what cannot."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from rollertrack.domain.journal_form import Row, misfit
from rollertrack.store.database import Database
from rollertrack.store.derived import TABLES
from rollertrack.store.erasable import texts_for
from rollertrack.store.journal import all_rows, stream_rows
from rollertrack.store.upkeep import any_text


class Lost(NamedTuple):
    """What cannot be read: an entry, a whole stream where no entry is named; and why."""

    stream: str
    entry: int | None
    fault: str

    def __str__(self) -> str:
        return f"{self.stream}{'' if self.entry is None else f' entry {self.entry}'}: {self.fault}"


_PAGE = "its page is damaged"


def readable_rows(database: Database) -> Iterator[Row | Lost]:
    """Every entry in order that is of the form this program writes, and in their places those that are not.

    A damaged page hides the entries on it; from there on each stream that is known of is read by itself.
    """
    last = ""
    with any_text(database):
        try:
            for row in all_rows(database):
                last = str(row.stream)
                yield _checked(row)
        except sqlite3.Error as error:
            if not _is_damage(error):
                raise
            yield from _one_by_one(database, last)


def _one_by_one(database: Database, last: str) -> Iterator[Row | Lost]:
    yield Lost(last or "the journal", None, f"{_PAGE} from here on")
    for code in sorted(each for each in _known(database) if each > last):
        try:
            rows = stream_rows(database, code)
        except sqlite3.Error as error:
            if not _is_damage(error):
                raise
            yield Lost(code, None, _PAGE)
        else:
            yield from map(_checked, rows)


def _known(database: Database) -> set[str]:
    """Every code that any list knows, as far as the lists can be read."""
    codes: set[str] = set()
    for table in {"stream", *TABLES.values()}:
        with suppress(sqlite3.Error):
            for (code,) in database.execute_sql(f"SELECT code FROM {table}"):
                codes.add(str(code))
    return codes


def _is_damage(error: Exception) -> bool:
    return "malformed" in str(error) or "disk i/o" in str(error).lower()


def texts_or_lost(database: Database, row: Row) -> dict[str, str] | Lost:
    """The texts that a row names, by their hashes; what cannot be read of them is lost."""
    try:
        return texts_for(database.execute_sql, [row])
    except sqlite3.Error as error:
        if not _is_damage(error):
            raise
        return Lost(printable(row.stream), row.seq, "its text is on a damaged page")


def _checked(row: Row) -> Row | Lost:
    stream, entry = printable(row.stream), row.seq if type(row.seq) is int else None
    if column := misfit(row):
        return Lost(stream, entry, f"its {column} is of the wrong kind")
    try:
        for value in row:
            str(value).encode()
        json.loads(row.data)
    except UnicodeEncodeError:
        return Lost(stream, entry, "it holds text that cannot be read")
    except (ValueError, RecursionError):
        return Lost(stream, entry, "its content is not JSON")
    return row


def printable(value: object) -> str:
    """What a column holds, in words that can be written anywhere."""
    return str(value).encode(errors="replace").decode()
