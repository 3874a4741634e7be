"""`product`: what is bought again and again."""

from typing import Any

from rollertrack.cli.context import Context
from rollertrack.cli.records import entry_document
from rollertrack.services import products, stock_records
from rollertrack.wording import stock as say
from rollertrack.wording.records import entry_cells

_PRODUCT_FACTS = (
    "name", "form", "length", "maker", "model", "needles", "material", "sterile", "single_use", "max_uses",
    "max_days", "pack_size", "coded", "price", "currency", "reorder_level", "delivery_days",
)  # fmt: skip


def _facts(context: Context) -> dict[str, Any]:
    values = {name: getattr(context.arguments, name) for name in _PRODUCT_FACTS}
    return {name: value for name, value in values.items() if value is not None}


def add_product(context: Context) -> int:
    """Register a product."""
    done = products.add_product(context.station, _facts(context), **context.when_and_who)
    return context.tell(done, product=done.codes[0])


def edit_product(context: Context) -> int:
    """Mend the facts of a product."""
    product = context.arguments.product
    return context.tell(
        products.edit_product(context.station, product, _facts(context), **context.when_and_who)
    )


def list_products(context: Context) -> int:
    """Every product."""
    rows = stock_records.list_products(context.station)
    context.out.document({"products": [
        {"product": row.code, "name": row.name, "coded": row.coded, "pack_size": row.pack_size,
         "barcodes": list(row.barcodes), "ordered": row.ordered, "closed": row.closed_at is not None}
        for row in rows
    ]})  # fmt: skip
    if rows:
        context.out.table([say.product_cells(row) for row in rows])
    else:
        context.out.say(say.NO_PRODUCTS)
    return 0


def show_product(context: Context) -> int:
    """Everything known of a product."""
    product = context.arguments.product
    fields = say.product_fields(stock_records.show_product(context.station, product))
    history = stock_records.product_history(context.station, product)
    context.out.document({**dict(fields), "history": [entry_document(line) for line in history]})
    context.out.table(fields)
    context.out.say("", "History")
    context.out.table(map(entry_cells, history))
    return 0
