"""What the barcode of a maker's box says, in words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from rollertrack.domain.barcodes import Barcode, Readings
from rollertrack.domain.events import PackFacts
from rollertrack.domain.lots import norm
from rollertrack.domain.quantities import full_date, plural
from rollertrack.errors import Sentence

NO_LOT = "no lot on it"


def barcode_cells(reading: Barcode) -> tuple[str, ...]:
    """One reading: what names the product, then what it says of this box."""
    said = (
        f"lot {reading.lot}" if reading.lot else NO_LOT,
        f"serial {reading.serial}" if reading.serial else "",
        f"until {full_date(reading.expiry)}" if reading.expiry else "",
        f"made {full_date(reading.made)}" if reading.made else "",
        plural(reading.pieces, "piece") if reading.pieces else "",
    )
    return f"{reading.scheme.upper()} {reading.key}".strip(), " · ".join(filter(None, said))


def look_at_pack(readings: Readings) -> str:
    """What a person is asked, since nothing else tells whether the lot arrived as it is."""
    if len({each.lot for each in readings}) > 1:
        return "The lot may be any of these; only the pack tells."
    return "Compare the lot with the pack: a keyboard layout may have changed it."


def differs_from_barcode(readings: Readings, received: PackFacts) -> list[str]:
    """What is on record of a box otherwise than its barcode says it, in every reading."""
    told = []
    lots = [each.lot for each in readings if each.lot]
    if lots and norm(received.lot) not in map(norm, lots):
        kept = f"lot {received.lot} is" if received.lot else "no lot is"
        told.append(_otherwise(f"lot {_or(lots)}", kept))
    days = [each.expiry for each in readings if each.expiry]
    if days and received.expiry not in {each.expiry for each in readings}:
        kept = f"{full_date(received.expiry)} is" if received.expiry else "no expiry is"
        told.append(_otherwise(f"until {_or(map(full_date, days))}", kept))
    return told


def _otherwise(says: str, kept: str) -> str:
    return f"The barcode says {says}, and {kept} on record; compare with the pack."


def _or(texts: Iterable[str]) -> str:
    return " or ".join(dict.fromkeys(texts))


def barcode_document(reading: Barcode) -> dict[str, Any]:
    """One reading as JSON holds it."""
    return {**reading._asdict(), "expiry": _iso(reading.expiry), "made": _iso(reading.made)}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def lots_to_choose(readings: Readings) -> Sentence:
    """Every lot that a box may have, and what is asked of whoever holds it."""
    told = dict.fromkeys(
        f"{each.lot} + serial {each.serial}" if each.serial else each.lot or "none" for each in readings
    )
    if len(told) == 1:
        says = f"the barcode says {next(iter(told))}"
        return Sentence(
            f"{says}; compare it with the pack, and give the lot as the pack reads",
            at_prompt=f"{says}; give --compared if the pack reads the same, else --lot",
        )
    says = f"it may be {', or '.join(told)}"
    return Sentence(
        f"{says}; give the lot as the pack reads", at_prompt=f"{says}; give --lot as the pack reads"
    )
