"""The days of the story, and what one roller's people do to it: deeds to be done as they are entered."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random
from typing import NamedTuple

from rollertrack.domain.guide import inspection_question
from rollertrack.domain.quantities import DAY, HOUR, MINUTE, SECOND
from rollertrack.domain.verdict import Refused
from rollertrack.sample import goods
from rollertrack.sample.goods import Product
from rollertrack.services import registering, using, washing
from rollertrack.services.station import Station
from rollertrack.services.times import at_offset
from rollertrack.services.using import Use
from rollertrack.services.washing import Bath

STORY_DAYS = 730
_GRAIN = 5 * MINUTE


class Calendar:
    """The last two years as seen from `end`: the last full five minutes before `now`, microseconds UTC.

    The coarse end lets two runs shortly after one another tell the same story, and leaves the soak that runs
    at its end some minutes.
    """

    def __init__(self, now: int) -> None:
        self.end = now - now % _GRAIN
        shift = at_offset(self.end) * MINUTE
        self._midnight = self.end - (self.end + shift) % DAY

    def day(self, ago: int, hour: float = 12) -> int:
        """An instant some days ago, at an hour of the station's local day."""
        return self._midnight - ago * DAY + int(hour * HOUR)

    def evening(self, ago: int, random: Random) -> int:
        """A moment between seven and half past ten in the evening, some days ago."""
        return self.day(ago, 19) + random.randrange(210 * 60) * SECOND

    def ago(self, micros: int) -> int:
        """The instant that long before the end."""
        return self.end - micros


class Step(NamedTuple):
    """One deed of the story, and the instant at which it is entered."""

    when: int
    do: Callable[[Station], object]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A household's sharps bin, and its bottles: for each agent when they were opened, oldest first."""

    bin: str
    opened: dict[str, list[int]] = field(default_factory=dict)
    codes: dict[str, list[str]] = field(default_factory=dict)

    def put(self, agent: str, opened: int, code: str) -> None:
        """Add a bottle that was opened after those of its agent before it."""
        self.opened.setdefault(agent, []).append(opened)
        self.codes.setdefault(agent, []).append(code)

    def bottle(self, agent: str, at: int) -> str:
        """The bottle in use at an instant."""
        return self.codes[agent][max(0, bisect_right(self.opened[agent], at) - 1)]


@dataclass(slots=True)
class Diary:
    """The deeds of one roller; every method writes down what happens at an instant."""

    code: str
    product: Product
    person: str
    shelf: Shelf
    random: Random
    operator: str | None = None
    uses: int = 0
    steps: list[Step] = field(default_factory=list)

    def enter(self, when: int, deed: Callable[..., object], *args: object, **facts: object) -> None:
        """Write down a deed on this roller, entered at an instant."""
        said = {"operator": self.operator, **facts}
        self.steps.append(Step(when, lambda station: deed(station, self.code, *args, **said)))

    def evening(self, at: int) -> None:
        """A session as it should be, or with one of the slips people make afterwards."""
        late = self._happens(0.06)
        self.session(at, entered=at + 11 * HOUR if late else at)
        if late:
            self.record(at + 20 * MINUTE, entered=at + 11 * HOUR + MINUTE)
            return
        habits: tuple[Callable[[int], object], ...] = (
            self.wash, self.record_late, self.stop_early, self.wash_badly,
        )  # fmt: skip
        habit = self.random.choices((*habits, None), weights=(42, 24, 5, 3, 26))[0]
        if habit is not None:
            habit(at + self.random.randrange(12, 30) * MINUTE)

    def session(
        self, at: int, entered: int | None = None, despite: str = "", person: str | None = None
    ) -> None:
        """A use on its person, made ready for it first, unless someone is in a hurry."""
        if not self._happens(0.03):
            self.make_ready(at)
        said = Use(
            person=person or self.person,
            area=self.random.choice(self.product.areas),
            concern=self.random.choice(self.product.concerns),
            inspected=inspection_question(self.uses) if self._happens(0.3) else "",
            acknowledged=True,
        )
        self.enter(entered or at, _use, said, despite or self.random.choice(goods.DESPITE_OTHERWISE), at=at)
        self.uses += 1

    def make_ready(self, at: int) -> None:
        """Open the pack before the first use of a sterile one; soak any other."""
        if self.product.sterile and not self.uses:
            self.enter(at - 2 * MINUTE, registering.open_pack)
        else:
            self.wash(at - 25 * MINUTE)

    def wash(self, at: int, minutes: str = "") -> None:
        """A soak of the full time, taken out a little after it is up."""
        self.soak(at, minutes)
        self.enter(at + self.random.randrange(10 * 60, 14 * 60) * SECOND, _out)

    def soak(self, at: int, minutes: str = "") -> None:
        """Into the soak."""
        self.enter(at, _soak, self._bath(at, minutes))

    def stop_early(self, at: int) -> None:
        """A soak that someone had no patience for."""
        self.soak(at)
        self.enter(at + self.random.randrange(3, 8) * MINUTE, _out, early=True)

    def wash_badly(self, at: int) -> None:
        """A soak in something that does not disinfect, or not at that strength."""
        bad = self.random.choice((Bath("alcohol", strength=self.random.choice(goods.WEAK)), Bath("soap")))
        self.enter(at, _soak, replace(bad, minutes="10", cleaned=True))
        self.enter(at + 11 * MINUTE, _out)

    def record(self, at: int, entered: int) -> None:
        """A disinfection already done, entered some time after it ended."""
        self.enter(entered, _disinfect, self._bath(at - 10 * MINUTE, "10"), at=at)

    def record_late(self, at: int) -> None:
        """A disinfection entered when someone thought of it."""
        self.record(at, at + self.random.choice((1, 1, 2, 45, 600)) * MINUTE)

    def _happens(self, share: float) -> bool:
        return self.random.random() < share

    def _bath(self, at: int, minutes: str) -> Bath:
        cleaned = self._happens(0.7)
        rinse = self.random.choice(("", "boiled water", "sterile water"))
        agent = self.random.choices(("alcohol", "peroxide", "", "quat"), weights=(72, 15, 10, 3))[0]
        if agent in self.shelf.codes:
            return Bath(solution=self.shelf.bottle(agent, at), minutes=minutes, cleaned=cleaned, rinse=rinse)
        strength = goods.MIXED.get(agent, "")
        return Bath(agent or "alcohol", strength=strength, minutes=minutes, cleaned=cleaned, rinse=rinse)


def _soak(station: Station, code: str, bath: Bath, operator: str | None) -> None:
    washing.soak(station, [code], bath, operator=operator)


def _out(station: Station, code: str, operator: str | None, early: bool = False) -> None:
    washing.done(station, [code], early=early, operator=operator)


def _disinfect(station: Station, code: str, bath: Bath, operator: str | None, at: int) -> None:
    washing.disinfect(station, [code], bath, at=at, operator=operator)


def _use(station: Station, code: str, said: Use, excuse: str, operator: str | None, at: int) -> None:
    try:
        using.use(station, code, said, at=at, operator=operator)
    except Refused:
        using.use(station, code, said._replace(despite=excuse), at=at, operator=operator)
