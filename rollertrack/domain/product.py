"""A product as folded from the events of its stream."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from rollertrack.domain import events as ev
from rollertrack.domain.code import narrow
from rollertrack.domain.counting import entered_facts
from rollertrack.domain.events import Event, ProductFacts, closed_at, effective
from rollertrack.domain.snoozes import Snooze, snoozes_of


class Order(NamedTuple):
    """Pieces that were ordered and have not come; `entry` is its number in the stream."""

    entry: int
    at: int
    pieces: int
    expected: date | None
    supplier: str
    ref: str


class Product(NamedTuple):
    """What is bought again and again; `barcodes` are its makers' barcodes with the pieces of each."""

    code: str
    facts: ProductFacts
    registered_at: int
    barcodes: Mapping[str, int]
    orders: tuple[Order, ...] = ()
    closed_at: int | None = None
    snoozes: tuple[Snooze, ...] = ()

    @property
    def ordered(self) -> int:
        """How many pieces are on their way."""
        return sum(order.pieces for order in self.orders)


def fold(code: str, events: Sequence[Event]) -> Product | None:
    """The product after its events, or None when none registers one."""
    counting = effective(events)
    known = entered_facts(counting, ev.ProductRegistered, ProductFacts)
    if known is None:
        return None
    barcodes: dict[str, int] = {}
    orders: dict[int, Order] = {}
    for event in sorted(counting, key=lambda each: each.seq):
        match event.payload:
            case ev.BarcodeBound(scheme=scheme, key=key, pieces=pieces):
                barcodes[f"{scheme}:{key}"] = pieces
            case ev.Ordered() as said:
                orders[event.seq] = Order(
                    event.seq, event.at, said.pieces, said.expected, said.supplier, said.ref
                )
            case ev.OrderEnded(entry=entry):
                orders.pop(entry, None)
    registered, facts = known
    return Product(
        code,
        facts,
        registered.at,
        barcodes,
        tuple(orders.values()),
        closed_at(counting),
        snoozes_of(counting),
    )


def name_key(name: str) -> str:
    """A name as it is compared: capitals, the width of letters and doubled spaces make no other product."""
    return " ".join(narrow(name).casefold().split())
