"""Products, packs and what is in stock, in words."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from rollertrack.domain.barcodes import Barcode
from rollertrack.domain.code import shown
from rollertrack.domain.code import shown as shown_code
from rollertrack.domain.demand import RECENT, WEEK, Outlook
from rollertrack.domain.events import PackFacts, ProductFacts
from rollertrack.domain.money import shown as shown_price
from rollertrack.domain.pack import Pack
from rollertrack.domain.product import Product
from rollertrack.domain.quantities import full_date, millimetres, plural
from rollertrack.domain.stock import Advice, Next, PackRow, ProductRow, Sealed, StockRow
from rollertrack.domain.text import ended
from rollertrack.wording.dates import iso_day, local_day, short_day, short_moment, spoken_day

NO_LOT = "A recall cannot find this pack: no lot is on record of it."
EXPIRED = "It has expired: every piece of it is STOP. Write it off, or retire its rollers?"
UNKNOWN_BARCODE = "this barcode is not known yet; name its product once, and it is remembered"
NO_PRODUCT = "name the product that came, or scan its box"
PIECES_HAVE_CODES = "The pieces of this pack have codes of their own; scan the one you use."


def day_of(at: int) -> date:
    """The local day of an instant."""
    return local_day(at)


def product_registered(name: str) -> str:
    """That a product is known."""
    return f"Registered product {name}."


def product_mended(name: str) -> str:
    """That its facts were mended."""
    return f"Mended product {name}; what is on record keeps its facts."


def product_closed(name: str) -> str:
    """That it is bought no more."""
    return f"{name} is bought no more; it stays on record."


def product_reopened(name: str) -> str:
    """That it is bought again."""
    return f"{name} is bought again."


def is_closed(name: str) -> str:
    """That something came or was ordered of what is bought no more, which lists leave out."""
    return f"{name} is closed, and `stock` leaves it out; `product reopen` opens it again."


def barcode_bound(key: str, name: str, pieces: int) -> str:
    """That a barcode is remembered."""
    return f"{key} stands for {plural(pieces, 'piece')} of {name} from now on."


def bound_already(key: str, name: str, pieces: int) -> str:
    """That a barcode stands for the very same."""
    return f"{key} stands for {plural(pieces, 'piece')} of {name} already; nothing was changed"


def ordered(name: str, pieces: int, expected: date | None) -> str:
    """That an order is on record."""
    when = f", expected {full_date(expected)}" if expected else ""
    return f"Ordered {plural(pieces, 'piece')} of {name}{when}."


def order_ended(name: str, pieces: int) -> str:
    """That nothing of it is awaited any more."""
    return f"The order of {plural(pieces, 'piece')} of {name} is over."


def pack_title(facts: PackFacts) -> str:
    """The lot and the expiry of a pack, as far as they are known."""
    lot = f"lot {facts.lot}" if facts.lot else "no lot"
    return f"{lot}, until {full_date(facts.expiry)}" if facts.expiry else lot


def received(name: str, facts: PackFacts) -> str:
    """What came in."""
    how = "" if facts.coded else "; each gets its code when it is used"
    return f"Received {plural(facts.pieces, 'piece')} of {name}: {pack_title(facts)}{how}."


NO_LABELS_OF_UNCODED = "Its pieces get their codes when they are used; no label was printed now."


def received_unlabelled(reason: str) -> str:
    """That a box is on record, though its labels are not printed."""
    return f"The box is received, do not enter it again; but its labels: {reason}"


def pack_mended(pack: str, rollers: int) -> str:
    """That a pack was mended, and the rollers that followed."""
    return f"Mended {shown(pack)}{_and_rollers(rollers)}."


def _and_rollers(count: int) -> str:
    return f" and {plural(count, 'roller')} of it" if count else ""


def written_off(pack: str, pieces: int) -> str:
    """That pieces are gone."""
    return f"Wrote off {plural(pieces, 'piece')} of {shown(pack)}."


def found(pack: str, pieces: int) -> str:
    """That more pieces are there."""
    return f"Found {plural(pieces, 'piece')} more in {shown(pack)}."


def pack_held(pack: str, rollers: int) -> str:
    """That a pack is put aside."""
    return f"Put aside {shown(pack)}{_and_rollers(rollers)} until it is released."


def held_already(pack: str, reason: str) -> str:
    """That a pack lies aside, and all of it."""
    return f"{shown(pack)} is put aside already, for this reason: {reason}"


def pack_released(pack: str, rollers: int) -> str:
    """That a pack may come back."""
    return f"Released {shown(pack)}{_and_rollers(rollers)}; ask the gate before you use any."


def pieces_in_use(count: int) -> str:
    """Why a receipt cannot be taken back."""
    is_are = "is" if count == 1 else "are"
    return f"{plural(count, 'piece')} of it {is_are} in use or changed since; mend it with edit"


def carried(count: int, facts: ProductFacts) -> str:
    """Why a product cannot be of other needles."""
    carry = f"{plural(count, facts.form)} {'carries' if count == 1 else 'carry'}"
    return f"{carry} {millimetres(facts.length)}; make a new product"


FACT_LABELS = {
    "lot": "Lot", "expiry": "Expiry", "price": "Price a piece", "supplier": "Supplier", "invoice": "Invoice",
    "certificate": "Certificate",
}  # fmt: skip
"""What the facts of a pack are called beside their fields."""


def pack_name(pack: Pack, name: str) -> str:
    """A pack at the head of a form."""
    return f"{name} · {pack_title(pack.facts)}"


def receipt_undone(pack: str, rollers: int) -> str:
    """That a receipt was a mistake."""
    return f"Took back the receipt of {shown(pack)}{_and_rollers(rollers)}."


def piece_used(code: str, name: str, lot: str, message: str) -> str:
    """That a piece was taken out of its box, and its use logged."""
    of_lot = f", lot {lot}" if lot else ""
    return f"Took {shown_code(code)} out of {name}{of_lot}. {message}"


def pack_recalled(reason: str) -> str:
    """Why no piece of it is used."""
    return ended(f"The pack was recalled: {reason}")


def pack_aside(reason: str) -> str:
    """Why no piece of it is used now."""
    return ended(f"The pack is put aside: {reason}")


def pack_expired(expiry: date | None) -> str:
    """Why no piece of it is used any more."""
    return f"The pack expired on {full_date(expiry)}." if expiry else "The pack has expired."


def pack_empty(since: int | None, now: int) -> str:
    """That nothing is left, and since when."""
    return f"The box is empty since {short_moment(since, now)}." if since else "The box is empty."


def price_text(price: int | None, currency: str) -> str:
    """A price a piece; empty for none."""
    return f"{shown_price(price, currency)} a piece" if price is not None else ""


COMPARE = "look at the pack: does it read so? Enter says yes; else type what it reads"
COMPARE_ONE = "The barcode says this. Does the pack read the same? Enter says yes."
COMPARE_SEVERAL = "The barcode may mean any of these. Which one does the pack read?"
COMPARED = "Compared with the pack."
NEITHER = "none: type it"
NO_LABELS = "print none"
WHICH_PRODUCT = "Which product is this?"


def is_new_product(key: str) -> str:
    """What is asked once of a barcode that nothing stands for."""
    return f"The barcode {key} is new here. Is its product on record already?"


def day_as_typed(day: date | None) -> str:
    """A day as it stands in a field; empty for none."""
    return day.isoformat() if day else ""


def lot_choice(reading: Barcode) -> str:
    """A lot among others, told apart by what else the box would say."""
    return f"{reading.lot} + serial {reading.serial}" if reading.serial else reading.lot


def print_on(printer: str) -> str:
    """That labels are printed, and where."""
    return f"print them on {printer}"


CHOOSE_LOT = "Choose the lot that the pack reads."


def receiving_preview(message: str, rollers: int, printer: str) -> str:
    """What taking a box in will do and say."""
    makes = f" Makes {plural(rollers, 'roller')}" if rollers else ""
    prints = f" and prints {plural(rollers, 'label')} on {printer}" if rollers and printer else ""
    return f"It will say: {message}{makes}{prints}{'.' if makes else ''}"


STOCK_HEAD = ("Product", "mm", "sealed", "in use", "soak", "wash", "bin", "hold", "pace", "order by")


def stock_cells(row: StockRow, now: int) -> tuple[str, ...]:
    """What is there of a product, in columns."""
    inside = (row.in_use, row.soaking, row.dirty, row.over)
    counts = [str(each) if row.coded else "–" for each in inside]
    length = f"{Decimal(row.length).scaleb(-2):.2f}" if row.length is not None else ""
    return row.name, length, str(row.sealed), *counts, str(row.held), pace_text(row), order_by_text(row, now)


def pace_text(row: StockRow) -> str:
    """Pieces a week, where enough is known to say it."""
    pace = row.ordering.pace
    return f"{pace.a_week:.1f}/wk" if pace.is_enough else "–"


def order_by_text(row: StockRow, now: int) -> str:
    """When to order, with its sign."""
    found = row.ordering
    match found.advice:
        case Advice.NOW:
            return "✗ now"
        case Advice.BY if found.outlook is not None and found.outlook.order_in is not None:
            soon = "! " if found.outlook.order_in <= _SOON_DAYS else ""
            return f"{soon}{short_day(_day_in(found.outlook.order_in, now), local_day(now))}"
        case _:
            return f"✓ level {row.level}" if row.level is not None else "–"


_SOON_DAYS = 14


def _day_in(days: int, now: int) -> date:
    return local_day(now) + timedelta(days=days)


def stock_line(row: StockRow) -> str:
    """A product with its stock and the point at which to order."""
    outlook, length = row.ordering.outlook, None if row.length is None else Decimal(row.length).scaleb(-2)
    delivery = f"delivery {row.ordering.delivery} d{', assumed' if row.ordering.is_usual else ''}"
    point = f", order point {outlook.point} ({delivery}, 95 %)" if outlook else ""
    return " · ".join(filter(None, (row.name, millimetres(length), f"{row.sealed:,} sealed{point}")))


def order_line(row: StockRow, now: int) -> str:
    """Whether and when to order, in a sentence, with what names the reason."""
    found, outlook = row.ordering, row.ordering.outlook
    if found.at_level:
        return f"✗ Order now: {row.sealed:,} left, and the level you set is {row.level:,}."
    if outlook is None:
        return too_few_text(row)
    lasts = f" At {pace_text(row)} the stock lasts until {_lasts(outlook, now)}." if outlook.lasts else ""
    if found.advice is Advice.NOW:
        was = outlook.order_in
        safe = f"the last safe day was {_short(was, now)}" if was is not None else "no day was safe any more"
        return f"✗ Order now: {safe}.{lasts}"
    if found.advice is Advice.ENOUGH or outlook.order_in is None:
        return f"✓ Enough for a year.{lasts}"
    return f"✓ Order by {_short(outlook.order_in, now)}.{lasts}"


def order_because(row: StockRow) -> str:
    """What says that it is time to order, in a few words."""
    found = row.ordering
    if found.at_level:
        return f"{row.sealed:,} left, your level is {row.level:,}"
    point = f", order point {found.outlook.point:,}" if found.outlook else ""
    return f"{row.sealed:,} sealed{point}"


def _short(days: int, now: int) -> str:
    return short_day(_day_in(days, now), local_day(now))


def _lasts(outlook: Outlook, now: int) -> str:
    return _short(min(outlook.lasts or 0, _FARTHEST_DAYS), now)


_FARTHEST_DAYS = 3_650


def too_few_text(row: StockRow) -> str:
    """That nothing is forecast, and why."""
    pace = row.ordering.pace
    return f"· Too few to forecast ({pace.taken} in {plural(pace.days, 'day')})."


def why_text(row: StockRow) -> str:
    """What the forecast was made of."""
    pace = row.ordering.pace
    recent = f"; the last 4 weeks {pace.recent}" if pace.days > RECENT * WEEK else ""
    return f"{pace.taken} taken in {plural(pace.days, 'day')}{recent}"


def packs_text(row: StockRow) -> str:
    """The packs with something left, and what is on order."""
    left = [f"{lot or 'no lot'} {left} of {pieces}" for _, lot, left, pieces in row.packs]
    expected = f", expected {full_date(row.expected)}" if row.expected else ""
    ordered = f"ordered: {row.ordered:,}{expected}" if row.ordered else "ordered: none"
    more = [f"{len(left) - _MOST_PACKS} more"] if left[_MOST_PACKS:] else []
    return " · ".join((*left[:_MOST_PACKS], *more, ordered))


_MOST_PACKS = 4


def sealed_cells(piece: Sealed) -> tuple[str, ...]:
    """A piece to open: its code or that of its pack, lot, expiry."""
    is_pack = piece.code == piece.pack
    code = f"pack {shown(piece.code)}" if is_pack else shown_code(piece.code)
    lot = f"lot {piece.lot}" if piece.lot else "no lot"
    return code, lot, good_until(piece), f"{piece.amount:,} left" if is_pack else ""


def good_until(piece: Sealed) -> str:
    """Until when a piece is in date."""
    if piece.expires_at is None:
        return "no expiry"
    return "no longer good" if not piece.expires_at else f"until {spoken_day(piece.expires_at - 1)}"


def next_text(name: str, found: Next) -> str:
    """Which piece to open next, and why this one."""
    if found.piece is None:
        return f"Nothing of {name} is there to open."
    code, lot, until, left = sealed_cells(found.piece)
    said = ", ".join(filter(None, (lot, until, left)))
    return f"Open {code} ({said}): {_why_first(found)}."


def _why_first(found: Next) -> str:
    piece = found.piece
    if piece is None or not found.others:
        return "it is the only one"
    if piece.owner is not None:
        return "it is set aside for this person"
    second = found.others[0]
    if piece.expires_at is None:
        return "none has an expiry, and it came first"
    return "it expires first" if piece.expires_at != second.expires_at else "it expires first, with others"


def passed_text(piece: Sealed, reason: str) -> str:
    """A piece that was passed over, and why."""
    code, lot, until, _ = sealed_cells(piece)
    return f"Passed over: {code}, {lot}, {until}: {reason}."


NO_PRODUCTS = "No product is on record; `product add` registers one, then `receive` its box."
NO_PACKS = "No box has come yet; `receive` takes one in."
NOTHING_LOW = "Nothing is to be ordered now."


def product_cells(row: ProductRow) -> tuple[str, ...]:
    """A product in the columns of a list."""
    length = None if row.length is None else Decimal(row.length).scaleb(-2)
    said = (
        "" if row.coded else "no codes",
        f"packs of {row.pack_size}" if row.pack_size else "",
        f"ordered {row.ordered}" if row.ordered else "",
        "closed" if row.closed_at else "",
    )
    return shown(row.code), row.name, row.form, millimetres(length), " · ".join(filter(None, said))


def product_fields(product: Product) -> list[tuple[str, str]]:
    """Everything known of a product, field by field."""
    facts = product.facts
    return [
        (name, value)
        for name, value in (
            ("product", shown(product.code)), ("name", facts.name), ("kind", facts.form),
            ("length", millimetres(facts.length)), ("maker", facts.maker), ("model", facts.model),
            ("needles", str(facts.needles or "")), ("material", facts.material),
            ("sterile", _yes(facts.sterile)), ("single use", _yes(facts.single_use)),
            ("maker's uses", str(facts.max_uses or "")), ("maker's days", str(facts.max_days or "")),
            ("pack", plural(facts.pack_size, "piece") if facts.pack_size else ""),
            ("codes", "each piece" if facts.coded else "when it is used"),
            ("price", price_text(facts.price, facts.currency)),
            ("reorder level", str(facts.reorder_level or "")),
            ("delivery", plural(facts.delivery_days, "day") if facts.delivery_days else ""),
            ("barcodes", ", ".join(f"{name} ({plural(pieces, 'piece')})"
                                   for name, pieces in product.barcodes.items())),
            ("ordered", str(product.ordered or "")), ("closed", spoken_day(product.closed_at)),
        )
        if value
    ]  # fmt: skip


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def pack_fields(pack: Pack, name: str) -> list[tuple[str, str]]:
    """Everything known of a pack, field by field."""
    facts = pack.facts
    return [
        (field, value)
        for field, value in (
            ("pack", shown(pack.code)), ("product", name), ("received", spoken_day(pack.received_at)),
            ("pieces", str(facts.pieces)), ("left", "" if facts.coded else str(pack.left)),
            ("lot", facts.lot),
            ("expiry", full_date(facts.expiry) if facts.expiry else ""),
            ("made", full_date(facts.made) if facts.made else ""), ("serial", facts.serial),
            ("price", price_text(facts.price, facts.currency)), ("supplier", facts.supplier),
            ("invoice", facts.invoice), ("certificate", facts.certificate), ("scanned", facts.scanned),
            ("compared", "yes" if facts.compared else ""), ("put aside", pack.held),
        )
        if value
    ]  # fmt: skip


def pack_cells(row: PackRow) -> tuple[str, ...]:
    """A pack in the columns of a list."""
    return (
        shown(row.code), row.name, f"lot {row.lot}" if row.lot else "no lot",
        f"until {full_date(date.fromisoformat(row.expiry))}" if row.expiry else "",
        f"{row.left} of {row.pieces} left", row.held,
    )  # fmt: skip


def stock_document(row: StockRow, now: int) -> dict[str, Any]:
    """What is there of a product, as JSON holds it."""
    found, outlook = row.ordering, row.ordering.outlook
    return {
        "product": row.code, "name": row.name, "sealed": row.sealed, "expired": row.expired,
        "in_use": row.in_use, "soaking": row.soaking, "dirty": row.dirty, "over": row.over,
        "held": row.held,
        "ordered": row.ordered, "expected": row.expected and row.expected.isoformat(),
        "reorder_level": row.level, "low": found.is_low, "advice": found.advice.value,
        "order_point": outlook and outlook.point, "delivery_days": found.delivery,
        "order_by": _order_by(row, now),
        "taken": found.pace.taken, "days": found.pace.days, "recent": found.pace.recent,
        "packs": [{"pack": code, "lot": lot, "left": left, "pieces": pieces}
                  for code, lot, left, pieces in row.packs],
    }  # fmt: skip


def _order_by(row: StockRow, now: int) -> str | None:
    outlook = row.ordering.outlook
    days = None if outlook is None else outlook.order_in
    return None if days is None else _day_in(days, now).isoformat()


def sealed_document(piece: Sealed) -> dict[str, Any]:
    """A piece to open, as JSON holds it."""
    day = None if piece.expires_at is None else iso_day(piece.expires_at - 1)
    return {"code": piece.code, "pack": piece.pack, "lot": piece.lot, "expiry": day, "pieces": piece.amount}
