"""When to order: how many pieces may be wanted until a delivery comes, from the pace of the last weeks.

Demand is a piece taken into service. It is forecast by a gamma–Poisson (negative binomial) predictive with
Jeffreys' prior, spread by the dispersion that was seen, since pieces are mostly taken several on one day.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from math import ceil, exp, floor, lgamma, log
from typing import Final, NamedTuple

WEEK: Final = 7
WEEKS: Final = 13
"""Whole weeks that are looked back on."""
RECENT: Final = 4
"""The last weeks, which decide by themselves where demand grows."""
FEWEST: Final = 3
SHORTEST: Final = 28
"""Days of history below which nothing is forecast, as below so many pieces."""
SURE: Final = 0.95
USUAL_DELIVERY: Final = 14
"""Days that a delivery takes where nobody said; convention."""
_MOST_SPREAD = 6.0
_FAR = 365


class Pace(NamedTuple):
    """Pieces taken in the last days that are on record, and in the last four weeks of them.

    `spread` is the variance of the weekly counts over their mean, 1 for pieces taken independently.
    """

    taken: int
    days: int
    recent: int
    spread: float = 1.0

    @property
    def is_enough(self) -> bool:
        """Whether it says anything of the weeks to come."""
        return self.taken >= FEWEST and self.days >= SHORTEST

    @property
    def a_week(self) -> float:
        """Pieces a week."""
        return self.taken * WEEK / self.days if self.days else 0.0


def pace(days_ago: Sequence[int], history: int) -> Pace:
    """The pace of pieces taken so many days ago, 0 for today; `history` is for how long any were known."""
    weeks = min(WEEKS, max(1, history // WEEK))
    counts = [0] * weeks
    for ago in days_ago:
        if 0 <= ago < weeks * WEEK:
            counts[ago // WEEK] += 1
    taken, mean = sum(counts), sum(counts) / weeks
    spread = sum((count - mean) ** 2 for count in counts) / (weeks - 1) / mean if mean and weeks > 1 else 1.0
    days = weeks * WEEK if history >= WEEK else history
    return Pace(taken, days, sum(counts[:RECENT]), min(max(spread, 1.0), _MOST_SPREAD))


def chance(most: int, pace: Pace, days: float) -> float:
    """How likely no more than `most` pieces are wanted within some days, by the whole pace."""
    if most < 0 or days <= 0:
        return float(most >= 0)
    chances = _chances(pace.taken, pace.days, days, pace.spread)
    return min(1.0, sum(itertools.islice(chances, floor(most / pace.spread) + 1)))


def _chances(taken: int, known: int, days: float, spread: float) -> Iterator[float]:
    """How likely 0 groups of pieces are wanted, then 1, then 2: pieces are taken `spread` together."""
    shape, rate = taken / spread + 0.5, known / (known + days)
    first, rest = shape * log(rate), 1 - rate
    if first < _UNDERFLOW:
        for count in itertools.count():
            yield exp(first + lgamma(count + shape) - lgamma(shape) - lgamma(count + 1) + count * log(rest))
    chance_of = exp(first)
    for count in itertools.count():
        yield chance_of
        chance_of *= (shape + count) / (count + 1) * rest


_UNDERFLOW = -600.0
"""A logarithm below which a chance would be taken for 0, and so would all that follow from it."""


def order_point(pace: Pace, days: float) -> int:
    """The fewest pieces that suffice for some days with 95 %: by 13 weeks or the last 4, which asks more."""
    point = _fewest(pace.taken, pace.days, days, pace.spread)
    if pace.days > RECENT * WEEK:
        point = max(point, _fewest(pace.recent, RECENT * WEEK, days, pace.spread))
    return point


def _fewest(taken: int, known: int, days: float, spread: float) -> int:
    if days <= 0:
        return 0
    sure = 0.0
    for groups, chance_of in enumerate(_chances(taken, known, days, spread)):
        sure += chance_of
        if sure >= SURE:
            return ceil(groups * spread)
    raise AssertionError("the chances of all counts are 1 together")


class Outlook(NamedTuple):
    """What the pace asks for: the order point, and in how many days to order at the latest.

    Below 0 the last safe day has passed; None where no day back to the delivery time was safe. `lasts` is for
    how many days the stock would last at the pace.
    """

    point: int
    order_in: int | None
    lasts: int | None


def outlook(pace: Pace, delivery: int, usable: Callable[[int], int]) -> Outlook:
    """When to order; `usable` says how much stock is there and still in date in so many days, orders too.

    Ordered in some days, a delivery comes `delivery` days after them: until then what is in date on that day
    must suffice.
    """

    def suffices(ahead: int) -> bool:
        return order_point(pace, delivery + ahead) <= usable(delivery + max(0, ahead))

    low, high = 1 - delivery, _FAR
    if not suffices(low):
        latest = None
    else:
        while low < high:
            middle = -(-(low + high) // 2)
            if suffices(middle):
                low = middle
            else:
                high = middle - 1
        latest = low
    daily = pace.taken / pace.days
    return Outlook(order_point(pace, delivery), latest, floor(usable(0) / daily) if daily else None)
