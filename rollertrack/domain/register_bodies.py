"""What can happen to persons, solutions, operators, bins and the policy, each kind a class."""

from datetime import date

from rollertrack.domain.bodies import Body, Count, Instant, Millimetres, Offset, Percent


class PersonRegistered(Body):
    """A person entered the record, by a short label."""

    kind = "registered"
    label: str


class PersonAmended(PersonRegistered):
    """The label of a person was mended."""

    kind = "amended"


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


class Contraindication(Body):
    """A reason to ask a professional first was noted, or (`present` false) no longer holds."""

    kind = "contraindication"
    name: str
    present: bool = True


class SolutionRegistered(Body):
    """A bottle or jar was opened, at the time of the event."""

    kind = "registered"
    agent: str
    strength: Percent | None = None
    lot: str = ""
    expiry: date | None = None
    expiry_offset: Offset | None = None


class SolutionAmended(SolutionRegistered):
    """The facts of a solution were mended; `opened` is when it was opened, None as registered."""

    kind = "amended"
    opened: Instant | None = None


class Tested(Body):
    """A test strip was dipped."""

    kind = "tested"
    passed: bool


class Discarded(Body):
    """The solution was thrown away."""

    kind = "discarded"
    reason: str


class NamedRegistered(Body):
    """An operator or a sharps bin entered the record."""

    kind = "registered"
    label: str


class NamedAmended(NamedRegistered):
    """The label of an operator or bin was mended."""

    kind = "amended"


class Closed(Body):
    """An operator left, or a bin was closed."""

    kind = "closed"
    reason: str = ""


class PolicySet(Body):
    """A value of the policy was changed."""

    kind = "set"
    key: str
    value: str
