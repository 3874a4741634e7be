"""A person as folded from the events of their stream."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from rollertrack.domain import guide
from rollertrack.domain.counting import Newest, entered_facts, newest_entry
from rollertrack.domain.events import (
    Contraindication,
    Event,
    PersonRegistered,
    Placed,
    Session,
    as_entered,
    at_the_latest,
    entered_since,
    in_order,
    untimed_entries,
)
from rollertrack.domain.spelling import key_of


class PastSession(NamedTuple):
    """One use on a person's skin; `depth` is what a pen was dialled to, None for the whole length.

    Where a clock had gone back, `at` is the latest that it can have been, and it is not `timed`.
    """

    at: int
    roller: str
    entry: int
    length: Decimal | None
    area: str
    depth: Decimal | None = None
    timed: bool = True

    @property
    def reach(self) -> Decimal | None:
        """How deep the needles went, in mm; None for a part without needles."""
        return self.length if self.length is None or self.depth is None else self.depth


class Person(NamedTuple):
    """Who a roller is used on: a code, a short label, the sessions and what to ask a professional about.

    Not `on_record` is one whose registration was taken back although a roller is theirs.
    """

    code: str
    label: str
    contraindications: tuple[str, ...] = ()
    sessions: tuple[PastSession, ...] = ()
    newest: int = 0
    newest_entry: Newest = Newest()
    untimed: tuple[PastSession, ...] = ()
    """Sessions that may have been just now: a clock had gone back, and nothing was entered since."""
    on_record: bool = True


def fold(code: str, events: Sequence[Event], until: int | None = None) -> Person | None:
    """The person after their events, or None when none registers one; `until` leaves later sessions out.

    Contraindications noted at any time count: they are known now. Those that held at `until` count as well,
    whatever was noted since.
    """
    noted: dict[str, tuple[str, bool]] = {}
    noted_then: dict[str, tuple[str, bool]] = {}
    sessions: list[PastSession] = []
    untimed: list[PastSession] = []
    timeless = untimed_entries(events)
    entered = as_entered(events, timeless)
    story = in_order(entered)
    known = entered_facts([each.event for each in story], PersonRegistered, PersonRegistered)
    if known is None:
        return None
    for each in story:
        event = each.event
        match event.payload:
            case Contraindication(name=name, present=present):
                one = guide.CONTRAINDICATION_WORDS.spelled(name)
                noted[key_of(one)] = (one, present)
                if until is None or event.at <= until:
                    noted_then[key_of(one)] = (one, present)
            case Session() as payload if until is None or event.at <= until:
                latest = at_the_latest(each, entered)
                at = each.place if latest is None else max(each.place, latest)
                sessions.append(_past(payload, at, timed=not each.is_astray))
                untimed += sessions[-1:] if latest is None else []
    both = (*noted.values(), *noted_then.values())
    held = tuple(dict.fromkeys(name for name, present in both if present))
    newest = newest_entry(events, timeless)
    return Person(code, known[1].label, held, tuple(sessions), newest.at, newest, tuple(untimed))


def bounded(person: Person, streams: Mapping[str, Sequence[Event]]) -> Person:
    """The person with sessions that an entry of their roller since bounds in time.

    `streams` holds the events of the rollers; what was washed or used since was not used just now.
    """
    sessions, untimed = list(person.sessions), []
    for session in person.untimed:
        entered = as_entered(streams.get(session.roller, ()))
        since = next((entered_since(each, entered) for each in entered if _is_use(each, session)), None)
        if since is None:
            untimed.append(session)
        else:
            sessions[sessions.index(session)] = session._replace(at=max(session.at, since))
    return person._replace(sessions=tuple(sessions), untimed=tuple(untimed))


def _is_use(each: Placed, session: PastSession) -> bool:
    return each.event.seq == session.entry


def _past(payload: Session, at: int, *, timed: bool) -> PastSession:
    area = guide.AREA_WORDS.spelled(payload.area)
    return PastSession(at, payload.roller, payload.entry, payload.length, area, payload.depth, timed)
