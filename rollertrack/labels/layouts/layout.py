"""What stands on a label and where, in whole dots: the values that are drawn."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from rollertrack.labels.qr import QUIET_ZONE

BASELINE = 0.93
"""From the top of a line of text to its baseline, in sizes."""


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

    def moved(self, right: int, down: int) -> "Box":
        """The same rectangle elsewhere."""
        return Box(self.x + right, self.y + down, self.width, self.height)


def inset(size: int) -> int:
    """Dots between either end of a black bar and the white text on it."""
    return size // 3


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text, drawn within its box and never outside it."""

    box: Box
    text: str
    size: int
    face: Face
    inverse: bool = False
    """White on a black bar, set in from its left end by `inset` dots."""
    upside_down: bool = False

    @property
    def inset(self) -> int:
        """Dots between the left edge of the box and the text."""
        return inset(self.size) if self.inverse else 0


@dataclass(frozen=True, slots=True)
class Symbol:
    """The QR code with its quiet zone, which two codes may share; a module is a square of `module` dots."""

    box: Box
    module: int

    @property
    def ink(self) -> Box:
        """The box without the quiet zone."""
        quiet, box = self.module * QUIET_ZONE, self.box
        return Box(box.x + quiet, box.y + quiet, box.width - 2 * quiet, box.height - 2 * quiet)


@dataclass(frozen=True, slots=True)
class Tick:
    """A box to tick with a pen after a use, or one already ticked."""

    box: Box
    ticked: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A black bar: a line to write on, or a mark to fold at."""

    box: Box


Item = Text | Symbol | Tick | Rule
_Any = TypeVar("_Any", bound=Text | Symbol | Tick | Rule)


def moved(item: _Any, right: int, down: int) -> _Any:
    """The same item elsewhere."""
    return replace(item, box=item.box.moved(right, down))


@dataclass(frozen=True, slots=True)
class Layout:
    """A label of width x height dots and what stands on it."""

    width: int
    height: int
    items: tuple[Item, ...]
    level: str = "H"
    """Of its QR codes."""
    modules: int | None = None
    """How many modules wide its QR codes are; None for as few as their text needs."""
