"""What the guide and reports read of the derived rows, in plain SQL."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from rollertrack.domain.reports import LifeSeen, UseSeen, WashSeen
from rollertrack.domain.seal import End, Entry
from rollertrack.store.database import Database


class LengthInUse(NamedTuple):
    """Rollers of one needle length, in hundredths of a mm, that are not retired: how many, and one's name."""

    length: int
    rollers: int
    name: str


def lengths_in_use(database: Database) -> list[LengthInUse]:
    """The needle lengths of the rollers that are not retired, the shortest first."""
    query = (
        "SELECT length, count(*), max(name) FROM roller WHERE retired_at IS NULL AND length IS NOT NULL"
        " GROUP BY length ORDER BY length"
    )
    return [LengthInUse(*row) for row in database.execute_sql(query)]


class UseRow(NamedTuple):
    """A use that counts, with the length of its roller in hundredths of a mm."""

    roller: str
    entry: int
    at: int
    length: int | None


def uses_between(database: Database, since: int, until: int) -> list[UseRow]:
    """The uses that count of a span, in order."""
    query = (
        "SELECT touch.roller, touch.entry, touch.at, roller.length FROM touch LEFT JOIN roller"
        " ON roller.code = touch.roller WHERE NOT touch.voided AND touch.at BETWEEN ? AND ?"
        " ORDER BY touch.at, touch.roller, touch.entry"
    )
    return [UseRow(*row) for row in database.execute_sql(query, (since, until))]


_USED_BETWEEN = "(SELECT roller FROM touch WHERE NOT voided AND at BETWEEN ? AND ?)"


def uses_of_used(database: Database, since: int, until: int) -> list[UseSeen]:
    """Every use that counts, whenever, of the rollers used in a span; in order by roller."""
    query = (
        f"SELECT roller, entry, at FROM touch WHERE NOT voided AND roller IN {_USED_BETWEEN}"
        " ORDER BY roller, at, entry"
    )
    return [UseSeen(*row) for row in database.execute_sql(query, (since, until))]


def washes_of_used(database: Database, since: int, until: int) -> list[WashSeen]:
    """Every disinfection that counts of the rollers used in a span."""
    query = (
        "SELECT roller, started_at, ended_at FROM soak WHERE good AND NOT voided AND ended_at IS NOT NULL"
        f" AND roller IN {_USED_BETWEEN}"
    )
    return [WashSeen(*row) for row in database.execute_sql(query, (since, until))]


def lives_of_used(database: Database, since: int, until: int) -> dict[str, LifeSeen]:
    """How the life of each roller used in a span ended, if it did."""
    query = f"SELECT code, {', '.join(LifeSeen._fields)} FROM roller WHERE code IN {_USED_BETWEEN}"
    return {code: LifeSeen(*row) for code, *row in database.execute_sql(query, (since, until))}


class EndedRow(NamedTuple):
    """A roller that was retired: what it was, and how far its life went."""

    code: str
    product: str
    pack: str
    length: int | None
    uses: int
    uses_limit: int | None
    retired_at: int


def retired_between(database: Database, since: int, until: int) -> list[EndedRow]:
    """The rollers retired in a span, in order."""
    query = (
        f"SELECT {', '.join(EndedRow._fields)} FROM roller WHERE retired_at BETWEEN ? AND ?"
        " ORDER BY retired_at, code"
    )
    return [EndedRow(*row) for row in database.execute_sql(query, (since, until))]


def pieces_used_between(database: Database, since: int, until: int) -> dict[str, int]:
    """How many uses pieces of each product had in a span."""
    query = (
        "SELECT roller.product, count(*) FROM touch JOIN roller ON roller.code = touch.roller"
        " WHERE NOT touch.voided AND touch.at BETWEEN ? AND ? AND roller.product <> '' GROUP BY 1"
    )
    return dict(database.execute_sql(query, (since, until)).fetchall())


def pieces_opened_between(database: Database, since: int, until: int) -> list[tuple[str, str]]:
    """The product and the pack of each piece that went into service in a span."""
    query = (
        "SELECT product, pack FROM roller WHERE product <> '' AND in_service_from BETWEEN ? AND ?"
        " ORDER BY product, pack"
    )
    return database.execute_sql(query, (since, until)).fetchall()


def ends(database: Database) -> list[End]:
    """Where every stream ends."""
    return [End(*row) for row in database.execute_sql("SELECT code, head, hash FROM stream")]


def entries(database: Database) -> Iterable[Entry]:
    """Every entry by stream, in the order of entering."""
    query = f"SELECT {', '.join(Entry._fields)} FROM event ORDER BY stream, seq"
    return map(Entry._make, database.execute_sql(query))


def streams_between(database: Database, since: int, until: int, kinds: Collection[str]) -> list[str]:
    """The streams that have an entry of some kinds in a span."""
    marks = ", ".join("?" * len(kinds))
    query = (
        f"SELECT DISTINCT stream FROM event WHERE at BETWEEN ? AND ? AND kind IN ({marks}) ORDER BY stream"
    )
    return [stream for (stream,) in database.execute_sql(query, (since, until, *kinds))]


class BathRow(NamedTuple):
    """A disinfection that was not taken back: its entry, from when to when, whether it counts."""

    roller: str
    entry: int
    started_at: int
    ended_at: int | None
    good: bool


def baths_between(database: Database, since: int, until: int) -> list[BathRow]:
    """The disinfections entered for a moment of a span that were not taken back."""
    query = (
        "SELECT soak.roller, soak.entry, soak.started_at, soak.ended_at, soak.good FROM event"
        " JOIN soak ON soak.roller = event.stream AND soak.entry = event.seq WHERE NOT soak.voided"
        " AND event.kind IN ('disinfection_started', 'disinfected') AND event.at BETWEEN ? AND ?"
        " ORDER BY event.at, soak.roller, soak.entry"
    )
    found = database.execute_sql(query, (since, until))
    return [BathRow(roller, entry, begun, ended, bool(good)) for roller, entry, begun, ended, good in found]


def retired_into(database: Database, since: int, until: int) -> dict[str, int]:
    """How many rollers that are retired went into each sharps bin in a span."""
    query = (
        "SELECT json_extract(event.data, '$.bin') AS bin, count(DISTINCT roller.code) FROM event"
        " JOIN roller ON roller.code = event.stream AND roller.retired_at = event.at"
        " WHERE event.kind = 'retired' AND event.at BETWEEN ? AND ? AND bin <> '' GROUP BY bin"
    )
    return dict(database.execute_sql(query, (since, until)).fetchall())
