"""Solutions, and whether a disinfection in an agent can count."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from rollertrack.domain.code import shown
from rollertrack.domain.counting import entered_facts
from rollertrack.domain.events import (
    Discarded,
    Event,
    SolutionAmended,
    SolutionRegistered,
    Tested,
    ToppedUp,
    effective,
)
from rollertrack.domain.policy import AgentRule, Policy, agent_name
from rollertrack.domain.quantities import DAY, SECOND, dose, end_of_day, full_date, plural
from rollertrack.domain.snoozes import Snooze, snoozes_of

_DAY_SECONDS = DAY // SECOND
PASSED, FAILED = "passed", "failed"
"""What an indicator said; nothing while nobody read it."""


class Solution(NamedTuple):
    """One opened bottle or jar; `strips` are the test strips as (when, passed), oldest first."""

    code: str
    agent: str
    strength: Decimal | None
    lot: str
    expiry: date | None
    opened_at: int
    offset: int
    discarded_at: int | None = None
    strips: tuple[tuple[int, bool], ...] = ()
    snoozes: tuple[Snooze, ...] = ()
    listing: str = ""
    use_days: int | None = None
    topped_up_at: int | None = None
    """When more was poured in last, which makes its life no longer."""

    @property
    def expires_at(self) -> int | None:
        """The first instant after its printed date; None without one."""
        return None if self.expiry is None else end_of_day(self.expiry, self.offset)


def life_of(rule: AgentRule, use_days: int | None) -> int | None:
    """The seconds that a solution lasts once it is open, by the policy or its label; None for no limit."""
    own = None if use_days is None else use_days * _DAY_SECONDS
    return min((each for each in (rule.solution_life, own) if each is not None), default=None)


def last_good(rule: AgentRule, solution: Solution) -> int | None:
    """The last instant at which it may be used by its life and its printed date; None for no limit."""
    life = life_of(rule, solution.use_days)
    ends = [] if life is None else [solution.opened_at + life * SECOND]
    if solution.expires_at is not None:
        ends.append(solution.expires_at - 1)
    return min(ends, default=None)


def fold(code: str, events: Sequence[Event]) -> Solution | None:
    """The solution after its events, or None when none registers one."""
    counting = effective(events)
    known = entered_facts(counting, SolutionRegistered, SolutionRegistered)
    if known is None:
        return None
    discarded_at: int | None = None
    topped_up_at: int | None = None
    strips: list[tuple[int, bool]] = []
    for event in counting:
        match event.payload:
            case Discarded():
                discarded_at = event.at if discarded_at is None else discarded_at
            case ToppedUp():
                topped_up_at = event.at
            case Tested(passed=passed):
                strips.append((event.at, passed))
    registered, facts = known
    opened = facts.opened if isinstance(facts, SolutionAmended) else None
    offset = registered.offset if facts.expiry_offset is None else facts.expiry_offset
    return Solution(
        code, facts.agent, facts.strength, facts.lot, facts.expiry,
        registered.at if opened is None else opened, offset, discarded_at, tuple(strips),
        snoozes_of(counting), facts.listing, facts.use_days, topped_up_at,
    )  # fmt: skip


class Judgement(NamedTuple):
    """Whether a disinfection can count: the strength taken, the contact time, what stands against it."""

    agent: str
    strength: Decimal | None
    required: int | None
    objection: str = ""
    warnings: tuple[str, ...] = ()


def judge(
    policy: Policy, agent: str, strength: Decimal | None, solution: Solution | None, start: int
) -> Judgement:
    """Judge a disinfection that starts at an instant, by the policy and the solution's facts then."""
    rule = policy.agent(agent)
    if strength is None and not _mixed_up(rule, solution):
        strength = solution.strength if solution and solution.strength is not None else rule.assumed
    against = objections(policy, agent, strength, solution, start)
    return Judgement(
        agent, strength, rule.contact, against[0] if against else "", _warnings(rule, solution, start)
    )


def longest_soak(policy: Policy, agent: str, solution: Solution | None, start: int) -> int:
    """For how many seconds from a start a soak can be known to be good: not beyond its solution's life."""
    ends = [start + policy.longest_soak * SECOND]
    if solution is not None:
        if (last := last_good(policy.agent(agent), solution)) is not None:
            ends.append(last)
        if solution.discarded_at is not None:
            ends.append(solution.discarded_at)
    return max(0, (min(ends) - start) // SECOND)


def objections(
    policy: Policy, agent: str, strength: Decimal | None, solution: Solution | None, start: int
) -> tuple[str, ...]:
    """Everything that stands against a disinfection, the gravest first; nothing more of what cannot count."""
    rule = policy.agent(agent)
    if solution is not None and _mixed_up(rule, solution):
        return (f"solution {shown(solution.code)} holds {solution.agent}, not {rule.name}",)
    if role := _role_objection(rule, policy):
        return (role,)
    found = [_strength_objection(rule, strength)]
    if solution is None:
        found.append(f"{rule.name} needs a solution whose test strip passed" if rule.strip_test else "")
    else:
        if solution.strength is not None and solution.strength != strength:
            found.append(_strength_objection(rule, solution.strength))
        found += _solution_objections(rule, solution, start)
    return tuple(filter(None, found))


def ending_objection(policy: Policy, agent: str, *, rinsed: bool, indicator: str) -> str:
    """What the end of a disinfection lacks to count: a rinse, or an indicator that was read and passed."""
    rule = policy.agent(agent)
    if rule.indicator and indicator != PASSED:
        return "the load's indicator failed" if indicator else "nobody read the load's indicator"
    return f"no rinse was logged after the {agent}" if rule.rinse and not rinsed else ""


def agent_objection(policy: Policy, agent: str, strength: Decimal | None) -> str:
    """Why an agent of that strength cannot disinfect under a policy; empty when it can.

    Without a strength it is judged by the one it is sold with.
    """
    rule = policy.agent(agent)
    percent = rule.assumed if strength is None else strength
    return _role_objection(rule, policy) or _strength_objection(rule, percent)


def _mixed_up(rule: AgentRule, solution: Solution | None) -> bool:
    return solution is not None and agent_name(solution.agent) != rule.name


def _role_objection(rule: AgentRule, policy: Policy) -> str:
    match rule.role:
        case "disinfects":
            return "" if rule.contact is not None else f"{rule.name} has no contact time in the policy"
        case "cleans":
            return f"{rule.name} cleans; it does not disinfect"
        case "not-offered":
            return f"{rule.name} is not accepted in the {policy.profile} profile"
        case "refused":
            return f"{rule.name} is not accepted as a disinfection"
        case _:
            return f"{rule.name} is not a known disinfectant"


def _strength_objection(rule: AgentRule, strength: Decimal | None) -> str:
    if strength is None:
        if rule.weakest is None:
            return ""
        return f"the strength of the {rule.name} is not known; at least {_percent(rule.weakest)} is accepted"
    if rule.weakest is not None and strength < rule.weakest:
        return f"{dose(rule.name, strength)} is too weak; at least {_percent(rule.weakest)} is accepted"
    if rule.strongest is not None and strength > rule.strongest:
        return f"{dose(rule.name, strength)} is too strong; at most {_percent(rule.strongest)} is accepted"
    return ""


def _percent(number: Decimal) -> str:
    return f"{number.normalize():f} %"


def _solution_objections(rule: AgentRule, solution: Solution, start: int) -> list[str]:
    name = f"solution {shown(solution.code)}"
    found = []
    if start < solution.opened_at:
        found.append(f"{name} was not open yet")
    if solution.discarded_at is not None and start >= solution.discarded_at:
        found.append(f"{name} was discarded")
    if solution.expires_at is not None and start >= solution.expires_at:
        assert solution.expiry is not None
        found.append(f"{name} expired on {full_date(solution.expiry)}")
    life = life_of(rule, solution.use_days)
    if life is not None and start - solution.opened_at > life * SECOND:
        found.append(f"{name} was open for longer than {plural(life // _DAY_SECONDS, 'day')}")
    return [*found, _strip_objection(rule, solution, start)]


def _strip_objection(rule: AgentRule, solution: Solution, start: int) -> str:
    """What the strips before and after a start say; one that fails speaks of all since the last passed."""
    name = f"solution {shown(solution.code)}"
    before = [passed for at, passed in solution.strips if at <= start]
    after = [passed for at, passed in solution.strips if at > start]
    if before and not before[-1]:
        return f"the last test strip of {name} failed"
    if rule.strip_test:
        last = max((at for at, passed in solution.strips if passed and at <= start), default=None)
        if last is None or start - last > DAY:
            return f"{name} has no passed test strip of the last 24 hours"
    return f"the next test strip of {name} failed" if after and not after[0] else ""


def _warnings(rule: AgentRule, solution: Solution | None, start: int) -> tuple[str, ...]:
    warnings = []
    if rule.name == "quat" and rule.disinfects:
        warnings.append("quat is a low-level disinfectant")
    if rule.name == "autoclave" and rule.disinfects:
        warnings.append("most rollers do not stand an autoclave; look for bent needles and loose glue")
    if rule.name == "bleach" and rule.disinfects:
        warnings.append("bleach corrodes steel; look for rust")
    if solution and rule.solution_warn and start - solution.opened_at > rule.solution_warn * SECOND:
        warnings.append(f"solution {shown(solution.code)} is open for a long time")
    return tuple(warnings)
