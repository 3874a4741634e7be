"""Labels for printers that take files: a PNG for each label, or one PDF."""

from collections.abc import Sequence

from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.files import png
from rollertrack.labels.papers.media import Media
from rollertrack.labels.places import Form
from rollertrack.labels.printer import Printer
from rollertrack.labels.printers.paper import on_paper


def documents(
    printer: Printer, pictures: Sequence[Bitmap], media: Media, form: Form, start: int
) -> tuple[Form, list[bytes]]:
    """The files to hand over, and of which form they are: a sheet of labels is a PDF whatever was wished.

    `start` is the first free position of the sheet.
    """
    if form is Form.PNG and media.grid is None:
        return form, [png(picture, media.dpi) for picture in on_paper(printer, pictures, media)]
    # Its PDF writer is not needed for labels that go out one by one.
    from rollertrack.labels.pages.sheet import pdf

    offset = (printer.offset_x, printer.offset_y)
    return Form.PDF, [pdf(pictures, media, start=start, offset=offset, scale=printer.scale)]
