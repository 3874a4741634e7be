"""Short reads and writes on the way of a deed, in plain SQL: to build a query takes longer than to run it."""

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from rollertrack.errors import StoreFailed
from rollertrack.store.database import Database
from rollertrack.store.hundredths import from_hundredths

KEPT_FOR = 30 * 24 * 3_600_000_000
"""How long what a deed said is kept, in microseconds: nobody asks again later than that."""
_OF_A_DEED = "deed, codes, entries, at, message, warnings, asked"


def is_empty(database: Database) -> bool:
    """Whether nothing was ever entered; a head without its entries says that something was."""
    has_entry = database.execute_sql("SELECT 1 FROM event LIMIT 1").fetchone()
    # Heads are asked only then: a damaged list of them must not keep what is there from being opened.
    return not (has_entry or database.execute_sql("SELECT 1 FROM stream LIMIT 1").fetchone())


def known(database: Database, codes: Iterable[str]) -> list[str]:
    """Those of the codes that a stream carries."""
    return sorted(code for (code,) in _of(database, "code", "stream", list(codes)))


def persons_labelled(database: Database, label: str) -> list[str]:
    """The codes of the persons with a label, however its letters are written."""
    query = "SELECT code FROM person WHERE lower(label) = lower(?) ORDER BY code"
    return [code for (code,) in database.execute_sql(query, (label,))]


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


def incidents_about(database: Database, named: Iterable[str]) -> list[str]:
    """The incidents that began with one of some codes, and that a list calls closed."""
    codes = sorted(named)
    marks = ", ".join("?" * len(codes))
    query = f"SELECT code FROM incident WHERE closed_at IS NOT NULL AND about IN ({marks}) ORDER BY code"
    found = [code for (code,) in database.execute_sql(query, codes)]
    if not all(type(code) is str for code in found):
        raise foreign("incident", "code")
    return found


class Kept(NamedTuple):
    """What one deed said."""

    deed: str
    codes: tuple[str, ...]
    entries: tuple[int, ...]
    at: int
    message: str
    warnings: tuple[str, ...]
    asked: str = ""
    """What tells what was asked for from anything else, as whoever asked with an id said; else empty."""


def kept(database: Database, uid: str) -> Kept | None:
    """What the deed of an id said; None when none was done."""
    query = f"SELECT {_OF_A_DEED} FROM deed WHERE id = ?"
    row = database.execute_sql(query, (uid,)).fetchone()
    if row is None:
        return None
    try:
        deed, codes, entries, at, message, warnings, asked = row
        return Kept(
            deed, tuple(json.loads(codes)), tuple(json.loads(entries)), at, message,
            tuple(json.loads(warnings)), asked,
        )  # fmt: skip
    except (TypeError, ValueError):
        raise foreign("deed", f"what {uid} said") from None


def keep(database: Database, uid: str, said: Kept, now: int) -> None:
    """Keep what a deed said, and let go of what was said long ago."""
    database.execute_sql("DELETE FROM deed WHERE recorded_at < ?", (now - KEPT_FOR,))
    lists = (json.dumps(said.codes), json.dumps(said.entries), json.dumps(said.warnings))
    database.execute_sql(
        f"INSERT INTO deed (id, {_OF_A_DEED}, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (uid, said.deed, lists[0], lists[1], said.at, said.message, lists[2], said.asked, now),
    )


def foreign(table: str, what: str) -> StoreFailed:
    """The failure of a read that met a value which this program cannot have written."""
    from rollertrack.store.derived import BESIDE, TABLES  # as good as no read meets one

    advice = (
        "rebuild` makes it anew" if table in {"stream", *TABLES.values(), *BESIDE} else "verify` says more"
    )
    return StoreFailed(f"The list {table} holds what no RollerTrack wrote: {what}. `rollertrack {advice}.")


def _of(database: Database, columns: str, table: str, codes: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    marks = ", ".join("?" * len(codes))
    return database.execute_sql(f"SELECT {columns} FROM {table} WHERE code IN ({marks})", codes)
