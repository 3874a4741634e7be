"""Solutions: open a bottle or jar, test it, throw it away."""

from dataclasses import dataclass
from datetime import date

from rollertrack.domain import events as ev
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.policy import Policy, agent_name
from rollertrack.domain.solution import agent_objection, last_good
from rollertrack.domain.text import NOTE_LIMIT, clean_line, required_line, strength, whole_number
from rollertrack.errors import BadInput, going_on
from rollertrack.services import times
from rollertrack.services.doubting import settled, solution_named
from rollertrack.services.station import Deed, Done, Station, deed, new_codes, once
from rollertrack.wording import done as say


@dataclass(frozen=True, slots=True)
class SolutionFacts:
    """What is said of a solution, as typed; None leaves a fact as it is, an empty text clears it.

    `opened` mends when it was opened, as typed or as an instant.
    """

    agent: str | None = None
    strength: str | None = None
    lot: str | None = None
    expiry: str | None = None
    opened: str | int | None = None
    listing: str | None = None
    use_days: str | None = None

    def read(self) -> dict[str, object]:
        """The facts given, checked."""
        facts: dict[str, object] = {}
        if self.agent is not None:
            facts["agent"] = agent_name(required_line("agent", self.agent))
        if self.strength is not None:
            facts["strength"] = strength(self.strength) if self.strength.strip() else None
        if self.lot is not None:
            facts["lot"] = clean_line("lot", self.lot)
        if self.expiry is not None:
            found = _expiry(self.expiry)
            facts["expiry"] = found
            facts["expiry_offset"] = times.offset_after(found) if found else None
        if self.listing is not None:
            facts["listing"] = clean_line("listing", self.listing)
        if self.use_days is not None:
            days = self.use_days.strip()
            facts["use_days"] = whole_number("use-days", days, 1, _MOST_USE_DAYS) if days else None
        return facts


_MOST_USE_DAYS = 3_650


def _expiry(text: str) -> date | None:
    return times.day(text, "expiry") if text.strip() else None


@once
def add_solution(
    station: Station, facts: SolutionFacts, *, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Register an opened bottle or jar; `at` is when it was opened."""
    if facts.agent is None:
        raise BadInput("agent", "name what is in it, such as alcohol")
    read = facts.read()
    payload = ev.SolutionRegistered(**read)  # type: ignore[arg-type]  # read by field above
    with deed(station, at, operator) as now:
        code = new_codes(now, Kind.SOLUTION, 1)[0]
        now.append(code, payload)
        warnings = _warnings(now.journal.policy(), payload)
        message = say.solution_registered(code, payload.agent, payload.strength)
        return Done("solution add", (code,), now.at, message, (1,), warnings)


def _warnings(policy: Policy, facts: ev.SolutionRegistered) -> tuple[str, ...]:
    """Why a disinfection in it would not count, said at once."""
    objection = agent_objection(policy, facts.agent, facts.strength)
    return (f"A disinfection in it will not count: {objection}.",) if objection else ()


@once
def edit_solution(
    station: Station, code: str, facts: SolutionFacts, *,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Mend the facts of a solution; what was disinfected in it counts as the facts now say."""
    changes = facts.read()
    if not changes and facts.opened is None:
        what = going_on("nothing to change was given", at_prompt=" (name at least one fact, such as --lot)")
        raise BadInput("edit", *what)
    with deed(station, at, operator) as now:
        known = solution_named(now, code)
        old = ev.SolutionAmended(
            agent=known.agent, strength=known.strength, lot=known.lot, expiry=known.expiry,
            expiry_offset=known.offset if known.expiry else None, opened=known.opened_at,
            listing=known.listing, use_days=known.use_days,
        )  # fmt: skip
        if facts.opened is not None:
            changes["opened"] = _opened_at(facts.opened, now.recorded_at)
        mended = old.changed(**changes)
        if mended == old:
            raise BadInput("edit", f"{shown(known.code)} already reads so; nothing was changed")
        return _kept(now, "solution edit", known.code, mended, say.solution_mended(known.code))


def _opened_at(opened: str | int, now: int) -> int:
    instant = times.moment(opened, now, "opened")[0] if isinstance(opened, str) else opened
    if instant > now:
        raise BadInput("opened", "lies in the future; a moment that has passed is right")
    return instant


def _kept(now: Deed, name: str, code: str, payload: ev.Payload, message: str) -> Done:
    """Append one event, and let what was disinfected in the solution follow it."""
    event = now.append(code, payload)
    return Done(name, (code,), now.at, message + settled(now, code).text, (event.seq,))


@once
def log_strip(
    station: Station, code: str, *, passed: bool, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Log a test strip."""
    with deed(station, at, operator) as now:
        known = solution_named(now, code)
        message = say.strip_logged(known.code, passed=passed)
        return _kept(now, "solution test", known.code, ev.Tested(passed=passed), message)


@once
def top_up(station: Station, code: str, *, at: str | int | None = None, operator: str | None = None) -> Done:
    """Log that more was poured into a bottle or jar; its life is not longer by that."""
    with deed(station, at, operator) as now:
        known = solution_named(now, code)
        if known.discarded_at is not None:
            gone = f"{shown(known.code)} is discarded; open another"
            raise BadInput("code", *going_on(gone, at_prompt=" with `solution add`"))
        message = say.topped_up(known.code, last_good(now.rules.agent(known.agent), known), now.at)
        return _kept(now, "solution top-up", known.code, ev.ToppedUp(), message)


@once
def discard_solution(
    station: Station, code: str, reason: str, *, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Log that a solution was thrown away."""
    why = required_line("reason", reason, NOTE_LIMIT)
    with deed(station, at, operator) as now:
        known = solution_named(now, code)
        if known.discarded_at is not None:
            raise BadInput("code", f"{shown(known.code)} is discarded already")
        message = say.solution_discarded(known.code)
        return _kept(now, "solution discard", known.code, ev.Discarded(reason=why), message)
