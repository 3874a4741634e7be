"""The very picture a printer gets, drawn with half blocks: black on white whatever the theme."""

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from rollertrack.labels.bitmap import Bitmap, fitting_scale, half_blocks

_PAPER = Style.parse("#000000 on #ffffff")
_MARGIN = 1
_SIDES = 4 * _MARGIN
_ENDS = 2 * _MARGIN


class LabelPreview(ScrollView, can_focus=True):
    """Shows one bitmap in half blocks on a sheet with a white margin; scrolls when it is larger."""

    DEFAULT_CSS = """
    LabelPreview {
        height: 1fr;
        scrollbar-size: 1 1;
    }
    """

    def __init__(self, bitmap: Bitmap | None = None, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._bitmap: Bitmap | None = None
        self._scale: int | None = 1
        self._sheet: list[str] = []
        self.show(bitmap)

    def show(self, bitmap: Bitmap | None, scale: int | None = 1) -> None:
        """Show another label, from its top left, or none; each half of a cell is `scale` x `scale` dots.

        None is the least whole scale at which all of it is in sight, whatever size the widget takes.
        """
        self._bitmap, self._scale = bitmap, scale
        self._draw()
        self.scroll_to(0, 0, animate=False)

    @property
    def scale(self) -> int:
        """How many dots of the picture lie side by side in one cell."""
        if self._scale is not None or self._bitmap is None:
            return self._scale or 1
        return whole_scale(self._bitmap, self.size)

    def on_resize(self) -> None:
        """Keep all of the label in sight where that is wanted."""
        if self._scale is None:
            self._draw()

    def _draw(self) -> None:
        self._sheet = _sheet(half_blocks(self._bitmap, self.scale)) if self._bitmap else []
        width = len(self._sheet[0]) if self._sheet else 0
        self.virtual_size = Size(width, len(self._sheet))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the sheet, blank beside and below it."""
        left, top = self.scroll_offset
        row = top + y
        if row >= len(self._sheet):
            return Strip.blank(self.size.width, self.rich_style)
        strip = Strip([Segment(self._sheet[row], _PAPER)], len(self._sheet[row]))
        return strip.crop_extend(left, left + self.size.width, self.rich_style)


def whole_scale(bitmap: Bitmap, room: Size) -> int:
    """The least whole scale at which a label and its margin fit into so many cells."""
    lines = max(1, room.height - _ENDS)
    return max(fitting_scale(bitmap, room.width - _SIDES), -(-bitmap.height // (2 * lines)))


def _sheet(rows: list[str]) -> list[str]:
    side = " " * (2 * _MARGIN)
    width = len(rows[0]) + 2 * len(side)
    blank = [" " * width] * _MARGIN
    return [*blank, *(side + row + side for row in rows), *blank]
