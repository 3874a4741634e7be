"""`read`: what a maker's barcode says."""

from rollertrack.cli.context import Context
from rollertrack.services.boxes import read_box
from rollertrack.wording.barcodes import barcode_cells, barcode_document, look_at_pack


def read(context: Context) -> int:
    """Every reading of a barcode; nothing is written."""
    readings = read_box(context.arguments.texts)
    context.out.document({"readings": [barcode_document(each) for each in readings]})
    context.out.table([barcode_cells(each) for each in readings])
    if any(each.lot for each in readings):
        context.out.say(look_at_pack(readings))
    return 0
