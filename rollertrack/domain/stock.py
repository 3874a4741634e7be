"""What is in stock of a product, what to open next, and what to order; pure, from pieces and packs."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from rollertrack.domain.demand import USUAL_DELIVERY, WEEK, WEEKS, Outlook, Pace, outlook, pace
from rollertrack.domain.quantities import DAY


class Sealed(NamedTuple):
    """Something that lies as it came: a roller by its code, or the pieces without codes in a pack.

    `expires_at` is the first instant after its expiry, `came_at` when it was entered, `owner` whom it is set
    aside for.
    """

    code: str
    lot: str
    pack: str
    expires_at: int | None
    came_at: int
    amount: int = 1
    owner: str | None = None

    def is_good(self, at: int) -> bool:
        """Whether it is in date."""
        return self.expires_at is None or at < self.expires_at


def opening_order(piece: Sealed) -> tuple[bool, int, int, str]:
    """The earliest expiry first, what has none last, then what came first."""
    return piece.expires_at is None, piece.expires_at or 0, piece.came_at, piece.code


class Next(NamedTuple):
    """What to open next, what after it, and what was passed over, each with the reason."""

    piece: Sealed | None
    others: tuple[Sealed, ...]
    passed: tuple[tuple[Sealed, str], ...]


EXPIRED, EXPIRES_TODAY, ANOTHERS, HELD = (
    "no longer good",
    "good for today only",
    "set aside for another person",
    "on hold",
)


def next_to_open(
    pieces: Iterable[Sealed], held: Iterable[Sealed], now: int, tomorrow: int, person: str | None = None
) -> Next:
    """The piece to open first; `tomorrow` is the first instant of the next day, until which one must hold."""
    free: list[Sealed] = []
    passed = [(each, HELD) for each in held]
    for each in sorted(pieces, key=opening_order):
        if not each.is_good(now):
            passed.append((each, EXPIRED))
        elif not each.is_good(tomorrow):
            passed.append((each, EXPIRES_TODAY))
        elif each.owner is not None and each.owner != person:
            passed.append((each, ANOTHERS))
        else:
            free.append(each)
    free.sort(key=lambda each: (each.owner is None, *opening_order(each)))
    return Next(free[0] if free else None, tuple(free[1:]), tuple(passed))


class Advice(Enum):
    """What is said of ordering a product."""

    NOW = "order now"
    BY = "order by a day"
    ENOUGH = "enough for a year"
    TOO_FEW = "too few to forecast"


class Ordering(NamedTuple):
    """What is known of the demand, and what follows: `by` in days from today, negative when it has passed.

    `at_level` says that the stock is at the level at which its user wants to order; `delivery` is how many
    days an order takes, `is_usual` whether that was only assumed.
    """

    advice: Advice
    pace: Pace
    outlook: Outlook | None
    at_level: bool
    delivery: int
    is_usual: bool

    @property
    def is_low(self) -> bool:
        """Whether it is time to order."""
        return self.advice is Advice.NOW


def ordering(
    stock: Sequence[Sealed], taken_ago: Sequence[int], history: int, now: int, *,
    ordered: int = 0, level: int | None = None, delivery: int | None = None,
) -> Ordering:  # fmt: skip
    """When to order, by what was taken so many days ago; `history` is for how many days any is known."""
    days = USUAL_DELIVERY if delivery is None else delivery
    seen = pace(taken_ago, min(history, WEEKS * WEEK))

    def usable(ahead: int) -> int:
        return ordered + sum(each.amount for each in stock if each.is_good(now + ahead * DAY))

    at_level = level is not None and usable(0) <= level
    found = outlook(seen, days, usable) if seen.is_enough else None
    if at_level or (found is not None and (found.order_in is None or found.order_in < 0)):
        advice = Advice.NOW
    elif found is None:
        advice = Advice.TOO_FEW
    else:
        far = found.order_in is not None and found.order_in >= FAR
        advice = Advice.ENOUGH if far else Advice.BY
    return Ordering(advice, seen, found, at_level, days, delivery is None)


FAR = 365
"""Days beyond which no day to order is named."""


class StockRow(NamedTuple):
    """What is there of a product: sealed, expired, in use, soaking, owing a wash, for the bin, kept aside."""

    code: str
    name: str
    form: str
    length: int | None
    coded: bool
    sealed: int
    expired: int
    in_use: int
    soaking: int
    dirty: int
    over: int
    held: int
    ordered: int
    expected: date | None
    level: int | None
    ordering: Ordering
    next: Next
    packs: tuple[tuple[str, str, int, int], ...]
    """The name and the lot of each pack with something left, how many are left, how many came."""


class ProductRow(NamedTuple):
    """A product in a list."""

    code: str
    name: str
    form: str
    length: int | None
    coded: bool
    pack_size: int | None
    barcodes: tuple[str, ...]
    ordered: int
    expected: date | None
    closed_at: int | None


class PackRow(NamedTuple):
    """A pack in a list; `left` counts the pieces of it that are as they came."""

    code: str
    product: str
    name: str
    lot: str
    expiry: str | None
    pieces: int
    left: int
    held: str
    received_at: int
