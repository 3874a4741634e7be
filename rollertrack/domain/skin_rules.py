"""The gate's rules about the person: whose skin, how rested, what to ask a professional."""

from rollertrack.domain.guide import LONGEST_USUAL
from rollertrack.domain.person import PastSession, Person
from rollertrack.domain.rules import Rule
from rollertrack.domain.verdict import Finding, Question
from rollertrack.domain.wording import millimetres, spoken
from rollertrack.domain.words import Word


def last_session(person: Person) -> PastSession | None:
    """The person's newest session with any roller."""
    return max(person.sessions, key=lambda session: session.at, default=None)


def _has_needles(q: Question) -> bool:
    """A pen's handpiece has none: it is logged beside its cartridge, on the same skin at the same time."""
    return q.roller.facts is not None and q.roller.facts.length is not None


def floor(q: Question) -> Finding | None:
    """The last session is less than the floor ago."""
    last = last_session(q.person) if q.person and _has_needles(q) else None
    if last is None or q.now >= last.at + q.policy.floor:
        return None
    left = spoken(last.at + q.policy.floor - q.now)
    message = f"The skin needs {spoken(q.policy.floor)} between sessions: {left} left."
    return Finding("floor", Word.WAIT, message, f"Wait {left}")


def interval(q: Question) -> Finding | None:
    """The rest after a past session, by that session's length and area, has not run out."""
    if q.person is None or not _has_needles(q):
        return None
    running = [(_rested(q, session), session) for session in q.person.sessions if q.now < _rested(q, session)]
    if not running:
        return None
    ends, session = max(running, key=lambda pair: pair[0])
    what = " ".join(filter(None, (millimetres(session.length), session.area)))
    message = f"The rest after {what} runs for another {spoken(ends - q.now)}."
    return Finding("interval", Word.CARE, message, "Better wait; acknowledge it to go on")


def _rested(q: Question, session: PastSession) -> int:
    return session.at + q.policy.interval(session.length, session.area)


def long_for_area(q: Question) -> Finding | None:
    """Longer than depth charts name for the area asked about; told, never a limit."""
    length, usual = q.roller.facts.length if q.roller.facts else None, LONGEST_USUAL.get(q.area.casefold())
    if length is None or usual is None or length <= usual:
        return None
    message = f"{millimetres(length)} is longer than the {usual} mm that depth charts name for {q.area}."
    return Finding("area", Word.USE, message)


def contraindication(q: Question) -> Finding | None:
    """Something was noted that a professional should judge."""
    if q.person is None or not q.person.contraindications:
        return None
    noted = ", ".join(q.person.contraindications)
    return Finding(
        "contraindication", Word.CARE, f"Noted for this person: {noted}.", "Ask a professional first"
    )


def unnamed(q: Question) -> Finding | None:
    """Nobody was named, so nobody's skin was asked about."""
    if q.named:
        return None
    return Finding("unnamed", Word.CARE, "The person is not named.", "Name the person it is for")


SKIN_RULES: tuple[Rule, ...] = (floor, interval, contraindication, unnamed, long_for_area)
