"""A person as folded from the events of their stream."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from rollertrack.domain.counting import entered_facts, newest_instant
from rollertrack.domain.events import (
    Contraindication,
    Event,
    PersonRegistered,
    Session,
    effective,
)


class PastSession(NamedTuple):
    """One use on a person's skin."""

    at: int
    roller: str
    entry: int
    length: Decimal | None
    area: str


class Person(NamedTuple):
    """Who a roller is used on: a code, a short label, the sessions and what to ask a professional about."""

    code: str
    label: str
    contraindications: tuple[str, ...] = ()
    sessions: tuple[PastSession, ...] = ()
    newest: int = 0


def fold(code: str, events: Sequence[Event], until: int | None = None) -> Person | None:
    """The person after their events, or None when none registers one; `until` leaves later sessions out.

    Contraindications noted at any time count: they are known now.
    """
    noted: dict[str, bool] = {}
    sessions: list[PastSession] = []
    counting = effective(events)
    known = entered_facts(counting, PersonRegistered, PersonRegistered)
    if known is None:
        return None
    for event in counting:
        match event.body:
            case Contraindication():
                noted[event.body.name] = event.body.present
            case Session() as body if until is None or event.at <= until:
                sessions.append(PastSession(event.at, body.roller, body.entry, body.length, body.area))
    held = tuple(name for name, present in noted.items() if present)
    return Person(code, known[1].label, held, tuple(sessions), newest_instant(events))
