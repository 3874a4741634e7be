"""The way in for services: from the facts of a label to its picture."""

from collections.abc import Iterable, Sequence

from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.label_facts import LabelFacts, Line, Role, lines, qr_text
from rollertrack.labels.layouts.blocks import MOST_TICKS, SMALLEST_TEXT
from rollertrack.labels.layouts.flag import place_flag
from rollertrack.labels.layouts.layout import Box, Face, Item, Layout, Measure, Symbol
from rollertrack.labels.layouts.rolls import Roll
from rollertrack.labels.layouts.stacks import Stacks
from rollertrack.labels.layouts.symbols import Codes, Footprint, chosen
from rollertrack.labels.media import Media
from rollertrack.labels.qr import matrix

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
    if media.length is None and not codes.tower:
        return Roll(facts, media, measure, codes).label(wanted)
    setter = _Setter(facts, media, measure, codes)
    return setter.tower(wanted) if codes.tower or media.length is None else setter.side(wanted, media.length)


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
        slack = length - codes.stacked - 2 * codes.inset
        top = codes.inset + slack // (3 if codes.twin else 2)
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

    def _stacks(self) -> Stacks:
        return Stacks(self._facts, self._media, self._measure)

    def _symbol(self, x: int, y: int) -> Symbol:
        return Symbol(Box(x, y, self._codes.side, self._codes.side), self._codes.module)

    def _layout(self, height: int, items: Iterable[Item]) -> Layout:
        return Layout(self._media.width, height, tuple(items), self._codes.level, self._codes.modules)


def render(
    facts: LabelFacts, media: Media, link_base: str | None = None, *, mark: str = "", flag: bool = False,
    module: int | None = None,
) -> Bitmap:  # fmt: skip
    """The picture of a label, the very dots that are previewed, printed and written.

    `mark` is the generation mark of a reprint, `flag` asks for a label that folds round a handle, and
    `module` is the least dots a module that the printer was proved with. Raises BadInput for a link base
    that is malformed, and for a label that does not fit the media.
    """
    # Pillow is loaded with the first picture, not with the program.
    from rollertrack.labels import fonts, raster

    payload = qr_text(facts.code, link_base, mark)
    layout = (place_flag if flag else place)(facts, payload, media, fonts.measure, mark=mark, module=module)
    return raster.draw(layout, matrix(payload, layout.level, layout.modules))
