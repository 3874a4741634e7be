"""One fact of a label set as a block of lines: how large, in what face, on how many lines."""

import re
from dataclasses import dataclass, replace

from rollertrack.labels.label_facts import LabelFacts, Role, one_line
from rollertrack.labels.layouts.layout import (
    BASELINE,
    Box,
    Face,
    Item,
    Measure,
    Rule,
    Text,
    Tick,
    inset,
    moved,
)
from rollertrack.labels.layouts.wrap import wrapped
from rollertrack.labels.media import Media

LINE_HEIGHT = 1.2
"""Height of a line of text, in sizes."""
CAPITALS_BEGIN = 0.2
"""Blank above the capitals within that height, in sizes."""
SMALLEST_TEXT = 1.9
"""In mm."""

_TICK_SIDE = 3.5
_TICK_PITCH = 4.1
_TICK_GROUP_GAP = 1.2
_TICK_GROUP = 5
_TICK_BEFORE = 0.5
MOST_TICKS = 40
"""Above this many uses the count is printed without boxes to tick."""
_WRITING_HEIGHT = 8.0
_RULE = 0.25
_DAY = re.compile("[^ ]*\u00a0[^ ]*")
"""A date in a text: no line may break in it."""


@dataclass(frozen=True, slots=True)
class Block:
    """One fact, set from column and row 0 on."""

    items: tuple[Item, ...]
    height: int
    before: int
    """Blank rows wanted above it, unless it stands first."""
    cut: bool = False
    """Its text did not fit whole."""
    spoilt: bool = False
    """It was cut and tells a half truth now; a name cut short still tells one thing from another."""


@dataclass(frozen=True, slots=True)
class _Style:
    """How a line is set, in mm: down to `least` before it is broken, on at most so many lines."""

    size: float
    face: Face = Face.REGULAR
    least: float = SMALLEST_TEXT
    most: int = 1
    before: float = 0.6
    inverse: bool = False
    whole: bool = False
    """Left out rather than cut short: half a length or half a date would be a wrong one."""
    a_name: bool = False
    head: bool = False


_STYLES = {
    Role.LENGTH: _Style(6.0, Face.BOLD, whole=True),
    Role.HEAD: _Style(5.0, Face.BOLD, least=3.4, most=2, a_name=True, head=True),
    Role.ACTION: _Style(12.0, Face.BOLD, least=8.0, most=2, head=True),
    Role.NAME: _Style(3.1, least=2.6, most=3, before=0.2, a_name=True),
    Role.PERSON: _Style(3.2, Face.BOLD, least=2.6, most=2, before=0.9, inverse=True, a_name=True),
    Role.BECAUSE: _Style(2.3, most=2, before=0.0),
    Role.USES: _Style(2.3, before=0.9),
    Role.DETAIL: _Style(2.3, most=4, before=0.8),
    Role.NOTICE: _Style(2.7, Face.BOLD, least=2.3, most=3, before=0.8),
}
_DATE = _Style(3.4, Face.BOLD, whole=True, before=0.9)
_CAPTION = _Style(2.3, whole=True)
_CODE = _Style(4.6, Face.CODE, before=0.8, whole=True)
_THREES = _Style(3.4, Face.CODE, before=0.8, whole=True)
_SMALLEST_CODE = 2.0
"""In mm; smaller letters of a code are set in threes, and larger."""


class Blocks:
    """Sets blocks of one width at one scale; a scale of 1 is what a roll gets."""

    def __init__(self, media: Media, measure: Measure, width: int, scale: float = 1.0) -> None:
        self._media = media
        self._measure = measure
        self._width = width
        self._scale = scale

    def block(self, role: Role, text: str, facts: LabelFacts) -> Block | None:
        """A fact as a block; None when it cannot be set in this width without a lie."""
        if role is Role.REPLACE:
            return self._date("Expires" if facts.expires else "Replace by", text)
        if role is Role.TICKS:
            return self._ticks(facts)
        if role is Role.WRITE:
            return self._writing(text)
        if role is Role.PERSON:
            return self._person(text, one_line(facts.person or ""))
        return self._text(text, _STYLES[role])

    def named(self, head: Block, name: str) -> Block | None:
        """A head of one line with a name after it on the same baseline; None when it is too long for that."""
        first, style = head.items[0], _STYLES[Role.NAME]
        if not isinstance(first, Text):
            return None
        across = first.box.width + first.size // 2
        size = self._size(name, style, self._width - across)
        if size is None:
            return None
        drop = round(first.size * BASELINE) - round(size * BASELINE)
        line = moved(self._line(name, size, style, 0), across, drop)
        return replace(head, items=(first, line))

    def letters(self, text: str) -> Block | None:
        """The letters of a code: on one line, or in threes where that would be too small."""
        one_line, threes = self.letter_forms(text)
        if one_line is None or threes is None:
            return one_line or threes
        return one_line if one_line.height >= self._media.dots(_SMALLEST_CODE) else threes

    def letter_forms(self, text: str) -> tuple[Block | None, Block | None]:
        """The letters of a code on one line and in threes, each None when it is too wide."""
        parts = text.split("-")
        size, large = self._size(text, _CODE), self._size(max(parts, key=len), _THREES)
        return (
            None if size is None else self._rows([text], size),
            None if large is None else self._rows(parts, large),
        )

    def _rows(self, parts: list[str], size: int) -> Block:
        # Capitals alone need no room for what hangs below a line.
        widths = [self._measure(part, size, Face.CODE) for part in parts]
        # Flush right, so that a mark before the first three stands apart from the code.
        boxes = (Box(max(widths) - width, line * size, width, size) for line, width in enumerate(widths))
        items = (Text(box, part, size, Face.CODE) for box, part in zip(boxes, parts, strict=True))
        return Block(tuple(items), size * len(parts), self._dots(_CODE.before))

    def _person(self, text: str, label: str) -> Block | None:
        """Whom it is for; where that takes two lines, the black bar says “only for” by itself."""
        full = self._text(text, _STYLES[Role.PERSON])
        if full is None or (len(full.items) == 1 and not full.cut):
            return full
        short = self._text(label, _STYLES[Role.PERSON])
        better = short is not None and (full.cut or len(short.items) < len(full.items))
        return short if better else full

    def _text(self, text: str, style: _Style) -> Block | None:
        size = self._size(text, style)
        if size is None and style.whole:
            return None
        size = size or self._broken_size(text, style)
        room = self._width - 2 * self._inset(style, size)
        if any(self._measure(day, size, style.face) > room for day in _DAY.findall(text)):
            return None
        lines = wrapped(text, room, style.most, lambda part: self._measure(part, size, style.face))
        if not lines:
            return None
        items = tuple(
            self._line(line, size, style, place * round(size * LINE_HEIGHT))
            for place, line in enumerate(lines)
        )
        cut = "".join("".join(lines).split()) != "".join(text.split())
        height = sum(item.box.height for item in items)
        return Block(items, height, self._dots(style.before), cut, cut and not style.a_name)

    def _date(self, caption: str, text: str) -> Block | None:
        """A caption and a date, beside each other where there is room, else below each other."""
        small, size = self._size(caption, _CAPTION), self._size(text, _DATE)
        if small is None or size is None:
            return None
        first, second = self._line(caption, small, _CAPTION, 0), self._line(text, size, _DATE, 0)
        across = first.box.width + size // 3
        if across + second.box.width <= self._width:
            drop = round(size * BASELINE) - round(small * BASELINE)
            first, second = moved(first, 0, drop), moved(second, across, 0)
        else:
            second = moved(second, 0, first.box.bottom)
        height = max(first.box.bottom, second.box.bottom)
        return Block((first, second), height, self._dots(_DATE.before))

    def _ticks(self, facts: LabelFacts) -> Block | None:
        """A box for each use, in groups of five where the width allows."""
        side, pitch, gap = (self._dots(mm) for mm in (_TICK_SIDE, _TICK_PITCH, _TICK_GROUP_GAP))
        group = pitch * _TICK_GROUP + gap
        groups = (self._width + gap + pitch - side) // group
        in_row = groups * _TICK_GROUP or (self._width + pitch - side) // pitch
        if not in_row:
            return None
        ticks = []
        for use in range(facts.uses_limit or 0):
            row, place = divmod(use, in_row)
            x = place // _TICK_GROUP * gap + place * pitch
            ticks.append(Tick(Box(x, row * pitch, side, side), use < facts.uses))
        return Block(tuple(ticks), ticks[-1].box.bottom, self._dots(_TICK_BEFORE))

    def _writing(self, text: str) -> Block | None:
        """A line to write on, with what to write there in small above its beginning."""
        size = self._size(text, _CAPTION)
        if size is None:
            return None
        height, thick = self._dots(_WRITING_HEIGHT), max(1, self._media.dots(_RULE))
        rule = Rule(Box(0, height - thick, self._width, thick))
        return Block((self._line(text, size, _CAPTION, 0), rule), height, self._dots(_CAPTION.before))

    def _line(self, text: str, size: int, style: _Style, y: int) -> Text:
        width = self._width if style.inverse else self._measure(text, size, style.face)
        return Text(Box(0, y, width, round(size * LINE_HEIGHT)), text, size, style.face, style.inverse)

    def _size(self, text: str, style: _Style, room: int | None = None) -> int | None:
        """The largest size in dots, from that of the style down to its least, at which a text fits."""
        room = self._width if room is None else room
        least = self._least(style)
        size = max(self._dots(style.size), least)
        while (width := self._measure(text, size, style.face) + 2 * self._inset(style, size)) > room:
            if size <= least:
                return None
            # Widths grow about as sizes do; the last few dots are tried one by one.
            size = max(least, min(size - 1, size * room // width + 1))
        return size

    def _broken_size(self, text: str, style: _Style) -> int:
        """The size of a text on several lines; a head is as large as its longest word allows."""
        longest = max(text.split(" "), key=lambda word: self._measure(word, self._least(style), style.face))
        fitting = self._size(longest, replace(style, least=SMALLEST_TEXT)) or self._least(style)
        return fitting if style.head else min(fitting, self._least(style))

    def _least(self, style: _Style) -> int:
        return max(self._dots(style.least), self._media.dots(SMALLEST_TEXT))

    def _inset(self, style: _Style, size: int) -> int:
        return inset(size) if style.inverse else 0

    def _dots(self, mm: float) -> int:
        return self._media.dots(mm * self._scale)
