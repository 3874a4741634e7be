"""The gate's rules on what stops a roller, on both sides of every edge, in both profiles."""

from datetime import date
from typing import Any

import pytest
from harness.gate import (
    BACK,
    BENT,
    BOTH,
    CLINIC,
    FRESH,
    HOME,
    NEW,
    OTHER,
    PUT,
    SALON,
    STOP,
    USE,
    WASH,
    asked,
    first_used,
    rules,
    uses,
    words,
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
    person,
    registered,
    roller,
    soaked,
    told,
    used,
)

from rollertrack.domain import events as ev
from rollertrack.domain import gate
from rollertrack.domain import roller as rollers
from rollertrack.domain.policy import Policy
from rollertrack.domain.standing import CLOCK_TOLERANCE
from rollertrack.domain.words import Word

NO_PACK = {"clinic.sterile-needles": "no"}

# What is not known


@BOTH
def test_a_roller_without_any_event_stops(policy: Policy) -> None:
    verdict = asked(policy=policy)
    assert verdict.word is STOP
    assert rules(verdict) == {"unknown"}
    assert not verdict.may_use
    assert verdict.next_step


@BOTH
def test_a_roller_that_was_only_written_about_stops(policy: Policy) -> None:
    for payload in (ev.Noted(text="x"), ev.Opened(), ev.Bound(), soaked(), ev.Inspected(ok=True)):
        assert asked((NOON - 1, payload, ANN), policy=policy).word is STOP


def test_a_code_nobody_can_read_stops() -> None:
    verdict = gate.unknown("the check letter does not fit")
    assert verdict.word is STOP
    assert verdict.findings[0].message == "the check letter does not fit"
    assert "never use a roller without a record" in verdict.next_step


@BOTH
def test_a_sealed_sterile_roller_may_be_used_and_for_as_long_as_nothing_happens(policy: Policy) -> None:
    verdict = asked(NEW, policy=policy)
    assert verdict.word is USE
    assert verdict.valid_until == (NOON + 179 * DAY + 1 if policy.stricter else None)  # asked anew then


# Holds

TAKE = ev.Released(reason="fine")


@BOTH
@pytest.mark.parametrize(
    ("steps", "word", "rule"),
    [
        ([(NOON, ev.Retired(reason="worn"))], STOP, "retired"),
        ([(NOON - DAY, ev.Retired(reason="worn")), (NOON, TAKE)], STOP, "retired"),
        ([(NOON, PUT)], STOP, "quarantined"),
        ([(NOON - 1, PUT), (NOON, TAKE)], USE, ""),
        ([(NOON, PUT), (NOON - 1, TAKE)], STOP, "quarantined"),
        ([(NOON, BACK)], STOP, "recalled"),
        ([(NOON - 1, BACK), (NOON, TAKE)], USE, ""),
        ([(NOON, BACK), (NOON - 1, TAKE)], STOP, "recalled"),
        ([(NOON, BENT)], STOP, "inspection"),
        ([(NOON - 1, BENT), (NOON, ev.Inspected(ok=True))], STOP, "inspection"),
        ([(NOON, BENT), (NOON - 1, ev.Inspected(ok=True))], STOP, "inspection"),
        ([(NOON - 1, BENT), (NOON, TAKE)], STOP, "inspection"),
        ([(NOON - 1, PUT), (NOON, ev.Inspected(ok=True))], STOP, "quarantined"),
        ([(NOON - 1, BENT), (NOON, ev.Voided(entry=2, reason="wrong roller"))], USE, ""),
    ],
)
def test_a_hold_stops_until_it_is_lifted(policy: Policy, steps: list[Step], word: Word, rule: str) -> None:
    verdict = asked(NEW, *steps, policy=policy)
    assert verdict.word is word
    assert rules(verdict) == ({rule} if rule else set())
    if word is STOP:
        assert asked(NEW, *steps, policy=policy, now=NOON + 1_000 * DAY).word is STOP


# Whose it is


@BOTH
@pytest.mark.parametrize(
    ("steps", "for_ann", "for_bea"),
    [
        ([], USE, USE),
        ([(NOON - 2, ev.Bound(), ANN)], USE, STOP),
        ([(NOON - 2, ev.Bound(), ANN), (NOON - 1, ev.Bound(), BEA)], STOP, USE),
    ],
)
def test_a_roller_set_aside_is_for_one_person(
    policy: Policy, steps: list[Step], for_ann: Word, for_bea: Word
) -> None:
    assert asked(NEW, *steps, policy=policy).word is for_ann
    assert asked(NEW, *steps, policy=policy, who=OTHER).word is for_bea


@pytest.mark.parametrize(
    ("uses", "for_ann", "for_bea", "rule"),
    [
        ([ANN], USE, STOP, "person"),
        ([ANN, ANN], USE, STOP, "person"),
        ([ANN, BEA], STOP, STOP, "shared"),
        ([None], STOP, STOP, "person"),
        ([None, ANN], STOP, STOP, "shared"),
        ([ANN, None], STOP, STOP, "shared"),
    ],
)
def test_the_first_use_binds(uses: list[str | None], for_ann: Word, for_bea: Word, rule: str) -> None:
    steps = [(NOON - 10 * DAY + day, used(), who) if who else (NOON - 10 * DAY + day, used())
             for day, who in enumerate(uses)]  # fmt: skip
    told_steps: list[Step] = [NEW, *steps, (NOON, soaked())]
    assert asked(*told_steps).word is for_ann
    verdict = asked(*told_steps, who=OTHER)
    assert verdict.word is for_bea
    assert rule in rules(verdict)


@BOTH
def test_all_that_holds_or_harmed_a_roller_is_told_and_not_the_first_of_it_alone(policy: Policy) -> None:
    verdict = asked(
        NEW,
        (NOON - 9, ev.Quarantined(reason="dropped")),
        (NOON - 8, ev.Recalled(reason="lot A")),
        (NOON - 7, ev.Inspected(ok=False, reason="bent")),
        (NOON - 6, ev.Used(word="USE", infected=True), ANN),
        policy=policy,
    )
    assert rules(verdict) >= {"quarantined", "recalled", "inspection", "infected"}


@BOTH
def test_a_handpiece_passes_from_person_to_person_when_disinfected_between(policy: Policy) -> None:
    known: Step = (NOON - DAY, registered(None, form="handpiece", sterile=False, lot="L1"))
    between: list[Step] = [known, (NOON - HOUR, used(), ANN)]
    assert asked(*between, policy=policy, who=OTHER).word is WASH
    assert asked(*between, (NOON, soaked()), policy=policy, who=OTHER).word is USE


# Limits


@pytest.mark.parametrize(
    ("length", "facts", "limit", "policy"),
    [
        ("0.05", {}, 10, HOME),
        ("0.30", {}, 10, HOME),
        ("0.31", {}, 8, HOME),
        ("0.50", {}, 8, HOME),
        ("0.51", {}, 3, HOME),
        ("0.99", {}, 3, HOME),
        ("1.00", {}, 3, HOME),
        ("1.01", {}, 1, HOME),
        ("5.00", {}, 1, HOME),
        ("0.25", {"form": "stamp"}, 10, HOME),
        ("0.25", {"form": "cartridge"}, 1, HOME),
        ("0.25", {"form": "cartridge", "max_uses": 2}, 2, HOME),
        ("0.25", {"max_uses": 4}, 4, HOME),
        ("0.25", {"max_uses": 15}, 15, HOME),
        ("0.25", {"single_use": True}, 1, HOME),
        ("0.25", {"single_use": True, "max_uses": 15}, 1, HOME),
        ("0.25", {}, 1, SALON),
        ("1.50", {}, 1, SALON),
        ("0.25", {"max_uses": 15}, 1, SALON),
        ("0.25", {"max_uses": 15}, 5, Policy("clinic", {**NO_PACK, "uses.to-0.30": "5"})),
        ("0.25", {"max_uses": 3}, 3, Policy("clinic", {**NO_PACK, "uses.to-0.30": "5"})),
        ("0.25", {"max_uses": 3}, 3, Policy("home", {"uses.to-0.30": "2"})),
        ("0.25", {"single_use": True}, 1, Policy("clinic", {**NO_PACK, "uses.to-0.30": "5"})),
    ],
)
def test_the_last_use_that_is_left_and_the_one_too_many(
    length: str, facts: dict[str, Any], limit: int, policy: Policy
) -> None:
    assert asked(*uses(limit - 1, length, **facts), policy=policy).may_use
    verdict = asked(*uses(limit, length, **facts), policy=policy)
    assert verdict.word is STOP
    assert rules(verdict) >= {"uses"}
    assert "sharps container" in verdict.next_step


def test_a_handpiece_has_no_use_limit() -> None:
    known: Step = (NOON - 300 * DAY, registered(None, form="handpiece", sterile=False))
    many: list[Step] = [(NOON - 2 * DAY + place, used(), ANN) for place in range(200)]
    for policy in (HOME, CLINIC):
        verdict = asked(known, *many, (NOON, soaked()), policy=policy)
        assert verdict.word is USE


@pytest.mark.parametrize(
    ("days", "facts", "policy"),
    [
        (90, {}, HOME),
        (30, {"max_days": 30}, HOME),
        (120, {"max_days": 120}, HOME),
        (1, {}, Policy("clinic", {**NO_PACK, "uses.to-0.30": "5"})),
        (1, {"max_days": 30}, Policy("clinic", {**NO_PACK, "uses.to-0.30": "5"})),
        (7, {}, Policy("clinic", {**NO_PACK, "uses.to-0.30": "5", "age.days": "7"})),
        (3, {"max_days": 3}, Policy("clinic", {**NO_PACK, "uses.to-0.30": "5", "age.days": "7"})),
    ],
)
def test_the_age_limit_falls_to_the_microsecond(days: int, facts: dict[str, Any], policy: Policy) -> None:
    before = asked(*first_used(days * DAY - 1, **facts), policy=policy)
    assert before.may_use
    assert before.valid_until == NOON + 1
    verdict = asked(*first_used(days * DAY, **facts), policy=policy)
    assert verdict.word is STOP
    assert rules(verdict) >= {"age"}


def test_a_roller_never_used_does_not_age() -> None:
    assert words([NEW], NOON, NOON + 3_000 * DAY) == [USE, USE]


@BOTH
@pytest.mark.parametrize(("offset", "shift"), [(0, 0), (60, -HOUR), (-300, 5 * HOUR)])
def test_the_expiry_on_the_pack_lasts_to_the_end_of_its_day(policy: Policy, offset: int, shift: int) -> None:
    entries = told(ROLLER, [(NOON - DAY, registered(lot="L1", expiry=date(2027, 1, 15)))])
    known = entries[0]._replace(offset=offset)
    end = NOON + 12 * HOUR + shift
    folded = rollers.fold(ROLLER, [known])
    before = gate.check(folded, policy, end - 1, FRESH)
    assert before.word is USE
    assert before.valid_until == end
    after = gate.check(folded, policy, end, FRESH)
    assert after.word is STOP
    assert rules(after) == {"expiry"}


# The clock


@BOTH
def test_what_lies_five_minutes_ahead_is_let_pass_and_no_more(policy: Policy) -> None:
    ahead = CLOCK_TOLERANCE
    assert ahead == 5 * MINUTE
    assert asked(NEW, (NOON + ahead, ev.Noted(text="x")), policy=policy).word is USE
    verdict = asked(NEW, (NOON + ahead + 1, ev.Noted(text="x")), policy=policy)
    assert verdict.word is STOP
    assert rules(verdict) == {"clock"}
    assert verdict.valid_until == NOON + 1


@pytest.mark.parametrize(("ahead", "word"), [(CLOCK_TOLERANCE, USE), (CLOCK_TOLERANCE + 1, STOP)])
def test_what_was_entered_in_the_future_stops_too(ahead: int, word: Word) -> None:
    entered = told(ROLLER, [NEW])[0]._replace(recorded_at=NOON + ahead)
    assert gate.check(rollers.fold(ROLLER, [entered]), HOME, NOON, FRESH).word is word


@pytest.mark.parametrize(("ahead", "word"), [(CLOCK_TOLERANCE, USE), (CLOCK_TOLERANCE + 1, STOP)])
def test_a_persons_entry_in_the_future_stops_and_the_verdict_says_until_when(ahead: int, word: Word) -> None:
    ann = person((NOON + ahead, ev.Noted(text="x")))
    verdict = asked(NEW, who=ann)
    assert verdict.word is word
    if word is STOP:
        assert verdict.valid_until == NOON + 1


def test_a_question_about_the_past_uses_the_real_clock() -> None:
    folded = roller(NEW, (NOON, ev.Noted(text="x")), until=NOON - DAY)
    assert gate.check(folded, HOME, NOON - DAY, FRESH, clock=NOON).word is USE
    assert gate.check(folded, HOME, NOON - DAY, FRESH, clock=NOON - DAY).word is STOP
