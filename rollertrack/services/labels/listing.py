"""The rollers to choose from when labels are printed, with what is known of the label of each."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from rollertrack.domain.rows import LabelRow, RollerRow
from rollertrack.services.lists import Listing, as_roller_rows
from rollertrack.services.station import Station
from rollertrack.store import queries


@dataclass(frozen=True, slots=True)
class LabelListing(Listing):
    """The rollers that fit, by name, and how many there are: in all, and without a proven label."""

    total: int = 0
    total_unproven: int = 0


def label_listing(station: Station, *, unproven: bool = False, search: str = "") -> LabelListing:
    """Which rollers may get a label; not those retired, recalled or put aside."""
    with station.store.reading():
        database = station.store.database
        found = queries.label_ids(database, station.clock(), unproven=unproven, search=search)
        return LabelListing(
            [key for key, _ in found], [code for _, code in found], *queries.label_counts(database)
        )


def label_rows(station: Station, ids: Sequence[int]) -> list[LabelRow]:
    """The rows of rollers, in the order of the ids given."""
    with station.store.reading():
        database = station.store.database
        rows = queries.rollers_by_id(database, ids)
        shown = as_roller_rows(database, rows, station.clock())
        return [
            LabelRow(**_facts(each), printed_at=row["label_printed_at"], proven_at=row["label_proven_at"])
            for each, row in zip(shown, rows, strict=True)
        ]


def _facts(row: RollerRow) -> dict[str, Any]:
    return {each.name: getattr(row, each.name) for each in fields(row)}
