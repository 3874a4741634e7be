"""Where a roller stands, in the few letters of a row and in a line of its record."""

import re
from collections.abc import Callable

from rollertrack.domain.quantities import short
from rollertrack.domain.rows import Record, RollerRow
from rollertrack.domain.skin_rules import OF_SKIN
from rollertrack.domain.standing import FOREVER, NEVER, Standing
from rollertrack.domain.verdict import Finding, Verdict
from rollertrack.domain.words import State, Word
from rollertrack.wording.dates import short_moment, spoken_moment
from rollertrack.wording.gate import answer_facts, answer_title

ASK_FIRST = "Scan it before you use it"
SEALED, WONT_COUNT, DIDNT_COUNT, TOO_LONG = "sealed", "won't count", "didn't count", "too long"
_RUNNING_SOAK = "soaking"


def state_detail(facts: Standing, state: State, now: int) -> str:
    """What stands behind the state in a row: how long still, since when, or why; nothing for most."""
    return _DETAILS[state](facts, now) if state in _DETAILS else ""


def _dirty(facts: Standing, now: int) -> str:
    return short(now - (facts.dirty_since or now))


def _stale(facts: Standing, now: int) -> str:
    return DIDNT_COUNT if facts.clean_until is None else short(now - facts.clean_until)


def _soaking(facts: Standing, now: int) -> str:
    return WONT_COUNT if facts.soak_fault else short((facts.soaking_until or now) - now)


def _stopped(facts: Standing, now: int) -> str:
    return facts.stopped_by if facts.is_dead(now) else "check the clock"


def _fresh(facts: Standing, now: int) -> str:
    if facts.clean_until is None or facts.clean_until == FOREVER:
        return SEALED
    return short(facts.clean_until - now)


def _take_out(facts: Standing, now: int) -> str:
    if facts.soak_fault:
        return WONT_COUNT
    if facts.soak_ends is not None and now > facts.soak_ends:
        return TOO_LONG
    return short(now - (facts.soaking_until or now))


_DETAILS: dict[State, Callable[[Standing, int], str]] = {
    State.READY: _fresh,
    State.DIRTY: _dirty,
    State.STALE: _stale,
    State.SOAKING: _soaking,
    State.TAKE_OUT: _take_out,
    State.STOP: _stopped,
}


def state_text(state: State, detail: str) -> str:
    """A state with its sign and its detail: ✓ ready 23 h."""
    return f"{state.sign} {state} {detail}".rstrip()


def row_state(row: RollerRow) -> str:
    """The state of a row as it was read."""
    return state_text(row.state, row.detail)


def row_state_in(row: RollerRow, now: int, room: int) -> str:
    """The state of a row at `now`, in as many words as a column of so many cells has room for."""
    detail = _detail_at(row, now)
    said = state_text(row.state, detail)
    if len(said) > room and row.state is State.STOP:
        return state_text(row.state, _shorter(detail))
    return said if len(said) <= room else f"{row.state.sign} {detail}"


def _detail_at(row: RollerRow, now: int) -> str:
    """A duration counted up to `now`, as the top line counts it; what is no duration as it was read."""
    if row.state_at is None or not _DURATION.fullmatch(row.detail):
        return row.detail
    ahead = row.state in {State.READY, State.SOAKING}
    return short(row.state_at - now if ahead else now - row.state_at)


def _shorter(detail: str) -> str:
    """Why a roller stops, in eleven letters at most."""
    known = _SHORTER.get(detail)
    return known or detail.replace("used up ", "used ").replace("over ", "").replace(" old", "")


_DURATION = re.compile(r"\d+ (d|h|min|s)")
_SHORTER = {
    "failed inspection": "inspection", "infected skin": "infected", "was in a soak": "soaked",
    "pack open too long": "pack open", "the clock had gone back": "clock", "check the clock": "clock",
    "not registered": "no record",
}  # fmt: skip


def lasting_detail(row: RollerRow) -> str:
    """The detail of a state as paper can keep it, by the clock: “7 h” would be wrong an hour later."""
    joint = "until" if row.state is State.SOAKING else _JOINTS.get(row.state)
    if joint is None or row.state_at is None or row.detail == WONT_COUNT:
        return row.detail
    return f"{joint} {spoken_moment(row.state_at)}"


def record_state(record: Record, now: int) -> str:
    """The state of a roller in a line, with its moment: ready until when, dirty since when, stopped why."""
    facts, state = record.standing, record.state
    named, at, detail = f"{state.sign} {state}", facts.moment_of(state), state_detail(facts, state, now)
    if state is State.SOAKING and at is not None and detail != WONT_COUNT:
        bath = f" in {record.soak.agent}" if record.soak else ""
        return f"{named}{bath} until {short_moment(at, now)}"
    if state in _JOINTS and at is not None:
        return f"{named} {_JOINTS[state]} {short_moment(at, now)}"
    why = NEVER if state is State.NEW else detail
    return f"{named} · {why}" if why else named


def of_the_roller(verdict: Verdict) -> list[Finding]:
    """What is found of the roller alone, the worst first; the skin is another matter."""
    return [finding for finding in verdict.findings if finding.rule not in OF_SKIN]


def in_record(verdict: Verdict) -> list[Finding]:
    """What is found of the roller, as its record says it: what its state says already left out."""
    return [finding for finding in of_the_roller(verdict) if finding.rule != _RUNNING_SOAK]


def at_a_glance(verdict: Verdict) -> list[Finding]:
    """What is found of the roller now; what holds for all its life stands in its record alone."""
    return [finding for finding in in_record(verdict) if finding in verdict.of_now]


def next_of(verdict: Verdict) -> str:
    """What to do with the roller next, whatever the skin says."""
    own = of_the_roller(verdict)
    return own[0].step if own and own[0].word is not Word.USE else ASK_FIRST


def record_lines(record: Record, now: int) -> list[str]:
    """How a roller stands, why, what to do next, the facts, and what the skin of its person says."""
    answer = record.answer
    found = [f"  {finding.sign} {finding.message}" for finding in in_record(answer.verdict)]
    told = skin_text(answer.verdict) if answer.person_label else ""
    skin = [f"  Skin: {told}"] if told else []
    return [
        f"{record_state(record, now)}   {answer_title(answer)}", *found,
        f"  Next: {next_of(answer.verdict)}.", *answer_facts(answer), *skin,
    ]  # fmt: skip


def skin_text(verdict: Verdict) -> str:
    """What speaks against a use on the person's skin now, the worst alone; no word of leave beside a STOP."""
    against = (each for each in verdict.findings if each.rule in OF_SKIN and each.word is not Word.USE)
    worst = next(against, None)
    if worst is None:
        return "" if verdict.word is Word.STOP else "nothing against a use today"
    return f"{worst.sign} {worst.message}"


_JOINTS = {State.READY: "until", State.DIRTY: "since", State.STALE: "since", State.TAKE_OUT: "since"}
