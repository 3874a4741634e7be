"""A label as it will be printed: the very picture that is sent, black on white whatever the theme."""

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from rollertrack.labels.bitmap import Bitmap, half_blocks

_PAPER = Style.parse("#000000 on #ffffff")
_MARGIN = 1


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
        self._sheet: list[str] = []
        self.show(bitmap)

    def show(self, bitmap: Bitmap | None, scale: int = 1) -> None:
        """Show another label, from its top left, or none; each half of a cell is `scale` x `scale` dots."""
        self._sheet = _sheet(half_blocks(bitmap, scale)) if bitmap else []
        width = len(self._sheet[0]) if self._sheet else 0
        self.virtual_size = Size(width, len(self._sheet))
        self.scroll_to(0, 0, animate=False)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the sheet, blank beside and below it."""
        left, top = self.scroll_offset
        row = top + y
        if row >= len(self._sheet):
            return Strip.blank(self.size.width, self.rich_style)
        strip = Strip([Segment(self._sheet[row], _PAPER)], len(self._sheet[row]))
        return strip.crop_extend(left, left + self.size.width, self.rich_style)


def _sheet(rows: list[str]) -> list[str]:
    side = " " * (2 * _MARGIN)
    width = len(rows[0]) + 2 * len(side)
    blank = [" " * width] * _MARGIN
    return [*blank, *(side + row + side for row in rows), *blank]
