"""When to order: the worked example, what must never turn the wrong way, and demand played out by dice."""

import random
from collections.abc import Callable
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rollertrack.domain.demand import FEWEST, SHORTEST, WEEK, WEEKS, Pace, chance, order_point, outlook, pace
from rollertrack.domain.quantities import DAY
from rollertrack.domain.stock import Advice, Sealed, ordering

EXAMPLE = Pace(taken=14, days=90, recent=0)


def test_fourteen_in_ninety_days_and_three_weeks_of_delivery_order_at_seven() -> None:
    assert [round(100 * chance(most, EXAMPLE, 21), 1) for most in (5, 6, 7)] == [85.3, 92.4, 96.3]
    assert order_point(EXAMPLE, 21) == 7


def test_six_left_of_them_are_three_days_too_late() -> None:
    assert [round(100 * chance(6, EXAMPLE, days), 1) for days in (18, 19)] == [95.8, 94.8]
    found = outlook(EXAMPLE, 21, lambda _: 6)
    assert (found.point, found.order_in, found.lasts) == (7, -3, 38)


def test_the_pace_is_counted_in_whole_weeks_and_the_last_four() -> None:
    ago = [0, 1, 6, 7, 27, 28, 90, 91, 400]
    found = pace(ago, 400)
    assert (found.taken, found.days, found.recent) == (7, WEEKS * WEEK, 5)
    assert (pace(ago, 30).taken, pace(ago, 30).days) == (5, 28)
    assert pace([], 0) == Pace(0, 0, 0, 1.0)
    assert pace([3] * 40, 400).spread == 6.0
    assert pace(range(0, 91, 7), 400).spread == 1.0


def test_a_demand_of_thousands_is_reckoned_too() -> None:
    many = Pace(taken=9_000, days=91, recent=2_770)
    assert 0.949 < chance(order_point(many, 14), many, 14) < 0.99
    assert 1_385 < order_point(many, 14) < 1_500


@pytest.mark.parametrize(("taken", "days"), [(FEWEST - 1, 90), (FEWEST, SHORTEST - 1)])
def test_too_few_pieces_or_days_forecast_nothing(taken: int, days: int) -> None:
    assert not Pace(taken, days, 0).is_enough
    assert Pace(FEWEST, SHORTEST, 0).is_enough


paces = st.builds(
    Pace, taken=st.integers(3, 400), days=st.just(91), recent=st.integers(0, 150), spread=st.floats(1, 6)
)


@settings(max_examples=60, deadline=None)
@given(paces, st.integers(1, 60), st.integers(0, 500))
def test_more_stock_never_asks_earlier_and_a_longer_delivery_never_later(
    seen: Pace, delivery: int, stock: int
) -> None:
    def day(stock: int, delivery: int) -> float:
        found = outlook(seen, delivery, lambda _: stock).order_in
        return float("-inf") if found is None else found

    assert day(stock + 1, delivery) >= day(stock, delivery)
    assert order_point(seen, delivery + 1) >= order_point(seen, delivery)
    assert chance(order_point(seen, delivery), seen, delivery) >= 0.95 - 1e-9


def test_what_expires_before_a_delivery_comes_is_no_stock_for_it() -> None:
    def advice(days_good: int) -> tuple[Advice, int | None]:
        expires = days_good * DAY
        stock = [Sealed(f"R{number}", "", "", expires, 0) for number in range(30)]
        found = ordering(stock, range(0, 91, 7), 400, 0, delivery=21)
        assert found.outlook is not None
        return found.advice, found.outlook.order_in

    assert advice(10) == (Advice.NOW, None)
    assert advice(30) == (Advice.BY, 8)  # the day after, the delivery would find nothing in date
    assert advice(400)[0] is Advice.BY


def test_what_is_ordered_counts_and_a_level_of_ones_own_decides_alone() -> None:
    stock = [Sealed("R", "", "", None, 0, amount=6)]
    weekly = range(0, 91, 6)
    assert ordering(stock, weekly, 400, 0, delivery=21).advice is Advice.NOW
    assert ordering(stock, weekly, 400, 0, delivery=21, ordered=40).advice is Advice.BY
    assert ordering(stock, [], 400, 0).advice is Advice.TOO_FEW
    assert ordering(stock, [], 400, 0, level=6).advice is Advice.NOW
    assert ordering(stock, [], 400, 0, level=5).advice is Advice.TOO_FEW


Draw = Callable[[random.Random, int], int]


def poisson(dice: random.Random, rate: float) -> int:
    """How often something happens within a time in which it does so `rate` times on average."""
    count, left = 0, dice.expovariate(1)
    while left < rate:
        count, left = count + 1, left + dice.expovariate(1)
    return count


DEMANDS: dict[str, Draw] = {
    "steady, two a day": lambda dice, _: poisson(dice, 2.0),
    "four at a time, 3.5 a week": lambda dice, _: 4 * poisson(dice, 0.125),
    "growing to 2.3 times in 13 weeks": lambda dice, day: poisson(dice, 0.3 + 0.39 * day / (WEEKS * WEEK)),
}


@pytest.mark.parametrize("demand", DEMANDS)
def test_the_order_point_covers_a_delivery_of_two_weeks(demand: str) -> None:
    """95 % is meant; 93 % of 1,000 played histories must be covered, and not by holding any amount."""
    draw, dice, delivery = DEMANDS[demand], random.Random(f"dice of {demand}"), 14
    covered, held, wanted = [], [], []
    for _ in range(1_000):
        history = [draw(dice, day) for day in range(WEEKS * WEEK)]
        ago = [WEEKS * WEEK - 1 - day for day, count in enumerate(history) for _ in range(count)]
        point = order_point(pace(ago, 400), delivery)
        need = sum(draw(dice, WEEKS * WEEK + day) for day in range(delivery))
        covered.append(need <= point)
        held.append(point)
        wanted.append(need)
    assert mean(covered) >= 0.93
    assert mean(held) <= 3.3 * mean(wanted)
