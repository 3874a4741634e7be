"""The instants at which a rule of the gate may turn with time alone: one statement of them all."""

from collections.abc import Iterator

from rollertrack.domain.quantities import DAY
from rollertrack.domain.standing import CLOCK_TOLERANCE, FOREVER
from rollertrack.domain.verdict import Question


def turns(q: Question) -> Iterator[int]:
    """Every such instant (microseconds UTC), past ones too.

    A rule that compares with now names its instant here: the gate judges anew at each of them.
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
