"""What every event's body is made of: the common class, numbers by what they count, notes and voids."""

from collections.abc import Set
from decimal import Decimal
from typing import Annotated, Any, ClassVar, NoReturn, Self, dataclass_transform

# Numbers by what they count; the reader of stored rows keeps each of them in range.
Millimetres = Annotated[Decimal, "mm"]
Percent = Annotated[Decimal, "percent"]
Seconds = Annotated[int, "seconds"]
Count = Annotated[int, "count"]
Offset = Annotated[int, "minutes"]
Mark = Annotated[str, "mark"]
Instant = Annotated[int, "microseconds"]
SHORTEST, LONGEST = Decimal("0.05"), Decimal("5.00")
"""What needles there are, in mm."""
Entries = tuple[Annotated[int, "count"], ...]


@dataclass_transform(kw_only_default=True, frozen_default=True, eq_default=False)
class Body:
    """What an event says, beside who, when and to what: facts by keyword, which then stay as they are.

    A type checker reads a kind as a dataclass; at run time thirty kinds share these methods, since a set
    generated for each, and what generates it, would take a fifth of the time of a `check`.
    """

    kind: ClassVar[str]
    types: ClassVar[dict[str, Any]] = {}
    """The type of every fact by name."""
    defaults: ClassVar[dict[str, Any]] = {}
    """The facts that may be left out, and what they are then."""
    needed: ClassVar[Set[str]] = frozenset()
    """The facts that must be said."""

    def __init_subclass__(cls) -> None:
        own = cls.__annotations__
        cls.types = cls.types | own
        cls.defaults = cls.defaults | {name: vars(cls)[name] for name in own if name in vars(cls)}
        cls._blank = dict.fromkeys(cls.types) | cls.defaults
        cls.needed = cls.types.keys() - cls.defaults.keys()

    _blank: ClassVar[dict[str, Any]] = {}

    def __init__(self, **facts: Any) -> None:
        said = self._blank | facts
        if len(said) > len(self._blank) or not self.needed <= facts.keys():
            wrong = sorted((facts.keys() - self.types.keys()) | (self.needed - facts.keys()))
            raise TypeError(f"{type(self).__name__} takes other facts: {', '.join(wrong)}")
        self.__dict__.update(said)
        self.__post_init__()

    def __post_init__(self) -> None:
        """Refuse facts that do not go together."""

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__}.{name} stays as it is")

    def changed(self, **facts: Any) -> Self:
        """The same with some facts changed."""
        return type(self)(**vars(self) | facts)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({values})"


class Noted(Body):
    """Anything worth keeping."""

    kind = "noted"
    text: str


class Voided(Body):
    """An earlier entry of the same stream was a mistake."""

    kind = "voided"
    entry: Count
    reason: str
