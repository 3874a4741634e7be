"""Which product or pack is meant by what was typed."""

from rollertrack.domain import stream_names
from rollertrack.domain.code import shown
from rollertrack.domain.lots import norm
from rollertrack.domain.pack import Pack
from rollertrack.domain.pack import fold as fold_pack
from rollertrack.domain.product import Product, fold, name_key
from rollertrack.domain.stream_names import StreamKind
from rollertrack.domain.text import near_hint, required_line
from rollertrack.errors import BadInput, going_on
from rollertrack.services.station import Deed, Station
from rollertrack.store import lookups, stock_queries
from rollertrack.store.journal import Journal


def new_product_name(now: Deed) -> str:
    """A name for a product that nothing carries yet."""
    return _new_name(now, StreamKind.PRODUCT)


def new_pack_name(now: Deed) -> str:
    """A name for a pack that nothing carries yet."""
    return _new_name(now, StreamKind.PACK)


def _new_name(now: Deed, kind: StreamKind) -> str:
    while True:
        drawn = stream_names.make(kind, now.station.choose)
        if not (now.journal.holds(drawn) or lookups.known(now.station.store.database, [drawn])):
            return drawn


def name_of(station: Station, text: str) -> str:
    """The stream of a product, by its name as people call it or by that of the journal."""
    database = station.store.database
    if rows := stock_queries.products_named(database, name_key(required_line("product", text))):
        return str(rows[0]["code"])
    if stream_names.looks_like_one(text):
        code = stream_names.find(text, StreamKind.PRODUCT)
        if stock_queries.product(database, code):
            return code
        raise BadInput("product", f"no product is registered under {shown(code)}")
    names = [row["name"] for row in stock_queries.products(database)]
    unknown = f"“{text[:40]}” is not known"
    if near := near_hint(text, names, ""):
        raise BadInput("product", f"{unknown}; {near}")
    way_at_prompt = "`product list` shows them" if names else "`product add` registers one"
    raise BadInput("product", *going_on(unknown, at_prompt=f"; {way_at_prompt}"))


def product_of(journal: Journal, code: str) -> Product:
    """The product of a stream, folded."""
    found = fold(code, journal.stream(code))
    if found is None:
        raise BadInput("product", f"no product is registered under {shown(code)}")
    return found


def pack_name_of(station: Station, text: str) -> str:
    """The stream of a pack, by its name in the journal or by a lot that only one pack carries."""
    database = station.store.database
    typed = required_line("pack", text)
    if stream_names.looks_like_one(typed):
        code = stream_names.find(typed, StreamKind.PACK)
        if stock_queries.pack(database, code):
            return code
        raise BadInput("pack", f"no pack is registered under {shown(code)}")
    rows = stock_queries.packs_of_lot(database, norm(typed)) if norm(typed) else []
    if len(rows) == 1:
        return str(rows[0]["code"])
    if rows:
        names = ", ".join(shown(row["code"]) for row in rows[:5])
        raise BadInput("pack", f"several packs carry lot {typed}: {names}; name one of them")
    neither = f"“{typed[:40]}” is neither a pack nor its lot"
    raise BadInput("pack", *going_on(neither, at_prompt="; `pack list` shows them"))


def pack_of(journal: Journal, code: str) -> Pack:
    """The pack of a stream, folded."""
    found = fold_pack(code, journal.stream(code))
    if found is None:
        raise BadInput("pack", f"no pack is registered under {shown(code)}")
    return found
