"""The way in for services: facts to picture, pictures to one print job."""

from collections.abc import Sequence

from rollertrack.errors import BadInput
from rollertrack.labels import escpos
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.layout import place
from rollertrack.labels.media import Media
from rollertrack.labels.payload import LabelFacts, qr_text
from rollertrack.labels.qr import matrix

MOST_COPIES = 99


def render(facts: LabelFacts, media: Media, link_base: str | None = None) -> Bitmap:
    """The picture of a label, the very dots that are previewed, printed and written.

    Raises BadInput for a link base that is malformed or makes a code too large for the media.
    """
    # Pillow is loaded with the first picture, not with the program.
    from rollertrack.labels import fonts, raster

    modules = matrix(qr_text(facts.code, link_base))
    return raster.draw(place(facts, len(modules), media, fonts.measure), modules)


def render_symbol(code: str, link_base: str | None = None) -> Bitmap:
    """Only the QR code with its quiet zone, one dot a module, for a screen."""
    from rollertrack.labels import raster

    return raster.symbol(matrix(qr_text(code, link_base)))


def print_job(bitmaps: Sequence[Bitmap], copies: int = 1) -> bytes:
    """The bytes that print each label `copies` times, the copies of one label together."""
    return escpos.encode(repeated(bitmaps, copies))


def repeated(bitmaps: Sequence[Bitmap], copies: int) -> list[Bitmap]:
    """Each label `copies` times, the copies of one label together; BadInput unless 1 to 99."""
    if not 1 <= copies <= MOST_COPIES:
        raise BadInput("copies", f"{copies} is out of range; 1 to {MOST_COPIES} is right")
    return [bitmap for bitmap in bitmaps for _ in range(copies)]
