"""A person as folded from the events of their stream."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from rollertrack.domain.counting import Newest, entered_facts, newest_entry
from rollertrack.domain.events import (
    Contraindication,
    Event,
    PersonRegistered,
    Placed,
    Session,
    as_entered,
    in_order,
)


class PastSession(NamedTuple):
    """One use on a person's skin; where a clock had gone back, `at` is the latest that it can have been."""

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
    newest_entry: Newest = Newest()
    untimed: PastSession | None = None
    """A session that may have been just now: a clock had gone back, and nothing was entered since."""


def fold(code: str, events: Sequence[Event], until: int | None = None) -> Person | None:
    """The person after their events, or None when none registers one; `until` leaves later sessions out.

    Contraindications noted at any time count: they are known now.
    """
    noted: dict[str, bool] = {}
    sessions: list[PastSession] = []
    untimed: PastSession | None = None
    entered = as_entered(events)
    story = in_order(entered)
    known = entered_facts([each.event for each in story], PersonRegistered, PersonRegistered)
    if known is None:
        return None
    for each in story:
        event = each.event
        match event.body:
            case Contraindication():
                noted[event.body.name] = event.body.present
            case Session() as body if until is None or event.at <= until:
                latest = _latest(each, entered)
                at = each.place if latest is None else max(each.place, latest)
                sessions.append(PastSession(at, body.roller, body.entry, body.length, body.area))
                untimed = sessions[-1] if latest is None else untimed
    held = tuple(name for name, present in noted.items() if present)
    newest = newest_entry(events)
    return Person(code, known[1].label, held, tuple(sessions), newest.at, newest, untimed)


def _latest(each: Placed, entered: Sequence[Placed]) -> int | None:
    """The latest that something can have happened; None when no entry since shows a clock put right."""
    if not each.is_astray:
        return each.place
    later = (other for other in entered if other.event.seq > each.event.seq and not other.is_astray)
    return next((other.event.recorded_at for other in later), None)
