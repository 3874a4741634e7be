"""What can happen to persons, solutions, operators, bins and the policy, each kind as a frozen dataclass."""

from dataclasses import dataclass
from datetime import date

from rollertrack.domain.bodies import Body, Count, Instant, Millimetres, Offset, Percent


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class PersonRegistered(Body):
    """A person entered the record, by a short label."""

    kind = "registered"
    label: str


class PersonAmended(PersonRegistered):
    """The label of a person was mended."""

    kind = "amended"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Session(Body):
    """A use as the person's skin saw it; `entry` is the use's number in the roller's stream.

    `depth` is what a pen was dialled to, None for the whole length.
    """

    kind = "session"
    roller: str
    entry: Count
    length: Millimetres | None = None
    area: str = ""
    depth: Millimetres | None = None
    after: Instant | None = None
    """The newest moment of entering on the roller's record, where it lay later than the clock said."""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Contraindication(Body):
    """A reason to ask a professional first was noted, or (`present` false) no longer holds."""

    kind = "contraindication"
    name: str
    present: bool = True


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class SolutionRegistered(Body):
    """A bottle or jar was opened, at the time of the event."""

    kind = "registered"
    agent: str
    strength: Percent | None = None
    lot: str = ""
    expiry: date | None = None
    expiry_offset: Offset | None = None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class SolutionAmended(SolutionRegistered):
    """The facts of a solution were mended; `opened` is when it was opened, None as registered."""

    kind = "amended"
    opened: Instant | None = None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Tested(Body):
    """A test strip was dipped."""

    kind = "tested"
    passed: bool


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Discarded(Body):
    """The solution was thrown away."""

    kind = "discarded"
    reason: str


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class NamedRegistered(Body):
    """An operator or a sharps bin entered the record."""

    kind = "registered"
    label: str


class NamedAmended(NamedRegistered):
    """The label of an operator or bin was mended."""

    kind = "amended"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Closed(Body):
    """An operator left, or a bin was closed."""

    kind = "closed"
    reason: str = ""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class PolicySet(Body):
    """A value of the policy was changed."""

    kind = "set"
    key: str
    value: str
