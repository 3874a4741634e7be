"""A box arrives: one deed makes its pack and its pieces, once a person has looked at the lot."""

from rollertrack.domain import events as ev
from rollertrack.domain.barcodes import Readings
from rollertrack.domain.code import Kind
from rollertrack.domain.product import Product
from rollertrack.errors import BadInput
from rollertrack.services.boxes import read_box
from rollertrack.services.deliveries import Delivery, differing, pack_facts, roller_facts
from rollertrack.services.products import bind, order_came
from rollertrack.services.station import Deed, Done, Station, deed, new_codes, once
from rollertrack.services.stock_names import name_of, new_pack_name, product_of
from rollertrack.store import stock_queries
from rollertrack.wording import stock as say


@once
def receive(
    station: Station, said: Delivery, *, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Take a box in: a pack, and of a product whose pieces have codes a sealed roller for each.

    A barcode that nobody has named yet is remembered for the product named with it.
    """
    readings = read_box(said.scans)
    with deed(station, at, operator) as now:
        known, bound, is_new = _product(now, said, readings)
        if is_new:
            _ask_how_many(said, readings)
        facts = known.facts
        today = say.day_of(now.at)
        received = pack_facts(said, readings, known.code, facts, bound, today)
        if is_new:
            bind(now, known, readings[0].name, received.pieces)
        pack = new_pack_name(now)
        entry = now.append(pack, received)
        codes = new_codes(now, Kind.ROLLER, received.pieces) if received.coded else []
        of_each = roller_facts(facts, pack, received)
        for code in codes:
            now.append(code, ev.Registered(**of_each))
        order_came(now, known, received.pieces)
        message = say.received(facts.name, received)
        return Done(
            "receive",
            (pack, *codes),
            now.at,
            message,
            (entry.seq,),
            _warnings(now, readings, known, received),
        )


def _product(now: Deed, said: Delivery, readings: Readings) -> tuple[Product, int, bool]:
    """Which product came, how many pieces its barcode stands for, and whether that barcode is new."""
    database = now.station.store.database
    barcode = readings[0].name if readings else ""
    row = stock_queries.product_of_barcode(database, barcode) if barcode else None
    if not said.product:
        if row is None:
            raise BadInput("product", say.UNKNOWN_BARCODE if barcode else say.NO_PRODUCT)
        known = product_of(now.journal, row["code"])
        return known, known.barcodes[barcode], False
    known = product_of(now.journal, name_of(now.station, said.product))
    if row is not None and row["code"] != known.code:
        raise BadInput("barcode", f"belongs to {row['name']}; receive that, or `product bind`")
    return known, known.barcodes.get(barcode, 0), bool(barcode) and row is None


def _ask_how_many(said: Delivery, readings: Readings) -> None:
    """A barcode of a case holds many packs: how many pieces a new one stands for is never guessed then."""
    is_case = readings[0].scheme == "gs1" and readings[0].key[0] not in "09"
    if is_case and said.pieces is None:
        raise BadInput(
            "pieces",
            "this is the barcode of a case; say how many pieces lie in it",
            at_prompt="this is the barcode of a case; give --pieces as they lie in it",
        )


def _warnings(now: Deed, readings: Readings, known: Product, received: ev.PackReceived) -> tuple[str, ...]:
    warnings = differing(readings, received)
    if known.closed_at is not None:
        warnings.append(say.is_closed(known.facts.name))
    if not received.lot and now.journal.policy().profile == "clinic":
        warnings.append(say.NO_LOT)
    if received.expiry is not None and received.expiry < say.day_of(now.at):
        warnings.append(say.EXPIRED)
    return tuple(warnings)
