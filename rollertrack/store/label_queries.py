"""Reads for printing labels: which rollers may get one, and which of those no scan has proven."""

from typing import Any

from peewee import fn

from rollertrack.store.queries import matching
from rollertrack.store.tables import RollerRecord


def label_ids(database: Any, *, unproven: bool = False, search: str = "") -> list[tuple[int, str]]:
    """The (id, code) of the rollers by name; not those retired, recalled or put aside."""
    row = RollerRecord
    query = row.select(row.id, row.code).where(~row.held)
    if unproven:
        query = query.where(row.label_proven_at.is_null())
    return list(database.orm.execute(matching(query, search).order_by(fn.lower(row.name), row.code)))


def label_counts(database: Any) -> tuple[int, int]:
    """How many rollers may get a label, and how many of those have none that was proven."""
    row = RollerRecord
    query = row.select(fn.count(row.id), fn.count(row.label_proven_at)).where(~row.held).tuples()
    count, proven = next(iter(query.execute(database.orm)))
    return count, count - proven
