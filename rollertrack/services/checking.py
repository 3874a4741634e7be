"""Ask the gate, with the facts that a screen shows beside its answer."""

from decimal import Decimal

from rollertrack.domain import gate, guide
from rollertrack.domain.answer import Answer
from rollertrack.domain.code import Kind, mark_of
from rollertrack.domain.person import Person, bounded
from rollertrack.domain.quantities import millimetres
from rollertrack.domain.roller import Roller, by_boot_clock
from rollertrack.domain.standing import FOREVER, forecast, is_last_use, last_good
from rollertrack.domain.text import clean_line, needle_length
from rollertrack.domain.verdict import Question
from rollertrack.domain.words import Word
from rollertrack.errors import BadInput
from rollertrack.services import times
from rollertrack.services.station import (
    Station,
    owner_of,
    person_of,
    read_code,
    roller_of,
)
from rollertrack.store import lookups
from rollertrack.store.journal import Journal


def check(
    station: Station,
    code: str,
    *,
    person: str | None = None,
    area: str | None = None,
    depth: str = "",
    at: str | int | None = None,
) -> Answer:
    """The gate's answer on a roller, now or as of a past moment; BadCode for one it does not know.

    `depth` is what a pen is dialled to, in mm as typed.
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
        told = answer(station, journal, roller, asked, place, clock, until, dialled(roller, depth))
        return told._replace(label_warning=_about_label(roller, code))


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
    person = _whose(station, journal, whose, until, named) if whose else None
    question = gate.question(roller, policy, now, person, area, named=named, clock=clock, depth=depth)
    return _answer(question, person, len(journal.stream(roller.code)))


def _whose(station: Station, journal: Journal, code: str, until: int | None, named: bool) -> Person:
    """The person asked about, or whom the roller belongs to, who may have been taken off the record."""
    return as_mended(station, journal, (person_of if named else owner_of)(journal, code, until))


def _answer(asked: Question, person: Person | None, head: int) -> Answer:
    verdict, roller, facts = gate.judge(asked), asked.roller, asked.facts
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
        fresh_until=None if fresh == FOREVER or verdict.word in _NOT_NOW else fresh,
        last_use=is_last_use(roller, asked.policy),
    )


_NOT_NOW = frozenset({Word.STOP, Word.WAIT})
"""What is clean and must not be used is not called fresh: that would be read as a promise."""


def only_person(station: Station, journal: Journal) -> str | None:
    """Who stands in when nobody is named: at home the one person on record, else nobody."""
    if journal.policy().stricter:
        return None
    people = set(lookups.one_person(station.store.database))
    people.update(journal.begun(Kind.PERSON))
    return people.pop() if len(people) == 1 else None


def clean_area(text: str) -> str:
    """An area as typed, in its one spelling."""
    return guide.AREA_WORDS.spelled(clean_line("area", text))


def dialled(roller: Roller, text: str) -> Decimal | None:
    """The depth a pen is dialled to, None when nothing was said; only a cartridge has one."""
    if not text.strip():
        return None
    facts = roller.facts
    if facts is None or facts.form != "cartridge" or facts.length is None:
        raise BadInput("depth", "only a pen's cartridge is dialled; leave the depth out")
    depth = needle_length(text, "depth")
    if depth > facts.length:
        needles = millimetres(facts.length)
        raise BadInput(
            "depth", f"{millimetres(depth)} is more than its {needles} needles; at most that is right"
        )
    return depth


def as_mended(station: Station, journal: Journal, person: Person) -> Person:
    """The person with every session at its roller's length of now, where that is the longer one.

    A length mended upwards was wrong before too; one mended downwards does not give the skin its rest back.
    """
    person = bounded(person, {each.roller: journal.stream(each.roller) for each in person.untimed})
    lengths = lookups.lengths(station.store.database, {session.roller for session in person.sessions})
    mended = []
    for session in person.sessions:
        known = [each for each in (session.length, lengths.get(session.roller)) if each is not None]
        mended.append(session._replace(length=max(known, default=None)))
    return person._replace(sessions=tuple(mended))
