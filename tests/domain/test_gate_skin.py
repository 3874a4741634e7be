"""The gate's rules on skin and person, what it only says, and the verdict as a whole."""

from decimal import Decimal

import pytest
from harness.gate import (
    BENT,
    BOTH,
    CARE,
    CLINIC,
    HOME,
    NEW,
    STOP,
    USE,
    WAIT,
    asked,
    first_used,
    messages,
    rested,
    rules,
    uses,
)
from harness.histories import (
    ANN,
    BEA,
    DAY,
    HOUR,
    NOON,
    ROLLER,
    Step,
    lives,
    person,
    registered,
    soaked,
    used,
)
from hypothesis import given
from hypothesis import strategies as st

from rollertrack.domain import events as ev
from rollertrack.domain import gate
from rollertrack.domain import roller as rollers
from rollertrack.domain.events import Event
from rollertrack.domain.policy import Policy
from rollertrack.domain.words import Word

# The skin


@BOTH
@pytest.mark.parametrize(
    ("length", "rest"), [("0.05", DAY), ("0.25", DAY), ("0.50", DAY), ("0.51", 7 * DAY), ("2.00", 7 * DAY)]
)
def test_the_skin_rests_for_the_floor_after_any_session(policy: Policy, length: str, rest: int) -> None:
    verdict = asked(NEW, policy=policy, who=rested(length, ago=rest - 1))
    assert verdict.word is WAIT
    assert "floor" in rules(verdict)
    assert verdict.valid_until == NOON + 1
    assert "floor" not in rules(asked(NEW, policy=policy, who=rested(length, ago=rest)))
    longer = Policy(policy.profile, {"floor.hours": "200"})
    assert asked(NEW, policy=longer, who=rested(length, ago=rest)).word is WAIT


@BOTH
def test_the_longest_floor_that_still_runs_decides(policy: Policy) -> None:
    """Neither a later session with short needles nor one kept short hides the week after long ones."""
    long_ago = (NOON - 3 * DAY, ev.Session(roller="RBBBBBBBN", entry=2, length=Decimal("1.5"), area="face"))
    lately = (NOON - 30 * HOUR, ev.Session(roller=ROLLER, entry=2, length=Decimal("0.25"), area="scalp"))
    verdict = asked(NEW, policy=policy, who=person(long_ago, lately))
    assert verdict.word is WAIT
    assert "The skin needs 7 d after 1.50 mm: 4 d left." in messages(verdict)


@BOTH
@pytest.mark.parametrize("ago", [1, HOUR, 3 * HOUR, 2 * DAY])
def test_the_use_of_a_handpiece_starts_no_clock(policy: Policy, ago: int) -> None:
    assert asked(NEW, policy=policy, who=rested(None, ago=ago)).word is USE


@pytest.mark.parametrize(
    ("length", "area", "days", "policy"),
    [
        ("0.05", "face", 2, HOME), ("0.30", "face", 2, HOME), ("0.30", "", 2, CLINIC),
        ("0.31", "face", 14, HOME), ("0.50", "face", 14, HOME),
        ("0.31", "face", 28, CLINIC), ("0.50", "face", 28, CLINIC),
        ("0.51", "face", 28, HOME), ("1.99", "face", 28, HOME), ("1.99", "", 28, CLINIC),
        ("2.00", "face", 42, HOME), ("5.00", "neck", 42, CLINIC),
        ("0.25", "scalp", 2, HOME), ("0.50", "Scalp", 7, HOME), ("0.50", " scalp ", 7, CLINIC),
        ("1.51", "scalp", 28, HOME), ("2.00", "scalp", 42, HOME),
        ("0.50", "face", 7, Policy("home", {"interval.to-0.50.days": "7"})),
    ],
)  # fmt: skip
def test_the_rest_runs_by_that_sessions_length_and_area(
    length: str, area: str, days: int, policy: Policy
) -> None:
    policy = Policy(policy.profile, {**(policy.changes or {}), "floor.over-0.50.days": "1"})
    running = asked(NEW, policy=policy, who=rested(length, area, days * DAY - 1))
    assert running.word is CARE
    assert "interval" in rules(running)
    assert running.valid_until == NOON + 1
    over = asked(NEW, policy=policy, who=rested(length, area, days * DAY))
    assert over.word is USE
    assert "interval" not in rules(over)


@pytest.mark.parametrize("entered", [1, -1])
def test_the_newest_session_counts_for_the_floor(entered: int) -> None:
    steps: list[Step] = [
        (NOON - ago, ev.Session(roller=ROLLER, entry=2, length=Decimal("0.25")))
        for ago in (3 * HOUR, 90 * DAY)
    ]
    assert "floor" in rules(asked(NEW, who=person(*steps[::entered])))


def test_an_older_session_with_longer_needles_still_counts() -> None:
    long_ago = (NOON - 20 * DAY, ev.Session(roller="RBBBBBBBN", entry=2, length=Decimal("1.5")))
    lately = (NOON - 3 * DAY, ev.Session(roller=ROLLER, entry=2, length=Decimal("0.25")))
    assert asked(NEW, who=person(long_ago, lately)).word is CARE
    assert asked(NEW, who=person(lately)).word is USE


def test_sessions_count_although_the_person_is_only_known_from_the_binding() -> None:
    verdict = asked(NEW, who=rested("0.25", ago=3 * HOUR), named=False)
    assert verdict.word is WAIT
    assert rules(verdict) >= {"floor", "unnamed"}


@BOTH
def test_a_person_must_be_named(policy: Policy) -> None:
    assert rules(asked(NEW, policy=policy, who=None)) >= {"unnamed"}
    assert asked(NEW, policy=policy, who=None).word is CARE
    assert asked(NEW, policy=policy, named=False).word is CARE
    assert asked(NEW, policy=policy).word is USE


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ((NOON - HOUR, ev.Bound(), ANN), "Taken for the person it belongs to; nobody was named."),
        ((NOON - HOUR, ev.Noted(text="x")), "The person is not named."),
    ],
)
def test_whom_a_bound_roller_is_taken_for_is_said(step: Step, said: str) -> None:
    assert said in messages(asked(NEW, step, named=False))


@BOTH
def test_a_contraindication_asks_for_a_professional(policy: Policy) -> None:
    noted = (NOON - DAY, ev.Contraindication(name="eczema"))
    verdict = asked(NEW, policy=policy, who=person(noted))
    assert verdict.word is CARE
    assert [finding.rule for finding in verdict.to_acknowledge] == ["contraindication"]
    assert "professional" in verdict.next_step
    over = (NOON, ev.Contraindication(name="eczema", present=False))
    assert asked(NEW, policy=policy, who=person(noted, over)).word is USE


@pytest.mark.parametrize(
    ("length", "word", "policy"),
    [
        ("0.99", USE, HOME),
        ("1.00", CARE, HOME),
        ("1.01", CARE, HOME),
        ("5.00", USE, CLINIC),
        ("0.49", USE, Policy("clinic", {"length.professional": "0.5"})),
        ("0.50", CARE, Policy("clinic", {"length.professional": "0.5"})),
        ("5.00", USE, Policy("home", {"length.professional": "none"})),
    ],
)
def test_a_professional_length_asks_for_care(length: str, word: Word, policy: Policy) -> None:
    verdict = asked((NOON - DAY, registered(length, lot="L1")), policy=policy)
    assert verdict.word is word
    assert ("length" in rules(verdict)) is (word is CARE)


# What is only said


@pytest.mark.parametrize(("count", "due"), [(6, False), (7, True)])
def test_due_soon_by_uses(count: int, due: bool) -> None:
    # 80 % of 8 is 6.4
    verdict = asked(*uses(count))
    assert verdict.word is USE
    assert ("due" in rules(verdict)) is due


def test_eighty_percent_exactly_is_due_soon() -> None:
    assert "due" not in rules(asked(*uses(7, "0.25")))
    assert "due" in rules(asked(*uses(8, "0.25")))


@pytest.mark.parametrize(("left", "due"), [(14 * DAY + 1, False), (14 * DAY, True), (1, True)])
def test_due_soon_by_days(left: int, due: bool) -> None:
    verdict = asked(*first_used(90 * DAY - left))
    assert verdict.word is USE
    assert ("due" in rules(verdict)) is due


def test_due_soon_can_be_turned_off() -> None:
    off = Policy("home", {"due.days": "none", "due.uses-percent": "none"})
    assert "due" not in rules(asked(*first_used(90 * DAY - 1), policy=off))
    assert "due" not in rules(asked(*uses(7), policy=off))


@pytest.mark.parametrize(
    ("length", "policy", "said"),
    [("0.30", HOME, False), ("0.31", HOME, True), ("1.00", HOME, False), ("0.31", CLINIC, False)],
)
def test_a_length_over_the_notice_is_said_at_home(length: str, policy: Policy, said: bool) -> None:
    verdict = asked((NOON - DAY, registered(length, lot="L1")), policy=policy)
    assert ("notice" in rules(verdict)) is said


@pytest.mark.parametrize("cleaned", [True, False])
def test_a_cleaning_step_that_was_not_logged_is_said(cleaned: bool) -> None:
    verdict = asked(NEW, (NOON, soaked(cleaned=cleaned)))
    assert verdict.word is USE
    assert ("cleaning" in rules(verdict)) is not cleaned


@pytest.mark.parametrize(
    ("policy", "lot", "said"), [(HOME, "", False), (CLINIC, "", True), (CLINIC, "L", False)]
)
def test_a_missing_lot_is_said_in_the_clinic(policy: Policy, lot: str, said: bool) -> None:
    verdict = asked((NOON - DAY, registered("0.25", lot=lot)), policy=policy)
    assert verdict.word is USE
    assert ("lot" in rules(verdict)) is said


# The verdict as a whole


def test_the_worst_finding_decides_and_stands_first() -> None:
    bea = rested("0.5", ago=3 * HOUR)._replace(code=BEA, contraindications=("eczema",))
    verdict = asked((NOON - DAY, registered("1.5")), (NOON - HOUR, used(), ANN), (NOON, BENT), who=bea)
    words = [finding.word.rank for finding in verdict.findings]
    assert words == sorted(words, reverse=True)
    assert verdict.word is verdict.findings[0].word is STOP
    assert verdict.next_step == verdict.findings[0].step
    assert rules(verdict) >= {"inspection", "person", "uses", "dirty", "floor", "interval", "length"}


def test_the_words_go_from_best_to_worst() -> None:
    assert [word.value for word in Word] == ["USE", "USE WITH CARE", "WAIT", "WASH FIRST", "STOP"]
    assert [word.sign for word in Word] == ["✓", "!", "◔", "~", "✗"]


@pytest.mark.parametrize("policy", [HOME, CLINIC])
@given(events=lives(), ago=st.integers(0, 3 * DAY))
def test_every_finding_that_forbids_says_what_to_do(policy: Policy, events: list[Event], ago: int) -> None:
    verdict = gate.check(rollers.fold(ROLLER, events), policy, NOON, rested("0.5", ago=ago))
    for finding in verdict.findings:
        assert finding.message
        assert finding.message.endswith(".")
        assert "steril" not in finding.message.replace("sterile pack", "").replace("not sterile", "")
        assert finding.step or finding.word is USE
    assert verdict.may_use == (verdict.word in {USE, CARE})


def test_a_handpiece_needs_no_rest_of_the_skin() -> None:
    """It is logged beside its cartridge, on the same skin at the same time."""
    pen = (NOON - DAY, registered(None, form="handpiece", sterile=False))
    assert asked(pen, (NOON, soaked()), who=rested("1.50", ago=1)).word is USE
    assert asked(NEW, who=rested("1.50", ago=3 * HOUR)).word is WAIT
