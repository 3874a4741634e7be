"""The replacement date: the earliest of the limits, with the one that decides named."""

from typing import NamedTuple

from rollertrack.domain.quantities import DAY
from rollertrack.domain.standing import PACE_WINDOW, Standing

LEAST_USES_FOR_A_PACE = 2
LEAST_SPAN = 7 * DAY

PROJECTED = "at your pace, projected"
"""Shown, and never allows a use."""


def last_good(end: int | None) -> int | None:
    """The last good instant before an end: its day is the date people are told, such as that on a pack."""
    return None if end is None else end - 1


class Forecast(NamedTuple):
    """When to replace a roller and why; PROJECTED when only the pace of the past says so."""

    on: int | None
    because: str
    uses_out_on: int | None = None


def forecast(facts: Standing, now: int) -> Forecast:
    """The replacement date seen from `now`; none for a retired roller.

    One that is only kept aside goes on ageing: it may come back, and then its date counts.
    """
    if facts.worn_on is not None and (facts.worn_on <= now or (facts.out_of_use and not facts.held)):
        return Forecast(facts.worn_on, facts.worn_because)
    runs_out = uses_run_out(facts, now)
    if runs_out is not None and (facts.worn_on is None or runs_out < facts.worn_on):
        return Forecast(runs_out, PROJECTED, runs_out)
    return Forecast(facts.worn_on, facts.worn_because, runs_out)


def uses_run_out(facts: Standing, now: int) -> int | None:
    """When the uses run out at the pace of the 90 days up to the last use; None without a pace.

    A roller that lay unused for 90 days has none.
    """
    if facts.uses_limit is None or facts.pace_from is None or facts.last_used is None:
        return None
    if facts.pace_uses < LEAST_USES_FOR_A_PACE or now - facts.last_used > PACE_WINDOW:
        return None
    left = facts.uses_limit - facts.uses
    if left <= 0:
        return None
    span = max(now - facts.pace_from, LEAST_SPAN)
    return now + span // facts.pace_uses * left
