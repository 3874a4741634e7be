"""A page drawn in millimetres on one-bit dots: text that fits its room, rules, boxes, QR codes."""

from collections.abc import Sequence
from enum import StrEnum

from PIL import Image, ImageDraw

from rollertrack.labels import fonts
from rollertrack.labels.bitmap import MM_PER_INCH, Bitmap
from rollertrack.labels.label_facts import one_line
from rollertrack.labels.layouts.layout import Face
from rollertrack.labels.layouts.wrap import fitted, wrapped
from rollertrack.labels.qr import QUIET_ZONE, matrix
from rollertrack.labels.raster import from_image

_BLACK, _WHITE = 0, 1
CAPITALS = 0.73
"""How high capitals stand, in sizes."""
_ASCENT, _DESCENT = 1.0, 0.35
"""Room above and below the baseline that a line may draw in, in sizes."""


class Align(StrEnum):
    """Which part of a text stands at the place it is given."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Canvas:
    """A white page; every length is in mm, every place is counted from the top left corner."""

    def __init__(self, width: float, height: float, dpi: int) -> None:
        self.width = width
        self.height = height
        self._dpi = dpi
        self._image = Image.new("1", (self._dots(width), self._dots(height)), _WHITE)
        self._pen = ImageDraw.Draw(self._image)

    def _dots(self, mm: float) -> int:
        return round(mm * self._dpi / MM_PER_INCH)

    def bitmap(self) -> Bitmap:
        """What was drawn."""
        return from_image(self._image)

    def text(
        self, x: float, y: float, text: str, size: float, face: Face = Face.REGULAR, *,
        room: float | None = None, align: Align = Align.LEFT, inverse: bool = False,
    ) -> float:  # fmt: skip
        """Write one line with its baseline at y, cut with an ellipsis where it needs more than `room`.

        `inverse` writes in white on what is already black. Returns the width of what was written.
        """
        dots = self._dots(size)
        line = one_line(text)
        if room is not None:
            line = fitted(line, self._dots(room), lambda part: fonts.measure(part, dots, face))
        if not line:
            return 0.0
        width = fonts.measure(line, dots, face)
        left = self._dots(x) - {Align.LEFT: 0, Align.CENTRE: width // 2, Align.RIGHT: width}[align]
        # A tile of its own keeps tall glyphs and heaps of accents out of the lines around.
        tile = Image.new("1", (width, round(dots * (_ASCENT + _DESCENT))), 0)
        pen = ImageDraw.Draw(tile)
        pen.fontmode = "1"  # grey edges would be dithered into specks
        rise = round(dots * _ASCENT)
        fonts.draw(pen, (0, rise), line, dots, face, 1)
        self._image.paste(_WHITE if inverse else _BLACK, (left, self._dots(y) - rise), tile)
        return width * MM_PER_INCH / self._dpi

    def paragraph(
        self, x: float, y: float, text: str, size: float, room: float, leading: float, most: int = 99,
        face: Face = Face.REGULAR,
    ) -> float:  # fmt: skip
        """Write lines broken between words from baseline y on; the baseline that would come next."""
        dots = self._dots(size)
        width = lambda part: fonts.measure(part, dots, face)  # noqa: E731 - said where it is used
        for line in wrapped(one_line(text), self._dots(room), most, width):
            self.text(x, y, line, size, face)
            y += leading
        return y

    def largest(self, texts: Sequence[str], face: Face, room: float, most: float) -> float:
        """The size, at most `most`, at which the widest of some texts fits its room."""
        dots = self._dots(most)
        widest = max(fonts.measure(text, dots, face) for text in texts)
        return most * min(1.0, self._dots(room) / widest)

    def line(self, x: float, y: float, to_x: float, to_y: float, thick: float = 0.2) -> None:
        """A straight line across or down, its middle on the places given."""
        half = thick / 2
        if y == to_y:
            self.fill(x, y - half, to_x - x, thick)
        else:
            self.fill(x - half, y, thick, to_y - y)

    def fill(self, x: float, y: float, width: float, height: float) -> None:
        """A black rectangle, at least one dot each way."""
        left, top = self._dots(x), self._dots(y)
        right, bottom = max(left + 1, self._dots(x + width)), max(top + 1, self._dots(y + height))
        self._pen.rectangle((left, top, right - 1, bottom - 1), fill=_BLACK)

    def box(self, x: float, y: float, width: float, height: float, thick: float = 0.25) -> None:
        """The outline of a rectangle, drawn inside it; what was under it stays."""
        self.fill(x, y, width, thick)
        self.fill(x, y + height - thick, width, thick)
        self.fill(x, y, thick, height)
        self.fill(x + width - thick, y, thick, height)

    def blank(self, x: float, y: float, width: float, height: float) -> None:
        """A white rectangle over what was drawn."""
        box = (self._dots(x), self._dots(y), self._dots(x + width) - 1, self._dots(y + height) - 1)
        self._pen.rectangle(box, fill=_WHITE)

    def symbol(self, x: float, y: float, side: float, text: str) -> float:
        """A QR code centred in a square that takes in its quiet zone; the width of its dark part.

        Every module is the same whole number of dots.
        """
        modules = matrix(text)
        count = len(modules)
        dots = self._dots(side) // (count + 2 * QUIET_ZONE)
        small = Image.new("1", (count, count), _WHITE)
        small.putdata([_BLACK if dark else _WHITE for row in modules for dark in row])
        large = small.resize((count * dots, count * dots), Image.Resampling.NEAREST)
        inset = (self._dots(side) - large.width) // 2
        self._image.paste(large, (self._dots(x) + inset, self._dots(y) + inset))
        return large.width * MM_PER_INCH / self._dpi
