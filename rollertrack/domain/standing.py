"""Where a roller stands under a policy, as instants and counts that can be compared with any moment.

The store keeps these beside each roller: a list compares them with now and never goes out of date. The
replacement date is the earliest of the limits, with the one that decides named.
"""

from datetime import date
from typing import NamedTuple

from rollertrack.domain.policy import Policy
from rollertrack.domain.quantities import DAY, SECOND
from rollertrack.domain.roller import Roller
from rollertrack.domain.solution import end_of_day
from rollertrack.domain.words import State, Word

FOREVER = 2**62
NEVER = "never disinfected"
NOT_STERILE, USED_BEFORE, SOAKED = "not sterile", "used before", "was in a soak"
OPEN_TOO_LONG, ORDER_UNKNOWN = "pack open too long", "the clock had gone back"
CLOCK_TOLERANCE = 5 * 60 * SECOND
PACE_WINDOW = 90 * DAY


class Standing(NamedTuple):
    """Instants (microseconds UTC) and counts derived from a roller and a policy.

    `held` is true while it is retired, recalled or in quarantine, which no replacement date ends; a retired
    one has none any more.
    `out_of_use` while that, or anything else on record, forbids every further use. `dead_from` is when it
    must no longer be used, `worn_on` the same by uses, age, expiry and damage alone. `owes` says why it
    must be washed although no use is owed for. `clean_until` is the last fresh instant,
    `soak_ends` the last at which a soak is known to be good.
    """

    newest: int
    held: bool
    out_of_use: bool
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
        """Whether it must not be used any more.

        What is on record counts at once, also when a station whose clock runs a little ahead wrote it.
        """
        return self.out_of_use or (self.dead_from is not None and now >= self.dead_from)

    def word(self, now: int, clock: int) -> Word:
        """The roller's own word at `now`; `clock` is the real time."""
        match self.state(now, clock):
            case State.STOP:
                return Word.STOP
            case State.SOAKING if not self.soak_fault and now <= (self.soak_ends or now):
                return Word.WAIT
            case State.READY:
                return Word.CARE if self.care else Word.USE
            case _:
                return Word.WASH

    def state(self, now: int, clock: int) -> State:
        """Where it stands at `now`, for lists and quick filters."""
        if self.is_dead(now) or self.newest > clock + CLOCK_TOLERANCE:
            return State.STOP
        if self.soaking_until is not None:
            return State.SOAKING
        if self.dirty_since is not None:
            return State.DIRTY
        if self.clean_until is None or now > self.clean_until:
            return State.STALE
        return State.READY


def standing(roller: Roller, policy: Policy) -> Standing:
    """Where a roller stands under a policy."""
    limit = uses_limit(roller, policy)
    worn = _worn(roller, policy, limit)
    holds = _holds(roller)
    dead = min(worn + holds, default=None)
    worn_first = None if roller.retired else min(worn, default=None)
    recent = [] if roller.retired else _pace_uses(roller)
    soak, wash = roller.soak, roller.last_good
    return Standing(
        newest=roller.newest,
        held=bool(holds),
        out_of_use=bool(holds or _for_good(roller) or _spoilt(roller, policy))
        or (limit is not None and len(roller.uses) >= limit),
        dead_from=dead[0] if dead else None,
        dead_because=dead[1] if dead else "",
        worn_on=worn_first[0] if worn_first else None,
        worn_because=worn_first[1] if worn_first else "",
        soaking_until=soak.due_at if soak else None,
        soak_ends=soak.ends_at if soak else None,
        soak_agent=soak.facts.agent if soak else "",
        soak_fault=soak.facts.objection if soak else "",
        dirty_since=roller.dirty_since,
        owes=_owes(roller),
        clean_until=_clean_until(roller, policy),
        disinfected_at=wash.ended_at if wash else None,
        care="professional length" if is_professional(roller, policy) else "",
        uses=len(roller.uses),
        uses_limit=limit,
        first_used=roller.first_used,
        last_used=roller.last_used,
        pace_from=recent[0] if recent else None,
        pace_uses=len(recent),
        bound_to=roller.bound_to,
    )


def uses_limit(roller: Roller, policy: Policy) -> int | None:
    """The maker's own limit when given, else the policy's; the stricter of both in the clinic profile."""
    facts = roller.facts
    if facts is None:
        return None
    if facts.form == "handpiece":
        return 1 if facts.single_use else None
    maker = 1 if facts.single_use else facts.max_uses
    return _limit(maker, policy.uses_band(facts.form, facts.length), policy)


def is_last_use(roller: Roller, policy: Policy) -> bool:
    """Whether the use to come is its last: then the sharps container follows, and no wash."""
    limit = uses_limit(roller, policy)
    return needs_a_pack(roller, policy) or (limit is not None and len(roller.uses) + 1 >= limit)


def age_limit(roller: Roller, policy: Policy) -> int | None:
    """Days after the first use that the roller may be used, by the same precedence."""
    facts = roller.facts
    if facts is None or facts.form == "handpiece":
        return None
    return _limit(facts.max_days, policy.age_days, policy)


def _limit(maker: int | None, band: int | None, policy: Policy) -> int | None:
    if maker is None or band is None:
        return band if maker is None else maker
    return min(maker, band) if policy.stricter else maker


def _worn(roller: Roller, policy: Policy, limit: int | None) -> list[tuple[int, str]]:
    """The ends that time and use bring, each with its name."""
    ends: list[tuple[int, str]] = []
    days = age_limit(roller, policy)
    if limit is not None and len(roller.uses) >= limit:
        ends.append((roller.uses[limit - 1].at, f"{len(roller.uses)} of {limit} used"))
    if days is not None and roller.first_used is not None:
        ends.append((roller.first_used + days * DAY, f"age limit {days} d{age_note(roller, policy)}"))
    if roller.facts and roller.facts.expiry:
        ends.append((pack_ends(roller) or 0, expiry_words(roller.facts.expiry)))
    ends += filter(None, (_spoilt(roller, policy), _open_too_long(roller, policy)))
    return ends + _for_good(roller)


def _for_good(roller: Roller) -> list[tuple[int, str]]:
    """The ends that something which happened to its needles brings, each with its name."""
    ends = (
        (roller.failed_inspection, "failed inspection"),
        (roller.shared, "two persons"),
        (roller.infected, "infected skin"),
    )
    return [(hold.at, why) for hold, why in ends if hold is not None]


def needs_a_pack(roller: Roller, policy: Policy) -> bool:
    """Whether it may be used only out of a sterile pack."""
    return policy.sterile_needles and roller.has_needles


def _spoilt(roller: Roller, policy: Policy) -> tuple[int, str] | None:
    """Since when needles that must come sterile are not, and why."""
    if roller.facts is None or not needs_a_pack(roller, policy):
        return None
    ends = []
    if not roller.facts.sterile:
        ends.append((roller.registered_at or 0, NOT_STERILE))
    if roller.uses:
        ends.append((roller.uses[0].at, USED_BEFORE))
    if roller.muddled is not None:
        ends.append((roller.newest, ORDER_UNKNOWN))
    baths = (roller.soak, roller.last_good, roller.last_wash)
    ends += [(bath.started_at, SOAKED) for bath in baths if bath is not None]
    return min(ends, default=None)


def _open_too_long(roller: Roller, policy: Policy) -> tuple[int, str] | None:
    """When needles that must come sterile have lain in their opened pack for too long."""
    if roller.opened_at is None or not needs_a_pack(roller, policy):
        return None
    return roller.opened_at + policy.freshness + 1, OPEN_TOO_LONG


def sterile_end(roller: Roller, policy: Policy) -> tuple[int | None, str]:
    """Why needles that must come sterile are not, and from when on; None for when: already by the record."""
    if spoilt := _spoilt(roller, policy):
        return None, spoilt[1]
    return _open_too_long(roller, policy) or (FOREVER, "")


def age_note(roller: Roller, policy: Policy) -> str:
    """Says so when the age limit is only convention."""
    own = roller.facts.max_days if roller.facts else None
    decided_by_policy = own is None or age_limit(roller, policy) != own
    return " (convention)" if decided_by_policy and policy.is_convention(Policy.age_days) else ""


def pack_ends(roller: Roller) -> int | None:
    """The first instant after the date on the pack, at the station; None when no date is printed."""
    facts = roller.facts
    if facts is None or facts.expiry is None:
        return None
    return end_of_day(facts.expiry, roller.offset if facts.expiry_offset is None else facts.expiry_offset)


def expiry_words(expiry: date) -> str:
    """A pack's expiry in words."""
    return f"pack expiry {expiry.isoformat()}"


def _holds(roller: Roller) -> list[tuple[int, str]]:
    holds = [
        (roller.retired, "retired"),
        (roller.recalled, "recalled"),
        (roller.quarantined, "quarantined"),
    ]
    found = [(hold.at, why) for hold, why in holds if hold is not None]
    return found if roller.facts is not None else [(0, "not registered"), *found]


def _owes(roller: Roller) -> str:
    """Why it must be washed although it is not dirty; empty when clean so far."""
    wash, used = roller.last_wash, roller.last_used
    if roller.muddled is not None:
        return "the clock had gone back"
    if wash is not None and not wash.good and (used is None or wash.over >= used):
        return wash.fault
    sterile = roller.facts is not None and roller.facts.sterile
    return NEVER if wash is None and not sterile else ""


def _clean_until(roller: Roller, policy: Policy) -> int | None:
    if roller.dirty_since is not None or _owes(roller):
        return None
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


def _pace_uses(roller: Roller) -> list[int]:
    """The uses of the 90 days up to the last one."""
    last = roller.last_used
    return [use.at for use in roller.uses if last is not None and use.at >= last - PACE_WINDOW]


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
