"""Persons, and solutions with the judgement on a disinfection, on both sides of every edge."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from harness.histories import ANN, DAY, HOUR, JAR, MINUTE, NOON, ROLLER, SECOND, Step, person, told

from rollertrack.domain import events as ev
from rollertrack.domain import person as persons
from rollertrack.domain import solution as solutions
from rollertrack.domain.policy import AGENT_NAMES, Policy
from rollertrack.domain.quantities import end_of_day
from rollertrack.domain.solution import Judgement, Solution, judge

HOME, CLINIC = Policy("home"), Policy("clinic")


def _session(at: int, entry: int = 2) -> Step:
    return at, ev.Session(roller=ROLLER, entry=entry, length=Decimal("0.5"), area="face")


def test_a_person_without_registration_is_nobody() -> None:
    assert persons.fold(ANN, []) is None
    assert persons.fold(ANN, told(ANN, [(NOON, ev.PersonAmended(label="Ann"))])) is None
    voided: list[Step] = [
        (NOON, ev.PersonRegistered(label="Ann")),
        (NOON, ev.PersonAmended(label="Anna")),
        (NOON, ev.Voided(entry=1, reason="x")),
    ]
    assert persons.fold(ANN, told(ANN, voided)) is None


def test_the_label_is_the_one_entered_last() -> None:
    assert person().label == "Ann"
    assert person((NOON, ev.PersonAmended(label="Anna"))).label == "Anna"
    assert person((0, ev.PersonAmended(label="Anna"))).label == "Anna"


def test_sessions_are_in_the_order_they_happened() -> None:
    folded = person(_session(NOON), _session(NOON - DAY, 3))
    assert [session.entry for session in folded.sessions] == [3, 2]
    assert folded.sessions[0].length == Decimal("0.5")


def test_as_of_a_moment_later_sessions_are_left_out_and_what_was_noted_later_stands_apart() -> None:
    noted = (NOON, ev.Contraindication(name="eczema"))
    folded = person(_session(NOON - 1), _session(NOON), noted, until=NOON - 1)
    assert [session.at for session in folded.sessions] == [NOON - 1]
    assert (folded.contraindications, folded.noted_since) == ((), ("eczema",))
    assert folded.newest == NOON


def test_a_session_taken_back_is_gone() -> None:
    assert person(_session(NOON), (NOON, ev.Voided(entry=2, reason="x"))).sessions == ()


def test_of_a_past_moment_what_held_then_counts_and_what_was_noted_since_is_told() -> None:
    infected = (NOON, ev.Contraindication(name="active infection"))
    over = (NOON + HOUR, ev.Contraindication(name="active infection", present=False))
    other = (NOON + HOUR, ev.Contraindication(name="eczema"))
    for until, held, since in (
        (NOON - 1, (), ("eczema",)),
        (NOON, ("active infection",), ("eczema",)),
        (NOON + HOUR - 1, ("active infection",), ("eczema",)),
        (NOON + HOUR, ("eczema",), ()),
        (None, ("eczema",), ()),
    ):
        folded = person(infected, over, other, until=until)
        assert (folded.contraindications, folded.noted_since) == (held, since)


def test_a_contraindication_holds_until_it_is_said_to_be_over() -> None:
    held, over = ev.Contraindication(name="eczema"), ev.Contraindication(name="eczema", present=False)
    assert person((1, held)).contraindications == ("eczema",)
    assert person((1, held), (2, over)).contraindications == ()
    assert person((2, held), (1, over)).contraindications == ("eczema",)
    assert person((1, held), (2, ev.Contraindication(name="keloid history"))).contraindications == (
        "eczema",
        "keloid history",
    )


def _jar(*steps: Step, agent: str = "alcohol", **facts: Any) -> Solution:
    known = ev.SolutionRegistered(agent=agent, **facts)
    folded = solutions.fold(JAR, told(JAR, [(NOON, known), *steps]))
    assert folded is not None
    return folded


def test_a_solution_without_registration_is_none() -> None:
    assert solutions.fold(JAR, []) is None
    assert solutions.fold(JAR, told(JAR, [(NOON, ev.SolutionAmended(agent="quat"))])) is None


def test_a_mended_solution_keeps_the_day_it_was_opened() -> None:
    for mended_at in (NOON - DAY, NOON, NOON + DAY):
        jar = _jar((mended_at, ev.SolutionAmended(agent="alcohol", strength=Decimal(50))))
        assert jar.opened_at == NOON
        assert jar.strength == 50


def test_a_solution_is_discarded_from_the_first_time_on() -> None:
    jar = _jar((NOON + 2, ev.Discarded(reason="old")), (NOON + 1, ev.Discarded(reason="cloudy")))
    assert jar.discarded_at == NOON + 1


@pytest.mark.parametrize(("offset", "hours"), [(0, 24), (60, 23), (-480, 32), (330, 18.5), (840, 10)])
def test_a_printed_day_lasts_to_its_end_where_it_was_entered(offset: int, hours: float) -> None:
    midnight = NOON - 12 * HOUR
    assert end_of_day(date(2027, 1, 15), offset) == midnight + int(hours * HOUR)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
@pytest.mark.parametrize("offset", [-1439, 0, 1439])
def test_any_day_has_an_end(day: date, offset: int) -> None:
    assert end_of_day(day, 0) - end_of_day(day, offset) == offset * MINUTE


def _judged(agent: str, strength: str | None = None, policy: Policy = HOME) -> Judgement:
    return judge(policy, agent, None if strength is None else Decimal(strength), None, NOON)


@pytest.mark.parametrize(
    ("agent", "strength", "objection"),
    [
        ("alcohol", "59.99", "59.99 % alcohol is too weak; at least 60 % is accepted"),
        ("alcohol", "60", ""),
        ("alcohol", "70", ""),
        ("alcohol", "90", ""),
        ("alcohol", "90.01", "90.01 % alcohol is too strong; at most 90 % is accepted"),
        ("alcohol", "59", "59 % alcohol is too weak; at least 60 % is accepted"),
        ("alcohol", "91", "91 % alcohol is too strong; at most 90 % is accepted"),
        ("alcohol", "99", "99 % alcohol is too strong; at most 90 % is accepted"),
        ("alcohol", None, ""),
        ("peroxide", "2.99", "2.99 % peroxide is too weak; at least 3 % is accepted"),
        ("peroxide", "3", ""),
        ("peroxide", "6", ""),
        ("peroxide", "6.01", "6.01 % peroxide is too strong; at most 6 % is accepted"),
        ("peroxide", None, ""),
        ("quat", None, "the strength of the quat is not known; at least 0.06 % is accepted"),
        ("quat", "0.05", "0.05 % quat is too weak; at least 0.06 % is accepted"),
        ("quat", "0.06", ""),
        ("bleach", None, "the strength of the bleach is not known; at least 0.5 % is accepted"),
        ("bleach", "0.49", "0.49 % bleach is too weak; at least 0.5 % is accepted"),
        ("bleach", "0.5", ""),
        ("glutaraldehyde", None, "glutaraldehyde is not accepted in the home profile"),
        ("opa", None, "opa is not accepted in the home profile"),
        ("peroxide-hld", None, "peroxide-hld is not accepted in the home profile"),
        ("chlorhexidine", None, "chlorhexidine cleans; it does not disinfect"),
        ("denture", None, "denture cleans; it does not disinfect"),
        ("ultrasonic", None, "ultrasonic cleans; it does not disinfect"),
        ("soap", None, "soap cleans; it does not disinfect"),
        ("uv", None, "uv is not accepted as a disinfection"),
        ("boiling", None, "boiling is not accepted as a disinfection"),
        ("vodka", "70", "vodka is not a known disinfectant"),
        ("Alcohol", "70", "Alcohol is not a known disinfectant"),
        ("", None, " is not a known disinfectant"),
    ],
)
def test_which_agents_disinfect_at_home(agent: str, strength: str | None, objection: str) -> None:
    assert _judged(agent, strength).objection == objection


@pytest.mark.parametrize(
    ("agent", "objection"),
    [
        ("alcohol", ""),
        ("peroxide", "peroxide is not accepted in the clinic profile"),
        ("bleach", "bleach is not accepted in the clinic profile"),
        ("glutaraldehyde", "glutaraldehyde needs a solution whose test strip passed"),
        ("opa", "opa needs a solution whose test strip passed"),
        ("peroxide-hld", "peroxide-hld needs a solution whose test strip passed"),
        ("soap", "soap cleans; it does not disinfect"),
        ("uv", "uv is not accepted as a disinfection"),
    ],
)
def test_which_agents_disinfect_in_the_clinic(agent: str, objection: str) -> None:
    assert _judged(agent, policy=CLINIC).objection == objection


def test_every_agent_is_judged_without_a_crash_and_only_a_disinfectant_has_a_contact_time() -> None:
    for name in AGENT_NAMES:
        for policy in (HOME, CLINIC):
            judgement = _judged(name, policy=policy)
            assert judgement.objection or judgement.required


def test_strength_and_contact_time_in_force_come_back() -> None:
    assert _judged("alcohol") == Judgement("alcohol", Decimal(70), 600)
    assert _judged("alcohol", "80").strength == 80
    longer = Policy("home", {"agent.alcohol.minutes": "20"})
    assert _judged("alcohol", policy=longer).required == 1_200
    assert _judged("opa", policy=CLINIC).required == 12 * 60
    assert _judged("vodka").required is None


def _in(jar: Solution, after: int = HOUR, policy: Policy = HOME, strength: str | None = None) -> Judgement:
    typed = None if strength is None else Decimal(strength)
    return judge(policy, jar.agent, typed, jar, NOON + after)


def test_the_strength_is_the_one_typed_else_the_bottles_else_the_assumed() -> None:
    assert _in(_jar(strength=Decimal(80)), strength="75").strength == 75
    assert _in(_jar(strength=Decimal(80))).strength == 80
    assert _in(_jar()).strength == 70
    assert "too weak" in _in(_jar(strength=Decimal(50))).objection


def test_a_solution_of_another_agent_does_not_count() -> None:
    judgement = judge(HOME, "alcohol", None, _jar(agent="quat"), NOON + HOUR)
    assert "holds quat, not alcohol" in judgement.objection


@pytest.mark.parametrize(("after", "counts"), [(-1, False), (0, True)])
def test_a_solution_counts_from_when_it_was_opened(after: int, counts: bool) -> None:
    assert (_in(_jar(), after).objection == "") is counts


@pytest.mark.parametrize(("after", "counts"), [(HOUR - 1, True), (HOUR, False), (2 * HOUR, False)])
def test_a_discarded_solution_does_not_count(after: int, counts: bool) -> None:
    jar = _jar((NOON + HOUR, ev.Discarded(reason="cloudy")))
    assert (_in(jar, after).objection == "") is counts


@pytest.mark.parametrize(("after", "counts"), [(12 * HOUR - 1, True), (12 * HOUR, False)])
def test_an_expired_solution_does_not_count(after: int, counts: bool) -> None:
    judgement = _in(_jar(expiry=date(2027, 1, 15)), after)
    assert (judgement.objection == "") is counts
    if not counts:
        assert "expired on 15 Jan 2027" in judgement.objection


@pytest.mark.parametrize(
    ("agent", "days", "policy"),
    [("quat", 1, HOME), ("quat", 1, CLINIC), ("bleach", 1, HOME), ("opa", 14, CLINIC),
     ("glutaraldehyde", 14, CLINIC), ("peroxide-hld", 21, CLINIC)],
)  # fmt: skip
def test_an_opened_solution_lives_as_long_as_the_policy_says(agent: str, days: int, policy: Policy) -> None:
    edge = days * DAY
    strips = [(NOON + at, ev.Tested(passed=True)) for at in (edge, edge - HOUR)]
    jar = _jar(*strips, agent=agent, strength=Decimal(7))
    assert _in(jar, edge - 1, policy).objection == ""
    assert _in(jar, edge, policy).objection == ""
    assert "was open for longer than" in _in(jar, edge + 1, policy).objection


def test_alcohol_has_no_life_of_its_own() -> None:
    assert _in(_jar(), 1_000 * DAY).objection == ""


@pytest.mark.parametrize(
    ("strips", "counts"),
    [
        ((), False),
        (((0, True),), True),
        (((-24 * HOUR, True),), True),
        (((-24 * HOUR - 1, True),), False),
        (((1, True),), False),
        (((-HOUR, True), (0, False)), False),
        (((-HOUR, False), (0, True)), True),
        # A strip that fails speaks of everything since the last that passed.
        (((-HOUR, True), (1, False)), False),
        (((-HOUR, True), (1, True), (2, False)), True),
        (((-HOUR, True), (1, False), (2, True)), False),
    ],
)
def test_a_high_level_disinfectant_needs_a_passed_strip_of_the_last_day(
    strips: tuple[tuple[int, bool], ...], counts: bool
) -> None:
    after = 2 * DAY
    steps = [(NOON + after + at, ev.Tested(passed=passed)) for at, passed in strips]
    assert (_in(_jar(*steps, agent="opa"), after, CLINIC).objection == "") is counts


@pytest.mark.parametrize(
    ("agent", "weak", "least", "sold"),
    [
        ("glutaraldehyde", "1.49", "1.5", "2"), ("opa", "0.29", "0.3", "0.55"),
        ("peroxide-hld", "5.99", "6", "7.5"),
    ],
)  # fmt: skip
def test_a_high_level_disinfectant_is_as_strong_as_the_table_asks(
    agent: str, weak: str, least: str, sold: str
) -> None:
    def objection(strength: str | None, bottle: str | None = None) -> str:
        held = None if bottle is None else Decimal(bottle)
        jar = _jar((NOON + 1, ev.Tested(passed=True)), agent=agent, strength=held)
        return _in(jar, policy=CLINIC, strength=strength).objection

    for accepted in (objection(least), objection(None, least), objection(None)):
        assert accepted == ""
    for refused in (objection(weak), objection(None, weak), objection(least, weak)):
        assert refused == f"{weak} % {agent} is too weak; at least {least} % is accepted"
    assert _in(_jar(agent=agent), policy=CLINIC).strength == Decimal(sold)


def test_a_strength_nobody_knows_does_not_count_unless_it_is_sold_so() -> None:
    mixed = {"quat", "bleach"}
    for name in AGENT_NAMES:
        for policy in (HOME, CLINIC):
            known = {"agent." + name + ".strip-test": "no"} if policy.agent(name).strip_test else {}
            unknown = "is not known" in _judged(name, policy=Policy(policy.profile, known)).objection
            assert unknown is (name in mixed and policy.agent(name).disinfects)
    told = Policy("home", {"agent.bleach.strength-assumed": "0.53"})
    assert _judged("bleach", policy=told).objection == ""
    untold = Policy("home", {"agent.alcohol.strength-assumed": "none"})
    assert "is not known" in _judged("alcohol", policy=untold).objection


def test_a_mixed_up_bottle_is_named_before_its_strength() -> None:
    bottle = _jar(strength=Decimal(70))
    judgement = judge(HOME, "peroxide", None, bottle, NOON + HOUR)
    assert judgement.objection == "solution SKG-PUE-BUD holds alcohol, not peroxide"
    assert judgement.strength is None
    assert judge(CLINIC, "opa", Decimal(70), bottle, NOON).objection.endswith("holds alcohol, not opa")
    assert judge(HOME, "alcohol", None, _jar(agent="Isopropanol"), NOON + HOUR).objection == ""


def test_a_failed_strip_speaks_against_any_agent() -> None:
    assert "last test strip" in _in(_jar((NOON, ev.Tested(passed=False)))).objection
    assert "next test strip" in _in(_jar((NOON + HOUR + 1, ev.Tested(passed=False)))).objection


def test_warnings_say_what_is_worth_knowing_and_do_not_refuse() -> None:
    assert _judged("quat").warnings == ("quat is a low-level disinfectant",)
    assert "corrodes" in _judged("bleach").warnings[0]
    bottle = _jar(agent="peroxide")
    assert _in(bottle, 180 * DAY).warnings == ()
    old = _in(bottle, 180 * DAY + SECOND)
    assert old.objection == ""
    assert "open for a long time" in old.warnings[0]
    assert _judged("alcohol").warnings == ()
