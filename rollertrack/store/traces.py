"""What a trace reads: lots, baths and uses as they are kept beside the rollers' rows; in plain SQL.

Whatever is asked is found by an index, so that it takes no longer where more is on record.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from rollertrack.domain.lots import LotSeen
from rollertrack.domain.touches import Bath, Touch
from rollertrack.domain.trace import Known, PackLot, Shared
from rollertrack.store.database import Database
from rollertrack.store.lookups import foreign
from rollertrack.store.tables import (
    LotSeenRow,
    PackRecord,
    RollerRecord,
    SoakRow,
    SolutionRecord,
    TouchRow,
    misfit,
    name_of,
)

_LISTED = "(SELECT value FROM json_each(?))"
_OPEN = "9223372036854775807"
"""The end of a bath that has none."""


def known(database: Database, rollers: Collection[str]) -> dict[str, Known]:
    """What lists say of some rollers; those without a registration that counts are in none."""
    query = f"SELECT {', '.join(Known._fields)} FROM roller WHERE code IN {_LISTED}"
    rows = _checked(RollerRecord, Known._fields, database.execute_sql(query, (_json(rollers),)))
    return {row[0]: Known(*row) for row in rows}


def agents(database: Database, codes: Collection[str]) -> dict[str, str]:
    """What is in some solutions, by their codes."""
    query = f"SELECT code, agent FROM solution WHERE code IN {_LISTED}"
    rows = _checked(SolutionRecord, ("code", "agent"), database.execute_sql(query, (_json(codes),)))
    return {row[0]: row[1] for row in rows}


def lots_like(database: Database, look: str) -> list[LotSeen]:
    """Every row whose lot looks like one."""
    return _lots(database, "look = ?", look)


def lots_of(database: Database, rollers: Collection[str]) -> list[LotSeen]:
    """Every lot that some rollers ever had."""
    return _lots(database, f"roller IN {_LISTED}", _json(rollers))


def lotless(database: Database, makes: Collection[str], products: Collection[str]) -> list[LotSeen]:
    """The rows of rollers that stand without a lot, of some makes or of some products."""
    found = _lots(database, f"make IN {_LISTED} AND norm = '' AND stands", _json(makes))
    if not products:
        return found
    pieces = f"roller IN (SELECT code FROM roller WHERE product IN {_LISTED})"
    others = _lots(database, f"{pieces} AND norm = '' AND stands", _json(products))
    return list(dict.fromkeys((*found, *others)))


def products_of(database: Database, rollers: Collection[str]) -> list[str]:
    """The products that some rollers are pieces of."""
    query = f"SELECT DISTINCT product FROM roller WHERE code IN {_LISTED} AND product <> ''"
    rows = _checked(RollerRecord, ("product",), database.execute_sql(query, (_json(rollers),)))
    return [row[0] for row in rows]


_SAID = ", ".join(
    f"CAST(coalesce(json_extract(data, '$.{name}'), '') AS TEXT)" for name in ("lot", "product")
)
_NOW = "SELECT code, received_at, lot, product FROM pack WHERE"


def lots_of_packs(database: Database) -> list[PackLot]:
    """Every lot that any pack ever had, in the order of entry."""
    query = (
        f"SELECT stream, seq, at, {_SAID} FROM event WHERE stream >= 'C' AND stream < 'D'"
        " AND kind IN ('received', 'amended') ORDER BY stream, seq"
    )
    return [PackLot(*row) for row in database.execute_sql(query)]


def packs_now(database: Database, packs: Collection[str]) -> list[PackLot]:
    """What some packs carry now; those whose receipt was taken back carry nothing."""
    return _packs(database.execute_sql(f"{_NOW} code IN {_LISTED}", (_json(packs),)))


def packs_without_lot(database: Database, products: Collection[str]) -> list[PackLot]:
    """The packs of some products that say no lot."""
    return _packs(database.execute_sql(f"{_NOW} lot_norm = '' AND product IN {_LISTED}", (_json(products),)))


def pieces_of_packs(database: Database, packs: Collection[str]) -> dict[str, str]:
    """The rollers that came in some packs, or were taken out of them, each with its pack."""
    query = f"SELECT code, pack FROM roller WHERE product <> '' AND pack IN {_LISTED}"
    rows = _checked(RollerRecord, ("code", "pack"), database.execute_sql(query, (_json(packs),)))
    return {row[0]: row[1] for row in rows}


def products_of_packs(database: Database, packs: Collection[str]) -> dict[str, str]:
    """The names of what is in some packs."""
    query = (
        "SELECT pack.code, product.name FROM pack JOIN product ON product.code = pack.product"
        f" WHERE pack.code IN {_LISTED}"
    )
    return dict(database.execute_sql(query, (_json(packs),)))


def _packs(rows: Iterable[Sequence[Any]]) -> list[PackLot]:
    return [
        PackLot(code, 0, *rest)
        for code, *rest in _checked(PackRecord, ("code", "received_at", "lot", "product"), rows)
    ]


def _lots(database: Database, where: str, *values: object) -> list[LotSeen]:
    query = f"SELECT {', '.join(LotSeen._fields)} FROM lot_seen WHERE {where} ORDER BY roller, entry"
    rows = _checked(LotSeenRow, LotSeen._fields, database.execute_sql(query, values))
    return [LotSeen(*row) for row in rows]


def uses_of(database: Database, rollers: Collection[str]) -> list[Touch]:
    """Every use of some rollers."""
    return _uses(database, f"roller IN {_LISTED}", _json(rollers))


def uses_on(database: Database, person: str, since: int | None, until: int | None) -> list[Touch]:
    """Every use on a person within a span."""
    return _uses(database, f"person = ? AND {_within('at', since, until)}", person)


def uses_within(
    database: Database, operator: str | None, since: int | None, until: int | None
) -> list[Touch]:
    """Every use within a span, by one operator or by anybody."""
    who = "1" if operator is None else "operator = ?"
    values = () if operator is None else (operator,)
    return _uses(database, f"{who} AND {_within('at', since, until)}", *values)


def _uses(database: Database, where: str, *values: object) -> list[Touch]:
    query = f"SELECT {', '.join(Touch._fields)} FROM touch WHERE {where} ORDER BY at, roller, entry"
    rows = _checked(TouchRow, Touch._fields, database.execute_sql(query, values))
    return [Touch(*row) for row in rows]


def baths_of(database: Database, rollers: Collection[str]) -> list[Bath]:
    """Every bath of some rollers."""
    return _baths(database, f"roller IN {_LISTED}", _json(rollers))


def baths_in(database: Database, solution: str) -> list[Bath]:
    """Every bath in a solution."""
    return _baths(database, "solution = ?", solution)


def baths_within(
    database: Database, operator: str | None, since: int | None, until: int | None
) -> list[Bath]:
    """Every bath that lay at least partly in a span; of an operator those that they began or took out of.

    What they did themselves must lie in the span then: that another one left it in longer is not their deed.
    """
    begun, ended = _within("started_at", since, until), _within("ended_at", since, until)
    if operator is None:
        lasts = "1" if since is None else f"coalesce(ended_at, {_OPEN}) >= {since:d}"
        return _baths(database, f"{lasts} AND {_within('started_at', None, until)}")
    ended_by = (
        "(roller, ended_at) IN"
        " (SELECT stream, at FROM event WHERE kind = 'disinfection_ended' AND operator = ?)"
    )
    of_theirs = f"(operator = ? AND ({begun} OR {ended}) OR {ended} AND {ended_by})"
    return _baths(database, of_theirs, operator, operator)


def _baths(database: Database, where: str, *values: object) -> list[Bath]:
    query = f"SELECT {', '.join(Bath._fields)} FROM soak WHERE {where} ORDER BY started_at, roller, entry"
    return _bath_rows(database.execute_sql(query, values))


def _bath_rows(rows: Iterable[Sequence[Any]]) -> list[Bath]:
    return [Bath(*row) for row in _checked(SoakRow, Bath._fields, rows)]


def shared_baths(database: Database, rollers: Collection[str]) -> list[Shared]:
    """Every bath of some rollers with each of another roller that was the same bath at the same time."""
    columns = ", ".join(f"{alias}.{name}" for alias in ("x", "o") for name in Bath._fields)
    same = f"SELECT {columns} FROM soak x CROSS JOIN soak o ON"
    asked = f"WHERE x.roller IN {_LISTED} AND o.roller <> x.roller"
    in_a_solution = (
        f"{same} o.solution = x.solution AND o.started_at < coalesce(x.ended_at, {_OPEN})"
        f" AND x.started_at < coalesce(o.ended_at, {_OPEN}) {asked}"
    )
    of_a_deed = f"{same} o.deed = x.deed {asked} AND x.deed <> ''"
    found, wanted, width = [], _json(rollers), len(Bath._fields)
    for query in (in_a_solution, of_a_deed):
        rows = [tuple(row) for row in database.execute_sql(query, (wanted,))]
        theirs, own = (_bath_rows(row[part] for row in rows) for part in (slice(width), slice(width, None)))
        found += [Shared(*pair) for pair in zip(theirs, own, strict=True)]
    return found


def _within(column: str, since: int | None, until: int | None) -> str:
    """A condition of whole numbers, which need no parameter."""
    ends = [f"{column} >= {since:d}"] if since is not None else []
    ends += [f"{column} <= {until:d}"] if until is not None else []
    return " AND ".join(ends) or "1"


def _json(codes: Collection[str]) -> str:
    return json.dumps(sorted(codes))


def _checked(table: Any, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
    for row in rows:
        if column := misfit(table, dict(zip(names, row, strict=True))):
            raise foreign(name_of(table), f"{column} of {row[0]}")
        yield row
