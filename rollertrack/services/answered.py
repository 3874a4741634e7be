"""What is noted of a person's health, as a use and the gate take it; quick to load."""

from collections.abc import Sequence

from rollertrack.domain import conditions
from rollertrack.domain import events as ev
from rollertrack.domain.code import shown
from rollertrack.domain.person import PastAsking, Person
from rollertrack.domain.skin_rules import unlisted
from rollertrack.domain.text import clean_line
from rollertrack.services.station import Deed, Station
from rollertrack.store import lookups
from rollertrack.store.journal import Journal

FIELD = "contraindication"


def clean_conditions(names: Sequence[str]) -> tuple[str, ...]:
    """Clean names in their one spelling and the order given; a single empty one means none."""
    return conditions.cleaned([clean_line(FIELD, name) for name in names])


def unlisted_conditions(names: Sequence[str]) -> tuple[str, ...]:
    """That a name was kept as typed although it is near to a known one."""
    near = ((name, conditions.WORDS.nearest(name)) for name in names)
    return tuple(f"Contraindication {unlisted(name, known)}." for name, known in near if known)


def log_answers(now: Deed, person: Person, answers: Sequence[str]) -> int:
    """Write what a person answered, as all that holds; gives the number of the entry."""
    return now.append(person.code, ev.Asked(answers=tuple(answers), none=not answers)).seq


def with_noted(person: Person, answers: Sequence[str]) -> tuple[str, ...]:
    """What holds where a use was asked about: the answers beside what is noted, which a use never lifts."""
    return tuple(dict.fromkeys((*person.contraindications, *answers)))


def as_answered(person: Person, answers: Sequence[str], at: int) -> Person:
    """The person as they are once a use logs these answers."""
    return person._replace(contraindications=with_noted(person, answers), asked=PastAsking(at, None, 0))


def infection_not_noted(infected: bool, person: Person) -> tuple[str, ...]:
    """That the next piece on this skin would not be stopped."""
    if not infected or any(map(conditions.is_infection, person.contraindications)):
        return ()
    name, whose = conditions.INFECTIONS[0], shown(person.code)
    return (f"Note “{name}” for {whose} too; it stops every use until it heals.",)


def with_incidents(station: Station, journal: Journal, person: Person, until: int | None) -> Person:
    """The person with each reaction over that an incident about it has since closed.

    It is about the person, or about the roller that the reaction is laid to.
    """
    from rollertrack.domain import incident as incidents  # few react

    named = {person.code, *(each.roller for each in person.reactions if each.roller)}
    codes = lookups.incidents_about(station.store.database, named)
    known = [found for code in codes if (found := incidents.fold(code, journal.stream(code)))]
    ends = [
        (each.about, each.closed_at)
        for each in known
        if each.closed_at is not None and (until is None or each.closed_at <= until)
    ]
    return person._replace(
        reactions=tuple(
            each._replace(
                is_over=any(at >= each.at and about in {person.code, each.roller} for about, at in ends)
            )
            for each in person.reactions
        )
    )
