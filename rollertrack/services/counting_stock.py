"""Count the shelf: what should be there, what each scan is, and the one entry at the end."""

from collections.abc import Iterable, Sequence

from rollertrack.domain import events as ev
from rollertrack.domain.code import Kind, last_letters, shown
from rollertrack.domain.ends import uses_limit
from rollertrack.domain.lots import norm
from rollertrack.domain.shelf import Count, Expected, Seen, Tick
from rollertrack.errors import BadCode, BadInput, ours
from rollertrack.scanner.slow_scans import is_box_alone
from rollertrack.services.boxes import read_box
from rollertrack.services.codes import Scan, identify
from rollertrack.services.station import Deed, Done, Station, deed, once
from rollertrack.store import stock_queries
from rollertrack.wording import counting as say

MOST_SCANS = 20_000
_MOST_KEPT = 300
"""Texts that nothing knows, as many as an entry keeps."""


def begin(station: Station, product: str | None = None) -> Count:
    """A count of all products or of one: every roller of theirs that is not retired, every box with pieces.

    A piece that got its code when it was used carries no label, and is gone once it is used up. `product` is
    its name in the journal.
    """
    with station.store.reading():
        database, now = station.store.database, station.clock()
        products = {row["code"]: row["name"] for row in stock_queries.products(database)}
        if not products:
            raise BadInput("product", say.NO_PRODUCTS)
        if product is not None and product not in products:
            raise BadInput("product", f"no product is registered under {shown(product)}")
        packs = stock_queries.packs(database, product)
        uncoded = {pack["code"] for pack in packs if not pack["coded"]}
        expected = {
            piece.code: Expected(
                piece.code, piece.name, piece.product, say.piece_state(piece, now), piece.newest
            )
            for piece in stock_queries.pieces(database, product)
            if piece.held != "retired" and not (piece.is_used_up and piece.pack in uncoded)
        }
        for pack in packs:
            if pack["left"]:
                told = say.pack_state(pack["lot"], pack["left"])
                expected[pack["code"]] = Expected(
                    pack["code"], pack["name"], pack["product"], told, pack["received_at"]
                )
        return Count(expected)


def counted(station: Station, texts: Iterable[str], product: str | None = None) -> Count:
    """A count after some scans, each a text as it came."""
    with station.store.reading():
        count = begin(station, product)
        for text in texts:
            count = count.after(tick(station, count, text))
        return count


def tick(station: Station, count: Count, text: str) -> Seen:
    """What one scan of a count is; nothing is written."""
    if "\0" in text:  # no scanner sends one: what stands before and behind it need not belong together
        return Seen(Tick.UNKNOWN, text.strip())
    if is_box_alone(text):
        return _box(station, count, text)
    name = last_letters(text)
    if name in count.expected:
        return _as_expected(count, name)
    try:
        return _beside(station, identify(station, text))
    except BadCode:
        return Seen(Tick.UNKNOWN, text.strip())


def _beside(station: Station, found: Scan) -> Seen:
    """A code that names nothing of what should be there."""
    if found.kind is not Kind.ROLLER:
        return Seen(Tick.OTHER_KIND, found.code, found.label, say.kind_text(found.kind))
    if not found.known:
        return Seen(Tick.UNKNOWN, found.code)
    with station.store.reading() as journal:
        roller = journal.roller(found.code)
        limit = uses_limit(roller, journal.policy())
    why = say.why_unexpected(roller, station.clock(), used_up=limit is not None and len(roller.uses) >= limit)
    return Seen(Tick.UNEXPECTED, found.code, roller.title, why)


def _as_expected(count: Count, code: str) -> Seen:
    each = count.expected[code]
    return Seen(Tick.FOUND, code, each.name, each.state)


def _box(station: Station, count: Count, text: str) -> Seen:
    """A maker's box: the one pack that it can be, of those whose pieces have no codes."""
    try:
        readings = read_box([text])
    except BadInput as error:
        return Seen(Tick.UNKNOWN, text, state=error.reason)
    except Exception as error:  # nothing but the text is read here, and one text must not end a count
        return Seen(Tick.UNKNOWN, text, state=ours(error).message)
    with station.store.reading():
        database = station.store.database
        row = stock_queries.product_of_barcode(database, readings[0].name) if readings[0].key else None
        if row is None:
            return Seen(Tick.UNKNOWN, text)
        if row["coded"]:
            return Seen(Tick.OTHER_KIND, text, row["name"], say.COUNT_THE_PIECES)
        lots = {norm(each.lot) for each in readings}
        packs = [
            pack["code"]
            for pack in stock_queries.packs(database, row["code"])
            if pack["lot_norm"] in lots and pack["code"] in count.expected
        ]
    left = [code for code in packs if code not in count.codes] or packs
    return _as_expected(count, left[0]) if left else Seen(Tick.UNEXPECTED, text, row["name"], say.NO_SUCH_BOX)


@once
def end_count(
    station: Station, texts: Sequence[str], *, product: str | None = None,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Write down what a count found, an entry for each product that was counted."""
    if not texts:
        raise BadInput("scanned", "nothing was scanned; a count without a scan is none")
    with deed(station, at, operator) as now:
        count = counted(station, texts, product)
        products = list(dict.fromkeys(each.product for each in count.expected.values()))
        owners = products or [product or stock_queries.products(station.store.database)[0]["code"]]
        entries = [_write(now, count, owner, is_first=owner == owners[0]) for owner in owners]
        return Done("count", tuple(owners), now.at, say.count_ended(count), tuple(entries))


def _write(now: Deed, count: Count, product: str, *, is_first: bool) -> int:
    """The entry of one product; what belongs to none stands in the first."""
    of_it = {code for code, each in count.expected.items() if each.product == product}
    payload = ev.Counted(
        expected=len(of_it),
        found=len(of_it & count.codes),
        missing=tuple(sorted(of_it - count.codes)),
        unexpected=_kept(count.of(Tick.UNEXPECTED)) if is_first else (),
        unknown=_kept(count.of(Tick.UNKNOWN)) if is_first else (),
    )
    return now.append(product, payload).seq


def _kept(seen: Sequence[Seen]) -> tuple[str, ...]:
    return tuple(say.as_kept(each.code) for each in seen[:_MOST_KEPT])
