"""What ends the use of a roller, each end with its instant: said once for rules, lists and dates."""

from typing import NamedTuple

from rollertrack.domain.policy import Policy
from rollertrack.domain.quantities import DAY, end_of_day
from rollertrack.domain.roller import Roller

EXPIRY = "pack expiry"
NOT_STERILE, USED_UP, SOAKED = "not sterile", "used up", "was in a soak"
OPEN_TOO_LONG, ORDER_UNKNOWN = "pack open too long", "the clock had gone back"
_AHEAD = {OPEN_TOO_LONG: "pack opened"}


class End(NamedTuple):
    """From which instant (microseconds UTC) a rule forbids every use, and why, in the few words of a list.

    What is on record has happened: it forbids at once, also when a clock that runs ahead wrote it.
    `because` names it beside its date, `ended` what it did to the roller, where that is said otherwise;
    `reason` is what was entered with it.
    """

    rule: str
    at: int
    because: str
    on_record: bool = True
    reason: str = ""
    ended: str = ""

    @property
    def reached(self) -> str:
        """What is said of the roller once this is reached."""
        return self.ended or self.because

    def forbids(self, now: int) -> bool:
        """Whether it forbids a use at `now`."""
        return self.on_record or now >= self.at


def ahead(because: str) -> str:
    """What ends the use of a roller, said while that is still to come."""
    return _AHEAD.get(because, because)


class Ends(NamedTuple):
    """What holds a roller back, what harmed it for good, and the limits of its life; its limit of uses."""

    holds: tuple[End, ...]
    harms: tuple[End, ...]
    limits: tuple[End, ...]
    most_uses: int | None


def ends_of(roller: Roller, policy: Policy) -> Ends:
    """Everything that ends the use of a roller under a policy, past and to come."""
    most_uses = uses_limit(roller, policy)
    return Ends(_holds(roller), _harms(roller), _limits(roller, policy, most_uses), most_uses)


def _holds(roller: Roller) -> tuple[End, ...]:
    unknown = [End("unknown", 0, "not registered")] if roller.facts is None else []
    holds = (("retired", roller.retired), ("quarantined", roller.quarantined), ("recalled", roller.recalled))
    return (*unknown, *(End(rule, hold.at, rule, reason=hold.reason) for rule, hold in holds if hold))


def _harms(roller: Roller) -> tuple[End, ...]:
    harms = (
        ("inspection", roller.failed_inspection, "failed inspection"),
        ("shared", roller.shared, "two persons"),
        ("infected", roller.infected, "infected skin"),
    )
    return tuple(End(rule, harm.at, because, reason=harm.reason) for rule, harm, because in harms if harm)


def _limits(roller: Roller, policy: Policy, most_uses: int | None) -> tuple[End, ...]:
    limits = (
        _used_up(roller, most_uses), _too_old(roller, policy), _expired(roller), *_sterile(roller, policy)
    )  # fmt: skip
    return tuple(filter(None, limits))


def _used_up(roller: Roller, limit: int | None) -> End | None:
    if limit is None or len(roller.uses) < limit:
        return None
    return End("uses", roller.uses[limit - 1].at, f"used up {len(roller.uses)}/{limit}")


def _too_old(roller: Roller, policy: Policy) -> End | None:
    days, first_used = age_limit(roller, policy), roller.first_used
    if days is None or first_used is None:
        return None
    note = _age_note(roller, days, policy)
    return End("age", first_used + days * DAY, f"age limit {days} d{note}", False, ended=f"over {days} d old")


def _age_note(roller: Roller, days: int, policy: Policy) -> str:
    """Says so when the age limit is only convention."""
    decided_by_policy = roller.facts is None or days != roller.facts.max_days
    return " (convention)" if decided_by_policy and policy.is_convention(Policy.age_days) else ""


def _expired(roller: Roller) -> End | None:
    """The first instant after the date on the pack, at the station."""
    facts = roller.facts
    if facts is None or facts.expiry is None:
        return None
    offset = roller.offset if facts.expiry_offset is None else facts.expiry_offset
    return End("expiry", end_of_day(facts.expiry, offset), EXPIRY, on_record=False, ended="expired")


def _sterile(roller: Roller, policy: Policy) -> tuple[End, ...]:
    """Since when needles that must come sterile are not; then when their pack is open too long."""
    if not needs_a_pack(roller, policy):
        return ()
    spoilt = _spoilt(roller)
    ends = [End("sterile", *min(spoilt))] if spoilt else []
    if roller.opened_at is not None:
        too_long = roller.opened_at + policy.freshness + 1
        ends.append(End("sterile", too_long, OPEN_TOO_LONG, on_record=False))
    return tuple(ends)


def _spoilt(roller: Roller) -> list[tuple[int, str]]:
    if roller.facts is None:
        return []
    found = []
    if not roller.facts.sterile:
        found.append((roller.registered_at or 0, NOT_STERILE))
    if roller.uses:
        found.append((roller.uses[0].at, USED_UP))
    if roller.muddled is not None:
        found.append((roller.newest, ORDER_UNKNOWN))
    baths = (roller.soak, roller.last_good, roller.last_wash)
    return found + [(bath.started_at, SOAKED) for bath in baths if bath is not None]


# The limits themselves


def uses_limit(roller: Roller, policy: Policy) -> int | None:
    """The maker's own limit when given, else the policy's; the stricter of both in the clinic profile."""
    facts = roller.facts
    if facts is None:
        return None
    if facts.form == "handpiece":
        return 1 if facts.single_use else None
    maker = 1 if facts.single_use else facts.max_uses
    return _limit(maker, policy.uses_band(facts.form, facts.length), policy)


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


def needs_a_pack(roller: Roller, policy: Policy) -> bool:
    """Whether it may be used only out of a sterile pack."""
    return policy.sterile_needles and roller.has_needles
