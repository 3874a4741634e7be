"""Log a use, if the gate allows it or a reason is given."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from rollertrack.domain import gate
from rollertrack.domain.code import shown
from rollertrack.domain.counting import newest_entering
from rollertrack.domain.events import Session, Used
from rollertrack.domain.text import NOTE_LIMIT, clean_line
from rollertrack.domain.verdict import Finding, Question, Refused, Verdict
from rollertrack.domain.words import Word
from rollertrack.errors import ChangedMeanwhile
from rollertrack.services.asked import (
    clean_answers,
    clean_area,
    clean_concern,
    dialled,
    log_answers,
    named_person,
    of_health,
    unlisted_words,
)
from rollertrack.services.station import (
    Deed,
    Done,
    Station,
    deed,
    need_operator,
    once,
)
from rollertrack.wording.events import describe_event
from rollertrack.wording.gate import use_message


class Use(NamedTuple):
    """What is said of a use beside the roller; empty where nothing was said.

    `depth` is what a pen is dialled to, in mm as typed; `infected` that it touched infected skin.
    """

    person: str | None = None
    area: str = ""
    concern: str = ""
    note: str = ""
    inspected: str = ""
    acknowledged: bool = False
    despite: str = ""
    depth: str = ""
    infected: bool = False
    seen_rules: tuple[str, ...] | None = None
    """The rules of the findings that were shown and acknowledged; None when nothing was shown."""
    answers: tuple[str, ...] | None = None
    """What holds beside what is noted, by the health questions; None where they were not asked."""


@once
def use(
    station: Station,
    code: str,
    said: Use,
    *,
    seen: int | None = None,
    at: str | int | None = None,
    operator: str | None = None,
) -> Done:
    """Log a use, if the gate allows it or a reason is given; a use always names the person.

    `seen` is the number of entries the roller had when the user decided; more than that means that
    another station wrote meanwhile, and nothing is logged.
    """
    said = _cleaned(said)
    with deed(station, at, operator) as now:
        roller = now.roller(code, now.until)
        _unchanged(now, roller.code, seen)
        person = named_person(now, said.person)
        need_operator(now)
        if said.answers is not None:
            person = log_answers(now, person, said.answers)
        depth = dialled(roller, said.depth)
        asked = gate.question(
            roller, now.rules, now.at, person, said.area, clock=now.recorded_at, depth=depth
        )
        verdict = gate.judge_now(asked)
        _allowed(asked, verdict, said.acknowledged, said.despite)
        _all_seen(verdict, said.seen_rules, said.answers)
        payload = _payload(said, verdict, depth, _after(now, person.code, person.newest))
        event = now.append(roller.code, payload, person=person.code)
        session = Session(
            roller=roller.code, entry=event.seq, length=roller.facts.length if roller.facts else None,
            area=said.area, concern=said.concern, depth=depth, after=_after(now, roller.code, roller.newest),
        )  # fmt: skip
        now.append(person.code, session)
        warnings = (
            *_against(verdict),
            *unlisted_words(said.area, said.concern),
            *of_health(said.infected, said.answers, person),
        )
        return Done(
            "use",
            (roller.code,),
            now.at,
            use_message(now.journal.roller(roller.code), now.journal.standing(roller.code), now.recorded_at),
            (event.seq,),
            warnings,
        )


def _cleaned(said: Use) -> Use:
    """The same with every text clean, area and concern in their one spelling."""
    return said._replace(
        area=clean_area(said.area),
        concern=clean_concern(said.concern),
        note=clean_line("note", said.note, NOTE_LIMIT),
        inspected=clean_line("inspected", said.inspected, NOTE_LIMIT),
        despite=clean_line("despite", said.despite, NOTE_LIMIT),
        answers=None if said.answers is None else clean_answers(said.answers),
    )


def _payload(said: Use, verdict: Verdict, depth: Decimal | None, after: int | None) -> Used:
    """A use with the verdict it was decided on."""
    return Used(
        word=verdict.word,
        findings=tuple(finding.rule for finding in verdict.findings),
        acknowledged=said.acknowledged and verdict.word is Word.CARE,
        despite="" if _gate_allows(verdict, said.acknowledged) else said.despite,
        area=said.area, concern=said.concern, inspected=said.inspected, note=said.note,
        depth=depth, infected=said.infected, after=after,
    )  # fmt: skip


def _after(now: Deed, stream: str, newest: int) -> int | None:
    """The newest moment of entering on a record, where the clock now lies before it: it had gone back.

    Nothing was entered later than the `newest` time on it, which as nearly always has passed.
    """
    if newest <= now.recorded_at:
        return None
    entered = newest_entering(now.journal.stream(stream))
    return entered if entered > now.recorded_at else None


def _unchanged(now: Deed, code: str, seen: int | None) -> None:
    entries = now.journal.stream(code)
    if seen is not None and len(entries) > seen:
        raise ChangedMeanwhile(
            f"changed meanwhile: {describe_event(entries[-1])}. Look again before you use it."
        )


def _all_seen(verdict: Verdict, seen: tuple[str, ...] | None, answers: tuple[str, ...] | None) -> None:
    """Refuse an acknowledgement of what was not shown: it came up after the user looked, or by answers."""
    if seen is None:
        return
    for finding in verdict.to_acknowledge:
        if finding.rule not in seen:
            since = "as answered" if answers and finding.rule == "contraindication" else "changed meanwhile"
            raise ChangedMeanwhile(f"{since}: {finding.message} Look again before you use it.")


def _allowed(asked: Question, verdict: Verdict, acknowledged: bool, despite: str) -> None:
    if despite or _gate_allows(verdict, acknowledged):
        return
    reasons = " ".join(finding.message for finding in _deciding(verdict))
    said = f"{verdict.word}: {shown(asked.roller.code)}. {reasons} Nothing was logged"
    raise Refused(f"{said}.", gate.judge(asked), at_prompt=f"{said}; {_way_at_prompt(verdict)}.")


def _way_at_prompt(verdict: Verdict) -> str:
    """How a command line logs what the gate does not allow as it was asked."""
    if verdict.word is not Word.CARE:
        return "--despite REASON logs it anyway"
    answers = "--none or --contraindication NAME logs the answers, " if verdict.lacks_answers else ""
    return f"{answers}--ack acknowledges it"


def _gate_allows(verdict: Verdict, acknowledged: bool) -> bool:
    return verdict.word is Word.USE or (verdict.word is Word.CARE and acknowledged)


def _deciding(verdict: Verdict) -> Sequence[Finding]:
    return [finding for finding in verdict.findings if finding.word is verdict.word]


def _against(verdict: Verdict) -> tuple[str, ...]:
    if verdict.may_use:
        return ()
    return tuple(f"Logged against {verdict.word}: {finding.message}" for finding in _deciding(verdict))
