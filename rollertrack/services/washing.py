"""Start a soak, end it, or record a disinfection already done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from rollertrack.domain.beat import ELSEWHERE
from rollertrack.domain.events import (
    Disinfected,
    DisinfectionEnded,
    DisinfectionStarted,
    Event,
    Opened,
    Placed,
    Used,
    as_entered,
    at_the_latest,
    in_order,
)
from rollertrack.domain.policy import AUTOCLAVE, agent_name
from rollertrack.domain.roller import Roller, lay_in_a_soak
from rollertrack.domain.solution import (
    FAILED,
    PASSED,
    Judgement,
    Solution,
    ending_objection,
    judge,
    longest_soak,
)
from rollertrack.domain.standing import standing
from rollertrack.domain.text import clean_line, required_line, strength, whole_number
from rollertrack.errors import BadInput, NotNow, Questioned
from rollertrack.services import times
from rollertrack.services.doubting import settled, solution_named
from rollertrack.services.station import Deed, Done, Station, deed, need_operator, once, roller_of
from rollertrack.wording import washing as say

_LONGEST_MINUTES = 24 * 60
_NO = frozenset({"no", "none", "not", "not rinsed", "never", "n", "-", "0"})


@dataclass(frozen=True, slots=True)
class Bath:
    """What a disinfection is done with, as typed; `agent` may be left out when a solution is named."""

    agent: str = ""
    solution: str | None = None
    strength: str = ""
    minutes: str = ""
    cleaned: bool | None = None
    """Whether it was rinsed and washed before; None where nobody said, and the policy says what is usual."""
    rinse: str = ""
    before_use: bool = False
    """Of one already done: it was before a use that was logged since it began."""
    rinsed: bool = False
    load: str = ""
    indicator: str = ""
    opened: bool = False
    """Whether a sterile pack was opened for it."""


class Ending(NamedTuple):
    """What was done as it came out, as typed: rinsed at all or with what, what an indicator said."""

    rinsed: bool = False
    rinse: str = ""
    indicator: str = ""

    def read(self) -> "Ending":
        """The same, checked; a rinse that says no is none."""
        rinse = clean_line("rinse", self.rinse)
        if rinse.casefold() in _NO:
            rinse = ""
        return Ending(self.rinsed or bool(rinse), rinse, _indicator(self.indicator))


def _indicator(text: str) -> str:
    said = clean_line("indicator", text).lower()
    if said in {"", "unread", "not read", "none", "no"}:
        return ""
    found = {"pass": PASSED, PASSED: PASSED, "fail": FAILED, FAILED: FAILED}.get(said)
    if found is None:
        raise BadInput("indicator", f"“{said[:40]}” is not known; passed, failed or unread is right")
    return found


@dataclass(frozen=True, slots=True)
class _Reading:
    """A bath read and judged."""

    judgement: Judgement
    solution: Solution | None
    solution_head: int | None
    seconds: int
    longest: int
    cleaned: bool
    rinse: str
    load: str


@once
def soak(
    station: Station,
    codes: Sequence[str],
    bath: Bath,
    *,
    at: str | int | None = None,
    operator: str | None = None,
) -> Done:
    """Start the contact time of one or many rollers in the same bath."""
    with deed(station, at, operator) as now:
        need_operator(now)
        rollers = now.rollers(codes, now.until)
        for roller in rollers:
            if roller.soak is not None:
                raise BadInput("code", say.soaking_already(roller.code))
        read = _read(now, bath, now.at)
        _open_packs(now, rollers, bath, now.at)
        payload = DisinfectionStarted(planned=read.seconds, **now.beat._asdict(), **_facts(read))
        entries = [now.append(roller.code, payload, solution=_code(read)).seq for roller in rollers]
        agent, percent = read.judgement.agent, read.judgement.strength
        message = say.soaking_text(_codes(rollers), agent, percent, read.seconds)
        warnings = (*_warnings(now, read, rollers), *_to_come(now, read))
        return Done("soak", _codes(rollers), now.at, message, tuple(entries), warnings)


def _to_come(now: Deed, read: _Reading) -> Iterator[str]:
    """What the end of a soak will ask for."""
    rule = now.rules.agent(read.judgement.agent)
    if rule.rinse and rule.disinfects:
        yield say.RINSE_LATER
    if rule.indicator and rule.disinfects:
        yield say.INDICATOR_LATER


def _open_packs(now: Deed, rollers: Sequence[Roller], bath: Bath, start: int) -> None:
    """Question the disinfection of what lies sterile in its sealed pack, or log that the pack was opened."""
    packed = [roller for roller in rollers if is_sealed(roller)]
    if packed and not bath.opened:
        raise NotNow(*say.sealed_refusal(_codes(packed)))
    for roller in packed:
        now.journal.append(
            roller.code, Opened(), start, now.recorded_at, times.at_offset(start), operator=now.operator
        )


def is_sealed(roller: Roller) -> bool:
    """Whether it lies sterile in a pack that nothing on record opened."""
    touched = roller.opened_at is not None or roller.uses or roller.last_wash or roller.soak
    return roller.facts is not None and roller.facts.sterile and not touched


def sealed(station: Station, codes: Sequence[str]) -> list[str]:
    """Those of some rollers that lie sterile in a sealed pack."""
    with station.store.reading() as journal:
        return [code for code in codes if is_sealed(roller_of(journal, code))]


def asked_at_end(station: Station, codes: Sequence[str]) -> frozenset[str]:
    """What taking some rollers out of their soaks asks for: `rinse`, `indicator`."""
    with station.store.reading() as journal:
        soaks = [roller_of(journal, code).soak for code in codes]
        rules = [journal.policy().agent(soak.facts.agent) for soak in soaks if soak is not None]
        return frozenset(
            name
            for name, is_asked in (
                ("rinse", any(rule.rinse for rule in rules)),
                ("indicator", any(rule.indicator for rule in rules)),
            )
            if is_asked
        )


@once
def done(
    station: Station,
    codes: Sequence[str],
    *,
    early: bool = False,
    ending: Ending = Ending(),  # noqa: B008 - immutable
    at: str | int | None = None,
    operator: str | None = None,
) -> Done:
    """Take rollers out of their soak; before its time is up only as `early`, which does not count."""
    said = ending.read()
    with deed(station, at, operator) as now:
        rollers = now.rollers(codes, now.until)
        for roller in rollers:
            _may_end(now, roller, early)
        entries, outcomes = [], []
        for roller in rollers:
            assert roller.soak is not None
            ended_early = now.at < roller.soak.due_at or roller.soak.doubt == ELSEWHERE
            lacks = ending_objection(
                now.rules, roller.soak.facts.agent, rinsed=said.rinsed, indicator=said.indicator
            )
            payload = DisinfectionEnded(
                early=ended_early, objection=lacks, **said._asdict(), **now.beat._asdict()
            )
            entries.append(now.append(roller.code, payload).seq)
            settled(now, roller.code)  # its solution may have been mended meanwhile
            outcomes.append(_outcome(now, roller.code, lacks))
        return Done("done", _codes(rollers), now.at, " ".join(outcomes), tuple(entries))


def _may_end(now: Deed, roller: Roller, early: bool) -> None:
    if roller.soak is None:
        if now.until is not None and now.roller(roller.code).soak is not None:
            raise BadInput("at", say.began_later(roller.code))
        raise BadInput("code", say.not_soaking(roller.code))
    if early:
        return
    if roller.soak.doubt == ELSEWHERE:
        raise NotNow(*say.cannot_end_here(roller.code, roller.soak.doubt))
    if now.at < roller.soak.due_at:
        raise NotNow(*say.too_early(roller.code, roller.soak.due_at - now.at, roller.soak.doubt))


def _outcome(now: Deed, code: str, lacks: str) -> str:
    """What came of a soak, seen from when it ended and from now."""
    roller, today = now.roller(code, now.until), now.roller(code)
    why = _never_again(now, today)
    if why:
        return say.out_but_dead(code, why)
    wash = roller.last_wash
    if wash is not None and lacks and wash.fault == lacks:
        return say.out_but_lacking(roller.code, lacks)
    if wash is None or not wash.good:
        fault = wash.fault if wash else "no start on record"
        return say.out_incomplete(roller.code, fault)
    if today.dirty_since is not None:
        return say.out_but_used(roller.code)
    return say.is_disinfected(roller.code)


@once
def disinfect(
    station: Station,
    codes: Sequence[str],
    bath: Bath,
    *,
    at: str | int | None = None,
    operator: str | None = None,
) -> Done:
    """Record a disinfection already done; `at` is when it ended."""
    if not bath.agent.strip() and not bath.solution:
        raise BadInput("agent", "name what it was in, such as alcohol, or a solution")
    if not bath.minutes.strip():
        raise BadInput("minutes", "say how long it took, in whole minutes, such as 10")
    with deed(station, at, operator) as now:
        need_operator(now)
        rollers = now.rollers(codes, now.until)
        seconds = _minutes(bath.minutes) * 60
        if bath.before_use:
            _was_before_a_use(now, _codes(rollers), seconds)
        else:
            ask_about_uses(now, _codes(rollers), seconds)
        read = _read(now, bath, now.at - times.in_micros(seconds))
        if read.judgement.required is not None:
            _lay_nowhere_else(rollers, now.at - times.in_micros(seconds), seconds)
        said = Ending(bath.rinsed, bath.rinse, bath.indicator).read()
        read = _ended(now, read, said)
        if bath.before_use and any(uses_astray(now, roller.code, seconds) for roller in rollers):
            # The record cannot tell that the use came after it: the clock had gone back there.
            read = _objected(read, "it was before a use")
        _open_packs(now, rollers, bath, now.at - times.in_micros(seconds))
        payload = Disinfected(
            seconds=read.seconds, rinsed=said.rinsed, indicator=said.indicator, **_facts(read)
        )
        entries = [now.append(roller.code, payload, solution=_code(read)).seq for roller in rollers]
        agent, percent = read.judgement.agent, read.judgement.strength
        message = say.disinfected_text(_codes(rollers), agent, percent, read.seconds)
        return Done(
            "disinfect", _codes(rollers), now.at, message, tuple(entries), _warnings(now, read, rollers)
        )


def _lay_nowhere_else(rollers: Sequence[Roller], begun: int, seconds: int) -> None:
    """Refuse a disinfection told of a time in which a roller lay in a soak that is on record."""
    for roller in rollers:
        if roller.soak is not None:
            raise BadInput("code", say.soaks_meanwhile(roller.code, roller.soak.started_at))
        if lay_in_a_soak(roller, begun):
            assert roller.soaked_until is not None
            raise BadInput("minutes", say.soaked_meanwhile(roller.code, roller.soaked_until, seconds))


def _ended(now: Deed, read: _Reading, said: Ending) -> _Reading:
    """A reading with what its end lacks."""
    judged = read.judgement
    lacks = ending_objection(now.rules, judged.agent, rinsed=said.rinsed, indicator=said.indicator)
    return _objected(replace(read, rinse=said.rinse), lacks)


def _objected(read: _Reading, objection: str) -> _Reading:
    """A reading with one thing more that stands against it, where nothing did."""
    judged = read.judgement
    return replace(read, judgement=judged._replace(objection=judged.objection or objection))


def _read(now: Deed, bath: Bath, start: int) -> _Reading:
    solution = solution_named(now, bath.solution, "solution") if bath.solution else None
    typed = clean_line("agent", bath.agent)
    agent = required_line("agent", agent_name(typed or (solution.agent if solution else "")))
    percent: Decimal | None = strength(bath.strength) if bath.strength.strip() else None
    judgement = judge(now.rules, agent, percent, solution, start)
    if bath.minutes.strip():
        seconds = _minutes(bath.minutes) * 60
    elif judgement.required is not None:
        seconds = judgement.required
    else:
        raise BadInput("minutes", say.no_contact_time(agent))
    head = len(now.journal.stream(solution.code)) if solution else None
    longest = longest_soak(now.rules, agent, solution, start)
    rinse, load = clean_line("rinse", bath.rinse), clean_line("load", bath.load)
    cleaned = now.rules.is_usually_cleaned if bath.cleaned is None else bath.cleaned
    return _Reading(judgement, solution, head, seconds, longest, cleaned, rinse, load)


def _minutes(text: str) -> int:
    return whole_number("minutes", text, 1, _LONGEST_MINUTES)


def _facts(read: _Reading) -> dict[str, Any]:
    return {
        "agent": read.judgement.agent,
        "strength": read.judgement.strength,
        "required": read.judgement.required,
        "objection": read.judgement.objection,
        "cleaned": read.cleaned,
        "rinse": read.rinse,
        "lot": read.solution.lot if read.solution else "",
        "solution_expiry": read.solution.expiry if read.solution else None,
        "solution_head": read.solution_head,
        "longest": read.longest,
        "load": read.load,
    }


def _never_again(now: Deed, roller: Roller) -> str:
    """Why a roller must not be used however clean it is; empty when a wash can help."""
    facts = standing(roller, now.rules)
    return facts.stopped_by if facts.is_dead(now.recorded_at) else ""


def _warnings(now: Deed, read: _Reading, rollers: Sequence[Roller]) -> tuple[str, ...]:
    found = [f"{warning}." for warning in read.judgement.warnings]
    required = read.judgement.required
    if read.judgement.objection:
        found.insert(0, say.will_not_count(read.judgement.objection))
    elif required is not None and read.seconds < required:
        found.insert(0, say.too_short(required))
    elif read.seconds > read.longest:
        found.insert(0, say.too_long(read.longest))
    if read.judgement.agent == AUTOCLAVE and not read.load:
        found.append(say.NO_LOAD)
    dead = ((roller.code, _never_again(now, roller)) for roller in rollers)
    found += [say.dead_anyway(code, why) for code, why in dead if why]
    return tuple(found)


def _code(read: _Reading) -> str | None:
    return read.solution.code if read.solution else None


def _codes(rollers: Sequence[Roller]) -> tuple[str, ...]:
    return tuple(roller.code for roller in rollers)


def ask_about_uses(now: Deed, codes: Sequence[str], seconds: int) -> None:
    """Raise Questioned when a roller was, or may have been, used within the seconds up to the deed.

    Needles that were on skin meanwhile are not clean: either the use was earlier, or the wash was before it.
    """
    start = now.at - times.in_micros(seconds)
    for code in codes:
        within = [each.event for each in _uses(now, code) if start < each.event.at <= now.at]
        if within:
            raise Questioned(*say.used_meanwhile(within[-1], now.at, seconds))
        if astray := uses_astray(now, code, seconds):
            raise Questioned(*say.may_be_used_meanwhile(astray[-1], seconds))


def _was_before_a_use(now: Deed, codes: Sequence[str], seconds: int) -> None:
    """Refuse what is told as before a use, where the last use on record was over when it began.

    It would count as the wash after that use.
    """
    start = now.at - times.in_micros(seconds)
    for code in codes:
        used = [each.event for each in _uses(now, code)]
        later = any(each.at > start for each in used) or uses_astray(now, code, seconds)
        if used and not later:
            last = max(used, key=lambda each: each.at)
            raise BadInput("before-use", *say.used_before_it(last, now.at - last.at, seconds))


def uses_astray(now: Deed, code: str, seconds: int) -> list[Event]:
    """The uses by a clock that had gone back that may lie within the seconds up to the deed."""
    start, entered = now.at - times.in_micros(seconds), as_entered(now.journal.stream(code))
    found = []
    for each in _uses(now, code):
        latest = at_the_latest(each, entered)
        may_be = start < (now.recorded_at if latest is None else latest) and each.high <= now.at
        if each.is_astray and may_be and now.recorded_at >= each.high:
            found.append(each.event)
    return found


def _uses(now: Deed, code: str) -> list[Placed]:
    story = in_order(as_entered(now.journal.stream(code)))
    return [each for each in story if isinstance(each.event.payload, Used)]
