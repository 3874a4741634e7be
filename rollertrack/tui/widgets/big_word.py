"""A word readable from two metres: as large as fits, and once as plain text with its sign."""

from collections.abc import Iterator

from rich.text import Text
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from rollertrack.domain.words import Word
from rollertrack.tui import palette

_GLYPHS = {
    "A": "▄█████▄|██   ██|███████|██   ██|██   ██",
    "B": "██████▄|██   ██|██████▀|██   ██|██████▀",
    "C": "▄██████|██     |██     |██     |▀██████",
    "D": "██████▄|██   ██|██   ██|██   ██|██████▀",
    "E": "███████|██     |██████ |██     |███████",
    "F": "███████|██     |██████ |██     |██     ",
    "H": "██   ██|██   ██|███████|██   ██|██   ██",
    "I": "██|██|██|██|██",
    "K": "██  ▄█▀|██▄█▀  |███▄   |██▀██▄ |██  ▀██",
    "N": "██▄   ██|███▄  ██|██▀█▄ ██|██ ▀█▄██|██  ▀███",
    "O": "▄█████▄|██   ██|██   ██|██   ██|▀█████▀",
    "P": "██████▄|██   ██|██████▀|██     |██     ",
    "R": "██████▄|██   ██|██████▀|██ ▀██▄|██   ██",
    "S": "▄██████|██     |▀█████▄|     ██|██████▀",
    "T": "████████|   ██   |   ██   |   ██   |   ██   ",
    "U": "██   ██|██   ██|██   ██|██   ██|▀█████▀",
    "W": "██  ██  ██|██  ██  ██|██  ██  ██|██  ██  ██|▀███▀▀███▀",
    " ": "   |   |   |   |   ",
    "✓": "      ▄█|     ▄█▀|█▄  ▄█▀ |▀█▄▄█▀  | ▀██▀   ",
    "✗": "█▄   ▄█|▀█▄ ▄█▀|  ▀█▀  |▄█▀ ▀█▄|█▀   ▀█",
    "?": "▄████▄ |▀▀  ██ |  ▄██▀ |  ▀▀   |  ██   ",
}
_UPPER, _LOWER = "▀█", "▄█"

HEIGHT = 5


def lines(text: str, double: bool = False) -> list[str]:
    """The text in block letters, all lines equally wide; double size is ten lines high.

    Raises KeyError for a letter that none of these words has.
    """
    glyphs = [_GLYPHS[letter].split("|") for letter in text]
    single = [" ".join(glyph[row] for glyph in glyphs) for row in range(HEIGHT)]
    return _doubled(single) if double else single


def _doubled(single: list[str]) -> list[str]:
    # A line of half blocks holds two rows of square dots; doubled, each dot is two whole cells.
    return [
        "".join("██" if char in half else "  " for char in line)
        for line in single
        for half in (_UPPER, _LOWER)
    ]


_BETWEEN = 1


def letters(word: str, width: int, height: int) -> list[str]:
    """The word in the largest block letters that fit, centred lines of equal width; nothing if none do."""
    for lines in _layouts(word):
        if max(map(len, lines)) <= width and len(lines) <= height:
            widest = max(map(len, lines))
            return [line.center(widest) for line in lines]
    return []


def _layouts(word: str) -> Iterator[list[str]]:
    """The ways to write the word, largest first: double, single, and single in two lines."""
    yield lines(word, double=True)
    yield lines(word)
    first, _, second = word.rpartition(" ")
    if first:
        yield [*lines(first), *[""] * _BETWEEN, *lines(second)]


class BigWord(Widget):
    """Shows one word of the gate, or a heading; `tallest` is how many lines its letters may take."""

    DEFAULT_CSS = """
    BigWord {
        width: 1fr;
        height: auto;
    }
    """

    word: reactive[Word | None] = reactive(None, layout=True)
    heading: reactive[str] = reactive("", layout=True)

    def __init__(self, word: Word | None = None, *, tallest: int = 11, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.tallest = tallest
        self.set_reactive(BigWord.word, word)

    def show(self, word: Word | None, heading: str) -> None:
        """Show a heading, which ends in its sign; where it is empty, the word."""
        self.word, self.heading = word, heading

    @property
    def plain(self) -> str:
        """The word as plain text between its signs, or the heading."""
        if self.heading:
            return self.heading
        return f"{self.word.sign}  {self.word}  {self.word.sign}" if self.word else ""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Lines of the letters, one blank, and the plain text."""
        return len(self._lines(width))

    def render(self) -> Text:
        """The word in its colour, centred."""
        width = self.size.width
        # Centred by hand: the letters end in blanks that a justified text would strip line by line.
        text = Text("\n".join(line.center(width).rstrip() for line in self._lines(width)), no_wrap=True)
        # The colours of verdicts are for their words; a heading takes the colour of text.
        colour = palette.ink(self.word, self.app.current_theme.dark).letters if self.word else ""
        text.stylize("bold" if self.heading else f"bold {colour}")
        return text

    def _lines(self, width: int) -> list[str]:
        if self.word is None and not self.heading:
            return []
        large = letters(self.heading or self.word or "", width, self.tallest)
        return [*large, "", self.plain] if large else [self.plain]
