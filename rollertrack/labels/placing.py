"""A label put together: its codes at the right or above, and facts beside them as room allows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rollertrack.labels.blocks import MOST_TICKS, SMALLEST_TEXT, Blocks
from rollertrack.labels.layout import Box, Face, Item, Layout, Measure, Symbol
from rollertrack.labels.media import Media
from rollertrack.labels.payload import LabelFacts, Line, Role, lines
from rollertrack.labels.qr import QUIET_ZONE
from rollertrack.labels.stacks import ROWS, Group, Row, Stacks, at, group_of, height_of, lead_of
from rollertrack.labels.symbols import Codes, Footprint, chosen

_BAND_GAP = 1.0
_PRICE = 8.0
"""In mm of paper, for showing a text whole."""
_MOST_AIR = 1.2
"""In mm; no more blank than this is added between two facts."""


def place(
    facts: LabelFacts, payload: str, media: Media, measure: Measure, *, mark: str = "",
    module: int | None = None,
) -> Layout:  # fmt: skip
    """A label for facts whose QR code holds `payload`, with a generation mark before its letters.

    On media of a fixed length the facts that matter least are left out until the rest fits. `module` is
    the least dots a module that the printer was proved with. Raises BadInput with the numbers when not
    even the code and its letters fit.
    """
    wanted = list(lines(facts, mark))
    if 0 < (facts.uses_limit or 0) <= MOST_TICKS:
        wanted.append(Line(Role.TICKS, ""))
    codes = chosen(payload, media, footprints(wanted[0].text, media, measure), module)
    setter = _Setter(facts, media, measure, codes)
    if codes.tower:
        return setter.tower(wanted)
    return setter.roll(wanted) if media.length is None else setter.side(wanted, media.length)


def footprints(letters: str, media: Media, measure: Measure) -> tuple[Footprint, ...]:
    """The least room for the letters of a code: on one line, or in threes."""
    size, threes = media.dots(SMALLEST_TEXT), letters.split("-")
    widest = max(measure(part, size, Face.CODE) for part in threes)
    return Footprint(measure(letters, size, Face.CODE), size), Footprint(widest, size * len(threes))


class _Setter:
    """Sets one label around its codes."""

    def __init__(self, facts: LabelFacts, media: Media, measure: Measure, codes: Codes) -> None:
        self._facts = facts
        self._media = media
        self._measure = measure
        self._codes = codes
        self._left = media.width - codes.side - codes.inset
        """Where the column of codes begins when they stand right of the text."""

    def side(self, wanted: Sequence[Line], length: int) -> Layout:
        """A label of fixed length with its codes at the right."""
        margin, codes = self._media.margin, self._codes
        top = (length - codes.stacked) // (3 if codes.twin else 2)
        rows = (top, length - top - codes.side) if codes.twin else (top,)
        symbols = [self._symbol(self._left, y) for y in rows]
        room = Box(margin, margin, self._left - margin, length - 2 * margin)
        stack = self._stacks().fitting(wanted, room.width, room.height)
        # Capitals begin level with the ink of the code, and letters end with it, if they can.
        begin, end = max(margin, symbols[0].ink.y - stack.lead), symbols[-1].ink.bottom
        if stack.height > end - begin:
            begin = max(margin, (length - stack.height - stack.lead) // 2)
            end = begin + stack.height
        frame = Box(room.x, begin, room.width, end - begin)
        return self._layout(length, [*symbols, *stack.items(frame, self._media.dots(_MOST_AIR))])

    def tower(self, wanted: Sequence[Line]) -> Layout:
        """A narrow label with its code above the text, and the second below it."""
        media, codes = self._media, self._codes
        width, top = media.width - 2 * media.margin, codes.side + codes.inset
        below = top if codes.twin else media.margin
        room = None if media.length is None else media.length - top - below
        stack = self._stacks().fitting(wanted, width, room)
        frame = Box(media.margin, top, width, stack.height if room is None else room)
        rows = (codes.inset, frame.bottom)[: 1 + codes.twin]
        symbols = [self._symbol((media.width - codes.side) // 2, y) for y in rows]
        return self._layout(frame.bottom + below, [*symbols, *stack.items(frame, media.dots(_MOST_AIR))])

    def roll(self, wanted: Sequence[Line]) -> Layout:
        """A label as long as it needs to be: facts beside the codes, the rest over the whole width."""
        media, margin = self._media, self._media.margin
        codes, texts = self._code_column(wanted[0].text), dict(wanted[1:])
        rows = [row for row in ROWS if row[0] in texts]
        narrow = self._groups(rows, texts, self._left - margin)
        wide = self._groups(rows, texts, media.width - 2 * margin)
        top = self._codes.inset + self._codes.module * QUIET_ZONE
        if narrow and narrow[0]:
            top = max(margin - narrow[0][0].before, top - lead_of(narrow[0]))

        def cost(beside: int) -> int:
            """The length of the label with so many groups beside the codes, and the price of what is lost."""
            groups = narrow[:beside] + wide[beside:]
            column = top + sum(map(height_of, narrow[:beside]))
            length = max(column, _bottom(codes)) + sum(map(height_of, wide[beside:]))
            lost = sum(2 * (not group) + sum(block.cut for block in group) for group in groups)
            return length + lost * media.dots(_PRICE)

        beside = min(range(len(rows), -1, -1), key=cost)
        items = [*codes, *_column(narrow[:beside], margin, top)]
        items += _column(wide[beside:], margin, _bottom(items) + media.dots(_BAND_GAP))
        return self._layout(_bottom(items) + margin, items)

    def _groups(self, rows: Sequence[Row], texts: Mapping[Role, str], width: int) -> list[Group]:
        blocks = Blocks(self._media, self._measure, width)
        return [group_of(row, texts, blocks, self._facts) for row in rows]

    def _code_column(self, letters: str) -> list[Item]:
        """The codes with their letters between them."""
        codes, media = self._codes, self._media
        first = self._symbol(self._left, codes.inset)
        items: list[Item] = [first]
        if block := Blocks(media, self._measure, codes.side - 2 * media.margin).letters(letters):
            width = max(item.box.right for item in block.items)
            x = self._left + (codes.side - width) // 2
            items += at((block,), x, first.box.bottom - block.before)
        return items + [self._symbol(self._left, _bottom(items))] * codes.twin

    def _stacks(self) -> Stacks:
        return Stacks(self._facts, self._media, self._measure)

    def _symbol(self, x: int, y: int) -> Symbol:
        return Symbol(Box(x, y, self._codes.side, self._codes.side), self._codes.module)

    def _layout(self, height: int, items: Iterable[Item]) -> Layout:
        return Layout(self._media.width, height, tuple(items), self._codes.level)


def _column(groups: Iterable[Group], x: int, y: int) -> Iterator[Item]:
    """Groups one below the other from row y on."""
    for group in groups:
        yield from at(group, x, y)
        y += height_of(group)


def _bottom(items: Iterable[Item]) -> int:
    return max(item.box.bottom for item in items)
