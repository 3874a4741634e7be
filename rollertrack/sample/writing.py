"""Write the sample: households one after another, each a transaction, each in the order things happened."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from rollertrack.domain.code import Kind
from rollertrack.errors import BadInput
from rollertrack.sample import goods, lives
from rollertrack.sample.diary import STORY_DAYS, Calendar, Diary, Shelf, Step
from rollertrack.sample.lives import Fate, fate_of
from rollertrack.services import people, registering, solutions
from rollertrack.services.solutions import SolutionFacts
from rollertrack.services.station import Station
from rollertrack.store.store import Store

DEFAULT_ROLLERS, MOST_ROLLERS = 48, 1_000_000
ROLLERS_A_PERSON = 8
LEAST_FOR_TWO = 12
_PERSONS_A_HOUSEHOLD = 30
FOUNDING = STORY_DAYS + 20

Progress = Callable[[int, int], None]


class SampleReport(NamedTuple):
    """What was written."""

    rollers: int
    persons: int
    events: int


@dataclass(slots=True)
class StoryClock:
    """The clock of the sample's station: it stands where the story put it."""

    now: int

    def __call__(self) -> int:
        """The instant of the story, microseconds UTC."""
        return self.now


class Storyteller(NamedTuple):
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


def write_sample(
    store: Store,
    *,
    rollers: int = DEFAULT_ROLLERS,
    seed: int = 1,
    now: int,
    progress: Progress | None = None,
) -> SampleReport:
    """Fill a new database with a home's sample inventory whose story ends at `now`, microseconds UTC.

    The same seed and moment (to five minutes) in the same time zone write the same journal, byte for byte.
    `progress` is told the rollers written and to write. BadInput when the database is not new, or `rollers`
    is out of range.
    """
    if not 1 <= rollers <= MOST_ROLLERS:
        raise BadInput("rollers", f"{rollers:,} is out of range; 1 to {MOST_ROLLERS:,} is right")
    if not store.is_new:
        raise BadInput("write", f"{store.path} exists already; name a new file")
    salts = Random(f"salts {seed}")
    store.salt = lambda: f"{salts.getrandbits(128):032x}"
    teller = _storyteller(store, now, seed)
    writer = _Writer(teller, first_person(teller), alone=rollers < LEAST_FOR_TWO)
    persons, events = 0, 1
    for household in _households(rollers):
        with store.transaction() as journal:
            persons += writer.write(household)
            events += journal.length
        if progress:
            progress(household.stop, rollers)
    return SampleReport(rollers, persons, events)


def _households(rollers: int) -> Iterator[range]:
    """The numbers of the rollers of each household."""
    step = ROLLERS_A_PERSON * _PERSONS_A_HOUSEHOLD
    for start in range(0, rollers, step):
        yield range(start, min(start + step, rollers))


def _storyteller(store: Store, now: int, seed: int) -> Storyteller:
    calendar, random = Calendar(now), Random(f"rollertrack sample {seed}")
    clock = StoryClock(calendar.day(FOUNDING))
    return Storyteller(Station(store, clock, random.choice), clock, calendar, random)


class _Writer:
    """The sample under way, over all households."""

    def __init__(self, teller: Storyteller, first_person: str, *, alone: bool) -> None:
        self._teller = teller
        self._first_person = first_person
        self._alone = alone
        self._persons = 0
        self._operators: list[str] = []
        self._packs = goods.Packs()
        self._places: Counter[Fate] = Counter()
        self._taken: defaultdict[str, set[int]] = defaultdict(set)

    def write(self, household: range) -> int:
        """Write the rollers of these numbers and everyone and everything about them; the persons written."""
        teller = self._teller
        teller.clock.now = teller.calendar.day(FOUNDING)
        persons = self._people(len(household))
        shelf = stocked_shelf(teller)
        self._taken.clear()
        steps: list[Step] = []
        for number in household:
            steps += self._roller(fate_of(number), persons, shelf)
        for step in sorted(steps, key=lambda each: each.when):
            teller.clock.now = step.when
            step.do(teller.station)
        return len(persons)

    def _people(self, rollers: int) -> list[str]:
        """The persons of the next household; the first person of all gets a label once there are others."""
        teller, found = self._teller, list[str]()
        if not self._persons:
            found = [self._first_person]
            self._operators = operators(teller)
        if not self._alone:
            if found:
                people.edit_person(teller.station, found[0], label=goods.initials(0))
            wanted = max(2, rollers // ROLLERS_A_PERSON)
            found += new_persons(teller, self._persons + len(found), wanted - len(found))
        self._persons += len(found)
        return found

    def _roller(self, fate: Fate, persons: list[str], shelf: Shelf) -> list[Step]:
        """Register a roller; the deeds of its life come back to be done in their turn."""
        teller = self._teller
        person, other = self._owner(fate, persons)
        life = lives.draw(fate, self._taken[person], teller.random)
        operator = teller.random.choice((*self._operators, None, None, None, None, None, None))
        teller.clock.now = teller.calendar.day(life.registered, 11)
        typed = life.typed(teller.calendar, teller.random, self._packs)
        done = registering.add(teller.station, typed, operator=operator)
        diary = Diary(done.codes[0], life.product, person, shelf, teller.random, operator)
        lives.tell(life, diary, teller.calendar, other, self._places[fate])
        self._places[fate] += 1
        return diary.steps

    def _owner(self, fate: Fate, persons: list[str]) -> tuple[str, str]:
        """Whose roller it is, and someone else; the first person of all keeps to the favourite."""
        first, *others = persons
        if fate is Fate.FAVOURITE or not others:
            return first, persons[-1]
        drawn_from = others if first == self._first_person else persons
        drawn = self._teller.random.sample(drawn_from, min(2, len(others)))
        owner, other = [*drawn, first][:2]
        return owner, other
