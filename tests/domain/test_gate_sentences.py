"""What the gate says is what was counted: its sentences and steps, each with its other side."""

import pytest
from harness.gate import HOME, NEW, asked, first_used, messages, rules, uses
from harness.histories import ANN, DAY, HOUR, MINUTE, NOON, registered, roller, soaked, used

from rollertrack.domain import events as ev
from rollertrack.domain import gate
from rollertrack.domain.own_rules import more_is_looser
from rollertrack.domain.policy import Policy
from rollertrack.domain.standing import standing, uses_run_out


def test_the_age_is_told_in_days_since_the_first_use() -> None:
    assert "First used 91 days ago; the limit is 90 days." in messages(asked(*first_used(91 * DAY)))


def test_what_is_stale_was_disinfected_or_came_out_of_its_pack() -> None:
    opened = asked(NEW, (NOON - 2 * DAY, ev.Opened()))
    washed = asked(NEW, (NOON - 2 * DAY, soaked()))
    ago = "2 d ago; it stays fresh for 24 h."
    assert f"The sterile pack was opened {ago}" in messages(opened)
    assert f"Disinfected {ago}" in messages(washed)


def test_a_step_names_the_least_strength_where_none_is_assumed() -> None:
    mixed = Policy("home", {"agent.alcohol.strength-assumed": "none"})
    dirty = [asked(NEW, (NOON - HOUR, used(), ANN), policy=policy).next_step for policy in (HOME, mixed)]
    assert dirty == ["Soak in 70 % alcohol for 10 min", "Soak in alcohol of at least 60 % for 10 min"]


@pytest.mark.parametrize(("later", "told"), [(-MINUTE, True), (0, True), (1, False)])
def test_a_wash_in_vain_is_told_until_the_next_use(later: int, told: bool) -> None:
    verdict = asked(NEW, (NOON - HOUR + later, used(), ANN), (NOON - HOUR, soaked(5)))
    assert ("wash" in rules(verdict)) is told


def test_two_of_three_are_less_than_two_thirds_rounded_up() -> None:
    policy = Policy("home", {"due.uses-percent": "67"})
    assert "due" not in rules(asked(*uses(2, max_uses=3), policy=policy))
    assert "due" in rules(asked(*uses(2, max_uses=3), policy=Policy("home", {"due.uses-percent": "66"})))


def test_uses_that_have_run_out_run_out_no_more() -> None:
    steps = [(NOON - 300 * DAY, registered("0.5", max_uses=4))]
    worn = [(NOON - day * DAY, used(), ANN) for day in (40, 30, 20, 10)]
    assert uses_run_out(standing(roller(*steps, *worn[:3]), HOME), NOON) is not None
    assert uses_run_out(standing(roller(*steps, *worn), HOME), NOON) is None


def test_what_was_not_on_record_yet_began_so_much_later() -> None:
    known = roller((NOON, registered("0.5")))
    verdict = gate.check(known, HOME, NOON - 2 * DAY, clock=NOON)
    assert messages(verdict)[0] == "It was not on record yet: that began 2 d later."


@pytest.mark.parametrize(("area", "unless_trained"), [("eyelid", False), ("lips", True)])
def test_a_place_where_needles_never_go_is_left_out_unless_somebody_is_trained(
    area: str, unless_trained: bool
) -> None:
    (found,) = (
        each for each in gate.check(roller(NEW), HOME, NOON, area=area).findings if each.rule == "never-area"
    )
    assert found.step.startswith("Leave this place out")
    assert (found.step != "Leave this place out") is unless_trained


def test_to_be_told_later_that_uses_run_out_is_looser() -> None:
    assert more_is_looser("due.uses-percent")
