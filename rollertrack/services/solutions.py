"""Solutions: open a bottle or jar, test it, throw it away."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from rollertrack.domain import events as ev
from rollertrack.domain.agents import agent_name
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.policy import Policy
from rollertrack.domain.solution import agent_objection
from rollertrack.domain.text import NOTE_LIMIT, clean_line, required_line, strength
from rollertrack.domain.wording import dose
from rollertrack.errors import BadInput
from rollertrack.services import times
from rollertrack.services.station import Done, Station, deed, new_codes
from rollertrack.store import queries
from rollertrack.store.derived import from_hundredths


@dataclass(frozen=True, slots=True)
class SolutionRow:
    """A solution in a list."""

    code: str
    agent: str
    strength: Decimal | None
    lot: str
    expiry: str | None
    opened_at: int
    discarded_at: int | None
    last_strip_at: int | None
    last_strip_passed: bool | None


@dataclass(frozen=True, slots=True)
class SolutionFacts:
    """What is said of a solution, as typed; None leaves a fact as it is, an empty text clears it."""

    agent: str | None = None
    strength: str | None = None
    lot: str | None = None
    expiry: str | None = None

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
        return facts


def _expiry(text: str) -> date | None:
    return times.day(text, "expiry") if text.strip() else None


def add_solution(
    station: Station, facts: SolutionFacts, *, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Register an opened bottle or jar; `at` is when it was opened."""
    if facts.agent is None:
        raise BadInput("agent", "name what is in it, such as alcohol")
    read = facts.read()
    body = ev.SolutionRegistered(**read)  # type: ignore[arg-type]  # read by field above
    with deed(station, at, operator) as now:
        code = new_codes(now, Kind.SOLUTION, 1)[0]
        now.append(code, body)
        warnings = _warnings(now.journal.policy(), body)
        message = f"Registered solution {shown(code)}: {dose(body.agent, body.strength)}."
        return Done("solution add", (code,), now.at, message, (1,), warnings)


def _warnings(policy: Policy, facts: ev.SolutionRegistered) -> tuple[str, ...]:
    """Why a disinfection in it would not count, said at once."""
    objection = agent_objection(policy, facts.agent, facts.strength)
    return (f"A disinfection in it will not count: {objection}.",) if objection else ()


def edit_solution(
    station: Station, code: str, facts: SolutionFacts, *,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Mend the facts of a solution; disinfections logged before keep what they were decided on."""
    changes = facts.read()
    if not changes:
        raise BadInput("edit", "nothing to change was given; name at least one fact, such as --lot")
    with deed(station, at, operator) as now:
        known = now.solution(code)
        old = ev.SolutionAmended(
            agent=known.agent, strength=known.strength, lot=known.lot, expiry=known.expiry,
            expiry_offset=known.offset if known.expiry else None,
        )  # fmt: skip
        mended = replace(old, **changes)  # type: ignore[arg-type]  # read by field above
        if mended == old:
            raise BadInput("edit", f"{shown(known.code)} already reads so; nothing was changed")
        event = now.append(known.code, mended)
        return Done(
            "solution edit", (known.code,), now.at, f"Mended solution {shown(known.code)}.", (event.seq,)
        )


def log_strip(
    station: Station, code: str, *, passed: bool, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Log a test strip."""
    with deed(station, at, operator) as now:
        known = now.solution(code)
        event = now.append(known.code, ev.Tested(passed=passed))
        verb = "passed" if passed else "failed: do not disinfect with it"
        return Done(
            "solution test", (known.code,), now.at, f"The strip of {shown(known.code)} {verb}.", (event.seq,)
        )


def discard_solution(
    station: Station, code: str, reason: str, *, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Log that a solution was thrown away."""
    why = required_line("reason", reason, NOTE_LIMIT)
    with deed(station, at, operator) as now:
        known = now.solution(code)
        if known.discarded_at is not None:
            raise BadInput("code", f"{shown(known.code)} is discarded already")
        event = now.append(known.code, ev.Discarded(reason=why))
        return Done(
            "solution discard", (known.code,), now.at, f"Discarded {shown(known.code)}.", (event.seq,)
        )


def list_solutions(station: Station) -> list[SolutionRow]:
    """Every solution, those in use first, the newest first."""
    with station.store.reading():
        rows = queries.solutions(station.store.database)
        return [SolutionRow(**{**row, "strength": from_hundredths(row["strength"])}) for row in rows]
