"""Where everything on a label stands, in whole dots; pure, so every placement can be tested."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rollertrack.errors import BadInput
from rollertrack.labels.media import Media
from rollertrack.labels.payload import LabelFacts, Line, Role, lines
from rollertrack.labels.qr import QUIET_ZONE
from rollertrack.labels.wrap import wrapped

_LINE_HEIGHT = 1.2
"""Height of a line of text, in sizes."""
_CAPITALS_BEGIN = 0.2
"""Blank above the capitals within that height, in sizes."""

# All in mm, so that a label looks the same from every printer.
_SMALLEST_MODULE = 0.5
_LARGEST_CODE = 28.0
_GAP = 1.0
_TICK_SIDE = 3.5
_TICK_PITCH = 4.1
_TICK_GROUP_GAP = 1.2
_TICK_GROUP = 5
MOST_TICKS = 40
"""Above this many uses the count is printed without boxes to tick."""
_CODE_SHARE = 0.46
_WIDEST_SHARE = 0.6


class Face(StrEnum):
    """The three ways text is drawn."""

    REGULAR = "regular"
    BOLD = "bold"
    CODE = "code"


Measure = Callable[[str, int, Face], int]
"""The width in dots of a text at a size in dots."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of dots; x and y are its top left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column to the right of it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text, drawn within its box and never outside it."""

    box: Box
    text: str
    size: int
    face: Face
    inverse: bool = False
    """White on a black bar, set in from its left end by `inset` dots."""

    @property
    def inset(self) -> int:
        """Dots between the left edge of the box and the text."""
        return self.size // 3 if self.inverse else 0


@dataclass(frozen=True, slots=True)
class Symbol:
    """The QR code with its quiet zone; a module is a square of `module` dots."""

    box: Box
    module: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A box to tick with a pen after a use, or one already ticked."""

    box: Box
    ticked: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """A label of width x height dots and what stands on it."""

    width: int
    height: int
    items: tuple[Text | Symbol | Tick, ...]


@dataclass(frozen=True, slots=True)
class _Style:
    """How a line is set: sizes in mm, at most so many lines of it."""

    size: float
    face: Face = Face.REGULAR
    most: int = 1
    before: float = 0.0
    inverse: bool = False
    whole: bool = False
    """Set smaller rather than cut short: half a length or half a date would be a wrong one."""


_BESIDE = {
    Role.HEAD: _Style(6.0, Face.BOLD, whole=True),
    Role.NAME: _Style(3.1, most=2, before=0.4),
    Role.REPLACE: _Style(3.4, Face.BOLD, before=0.2, whole=True),
    Role.BECAUSE: _Style(2.3, most=2),
}
_BELOW = {
    Role.PERSON: _Style(3.4, Face.BOLD, most=2, inverse=True),
    Role.USES: _Style(2.3),
    Role.DETAIL: _Style(2.3, most=2),
    Role.NOTICE: _Style(2.8, Face.BOLD, most=2),
}
_CAPTION = _Style(2.3, before=1.0)
_CODE = _Style(4.6, Face.CODE, whole=True)
_SMALLEST_TEXT = 1.9


def place(facts: LabelFacts, modules: int, media: Media, measure: Measure) -> Layout:
    """A label for facts whose QR code is `modules` wide.

    On media of a fixed length the least important lines are left out until the rest fits; BadInput
    says so when not even the code and its letters do.
    """
    every = lines(facts)
    for kept in range(len(every), 0, -1):
        layout = _Setter(media, measure).label(facts, every[:kept], modules)
        if media.length is None:
            return layout
        if layout.height <= media.length:
            return Layout(layout.width, media.length, layout.items)
    raise BadInput("media", f"{media.name} is too short for a label with a code that can be scanned")


class _Setter:
    """Sets one label from the top down."""

    def __init__(self, media: Media, measure: Measure) -> None:
        self._media = media
        self._measure = measure
        self._items: list[Text | Symbol | Tick] = []

    def label(self, facts: LabelFacts, wanted: Sequence[Line], modules: int) -> Layout:
        texts = dict(wanted)
        margin = self._media.margin
        left, y = self._code(texts[Role.CODE], modules)
        beside = self._beside(texts, Box(margin, 0, left - 2 * margin, 0), y)
        y = max(self._bottom(), beside) + self._media.dots(_GAP)
        self._below(texts, facts, y)
        return Layout(self._media.width, self._bottom() + margin, tuple(self._items))

    def _bottom(self) -> int:
        return max(item.box.bottom for item in self._items)

    def _code(self, text: str, modules: int) -> tuple[int, int]:
        """Put the QR code top right and its letters under it; where text may end, and where ink begins."""
        media = self._media
        module = self._module(modules)
        side = module * (modules + 2 * QUIET_ZONE)
        column = max(side, self._column())
        left = media.width - column
        self._items.append(Symbol(Box(left + (column - side) // 2, 0, side, side), module))
        size = self._size(text, _CODE, column - 2 * media.margin)
        width = self._measure(text, size, Face.CODE)
        box = Box(left + (column - width) // 2, side, width, round(size * _LINE_HEIGHT))
        self._items.append(Text(box, text, size, Face.CODE))
        return left, module * QUIET_ZONE

    def _column(self) -> int:
        media = self._media
        return min(int(media.width * _CODE_SHARE), media.dots(_LARGEST_CODE))

    def _module(self, modules: int) -> int:
        """Dots in a module: as large as the column allows, never smaller than a scanner reads."""
        media = self._media
        count = modules + 2 * QUIET_ZONE
        module = max(self._column() // count, media.dots(_SMALLEST_MODULE))
        if module * count > media.width * _WIDEST_SHARE:
            raise BadInput(
                "link base", f"makes a QR code too wide for a {media.name} label; a shorter address is right"
            )
        return module

    def _beside(self, texts: dict[Role, str], column: Box, ink: int) -> int:
        """Set the lines left of the QR code, their capitals level with its ink; where they end."""
        first = self._size(texts.get(Role.HEAD, ""), _BESIDE[Role.HEAD], column.width)
        y = max(self._media.margin, ink - round(first * _CAPITALS_BEGIN))
        y = self._set(texts.get(Role.HEAD), _BESIDE[Role.HEAD], column, y)
        y = self._set(texts.get(Role.NAME), _BESIDE[Role.NAME], column, y)
        if Role.REPLACE in texts:
            y = self._set("Replace by", _CAPTION, column, y)
            y = self._set(texts[Role.REPLACE], _BESIDE[Role.REPLACE], column, y)
        return self._set(texts.get(Role.BECAUSE), _BESIDE[Role.BECAUSE], column, y)

    def _below(self, texts: dict[Role, str], facts: LabelFacts, y: int) -> None:
        """Set what runs over the whole width."""
        margin, gap = self._media.margin, self._media.dots(_GAP)
        band = Box(margin, 0, self._media.width - 2 * margin, 0)
        for role, style in _BELOW.items():
            text = texts.get(role)
            if not text:
                continue
            y = self._set(text, style, band, y)
            if role is Role.USES:
                y = self._ticks(facts, band, y)
            y += gap

    def _set(self, text: str | None, style: _Style, column: Box, y: int) -> int:
        """Set one text in a column from row y on; the row where the next may begin."""
        if not text:
            return y
        y += self._media.dots(style.before)
        size = self._size(text, style, column.width)
        height = round(size * _LINE_HEIGHT)
        inset = Text(column, "", size, style.face, style.inverse).inset
        room = column.width - 2 * inset
        for line in wrapped(text, room, style.most, lambda part: self._measure(part, size, style.face)):
            width = column.width if style.inverse else self._measure(line, size, style.face)
            box = Box(column.x, y, width, height)
            self._items.append(Text(box, line, size, style.face, style.inverse))
            y += height
        return y

    def _size(self, text: str, style: _Style, room: int) -> int:
        """The size in dots to set a text at: that of its style, or less when it must stay whole."""
        size, smallest = self._media.dots(style.size), self._media.dots(_SMALLEST_TEXT)
        while style.whole and size > smallest and self._measure(text, size, style.face) > room:
            size -= 1
        return size

    def _ticks(self, facts: LabelFacts, band: Box, y: int) -> int:
        """Set a box for each use, in groups of five; the row where the next may begin."""
        limit = facts.uses_limit or 0
        if limit > MOST_TICKS:
            return y
        media = self._media
        side, pitch = media.dots(_TICK_SIDE), media.dots(_TICK_PITCH)
        group = pitch * _TICK_GROUP + media.dots(_TICK_GROUP_GAP)
        groups_in_row = max(1, (band.width + group - (_TICK_GROUP - 1) * pitch - side) // group)
        y += media.dots(_GAP) // 2
        for use in range(limit):
            row, place_in_row = divmod(use, groups_in_row * _TICK_GROUP)
            across = place_in_row // _TICK_GROUP * group + place_in_row % _TICK_GROUP * pitch
            box = Box(band.x + across, y + row * pitch, side, side)
            self._items.append(Tick(box, use < facts.uses))
        return self._bottom()
