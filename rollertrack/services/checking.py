"""Ask the gate, with the facts that a screen shows beside its answer."""

from collections.abc import Sequence
from decimal import Decimal

from rollertrack.domain import gate
from rollertrack.domain.answer import Answer
from rollertrack.domain.code import Kind, mark_of
from rollertrack.domain.roller import Roller, by_boot_clock
from rollertrack.domain.standing import FOREVER, forecast, last_good
from rollertrack.domain.verdict import Question, Verdict
from rollertrack.domain.words import Word
from rollertrack.services import times
from rollertrack.services.asked import clean_area, dialled, if_answered, only_person, person_behind
from rollertrack.services.station import (
    Station,
    read_code,
    roller_of,
)
from rollertrack.store.journal import Journal


def check(
    station: Station,
    code: str,
    *,
    person: str | None = None,
    area: str | None = None,
    depth: str = "",
    at: str | int | None = None,
    answers: Sequence[str] | None = None,
    lasting: bool = True,
) -> Answer:
    """The gate's answer on a roller, now or as of a past moment; BadCode for one it does not know.

    `depth` is what a pen is dialled to, in mm as typed; `answers` is what the person would answer to the
    health questions, None where they are not asked. How long it holds is left out where not `lasting`.
    """
    with station.store.reading() as journal:
        clock = station.clock()
        until = times.moment(at, clock)[0] if isinstance(at, str) else at
        found = read_code(station, code, Kind.ROLLER)
        asked = read_code(station, person, Kind.PERSON, "person") if person else None
        place = clean_area(area or "")
        roller = roller_of(journal, found, until)
        if until is None and roller.soak is not None:
            roller = by_boot_clock(roller, clock, station.beat())
        told = answer(
            station, journal, roller, asked, place, clock, until, dialled(roller, depth), answers,
            lasting=lasting,
        )  # fmt: skip
        return told._replace(label_warning=_about_label(roller, code))


def label_warning(station: Station, text: str) -> str:
    """A warning of the label that was scanned, empty for the current one; BadCode for no roller's."""
    with station.store.reading() as journal:
        roller = roller_of(journal, read_code(station, text, Kind.ROLLER))
        return _about_label(roller, text)


def _about_label(roller: Roller, text: str) -> str:
    """A warning of an old label; bare letters may have been typed and say nothing of one."""
    mark = mark_of(text)
    if not mark and "http" not in text.lower():
        return ""
    from rollertrack.services.labels.proving import (
        warning,  # a code without a mark, as nearly always, needs none
    )

    return warning(roller.labels, mark)


def answer(
    station: Station,
    journal: Journal,
    roller: Roller,
    asked: str | None,
    area: str,
    clock: int,
    until: int | None = None,
    depth: Decimal | None = None,
    answers: Sequence[str] | None = None,
    *,
    lasting: bool = True,
) -> Answer:
    """The gate's answer with the facts beside it; who stands in for nobody is decided here.

    `until` is the past moment asked about. Without one nothing on record is left out, not even what a
    station whose clock runs ahead has just written.
    """
    now = clock if until is None else until
    policy = journal.policy(until)
    code = asked or only_person(station, journal)
    named = code is not None
    whose = code or roller.bound_to
    person = person_behind(station, journal, whose, until, named) if whose else None
    if person is not None and answers is not None:
        person = if_answered(person, answers, now)
    question = gate.question(roller, policy, now, person, area, named=named, clock=clock, depth=depth)
    stands_in = person is not None and asked is None and roller.bound_to is None
    verdict = gate.judge(question) if lasting else gate.judge_now(question)
    return _answer(question, verdict, len(journal.stream(roller.code)))._replace(stands_in=stands_in)


def _answer(asked: Question, verdict: Verdict, head: int) -> Answer:
    roller, facts, person = asked.roller, asked.standing, asked.person
    seen = forecast(facts, asked.now)
    fresh = facts.clean_until
    return Answer(
        code=roller.code,
        name=roller.title,
        length=roller.facts.length if roller.facts else None,
        form=roller.facts.form if roller.facts else "",
        verdict=verdict,
        person=person.code if person and person.on_record else None,
        person_label=person.label if person and person.on_record else None,
        head=head,
        uses=facts.uses,
        uses_limit=facts.uses_limit,
        replace_on=last_good(seen.on),
        replace_because=seen.because,
        disinfected_at=facts.disinfected_at,
        fresh_until=None if fresh == FOREVER or verdict.word in _NOT_NOW or roller.soak else fresh,
        last_use=asked.is_last_use,
    )


_NOT_NOW = frozenset({Word.STOP, Word.WAIT})
"""What is clean and must not be used is not called fresh: that would be read as a promise."""
