"""Pages of text as PDF by reportlab: equal texts make equal files, in every script that has a font here."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

Runs = Callable[[str, bool], Sequence[tuple[Path | None, str]]]
"""A text, bold or not, in runs, each with the file of a font that has all of it; None where none has."""

MM = 72 / 25.4
"""Points in a mm."""
SIZES = {"A4": (210.0, 297.0), "A5": (148.0, 210.0), "Letter": (215.9, 279.4)}
"""Pages by name, in mm."""
_PLAIN, _BOLD = "Helvetica", "Helvetica-Bold"
_BUILT_IN = "cp1252"


class Paper:
    """A PDF under way; every length is in mm, every place is counted from the top left corner of its page."""

    def __init__(self, page: str, title: str, runs: Runs) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self.width, self.height = SIZES[page]
        self.pages = 1
        self._runs = runs
        self._file = BytesIO()
        self._canvas: Any = Canvas(
            self._file, pagesize=(self.width * MM, self.height * MM), invariant=1, pageCompression=1
        )
        self._canvas.setTitle(title)
        self._canvas.setCreator("RollerTrack")
        self._fonts: dict[Path, str | None] = {}

    @cached_property
    def _measure(self) -> Callable[[str, str, float], float]:
        from reportlab.pdfbase.pdfmetrics import stringWidth

        width: Callable[[str, str, float], float] = stringWidth
        return width

    def text(
        self, x: float, y: float, text: str, size: float, *, bold: bool = False, grey: float = 0.0
    ) -> None:
        """Write one line with its baseline at y; `size` in points."""
        self._canvas.setFillGray(grey)
        left, base = x * MM, (self.height - y) * MM
        for font, part in self._pieces(text, bold):
            self._canvas.setFont(font, size)
            self._canvas.drawString(left, base, part)
            left += self._measure(part, font, size)

    def measure(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide a line is, in mm."""
        return sum(self._measure(part, font, size) for font, part in self._pieces(text, bold)) / MM

    def lines(self, text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
        """A text broken between words into lines that fit a room; a word that is too wide is cut."""
        found: list[str] = []
        for word in text.split():
            joined = f"{found[-1]} {word}" if found else word
            if found and self.measure(joined, size, bold=bold) <= room:
                found[-1] = joined
            else:
                found += self._cut(word, size, room, bold=bold)
        return found or [""]

    def _cut(self, word: str, size: float, room: float, *, bold: bool) -> list[str]:
        if len(word) < 2 or self.measure(word, size, bold=bold) <= room:  # noqa: PLR2004 - one letter is not cut
            return [word]
        end = next(
            end for end in range(len(word) - 1, 0, -1)
            if end == 1 or self.measure(word[:end], size, bold=bold) <= room
        )  # fmt: skip
        return [word[:end], *self._cut(word[end:], size, room, bold=bold)]

    def rule(self, x: float, y: float, to_x: float, thick: float = 0.2, grey: float = 0.0) -> None:
        """A line across."""
        self._canvas.setStrokeGray(grey)
        self._canvas.setLineWidth(thick * MM)
        self._canvas.line(x * MM, (self.height - y) * MM, to_x * MM, (self.height - y) * MM)

    def turn(self) -> None:
        """Begin the next page."""
        self._canvas.showPage()
        self.pages += 1

    def finished(self) -> bytes:
        """The file."""
        self._canvas.save()
        return self._file.getvalue()

    def _pieces(self, text: str, bold: bool) -> Iterator[tuple[str, str]]:
        """A text in runs by the name of a font that has it: the built-in one where it can."""
        try:
            text.encode(_BUILT_IN)
        except UnicodeEncodeError:
            for path, part in self._runs(text, bold):
                name = self._font(path) if path is not None else None
                if name is None:
                    yield _PLAIN, part.encode(_BUILT_IN, "replace").decode(_BUILT_IN)
                else:
                    yield name, part
        else:
            yield (_BOLD if bold else _PLAIN), text

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
