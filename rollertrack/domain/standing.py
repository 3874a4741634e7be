"""Where a roller stands under a policy, as instants and counts that can be compared with any moment.

The store keeps these beside each roller: a list compares them with now and never goes out of date. The
replacement date is the earliest of the limits, with the one that decides named.
"""

from enum import Enum
from operator import attrgetter
from typing import NamedTuple

from rollertrack.domain.ends import End, Ends, ahead, ends_of
from rollertrack.domain.policy import Policy
from rollertrack.domain.quantities import DAY, SECOND
from rollertrack.domain.roller import Roller
from rollertrack.domain.words import State, Word

FOREVER = 2**62
NEVER = "never disinfected"
ALWAYS = 0
"""The instant from which something is so that has been so at every moment asked about."""
CLOCK_TOLERANCE = 5 * 60 * SECOND
PACE_WINDOW = 90 * DAY


class Standing(NamedTuple):
    """Instants (microseconds UTC) and counts derived from a roller and a policy.

    `held` says what keeps it aside (retired, recalled, quarantined), which no replacement date ends; a
    retired one has none any more; `retired_at` is when that was. `dead_from` is when it must no longer be
    used, ALWAYS when that is on record; `worn_on` is when its life ends or ended by uses, age, expiry and
    damage alone.
    `owes` says why it must be washed although no use is owed for; `new_since` is when one that was never used
    nor washed was registered. `clean_until` is the last fresh instant,
    `soak_ends` the last at which a soak is known to be good.
    """

    newest: int
    retired_at: int | None
    held: str
    dead_from: int | None
    dead_because: str
    worn_on: int | None
    worn_because: str
    soaking_until: int | None
    soak_ends: int | None
    soak_agent: str
    soak_fault: str
    dirty_since: int | None
    owes: str
    new_since: int | None
    clean_until: int | None
    disinfected_at: int | None
    care: str
    uses: int
    uses_limit: int | None
    first_used: int | None
    last_used: int | None
    pace_from: int | None
    pace_uses: int
    bound_to: str | None

    def is_dead(self, now: int) -> bool:
        """Whether it must not be used any more."""
        return self.dead_from is not None and now >= self.dead_from

    @property
    def stopped_by(self) -> str:
        """Why it must not be used: what holds it leads, for then it is kept and not thrown away."""
        return self.held or self.dead_because

    def word(self, now: int) -> Word:
        """The roller's own word at `now`."""
        match self.state(now):
            case State.STOP | State.RETIRED:
                return Word.STOP
            case State.SOAKING | State.TAKE_OUT if not self.soak_fault and now <= (self.soak_ends or now):
                return Word.WAIT
            case State.READY:
                return Word.CARE if self.care else Word.USE
            case _:
                return Word.WASH

    def moment_of(self, state: State) -> int | None:
        """Until when it is ready, or since when it is in another state, where that has a moment."""
        match state:
            case State.READY | State.STALE:
                return None if self.clean_until == FOREVER else self.clean_until
            case State.SOAKING | State.TAKE_OUT:
                return self.soaking_until
            case State.DIRTY:
                return self.dirty_since
            case _:
                return None

    def state(self, now: int) -> State:
        """Where it stands at `now`, for lists and quick filters."""
        found = (state for state, field, turn in STATES if turn.is_reached(getattr(self, field), now))
        return next(found, State.READY)


class Turn(Enum):
    """How an instant of a standing, or its lack, decides a state at `now`."""

    KNOWN = "there is one"
    LACKING = "there is none"
    REACHED = "it is now, or was"
    PASSED = "it was"
    AHEAD = "it lies further ahead than clocks differ"

    def is_reached(self, instant: int | None, now: int) -> bool:
        """Whether it is so at `now`."""
        if instant is None:
            return self is Turn.LACKING
        match self:
            case Turn.KNOWN:
                return True
            case Turn.LACKING:
                return False
            case Turn.REACHED:
                return instant <= now
            case Turn.PASSED:
                return instant < now
            case Turn.AHEAD:
                return instant > now + CLOCK_TOLERANCE


STATES: tuple[tuple[State, str, Turn], ...] = (
    (State.RETIRED, "retired_at", Turn.KNOWN),
    (State.STOP, "dead_from", Turn.REACHED),
    (State.STOP, "newest", Turn.AHEAD),
    (State.TAKE_OUT, "soaking_until", Turn.REACHED),
    (State.SOAKING, "soaking_until", Turn.KNOWN),
    (State.DIRTY, "dirty_since", Turn.KNOWN),
    (State.NEW, "new_since", Turn.KNOWN),
    (State.STALE, "clean_until", Turn.LACKING),
    (State.STALE, "clean_until", Turn.PASSED),
)
"""Which field decides for which state, the first that does; else it is ready. Queries are built from it."""


def standing(roller: Roller, policy: Policy, ends: Ends | None = None) -> Standing:
    """Where a roller stands under a policy; its ends where they are known already."""
    holds, harms, limits, most_uses = ends_of(roller, policy) if ends is None else ends
    worn = None if roller.retired else _first((*limits, *harms))
    dead = _first((*holds, *harms, *limits))
    used, dirty_since = roller.last_used, roller.dirty_since
    recent = [] if roller.retired or used is None else _pace_uses(roller, used)
    soak, wash, owes = roller.soak, roller.last_good, _owes(roller, used)
    return Standing(
        newest=roller.newest,
        retired_at=roller.retired.at if roller.retired else None,
        held=holds[0].because if holds else "",
        dead_from=ALWAYS if any(map(_ON_RECORD, (*holds, *harms, *limits))) else dead and dead.at,
        dead_because=dead.reached if dead else "",
        worn_on=worn and worn.at,
        worn_because=worn.because if worn else "",
        soaking_until=soak.due_at if soak else None,
        soak_ends=soak.ends_at if soak else None,
        soak_agent=soak.facts.agent if soak else "",
        soak_fault=soak.facts.objection if soak else "",
        dirty_since=dirty_since,
        owes=owes,
        new_since=(roller.registered_at or ALWAYS) if owes == NEVER and dirty_since is None else None,
        clean_until=None if owes or dirty_since is not None else _clean_until(roller, policy),
        disinfected_at=wash.ended_at if wash else None,
        care="professional length" if is_professional(roller, policy) else "",
        uses=len(roller.uses),
        uses_limit=most_uses,
        first_used=roller.first_used,
        last_used=used,
        pace_from=recent[0] if recent else None,
        pace_uses=len(recent),
        bound_to=roller.bound_to,
    )


def _first(ends: tuple[End, ...]) -> End | None:
    return min(ends, key=_WHEN, default=None)


_WHEN, _ON_RECORD = attrgetter("at", "because"), attrgetter("on_record")


def _owes(roller: Roller, used: int | None) -> str:
    """Why it must be washed although it is not dirty; empty when clean so far."""
    wash = roller.last_wash
    if roller.muddled is not None:
        return "the clock had gone back"
    if wash is not None and not wash.good and (used is None or wash.over >= used):
        return wash.fault
    sterile = roller.facts is not None and roller.facts.sterile
    return NEVER if wash is None and not sterile else ""


def _clean_until(roller: Roller, policy: Policy) -> int:
    """The last fresh instant of one that owes no wash."""
    if roller.last_good is not None:
        return roller.last_good.ended_at + policy.freshness
    if roller.opened_at is not None:
        return roller.opened_at + policy.freshness
    return FOREVER


def is_professional(roller: Roller, policy: Policy) -> bool:
    """Whether its needles are as long as the profile's professional length."""
    length = roller.facts.length if roller.facts else None
    bound = policy.length_professional
    return length is not None and bound is not None and length >= bound


def _pace_uses(roller: Roller, last: int) -> list[int]:
    """The uses of the 90 days up to the last one."""
    return [use.at for use in roller.uses if use.at >= last - PACE_WINDOW]


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
    if facts.worn_on is not None and (facts.worn_on <= now or (facts.is_dead(now) and not facts.held)):
        return Forecast(facts.worn_on, facts.worn_because)
    runs_out = uses_run_out(facts, now)
    if runs_out is not None and (facts.worn_on is None or runs_out < facts.worn_on):
        return Forecast(runs_out, PROJECTED, runs_out)
    return Forecast(facts.worn_on, ahead(facts.worn_because), runs_out)


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
