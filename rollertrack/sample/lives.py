"""The life of one roller: what it is, its evenings, and how its story ends."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from rollertrack.sample import endings, goods
from rollertrack.sample.days import HOUR, MINUTE, STORY_DAYS, Calendar
from rollertrack.sample.diary import Diary
from rollertrack.sample.endings import Ending
from rollertrack.sample.fates import Fate
from rollertrack.sample.goods import Product
from rollertrack.services import keeping, registering

# Whatever is still in use began within the age limit of ninety days.
_LONGEST_SPAN = 80
_LIVING = 45


@dataclass(frozen=True, slots=True)
class Life:
    """One roller before its story is told; days are counted back from the end of the story."""

    fate: Fate
    product: Product
    length: str
    evenings: tuple[int, ...]
    registered: int
    expiry: int

    def typed(self, calendar: Calendar, random: Random) -> dict[str, str | bool]:
        """What is typed when it is registered."""
        return {
            **self.product.typed(self.length),
            "name": random.choice(self.product.names),
            "lot": f"{self.product.maker[0]}{random.randrange(1_000, 10_000)}",
            "expiry": goods.iso_day(calendar.day(self.expiry)),
        }


@dataclass(frozen=True, slots=True)
class _Plan:
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
    Fate.FAVOURITE: _Plan((3, 9), _some, endings.fresh),
    Fate.READY: _Plan((3, 9), _some, endings.fresh),
    Fate.SEALED: _Plan((3, 300), _none),
    Fate.CARE: _Plan((5, 20), _some, endings.fresh),
    Fate.DIRTY: _Plan((4, 12), _few, endings.dirty),
    Fate.FORGOTTEN: _Plan((6, 45), _few, endings.forgotten),
    Fate.SOAKING: _Plan((3, 6), _some, endings.soaking),
    Fate.STALE: _Plan((3, 45), _some, endings.stale),
    Fate.FAULTY: _Plan((3, 30), _some, endings.faulty),
    Fate.NEW: _Plan((2, 120), _none),
    Fate.USED_UP: _Plan((3, 620), _every),
    Fate.OVER: _Plan((3, 620), _too_many),
    Fate.AGED: _Plan((190, 620), _some),
    Fate.EXPIRED: _Plan((20, 300), _some),
    Fate.RETIRED: _Plan((3, 400), _some, endings.retired),
    Fate.LOST: _Plan((3, 400), _some, endings.lost),
    Fate.QUARANTINED: _Plan((3, 60), _some, endings.quarantined),
    Fate.FAILED: _Plan((3, 400), _some, endings.failed),
    Fate.SHARED: _Plan((3, 400), _some, endings.shared),
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
