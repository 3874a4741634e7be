"""`receive`, `stock`, `next`, `order`."""

from typing import TYPE_CHECKING, Any

from rollertrack.cli.context import Context
from rollertrack.cli.output import answering
from rollertrack.errors import BadInput, DeviceFailed, ours
from rollertrack.services import products
from rollertrack.services import stock as reads
from rollertrack.services.boxes import read_box
from rollertrack.services.deliveries import Delivery
from rollertrack.services.receiving import receive as take_in
from rollertrack.wording import stock as say
from rollertrack.wording.barcodes import barcode_cells

if TYPE_CHECKING:
    from rollertrack.services.labels.requests import PrintRequest


_AT_PROMPT = {say.NO_LOT: f"{say.NO_LOT.removesuffix('.')}; `pack edit --lot` adds it."}
"""What is warned of with the option that mends it."""


def receive(context: Context) -> int:
    """Take a box in, and print the labels of its pieces where a printer is named."""
    typed = context.arguments
    said = Delivery(
        typed.product, tuple(typed.scans or ()), typed.lot, typed.expiry, typed.pieces, typed.price,
        typed.currency, typed.supplier or "", typed.invoice or "", typed.certificate or "",
        compared=typed.compared,
    )  # fmt: skip
    request = _label_request(context)
    try:
        done = take_in(context.station, said, **context.when_and_who)
    except BadInput as error:
        if error.field == "lot" and said.scans:
            context.out.table([barcode_cells(each) for each in read_box(said.scans)])
        raise
    pack, *codes = done.codes
    warnings = [_AT_PROMPT.get(each, each) for each in done.warnings]
    with answering(after_deed=True):
        for warning in warnings:
            context.out.warn(warning)
        context.out.say(done.message, *codes)
        document = {
            "pack": pack, "codes": codes, "message": done.message, "warnings": warnings,
        }  # fmt: skip
        status = _labels(context, codes, request, document) if request else 0
        context.out.document(document)
    return status


def _label_request(context: Context) -> "PrintRequest | None":
    """What the labels are to be printed on, where anything was said of them; checked before the deed."""
    typed = context.arguments
    if typed.printer is None and typed.media is None:
        return None
    from rollertrack.services.labels.labelling import check_request
    from rollertrack.services.labels.requests import PrintRequest

    request = PrintRequest(printer=typed.printer, media=typed.media)
    check_request(context.station, request)
    return request


def _labels(context: Context, codes: list[str], request: "PrintRequest", document: dict[str, Any]) -> int:
    """Print a label of each code and say so in the document too; the status. The box stays received."""
    from rollertrack.services.labels.labelling import label_pieces

    if not codes:
        document["labels"] = say.NO_LABELS_OF_UNCODED
        context.out.warn(say.NO_LABELS_OF_UNCODED)
        return 0
    try:
        printed = label_pieces(context.station, codes, request, **context.when_and_who)
    except Exception as error:  # whatever it was, the codes of the box must be told
        failed = DeviceFailed(say.received_unlabelled(ours(error).at_prompt))
        document |= {"error": failed.message, "title": failed.title, "exit_status": failed.exit_status}
        context.out.fail(failed)
        return failed.exit_status
    for warning in printed.warnings:
        context.out.warn(warning)
    document["labels"] = printed.message
    document["warnings"] += printed.warnings
    context.out.say(printed.message)
    return 0


_COLUMNS = (
    "product", "name", "sealed", "expired", "in_use", "soaking", "dirty", "over", "held", "ordered",
    "expected", "reorder_level", "low", "advice", "order_point", "delivery_days", "order_by", "taken",
    "days", "recent",
)  # fmt: skip


def stock(context: Context) -> int:
    """What is in stock; with --low status 1 when anything is to be ordered."""
    typed, now = context.arguments, context.station.clock()
    rows = reads.stock(context.station, typed.product)
    low = [row for row in rows if row.ordering.is_low]
    wanted = low if typed.low else rows
    documents = [say.stock_document(row, now) for row in wanted]
    if (written := context.write_table(_COLUMNS, documents)) is not None:
        context.out.document({"stock": documents, "written": written})
        context.out.say(*filter(None, [written]))
        return int(typed.low and bool(low))
    context.out.document({"stock": documents})
    if wanted and not typed.product:
        right = range(1, len(say.STOCK_HEAD) - 1)
        context.out.table([say.STOCK_HEAD, *(say.stock_cells(row, now) for row in wanted)], right=right)
    for row in wanted if typed.product or typed.low else ():
        context.out.say(say.stock_line(row), f"  {say.order_line(row, now)}", f"  {say.why_text(row)}",
                        f"  {say.packs_text(row)}")  # fmt: skip
    if not wanted:
        context.out.say(say.NOTHING_LOW if rows else say.NO_PRODUCTS)
    return 1 if typed.low and low else 0


def next_piece(context: Context) -> int:
    """Which piece to open next; status 1 when there is none."""
    row, found = reads.next_piece(context.station, context.arguments.product, context.arguments.person)
    context.out.document({
        "product": row.name,
        "next": found.piece and say.sealed_document(found.piece),
        "others": [say.sealed_document(each) for each in found.others],
        "passed": [{**say.sealed_document(each), "reason": why} for each, why in found.passed],
        "message": say.next_text(row.name, found),
    })  # fmt: skip
    context.out.say(say.next_text(row.name, found))
    context.out.say(*(say.passed_text(each, why) for each, why in found.passed))
    return 0 if found.piece else 1


def order(context: Context) -> int:
    """Log an order, or with `end` that it will not come."""
    typed = context.arguments
    match typed.words:
        case [product] if typed.pieces is not None:
            done = products.order_product(
                context.station, product, typed.pieces, expected=typed.expected, supplier=typed.supplier,
                ref=typed.ref, **context.when_and_who,
            )  # fmt: skip
        case ["end", product]:
            done = products.end_order(context.station, product, typed.reason, **context.when_and_who)
        case [_]:
            raise BadInput("pieces", "say how many were ordered, --pieces 40")
        case _:
            raise BadInput("product", "name one product; put a name of several words in quotes")
    return context.tell(done)
