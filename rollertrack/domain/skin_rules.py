"""The gate's rules about the person: whose skin, how rested, what to ask a professional."""

from decimal import Decimal
from operator import attrgetter

from rollertrack.domain import guide
from rollertrack.domain.conditions import is_infection
from rollertrack.domain.person import PastSession, Person
from rollertrack.domain.policy import Policy
from rollertrack.domain.quantities import ago, millimetres, spoken
from rollertrack.domain.rest import advised_after, floor_after, running
from rollertrack.domain.rules import Rule
from rollertrack.domain.verdict import Finding, Question
from rollertrack.domain.words import Word

_WHICH = {1: "Second", 2: "Third", 3: "Fourth", 4: "Fifth"}
_LONG = Decimal("0.50")
_PROFESSIONAL = "Ask a professional first"


def _on_skin(person: Person) -> list[PastSession]:
    """The person's sessions with needles, the oldest first; a pen's handpiece has none."""
    return sorted([each for each in person.sessions if each.reach is not None], key=_WHEN)


_WHEN = attrgetter("at")


def _visit(sessions: list[PastSession], policy: Policy, now: int) -> list[PastSession]:
    """The pieces of the session that still goes on.

    The window runs from the first piece: if it ran from the last, one piece after the other could keep a
    session open for days.
    """
    visit: list[PastSession] = []
    for session in sessions:
        if visit and session.at < visit[0].at + policy.session_window:
            visit.append(session)
        else:
            visit = [session]
    return visit if visit and now < visit[0].at + policy.session_window else []


def _before(q: Question) -> tuple[list[PastSession], list[PastSession]]:
    """The person's sessions that are over, and the pieces of the one that goes on; none for a handpiece.

    A piece whose time is not sure is none of a session that goes on: it may have been hours before.
    """
    if q.person is None or not q.person.sessions or q.length is None:
        return [], []
    sessions = _on_skin(q.person)
    timed = [each for each in sessions if each.timed]
    visit = _visit(timed, q.policy, q.now)
    over = timed[: len(timed) - len(visit)]
    return [*over, *(each for each in sessions if not each.timed)], visit


def floor(q: Question) -> Finding | None:
    """A past session is less than the floor ago; the pieces of one session need none between them."""
    over, _ = _before(q)
    if not over:
        return None
    rests = running((floor_after(each, q.policy) for each in over), q.now)
    if not rests:
        return None
    ends, span, session = rests[0]
    left, rest = spoken(ends - q.now), spoken(span)
    what = f"after {millimetres(session.reach)}" if (session.reach or 0) > _LONG else "between sessions"
    return Finding(
        "floor", Word.WAIT, f"The skin needs {rest} {what}: {left} left.", "Let the skin rest that long"
    )


def session(q: Question) -> Finding | None:
    """Another piece was used in this session; where the areas differ, a clinic need only be told."""
    _, visit = _before(q)
    if not visit:
        return None
    last = visit[-1]
    parts = (_which(q.roller.code, visit), last.area, f"{spoken(max(0, q.now - last.at))} ago")
    message = ", ".join(filter(None, parts)) + "."
    if q.policy.stricter and all(guide.differ(q.area, each.area) for each in visit):
        return Finding("session", Word.USE, message)
    return Finding("session", Word.CARE, message, "Go on only where the skin was not needled just now")


def _which(roller: str, visit: list[PastSession]) -> str:
    """Which piece of the session it would be; one used twice is one piece."""
    others = {each.roller for each in visit} - {roller}
    if not others:
        return "This piece was used in this session"
    return f"{_WHICH.get(len(others), 'Another')} piece in this session"


def interval(q: Question) -> Finding | None:
    """The rest after a past session, by that session's length and area, has not run out."""
    over, _ = _before(q)
    if not over:
        return None
    rests = running((advised_after(each, q.policy) for each in over), q.now)
    if not rests:
        return None
    ends, _, session = rests[0]
    what = " ".join(filter(None, (millimetres(session.reach), session.area)))
    message = f"The advised rest after {what} runs for another {spoken(ends - q.now)}."
    return Finding("interval", Word.CARE, message, "Better wait; acknowledge it to go on")


def never_area(q: Question) -> Finding | None:
    """Needles never go there."""
    never = guide.never(q.area) if q.area else None
    if never is None:
        return None
    step = "Leave this place out" if never.word is Word.STOP else f"Leave this place out. {_PROFESSIONAL}"
    return Finding("never-area", never.word, f"{never.why}.", step)


def long_for_area(q: Question) -> Finding | None:
    """Longer than any chart names for the area asked about, or than all of them agree on."""
    found = guide.lengths_for(q.area) if q.area else None
    if found is None or q.length is None or q.length <= found[1].agreed:
        return None
    area, lengths = found
    agreed = f"all agree up to {lengths.agreed} mm"
    if q.length <= lengths.longest:
        ends = f"{agreed}, the longest named is {lengths.longest} mm"
        return Finding("area", Word.USE, f"Depth charts for {area}: {ends}.")
    also = f"; {agreed}" if lengths.agreed < lengths.longest else ""
    named = f"the {lengths.longest} mm that any depth chart names for {area}{also}"
    message = f"{millimetres(q.length)} is longer than {named}."
    return Finding("area", Word.CARE, message, "Take a shorter one, or ask a professional first")


def strange_area(q: Question) -> Finding | None:
    """The area is no word of the guide, and near to one."""
    near = guide.AREA_WORDS.nearest(q.area) if q.area else ""
    return Finding("area-word", Word.USE, f"{unlisted(q.area, near)}.") if near else None


def unlisted(word: str, near: str) -> str:
    """That a word was kept as typed, and the known one it is near to."""
    return f"“{word}” is kept as it is; nearest: {near}"


def infections_of(person: Person) -> list[str]:
    """What is noted of a person that stops every roller."""
    return [name for name in person.contraindications if is_infection(name)]


def infection(q: Question) -> Finding | None:
    """The person's skin is infected now."""
    found = infections_of(q.person) if q.person else []
    if not found:
        return None
    message = f"Noted for this person: {', '.join(found)}. Not on infected skin."
    return Finding("infection", Word.STOP, message, "Not on infected skin; ask a professional")


def contraindication(q: Question) -> Finding | None:
    """Something was noted that a professional should judge."""
    names = [name for name in q.person.contraindications if not is_infection(name)] if q.person else []
    if not names:
        return None
    return Finding(
        "contraindication", Word.CARE, f"Noted for this person: {', '.join(names)}.", _PROFESSIONAL
    )


def noted_since(q: Question) -> Finding | None:
    """Something was noted after the moment asked about: nobody could go by it then."""
    names = q.person.noted_since if q.person else ()
    if not names:
        return None
    return Finding("noted-since", Word.USE, f"Noted for this person only later: {', '.join(names)}.")


def unasked_of(person: Person, policy: Policy, now: int) -> str:
    """That the health questions were never asked, or longer ago than the policy wants; empty for neither."""
    span = policy.ask_span
    if span is None or not person.on_record:
        return ""
    if person.asked is None:
        return "The health questions were never asked."
    since = now - person.asked.at
    return f"The health questions were asked {ago(since)}." if since > span else ""


def unasked(q: Question) -> Finding | None:
    """The health questions were never asked, or longer ago than the policy wants."""
    message = unasked_of(q.person, q.policy, q.now) if q.person else ""
    return Finding("unasked", Word.CARE, message, _ASK) if message else None


_ASK = "Ask the health questions, and log the answers"


def reaction_of(person: Person, policy: Policy, now: int) -> str:
    """That the skin reacted lately, and no incident about it is closed; empty where it did not."""
    last = max((each.at for each in person.reactions if not each.is_over), default=None)
    if last is None or now >= last + policy.reaction_span:
        return ""
    return f"The skin reacted {ago(now - last)}, and no incident about it is closed."


def reaction(q: Question) -> Finding | None:
    """The skin reacted lately, and no incident about it is closed."""
    message = reaction_of(q.person, q.policy, q.now) if q.person else ""
    return Finding("reaction", Word.CARE, message, _PROFESSIONAL) if message else None


def ownerless(q: Question) -> Finding | None:
    """It belongs to somebody whose registration was taken back: on whom it was used is not known."""
    if q.person is None or q.person.on_record:
        return None
    message = "It belongs to a person who is not on record any more."
    return Finding("ownerless", Word.STOP, message, "Bring the person's registration back, or take another")


def unnamed(q: Question) -> Finding | None:
    """Nobody was named, so nobody's skin was asked about."""
    if q.named:
        return None
    whose = q.roller.bound_to and q.person is not None
    message = "Taken for the person it belongs to; nobody was named." if whose else "The person is not named."
    return Finding("unnamed", Word.CARE, message, "Name the person it is for")


OF_SKIN = frozenset({
    "ownerless", "infection", "never-area", "floor", "session", "interval", "contraindication", "unnamed",
    "area", "area-word", "rest-unknown", "unasked", "reaction", "noted-since",
})  # fmt: skip
"""The rules that speak of the person and the place, not of the roller."""

SKIN_RULES: tuple[Rule, ...] = (
    ownerless, infection, never_area, floor, session, interval, contraindication, reaction, unasked,
    unnamed, long_for_area, strange_area, noted_since,
)  # fmt: skip
