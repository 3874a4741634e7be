"""What the barcode on a maker's box says, as far as it can be known before somebody looks at the pack."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rollertrack.domain.lots import norm
from rollertrack.errors import BadInput

GS1, HIBC = "gs1", "hibc"


class Barcode(NamedTuple):
    """One reading of a box: the key that names its product, and what it says of this box.

    `key` is a GTIN of 14 digits, or of HIBC the labeller with product and unit; it is empty on the second
    code of a box. `pieces` is a count that the barcode itself carries.
    """

    scheme: str
    key: str = ""
    lot: str = ""
    expiry: date | None = None
    made: date | None = None
    serial: str = ""
    pieces: int | None = None

    @property
    def name(self) -> str:
        """What a product remembers it by."""
        return f"{self.scheme}:{self.key}" if self.key else ""


Readings = tuple[Barcode, ...]
"""Every way in which one box can be read, the likeliest first; they differ in what follows the key."""


def joined(first: Readings, second: Readings) -> Readings:
    """The readings of two codes of one box: what the first lacks, the second adds."""
    if not first or not second:
        return first or second
    merged = [_joined(one, two) for one in first for two in second]
    return tuple(dict.fromkeys(merged))


def _joined(one: Barcode, two: Barcode) -> Barcode:
    if one.scheme != two.scheme or (one.key and two.key and one.key != two.key):
        raise BadInput("barcode", "these two codes are not of one box; scan both of the same box")
    lacking = {name: value for name, value in two._asdict().items() if not getattr(one, name)}
    return one._replace(**lacking)


def lot_of(readings: Readings, typed: str | None, *, compared: bool) -> str | None:
    """The lot that a person stands for: the one typed, or the only one read if the pack was compared with it.

    None where nobody has looked at the pack yet, or it may be one of several: no lot is ever taken from a
    scanner alone.
    """
    if typed is not None:
        return typed
    if not readings:
        return ""
    lots = dict.fromkeys(reading.lot for reading in readings)
    if lots.keys() == {""}:
        return ""
    return next(iter(lots)) if compared and len(lots) == 1 else None


def reading_with(readings: Readings, lot: str) -> Barcode | None:
    """The reading that a lot decides for; None where it is none of them and they differ in more than that."""
    same = [reading for reading in readings if norm(reading.lot) == norm(lot)]
    if same:
        return same[0]
    others = {reading._replace(lot="", serial="") for reading in readings}
    return others.pop() if len(others) == 1 else None


def told_alike(readings: Sequence[Barcode]) -> Readings:
    """The same without those whose lot another one writes with other signs or capitals."""
    found: dict[tuple[object, ...], Barcode] = {}
    for each in readings:
        found.setdefault(each._replace(lot=norm(each.lot), serial=norm(each.serial)), each)
    return tuple(found.values())
