"""A layout drawn as a one-bit picture, dot by dot as the printer will burn it."""

from functools import lru_cache

from PIL import Image, ImageDraw

from rollertrack.labels import fonts
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.layouts.layout import BASELINE, Box, Face, Layout, Rule, Symbol, Text, Tick
from rollertrack.labels.qr import QUIET_ZONE, Matrix

_BLACK, _WHITE = 0, 1
_SHADES = b"\xff\x00" + bytes(254)
"""Of grey, for a light and a dark module."""


def draw(layout: Layout, matrix: Matrix) -> Bitmap:
    """The picture of a layout with the modules of its QR code."""
    image = Image.new("1", (layout.width, layout.height), _WHITE)
    pen = ImageDraw.Draw(image)
    for item in layout.items:
        match item:
            case Text():
                _text(image, item)
            case Symbol():
                _symbol(image, item, matrix)
            case Tick():
                _tick(pen, item)
            case Rule(box):
                pen.rectangle((box.x, box.y, box.right - 1, box.bottom - 1), fill=_BLACK)
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
    tile = _tile(item.text, item.size, item.face, item.box.width, item.box.height, item.inverse, item.inset)
    if item.upside_down:
        tile = tile.transpose(Image.Transpose.ROTATE_180)
    image.paste(tile, (item.box.x, item.box.y))


@lru_cache(maxsize=512)
def _tile(
    text: str, size: int, face: Face, width: int, height: int, inverse: bool, inset: int
) -> Image.Image:
    """A text on a tile of its own, so that a tall glyph can never touch its neighbours."""
    paper, ink = (_BLACK, _WHITE) if inverse else (_WHITE, _BLACK)
    tile = Image.new("1", (width, height), paper)
    pen = ImageDraw.Draw(tile)
    # Grey edges would be dithered into specks.
    pen.fontmode = "1"
    fonts.draw(pen, (inset, round(size * BASELINE)), text, size, face, ink)
    return tile


def _symbol(image: Image.Image, item: Symbol, matrix: Matrix) -> None:
    """Draw at one dot a module and enlarge, which repeats whole dots."""
    ink = item.ink
    large = _modules(matrix).resize((ink.width, ink.height), Image.Resampling.NEAREST)
    image.paste(large, (ink.x, ink.y))


@lru_cache(maxsize=16)
def _modules(matrix: Matrix) -> Image.Image:
    """The QR code at one dot a module, without its quiet zone."""
    dots = b"".join(map(bytes, matrix)).translate(_SHADES)
    return Image.frombytes("L", (len(matrix), len(matrix)), dots).convert("1", dither=Image.Dither.NONE)


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
