"""Pictures as they lie on the paper: turned as it is fed, and moved to where the printer needs them."""

from collections.abc import Sequence

from rollertrack.errors import BadInput
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.media import Media
from rollertrack.labels.printer import Printer


def on_paper(printer: Printer, pictures: Sequence[Bitmap], media: Media) -> list[Bitmap]:
    """The dots to send: a quarter turned where the media wants it, then moved by the printer's offset.

    The offset counts in whole dots on the paper as it is fed. Raises BadInput when ink would leave the
    paper; nothing is ever cut off.
    """
    across, down = media.dots(printer.offset_x), media.dots(printer.offset_y)
    standing = {picture: turned(picture) if media.turned else picture for picture in pictures}
    moved = {
        picture: shifted(each, across, down, endless=media.length is None)
        for picture, each in standing.items()
    }
    return [moved[picture] for picture in pictures]


def turned(picture: Bitmap) -> Bitmap:
    """The picture a quarter to the right: what was its top is its right side."""
    from PIL import Image

    from rollertrack.labels.raster import from_image, to_image

    return from_image(to_image(picture).transpose(Image.Transpose.ROTATE_270))


def shifted(picture: Bitmap, across: int, down: int, *, endless: bool = False) -> Bitmap:
    """The picture moved to the right and down by so many dots, negative ones to the left and up.

    It keeps its size, except that an `endless` roll grows with what is moved down. Raises BadInput
    when a black dot would leave the paper.
    """
    if not across and not down:
        return picture
    spare = picture.stride * 8 - picture.width
    rows = [int.from_bytes(picture.row(y)) >> spare for y in range(picture.height)]
    rows = [_moved(row, across, picture.width) for row in rows]
    if down < 0:
        rows, lost = rows[-down:] + [0] * min(-down, len(rows)), rows[:-down]
    else:
        keep = len(rows) if endless else max(0, len(rows) - down)
        rows, lost = [0] * down + rows[:keep], rows[keep:]
    if any(lost):
        raise _off_the_paper("offset_y")
    rows = rows if endless else rows[: picture.height]
    packed = b"".join((row << spare).to_bytes(picture.stride) for row in rows)
    return Bitmap(picture.width, len(rows), packed)


def _moved(row: int, across: int, width: int) -> int:
    if across >= 0:
        moved, lost = row >> across, row & ((1 << across) - 1)
    else:
        whole = row << -across
        moved, lost = whole & ((1 << width) - 1), whole >> width
    if lost:
        raise _off_the_paper("offset_x")
    return moved


def _off_the_paper(key: str) -> BadInput:
    return BadInput(
        "printer",
        f"its {key} would push the label off the paper; a smaller one, or a smaller media, is right",
    )
