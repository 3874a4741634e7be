"""The gate's rules about clocks: what a wrong one wrote never looks like a use long ago or a wash since."""

from rollertrack.domain.code import shown
from rollertrack.domain.counting import Newest
from rollertrack.domain.ends import needs_a_pack
from rollertrack.domain.quantities import spoken
from rollertrack.domain.rules import Rule, soak_step
from rollertrack.domain.standing import CLOCK_TOLERANCE
from rollertrack.domain.verdict import Finding, Question
from rollertrack.domain.words import Word


def ahead(q: Question) -> Finding | None:
    """Something on record of this roller or person lies later than the real clock: it is or was wrong."""
    newest = max(q.roller.newest_entry, q.person.newest_entry if q.person else Newest())
    if newest.at <= q.clock + CLOCK_TOLERANCE:
        return None
    entry = f"entry {newest.entry} of {shown(newest.stream)}"
    message = f"E{entry[1:]} lies {spoken(newest.at - q.clock)} in the future: check the clock."
    cure = "mend that registration with edit" if newest.is_registration else f"undo {entry}"
    step = f"Check this machine's clock; if it is right, {cure}"
    return Finding("clock", Word.STOP, message, step)


def not_on_record_yet(q: Question) -> Finding | None:
    """Asked about a moment before it was on record: nothing is known of it then."""
    since = q.roller.registered_at
    if since is None or q.now >= q.clock or q.now >= since:
        return None
    message = f"It was not on record yet: that began {spoken(since - q.now)} later."
    return Finding("not-on-record", Word.STOP, message, "Ask about a moment since then")


def muddled(q: Question) -> Finding | None:
    """An entry was made by a clock that had gone back: what came after what is not known."""
    if q.roller.muddled is None or q.roller.soak or needs_a_pack(q.roller, q.policy):
        return None
    message = f"The clock had gone back when entry {q.roller.muddled} was made: the order is not known."
    return Finding("order", Word.WASH, message, soak_step(q))


def untimed_session(q: Question) -> Finding | None:
    """The person's last session was entered by a clock that had gone back: it may have been just now."""
    session = q.person.untimed[-1] if q.person and q.person.untimed else None
    if session is None or session.reach is None or q.length is None:
        return None
    entry = f"entry {session.entry} of {shown(session.roller)}"
    message = f"The clock had gone back at {entry}: how long the skin has rested is not known."
    step = f"Undo {entry}, and log that use again with its time"
    return Finding("rest-unknown", Word.WAIT, message, step)


CLOCK_RULES: tuple[Rule, ...] = (ahead, not_on_record_yet, muddled, untimed_session)
