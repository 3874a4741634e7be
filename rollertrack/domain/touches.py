"""What a roller touched: the baths that it lay in and the persons that it was used on, also if taken back."""

from collections.abc import Iterator, Sequence, Set
from operator import attrgetter
from typing import NamedTuple

from rollertrack.domain.events import (
    Disinfected,
    DisinfectionEnded,
    DisinfectionStarted,
    Event,
    Placed,
    Used,
    as_entered,
    in_order,
)
from rollertrack.domain.quantities import SECOND
from rollertrack.domain.roller import Roller


class Bath(NamedTuple):
    """A stay in an agent; `ended_at` is None while it may lie there yet.

    `deed` names a bath without a solution's code: what one deed put into the same agent lay together.
    `good` says that the disinfection counts, `voided` that its entry was taken back. Where a clock had gone
    back, the times are the widest that it can have been.
    """

    roller: str
    entry: int
    solution: str | None
    deed: str
    agent: str
    operator: str | None
    started_at: int
    ended_at: int | None
    good: bool
    voided: bool


class Touch(NamedTuple):
    """A use; `voided` when its entry was taken back."""

    roller: str
    entry: int
    person: str | None
    operator: str | None
    at: int
    area: str
    concern: str
    voided: bool


def touches_of(code: str, events: Sequence[Event], gone: Set[int]) -> list[Touch]:
    """Every use of a roller; `events` in the order of entry, `gone` those that were taken back."""
    return [
        Touch(
            code, event.seq, event.person, event.operator, event.at, event.payload.area,
            event.payload.concern, event.seq in gone,
        )
        for event in events
        if isinstance(event.payload, Used)
    ]  # fmt: skip


def baths_of(folded: Roller, events: Sequence[Event], gone: Set[int]) -> list[Bath]:
    """Every bath of a roller; `folded` is what its events come to, which are in the order of entry."""
    found = [*_counting(folded, in_order(as_entered(events, voided=gone))), *_taken_back(events, gone)]
    return sorted(found, key=_ENTRY)


_ENTRY = attrgetter("entry")


def _counting(folded: Roller, story: Sequence[Placed]) -> Iterator[Bath]:
    ended_at: int | None = None
    for each in reversed(story):  # the end of a soak is the first that comes after its beginning
        event = each.event
        match event.payload:
            case DisinfectionEnded():
                ended_at = max(event.at, each.effective_at)
            case DisinfectionStarted():
                good = event.seq in folded.good_washes
                yield _bath(event, min(event.at, each.effective_at), ended_at, good=good)
            case Disinfected(seconds=seconds):
                begun = min(event.at, each.effective_at) - seconds * SECOND
                good = event.seq in folded.good_washes
                yield _bath(event, begun, max(event.at, each.effective_at), good=good)


def _taken_back(events: Sequence[Event], gone: Set[int]) -> Iterator[Bath]:
    """Those whose entry was taken back, until the next end on record; nobody knows more of them."""
    if not gone:
        return
    ends = [event.at for event in events if isinstance(event.payload, DisinfectionEnded)]
    for event in events:
        if event.seq not in gone:
            continue
        match event.payload:
            case DisinfectionStarted():
                later = min((at for at in ends if at >= event.at), default=None)
                yield _bath(event, event.at, later, voided=True)
            case Disinfected(seconds=seconds):
                yield _bath(event, event.at - seconds * SECOND, event.at, voided=True)


def _bath(event: Event, begun: int, over: int | None, *, good: bool = False, voided: bool = False) -> Bath:
    assert isinstance(event.payload, DisinfectionStarted | Disinfected)
    agent = event.payload.agent
    deed = "" if event.solution else f"{event.recorded_at} {agent}"
    return Bath(
        event.stream, event.seq, event.solution, deed, agent, event.operator, begun, over, good, voided
    )
