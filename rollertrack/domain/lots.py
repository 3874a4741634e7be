"""Lots: when two are the same, and when they only look the same; and which lots a roller ever had."""

from collections.abc import Sequence
from typing import NamedTuple

from rollertrack.domain.code import narrow
from rollertrack.domain.events import Event, RollerFacts, voided_entries
from rollertrack.domain.quantities import millimetres

_ALIKE = str.maketrans("OILY", "011Z")


def norm(lot: str) -> str:
    """A lot by its letters and digits alone, in capitals: equal ones are the same lot, however written."""
    return "".join(char for char in narrow(lot).casefold() if char.isalnum()).upper()


def look(lot: str) -> str:
    """A lot as a glance sees it: letters and digits that are taken for each other are one."""
    return norm(lot).translate(_ALIKE)


class LotSeen(NamedTuple):
    """A lot that a registration, or a mend of one, gave a roller.

    `make` is maker, model and length, as far as they were said. `counts` says that nothing took the entry
    back; `stands` that the roller is registered so now, or was last, when nothing of it counts.
    """

    roller: str
    entry: int
    at: int
    lot: str
    norm: str
    look: str
    make: str
    counts: bool
    stands: bool


def lots_seen(code: str, events: Sequence[Event]) -> list[LotSeen]:
    """Every lot that a roller ever had, empty ones too, in the order of entry."""
    gone = voided_entries(events)
    entered = sorted(
        ((event, event.payload) for event in events if isinstance(event.payload, RollerFacts)),
        key=lambda each: each[0].seq,
    )
    last = max((event.seq for event, _ in entered if event.seq not in gone), default=None)
    if last is None:
        last = max((event.seq for event, _ in entered), default=0)
    return [
        LotSeen(
            code, event.seq, event.at, facts.lot, norm(facts.lot), look(facts.lot), _make(facts),
            event.seq not in gone, event.seq == last,
        )
        for event, facts in entered
    ]  # fmt: skip


def _make(facts: RollerFacts) -> str:
    words = (facts.maker, facts.model, millimetres(facts.length))
    return "|".join(" ".join(word.casefold().split()) for word in words)
