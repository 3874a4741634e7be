"""Facts stacked in a column: which of them fit, how large, and how they share the room."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rollertrack.labels.label_facts import LabelFacts, Line, Role
from rollertrack.labels.layouts.blocks import CAPITALS_BEGIN, Block, Blocks
from rollertrack.labels.layouts.layout import Box, Item, Measure, Text, moved
from rollertrack.labels.media import Media

Row = tuple[Role, ...]
# From the top down; a fact goes with the first of its row or not at all.
ROWS: tuple[Row, ...] = (
    (Role.ACTION,), (Role.LENGTH,), (Role.HEAD,), (Role.NAME,), (Role.PERSON,), (Role.REPLACE, Role.BECAUSE),
    (Role.USES, Role.TICKS), (Role.DETAIL,), (Role.NOTICE,), (Role.WRITE,),
)  # fmt: skip
_FIRST = {role: row[0] for row in ROWS for role in row}
_ORDER = {role: place for place, role in enumerate(_FIRST)}
# For the other facts, text is not set as small as it may be.
_MATTERS = frozenset(
    {
        Role.ACTION,
        Role.LENGTH,
        Role.HEAD,
        Role.NAME,
        Role.PERSON,
        Role.REPLACE,
        Role.WRITE,
        Role.DETAIL,
        Role.NOTICE,
    }
)
LARGER = (1.5, 1.3, 1.15)
"""Scales for labels with little to say."""
_SMALLER = (0.85, 0.72)
_SMALLEST, _WIDE = 0.58, 25.0
"""A scale only for columns so many mm wide, where even small text stands on one line."""
_COMFORTABLE = 0.85
_ABSENT, _CUT, _WHOLE = range(3)

Group = tuple[Block, ...]
"""Blocks that belong together; never empty."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Groups from the top down, the letters of the code at the end."""

    groups: tuple[Group, ...]
    letters: Block

    @property
    def height(self) -> int:
        """Rows it needs; the first block stands at the very top."""
        asked = sum(height_of(group) for group in self.groups) + height_of((self.letters,))
        return asked - (self.groups[0][0] if self.groups else self.letters).before

    @property
    def lead(self) -> int:
        """Blank rows above the first capitals."""
        first = self.groups[0] if self.groups else (self.letters,)
        return lead_of(first) - first[0].before

    def items(self, frame: Box, most_air: int) -> Iterator[Item]:
        """The facts from the top of a frame, up to `most_air` rows further apart; the letters at its end."""
        air = min(most_air, (frame.height - self.height) // max(1, len(self.groups)))
        y = frame.y - (self.groups[0][0].before if self.groups else 0)
        for group in self.groups:
            yield from at(group, frame.x, y)
            y += height_of(group) + air
        yield from at((self.letters,), frame.x, frame.bottom - height_of((self.letters,)))


def height_of(group: Group) -> int:
    """Rows of a group with the blank above each of its blocks."""
    return sum(block.before + block.height for block in group)


def lead_of(group: Group) -> int:
    """Blank rows before the ink of a group begins: what it asks for, and what is above capitals."""
    first = group[0].items[0]
    blank = first.size * CAPITALS_BEGIN if isinstance(first, Text) and not first.inverse else 0
    return group[0].before + round(blank)


def at(group: Group, x: int, y: int) -> Iterator[Item]:
    """The items of a group whose blank begins at row y."""
    for block in group:
        y += block.before
        for item in block.items:
            yield moved(item, x, y)
        y += block.height


def group_of(row: Row, wanted: Mapping[Role, str], blocks: Blocks, facts: LabelFacts) -> Group:
    """The blocks of one row of facts; empty when the first of them is not wanted or cannot be set."""
    group: list[Block] = []
    for role in row:
        block = blocks.block(role, wanted[role], facts) if role in wanted else None
        if block is None and not group:
            return ()
        if block is not None:
            group.append(block)
    return tuple(group)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What fits at one scale; `worth` says how each fact is shown, the most important first."""

    stack: Stack
    scale: float
    worth: Mapping[Role, int]

    @property
    def rank(self) -> tuple[object, ...]:
        """The better attempt has the higher one."""
        matters = tuple(shown for role, shown in self.worth.items() if role in _MATTERS)
        return matters, min(self.scale, _COMFORTABLE), tuple(self.worth.values()), self.scale

    @property
    def complete(self) -> bool:
        """Whether every fact is shown whole."""
        return all(shown == _WHOLE for shown in self.worth.values())

    @property
    def satisfied(self) -> bool:
        """Whether every fact that matters is shown whole."""
        return all(shown == _WHOLE for role, shown in self.worth.items() if role in _MATTERS)


class _Filling:
    """A stack that facts are added to as long as they fit."""

    def __init__(self, facts: LabelFacts, blocks: Blocks, letters: Block, height: int | None) -> None:
        self._facts = facts
        self._blocks = blocks
        self._height = height
        self._found: dict[Role, Block] = {}
        self._taken = letters.before + letters.height

    def add(self, role: Role, text: str) -> int:
        """Add a fact if it fits, and makes sense without those that did not; how it is shown then."""
        if _FIRST[role] is not role and _FIRST[role] not in self._found:
            return _ABSENT
        block = self._blocks.block(role, text, self._facts)
        if block is None or (block.spoilt and self._height is not None):
            return _ABSENT
        if not self._fits(role, block):
            return self._name_beside(text) if role is Role.NAME else _ABSENT
        self._found[role] = block
        self._taken += block.before + block.height
        return _CUT if block.cut else _WHOLE

    @property
    def groups(self) -> tuple[Group, ...]:
        """What was added, from the top down."""
        groups = (tuple(self._found[role] for role in row if role in self._found) for row in ROWS)
        return tuple(filter(None, groups))

    def _fits(self, role: Role, block: Block) -> bool:
        top = min((role, *self._found), key=_ORDER.__getitem__)
        unneeded = (block if top is role else self._found[top]).before
        taken = self._taken + block.before + block.height - unneeded
        return self._height is None or taken <= self._height

    def _name_beside(self, name: str) -> int:
        """Set a name after the needle length, where a line of its own is too much."""
        length = self._found.get(Role.LENGTH)
        named = self._blocks.named(length, name) if length else None
        if named is None:
            return _ABSENT
        self._found[Role.LENGTH] = named
        return _WHOLE


class Stacks:
    """Finds the best stack for a column of some width and height."""

    def __init__(self, facts: LabelFacts, media: Media, measure: Measure) -> None:
        self._facts = facts
        self._media = media
        self._measure = measure

    def fitting(self, wanted: Sequence[Line], width: int, height: int | None) -> Stack:
        """The stack with the most facts at the largest size; with no height given, all of them."""
        best = self._at_scale(wanted, width, height, 1.0)
        if height is not None:
            smaller = _SMALLER if width < self._media.dots(_WIDE) else (*_SMALLER, _SMALLEST)
            for scale in LARGER if best and best.complete else smaller:
                if best and best.satisfied and scale < _COMFORTABLE:
                    break
                found = self._at_scale(wanted, width, height, scale)
                if found and (best is None or found.rank > best.rank):
                    best = found
                    if scale > 1:
                        break
        return best.stack if best else self._letters_alone(wanted[0], width, height)

    def _at_scale(
        self, wanted: Sequence[Line], width: int, height: int | None, scale: float
    ) -> _Attempt | None:
        """As many of the wanted facts as fit at one scale; None when the letters of the code do not."""
        blocks = Blocks(self._media, self._measure, width, scale)
        letters = blocks.letters(wanted[0].text)
        if letters is None or (height is not None and letters.height > height):
            return None
        filling = _Filling(self._facts, blocks, letters, height)
        worth = {role: filling.add(role, text) for role, text in wanted[1:]}
        return _Attempt(Stack(filling.groups, letters), scale, worth)

    def _letters_alone(self, line: Line, width: int, height: int | None) -> Stack:
        """The smallest letters, in the form that fits; the choice of codes has made sure that one does."""
        forms = Blocks(self._media, self._measure, width, 0.0).letter_forms(line.text)
        found = [form for form in forms if form is not None]
        return Stack((), next((form for form in found if height is None or form.height <= height), found[-1]))
