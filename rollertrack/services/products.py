"""Products: what is bought again and again, the barcodes that name it, what is on order."""

from collections.abc import Mapping
from datetime import date

from rollertrack.domain import events as ev
from rollertrack.domain.code import shown
from rollertrack.domain.product import Product, name_key
from rollertrack.domain.quantities import full_date
from rollertrack.domain.text import NOTE_LIMIT, clean_line, whole_number
from rollertrack.errors import BadInput, going_on
from rollertrack.services.product_facts import read_day, read_pieces, read_product_facts
from rollertrack.services.station import Deed, Done, Station, deed, once
from rollertrack.services.stock_names import name_of, new_product_name, product_of
from rollertrack.store import stock_queries
from rollertrack.wording import stock as say

_MOST_ORDERED = 100_000


@once
def add_product(
    station: Station, typed: Mapping[str, str | bool], *,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Register a product under a name that no other has."""
    if "name" not in typed:
        raise BadInput("name", "name the product, as people here call it")
    payload = ev.ProductRegistered(**read_product_facts(typed))
    with deed(station, at, operator) as now:
        _must_be_free(now, payload.name)
        code = new_product_name(now)
        now.append(code, payload)
        return Done("product add", (code,), now.at, say.product_registered(payload.name), (1,))


def _must_be_free(now: Deed, name: str, own: str = "") -> None:
    for row in stock_queries.products_named(now.station.store.database, name_key(name)):
        if row["code"] != own:
            other = f"{row['name']} ({shown(row['code'])})"
            raise BadInput("name", f"is taken by {other}; give it another one")


@once
def edit_product(
    station: Station, product: str, typed: Mapping[str, str | bool], *,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Mend the facts of a product; its rollers keep theirs."""
    changes = read_product_facts(typed)
    if not changes:
        what = going_on("nothing to change was given", at_prompt="; name at least one fact, such as --price")
        raise BadInput("edit", *what)
    with deed(station, at, operator) as now:
        known = product_of(now.journal, name_of(station, product))
        old = ev.ProductAmended(**{name: getattr(known.facts, name) for name in ev.ProductFacts.types})
        mended = old.changed(**changes)
        if mended == old:
            raise BadInput("edit", f"{known.facts.name} already reads so; nothing was changed")
        if (mended.form, mended.length) != (old.form, old.length):
            _must_carry_none(now, known)
        _must_be_free(now, mended.name, known.code)
        event = now.append(known.code, mended)
        return Done("product edit", (known.code,), now.at, say.product_mended(mended.name), (event.seq,))


def _must_carry_none(now: Deed, known: Product) -> None:
    """Refuse to make other needles of what rollers were registered as."""
    if count := stock_queries.count_carrying(now.station.store.database, known.code):
        raise BadInput("length", say.carried(count, known.facts))


@once
def close_product(
    station: Station, product: str, *, reason: str = "",
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Let a product be bought no more; it stays on record."""
    payload = ev.Closed(reason=clean_line("reason", reason, NOTE_LIMIT))
    with deed(station, at, operator) as now:
        known = product_of(now.journal, name_of(station, product))
        if known.closed_at is not None:
            closed = f"{known.facts.name} is closed already"
            raise BadInput("product", *going_on(closed, at_prompt=" (`product reopen` opens it again)"))
        event = now.append(known.code, payload)
        message = say.product_closed(known.facts.name)
        return Done("product close", (known.code,), now.at, message, (event.seq,))


@once
def reopen_product(
    station: Station, product: str, *, reason: str = "",
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Let a product that was closed be bought again."""
    payload = ev.Reopened(reason=clean_line("reason", reason, NOTE_LIMIT))
    with deed(station, at, operator) as now:
        known = product_of(now.journal, name_of(station, product))
        if known.closed_at is None:
            raise BadInput("product", f"{known.facts.name} is not closed; there is nothing to reopen")
        event = now.append(known.code, payload)
        message = say.product_reopened(known.facts.name)
        return Done("product reopen", (known.code,), now.at, message, (event.seq,))


@once
def bind_barcode(
    station: Station, product: str, text: str, *, pieces: str = "1",
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Remember that a maker's barcode stands for so many pieces of a product."""
    from rollertrack.services.boxes import read_box

    reading = read_box([text])[0]
    count = read_pieces(pieces)
    with deed(station, at, operator) as now:
        known = product_of(now.journal, name_of(station, product))
        if known.barcodes.get(reading.name) == count:
            raise BadInput("barcode", say.bound_already(reading.key, known.facts.name, count))
        event = bind(now, known, reading.name, count)
        message = say.barcode_bound(reading.key, known.facts.name, count)
        return Done("product bind", (known.code,), now.at, message, (event.seq,))


def bind(now: Deed, known: Product, barcode: str, pieces: int) -> ev.Event:
    """Remember a barcode, unless it names no product or another one."""
    if not barcode:
        raise BadInput("barcode", "names no product; scan the other code of the box")
    other = stock_queries.product_of_barcode(now.station.store.database, barcode)
    if other is not None and other["code"] != known.code:
        raise BadInput("barcode", f"belongs to {other['name']}; use that name")
    scheme, _, key = barcode.partition(":")
    return now.append(known.code, ev.BarcodeBound(scheme=scheme, key=key, pieces=pieces))


@once
def order_product(
    station: Station, product: str, pieces: str, *, expected: str = "", supplier: str = "", ref: str = "",
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Log that pieces were ordered, so that low stock stops asking for them."""
    day = read_day(expected, "expected")
    payload = ev.Ordered(
        pieces=whole_number("pieces", pieces, 1, _MOST_ORDERED), expected=day,
        supplier=clean_line("supplier", supplier), ref=clean_line("ref", ref),
    )  # fmt: skip
    with deed(station, at, operator) as now:
        if day is not None and day < say.day_of(now.at):
            raise BadInput(
                "expected", f"{full_date(day)} has passed; the day on which it should come is right"
            )
        known = product_of(now.journal, name_of(station, product))
        event = now.append(known.code, payload)
        message = say.ordered(known.facts.name, payload.pieces, day)
        warnings = () if known.closed_at is None else (say.is_closed(known.facts.name),)
        return Done("order", (known.code,), now.at, message, (event.seq,), warnings)


@once
def end_order(
    station: Station, product: str, reason: str = "", *,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Log that what was ordered will not come."""
    why = clean_line("reason", reason, NOTE_LIMIT) or "it will not come"
    with deed(station, at, operator) as now:
        known = product_of(now.journal, name_of(station, product))
        if not known.orders:
            raise BadInput("product", f"nothing of {known.facts.name} is on order")
        entries = [
            now.append(known.code, ev.OrderEnded(entry=order.entry, reason=why)).seq for order in known.orders
        ]
        message = say.order_ended(known.facts.name, known.ordered)
        return Done("order end", (known.code,), now.at, message, tuple(entries))


def order_came(now: Deed, known: Product, pieces: int) -> None:
    """End the orders that a delivery fulfils, the one expected first first; what is left of one goes on."""
    for order in sorted(known.orders, key=lambda each: (each.expected or date.max, each.entry)):
        if pieces <= 0:
            return
        now.append(known.code, ev.OrderEnded(entry=order.entry, reason="received"))
        if order.pieces > pieces:
            left = order.pieces - pieces
            now.append(known.code, ev.Ordered(
                pieces=left, expected=order.expected, supplier=order.supplier, ref=order.ref))  # fmt: skip
        pieces -= order.pieces
