"""Every rule of the gate on both sides of its edge, in both profiles where they differ."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from domain_histories import (
    ANN,
    BEA,
    DAY,
    HOUR,
    MINUTE,
    NOON,
    ROLLER,
    Step,
    lives,
    person,
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
from rollertrack.domain.person import Person
from rollertrack.domain.policy import Policy
from rollertrack.domain.solution import judge
from rollertrack.domain.standing import CLOCK_TOLERANCE, FOREVER, standing
from rollertrack.domain.verdict import Verdict
from rollertrack.domain.words import State, Word

HOME, CLINIC = Policy("home"), Policy("clinic")
BOTH = pytest.mark.parametrize("policy", [HOME, CLINIC], ids=["home", "clinic"])
USE, CARE, WAIT, WASH, STOP = Word
NEW: Step = (NOON - 300 * DAY, registered(lot="L1"))
FRESH = Person(ANN, "Ann")


def _asked(
    *steps: Step, now: int = NOON, policy: Policy = HOME, who: Person | None = FRESH, named: bool = True
) -> Verdict:
    """The verdict on a roller after what happened to it."""
    return gate.check(roller(*steps), policy, now, who, named=named)


def _words(
    steps: Sequence[Step], *nows: int, policy: Policy = HOME, who: Person | None = FRESH
) -> list[Word]:
    return [_asked(*steps, now=now, policy=policy, who=who).word for now in nows]


def _rules(verdict: Verdict) -> set[str]:
    return {finding.rule for finding in verdict.findings}


# What is not known


@BOTH
def test_a_roller_without_any_event_stops(policy: Policy) -> None:
    verdict = _asked(policy=policy)
    assert verdict.word is STOP
    assert _rules(verdict) == {"unknown"}
    assert not verdict.may_use
    assert verdict.next_step


@BOTH
def test_a_roller_that_was_only_written_about_stops(policy: Policy) -> None:
    for body in (ev.Noted(text="x"), ev.Opened(), ev.Bound(), soaked(), ev.Inspected(ok=True)):
        assert _asked((NOON - 1, body, ANN), policy=policy).word is STOP


def test_a_code_nobody_can_read_stops() -> None:
    verdict = gate.unknown("the check letter does not fit")
    assert verdict.word is STOP
    assert verdict.findings[0].message == "the check letter does not fit"
    assert "never use a roller without a record" in verdict.next_step


@BOTH
def test_a_sealed_sterile_roller_may_be_used_and_for_as_long_as_nothing_happens(policy: Policy) -> None:
    verdict = _asked(NEW, policy=policy)
    assert verdict.word is USE
    assert verdict.valid_until is None


# Holds

PUT = ev.Quarantined(reason="dropped")
BACK = ev.Recalled(reason="lot L1")
TAKE = ev.Released(reason="fine")
BENT = ev.Inspected(ok=False, reason="bent")


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
        ([(NOON - 1, BENT), (NOON, ev.Inspected(ok=True))], USE, ""),
        ([(NOON, BENT), (NOON - 1, ev.Inspected(ok=True))], STOP, "inspection"),
        ([(NOON - 1, BENT), (NOON, TAKE)], STOP, "inspection"),
        ([(NOON - 1, PUT), (NOON, ev.Inspected(ok=True))], STOP, "quarantined"),
        ([(NOON - 1, BENT), (NOON, ev.Voided(entry=2, reason="wrong roller"))], USE, ""),
    ],
)
def test_a_hold_stops_until_it_is_lifted(policy: Policy, steps: list[Step], word: Word, rule: str) -> None:
    verdict = _asked(NEW, *steps, policy=policy)
    assert verdict.word is word
    assert _rules(verdict) == ({rule} if rule else set())
    if word is STOP:
        assert _asked(NEW, *steps, policy=policy, now=NOON + 1_000 * DAY).word is STOP


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
    assert _asked(NEW, *steps, policy=policy).word is for_ann
    assert _asked(NEW, *steps, policy=policy, who=Person(BEA, "Bea")).word is for_bea


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
    assert _asked(*told_steps).word is for_ann
    verdict = _asked(*told_steps, who=Person(BEA, "Bea"))
    assert verdict.word is for_bea
    assert rule in _rules(verdict)


@BOTH
def test_a_handpiece_passes_from_person_to_person_when_disinfected_between(policy: Policy) -> None:
    known: Step = (NOON - DAY, registered(None, form="handpiece", sterile=False, lot="L1"))
    between: list[Step] = [known, (NOON - HOUR, used(), ANN)]
    assert _asked(*between, policy=policy, who=Person(BEA, "Bea")).word is WASH
    assert _asked(*between, (NOON, soaked()), policy=policy, who=Person(BEA, "Bea")).word is USE


# Limits


def _uses(count: int, length: str = "0.5", **facts: Any) -> list[Step]:
    """A roller used `count` times within the last hours, clean since."""
    known: Step = (NOON - 300 * DAY, registered(length, lot="L1", **facts))
    times = [(NOON - 2 * HOUR - place, used(), ANN) for place in range(count)]
    return [known, *times, (NOON - HOUR, soaked())]


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
        ("0.25", {}, 1, CLINIC),
        ("1.50", {}, 1, CLINIC),
        ("0.25", {"max_uses": 15}, 1, CLINIC),
        ("0.25", {"max_uses": 15}, 5, Policy("clinic", {"uses.to-0.30": "5"})),
        ("0.25", {"max_uses": 3}, 3, Policy("clinic", {"uses.to-0.30": "5"})),
        ("0.25", {"max_uses": 3}, 3, Policy("home", {"uses.to-0.30": "2"})),
        ("0.25", {"single_use": True}, 1, Policy("clinic", {"uses.to-0.30": "5"})),
    ],
)
def test_the_last_use_that_is_left_and_the_one_too_many(
    length: str, facts: dict[str, Any], limit: int, policy: Policy
) -> None:
    assert _asked(*_uses(limit - 1, length, **facts), policy=policy).may_use
    verdict = _asked(*_uses(limit, length, **facts), policy=policy)
    assert verdict.word is STOP
    assert _rules(verdict) >= {"uses"}
    assert "sharps container" in verdict.next_step


def test_a_handpiece_has_no_use_limit() -> None:
    known: Step = (NOON - 300 * DAY, registered(None, form="handpiece", sterile=False))
    many: list[Step] = [(NOON - 2 * DAY + place, used(), ANN) for place in range(200)]
    for policy in (HOME, CLINIC):
        verdict = _asked(known, *many, (NOON, soaked()), policy=policy)
        assert verdict.word is USE


def _first_used(ago: int, **facts: Any) -> list[Step]:
    return [
        (NOON - 300 * DAY, registered("0.25", lot="L1", **facts)),
        (NOON - ago, used(), ANN),
        (NOON - HOUR, soaked()),
    ]


@pytest.mark.parametrize(
    ("days", "facts", "policy"),
    [
        (90, {}, HOME),
        (30, {"max_days": 30}, HOME),
        (120, {"max_days": 120}, HOME),
        (1, {}, Policy("clinic", {"uses.to-0.30": "5"})),
        (1, {"max_days": 30}, Policy("clinic", {"uses.to-0.30": "5"})),
        (7, {}, Policy("clinic", {"uses.to-0.30": "5", "age.days": "7"})),
        (3, {"max_days": 3}, Policy("clinic", {"uses.to-0.30": "5", "age.days": "7"})),
    ],
)
def test_the_age_limit_falls_to_the_microsecond(days: int, facts: dict[str, Any], policy: Policy) -> None:
    before = _asked(*_first_used(days * DAY - 1, **facts), policy=policy)
    assert before.may_use
    assert before.valid_until == NOON + 1
    verdict = _asked(*_first_used(days * DAY, **facts), policy=policy)
    assert verdict.word is STOP
    assert _rules(verdict) >= {"age"}


def test_a_roller_never_used_does_not_age() -> None:
    assert _words([NEW], NOON, NOON + 3_000 * DAY) == [USE, USE]


@BOTH
@pytest.mark.parametrize(("offset", "shift"), [(0, 0), (60, -HOUR), (-300, 5 * HOUR)])
def test_the_expiry_on_the_pack_lasts_to_the_end_of_its_day(policy: Policy, offset: int, shift: int) -> None:
    known = replace(
        told(ROLLER, [(NOON - DAY, registered(lot="L1", expiry=date(2027, 1, 15)))])[0], offset=offset
    )
    end = NOON + 12 * HOUR + shift
    folded = rollers.fold(ROLLER, [known])
    before = gate.check(folded, policy, end - 1, FRESH)
    assert before.word is USE
    assert before.valid_until == end
    after = gate.check(folded, policy, end, FRESH)
    assert after.word is STOP
    assert _rules(after) == {"expiry"}


# The clock


@BOTH
def test_what_lies_five_minutes_ahead_is_let_pass_and_no_more(policy: Policy) -> None:
    ahead = CLOCK_TOLERANCE
    assert ahead == 5 * MINUTE
    assert _asked(NEW, (NOON + ahead, ev.Noted(text="x")), policy=policy).word is USE
    verdict = _asked(NEW, (NOON + ahead + 1, ev.Noted(text="x")), policy=policy)
    assert verdict.word is STOP
    assert _rules(verdict) == {"clock"}
    assert verdict.valid_until == NOON + 1


@pytest.mark.parametrize(("ahead", "word"), [(CLOCK_TOLERANCE, USE), (CLOCK_TOLERANCE + 1, STOP)])
def test_what_was_entered_in_the_future_stops_too(ahead: int, word: Word) -> None:
    entered = replace(told(ROLLER, [NEW])[0], recorded_at=NOON + ahead)
    assert gate.check(rollers.fold(ROLLER, [entered]), HOME, NOON, FRESH).word is word


@pytest.mark.parametrize(("ahead", "word"), [(CLOCK_TOLERANCE, USE), (CLOCK_TOLERANCE + 1, STOP)])
def test_a_persons_entry_in_the_future_stops_and_the_verdict_says_until_when(ahead: int, word: Word) -> None:
    ann = person((NOON + ahead, ev.Noted(text="x")))
    verdict = _asked(NEW, who=ann)
    assert verdict.word is word
    if word is STOP:
        assert verdict.valid_until == NOON + 1


def test_a_question_about_the_past_uses_the_real_clock() -> None:
    folded = roller(NEW, (NOON, ev.Noted(text="x")), until=NOON - DAY)
    assert gate.check(folded, HOME, NOON - DAY, FRESH, clock=NOON).word is USE
    assert gate.check(folded, HOME, NOON - DAY, FRESH, clock=NOON - DAY).word is STOP


# Soaking


@BOTH
def test_while_the_contact_time_runs_it_waits_then_it_must_be_taken_out(policy: Policy) -> None:
    steps = [NEW, (NOON, soak())]
    running = _asked(*steps, policy=policy)
    assert running.word is WAIT
    assert _rules(running) == {"soaking"}
    assert running.valid_until == NOON + 10 * MINUTE
    assert "10 min left" in running.findings[0].message
    assert _words(steps, NOON + 10 * MINUTE - 1, NOON + 10 * MINUTE, NOON + 9 * DAY, policy=policy) == [
        WAIT,
        WASH,
        WASH,
    ]
    out = _asked(*steps, (NOON + 10 * MINUTE, ev.DisinfectionEnded()), now=NOON + 10 * MINUTE, policy=policy)
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
    assert _asked(NEW, *before).word is WASH
    verdict = _asked(NEW, *before, (NOON, soak()), now=NOON + 1)
    assert verdict.word is WAIT
    assert not [finding for finding in verdict.findings if finding.word is WASH]


def test_a_soak_that_cannot_count_is_not_waited_for() -> None:
    verdict = _asked(NEW, (NOON, soak(objection="50 % alcohol is too weak")), now=NOON + 1)
    assert verdict.word is WASH
    assert "too weak" in verdict.findings[0].message


def test_a_hold_outweighs_a_running_soak() -> None:
    assert _asked(NEW, (NOON, soak()), (NOON, PUT)).word is STOP


# Washing


@BOTH
@pytest.mark.parametrize(("start", "word"), [(-1, WASH), (0, USE), (1, USE)])
def test_only_a_disinfection_begun_at_or_after_the_use_cleans(policy: Policy, start: int, word: Word) -> None:
    policy = replace(policy, changes={"uses.to-0.30": "8"})
    steps: list[Step] = [NEW, (NOON, used(), ANN), (NOON + start + 10 * MINUTE, soaked())]
    verdict = _asked(*steps, now=NOON + 20 * MINUTE, policy=policy)
    assert verdict.word is word
    assert _rules(verdict) >= ({"dirty"} if word is WASH else set())


@BOTH
def test_a_roller_bought_not_sterile_is_disinfected_first(policy: Policy) -> None:
    known: Step = (NOON - DAY, registered(sterile=False, lot="L1"))
    verdict = _asked(known, policy=policy)
    assert (verdict.word, _rules(verdict)) == (WASH, {"new"})
    assert _asked(known, (NOON, soaked()), policy=policy).word is USE
    assert _asked(known, (NOON - 1, ev.Opened()), policy=policy).word is WASH


@BOTH
def test_a_sterile_pack_stays_fresh_for_a_day_after_it_was_opened(policy: Policy) -> None:
    steps = [NEW, (NOON, ev.Opened())]
    assert _words(steps, NOON, NOON + DAY, NOON + DAY + 1, policy=policy) == [USE, USE, WASH]
    assert _asked(*steps, policy=policy).valid_until == NOON + DAY + 1
    assert "sterile pack was opened" in _asked(*steps, now=NOON + DAY + 1).findings[0].message


@BOTH
def test_a_disinfection_stays_fresh_for_a_day_after_it_ended(policy: Policy) -> None:
    steps = [NEW, (NOON, soaked())]
    assert _words(steps, NOON, NOON + DAY, NOON + DAY + 1, policy=policy) == [USE, USE, WASH]
    assert _asked(*steps, policy=policy).valid_until == NOON + DAY + 1
    stale = _asked(*steps, now=NOON + DAY + 1, policy=policy)
    assert _rules(stale) >= {"stale"}
    longer = Policy(policy.profile, {"freshness.hours": "48"})
    assert _words(steps, NOON + 2 * DAY, NOON + 2 * DAY + 1, policy=longer) == [USE, WASH]


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
    verdict = _asked(NEW, (NOON - HOUR, soaked()), (NOON, last))
    assert verdict.word is WASH
    assert _rules(verdict) >= {"wash"}
    assert _asked(
        NEW, (NOON - HOUR, soaked()), (NOON, last), (NOON + HOUR, soaked()), now=NOON + HOUR
    ).may_use


def test_a_soak_ended_early_must_be_done_again() -> None:
    steps: list[Step] = [NEW, (NOON - HOUR, soak()), (NOON - 55 * MINUTE, ev.DisinfectionEnded(early=True))]
    verdict = _asked(*steps)
    assert verdict.word is WASH
    assert _rules(verdict) >= {"wash"}


@pytest.mark.parametrize(
    ("seconds", "word"), [(599, WASH), (600, USE), (601, USE)]
)  # fmt: skip
def test_the_contact_time_counts_to_the_second(seconds: int, word: Word) -> None:
    body = ev.Disinfected(agent="alcohol", required=600, seconds=seconds)
    assert _asked((NOON - DAY, registered(sterile=False)), (NOON, body)).word is word


@pytest.mark.parametrize(
    ("agent", "strength", "word", "policy"),
    [
        ("alcohol", "59", WASH, HOME), ("alcohol", "60", USE, HOME), ("alcohol", None, USE, HOME),
        ("alcohol", "90", USE, HOME), ("alcohol", "91", WASH, HOME), ("peroxide", "3", USE, HOME),
        ("peroxide", "3", WASH, CLINIC), ("opa", None, WASH, HOME), ("opa", None, WASH, CLINIC),
        ("soap", None, WASH, HOME), ("ultrasonic", None, WASH, CLINIC), ("denture", None, WASH, HOME),
        ("chlorhexidine", None, WASH, HOME), ("uv", None, WASH, HOME), ("boiling", None, WASH, CLINIC),
        ("vodka", "70", WASH, HOME),
    ],
)  # fmt: skip
def test_an_agent_as_judged_when_logged_decides(
    agent: str, strength: str | None, word: Word, policy: Policy
) -> None:
    start = NOON - 2 * HOUR
    judged = judge(policy, agent, None if strength is None else Decimal(strength), None, start)
    body = ev.Disinfected(
        agent=agent, strength=judged.strength, required=judged.required, objection=judged.objection,
        seconds=2 * 3_600, cleaned=True,
    )  # fmt: skip
    known: Step = (NOON - DAY, registered("0.25", sterile=False, lot="L1"))
    assert _asked(known, (NOON, body), policy=policy).word is word


def test_what_was_decided_when_it_was_logged_holds_when_the_policy_changes() -> None:
    steps: list[Step] = [(NOON - DAY, registered("0.25", sterile=False)), (NOON, soaked())]
    assert _asked(*steps, policy=Policy("home", {"agent.alcohol.minutes": "60"})).word is USE


# The skin


def _rested(length: str | None, area: str = "face", ago: int = 0) -> Person:
    """Ann, with one session `ago` before noon."""
    millimetres = None if length is None else Decimal(length)
    return person((NOON - ago, ev.Session(roller="RBBBBBBBN", entry=2, length=millimetres, area=area)))


@BOTH
@pytest.mark.parametrize("length", [None, "0.25", "1.50"])
def test_the_skin_rests_for_the_floor_after_any_session(policy: Policy, length: str | None) -> None:
    floor = 18 * HOUR
    verdict = _asked(NEW, policy=policy, who=_rested(length, ago=floor - 1))
    assert verdict.word is WAIT
    assert "floor" in _rules(verdict)
    assert verdict.valid_until == NOON + 1
    assert "floor" not in _rules(_asked(NEW, policy=policy, who=_rested(length, ago=floor)))
    longer = Policy(policy.profile, {"floor.hours": "24"})
    assert _asked(NEW, policy=longer, who=_rested(length, ago=floor)).word is WAIT


@pytest.mark.parametrize(
    ("length", "area", "days", "policy"),
    [
        ("0.05", "face", 2, HOME), ("0.30", "face", 2, HOME), ("0.30", "", 2, CLINIC),
        ("0.31", "face", 14, HOME), ("0.50", "face", 14, HOME),
        ("0.31", "face", 28, CLINIC), ("0.50", "face", 28, CLINIC),
        ("0.51", "face", 28, HOME), ("1.99", "face", 28, HOME), ("1.99", "", 28, CLINIC),
        ("2.00", "face", 42, HOME), ("5.00", "neck", 42, CLINIC),
        ("0.25", "scalp", 7, HOME), ("1.00", "Scalp", 7, HOME), ("1.50", "scalp", 7, CLINIC),
        ("1.51", "scalp", 28, HOME), ("2.00", "scalp", 42, HOME),
        ("0.50", "face", 7, Policy("home", {"interval.to-0.50.days": "7"})),
    ],
)  # fmt: skip
def test_the_rest_runs_by_that_sessions_length_and_area(
    length: str, area: str, days: int, policy: Policy
) -> None:
    running = _asked(NEW, policy=policy, who=_rested(length, area, days * DAY - 1))
    assert running.word is CARE
    assert "interval" in _rules(running)
    assert running.valid_until == NOON + 1
    over = _asked(NEW, policy=policy, who=_rested(length, area, days * DAY))
    assert over.word is USE
    assert "interval" not in _rules(over)


@pytest.mark.parametrize("entered", [1, -1])
def test_the_newest_session_counts_for_the_floor(entered: int) -> None:
    steps: list[Step] = [
        (NOON - ago, ev.Session(roller=ROLLER, entry=2, length=Decimal("0.25"))) for ago in (HOUR, 90 * DAY)
    ]
    assert "floor" in _rules(_asked(NEW, who=person(*steps[::entered])))


def test_an_older_session_with_longer_needles_still_counts() -> None:
    long_ago = (NOON - 20 * DAY, ev.Session(roller="RBBBBBBBN", entry=2, length=Decimal("1.5")))
    lately = (NOON - 3 * DAY, ev.Session(roller=ROLLER, entry=2, length=Decimal("0.25")))
    assert _asked(NEW, who=person(long_ago, lately)).word is CARE
    assert _asked(NEW, who=person(lately)).word is USE


def test_sessions_count_although_the_person_is_only_known_from_the_binding() -> None:
    verdict = _asked(NEW, who=_rested("0.25", ago=HOUR), named=False)
    assert verdict.word is WAIT
    assert _rules(verdict) >= {"floor", "unnamed"}


@BOTH
def test_a_person_must_be_named(policy: Policy) -> None:
    assert _rules(_asked(NEW, policy=policy, who=None)) >= {"unnamed"}
    assert _asked(NEW, policy=policy, who=None).word is CARE
    assert _asked(NEW, policy=policy, named=False).word is CARE
    assert _asked(NEW, policy=policy).word is USE


@BOTH
def test_a_contraindication_asks_for_a_professional(policy: Policy) -> None:
    noted = (NOON - DAY, ev.Contraindication(name="eczema"))
    verdict = _asked(NEW, policy=policy, who=person(noted))
    assert verdict.word is CARE
    assert [finding.rule for finding in verdict.to_acknowledge] == ["contraindication"]
    assert "professional" in verdict.next_step
    over = (NOON, ev.Contraindication(name="eczema", present=False))
    assert _asked(NEW, policy=policy, who=person(noted, over)).word is USE


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
    verdict = _asked((NOON - DAY, registered(length, lot="L1")), policy=policy)
    assert verdict.word is word
    assert ("length" in _rules(verdict)) is (word is CARE)


# What is only said


@pytest.mark.parametrize(("count", "due"), [(6, False), (7, True)])
def test_due_soon_by_uses(count: int, due: bool) -> None:
    # 80 % of 8 is 6.4
    verdict = _asked(*_uses(count))
    assert verdict.word is USE
    assert ("due" in _rules(verdict)) is due


def test_eighty_percent_exactly_is_due_soon() -> None:
    assert "due" not in _rules(_asked(*_uses(7, "0.25")))
    assert "due" in _rules(_asked(*_uses(8, "0.25")))


@pytest.mark.parametrize(("left", "due"), [(14 * DAY + 1, False), (14 * DAY, True), (1, True)])
def test_due_soon_by_days(left: int, due: bool) -> None:
    verdict = _asked(*_first_used(90 * DAY - left))
    assert verdict.word is USE
    assert ("due" in _rules(verdict)) is due


def test_due_soon_can_be_turned_off() -> None:
    off = Policy("home", {"due.days": "none", "due.uses-percent": "none"})
    assert "due" not in _rules(_asked(*_first_used(90 * DAY - 1), policy=off))
    assert "due" not in _rules(_asked(*_uses(7), policy=off))


@pytest.mark.parametrize(
    ("length", "policy", "said"),
    [("0.30", HOME, False), ("0.31", HOME, True), ("1.00", HOME, False), ("0.31", CLINIC, False)],
)
def test_a_length_over_the_notice_is_said_at_home(length: str, policy: Policy, said: bool) -> None:
    verdict = _asked((NOON - DAY, registered(length, lot="L1")), policy=policy)
    assert ("notice" in _rules(verdict)) is said


@pytest.mark.parametrize("cleaned", [True, False])
def test_a_cleaning_step_that_was_not_logged_is_said(cleaned: bool) -> None:
    verdict = _asked(NEW, (NOON, soaked(cleaned=cleaned)))
    assert verdict.word is USE
    assert ("cleaning" in _rules(verdict)) is not cleaned


@pytest.mark.parametrize(
    ("policy", "lot", "said"), [(HOME, "", False), (CLINIC, "", True), (CLINIC, "L", False)]
)
def test_a_missing_lot_is_said_in_the_clinic(policy: Policy, lot: str, said: bool) -> None:
    verdict = _asked((NOON - DAY, registered("0.25", lot=lot)), policy=policy)
    assert verdict.word is USE
    assert ("lot" in _rules(verdict)) is said


# The verdict as a whole


def test_the_worst_finding_decides_and_stands_first() -> None:
    bea = _rested("0.5", ago=HOUR)._replace(code=BEA, contraindications=("eczema",))
    verdict = _asked((NOON - DAY, registered("1.5")), (NOON - HOUR, used(), ANN), (NOON, BENT), who=bea)
    words = [finding.word.rank for finding in verdict.findings]
    assert words == sorted(words, reverse=True)
    assert verdict.word is verdict.findings[0].word is STOP
    assert verdict.next_step == verdict.findings[0].step
    assert _rules(verdict) >= {"inspection", "person", "uses", "dirty", "floor", "interval", "length"}


def test_the_words_go_from_best_to_worst() -> None:
    assert [word.value for word in Word] == ["USE", "USE WITH CARE", "WAIT", "WASH FIRST", "STOP"]
    assert [word.sign for word in Word] == ["✓", "!", "◔", "~", "✗"]


@pytest.mark.parametrize("policy", [HOME, CLINIC])
@given(events=lives(), ago=st.integers(0, 3 * DAY))
def test_every_finding_that_forbids_says_what_to_do(policy: Policy, events: list[Event], ago: int) -> None:
    verdict = gate.check(rollers.fold(ROLLER, events), policy, NOON, _rested("0.5", ago=ago))
    for finding in verdict.findings:
        assert finding.message
        assert finding.message.endswith(".")
        assert "steril" not in finding.message.replace("sterile pack", "").replace("not sterile", "")
        assert finding.step or finding.word is USE
    assert verdict.may_use == (verdict.word in {USE, CARE})


# For how long

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
    events = [replace(event, recorded_at=recorded) for event in told(ANN, steps)]
    folded = persons.fold(ANN, events)
    assert folded is not None
    return folded


def _shifted(events: list[Event], by: int) -> list[Event]:
    return [replace(event, at=event.at + by, recorded_at=event.recorded_at + by) for event in events]


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
    instants = [now + int((end - now) * share) for share in shares] + edges
    for instant in instants:
        if now <= instant < end:
            assert gate.check(folded, policy, instant, ann).word is verdict.word


_PERSON_RULES = {"person", "floor", "interval", "contraindication", "unnamed"}


@settings(max_examples=300)
@given(
    events=lives(),
    policy=_POLICIES,
    since=st.sampled_from([0, 1, 5 * MINUTE, 10 * MINUTE, DAY - 1, DAY, DAY + 1, 2 * DAY, 90 * DAY]),
    clock=st.sampled_from([0, -4 * MINUTE, -5 * MINUTE, -6 * MINUTE, -3 * DAY]),
)
def test_lists_and_the_gate_say_the_same_word(
    events: list[Event], policy: Policy, since: int, clock: int
) -> None:
    folded = rollers.fold(ROLLER, events)
    now = NOON + since
    verdict = gate.check(folded, policy, now, clock=now + clock)
    ranks = [finding.word.rank for finding in verdict.findings if finding.rule not in _PERSON_RULES]
    word = list(Word)[max(ranks, default=0)]
    facts = standing(folded, policy)
    assert facts.word(now, now + clock) is word
    states = {STOP: {State.STOP}, WAIT: {State.SOAKING}, USE: {State.READY}, CARE: {State.READY},
              WASH: {State.SOAKING, State.DIRTY, State.STALE}}  # fmt: skip
    assert facts.state(now, now + clock) in states[word]


@pytest.mark.parametrize(
    ("steps", "state", "word"),
    [
        ([], State.STOP, STOP),
        ([NEW], State.READY, USE),
        ([(NOON - DAY, registered("1.5"))], State.READY, CARE),
        ([(NOON - DAY, registered(sterile=False))], State.STALE, WASH),
        ([NEW, (NOON - 1, used(), ANN)], State.DIRTY, WASH),
        ([NEW, (NOON - DAY, soaked())], State.READY, USE),
        ([NEW, (NOON - DAY - 1, soaked())], State.STALE, WASH),
        ([NEW, (NOON - 1, soaked(5))], State.STALE, WASH),
        ([NEW, (NOON - 1, soak())], State.SOAKING, WAIT),
        ([NEW, (NOON - 10 * MINUTE, soak())], State.SOAKING, WASH),
        ([NEW, (NOON - 1, soak(objection="too weak"))], State.SOAKING, WASH),
        ([NEW, (NOON - 1, PUT)], State.STOP, STOP),
        ([NEW, (NOON, PUT)], State.STOP, STOP),
        ([NEW, (NOON - 90 * DAY, used(), ANN), (NOON - 1, soaked())], State.STOP, STOP),
        ([NEW, (NOON - 90 * DAY + 1, used(), ANN), (NOON - 1, soaked())], State.READY, USE),
        ([NEW, (NOON - 1, soak()), (NOON - 1, ev.Retired(reason="worn"))], State.STOP, STOP),
    ],
)
def test_where_a_roller_stands(steps: list[Step], state: State, word: Word) -> None:
    facts = standing(roller(*steps), HOME)
    assert facts.state(NOON, NOON) is state
    assert facts.word(NOON, NOON) is word


def test_a_standing_keeps_instants_and_counts() -> None:
    facts = standing(roller(NEW, (NOON - HOUR, used(), ANN), (NOON, soaked())), HOME)
    assert (facts.uses, facts.uses_limit, facts.bound_to) == (1, 10, ANN)
    assert (facts.first_used, facts.last_used) == (NOON - HOUR, NOON - HOUR)
    assert (facts.clean_until, facts.disinfected_at, facts.dirty_since) == (NOON + DAY, NOON, None)
    assert (facts.worn_on, facts.worn_because) == (NOON - HOUR + 90 * DAY, "age limit 90 d (convention)")
    assert standing(roller(NEW), HOME).clean_until == FOREVER


@pytest.mark.parametrize(
    ("steps", "because"),
    [
        ([NEW, (NOON, ev.Retired(reason="worn"))], "retired"),
        ([NEW, (NOON, BACK)], "recalled"),
        ([NEW, (NOON, PUT)], "quarantined"),
        ([NEW, (NOON, BENT)], "failed inspection"),
        ([NEW, (NOON - 1, used(), ANN), (NOON, used(), BEA)], "two persons"),
        ([], "not registered"),
        (_uses(8), "8 of 8 used"),
        ([(NOON, registered(expiry=date(2027, 1, 1)))], "pack expiry 2027-01-01"),
    ],
)
def test_the_end_that_comes_first_is_named(steps: list[Step], because: str) -> None:
    assert standing(roller(*steps), HOME).dead_because == because
