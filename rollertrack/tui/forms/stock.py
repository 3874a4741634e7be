"""The forms of products: what is bought, and an order."""

from collections.abc import Callable

from rollertrack.domain import money
from rollertrack.domain.events import ROLLER_KINDS, ProductFacts
from rollertrack.errors import BadInput
from rollertrack.services import products, stock_records
from rollertrack.services.preview import rehearse
from rollertrack.services.product_facts import read_product_facts
from rollertrack.services.station import Done
from rollertrack.tui.forms.fields import Checkbox, Field, Pick, Said, Text, word_field
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import previews

_OF_NEEDLES = frozenset({"length", "needles", "material"})


async def add_product(app: StationApp) -> Done | None:
    """Ask what is bought, and register it."""

    async def previewed(said: Said) -> Preview:
        rehearsed = await app.backend.run(rehearse, products.add_product, _typed(said))
        return Preview(previews.will_say(rehearsed.message))

    async def submit(said: Said) -> Done:
        return await app.backend.run(products.add_product, _typed(said))

    spec = FormSpec("Add a product", _fields(None), button="Add", absent=_absent)
    return await app.push_screen_wait(Form(spec, submit, previewed))


async def edit_product(app: StationApp, product: str) -> Done | None:
    """Show a product as it stands, and mend what is changed."""
    known = await app.backend.run(stock_records.show_product, product)
    fields = _fields(known.facts)

    def changes(said: Said) -> dict[str, str | bool]:
        return {key: value for key, value in _typed(said).items() if key in said.changed}

    async def previewed(said: Said) -> Preview:
        if not said.changed:
            return Preview(previews.NOTHING_CHANGED)
        rehearsed = await app.backend.run(rehearse, products.edit_product, product, changes(said))
        named = [each.label for each in fields if each.key in said.changed]
        return Preview(previews.mending_preview(named, previews.will_say(rehearsed.message)))

    async def submit(said: Said) -> Done:
        if not said.changed:
            raise BadInput("edit", previews.NOT_CHANGED)
        return await app.backend.run(products.edit_product, product, changes(said))

    spec = FormSpec("Mend a product", fields, known.facts.name, "Save the changes", absent=_absent)
    return await app.push_screen_wait(Form(spec, submit, previewed))


async def order(app: StationApp, product: str) -> Done | None:
    """Ask what was ordered, and log it."""
    known = await app.backend.run(stock_records.show_product, product)

    async def previewed(said: Said) -> Preview:
        pieces, expected, supplier, ref = _ordered(said)
        rehearsed = await app.backend.run(
            rehearse, products.order_product, product, pieces, expected=expected, supplier=supplier, ref=ref
        )
        return Preview(previews.will_say(rehearsed.message))

    async def submit(said: Said) -> Done:
        pieces, expected, supplier, ref = _ordered(said)
        return await app.backend.run(
            products.order_product, product, pieces, expected=expected, supplier=supplier, ref=ref
        )

    fields: list[Field] = [
        Text("pieces", "Pieces", str(known.facts.pack_size or "")),
        Text("expected", "Expected", placeholder="such as 31 May 2027"),
        word_field("supplier", "Supplier"),
        word_field("ref", "Number", placeholder="of the order"),
    ]
    spec = FormSpec("Log an order", fields, known.facts.name, "Log it")
    return await app.push_screen_wait(Form(spec, submit, previewed))


def _ordered(said: Said) -> tuple[str, str, str, str]:
    return said.text("pieces"), said.text("expected"), said.text("supplier"), said.text("ref")


def _fields(facts: ProductFacts | None) -> list[Field]:
    def text(key: str, label: str, placeholder: str = "", also: tuple[str, ...] = ()) -> Text:
        return Text(key, label, _as_typed(facts, key), read=_reader(key), placeholder=placeholder, also=also)

    form = facts.form if facts else ROLLER_KINDS[0]
    return [
        text("name", "Name", "what people here call it"),
        Pick("form", "Kind", [(kind, kind) for kind in ROLLER_KINDS], form, also=("kind",)),
        text("length", "Length, mm", "such as 0.5"),
        Checkbox("sterile", "Sterile", "sold sterile", facts is None or facts.sterile),
        Checkbox("single_use", "Single use", "single use, by the maker", facts is None or facts.single_use),
        text("pack_size", "Pieces in a pack", "such as 10"),
        Checkbox(
            "coded", "Codes", "each piece gets a label when its box comes", facts is None or facts.coded
        ),
        text("delivery_days", "Delivery, days", "how long an order takes"),
        text("reorder_level", "Order at", "the stock at which you order in any case"),
        text("price", "Price a piece", "such as 12.90"),
        text("currency", "Currency", "such as EUR"),
        text("maker", "Maker"),
        text("model", "Model"),
        text("needles", "Needles", "how many"),
        text("material", "Material", "such as titanium"),
        text("max_uses", "Maker's uses", "the maker's own limit"),
        text("max_days", "Maker's days", "the maker's own limit"),
    ]


def _reader(key: str) -> Callable[[str], object]:
    return lambda text: read_product_facts({key: text})


def _as_typed(facts: ProductFacts | None, key: str) -> str:
    value = getattr(facts, key, None)
    if key == "price" and isinstance(value, int):
        return money.shown(value, "")
    return "" if value is None else str(value)


def _typed(said: Said) -> dict[str, str | bool]:
    return {key: value for key, value in said.values.items() if isinstance(value, str | bool)}


def _absent(said: Said) -> frozenset[str]:
    return _OF_NEEDLES if said.text("form") == "handpiece" else frozenset()
