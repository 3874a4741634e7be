"""What every event's body is made of: the common class, numbers by what they count, notes and voids."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

# Numbers by what they count; the reader of stored rows keeps each of them in range.
Millimetres = Annotated[Decimal, "mm"]
Percent = Annotated[Decimal, "percent"]
Seconds = Annotated[int, "seconds"]
Count = Annotated[int, "count"]
Offset = Annotated[int, "minutes"]
Mark = Annotated[str, "mark"]
Instant = Annotated[int, "microseconds"]
Entries = tuple[Annotated[int, "count"], ...]


@dataclass(frozen=True, eq=False, repr=False)
class Body:
    """What an event says, beside who, when and to what.

    Thirty kinds share these methods, and a kind without facts of its own all that its parent has: a set
    generated for each would slow every start.
    """

    kind: ClassVar[str]

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({values})"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Noted(Body):
    """Anything worth keeping."""

    kind = "noted"
    text: str


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Voided(Body):
    """An earlier entry of the same stream was a mistake."""

    kind = "voided"
    entry: Count
    reason: str
