"""Everything known of one person, as screens and documents show it; instants are microseconds UTC."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from rollertrack.domain.person import Person
from rollertrack.domain.policy import Policy
from rollertrack.domain.rest import Resting


class SessionLine(NamedTuple):
    """A use on the person's skin; `length` is how deep the needles went."""

    at: int
    roller: str
    name: str
    length: Decimal | None
    area: str
    concern: str
    operator: str | None
    lot: str


class OwnRoller(NamedTuple):
    """A roller that belongs to the person."""

    code: str
    name: str
    length: Decimal | None
    uses: int
    uses_limit: int | None
    retired_at: int | None


class PersonFile(NamedTuple):
    """A person with all that hangs on them; `conditions` say how many lists name each.

    `operators` has the labels of those who did something.
    """

    person: Person
    policy: Policy
    rests: Resting
    conditions: tuple[tuple[str, int], ...]
    sessions: tuple[SessionLine, ...]
    rollers: tuple[OwnRoller, ...]
    operators: Mapping[str, str]
    now: int
