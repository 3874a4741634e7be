"""What the guide and reports read of the derived rows, in plain SQL."""

from typing import NamedTuple

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
