"""What the lists say of one person: the uses on them, the rollers that are theirs."""

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from rollertrack.store import traces
from rollertrack.store.database import Database
from rollertrack.store.hundredths import from_hundredths
from rollertrack.store.lookups import foreign
from rollertrack.store.queries import labels
from rollertrack.store.tables import RollerRecord, misfit

__all__ = ["concerns", "labels", "names_and_lots", "own_rollers"]

_OWN = ("code", "name", "length", "uses", "uses_limit", "retired_at")


def concerns(database: Database, person: str) -> dict[tuple[str, int], str]:
    """What each use on a person was for, by roller and entry; those taken back are left out."""
    uses = traces.uses_on(database, person, None, None)
    return {(each.roller, each.entry): each.concern for each in uses if not each.voided}


def names_and_lots(database: Database, codes: Collection[str]) -> dict[str, tuple[str, str]]:
    """The name and the lot of rollers, by their codes."""
    names = ("code", "name", "lot")
    query = "SELECT code, name, lot FROM roller WHERE code IN (SELECT value FROM json_each(?))"
    rows = _checked(names, database.execute_sql(query, (json.dumps(sorted(codes)),)))
    return {code: (name, lot) for code, name, lot in rows}


def own_rollers(database: Database, person: str) -> Iterator[tuple[Any, ...]]:
    """The rollers that belong to a person, those in use first; the columns of `OwnRoller`."""
    query = (
        f"SELECT {', '.join(_OWN)} FROM roller WHERE bound_to = ?"
        " ORDER BY retired_at IS NOT NULL, last_used DESC, code"
    )
    for code, name, length, *rest in _checked(_OWN, database.execute_sql(query, (person,))):
        yield (code, name, from_hundredths(length), *rest)


def _checked(names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        if column := misfit(RollerRecord, dict(zip(names, row, strict=True))):
            raise foreign("roller", f"{column} of {row[0]}")
        yield row
