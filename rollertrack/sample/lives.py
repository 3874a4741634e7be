"""The life of one roller: how it will stand, what it is, its evenings, and how its story ends."""

from collections.abc import Callable
from enum import Enum, auto
from random import Random
from typing import NamedTuple

from rollertrack.domain.quantities import HOUR, MINUTE
from rollertrack.sample import goods
from rollertrack.sample.diary import STORY_DAYS, Calendar, Diary
from rollertrack.sample.goods import Packs, Product
from rollertrack.services import keeping, registering


class Fate(Enum):
    """The end of one roller's story, named for what a list shows."""

    FAVOURITE = auto()
    READY = auto()
    SEALED = auto()
    CARE = auto()
    DIRTY = auto()
    FORGOTTEN = auto()
    SOAKING = auto()
    STALE = auto()
    FAULTY = auto()
    NEW = auto()
    USED_UP = auto()
    OVER = auto()
    AGED = auto()
    EXPIRED = auto()
    RETIRED = auto()
    LOST = auto()
    QUARANTINED = auto()
    FAILED = auto()
    SHARED = auto()


F = Fate

# The first rollers: within twelve every word is seen, within forty-eight every reason for it.
_BENCH = (
    F.FAVOURITE, F.DIRTY, F.SOAKING, F.STALE, F.CARE, F.USED_UP, F.STALE, F.SEALED, F.EXPIRED, F.FAULTY,
    F.QUARANTINED, F.STALE, F.READY, F.SHARED, F.STALE, F.FAILED, F.NEW, F.READY, F.STALE, F.RETIRED,
    F.STALE, F.AGED, F.STALE, F.DIRTY, F.READY, F.STALE, F.OVER, F.STALE, F.CARE, F.STALE, F.LOST, F.STALE,
    F.SOAKING, F.STALE, F.READY, F.STALE, F.USED_UP, F.STALE, F.FAULTY, F.STALE, F.STALE, F.READY, F.STALE,
    F.NEW, F.STALE, F.STALE, F.STALE, F.STALE,
)  # fmt: skip

# Beyond them a big inventory: mostly past its use or long unwashed, little of it in hand today.
_ARCHIVE = (
    F.USED_UP, F.STALE, F.AGED, F.STALE, F.USED_UP, F.READY, F.STALE, F.AGED, F.RETIRED, F.STALE, F.USED_UP,
    F.EXPIRED, F.STALE, F.FORGOTTEN, F.AGED, F.STALE, F.USED_UP, F.SEALED, F.STALE, F.OVER, F.AGED, F.STALE,
    F.USED_UP, F.LOST, F.STALE, F.NEW, F.AGED, F.CARE, F.USED_UP, F.FAULTY, F.STALE, F.USED_UP, F.AGED,
    F.STALE, F.FAILED, F.READY, F.STALE, F.USED_UP, F.SHARED, F.QUARANTINED,
)  # fmt: skip


def fate_of(number: int) -> Fate:
    """The fate of the roller of a number, from 0; the same in every inventory."""
    if number < len(_BENCH):
        return _BENCH[number]
    return _ARCHIVE[(number - len(_BENCH)) % len(_ARCHIVE)]


class Ending(NamedTuple):
    """The last page of a roller's story; `ago` is the day of its last evening, `place` counts its fate."""

    diary: Diary
    calendar: Calendar
    ago: int
    place: int
    other: str

    @property
    def noon(self) -> int:
        """The day after the last evening, when everything late is entered."""
        return self.calendar.day(self.ago - 1, 12)


def fresh(end: Ending) -> None:
    """Washed within the last day; the first of them an hour ago, the next ones longer."""
    hours = 1 + 5 * (end.place % 5)
    end.diary.wash(end.calendar.ago(hours * HOUR + end.diary.random.randrange(40) * MINUTE))


def dirty(end: Ending) -> None:
    """Used and not washed: the first fourteen hours ago, the others this morning."""
    end.diary.session(end.calendar.ago(14 * HOUR + 5 * MINUTE if end.place == 0 else 3 * HOUR))


def forgotten(end: Ending) -> None:
    """Used one evening more, and laid aside unwashed."""
    end.diary.session(end.calendar.evening(end.ago - 2, end.diary.random))


def soaking(end: Ending) -> None:
    """In the soak as the story ends: the first for another six minutes."""
    if end.place == 0:
        end.diary.soak(end.calendar.ago(4 * MINUTE), "10")
    else:
        end.diary.soak(end.calendar.ago(8 * MINUTE), "30")


def stale(end: Ending) -> None:
    """Washed the day after its last evening, and not since."""
    end.diary.wash(end.noon)


def faulty(end: Ending) -> None:
    """Washed well, and then once more in a way that does not count."""
    end.diary.wash(end.noon)
    slip = end.diary.stop_early if end.place % 2 == 0 else end.diary.wash_badly
    slip(end.noon + 3 * HOUR)


def retired(end: Ending) -> None:
    """Ended for a fault of its own, into the sharps bin."""
    reason = end.diary.random.choice(goods.RETIRED)
    end.diary.enter(end.noon, keeping.retire, reason, sharps_bin=end.diary.shelf.bin)


def lost(end: Ending) -> None:
    """Ended because nobody knows where it is."""
    end.diary.enter(end.noon, keeping.retire, end.diary.random.choice(goods.LOST))


def quarantined(end: Ending) -> None:
    """Put aside, and still there."""
    end.diary.enter(end.noon, keeping.quarantine, end.diary.random.choice(goods.QUARANTINED))


def failed(end: Ending) -> None:
    """The last look at its needles found something."""
    end.diary.enter(end.noon, keeping.inspect, fail=end.diary.random.choice(goods.FAILED))


def shared(end: Ending) -> None:
    """Used on someone else, against the gate."""
    excuse = end.diary.random.choice(goods.DESPITE_SHARED)
    end.diary.session(end.noon, despite=excuse, person=end.other)


# Whatever is still in use began within the age limit of ninety days.
_LONGEST_SPAN = 80
_LIVING = 45


class Life(NamedTuple):
    """One roller before its story is told; days are counted back from the end of the story."""

    fate: Fate
    product: Product
    length: str
    evenings: tuple[int, ...]
    registered: int
    expiry: int

    def typed(self, calendar: Calendar, random: Random, packs: Packs) -> dict[str, str | bool]:
        """What is typed when it is registered, out of the pack of its product that is begun."""
        return {
            **self.product.typed(self.length),
            "name": random.choice(self.product.names),
            "lot": packs.lot(self.product, self.length, random.randrange(1_000, 10_000)),
            "expiry": goods.iso_day(calendar.day(self.expiry)),
        }


class _Plan(NamedTuple):
    """What a fate asks of a life: days since its last evening, uses by its limit, its ending."""

    last: tuple[int, int]
    uses: Callable[[int, Random], int]
    ending: Callable[[Ending], None] | None = None


def draw(fate: Fate, taken: set[int], random: Random) -> Life:
    """A life that ends as asked; its evenings join the days already `taken` by the same person."""
    plan = _PLANS[fate]
    product = random.choice(_POOLS.get(fate, goods.REUSABLE))
    length = random.choice(product.lengths)
    uses = plan.uses(product.limit(length), random)
    last = random.randint(*plan.last)
    evenings = _evenings(uses, last, taken, random) if uses else ()
    first = evenings[0] if evenings else last
    registered = min(STORY_DAYS, first + random.randint(1, 40))
    expiry = last - random.randint(1, 9) if fate is Fate.EXPIRED else -random.randint(40, 700)
    return Life(fate, product, length, evenings, registered, expiry)


def _none(_limit: int, _random: Random) -> int:
    return 0


def _few(limit: int, random: Random) -> int:
    return random.randint(1, max(1, limit // 3))


def _some(limit: int, random: Random) -> int:
    return random.randint(1, max(1, limit * 2 // 3))


def _every(limit: int, _random: Random) -> int:
    return limit


def _too_many(limit: int, _random: Random) -> int:
    return limit + 1


def _evenings(count: int, last: int, taken: set[int], random: Random) -> tuple[int, ...]:
    """Free days ago, the oldest first, each some days from the next and all within the age limit."""
    span = _LONGEST_SPAN - last if last <= _LIVING else _LONGEST_SPAN
    gap = max(2, min(14, span // count))
    days: list[int] = []
    ago = last
    for _ in range(count):
        while ago in taken:
            ago += 1
        taken.add(ago)
        days.append(ago)
        ago += random.randint(max(1, gap // 2), gap)
    return tuple(reversed(days))


def tell(life: Life, diary: Diary, calendar: Calendar, other: str, place: int) -> None:
    """Write a life into its diary; `other` is a person it must never touch, `place` counts its fate."""
    _before(life, diary, calendar)
    limit = life.product.limit(life.length)
    for number, ago in enumerate(life.evenings):
        moment = calendar.evening(ago, diary.random)
        if number < limit:
            diary.evening(moment)
        else:
            diary.session(moment, despite=diary.random.choice(goods.DESPITE_USED_UP))
    ending = _PLANS[life.fate].ending
    if ending:
        ago = life.evenings[-1] if life.evenings else life.registered
        ending(Ending(diary, calendar, ago, place, other))


def _before(life: Life, diary: Diary, calendar: Calendar) -> None:
    """The small things that happen to some rollers before their first evening."""
    happenings = (_mended, _noted, _misread, _doubted, None)
    happening = diary.random.choices(happenings, weights=(4, 4, 3, 3, 86))[0]
    if happening:
        happening(life, diary, calendar.day(life.registered, 16))


def _mended(life: Life, diary: Diary, at: int) -> None:
    """The lot was misread at first."""
    diary.enter(at, registering.edit, {"lot": f"{life.product.maker[0]}{life.registered}"})


def _noted(_life: Life, diary: Diary, at: int) -> None:
    """Someone had something to say."""
    diary.enter(at, keeping.note, diary.random.choice(goods.NOTES))


def _misread(life: Life, diary: Diary, at: int) -> None:
    """A soak, or the opening of a pack, logged on the wrong roller and taken back a minute later."""
    if life.product.sterile:
        diary.enter(at, registering.open_pack)
    else:
        diary.soak(at)
    diary.enter(at + MINUTE, keeping.undo, diary.random.choice(goods.MISTAKEN))


def _doubted(_life: Life, diary: Diary, at: int) -> None:
    """Put aside for two hours, to be looked at."""
    diary.enter(at, keeping.quarantine, diary.random.choice(goods.QUARANTINED))
    diary.enter(at + 2 * HOUR, keeping.release, "looked at under a loupe, fine")


_PLANS: dict[Fate, _Plan] = {
    Fate.FAVOURITE: _Plan((3, 9), _some, fresh),
    Fate.READY: _Plan((3, 9), _some, fresh),
    Fate.SEALED: _Plan((3, 300), _none),
    Fate.CARE: _Plan((5, 20), _some, fresh),
    Fate.DIRTY: _Plan((4, 12), _few, dirty),
    Fate.FORGOTTEN: _Plan((6, 45), _few, forgotten),
    Fate.SOAKING: _Plan((3, 6), _some, soaking),
    Fate.STALE: _Plan((3, 45), _some, stale),
    Fate.FAULTY: _Plan((3, 30), _some, faulty),
    Fate.NEW: _Plan((2, 120), _none),
    Fate.USED_UP: _Plan((3, 620), _every),
    Fate.OVER: _Plan((3, 620), _too_many),
    Fate.AGED: _Plan((190, 620), _some),
    Fate.EXPIRED: _Plan((20, 300), _some),
    Fate.RETIRED: _Plan((3, 400), _some, retired),
    Fate.LOST: _Plan((3, 400), _some, lost),
    Fate.QUARANTINED: _Plan((3, 60), _some, quarantined),
    Fate.FAILED: _Plan((3, 400), _some, failed),
    Fate.SHARED: _Plan((3, 400), _some, shared),
}

_POOLS: dict[Fate, tuple[Product, ...]] = {
    Fate.FAVOURITE: goods.FINE,
    Fate.SEALED: goods.STERILE,
    Fate.CARE: goods.LONG,
    Fate.NEW: (*goods.REUSABLE, *goods.LONG),
    Fate.USED_UP: (*goods.REUSABLE, *goods.LONG, *goods.STERILE),
    Fate.OVER: (*goods.REUSABLE, *goods.LONG),
    Fate.SHARED: (*goods.REUSABLE, *goods.LONG),
}
