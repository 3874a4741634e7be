"""In a clinic needles come out of a sterile pack: a soak does not help, the step is a new pack."""

from decimal import Decimal

import pytest
from harness.gate import CLINIC, FRESH, HOME, SALON, STOP, USE, WASH, asked, rules, words
from harness.histories import (
    ANN,
    DAY,
    HOUR,
    NOON,
    ROLLER,
    Step,
    registered,
    roller,
    soak,
    soaked,
    told,
    used,
)

from rollertrack.domain import events as ev
from rollertrack.domain import gate
from rollertrack.domain.policy import Policy
from rollertrack.domain.roller import fold
from rollertrack.domain.standing import standing
from rollertrack.domain.words import State

PACK: Step = (NOON - 300 * DAY, registered(lot="L1"))
LOOSE: Step = (NOON - 300 * DAY, registered(sterile=False, lot="L1"))
PEN: Step = (NOON - 300 * DAY, registered(None, form="handpiece", sterile=False))


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([LOOSE], "not sterile"),
        ([LOOSE, (NOON - HOUR, soaked())], "not sterile"),
        ([PACK, (NOON - HOUR, soaked())], "in a soak"),
        ([PACK, (NOON - HOUR, soaked(5))], "in a soak"),
        ([PACK, (NOON, soak())], "in a soak"),
        ([PACK, (NOON - DAY - 1, ev.Opened())], "opened 24 h 1 min ago; it counts for 24 h"),
        ([PACK, (NOON - DAY - 1, ev.Opened()), (NOON - HOUR, soaked())], "in a soak"),
        ([PACK, (NOON - HOUR, used(), ANN)], "Used before"),
        ([PACK, (NOON - HOUR, used(), ANN), (NOON, soaked())], "Used before"),
    ],
)
@pytest.mark.parametrize("form", ["roller", "stamp", "cartridge"])
def test_needles_that_are_not_fresh_from_a_pack_stop(steps: list[Step], said: str, form: str) -> None:
    mended: Step = (NOON, ev.Amended(form=form, length=Decimal("0.25"), lot="L1", sterile=steps[0] is PACK))
    verdict = asked(*steps, mended, policy=CLINIC)
    assert verdict.word is STOP
    assert said in next(each.message for each in verdict.findings if each.rule == "sterile")
    for finding in verdict.findings:
        assert "soak in" not in finding.step.lower()
        assert finding.word is not WASH
    facts = standing(roller(*steps, mended), CLINIC)
    assert (facts.state(NOON), facts.word(NOON)) == (State.STOP, STOP)
    assert facts.worn_on is not None


@pytest.mark.parametrize("steps", [[LOOSE], [PACK, (NOON - 2 * DAY, ev.Opened())], [PACK, (NOON, soak())]])
def test_the_next_step_is_a_new_pack(steps: list[Step]) -> None:
    assert asked(*steps, policy=CLINIC).next_step == "Take a new pack"


def test_a_pack_opened_within_the_window_is_used_up_to_its_last_instant() -> None:
    opened: Step = (NOON, ev.Opened())
    assert words([PACK, opened], NOON, NOON + DAY, NOON + DAY + 1, policy=CLINIC) == [USE, USE, STOP]
    assert asked(PACK, opened, policy=CLINIC).valid_until == NOON + DAY + 1
    longer = Policy("clinic", {"freshness.hours": "48"})
    assert words([PACK, opened], NOON + 2 * DAY, NOON + 2 * DAY + 1, policy=longer) == [USE, STOP]


def test_a_pack_whose_record_a_clock_muddled_is_not_washed_but_replaced() -> None:
    events = told(ROLLER, [(NOON - DAY, registered(lot="L1")), (NOON - HOUR, ev.Noted(text="x"))])
    events[1] = events[1]._replace(recorded_at=NOON - 2 * DAY, at=NOON - 2 * DAY)
    folded = fold(ROLLER, events)
    assert folded.muddled == 2
    verdict = gate.check(folded, CLINIC, NOON, FRESH)
    assert (verdict.word, verdict.next_step) == (STOP, "Take a new pack")
    assert gate.check(folded, HOME, NOON, FRESH).word is WASH
    assert standing(folded, CLINIC).word(NOON) is STOP


def test_a_handpiece_is_disinfected_between_persons_there_too() -> None:
    assert asked(PEN, policy=CLINIC).word is WASH
    assert asked(PEN, policy=CLINIC).next_step.startswith("Soak in")
    assert asked(PEN, (NOON, soaked()), policy=CLINIC).word is USE


def test_a_clinic_may_set_the_rule_aside_and_a_home_may_take_it_up() -> None:
    assert asked(LOOSE, (NOON, soaked()), policy=SALON).word is USE
    assert asked(LOOSE, policy=SALON).word is WASH
    strict = Policy("home", {"clinic.sterile-needles": "yes"})
    assert asked(LOOSE, (NOON, soaked()), policy=HOME).word is USE
    assert (asked(LOOSE, (NOON, soaked()), policy=strict).word, rules(asked(LOOSE, policy=strict))) == (
        STOP, {"sterile"},
    )  # fmt: skip
