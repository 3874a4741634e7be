"""Where a roller stands, in the few letters of a row and in a line of its record."""

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
_WONT_COUNT = "won't count"
_RUNNING_SOAK = "soaking"


def state_detail(facts: Standing, state: State, now: int) -> str:
    """What stands behind the state in a row: how long still, since when, or why; nothing for most."""
    return _DETAILS[state](facts, now) if state in _DETAILS else ""


def _dirty(facts: Standing, now: int) -> str:
    return short(now - (facts.dirty_since or now))


def _stale(facts: Standing, now: int) -> str:
    return "didn't count" if facts.clean_until is None else short(now - facts.clean_until)


def _soaking(facts: Standing, now: int) -> str:
    return _WONT_COUNT if facts.soak_fault else short((facts.soaking_until or now) - now)


def _stopped(facts: Standing, now: int) -> str:
    return facts.dead_because if facts.is_dead(now) else "check the clock"


def _fresh(facts: Standing, now: int) -> str:
    if facts.clean_until is None or facts.clean_until == FOREVER:
        return "sealed"
    return short(facts.clean_until - now)


def _take_out(facts: Standing, now: int) -> str:
    if facts.soak_fault:
        return _WONT_COUNT
    if facts.soak_ends is not None and now > facts.soak_ends:
        return "too long"
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
    """The state of a row."""
    return state_text(row.state, row.detail)


def lasting_detail(row: RollerRow) -> str:
    """The detail of a state as paper can keep it, by the clock: “7 h” would be wrong an hour later."""
    joint = "until" if row.state is State.SOAKING else _JOINTS.get(row.state)
    if joint is None or row.state_at is None or row.detail == _WONT_COUNT:
        return row.detail
    return f"{joint} {spoken_moment(row.state_at)}"


def record_state(record: Record, now: int) -> str:
    """The state of a roller in a line, with its moment: ready until when, dirty since when, stopped why."""
    facts, state = record.standing, record.state
    named, at, detail = f"{state.sign} {state}", facts.moment_of(state), state_detail(facts, state, now)
    if state is State.SOAKING and at is not None and detail != _WONT_COUNT:
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
    skin = [f"  Skin: {skin_text(answer.verdict)}"] if answer.person_label else []
    return [
        f"{record_state(record, now)}   {answer_title(answer)}", *found,
        f"  Next: {next_of(answer.verdict)}.", *answer_facts(answer), *skin,
    ]  # fmt: skip


def skin_text(verdict: Verdict) -> str:
    """What speaks against a use on the person's skin now, the worst alone."""
    against = (each for each in verdict.findings if each.rule in OF_SKIN and each.word is not Word.USE)
    worst = next(against, None)
    return "nothing against a use today" if worst is None else f"{worst.sign} {worst.message}"


_JOINTS = {State.READY: "until", State.DIRTY: "since", State.STALE: "since", State.TAKE_OUT: "since"}
