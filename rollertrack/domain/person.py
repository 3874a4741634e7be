"""A person as folded from the events of their stream."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from rollertrack.domain import conditions, guide
from rollertrack.domain.counting import Newest, entered_facts, newest_entry
from rollertrack.domain.events import (
    Asked,
    CareGiven,
    Contraindication,
    Event,
    PersonRegistered,
    Placed,
    Reaction,
    Session,
    as_entered,
    at_the_latest,
    entered_since,
    in_order,
    untimed_entries,
    voided_entries,
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
    concern: str = ""
    operator: str | None = None

    @property
    def reach(self) -> Decimal | None:
        """How deep the needles went, in mm; None for a part without needles."""
        return self.length if self.length is None or self.depth is None else self.depth


class PastReaction(NamedTuple):
    """A reaction of the skin; `roller` and `use` name what it is laid to, empty where nobody knows.

    It is over when an incident about it was closed.
    """

    at: int
    text: str
    roller: str
    use: int | None
    entry: int
    is_over: bool = False


class PastAsking(NamedTuple):
    """When the health questions were asked, and by whom."""

    at: int
    operator: str | None
    entry: int


class PastCare(NamedTuple):
    """What to do before or after a session was handed over: which of the two, and how."""

    at: int
    which: str
    how: str


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
    asked: PastAsking | None = None
    """When the health questions were asked last; None for never."""
    reactions: tuple[PastReaction, ...] = ()
    care: tuple[PastCare, ...] = ()
    noted_since: tuple[str, ...] = ()
    """What holds now and was noted only after the moment asked about."""


def fold(code: str, events: Sequence[Event], until: int | None = None) -> Person | None:
    """The person after their events, or None when none registers one; `until` leaves later sessions out.

    The contraindications are those that held at `until`, whatever was noted since: nobody could know it. What
    was noted since and holds now stands apart.
    """
    noted: dict[str, tuple[str, bool]] = {}
    noted_then: dict[str, tuple[str, bool]] = {}
    asked: PastAsking | None = None
    reactions: list[PastReaction] = []
    care: list[PastCare] = []
    sessions: list[PastSession] = []
    untimed: list[PastSession] = []
    voided = voided_entries(events)
    timeless = untimed_entries(events, voided)
    entered = as_entered(events, timeless, voided)
    story = in_order(entered)
    known = entered_facts([each.event for each in story], PersonRegistered, PersonRegistered)
    if known is None:
        return None
    for each in story:
        event = each.event
        is_known = until is None or event.at <= until
        match event.payload:
            case Contraindication(name=name, present=present):
                _note(noted, name, present=present)
                if is_known:
                    _note(noted_then, name, present=present)
            case Asked(answers=answers):
                _answer(noted, answers)
                if is_known:
                    _answer(noted_then, answers)
                    asked = PastAsking(event.at, event.operator, event.seq)
            case Reaction() as payload if is_known:
                found = PastReaction(event.at, payload.text, payload.roller, payload.entry, event.seq)
                reactions.append(found)
            case CareGiven(which=which, how=how) if is_known:
                care.append(PastCare(event.at, which, how))
            case Session() as payload if is_known:
                latest = at_the_latest(each, entered)
                at = each.effective_at if latest is None else max(each.effective_at, latest)
                sessions.append(_past(payload, at, event.operator, timed=not each.is_astray))
                untimed += sessions[-1:] if latest is None else []
    held = _holding(noted_then)
    since = () if until is None else tuple(name for name in _holding(noted) if name not in held)
    newest = newest_entry(events, timeless)
    return Person(
        code, known[1].label, held, tuple(sessions), newest.at, newest, tuple(untimed),
        asked=asked, reactions=tuple(reactions), care=tuple(care), noted_since=since,
    )  # fmt: skip


def _holding(noted: dict[str, tuple[str, bool]]) -> tuple[str, ...]:
    return tuple([name for name, present in noted.values() if present])


def _note(noted: dict[str, tuple[str, bool]], name: str, *, present: bool) -> None:
    one = conditions.WORDS.spelled(name)
    noted[key_of(one)] = (one, present)


def _answer(noted: dict[str, tuple[str, bool]], answers: Sequence[str]) -> None:
    """Take answers for all that holds: what was noted before and is not among them holds no longer."""
    for one, _ in list(noted.values()):
        _note(noted, one, present=False)
    for name in answers:
        _note(noted, name, present=True)


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


def _past(payload: Session, at: int, operator: str | None, *, timed: bool) -> PastSession:
    area = guide.AREA_WORDS.spelled(payload.area)
    return PastSession(
        at, payload.roller, payload.entry, payload.length, area, payload.depth, timed, payload.concern,
        operator,
    )  # fmt: skip
