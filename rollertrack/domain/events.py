"""Events: the rows of the journal, which kinds of them each stream holds, and which still count."""

from collections.abc import Sequence
from dataclasses import dataclass

from rollertrack.domain.bodies import Body, Count, Mark, Millimetres, Noted, Offset, Percent, Seconds, Voided
from rollertrack.domain.register_bodies import (
    Closed,
    Contraindication,
    Discarded,
    NamedAmended,
    NamedRegistered,
    PersonAmended,
    PersonRegistered,
    PolicySet,
    Session,
    SolutionAmended,
    SolutionRegistered,
    Tested,
)
from rollertrack.domain.roller_bodies import (
    ROLLER_KINDS,
    Agent,
    Amended,
    Bound,
    Disinfected,
    DisinfectionEnded,
    DisinfectionStarted,
    Inspected,
    LabelPrinted,
    LabelProven,
    Opened,
    Quarantined,
    Recalled,
    Registered,
    Released,
    Retired,
    RollerFacts,
    Used,
)

__all__ = [
    "BODIES", "POLICY_STREAM", "ROLLER_KINDS", "Agent", "Amended", "Body", "Bound", "Closed",
    "Contraindication", "Count", "Discarded", "Disinfected", "DisinfectionEnded", "DisinfectionStarted",
    "Event", "Inspected", "LabelPrinted", "LabelProven", "Mark", "Millimetres", "NamedAmended",
    "NamedRegistered", "Noted", "Offset", "Opened", "Percent", "PersonAmended", "PersonRegistered",
    "PolicySet", "Quarantined", "Recalled", "Registered", "Released", "Retired", "RollerFacts", "Seconds",
    "Session", "SolutionAmended", "SolutionRegistered", "Tested", "Used", "Voided", "bodies_of",
    "effective", "voided_entries",
]  # fmt: skip

POLICY_STREAM = "POLICY"


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the journal: `at` and `recorded_at` in microseconds UTC, `offset` in minutes."""

    stream: str
    seq: int
    at: int
    recorded_at: int
    body: Body
    offset: int = 0
    operator: str | None = None
    person: str | None = None
    solution: str | None = None

    @property
    def kind(self) -> str:
        """The name of what happened."""
        return self.body.kind


_ROLLER = (
    Registered, Amended, Opened, Used, DisinfectionStarted, DisinfectionEnded, Disinfected, Inspected, Bound,
    Quarantined, Released, Recalled, Retired, Noted, LabelPrinted, LabelProven, Voided,
)  # fmt: skip
_NAMED = (NamedRegistered, NamedAmended, Closed)

BODIES: dict[str, dict[str, type[Body]]] = {
    letter: {body.kind: body for body in bodies}
    for letter, bodies in {
        "R": _ROLLER,
        "P": (PersonRegistered, PersonAmended, Session, Contraindication, Noted, Voided),
        "S": (SolutionRegistered, SolutionAmended, Tested, Discarded, Voided),
        "U": _NAMED,
        "B": _NAMED,
        POLICY_STREAM: (PolicySet,),
    }.items()
}


def bodies_of(stream: str) -> dict[str, type[Body]]:
    """The kinds of event a stream may hold, by name."""
    return BODIES[stream if stream == POLICY_STREAM else stream[:1]]


def voided_entries(events: Sequence[Event]) -> set[int]:
    """The numbers of the entries that were taken back; a void of a void brings its entry back."""
    voided: set[int] = set()
    for event in sorted(events, key=lambda each: -each.seq):
        if isinstance(event.body, Voided) and event.seq not in voided and event.body.entry < event.seq:
            voided.add(event.body.entry)
    return voided


def effective(events: Sequence[Event]) -> list[Event]:
    """The events that still count, ordered by when they happened, then by entry; no voids among them."""
    voided = voided_entries(events)
    kept = [each for each in events if each.seq not in voided and not isinstance(each.body, Voided)]
    return sorted(kept, key=lambda each: (each.at, each.seq))
