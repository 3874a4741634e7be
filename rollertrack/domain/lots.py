"""Lots: when two are the same, and when they only look the same; and which lots a roller ever had."""

from collections.abc import Sequence, Set
from typing import NamedTuple

from rollertrack.domain.code import narrow
from rollertrack.domain.events import Event, RollerFacts

_ALIKE = str.maketrans("OILY", "011Z")


def norm(lot: str) -> str:
    """A lot by its letters and digits alone, in capitals: equal ones are the same lot, however written."""
    return "".join(filter(str.isalnum, narrow(lot).casefold())).upper() if lot else ""


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


def lots_seen(code: str, events: Sequence[Event], gone: Set[int]) -> list[LotSeen]:
    """Every lot that a roller ever had, empty ones too; `events` in the order of entry, `gone` taken back."""
    entered = [event for event in events if isinstance(event.payload, RollerFacts)]
    counting = [event.seq for event in entered if event.seq not in gone]
    last = counting[-1] if counting else entered[-1].seq if entered else 0
    return [_seen(code, event, counts=event.seq not in gone, stands=event.seq == last) for event in entered]


def _seen(code: str, event: Event, *, counts: bool, stands: bool) -> LotSeen:
    facts = event.payload
    assert isinstance(facts, RollerFacts)
    lot = norm(facts.lot)
    length = "" if facts.length is None else f"{facts.length:.2f} mm"
    make = f"{_plain(facts.maker)}|{_plain(facts.model)}|{length}"
    return LotSeen(
        code, event.seq, event.at, facts.lot, lot, lot.translate(_ALIKE), make, counts, stands
    )  # fmt: skip


def _plain(name: str) -> str:
    """A name as it is compared: capitals and blanks make no other maker."""
    return " ".join(name.casefold().split())
