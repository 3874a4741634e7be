"""`pack`: the boxes that came."""

from rollertrack.cli.context import Context
from rollertrack.services import packs
from rollertrack.wording import stock as say

_FACTS = ("lot", "expiry", "pieces", "price", "currency", "supplier", "invoice", "certificate")


def list_packs(context: Context) -> int:
    """Every box that came."""
    rows = packs.list_packs(context.station, context.arguments.product)
    context.out.document({"packs": [row._asdict() for row in rows]})
    if rows:
        context.out.table([say.pack_cells(row) for row in rows])
    else:
        context.out.say(say.NO_PACKS)
    return 0


def show_pack(context: Context) -> int:
    """Everything known of a pack."""
    known, name, codes = packs.show_pack(context.station, context.arguments.pack)
    fields = say.pack_fields(known, name)
    context.out.document({**dict(fields), "codes": list(codes)})
    context.out.table(fields)
    context.out.say(*codes)
    return 0


def edit_pack(context: Context) -> int:
    """Mend the facts of a pack."""
    values = {name: getattr(context.arguments, name) for name in _FACTS}
    typed = {name: value for name, value in values.items() if value is not None}
    pack = context.arguments.pack
    return context.tell(packs.edit_pack(context.station, pack, typed, **context.when_and_who))
