"""A label that folds round a handle: the same code on both sides, back to back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rollertrack.errors import BadInput
from rollertrack.labels.label_facts import LabelFacts, lines
from rollertrack.labels.layouts.blocks import Block, Blocks
from rollertrack.labels.layouts.layout import Box, Item, Layout, Measure, Rule, Symbol, Text, moved
from rollertrack.labels.layouts.stacks import at
from rollertrack.labels.layouts.symbols import floors
from rollertrack.labels.media import Media
from rollertrack.labels.qr import LEVELS, QUIET_ZONE, modules_of

_FOLDS = (25.0, 20.0, 15.0)
"""In mm, what goes round the handle; the first is wished for, the last is the least."""
_LARGEST = 18.5
_SCALES = (1.0, 0.72, 0.0)
_MARK = 2.0
_HAIR = 0.15


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a flag: a code, and its letters below it or towards the fold."""

    level: str
    symbol: Symbol
    letters: tuple[Item, ...]
    width: int
    height: int


def place_flag(
    facts: LabelFacts, payload: str, media: Media, measure: Measure, *, mark: str = "",
    module: int | None = None,
) -> Layout:  # fmt: skip
    """A flag for facts: code and letters at both ends, and nothing but a mark to fold at between them.

    It lies across the label; on a roll too narrow for that, along the paper, with the second side upside
    down so that it stands upright when folded over. Raises BadInput where there is too little room.
    """
    text = lines(facts, mark)[0].text
    folds = _FOLDS if media.length is not None else _FOLDS[:1]
    for floor in floors(media, module):
        for level in LEVELS:
            modules = modules_of(payload, level)
            for fold in folds if modules is not None else ():
                room = (media.width - media.dots(fold)) // 2
                side = next(_sides(level, modules or 0, floor, room, text, media, measure), None)
                if side is not None:
                    return _across(side, media)
        if media.length is None and (along := _side_along(payload, floor, text, media, measure)):
            return _along(along, media)
    raise BadInput(
        "media",
        f"{media.name} is {media.mm(media.width):.1f} mm wide, too little for a flag with this code on both "
        f"sides and {_FOLDS[-1]:g} mm between them; a longer label or a roll is right",
    )


def _sides(
    level: str, modules: int, floor: int, room: int, text: str, media: Media, measure: Measure
) -> Iterator[_Side]:
    """The sides that fit in so many dots across, the one with the largest module first."""
    count = modules + 2 * QUIET_ZONE
    for module in range(min(room, media.dots(_LARGEST)) // count, floor - 1, -1):
        inset = max(0, media.margin - QUIET_ZONE * module)
        symbol = Symbol(Box(inset, inset, module * count, module * count), module)
        for scale in _SCALES:
            blocks = Blocks(media, measure, symbol.box.width - 2 * media.margin, scale)
            for side in _forms(level, symbol, blocks, text, media):
                if side.width <= room and (media.length is None or side.height <= media.length):
                    yield side


def _forms(level: str, symbol: Symbol, blocks: Blocks, text: str, media: Media) -> Iterator[_Side]:
    """The two ways to set letters: below the code, and in threes beside it."""
    box = symbol.box
    if below := blocks.letters(text):
        x = box.x + (box.width - _width(below)) // 2
        letters = tuple(at((below,), x, box.bottom - below.before))
        yield _Side(level, symbol, letters, box.right, box.bottom + below.height + media.margin)
    if beside := blocks.letter_forms(text)[1]:
        height = max(box.bottom + box.y, beside.height + 2 * media.margin)
        middled = moved(symbol, 0, (height - box.height) // 2 - box.y)
        letters = tuple(at((beside,), box.right, (height - beside.height) // 2 - beside.before))
        yield _Side(level, middled, letters, box.right + _width(beside), height)


def _across(side: _Side, media: Media) -> Layout:
    """Both sides beside each other, each with its code at the outer end."""
    height = side.height if media.length is None else media.length
    drop = (height - side.height) // 2
    symbol, letters = moved(side.symbol, 0, drop), [moved(item, 0, drop) for item in side.letters]
    left, right = min(item.box.x for item in letters), max(item.box.right for item in letters)
    mirrored = media.width - left - right
    second = moved(symbol, media.width - symbol.box.x - symbol.box.right, 0)
    tick, hair = media.dots(_MARK), max(1, media.dots(_HAIR))
    marks = [
        Rule(Box((media.width - hair) // 2, y, hair, tick))
        for y in (media.margin, height - media.margin - tick)
    ]
    items = (symbol, second, *letters, *(moved(item, mirrored, 0) for item in letters), *marks)
    return Layout(media.width, height, items, side.level)


def _side_along(payload: str, floor: int, text: str, media: Media, measure: Measure) -> _Side | None:
    """A side as wide as the roll, its letters right of the code; None when the roll is too narrow."""
    level = next((level for level in LEVELS if modules_of(payload, level)), LEVELS[-1])
    count = (modules_of(payload, level) or 0) + 2 * QUIET_ZONE
    module = max(floor, media.dots(_LARGEST) // count)
    side, inset = module * count, max(0, media.margin - QUIET_ZONE * module)
    room = media.width - side - 2 * media.margin
    block = Blocks(media, measure, room).letters(text) if room > 0 else None
    if block is None or block.height > side - 2 * max(0, media.margin - inset):
        return None
    x = (media.width - side - _width(block)) // 2
    symbol = Symbol(Box(x, inset, side, side), module)
    letters = tuple(at((block,), x + side, inset + (side - block.height) // 2 - block.before))
    return _Side(level, symbol, letters, media.width, inset + side)


def _along(side: _Side, media: Media) -> Layout:
    """Both sides below each other, the second upside down."""
    height = 2 * side.height + media.dots(_FOLDS[0])
    first = (side.symbol, *side.letters)
    tick, hair = media.dots(_MARK), max(1, media.dots(_HAIR))
    marks = [
        Rule(Box(x, (height - hair) // 2, tick, hair))
        for x in (media.margin, media.width - media.margin - tick)
    ]
    items = (*first, *(_turned(item, media.width, height) for item in first), *marks)
    return Layout(media.width, height, items, side.level)


def _turned(item: Item, width: int, height: int) -> Item:
    """The same item seen from the other end of the label."""
    box = item.box
    there = replace(item, box=Box(width - box.right, height - box.bottom, box.width, box.height))
    return replace(there, upside_down=True) if isinstance(there, Text) else there


def _width(block: Block) -> int:
    return max(item.box.right for item in block.items)
