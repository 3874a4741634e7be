"""What a check and a use are asked with: on whom, where, how deep; cleaned, and looked up."""

from collections.abc import Sequence
from decimal import Decimal

from rollertrack.domain import guide
from rollertrack.domain.code import Kind
from rollertrack.domain.person import Person, bounded
from rollertrack.domain.quantities import millimetres
from rollertrack.domain.roller import Roller
from rollertrack.domain.skin_rules import unlisted
from rollertrack.domain.text import clean_line, needle_length
from rollertrack.errors import BadInput, going_on
from rollertrack.services import answered
from rollertrack.services.station import (
    Deed,
    Station,
    owner_of,
    person_of,
)
from rollertrack.store import lookups
from rollertrack.store.journal import Journal


def only_person(station: Station, journal: Journal) -> str | None:
    """Who stands in when nobody is named: at home the one person on record, else nobody."""
    if journal.policy().stricter:
        return None
    people = set(lookups.one_person(station.store.database))
    people.update(journal.begun(Kind.PERSON))
    return people.pop() if len(people) == 1 else None


def person_behind(station: Station, journal: Journal, code: str, until: int | None, named: bool) -> Person:
    """The person asked about, or whom the roller belongs to, who may have been taken off the record."""
    return as_mended(station, journal, (person_of if named else owner_of)(journal, code, until), until)


def if_answered(person: Person, answers: Sequence[str], now: int) -> Person:
    """The person as these answers to the health questions would make them."""
    return answered.as_answered(person, answered.clean_conditions(answers), now)


def log_answers(now: Deed, person: Person, answers: Sequence[str]) -> Person:
    """Log the clean answers of a use; gives the person as they are then."""
    answered.log_answers(now, person, answered.with_noted(person, answers))
    return named_person(now, person.code)


def clean_answers(answers: Sequence[str]) -> tuple[str, ...]:
    """Answers as typed, each in its one spelling."""
    return answered.clean_conditions(answers)


def of_health(said_infected: bool, answers: Sequence[str] | None, person: Person) -> tuple[str, ...]:
    """What there is to say beside a use of what was said of health."""
    return (
        *answered.infection_not_noted(said_infected, person),
        *(answered.unlisted_conditions(answers) if answers else ()),
    )


def as_mended(station: Station, journal: Journal, person: Person, until: int | None = None) -> Person:
    """The person with every session at its roller's length of now, where that is the longer one.

    A length mended upwards was wrong before too; one mended downwards does not give the skin its rest back.
    A reaction whose incident is closed is over.
    """
    if not (person.sessions or person.reactions):
        return person
    if person.reactions:
        person = answered.with_incidents(station, journal, person, until)
    person = bounded(person, {each.roller: journal.stream(each.roller) for each in person.untimed})
    lengths = lookups.lengths(station.store.database, {session.roller for session in person.sessions})
    mended = []
    for session in person.sessions:
        known = [each for each in (session.length, lengths.get(session.roller)) if each is not None]
        mended.append(session._replace(length=max(known, default=None)))
    return person._replace(sessions=tuple(mended))


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


def unlisted_words(area: str, concern: str) -> tuple[str, ...]:
    """That a word was kept as typed although it is near to a known one."""
    words = (("Area", guide.AREA_WORDS, area), ("Concern", guide.CONCERN_WORDS, concern))
    near = [(what, word, known.nearest(word)) for what, known, word in words if word]
    return tuple([f"{what} {unlisted(word, nearest)}." for what, word, nearest in near if nearest])


def clean_concern(text: str) -> str:
    """A concern as typed, in its one spelling."""
    return guide.CONCERN_WORDS.spelled(clean_line("concern", text))


def named_person(now: Deed, text: str | None) -> Person:
    """The person a use is logged for, by their code, or the one who stands in; BadInput for nobody."""
    if text:
        found = now.person(text, now.until, "person")
    elif code := only_person(now.station, now.journal):
        found = person_of(now.journal, code, now.until, "person")
    else:
        said = "name who it is used on, with the code of a person"
        raise BadInput("person", *going_on(said, at_prompt=" (`person list` shows them)"))
    return as_mended(now.station, now.journal, found, now.until)
