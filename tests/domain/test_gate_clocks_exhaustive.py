"""A walk over every life of a roller in a few entries by clocks that go back and are put right again.

What must not be used is said a second time here, pair by pair over the raw entries: which came after which.
Nothing of the folds, the standing or the rules is asked for it.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import NamedTuple

import pytest
from harness.histories import ANN, DAY, HOUR, MINUTE, NOON, ROLLER, SECOND

from rollertrack.domain import events as ev
from rollertrack.domain import gate
from rollertrack.domain.events import Event, Payload
from rollertrack.domain.person import Person
from rollertrack.domain.policy import Policy
from rollertrack.domain.roller import fold

# Every history of so few entries; of the longer ones as many as this, drawn anew by each seed.
DEPTH = 3
LONGER, LONGEST, SEEDS = 5_000, 7, (1, 2, 3)

BACK, MID = NOON - 2 * HOUR, NOON - HOUR
FIRST = Event(
    ROLLER, 1, NOON - 30 * DAY, NOON - 30 * DAY, ev.Registered(length=Decimal("0.25"), sterile=True)
)
POLICY, WHO = Policy("home"), Person(ANN, "Ann")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is entered: when by the clock it happened, and when by the clock it was entered."""

    payload: Payload
    at: int
    entered: int


_SOAK = ev.DisinfectionStarted(planned=600, agent="alcohol", required=600)
_SOAKED = ev.Disinfected(seconds=600, agent="alcohol", required=600)
_USE, _OUT = ev.Used(word="USE"), ev.DisinfectionEnded()
_PUT, _FREE = ev.Quarantined(reason="dropped"), ev.Released(reason="fine")

ENTRIES = (
    *(Entry(_USE, at, at) for at in (BACK, MID, NOON)),
    Entry(_USE, BACK + MINUTE, NOON),  # late, and honest
    *(Entry(_SOAKED, at, at) for at in (BACK, MID, NOON)),
    Entry(_SOAKED, MID + 10 * MINUTE, NOON),
    *(Entry(_SOAK, at, at) for at in (BACK, MID)),
    *(Entry(_OUT, at, at) for at in (BACK + 10 * MINUTE, MID + 10 * MINUTE, NOON)),
    Entry(ev.Noted(text="x"), BACK, BACK),
    *(Entry(_PUT, at, at) for at in (BACK, NOON)),
    *(Entry(_FREE, at, at) for at in (BACK, MID)),
)

History = tuple[Event, ...]


def _histories() -> Iterator[History]:
    for depth in range(DEPTH + 1):
        for entries in product(ENTRIES, repeat=depth):
            yield _history(entries)


def _longer_histories(seed: int) -> Iterator[History]:
    dice = random.Random(seed)
    for _ in range(LONGER):
        yield _history(dice.choices(ENTRIES, k=dice.randint(DEPTH + 1, LONGEST)))


def _history(entries: Sequence[Entry]) -> History:
    later = (
        Event(ROLLER, seq, each.at, each.entered, each.payload, person=ANN)
        for seq, each in enumerate(entries, 2)
    )
    return (FIRST, *later)


# What must not be used, said over the raw entries


def _high(event: Event, history: History) -> int:
    """The newest moment at which something was entered before."""
    return max((each.recorded_at for each in history[: event.seq - 1]), default=0)


def _went_back(event: Event, history: History) -> bool:
    return event.recorded_at < _high(event, history)


def _earliest(event: Event, history: History) -> int:
    """The earliest that it can have happened: by a clock that had gone back, not before what was entered."""
    late_by = event.recorded_at - event.at
    return max(event.recorded_at, _high(event, history)) - late_by


def _came_after(later: Event, earlier: Event, history: History) -> bool:
    first, second = _earliest(earlier, history), _earliest(later, history)
    return (second, later.seq) > (first, earlier.seq)


@dataclass(frozen=True, slots=True)
class _Bath:
    first: Event
    last: Event
    begun: int
    good: bool


def _baths(story: Sequence[Event], history: History) -> Iterator[_Bath]:
    uses = [each for each in story if isinstance(each.payload, ev.Used)]
    begun: Event | None = None
    out = -1
    for event in story:
        if isinstance(event.payload, ev.Disinfected):
            end = _earliest(event, history)
            start = end - event.payload.seconds * SECOND
            calm = not any(start < _earliest(use, history) < end for use in uses)
            calm = calm and begun is None and out <= start
            yield _Bath(event, event, start, calm)
        elif isinstance(event.payload, ev.DisinfectionStarted):
            begun = event
        elif isinstance(event.payload, ev.DisinfectionEnded) and begun is not None:
            start = _earliest(begun, history)
            calm = not any(
                _came_after(use, begun, history) and _came_after(event, use, history) for use in uses
            )
            yield _Bath(begun, event, start, calm and event.at - begun.at >= 10 * MINUTE)
            begun, out = None, _earliest(event, history)


def _order_is_known(history: History, baths: Sequence[_Bath]) -> bool:
    """No clock went back, or what was washed since began after the newest that was entered until then."""
    back = [each for each in history if _went_back(each, history)]
    if not back:
        return True
    return any(
        bath.good
        and not [each for each in back if each.seq > bath.last.seq]
        and not [each for each in back if bath.first.seq < each.seq <= bath.last.seq]
        and all(bath.begun >= _high(each, history) for each in back)
        for bath in baths
    )


def _forbidden(history: History) -> bool:
    story = list(history)
    for place in range(len(story)):  # a slow and plain sort by which came after which
        for other in range(place):
            if _came_after(story[other], story[place], history):
                story.insert(other, story.pop(place))
                break
    baths = list(_baths(story, history))
    uses = [each for each in story if isinstance(each.payload, ev.Used)]
    turns = [
        each.payload
        for each in story
        if isinstance(each.payload, ev.DisinfectionStarted | ev.DisinfectionEnded)
    ]
    holds = [each.payload for each in story if isinstance(each.payload, ev.Quarantined | ev.Released)]
    owed = any(not any(bath.good and bath.begun >= _earliest(use, history) for bath in baths) for use in uses)
    return (
        owed
        or (bool(turns) and isinstance(turns[-1], ev.DisinfectionStarted))
        or (bool(holds) and isinstance(holds[-1], ev.Quarantined))
        or (bool(baths) and not baths[-1].good)
        or not _order_is_known(history, baths)
    )


def test_by_clocks_that_go_back_nothing_passes_that_must_not_and_nothing_else_is_refused() -> None:
    walked = _walk(_histories())
    assert walked.histories >= FEWEST.histories
    assert walked.states >= FEWEST.states
    assert walked.goes >= FEWEST.goes
    assert walked.cured >= FEWEST.cured


@pytest.mark.parametrize("seed", SEEDS)
def test_nor_after_more_entries(seed: int) -> None:
    walked = _walk(_longer_histories(seed))
    assert walked.states >= FEWEST_LONGER.states
    assert walked.goes >= FEWEST_LONGER.goes
    assert walked.cured >= FEWEST_LONGER.cured


class Walked(NamedTuple):
    """How many histories a walk saw, how many states, how often a use passed, and did after a wrong clock."""

    histories: int
    states: int
    goes: int
    cured: int


FEWEST = Walked(6_100, 1_900, 120, 25)
FEWEST_LONGER = Walked(5_000, 4_000, 90, 45)


def _walk(histories: Iterable[History]) -> Walked:
    count = goes = cured = 0
    states = set()
    for history in histories:
        count += 1
        roller, forbidden = fold(ROLLER, history), _forbidden(history)
        if (roller, forbidden) in states:
            continue
        states.add((roller, forbidden))
        verdict = gate.judge_now(gate.question(roller, POLICY, NOON + MINUTE, WHO))
        assert verdict.may_use is not forbidden, (verdict.findings, history)
        goes += verdict.may_use
        cured += verdict.may_use and any(_went_back(each, history) for each in history)
    print(f"{count:,} histories, {len(states):,} states, {goes:,} times USE, {cured:,} cured")  # noqa: T201
    return Walked(count, len(states), goes, cured)
