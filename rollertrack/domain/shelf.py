"""A count of the shelf: what should lie there, ticked scan by scan; nothing is written before its end."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple


class Expected(NamedTuple):
    """Something that a count should find: a roller by its code, or a pack whose pieces have none.

    `product` is the stream of what it is of, `newest` when anything was entered of it last.
    """

    code: str
    name: str
    product: str
    state: str
    newest: int


class Tick(Enum):
    """What a scan of a count turned out to be."""

    FOUND = auto()
    TWICE = auto()
    UNEXPECTED = auto()
    OTHER_KIND = auto()
    UNKNOWN = auto()


class Seen(NamedTuple):
    """One scan of a count: what it was, the code it named, and what there is to say of it."""

    tick: Tick
    code: str
    name: str = ""
    state: str = ""


class Count(NamedTuple):
    """How far a count has come; `seen` is every scan in order, the last one last."""

    expected: Mapping[str, Expected]
    seen: tuple[Seen, ...] = ()

    def after(self, scan: Seen) -> "Count":
        """With one scan more; what was counted already is counted once."""
        if scan.tick in {Tick.FOUND, Tick.UNEXPECTED} and scan.code in self.codes:
            scan = scan._replace(tick=Tick.TWICE)
        return self._replace(seen=(*self.seen, scan))

    def without_last(self) -> "Count":
        """With the last scan taken back."""
        return self._replace(seen=self.seen[:-1])

    @property
    def codes(self) -> frozenset[str]:
        """What was counted."""
        return frozenset(each.code for each in self.seen if each.tick in {Tick.FOUND, Tick.UNEXPECTED})

    @property
    def found(self) -> int:
        """How much of what should be there was counted."""
        return len(self.codes & self.expected.keys())

    @property
    def missing(self) -> Sequence[Expected]:
        """What should be there and was not counted."""
        return [each for code, each in self.expected.items() if code not in self.codes]

    def of(self, tick: Tick) -> Sequence[Seen]:
        """The scans that turned out so, each code or text once but for those counted twice."""
        found = [each for each in self.seen if each.tick is tick]
        return found if tick is Tick.TWICE else list({each.code: each for each in found}.values())
