"""For how long a verdict holds, and that lists and the gate say the same word."""

from datetime import date
from decimal import Decimal

import pytest
from harness.gate import (
    BACK,
    BENT,
    CARE,
    CLINIC,
    HOME,
    NEW,
    PUT,
    STOP,
    USE,
    WAIT,
    WASH,
    uses,
)
from harness.histories import (
    ANN,
    BEA,
    DAY,
    HOUR,
    MINUTE,
    NOON,
    ROLLER,
    Step,
    lives,
    registered,
    roller,
    soak,
    soaked,
    told,
    used,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from rollertrack.domain import events as ev
from rollertrack.domain import gate
from rollertrack.domain import person as persons
from rollertrack.domain import roller as rollers
from rollertrack.domain.events import Event
from rollertrack.domain.person import PastAsking, PastReaction, Person
from rollertrack.domain.policy import Policy
from rollertrack.domain.standing import FOREVER, standing
from rollertrack.domain.words import State, Word

_PEOPLE = st.lists(
    st.tuples(
        st.sampled_from([-50 * DAY, -28 * DAY, -14 * DAY + 1, -2 * DAY, -18 * HOUR, -HOUR, 0, 4 * MINUTE]),
        st.sampled_from(["0.25", "0.5", "1.5", "2.0"]),
        st.sampled_from(["", "scalp"]),
    ),
    max_size=3,
)
_POLICIES = st.sampled_from([HOME, CLINIC, Policy("home", {"freshness.hours": "1", "floor.hours": "1"})])


def _ann(sessions: list[tuple[int, str, str]], recorded: int = NOON) -> Person:
    steps: list[Step] = [(NOON - 90 * DAY, ev.PersonRegistered(label="Ann"))]
    steps += [
        (NOON + at, ev.Session(roller=ROLLER, entry=2, length=Decimal(length), area=area))
        for at, length, area in sessions
    ]
    events = [event._replace(recorded_at=recorded) for event in told(ANN, steps)]
    folded = persons.fold(ANN, events)
    assert folded is not None
    return folded


def _shifted(events: list[Event], by: int) -> list[Event]:
    return [event._replace(at=event.at + by, recorded_at=event.recorded_at + by) for event in events]


@settings(max_examples=300)
@given(
    events=lives(),
    policy=_POLICIES,
    sessions=_PEOPLE,
    ahead=st.sampled_from([0, 4 * MINUTE, 6 * MINUTE, HOUR]),
    recorded=st.sampled_from([NOON, NOON + 5 * MINUTE, NOON + 2 * HOUR]),
    since=st.sampled_from([0, 5 * MINUTE, 10 * MINUTE, 18 * HOUR, DAY, 2 * DAY, 91 * DAY]),
    shares=st.lists(st.floats(0, 1, exclude_max=True), max_size=4),
)
def test_the_word_holds_until_valid_until(
    events: list[Event], policy: Policy, sessions: list[tuple[int, str, str]], ahead: int, recorded: int,
    since: int, shares: list[float],
) -> None:  # fmt: skip
    folded = rollers.fold(ROLLER, _shifted(events, ahead))
    ann = _ann(sessions, recorded)
    now = NOON + since
    verdict = gate.check(folded, policy, now, ann)
    end = verdict.valid_until if verdict.valid_until is not None else now + 400 * DAY
    assert end > now
    edges = [now, now + 1, end - 1, NOON + DAY, NOON + 18 * HOUR, NOON + 10 * MINUTE, NOON + 2 * DAY]
    if verdict.valid_until is not None:
        assert gate.check(folded, policy, end, ann).word is not verdict.word
    assert (verdict.said_until or end) <= end
    instants = [now + int((end - now) * share) for share in shares] + edges
    for instant in instants:
        if now <= instant < end:
            assert gate.check(folded, policy, instant, ann).word is verdict.word


@settings(max_examples=200)
@given(
    events=lives(),
    policy=_POLICIES,
    sessions=_PEOPLE,
    asked=st.sampled_from([None, -366 * DAY, -365 * DAY, -DAY]),
    reacted=st.sampled_from([None, -14 * DAY, -DAY]),
    since=st.sampled_from([0, 5 * MINUTE, 18 * HOUR, DAY, 91 * DAY]),
    back=st.sampled_from([0, 0, 11 * MINUTE]),
    shares=st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=4),
)
def test_no_rule_turns_before_said_until_and_one_does_then(
    events: list[Event], policy: Policy, sessions: list[tuple[int, str, str]], asked: int | None,
    reacted: int | None, since: int, back: int, shares: list[float],
) -> None:  # fmt: skip
    # Every rule is asked at every instant here, also those that no time should turn.
    ann = _ann(sessions)._replace(
        asked=None if asked is None else PastAsking(NOON + asked, None, 1),
        reactions=() if reacted is None else (PastReaction(NOON + reacted, "red", ROLLER, 2, 3),),
    )
    now, clock = NOON + since - back, NOON + since
    question = gate.question(rollers.fold(ROLLER, events), policy, now, ann, "face", clock=clock)

    def rules(instant: int) -> list[tuple[str, Word]]:
        found = gate.found(question._replace(now=instant, clock=max(clock, instant)))
        return [(finding.rule, finding.word) for finding in found]

    said_until = gate.judge(question).said_until
    end = now + 400 * DAY if said_until is None else said_until
    assert said_until is None or rules(said_until) != rules(now)
    for instant in (end - 1, *(now + int((end - now) * share) for share in shares)):
        assert rules(instant) == rules(now)


_PERSON_RULES = {"person", "floor", "interval", "contraindication", "unnamed"}


@settings(max_examples=300)
@given(
    events=lives(),
    policy=_POLICIES,
    since=st.sampled_from([0, 1, 5 * MINUTE, 10 * MINUTE, DAY - 1, DAY, DAY + 1, 2 * DAY, 90 * DAY]),
)
def test_lists_and_the_gate_say_the_same_word(events: list[Event], policy: Policy, since: int) -> None:
    folded = rollers.fold(ROLLER, events)
    now = NOON + since
    verdict = gate.check(folded, policy, now)
    ranks = [finding.word.rank for finding in verdict.findings if finding.rule not in _PERSON_RULES]
    word = list(Word)[max(ranks, default=0)]
    facts = standing(folded, policy)
    assert facts.word(now) is word
    states = {STOP: {State.STOP, State.RETIRED}, WAIT: {State.SOAKING, State.TAKE_OUT}, USE: {State.READY},
              CARE: {State.READY},
              WASH: {State.SOAKING, State.TAKE_OUT, State.DIRTY, State.STALE, State.NEW}}  # fmt: skip
    assert facts.state(now) in states[word]


@pytest.mark.parametrize(
    ("steps", "state", "word"),
    [
        ([], State.STOP, STOP),
        ([NEW], State.READY, USE),
        ([(NOON - DAY, registered("1.5"))], State.READY, CARE),
        ([(NOON - DAY, registered(sterile=False))], State.NEW, WASH),
        ([(NOON - DAY, registered(sterile=False)), (NOON - 1, soaked(5))], State.STALE, WASH),
        ([(NOON - DAY, registered(sterile=False)), (NOON - 1, used(), ANN)], State.DIRTY, WASH),
        ([NEW, (NOON - 1, used(), ANN)], State.DIRTY, WASH),
        ([NEW, (NOON - DAY, soaked())], State.READY, USE),
        ([NEW, (NOON - DAY - 1, soaked())], State.STALE, WASH),
        ([NEW, (NOON - 1, soaked(5))], State.STALE, WASH),
        ([NEW, (NOON - 1, soak())], State.SOAKING, WAIT),
        ([NEW, (NOON - 10 * MINUTE + 1, soak())], State.SOAKING, WAIT),
        ([NEW, (NOON - 10 * MINUTE, soak())], State.TAKE_OUT, WAIT),
        ([NEW, (NOON - 12 * HOUR, soak())], State.TAKE_OUT, WAIT),
        ([NEW, (NOON - 12 * HOUR - 1, soak())], State.TAKE_OUT, WASH),
        ([NEW, (NOON - 1, soak(objection="too weak"))], State.SOAKING, WASH),
        ([NEW, (NOON - 1, PUT)], State.STOP, STOP),
        ([NEW, (NOON, PUT)], State.STOP, STOP),
        ([NEW, (NOON - 90 * DAY, used(), ANN), (NOON - 1, soaked())], State.STOP, STOP),
        ([NEW, (NOON - 90 * DAY + 1, used(), ANN), (NOON - 1, soaked())], State.READY, USE),
        ([NEW, (NOON - 1, soak()), (NOON - 1, ev.Retired(reason="worn"))], State.RETIRED, STOP),
    ],
)
def test_where_a_roller_stands(steps: list[Step], state: State, word: Word) -> None:
    facts = standing(roller(*steps), HOME)
    assert facts.state(NOON) is state
    assert facts.word(NOON) is word


def test_a_standing_keeps_instants_and_counts() -> None:
    facts = standing(roller(NEW, (NOON - HOUR, used(), ANN), (NOON, soaked())), HOME)
    assert (facts.uses, facts.uses_limit, facts.bound_to) == (1, 10, ANN)
    assert (facts.first_used, facts.last_used) == (NOON - HOUR, NOON - HOUR)
    assert (facts.clean_until, facts.disinfected_at, facts.dirty_since) == (NOON + DAY, NOON, None)
    assert (facts.worn_on, facts.worn_because) == (NOON - HOUR + 90 * DAY, "age limit 90 d (convention)")
    assert standing(roller(NEW), HOME).clean_until == FOREVER
    used_since = standing(roller(NEW, (NOON - HOUR, soaked()), (NOON, used(), ANN)), HOME)
    assert (used_since.clean_until, used_since.dirty_since) == (None, NOON)


@pytest.mark.parametrize(
    ("steps", "because"),
    [
        ([NEW, (NOON, ev.Retired(reason="worn"))], "retired"),
        ([NEW, (NOON, BACK)], "recalled"),
        ([NEW, (NOON, PUT)], "quarantined"),
        ([NEW, (NOON, BENT)], "failed inspection"),
        ([NEW, (NOON - 1, used(), ANN), (NOON, used(), BEA)], "two persons"),
        ([], "not registered"),
        (uses(8), "used up 8/8"),
        ([(NOON, registered(expiry=date(2027, 1, 1)))], "expired"),
    ],
)
def test_the_end_that_comes_first_is_named(steps: list[Step], because: str) -> None:
    assert standing(roller(*steps), HOME).dead_because == because
