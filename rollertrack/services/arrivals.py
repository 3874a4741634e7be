"""What the form of a box that came begins with."""

from dataclasses import dataclass

from rollertrack.services.boxes import Box, look_at_box
from rollertrack.services.preview import choices
from rollertrack.services.station import Station
from rollertrack.services.stock_records import list_products

NO_BOX = Box((), (), None, "", 0)


@dataclass(frozen=True, slots=True)
class Arrival:
    """The box as scanned, the products that it may be of, and where its labels can be printed."""

    box: Box
    products: tuple[tuple[str, str], ...]
    """The name of each that is still bought, and its stream."""
    printers: tuple[str, ...]
    usual_printer: str | None
    is_clinic: bool
    uncoded: frozenset[str]
    """The products whose pieces get their codes when they are used."""
    pack_sizes: dict[str, int]


def arrival(station: Station, scans: tuple[str, ...], product: str | None) -> Arrival:
    """What there is to choose from for a box; `product` is the one chosen already, if any."""
    with station.store.reading():
        box = look_at_box(station, scans) if scans else NO_BOX
        rows = [row for row in list_products(station) if row.closed_at is None or row.code == product]
        offered = choices(station)
        return Arrival(
            box,
            tuple((row.name, row.code) for row in rows),
            offered.printers,
            offered.usual_printer,
            offered.policy.profile == "clinic",
            frozenset(row.code for row in rows if not row.coded),
            {row.code: row.pack_size for row in rows if row.pack_size},
        )
