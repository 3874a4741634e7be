"""A layout drawn as a one-bit picture, dot by dot as the printer will burn it."""

from PIL import Image, ImageDraw

from rollertrack.labels import fonts
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.layout import Box, Layout, Symbol, Text, Tick
from rollertrack.labels.qr import QUIET_ZONE, Matrix

_BLACK, _WHITE = 0, 1
_BASELINE = 0.93
"""From the top of a line of text to its baseline, in sizes."""


def draw(layout: Layout, matrix: Matrix) -> Bitmap:
    """The picture of a layout with the modules of its QR code."""
    image = Image.new("1", (layout.width, layout.height), _WHITE)
    pen = ImageDraw.Draw(image)
    for item in layout.items:
        match item:
            case Text():
                _text(image, item)
            case Symbol():
                _symbol(pen, item, matrix)
            case Tick():
                _tick(pen, item)
    return from_image(image)


def symbol(matrix: Matrix) -> Bitmap:
    """The QR code with its quiet zone at one dot a module, for a screen to enlarge."""
    side = len(matrix) + 2 * QUIET_ZONE
    return draw(Layout(side, side, (Symbol(Box(0, 0, side, side), 1),)), matrix)


def from_image(image: Image.Image) -> Bitmap:
    """The bitmap of a Pillow picture of mode "1"."""
    # "1;I" packs black as 1 and fills the last byte of a row with white.
    return Bitmap(image.width, image.height, image.tobytes("raw", "1;I"))


def to_image(bitmap: Bitmap) -> Image.Image:
    """The Pillow picture, of mode "1", of a bitmap."""
    return Image.frombytes("1", (bitmap.width, bitmap.height), bitmap.rows, "raw", "1;I")


def _text(image: Image.Image, item: Text) -> None:
    """Draw on a tile of its own, so that a tall glyph can never touch its neighbours."""
    paper, ink = (_BLACK, _WHITE) if item.inverse else (_WHITE, _BLACK)
    tile = Image.new("1", (item.box.width, item.box.height), paper)
    pen = ImageDraw.Draw(tile)
    # Grey edges would be dithered into specks.
    pen.fontmode = "1"
    font = fonts.font_for(item.text, item.size, item.face)
    pen.text((item.inset, round(item.size * _BASELINE)), item.text, fill=ink, font=font, anchor="ls")
    image.paste(tile, (item.box.x, item.box.y))


def _symbol(pen: ImageDraw.ImageDraw, item: Symbol, matrix: Matrix) -> None:
    dots = item.module
    for row, modules in enumerate(matrix, QUIET_ZONE):
        for column, dark in enumerate(modules, QUIET_ZONE):
            if dark:
                x, y = item.box.x + column * dots, item.box.y + row * dots
                pen.rectangle((x, y, x + dots - 1, y + dots - 1), fill=_BLACK)


def _tick(pen: ImageDraw.ImageDraw, item: Tick) -> None:
    box = item.box
    thick = max(2, box.width // 12)
    pen.rectangle((box.x, box.y, box.right - 1, box.bottom - 1), outline=_BLACK, width=thick)
    if item.ticked:
        corners = ((0.22, 0.52), (0.42, 0.74), (0.8, 0.26))
        points = [
            (box.x + round(across * box.width), box.y + round(down * box.height)) for across, down in corners
        ]
        pen.line(points, fill=_BLACK, width=2 * thick, joint="curve")
