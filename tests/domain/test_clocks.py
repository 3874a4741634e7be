"""Clocks that go wrong: the order on record decides, and what no order is known of is not USE."""

from collections.abc import Sequence
from typing import Any

import pytest
from harness.gate import FRESH, HOME, STOP, USE, WAIT, WASH, rules
from harness.histories import (
    ANN,
    DAY,
    HOUR,
    MINUTE,
    NOON,
    ROLLER,
    Step,
    by_clock,
    late,
    registered,
    soak,
    soaked,
    told,
    used,
)

from rollertrack.domain import events as ev
from rollertrack.domain import gate
from rollertrack.domain import person as persons
from rollertrack.domain import roller as rollers
from rollertrack.domain.code import shown
from rollertrack.domain.counting import newest_entering
from rollertrack.domain.events import Event
from rollertrack.domain.person import Person
from rollertrack.domain.verdict import Verdict

NEW: Step = (NOON - 300 * DAY, registered())
CLEAN: Step = (NOON, soaked())
LATER = NOON + 3 * HOUR


def asked(events: Sequence[Event], now: int = LATER, who: Person | None = FRESH) -> Verdict:
    """The verdict on a roller after entries by a clock that may have gone back."""
    return gate.check(rollers.fold(ROLLER, events), HOME, now, who)


@pytest.mark.parametrize("back", [2 * DAY, 4 * MINUTE, 1])
def test_a_use_entered_by_a_clock_that_had_gone_back_is_owed(back: int) -> None:
    steps: list[Step] = [NEW, CLEAN, (NOON - back, used(), ANN)]
    verdict = asked(by_clock(ROLLER, steps))
    assert verdict.word is WASH
    assert {"dirty", "order"} <= rules(verdict)


def test_the_contact_time_of_two_minutes_and_a_clock_four_minutes_behind() -> None:
    quick = soaked(2, required=120)
    steps: list[Step] = [NEW, (NOON, quick), (NOON - 4 * MINUTE, used(), ANN)]
    assert asked(by_clock(ROLLER, steps), NOON + MINUTE).word is WASH


@pytest.mark.parametrize(
    "payload",
    [ev.Noted(text="x"), ev.Inspected(ok=True), ev.Opened(), ev.LabelProven(), ev.Bound(), soaked()],
)
def test_any_entry_that_steps_back_leaves_the_order_unknown(payload: ev.Payload) -> None:
    assert asked(by_clock(ROLLER, [NEW, CLEAN, (NOON - 1, payload, ANN)])).word is WASH
    assert asked(by_clock(ROLLER, [NEW, CLEAN, (NOON, payload, ANN)])).word is USE


def test_what_was_entered_late_is_free_of_it() -> None:
    events = told(ROLLER, [NEW, CLEAN, (NOON - 2 * DAY, used(), ANN)])
    assert events[-1].recorded_at == NOON
    assert asked(events).word is USE
    assert asked(late(events)).word is USE


@pytest.mark.parametrize(
    ("cure", "word"),
    [
        ([(NOON + 10 * MINUTE, soaked())], USE),
        ([(NOON + 10 * MINUTE - 1, soaked())], WASH),  # it may have begun before the use
        ([(NOON + HOUR, soaked(5))], WASH),
        ([(NOON + HOUR, soak()), (NOON + HOUR + 10 * MINUTE, ev.DisinfectionEnded())], USE),
        ([(NOON + HOUR, soak()), (NOON + HOUR + 9 * MINUTE, ev.DisinfectionEnded())], WASH),
        ([(NOON + HOUR, soaked()), (NOON + HOUR - 1, ev.Noted(text="x"))], WASH),
        ([(NOON + HOUR, soaked()), (NOON + HOUR, ev.Noted(text="x"))], USE),
    ],
)
def test_a_good_wash_begun_and_ended_after_it_cures(cure: list[Step], word: object) -> None:
    steps: list[Step] = [NEW, CLEAN, (NOON - 2 * DAY, used(), ANN), *cure]
    assert asked(by_clock(ROLLER, steps)).word is word


def test_a_soak_may_be_the_first_entry_after_the_clock_went_back_when_the_boot_clock_measured_it() -> None:
    begun, ended = NOON - MINUTE, NOON + 9 * MINUTE
    beat: dict[str, Any] = {"machine": "m", "boot": "b"}
    measured: list[Step] = [
        NEW, (NOON, used(), ANN), (begun, soak(ticks=0, **beat)),
        (ended, ev.DisinfectionEnded(ticks=10 * MINUTE, **beat)),
    ]  # fmt: skip
    assert asked(by_clock(ROLLER, measured)).word is USE
    told_after: list[Step] = [NEW, (NOON, used(), ANN), (ended - 10 * MINUTE, soaked())]
    assert asked(by_clock(ROLLER, told_after)).word is WASH


def test_a_mistake_that_is_undone_leaves_no_doubt() -> None:
    steps: list[Step] = [NEW, CLEAN, (NOON - DAY, used(), ANN), (NOON + 1, ev.Voided(entry=3, reason="x"))]
    assert asked(by_clock(ROLLER, steps)).word is USE
    ahead: list[Step] = [
        NEW,
        CLEAN,
        (NOON + DAY, ev.Noted(text="x")),
        (NOON + 2, ev.Voided(entry=3, reason="x")),
    ]
    assert asked(by_clock(ROLLER, ahead)).word is USE


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        (ev.Released(reason="fine"), ev.Quarantined(reason="dropped"), "quarantined"),
        (ev.Inspected(ok=True), ev.Inspected(ok=False, reason="bent"), "inspection"),
        (ev.Released(reason="fine"), ev.Recalled(reason="lot"), "recalled"),
    ],
)
def test_a_hold_entered_last_holds_whatever_the_clock_says(
    first: ev.Payload, second: ev.Payload, rule: str
) -> None:
    steps: list[Step] = [NEW, (NOON - DAY, second), CLEAN, (NOON, first), (NOON - HOUR, second)]
    events = by_clock(ROLLER, [*steps, (NOON + HOUR, soaked())])
    assert asked(events).word is STOP
    assert rule in rules(asked(events))


def test_a_clock_that_was_ahead_at_the_wash_makes_it_no_fresher() -> None:
    steps: list[Step] = [NEW, (NOON + 2 * DAY, soaked()), (NOON, ev.Noted(text="x"))]
    assert asked(by_clock(ROLLER, steps), NOON + 2 * DAY + HOUR).word is WASH


# The skin

KNOWN: Step = (NOON - 400 * DAY, ev.PersonRegistered(label="Ann"))
SESSION = ev.Session(roller=ROLLER, entry=3, length=registered().length, area="face")


def _ann(*steps: Step, after: int | None = None) -> Person:
    events = by_clock(ANN, [KNOWN, *steps])
    if after is not None:
        payload = SESSION.changed(after=after)
        events = [each._replace(payload=payload) if each.payload == SESSION else each for each in events]
    folded = persons.fold(ANN, events)
    assert folded is not None
    return folded


def test_a_session_by_a_clock_that_had_gone_back_shortens_no_rest() -> None:
    ann = _ann((NOON - 9 * DAY, SESSION), (NOON - 30 * DAY, SESSION))
    verdict = asked(told(ROLLER, [NEW, CLEAN]), who=ann)
    assert verdict.word is WAIT
    assert "rest-unknown" in rules(verdict)
    assert f"entry 3 of {shown(ROLLER)}" in verdict.next_step


def test_the_next_entry_in_order_says_since_when_the_skin_rested_at_least() -> None:
    ann = _ann((NOON - 9 * DAY, SESSION), (NOON - 30 * DAY, SESSION), (NOON - HOUR, ev.Noted(text="x")))
    assert not ann.untimed
    assert max(session.at for session in ann.sessions) == NOON - HOUR
    assert rules(asked(told(ROLLER, [NEW, CLEAN]), who=ann)) >= {"floor"}


@pytest.mark.parametrize(("after", "known"), [(NOON, False), (NOON - 30 * DAY, True), (None, True)])
def test_the_rollers_record_tells_that_the_clock_had_gone_back(after: int | None, known: bool) -> None:
    ann = _ann((NOON - 30 * DAY, SESSION), after=after)
    assert (not ann.untimed) is known


def test_the_persons_record_tells_the_roller() -> None:
    tale = by_clock(
        ROLLER, [NEW, (NOON - 5 * DAY, soaked()), (NOON - 4 * DAY, ev.Used(word="USE", after=NOON), ANN)]
    )
    assert rollers.fold(ROLLER, tale).muddled == 3
    assert rollers.fold(ROLLER, tale).last_used == NOON


def test_a_reason_to_ask_noted_last_holds() -> None:
    ann = _ann(
        (NOON - 5, ev.Contraindication(name="eczema")),
        (NOON - 3, ev.Contraindication(name="eczema", present=False)),
        (NOON - 4, ev.Contraindication(name="eczema")),
    )
    assert ann.contraindications == ("eczema",)


# One entry with the clock ahead


def test_the_entry_that_lies_ahead_is_named_and_a_mended_registration_is_not_one() -> None:
    verdict = asked(told(ROLLER, [NEW, CLEAN, (LATER + DAY, ev.Noted(text="x"))]))
    assert verdict.findings[0].message.startswith(f"Entry 3 of {shown(ROLLER)} lies 24 h")
    assert f"undo entry 3 of {shown(ROLLER)}" in verdict.next_step
    ahead = by_clock(ROLLER, [(LATER + 300 * DAY, registered()), CLEAN])
    assert "mend" in asked(ahead).next_step
    mended = [
        *ahead,
        Event(ROLLER, 3, NOON + 1, NOON + 1, ev.Amended(length=registered().length, sterile=True)),
    ]
    assert asked(mended).word is USE
    assert newest_entering(mended) == NOON + 1


def test_a_session_that_lies_ahead_is_named_by_its_use() -> None:
    verdict = asked(told(ROLLER, [NEW, CLEAN]), who=_ann((LATER + DAY, SESSION)))
    assert f"Entry 3 of {shown(ROLLER)}" in verdict.findings[0].message
