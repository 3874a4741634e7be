"""The way in for services: facts to picture, pictures to one print job."""

from collections.abc import Sequence

from rollertrack.errors import BadInput
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.languages import escpos
from rollertrack.labels.layouts.flag import place_flag
from rollertrack.labels.layouts.placing import place
from rollertrack.labels.papers.media import Media
from rollertrack.labels.payload import LabelFacts, qr_text
from rollertrack.labels.qr import matrix

MOST_COPIES = 99


def render(
    facts: LabelFacts, media: Media, link_base: str | None = None, *, mark: str = "", flag: bool = False,
    module: int | None = None,
) -> Bitmap:  # fmt: skip
    """The picture of a label, the very dots that are previewed, printed and written.

    `mark` is the generation mark of a reprint, `flag` asks for a label that folds round a handle, and
    `module` is the least dots a module that the printer was proved with. Raises BadInput for a link base
    that is malformed, and for a label that does not fit the media.
    """
    # Pillow is loaded with the first picture, not with the program.
    from rollertrack.labels import fonts, raster

    payload = qr_text(facts.code, link_base, mark)
    layout = (place_flag if flag else place)(facts, payload, media, fonts.measure, mark=mark, module=module)
    return raster.draw(layout, matrix(payload, layout.level, layout.modules))


def print_job(bitmaps: Sequence[Bitmap], copies: int = 1) -> bytes:
    """The bytes that print each label `copies` times, the copies of one label together."""
    return escpos.encode(repeated(bitmaps, copies))


def repeated(bitmaps: Sequence[Bitmap], copies: int) -> list[Bitmap]:
    """Each label `copies` times, the copies of one label together; BadInput unless 1 to 99."""
    if not 1 <= copies <= MOST_COPIES:
        raise BadInput("copies", f"{copies} is out of range; 1 to {MOST_COPIES} is right")
    return [bitmap for bitmap in bitmaps for _ in range(copies)]
