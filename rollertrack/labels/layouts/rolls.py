"""A label from a roll, as long as it needs to be: facts beside the codes, the rest over the whole width."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rollertrack.labels.label_facts import LabelFacts, Line, Role
from rollertrack.labels.layouts.blocks import Blocks
from rollertrack.labels.layouts.layout import Box, Item, Layout, Measure, Symbol
from rollertrack.labels.layouts.stacks import LARGER, ROWS, Group, Row, at, group_of, height_of, lead_of
from rollertrack.labels.layouts.symbols import Codes
from rollertrack.labels.media import Media
from rollertrack.labels.qr import QUIET_ZONE

_BAND_GAP = 1.0
_PRICE = 8.0
"""In mm of paper, for showing a text whole."""


class Roll:
    """Sets one label beside its codes."""

    def __init__(self, facts: LabelFacts, media: Media, measure: Measure, codes: Codes) -> None:
        self._facts = facts
        self._media = media
        self._measure = measure
        self._codes = codes
        self._left = media.width - codes.side - codes.inset
        """Where the column of codes begins."""

    def label(self, wanted: Sequence[Line]) -> Layout:
        """The label with all wanted facts; the first of them is the letters of the code."""
        media, margin = self._media, self._media.margin
        codes, texts = self._code_column(wanted[0].text), dict(wanted[1:])
        rows = [row for row in ROWS if row[0] in texts]
        beside, below = self._large(rows, texts, _bottom(codes)), list[Group]()
        if beside is None:
            beside, below = self._split(rows, texts, _bottom(codes))
        items = [*codes, *_column(beside, margin, self._top(beside))]
        items += _column(below, margin, _bottom(items) + media.dots(_BAND_GAP))
        return Layout(
            media.width, _bottom(items) + margin, tuple(items), self._codes.level, self._codes.modules
        )

    def _large(self, rows: Sequence[Row], texts: Mapping[Role, str], end: int) -> list[Group] | None:
        """All facts larger than usual beside the codes, where there are so few of them; else None."""
        for scale in LARGER:
            groups = self._groups(rows, texts, self._left - self._media.margin, scale)
            if not _lost(groups) and self._top(groups) + _height(groups) <= end:
                return groups
        return None

    def _split(
        self, rows: Sequence[Row], texts: Mapping[Role, str], end: int
    ) -> tuple[list[Group], list[Group]]:
        """The facts beside the codes and those below them, so that the label is short and little is cut."""
        narrow = self._groups(rows, texts, self._left - self._media.margin)
        wide = self._groups(rows, texts, self._media.width - 2 * self._media.margin)

        def price(count: int) -> int:
            beside, below = narrow[:count], wide[count:]
            length = max(end, self._top(beside) + _height(beside)) + _height(below)
            return length + _lost(beside + below) * self._media.dots(_PRICE)

        best = min(range(len(rows), -1, -1), key=price)
        return narrow[:best], wide[best:]

    def _groups(
        self, rows: Sequence[Row], texts: Mapping[Role, str], width: int, scale: float = 1.0
    ) -> list[Group]:
        blocks = Blocks(self._media, self._measure, width, scale)
        return [group_of(row, texts, blocks, self._facts) for row in rows]

    def _top(self, groups: Sequence[Group]) -> int:
        """Where the first of some groups begins, so that its ink is level with that of the code."""
        ink = self._codes.inset + self._codes.module * QUIET_ZONE
        first = next(filter(None, groups), None)
        return ink if first is None else max(self._media.margin - first[0].before, ink - lead_of(first))

    def _code_column(self, letters: str) -> list[Item]:
        """The codes with their letters between them."""
        codes, media = self._codes, self._media
        first = Symbol(Box(self._left, codes.inset, codes.side, codes.side), codes.module)
        items: list[Item] = [first]
        if block := Blocks(media, self._measure, codes.side - 2 * media.margin).letters(letters):
            width = max(item.box.right for item in block.items)
            x = self._left + (codes.side - width) // 2
            items += at((block,), x, first.box.bottom - block.before)
        second = Box(self._left, _bottom(items), codes.side, codes.side)
        return items + [Symbol(second, codes.module)] * codes.twin


def _lost(groups: Sequence[Group]) -> int:
    """How much of the facts is not shown: one for a text that is cut, two for one that cannot be set."""
    return sum(2 * (not group) + sum(block.cut for block in group) for group in groups)


def _height(groups: Sequence[Group]) -> int:
    return sum(map(height_of, groups))


def _column(groups: Iterable[Group], x: int, y: int) -> Iterator[Item]:
    for group in groups:
        yield from at(group, x, y)
        y += height_of(group)


def _bottom(items: Iterable[Item]) -> int:
    return max(item.box.bottom for item in items)
