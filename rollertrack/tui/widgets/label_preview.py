"""The very picture a printer gets: black on white whatever the theme, made smaller in shades of grey."""

from functools import cache
from itertools import groupby
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static

from rollertrack.domain.text import printable
from rollertrack.errors import RollerTrackError
from rollertrack.labels.bitmap import Bitmap, fitting_scale, half_blocks
from rollertrack.services.backend import Backend
from rollertrack.services.labels.requests import PrintRequest
from rollertrack.tui.help import Help
from rollertrack.tui.styled_once import StyledOnce
from rollertrack.tui.widgets.words import Words
from rollertrack.wording.printing import dots_text, picture_head
from rollertrack.wording.sentences import capitalised

DARKEST = 8


def shades(bitmap: Bitmap, scale: int) -> list[list[int]]:
    """The squares of `scale` x `scale` dots row by row, each 0 for white to `DARKEST` for black.

    Squares that stick out on the right and below are filled up with white; an even number of rows comes back.
    """
    rows = [_row(bitmap, top, scale) for top in range(0, bitmap.height, scale)]
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    return rows


def _row(bitmap: Bitmap, top: int, scale: int) -> list[int]:
    count = -(-bitmap.width // scale)
    # Bits are numbered from the right; a last square that sticks out is filled up with white.
    shift = count * scale - bitmap.stride * 8
    lines = [int.from_bytes(bitmap.row(y)) for y in range(top, min(top + scale, bitmap.height))]
    lines = [line << shift if shift >= 0 else line >> -shift for line in lines if line]
    mask, whole = (1 << scale) - 1, scale * scale
    black = (
        sum((line >> place & mask).bit_count() for line in lines)
        for place in range((count - 1) * scale, -1, -scale)
    )
    return [(dots * DARKEST + whole // 2) // whole for dots in black]


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
    return Style(color=f"rgb({over},{over},{over})", bgcolor=f"rgb({under},{under},{under})")


class LabelPane(Vertical):
    """Draws one roller's label for a request, off the event loop; the caller drops stale questions."""

    DEFAULT_CSS = """
    LabelPane {
        #picture { height: 1fr; }
        #size { height: 1; color: $foreground 60%; }
        #trouble { display: none; height: auto; color: $foreground 75%; }
        &.-trouble #trouble { display: block; }
        &.-trouble #picture, &.-trouble #size { display: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.picture: Bitmap | None = None

    def compose(self) -> ComposeResult:
        """The size, the picture, or the sentence."""
        yield Words(id="size")
        yield LabelPreview(id="picture")
        yield Words(id="trouble")

    async def draw(self, backend: Backend, code: str | None, request: PrintRequest, paper: str) -> None:
        """Show the label of a roller on a paper, none for None, or the sentence on why there is none."""
        from rollertrack.services.labels import labelling

        if code is None:
            self._show(None)
            return
        try:
            picture = await backend.run_drawing(
                labelling.preview, code, media=request.media, printer=request.printer, flag=request.flag
            )
        except RollerTrackError as error:
            self._show(None, error.message)
        else:
            self._show(picture, size=f"{paper} · {dots_text(picture.width, picture.height)}")

    def _show(self, picture: Bitmap | None, trouble: str = "", size: str = "") -> None:
        self.picture = picture
        self.set_class(bool(trouble), "-trouble")
        self.query_one("#trouble", Words).update(printable(capitalised(trouble)))
        self.query_one("#size", Words).update(printable(size))
        self.query_one("#picture", LabelPreview).show(picture, scale=None)


class PictureScreen(StyledOnce[None], ModalScreen[None]):
    """The very picture a printer gets, each half of a cell one dot."""

    help = Help(
        "The picture",
        "Each half of a cell is one dot of the printer, nothing is left out. The arrows scroll. Where the "
        "whole QR code is in sight, a phone reads it off the screen.",
    )
    DEFAULT_CSS = """
    PictureScreen {
        #head { height: 1; padding: 0 1; color: $foreground 60%; background: $background; }
        LabelPreview { height: 1fr; background: $background; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,v,enter", "dismiss", "close", id="picture.close", tooltip="Close the picture"),
    ]

    def __init__(self, picture: Bitmap) -> None:
        super().__init__()
        self._picture = picture

    def compose(self) -> ComposeResult:
        """One line on it, and the picture."""
        yield Static(picture_head(self._picture.width, self._picture.height), id="head", markup=False)
        yield LabelPreview(self._picture)
