"""The packs that a lot leads to: those that ever carried it, that look like it, and those that say no lot."""

from collections.abc import Collection
from typing import NamedTuple

from rollertrack.domain import trace as tr
from rollertrack.domain.lots import look, norm
from rollertrack.domain.trace import PackLot, TraceRow
from rollertrack.store import traces
from rollertrack.store.database import Database


class LotPacks(NamedTuple):
    """Packs by what they are to a lot, each with the entry that speaks for it; `pieces` are their rollers."""

    carried: dict[str, PackLot]
    near: dict[str, PackLot]
    pieces: dict[str, str]
    products: frozenset[str]

    def in_packs(self, packs: Collection[str]) -> frozenset[str]:
        """The rollers that came in some packs, or were taken out of them."""
        return frozenset(roller for roller, pack in self.pieces.items() if pack in packs)

    def row(self, what: str, roller: str, lot_now: str) -> TraceRow:
        """A roller that is there for what its pack says, or said."""
        pack = self.pieces[roller]
        said = self.carried.get(pack) or self.near[pack]
        return TraceRow(what, roller, 0, said.at, lot=said.lot, lot_now=lot_now, pack=pack)


def packs_of_lot(database: Database, lot: str) -> LotPacks:
    """What the packs have to do with a lot."""
    said = traces.lots_of_packs(database)
    carried = {each.pack: each for each in reversed(said) if norm(each.lot) == norm(lot)}
    alike = {each.pack: each for each in reversed(said) if look(each.lot) == look(lot)}
    near = {pack: each for pack, each in alike.items() if pack not in carried}
    pieces = traces.pieces_of_packs(database, alike) if alike else {}
    return LotPacks(carried, near, pieces, frozenset(each.product for each in carried.values()))


def pack_rows(database: Database, packs: LotPacks, products: Collection[str]) -> list[TraceRow]:
    """A row for each of them; packs without a lot count that hold one of some products."""
    lotless = traces.packs_without_lot(database, products) if products else []
    now = {each.pack: each.lot for each in traces.packs_now(database, [*packs.carried, *packs.near])}
    found = (
        (tr.PACK, packs.carried.values()),
        (tr.PACK_NEAR, packs.near.values()),
        (tr.PACK_DOUBTFUL, lotless),
    )
    return [
        TraceRow(what, each.pack, 0, each.at, lot=each.lot, lot_now=now.get(each.pack, ""), pack=each.pack)
        for what, those in found
        for each in sorted(those)
    ]
