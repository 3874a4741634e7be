"""Where rollers stand, as terms of a query: the same statements that `Standing` and `forecast` make."""

from typing import Any

from peewee import Case

from rollertrack.domain.standing import (
    CLOCK_TOLERANCE,
    LEAST_SPAN,
    LEAST_USES_FOR_A_PACE,
    PACE_WINDOW,
    STATES,
    Turn,
)
from rollertrack.domain.words import State
from rollertrack.store.tables import RollerRecord


def state_case(now: int) -> Any:
    """The state at `now` as a query term, from the statement that `Standing.state` reads."""
    cases = [(_turned(getattr(RollerRecord, field), turn, now), state.value) for state, field, turn in STATES]
    return Case(None, cases, State.READY.value)


def _turned(field: Any, turn: Turn, now: int) -> Any:
    """`Turn.is_reached` as a query term."""
    match turn:
        case Turn.KNOWN:
            return field.is_null(False)
        case Turn.LACKING:
            return field.is_null()
        case Turn.REACHED:
            return field <= now
        case Turn.PASSED:
            return field < now
        case Turn.AHEAD:
            return field > now + CLOCK_TOLERANCE


def replace_term(now: int) -> Any:
    """The replacement date at `now` as a query term: the same sum as `forecast`."""
    row = RollerRecord
    left = row.uses_limit - row.uses
    span = Case(None, [(now - row.pace_from > LEAST_SPAN, now - row.pace_from)], LEAST_SPAN)
    paced = (row.pace_uses >= LEAST_USES_FOR_A_PACE) & (now - row.last_used <= PACE_WINDOW) & (left > 0)
    runs_out = now + span / row.pace_uses * left
    sooner = paced & (row.worn_on.is_null() | (runs_out < row.worn_on))
    return Case(None, [(sooner, runs_out)], row.worn_on)
