"""`pack`: the boxes that came."""

from rollertrack.cli.context import Context
from rollertrack.cli.records import entry_document
from rollertrack.services import packs, stock_records
from rollertrack.wording import stock as say
from rollertrack.wording.records import entry_cells

_FACTS = ("lot", "expiry", "pieces", "price", "currency", "supplier", "invoice", "certificate")


def list_packs(context: Context) -> int:
    """Every box that came."""
    rows = stock_records.list_packs(context.station, context.arguments.product)
    context.out.document({"packs": [row._asdict() for row in rows]})
    if rows:
        context.out.table([say.pack_cells(row) for row in rows])
    else:
        context.out.say(say.NO_PACKS)
    return 0


def show_pack(context: Context) -> int:
    """Everything known of a pack."""
    found = stock_records.show_pack(context.station, context.arguments.pack)
    fields, history = say.pack_fields(found.pack, found.name), found.history
    told = [entry_document(line) for line in history]
    context.out.document({**dict(fields), "codes": list(found.codes), "history": told})
    context.out.table(fields)
    context.out.say(*found.codes, "", "History")
    context.out.table(map(entry_cells, history))
    return 0


def edit_pack(context: Context) -> int:
    """Mend the facts of a pack."""
    values = {name: getattr(context.arguments, name) for name in _FACTS}
    typed = {name: value for name, value in values.items() if value is not None}
    pack = context.arguments.pack
    return context.tell(packs.edit_pack(context.station, pack, typed, **context.when_and_who))
