"""Pages of text as PDF by reportlab: equal texts make equal files, in every script that has a font here."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import combining

Runs = Callable[[str, bool], Sequence[tuple[Path | None, str]]]
"""A text, bold or not, in runs, each with the file of a font that has all of it; None where none has."""

MM = 72 / 25.4
"""Points in a mm."""
SIZES = {"A5": (148.0, 210.0), "A4 across": (297.0, 210.0), "Letter across": (279.4, 215.9)}
"""Pages by name, in mm."""
_PLAIN, _BOLD = "Helvetica", "Helvetica-Bold"
_BUILT_IN_FONTS = frozenset({_PLAIN, _BOLD})
_BUILT_IN = "cp1252"
"""What the built-in fonts have."""
_UNITS = 1000
_ESCAPES = {
    ord(char): f"\\{byte:03o}"
    for byte in range(256)
    if (char := bytes([byte]).decode(_BUILT_IN, "ignore")) and (not char.isascii() or char in "()\\")
}
"""What a string of a page writes as a number."""


class Cell(NamedTuple):
    """A cell of a table: its lines, and the operators that show them where the row is; fewer where the font
    lacks a sign."""

    lines: tuple[str, ...]
    shown: str
    height: int
    """In lines."""
    is_plain: bool


class Paper:
    """A PDF under way; every length is in mm, every place is counted from the top left corner of its page.

    What is set in a built-in font is written as the operators of the page themselves: a report has some
    hundred thousand pieces of text, for each of which reportlab takes ten times as long.
    """

    def __init__(self, page: str, title: str, runs: Runs) -> None:
        from reportlab import rl_config
        from reportlab.pdfgen.canvas import Canvas

        rl_config.useA85 = 0  # pages as they are, and not once more as letters
        self.width, self.height = SIZES[page]
        self._runs = runs
        self._file = BytesIO()
        self._canvas: Any = Canvas(
            self._file, pagesize=(self.width * MM, self.height * MM), invariant=1, pageCompression=1
        )
        self._canvas.setTitle(title)
        self._canvas.setCreator("RollerTrack")
        self._fonts: dict[Path, str | None] = {}
        self._style: tuple[str, float, float] | None = None
        self._operators: list[str] = []
        self._cut: dict[tuple[str, bool], tuple[tuple[str, str], ...]] = {}
        self._broken: dict[tuple[str, float, float, bool], list[str]] = {}

    def text(
        self, x: float, y: float, text: str, size: float, *, bold: bool = False, grey: float = 0.0
    ) -> None:
        """Write one line with its baseline at y; `size` in points."""
        left, base = x * MM, (self.height - y) * MM
        pieces = self._pieces(text, bold)
        for font, part in pieces:
            self._set(font, size, grey)
            if font in _BUILT_IN_FONTS:
                self._operators.append(f"BT 1 0 0 1 {left:.2f} {base:.2f} Tm ({_escaped(part)}) Tj ET")
            else:
                self._flush()
                self._canvas.drawString(left, base, part)
            if part is not pieces[-1][1]:
                left += _width(part, font) * size

    def _set(self, font: str, size: float, grey: float) -> None:
        style = (font, size, grey)
        if style != self._style:
            self._flush()
            self._style = style
            self._canvas.setFillGray(grey)
            self._canvas.setFont(font, size)

    def cell(self, text: str, size: float, room: float, step: float, leading: float) -> Cell:
        """A text as a cell that stands a step right of the one before it, its lines below each other."""
        fits = not text or _fits(text, size, room)
        lines = [text] * bool(text) if fits else self.lines(text, size, room)
        is_plain = fits or all(self._pieces(line, bold=False)[0] == (_PLAIN, line) for line in lines)
        down = f" 0 {-leading * MM:.2f} Td " if leading else " "
        shown = down.join(f"({line.translate(_ESCAPES)}) Tj" for line in lines) if is_plain else ""
        back = f" 0 {(len(lines) - 1) * leading * MM:.2f} Td" if is_plain and lines[1:] else ""
        return Cell(tuple(lines), f"{step * MM:.2f} 0 Td {shown}{back}", len(lines), is_plain)

    def row(self, x: float, y: float, cells: Sequence[Cell]) -> str:
        """The operators of a row of cells, the first a step right of x."""
        shown = " ".join([cell.shown for cell in cells])
        return f"BT 1 0 0 1 {x * MM:.2f} {(self.height - y) * MM:.2f} Tm {shown} ET"

    def write(self, operators: Sequence[str], size: float) -> None:
        """Put down what `row` and `line_across` made, its texts in the built-in font."""
        self._set(_PLAIN, size, 0.0)
        self._operators += operators

    def line_across(self, x: float, y: float, to_x: float, thick: float, grey: float) -> str:
        """The operators of a line."""
        left, right, base = x * MM, to_x * MM, (self.height - y) * MM
        return f"{grey:.2f} G {thick * MM:.2f} w {left:.2f} {base:.2f} m {right:.2f} {base:.2f} l S"

    def rule(self, x: float, y: float, to_x: float, thick: float = 0.2, grey: float = 0.0) -> None:
        """A line across."""
        self._operators.append(self.line_across(x, y, to_x, thick, grey))

    def _flush(self) -> None:
        if self._operators:
            self._canvas.addLiteral("\n".join(self._operators))
            self._operators = []

    def measure(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide a line is, in mm."""
        return sum(_width(part, font) for font, part in self._pieces(text, bold)) * size / MM

    def lines(self, text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
        """A text broken between words into lines that fit a room; a word that is too wide is cut."""
        key = (text, size, room, bold)
        if key not in self._broken:
            self._broken[key] = self._break(text, size, room, bold=bold)
        return self._broken[key]

    def _break(self, text: str, size: float, room: float, *, bold: bool) -> list[str]:
        if self.measure(text, size, bold=bold) <= room:
            return [text]
        found: list[str] = []
        for word in text.split():
            joined = f"{found[-1]} {word}" if found else word
            if found and self.measure(joined, size, bold=bold) <= room:
                found[-1] = joined
            else:
                found += self._cut_word(word, size, room, bold=bold)
        return found or [""]

    def _cut_word(self, word: str, size: float, room: float, *, bold: bool) -> list[str]:
        if len(word) == 1 or self.measure(word, size, bold=bold) <= room:
            return [word]
        fits = (
            end for end in range(len(word) - 1, 1, -1) if self.measure(word[:end], size, bold=bold) <= room
        )
        end = next(fits, 1)
        return [word[:end], *self._cut_word(word[end:], size, room, bold=bold)]

    def turn(self) -> None:
        """Begin the next page."""
        self._flush()
        self._canvas.showPage()
        self._style = None

    def finished(self) -> bytes:
        """The file."""
        self._flush()
        self._canvas.save()
        return self._file.getvalue()

    def _pieces(self, text: str, bold: bool) -> tuple[tuple[str, str], ...]:
        """A text in runs by the name of a font that has it: the built-in one where it can."""
        key = (text, bold)
        if key not in self._cut:
            self._cut[key] = self._cut_into(text, bold)
        return self._cut[key]

    def _cut_into(self, text: str, bold: bool) -> tuple[tuple[str, str], ...]:
        own = _BOLD if bold else _PLAIN
        try:
            text.encode(_BUILT_IN)
        except UnicodeEncodeError:
            return self._runs_of(text, own, bold=bold)
        return ((own, text),)

    def _runs_of(self, text: str, own: str, *, bold: bool) -> tuple[tuple[str, str], ...]:
        """Runs in the built-in font and in others, of a text that the built-in one lacks signs of."""
        found: list[tuple[str, str]] = []
        for is_own, chars in groupby(_marked(text), key=itemgetter(0)):
            part = "".join(char for _, char in chars)
            runs = ((None, part),) if is_own else self._runs(part, bold)
            found += (((self._font(path) if path else None) or own, run) for path, run in runs)
        return tuple((name, _shown(part) if name == own else part) for name, part in found)

    def _font(self, path: Path) -> str | None:
        """The name under which reportlab knows a font file; None for one that it cannot use."""
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFError, TTFont

        if path not in self._fonts:
            name = path.stem
            try:
                pdfmetrics.registerFont(TTFont(name, str(path)))
            except TTFError:
                name = ""
            self._fonts[path] = name or None
        return self._fonts[path]


def _marked(text: str) -> Iterator[tuple[bool, str]]:
    """Each character, and whether the built-in fonts have it; what joins another goes with that one."""
    for place, char in enumerate(text):
        joined = text[place : place + 2] if combining(text[place + 1 : place + 2] or " ") else char
        yield len(joined.encode(_BUILT_IN, "ignore")) == len(joined) and not combining(char), char


def _shown(text: str) -> str:
    """A text as the built-in fonts have it, with a question mark for what they lack."""
    return text.encode(_BUILT_IN, "replace").decode(_BUILT_IN)


@cache
def _widths(font: str) -> list[int]:
    """How wide each character of a built-in font is, in thousandths of its size."""
    from reportlab.pdfbase.pdfmetrics import getFont

    found: list[int] = getFont(font).widths
    return found


def _width(text: str, font: str) -> float:
    """How wide a piece is at a size of one point, in points."""
    if font in _BUILT_IN_FONTS:
        return sum(map(_widths(font).__getitem__, text.encode(_BUILT_IN))) / _UNITS
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, font, 1.0))


def _fits(text: str, size: float, room: float) -> bool:
    """Whether a text is one line of the built-in font in a room, as most cells are."""
    try:
        return sum(map(_widths(_PLAIN).__getitem__, text.encode(_BUILT_IN))) * size <= room * MM * _UNITS
    except UnicodeEncodeError:
        return False


def _escaped(text: str) -> str:
    """A text as a string of a page's operators, ASCII alone."""
    return text.translate(_ESCAPES)
