"""What is said of a box that came, typed and scanned, made into the facts of its pack."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rollertrack.domain import money
from rollertrack.domain.barcodes import Barcode, Readings, lot_of, reading_with
from rollertrack.domain.events import PackReceived, ProductFacts
from rollertrack.domain.quantities import full_date
from rollertrack.domain.text import clean_line, printable
from rollertrack.errors import BadInput
from rollertrack.services import times
from rollertrack.services.product_facts import read_day, read_pieces
from rollertrack.wording.barcodes import differs_from_barcode, lots_to_choose

_FARTHEST = timedelta(days=15 * 366)
"""A date of expiry further ahead than that is a misreading."""
_MOST_SCANNED = 300


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is said of a box, as typed; None where nothing was.

    `scans` are its barcodes as they came, `compared` that a person compared the lot with the pack; without
    a `product` the barcode must name it.
    """

    product: str = ""
    scans: tuple[str, ...] = ()
    lot: str | None = None
    expiry: str | None = None
    pieces: str | None = None
    price: str | None = None
    currency: str | None = None
    supplier: str = ""
    invoice: str = ""
    certificate: str = ""
    compared: bool = False


def pack_facts(
    said: Delivery, readings: Readings, product: str, facts: ProductFacts, bound: int, today: date
) -> PackReceived:
    """The pack, once it is whole; `bound` is how many pieces the scanned barcode stands for, 0 if unknown.

    BadInput names the field that is missing or wrong; no lot is taken that nobody compared with the pack.
    """
    typed = None if said.lot is None else clean_line("lot", said.lot)
    lot = lot_of(readings, typed, compared=said.compared)
    if lot is None:
        raise BadInput("lot", *lots_to_choose(readings))
    reading = (reading_with(readings, lot) if readings else None) or Barcode("")
    expiry = reading.expiry if said.expiry is None else read_day(said.expiry, "expiry")
    _check_expiry(expiry, reading.made, today)
    price, currency = _price(said, facts)
    return PackReceived(
        product=product,
        pieces=_pieces(said.pieces, reading, facts, bound),
        lot=clean_line("lot", lot), expiry=expiry,
        expiry_offset=times.offset_after(expiry) if expiry else None, made=reading.made,
        serial=clean_line("serial", reading.serial), coded=facts.coded, price=price, currency=currency,
        supplier=clean_line("supplier", said.supplier), invoice=clean_line("invoice", said.invoice),
        certificate=clean_line("certificate", said.certificate), scanned=_as_kept(said.scans),
        compared=said.compared or typed is not None,
    )  # fmt: skip


def _check_expiry(expiry: date | None, made: date | None, today: date) -> None:
    if expiry is None:
        return
    if made is not None and expiry < made:
        raise BadInput(
            "expiry", f"{full_date(expiry)} lies before {full_date(made)}, when it was made; compare the pack"
        )
    if expiry > today + _FARTHEST:
        raise BadInput("expiry", f"{full_date(expiry)} is more than 15 years ahead; compare with the pack")


def _pieces(typed: str | None, reading: Barcode, facts: ProductFacts, bound: int) -> int:
    """How many pieces came: as typed, else as the barcode is known to stand for, or as the pack holds."""
    if typed is not None:
        return read_pieces(typed)
    usual = bound if bound > 1 else facts.pack_size or bound or 1
    if reading.pieces is not None and reading.pieces != usual:
        says = f"the barcode says {reading.pieces:,}, and {usual:,} are usual of {facts.name}"
        raise BadInput(
            "pieces",
            f"{says}; say how many lie in the box",
            at_prompt=f"{says}; give --pieces as they lie in the box",
        )
    return usual


def _price(said: Delivery, facts: ProductFacts) -> tuple[int | None, str]:
    if said.price is None or not said.price.strip():
        if said.currency is not None and money.read_currency(said.currency):
            raise BadInput(
                "currency",
                "stands beside no price; give the price too, or leave it out",
                at_prompt="stands beside no price; give --price too, or leave it out",
            )
        return (facts.price, facts.currency) if said.price is None else (None, "")
    price, named = money.read_price(said.price)
    currency = money.currency_of(named, said.currency)
    return price, facts.currency if currency is None else currency


def _as_kept(scans: tuple[str, ...]) -> str:
    """Scanned texts as one that can be shown; the separators of their fields stand as a sign."""
    return printable(" ".join(scans).replace("\x1d", "␝").strip(), "")[:_MOST_SCANNED]


def roller_facts(facts: ProductFacts, pack: str, received: PackReceived) -> Mapping[str, Any]:
    """What every piece of a pack is registered with."""
    shared = ("form", "length", "maker", "model", "needles", "material", "sterile", "single_use", "max_uses",
              "max_days", "name")  # fmt: skip
    return {
        **{name: getattr(facts, name) for name in shared},
        "lot": received.lot, "expiry": received.expiry, "expiry_offset": received.expiry_offset,
        "product": received.product, "pack": pack,
    }  # fmt: skip


def differing(readings: Readings, received: PackReceived) -> list[str]:
    """What is on record of a box otherwise than its barcode says it, in words."""
    return differs_from_barcode(readings, received)
