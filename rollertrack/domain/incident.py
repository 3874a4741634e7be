"""An incident as folded from the events of its stream: what went wrong, who was touched, who was told."""

from collections.abc import Sequence
from typing import NamedTuple

from rollertrack.domain.events import (
    Affected,
    Event,
    IncidentClosed,
    IncidentOpened,
    IncidentWidened,
    Noted,
    Told,
    effective,
)


class Telling(NamedTuple):
    """A person was told, when and how; `entry` is its number in the incident's stream."""

    person: str
    at: int
    how: str
    entry: int


class Incident(NamedTuple):
    """Everything on record of one incident; codes in the order in which they came to it."""

    code: str
    cause: str
    about: str
    reason: str
    query: tuple[str, ...]
    opened_at: int
    since: int | None
    until: int | None
    rollers: tuple[str, ...]
    persons: tuple[str, ...]
    told: tuple[Telling, ...] = ()
    notes: tuple[tuple[int, str], ...] = ()
    closed_at: int | None = None
    outcome: str = ""
    packs: tuple[str, ...] = ()

    @property
    def person(self) -> str | None:
        """The person it began with; None where it began with anything else."""
        return self.about if self.query[:1] == ("person",) and self.about else None

    @property
    def untold(self) -> tuple[str, ...]:
        """The persons who were not told yet."""
        told = {each.person for each in self.told}
        return tuple(person for person in self.persons if person not in told)


def question_of(query: Sequence[str]) -> str:
    """What makes two questions the same: what was asked for, without how far it was to reach."""
    return " ".join(query)


def fold(code: str, events: Sequence[Event]) -> Incident | None:
    """The incident after its events, or None when none opens it."""
    counting = effective(events)
    opening = next((each for each in counting if isinstance(each.payload, IncidentOpened)), None)
    if opening is None:
        return None
    facts = opening.payload
    assert isinstance(facts, IncidentOpened)
    affected = [each.payload for each in _as_entered(counting) if isinstance(each.payload, Affected)]
    closing = max(
        (each for each in counting if isinstance(each.payload, IncidentClosed | IncidentWidened)),
        key=lambda each: each.seq, default=None,
    )  # fmt: skip
    closed = closing if closing is not None and isinstance(closing.payload, IncidentClosed) else None
    return Incident(
        code, facts.cause, facts.about, facts.reason, facts.query, opening.at, facts.since, facts.until,
        rollers=tuple(dict.fromkeys(roller for each in affected for roller in each.rollers)),
        persons=tuple(dict.fromkeys(person for each in affected for person in each.persons)),
        packs=tuple(dict.fromkeys(pack for each in affected for pack in each.packs)),
        told=tuple(
            Telling(each.person, each.at, each.payload.how, each.seq)
            for each in counting
            if isinstance(each.payload, Told) and each.person
        ),
        notes=tuple((each.at, each.payload.text) for each in counting if isinstance(each.payload, Noted)),
        closed_at=closed.at if closed else None,
        outcome=closed.payload.outcome if closed and isinstance(closed.payload, IncidentClosed) else "",
    )  # fmt: skip


def _as_entered(events: Sequence[Event]) -> list[Event]:
    return sorted(events, key=lambda each: each.seq)
