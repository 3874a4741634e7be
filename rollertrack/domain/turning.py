"""What of the gate may turn with time alone, and at which instants: one statement of it all."""

from collections.abc import Iterator

from rollertrack.domain.clock_rules import ahead, not_on_record_yet
from rollertrack.domain.quantities import DAY
from rollertrack.domain.rules import Rule, due_soon, soaking, stale
from rollertrack.domain.skin_rules import floor, interval, reaction, session, unasked
from rollertrack.domain.standing import CLOCK_TOLERANCE, FOREVER
from rollertrack.domain.verdict import Question

TURNING: tuple[Rule, ...] = (ahead, not_on_record_yet, soaking, stale, due_soon)
TURNING_OF_SKIN: tuple[Rule, ...] = (floor, session, interval, reaction, unasked)
"""The rules that may turn, beside the limits of a life; each other finds the same at every moment."""
MAY_TURN = frozenset({
    "clock", "not-on-record", "uses", "age", "expiry", "sterile", "soak", "soaking", "take-out", "stale",
    "due", "floor", "session", "interval", "reaction", "unasked",
})  # fmt: skip
"""The names of what these and the limits find."""


def turns(q: Question) -> Iterator[int]:
    """Every instant (microseconds UTC) at which one of them may turn, past ones too.

    A rule that compares with now names its instant here: it is asked anew at each of them.
    """
    facts = q.standing
    yield from (end.at for end in q.ends.limits if not end.on_record)
    for instant in (facts.worn_on, facts.soaking_until, q.roller.registered_at):
        if instant is not None:
            yield instant
    if facts.worn_on is not None:
        yield facts.worn_on - (q.policy.due_days or 0) * DAY
    if facts.soak_ends is not None:
        yield facts.soak_ends + 1
    if facts.clean_until is not None and facts.clean_until != FOREVER:
        yield facts.clean_until + 1
    yield q.roller.newest - CLOCK_TOLERANCE
    if q.person is not None:
        yield q.person.newest - CLOCK_TOLERANCE
        for session in q.person.sessions:
            yield session.at + q.policy.floor(session.reach)
            yield session.at + q.policy.interval(session.reach, session.area)
            yield session.at + q.policy.session_window
        for reaction in q.person.reactions:
            yield reaction.at + q.policy.reaction_span
        if q.person.asked is not None and q.policy.ask_span is not None:
            yield q.person.asked.at + q.policy.ask_span + 1
