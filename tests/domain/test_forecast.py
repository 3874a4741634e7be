"""The replacement date: the earliest limit, named; a pace only when there is one."""

from datetime import UTC, date, datetime

import pytest
from harness.histories import (
    ANN,
    DAY,
    HOUR,
    NOON,
    SECOND,
    Step,
    lives,
    registered,
    roller,
    soaked,
    used,
)
from hypothesis import given
from hypothesis import strategies as st

from rollertrack.domain import events as ev
from rollertrack.domain import gate
from rollertrack.domain import roller as rollers
from rollertrack.domain.events import Event
from rollertrack.domain.person import Person
from rollertrack.domain.policy import Policy
from rollertrack.domain.standing import PROJECTED, Forecast, forecast, last_good, standing
from rollertrack.domain.words import Word

HOME = Policy("home")
CONVENTION = "age limit 90 d (convention)"


def _seen(*steps: Step, now: int = NOON, policy: Policy = HOME, **facts: object) -> Forecast:
    known: Step = (NOON - 400 * DAY, registered(**facts))  # type: ignore[arg-type]
    return forecast(standing(roller(known, *steps), policy), now)


def _used_ago(*days: float) -> list[Step]:
    return [(NOON - int(day * DAY), used(), ANN) for day in days]


def test_a_new_roller_without_expiry_has_no_date() -> None:
    assert _seen() == Forecast(None, "")


def test_the_pack_expiry_decides_before_the_first_use() -> None:
    seen = _seen(expiry=date(2027, 3, 31))
    assert seen == Forecast(NOON + 75 * DAY + 12 * HOUR, "pack expiry")


def test_the_age_limit_runs_from_the_first_use() -> None:
    assert _seen(*_used_ago(10)) == Forecast(NOON + 80 * DAY, CONVENTION)


def test_the_makers_age_limit_is_no_convention() -> None:
    assert _seen(*_used_ago(10), max_days=30) == Forecast(NOON + 20 * DAY, "age limit 30 d")


def test_a_limit_set_here_is_no_convention() -> None:
    mine = Policy("home", {"age.days": "60"})
    assert _seen(*_used_ago(10), policy=mine) == Forecast(NOON + 50 * DAY, "age limit 60 d")


def test_the_earlier_of_expiry_and_age_decides() -> None:
    assert _seen(*_used_ago(10), expiry=date(2027, 1, 31)).because == "pack expiry"
    assert _seen(*_used_ago(10), expiry=date(2027, 12, 31)).because == CONVENTION


def test_one_use_is_no_pace() -> None:
    assert _seen(*_used_ago(1)).uses_out_on is None


def test_the_uses_run_out_at_the_pace_of_the_past() -> None:
    # 4 uses in 8 days: one every two days, and six are left.
    on = NOON + 12 * DAY
    seen = _seen(*_used_ago(8, 6, 4, 2))
    assert (seen.on, seen.because, seen.uses_out_on) == (on, PROJECTED, on)
    assert "pace" in seen.because
    assert "project" in seen.because


def test_a_slow_pace_leaves_the_age_limit_to_decide() -> None:
    seen = _seen(*_used_ago(60, 10))
    assert (seen.on, seen.because) == (NOON + 30 * DAY, CONVENTION)
    assert seen.uses_out_on == NOON + 240 * DAY


def test_several_uses_at_once_count_as_the_pace_of_a_week() -> None:
    assert _seen(*_used_ago(0, 0, 0, 0, 0)).uses_out_on == NOON + 7 * DAY
    assert _seen(*_used_ago(14, 14, 14, 14, 14)).uses_out_on == NOON + 14 * DAY


def test_uses_of_more_than_ninety_days_before_the_last_are_no_pace() -> None:
    facts = standing(roller((NOON - 400 * DAY, registered(max_days=3_000)), *_used_ago(101, 11, 10)), HOME)
    assert (facts.pace_uses, facts.uses) == (2, 3)
    facts = standing(roller((NOON - 400 * DAY, registered(max_days=3_000)), *_used_ago(100, 11, 10)), HOME)
    assert (facts.pace_uses, facts.uses) == (3, 3)


@pytest.mark.parametrize(("idle", "paced"), [(90 * DAY, True), (90 * DAY + 1, False)])
def test_a_roller_that_lay_for_ninety_days_has_no_pace(idle: int, paced: bool) -> None:
    seen = _seen(*_used_ago(8, 0), now=NOON + idle, max_days=3_000)
    assert (seen.uses_out_on is not None) is paced


def test_used_up_is_the_moment_of_the_last_use() -> None:
    assert _seen(*_used_ago(3, 2, 1), max_uses=3) == Forecast(NOON - DAY, "used up 3/3")
    assert _seen(*_used_ago(3, 2, 1), max_uses=2) == Forecast(NOON - 2 * DAY, "used up 3/2")


def test_what_is_over_already_decides_over_what_comes() -> None:
    seen = _seen(*_used_ago(8, 6), (NOON - DAY, ev.Inspected(ok=False, reason="bent")))
    assert seen == Forecast(NOON - DAY, "failed inspection")


def test_what_is_retired_has_no_replacement_date() -> None:
    assert _seen(*_used_ago(8, 6), (NOON - DAY, ev.Retired(reason="lost"))) == Forecast(None, "")


@pytest.mark.parametrize("hold", [ev.Quarantined(reason="?"), ev.Recalled(reason="lot")])
@pytest.mark.parametrize("uses", [(8, 6), (80, 6), (91, 1)])
def test_what_is_only_kept_aside_goes_on_ageing(hold: ev.Payload, uses: tuple[int, int]) -> None:
    free = _seen(*_used_ago(*uses))
    assert free.on is not None
    assert _seen(*_used_ago(*uses), (NOON - DAY, hold)) == free


def test_the_last_good_instant_lies_on_the_day_that_a_pack_names() -> None:
    ends = standing(roller((NOON, registered(expiry=date(2027, 12, 31)))), HOME).worn_on
    last = last_good(ends)
    assert ends is not None
    assert last is not None
    assert datetime.fromtimestamp(ends // SECOND, UTC).date() == date(2028, 1, 1)
    assert datetime.fromtimestamp(last // SECOND, UTC).date() == date(2027, 12, 31)
    assert last_good(None) is None


def test_a_handpiece_lasts() -> None:
    known: Step = (NOON - 400 * DAY, registered(None, form="handpiece", sterile=False))
    facts = standing(roller(known, *_used_ago(200, 100, 1), (NOON, soaked())), HOME)
    assert forecast(facts, NOON) == Forecast(None, "")


@given(lives(), st.integers(0, 100 * DAY))
def test_a_projection_never_allows_a_use(events: list[Event], since: int) -> None:
    folded, now = rollers.fold("RKDTLBNEB", events), NOON + since
    seen = forecast(standing(folded, HOME), now)
    word = gate.check(folded, HOME, now, Person(ANN, "Ann")).word
    if seen.on is not None and seen.on <= now and seen.because != PROJECTED:
        assert word is Word.STOP
    if seen.because == PROJECTED:
        assert seen.on is not None
        assert seen.on > now
    assert bool(seen.because) == (seen.on is not None)
