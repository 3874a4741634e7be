"""The very picture a printer gets: black on white whatever the theme, made smaller in shades of grey."""

from functools import cache
from itertools import groupby

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from rollertrack.labels.bitmap import Bitmap, fitting_scale, half_blocks
from rollertrack.tui.widgets.shades import DARKEST, shades

_PAPER = Style.parse("#000000 on #ffffff")
_WHITE = 255
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
        self._sheet: list[Strip] = []
        self.show(bitmap)

    def show(self, bitmap: Bitmap | None, scale: int | None = 1) -> None:
        """Show another label, from its top left, or none; each half of a cell is `scale` x `scale` dots.

        None is the least whole scale at which all of it is in sight, whatever size the widget takes.
        """
        self._bitmap, self._scale = bitmap, scale
        self._draw()
        self.scroll_to(0, 0, animate=False)

    def on_resize(self) -> None:
        """Keep all of the label in sight where that is wanted."""
        self._draw()

    def _draw(self) -> None:
        bitmap = self._bitmap
        self._sheet = _sheet(bitmap, self._scale or whole_scale(bitmap, self.size)) if bitmap else []
        width = self._sheet[0].cell_length if self._sheet else 0
        self.virtual_size = Size(width, len(self._sheet))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the sheet, blank beside and below it."""
        left, top = self.scroll_offset
        row = top + y
        if row >= len(self._sheet):
            return Strip.blank(self.size.width, self.rich_style)
        return self._sheet[row].crop_extend(left, left + self.size.width, self.rich_style)


def whole_scale(bitmap: Bitmap, room: Size) -> int:
    """The least whole scale at which a label and its margin fit into so many cells."""
    lines = max(1, room.height - _ENDS)
    return max(fitting_scale(bitmap, room.width - _SIDES), -(-bitmap.height // (2 * lines)))


def _sheet(bitmap: Bitmap, scale: int) -> list[Strip]:
    """The label with its margin, line by line; dot for dot it is pure black and white."""
    lines = _plain(bitmap) if scale == 1 else _grey(bitmap, scale)
    side = Segment(" " * (2 * _MARGIN), _PAPER)
    width = lines[0].cell_length + 2 * side.cell_length
    blank = [Strip([Segment(" " * width, _PAPER)], width)] * _MARGIN
    return [*blank, *(Strip([side, *line, side], width).simplify() for line in lines), *blank]


def _plain(bitmap: Bitmap) -> list[Strip]:
    return [Strip([Segment(row, _PAPER)], len(row)) for row in half_blocks(bitmap)]


def _grey(bitmap: Bitmap, scale: int) -> list[Strip]:
    rows = shades(bitmap, scale)
    return [
        Strip([_run(pair, len(list(run))) for pair, run in groupby(zip(upper, lower, strict=True))])
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    ]


def _run(pair: tuple[int, int], length: int) -> Segment:
    """Cells of the same two shades, one above the other."""
    upper, lower = pair
    return Segment((" " if upper == lower else "▀") * length, _ink(upper, lower))


@cache
def _ink(upper: int, lower: int) -> Style:
    over, under = (_WHITE - shade * _WHITE // DARKEST for shade in (upper, lower))
    return Style.parse(f"rgb({over},{over},{over}) on rgb({under},{under},{under})")
