"""The gate's rules on soaking and washing, on both sides of every edge, in both profiles."""

from decimal import Decimal

import pytest
from harness.gate import (
    BOTH_WASHING,
    HOME,
    NEW,
    PUT,
    SALON,
    STOP,
    USE,
    WAIT,
    WASH,
    asked,
    rules,
    words,
)
from harness.histories import (
    ANN,
    DAY,
    HOUR,
    MINUTE,
    NOON,
    Step,
    registered,
    soak,
    soaked,
    used,
)

from rollertrack.domain import events as ev
from rollertrack.domain.policy import Policy
from rollertrack.domain.solution import judge
from rollertrack.domain.words import Word

# Soaking


@BOTH_WASHING
def test_while_the_contact_time_runs_it_waits_then_it_must_be_taken_out(policy: Policy) -> None:
    steps = [NEW, (NOON, soak())]
    running = asked(*steps, policy=policy)
    assert running.word is WAIT
    assert rules(running) == {"soaking"}
    assert running.said_until == NOON + 10 * MINUTE
    assert running.valid_until == NOON + 12 * HOUR + 1
    assert "10 min left" in running.findings[0].message
    up = asked(*steps, now=NOON + 10 * MINUTE, policy=policy)
    assert rules(up) == {"take-out"}
    assert up.findings[0].message.startswith("The contact time is up: take it out")
    ends = NOON + 12 * HOUR
    assert words(steps, NOON + 10 * MINUTE - 1, NOON + 10 * MINUTE, ends, ends + 1, policy=policy) == [
        WAIT, WAIT, WAIT, WASH,
    ]  # fmt: skip
    out = asked(*steps, (NOON + 10 * MINUTE, ev.DisinfectionEnded()), now=NOON + 10 * MINUTE, policy=policy)
    assert out.word is USE


@pytest.mark.parametrize(
    "before",
    [
        [(NOON - 1, used(), ANN)],
        [(NOON - 1, soaked(5))],
        [(NOON - 3 * DAY, soaked())],
        [(NOON - 3 * DAY, ev.Opened())],
        [(NOON - 1, ev.Amended(length=Decimal("0.5")))],
    ],
)
def test_waiting_takes_the_place_of_washing(before: list[Step]) -> None:
    assert asked(NEW, *before).word is WASH
    verdict = asked(NEW, *before, (NOON, soak()), now=NOON + 1)
    assert verdict.word is WAIT
    assert not [finding for finding in verdict.findings if finding.word is WASH]


def test_a_soak_that_cannot_count_is_not_waited_for() -> None:
    verdict = asked(NEW, (NOON, soak(objection="50 % alcohol is too weak")), now=NOON + 1)
    assert verdict.word is WASH
    assert "too weak" in verdict.findings[0].message


@pytest.mark.parametrize(("longest", "hours"), [(None, 12), (12 * 3_600, 12), (3_600, 1), (24 * 3_600, 24)])
def test_a_soak_has_an_end(longest: int | None, hours: int) -> None:
    bath = soak(longest=longest)
    for over, word, last in ((0, WAIT, USE), (1, WASH, WASH)):
        taken_out = NOON + hours * HOUR + over
        assert asked(NEW, (NOON, bath), now=taken_out).word is word
        assert asked(NEW, (NOON, bath), (taken_out, ev.DisinfectionEnded()), now=taken_out).word is last
    left = asked(NEW, (NOON, bath), now=NOON + 3 * DAY)
    assert "not known to be good" in left.findings[0].message
    assert left.next_step.startswith("Take it out and soak")


@pytest.mark.parametrize(
    ("minutes", "longest", "word"), [(60, 3_600, USE), (61, 3_600, WASH), (721, None, WASH)]
)
def test_so_has_one_told_afterwards(minutes: int, longest: int | None, word: Word) -> None:
    assert asked(NEW, (NOON, soaked(minutes, longest=longest))).word is word


def test_a_hold_outweighs_a_running_soak() -> None:
    assert asked(NEW, (NOON, soak()), (NOON, PUT)).word is STOP


# Washing


@BOTH_WASHING
@pytest.mark.parametrize(("start", "word"), [(-1, WASH), (0, USE), (1, USE)])
def test_only_a_disinfection_begun_at_or_after_the_use_cleans(policy: Policy, start: int, word: Word) -> None:
    policy = Policy(policy.profile, {**(policy.changes or {}), "uses.to-0.30": "8"})
    steps: list[Step] = [NEW, (NOON, used(), ANN), (NOON + start + 10 * MINUTE, soaked())]
    verdict = asked(*steps, now=NOON + 20 * MINUTE, policy=policy)
    assert verdict.word is word
    assert rules(verdict) >= ({"dirty"} if word is WASH else set())


@BOTH_WASHING
def test_a_roller_bought_not_sterile_is_disinfected_first(policy: Policy) -> None:
    known: Step = (NOON - DAY, registered(sterile=False, lot="L1"))
    verdict = asked(known, policy=policy)
    assert (verdict.word, rules(verdict)) == (WASH, {"new"})
    assert asked(known, (NOON, soaked()), policy=policy).word is USE
    assert asked(known, (NOON - 1, ev.Opened()), policy=policy).word is WASH


@BOTH_WASHING
def test_a_sterile_pack_stays_fresh_for_a_day_after_it_was_opened(policy: Policy) -> None:
    steps = [NEW, (NOON, ev.Opened())]
    assert words(steps, NOON, NOON + DAY, NOON + DAY + 1, policy=policy) == [USE, USE, WASH]
    assert asked(*steps, policy=policy).valid_until == NOON + DAY + 1
    assert "sterile pack was opened" in asked(*steps, now=NOON + DAY + 1).findings[0].message


@BOTH_WASHING
def test_a_disinfection_stays_fresh_for_a_day_after_it_ended(policy: Policy) -> None:
    steps = [NEW, (NOON, soaked())]
    assert words(steps, NOON, NOON + DAY, NOON + DAY + 1, policy=policy) == [USE, USE, WASH]
    assert asked(*steps, policy=policy).valid_until == NOON + DAY + 1
    stale = asked(*steps, now=NOON + DAY + 1, policy=policy)
    assert rules(stale) >= {"stale"}
    longer = Policy(policy.profile, {**(policy.changes or {}), "freshness.hours": "48"})
    assert words(steps, NOON + 2 * DAY, NOON + 2 * DAY + 1, policy=longer) == [USE, WASH]


@pytest.mark.parametrize(
    "last",
    [
        soaked(9),
        soaked(objection="uv is not accepted as a disinfection", agent="uv"),
        soaked(agent="soap", required=None),
        soaked(objection="solution expired"),
    ],
)
def test_the_last_disinfection_must_count_even_after_a_good_one(last: ev.Disinfected) -> None:
    verdict = asked(NEW, (NOON - HOUR, soaked()), (NOON, last))
    assert verdict.word is WASH
    assert rules(verdict) >= {"wash"}
    assert asked(NEW, (NOON - HOUR, soaked()), (NOON, last), (NOON + HOUR, soaked()), now=NOON + HOUR).may_use


def test_a_soak_ended_early_must_be_done_again() -> None:
    steps: list[Step] = [NEW, (NOON - HOUR, soak()), (NOON - 55 * MINUTE, ev.DisinfectionEnded(early=True))]
    verdict = asked(*steps)
    assert verdict.word is WASH
    assert rules(verdict) >= {"wash"}


@pytest.mark.parametrize(("late", "word"), [(-1, WASH), (0, USE), (1, USE)])
def test_what_lay_in_a_soak_was_in_no_other_bath_meanwhile(late: int, word: Word) -> None:
    out = NOON - HOUR
    steps: list[Step] = [(NOON - DAY, registered(sterile=False)), (out - 9 * MINUTE, soak())]
    steps += [(out, ev.DisinfectionEnded(early=True)), (out + 10 * MINUTE + late, soaked())]
    verdict = asked(*steps)
    assert verdict.word is word
    if word is WASH:
        assert "did not count: it lay in a soak meanwhile" in verdict.findings[0].message


def test_nor_while_it_soaks_still() -> None:
    steps: list[Step] = [(NOON - DAY, registered(sterile=False)), (NOON - 50 * MINUTE, soak())]
    steps += [(NOON - 20 * MINUTE, soaked()), (NOON, ev.DisinfectionEnded(objection="not rinsed"))]
    assert asked(*steps).word is WASH


@pytest.mark.parametrize(
    ("seconds", "word"), [(599, WASH), (600, USE), (601, USE)]
)  # fmt: skip
def test_the_contact_time_counts_to_the_second(seconds: int, word: Word) -> None:
    payload = ev.Disinfected(agent="alcohol", required=600, seconds=seconds)
    assert asked((NOON - DAY, registered(sterile=False)), (NOON, payload)).word is word


@pytest.mark.parametrize(
    ("agent", "strength", "word", "policy"),
    [
        ("alcohol", "59", WASH, HOME), ("alcohol", "60", USE, HOME), ("alcohol", None, USE, HOME),
        ("alcohol", "90", USE, HOME), ("alcohol", "91", WASH, HOME), ("peroxide", "3", USE, HOME),
        ("peroxide", "3", WASH, SALON), ("opa", None, WASH, HOME), ("opa", None, WASH, SALON),
        ("soap", None, WASH, HOME), ("ultrasonic", None, WASH, SALON), ("denture", None, WASH, HOME),
        ("chlorhexidine", None, WASH, HOME), ("uv", None, WASH, HOME), ("boiling", None, WASH, SALON),
        ("vodka", "70", WASH, HOME),
    ],
)  # fmt: skip
def test_an_agent_as_judged_when_logged_decides(
    agent: str, strength: str | None, word: Word, policy: Policy
) -> None:
    start = NOON - 2 * HOUR
    judged = judge(policy, agent, None if strength is None else Decimal(strength), None, start)
    payload = ev.Disinfected(
        agent=agent, strength=judged.strength, required=judged.required, objection=judged.objection,
        seconds=2 * 3_600, cleaned=True,
    )  # fmt: skip
    known: Step = (NOON - DAY, registered("0.25", sterile=False, lot="L1"))
    assert asked(known, (NOON, payload), policy=policy).word is word


def test_what_was_decided_when_it_was_logged_holds_when_the_policy_changes() -> None:
    steps: list[Step] = [(NOON - DAY, registered("0.25", sterile=False)), (NOON, soaked())]
    assert asked(*steps, policy=Policy("home", {"agent.alcohol.minutes": "60"})).word is USE
