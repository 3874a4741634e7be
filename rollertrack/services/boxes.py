"""What was scanned of a maker's box; what reads it is loaded at the first one."""

from collections.abc import Sequence
from dataclasses import dataclass

from rollertrack.domain.barcodes import Readings, joined
from rollertrack.services.station import Station
from rollertrack.services.stock_names import product_of
from rollertrack.store import stock_queries


def read_box(texts: Sequence[str]) -> Readings:
    """Every reading of a box from its one code, or from its two; BadInput where there is none."""
    from rollertrack.boxes.reading import read

    found: Readings = ()
    for text in texts:
        found = joined(found, read(text))
    return found


@dataclass(frozen=True, slots=True)
class Box:
    """What a scanned box is: its readings, and the product that its barcode is known for."""

    scans: tuple[str, ...]
    readings: Readings
    product: str | None
    name: str
    pieces: int


def look_at_box(station: Station, scans: tuple[str, ...]) -> Box:
    """What a box is, before anything is done about it."""
    readings = read_box(scans)
    with station.store.reading() as journal:
        barcode = readings[0].name if readings else ""
        row = stock_queries.product_of_barcode(station.store.database, barcode) if barcode else None
        if row is None:
            return Box(scans, readings, None, "", 0)
        known = product_of(journal, row["code"])
        bound = known.barcodes[barcode]
        pieces = bound if bound > 1 else known.facts.pack_size or bound
        return Box(scans, readings, known.code, known.facts.name, pieces)
