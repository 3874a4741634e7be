"""The people, bottles and sharps bin around a group of rollers, registered before its story is told."""

from dataclasses import dataclass
from random import Random

from rollertrack.domain.code import Kind
from rollertrack.sample import goods
from rollertrack.sample.days import STORY_DAYS, Calendar
from rollertrack.sample.diary import Shelf
from rollertrack.services import people, solutions
from rollertrack.services.solutions import SolutionFacts
from rollertrack.services.station import Station

FOUNDING = STORY_DAYS + 20


@dataclass(slots=True)
class StoryClock:
    """The clock of the sample's station: it stands where the story put it."""

    now: int

    def __call__(self) -> int:
        """The instant of the story, microseconds UTC."""
        return self.now


@dataclass(frozen=True, slots=True)
class Storyteller:
    """A station whose clock moves along the story, the days of the story, and the dice."""

    station: Station
    clock: StoryClock
    calendar: Calendar
    random: Random


def first_person(teller: Storyteller) -> str:
    """The person a database starts with, in a transaction of its own: a list shows only what is written."""
    people.first_start(teller.station)
    return people.list_persons(teller.station)[0].code


def new_persons(teller: Storyteller, first: int, count: int) -> list[str]:
    """Persons labelled by the numbers from `first` on; a few should ask a professional first."""
    found: list[str] = []
    for number in range(first, first + count):
        noted = teller.random.choices(((), *goods.CONTRAINDICATIONS), weights=goods.CONTRAINDICATION_SHARES)[
            0
        ]
        found += people.add_person(teller.station, goods.initials(number), noted).codes
    return found


def operators(teller: Storyteller) -> list[str]:
    """Those who sometimes say that it was them."""
    return [people.add_named(teller.station, Kind.OPERATOR, label).codes[0] for label in goods.OPERATORS]


def stocked_shelf(teller: Storyteller) -> Shelf:
    """A sharps bin and two years of bottles, each opened when the one before is empty."""
    shelf = Shelf(people.add_named(teller.station, Kind.BIN, "sharps bin").codes[0])
    for agent, strength, lasts in goods.BOTTLES:
        for ago in range(FOUNDING, -1, -lasts):
            opened = teller.calendar.day(max(1, ago), 9)
            code = _bottle(teller, agent, strength, opened, lasts)
            shelf.put(agent, opened, code)
            if ago > lasts:
                teller.clock.now = teller.calendar.day(ago - lasts, 10)
                solutions.discard_solution(teller.station, code, "empty")
    return shelf


def _bottle(teller: Storyteller, agent: str, strength: str, opened: int, lasts: int) -> str:
    teller.clock.now = opened
    facts = SolutionFacts(
        agent=agent,
        strength=strength,
        lot=f"{agent[0].upper()}{teller.random.randrange(10_000, 100_000)}",
        expiry=goods.month_after(opened, lasts + teller.random.randint(60, 400)),
    )
    return solutions.add_solution(teller.station, facts).codes[0]
