"""Short reads on the way of one deed, in plain SQL: to build a query would take longer than to run it."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from rollertrack.errors import StoreFailed
from rollertrack.store.database import Database
from rollertrack.store.derived import TABLES, from_hundredths


def is_empty(database: Database) -> bool:
    """Whether nothing was ever entered; a head without its entries says that something was."""
    return not any(
        database.execute_sql(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in ("event", "stream")
    )


def known(database: Database, codes: Iterable[str]) -> list[str]:
    """Those of the codes that a stream carries."""
    return sorted(code for (code,) in _of(database, "code", "stream", list(codes)))


def taken(database: Database, codes: Sequence[str]) -> set[str]:
    """Those of the codes that a stream or a label printed ahead carries."""
    return {*known(database, codes), *(code for (code,) in _of(database, "code", "blank", codes))}


def keep_blanks(database: Database, codes: Sequence[str], now: int) -> None:
    """Keep codes for labels that are printed ahead of their rollers."""
    database.execute_many("INSERT INTO blank (code, drawn_at) VALUES (?, ?)", [(code, now) for code in codes])


def lengths(database: Database, codes: Iterable[str]) -> dict[str, Decimal | None]:
    """The needle lengths of rollers as they are registered now."""
    found = {}
    for code, length in _of(database, "code, length", "roller", list(codes)):
        if not (length is None or type(length) is int):
            raise foreign("roller", f"length of {code}")
        found[code] = from_hundredths(length)
    return found


def one_person(database: Database) -> list[str]:
    """The code of the only person on record; two codes where there are more."""
    codes = [code for (code,) in database.execute_sql("SELECT code FROM person LIMIT 2")]
    if not all(type(code) is str for code in codes):
        raise foreign("person", "code")
    return codes


def foreign(table: str, what: str) -> StoreFailed:
    """The failure of a read that met a value which this program cannot have written."""
    advice = "rebuild` makes it anew" if table in {"stream", *TABLES.values()} else "verify` says more"
    return StoreFailed(f"The list {table} holds what no RollerTrack wrote: {what}. `rollertrack {advice}.")


def _of(database: Database, columns: str, table: str, codes: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    marks = ", ".join("?" * len(codes))
    return database.execute_sql(f"SELECT {columns} FROM {table} WHERE code IN ({marks})", codes)
