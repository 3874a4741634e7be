"""What is in stock, what to open next and what to order, read for screens and the command line."""

from collections.abc import Iterable, Sequence
from datetime import date

from rollertrack.domain.code import Kind
from rollertrack.domain.demand import WEEK, WEEKS
from rollertrack.domain.quantities import DAY, end_of_day
from rollertrack.domain.stock import Next, Sealed, StockRow, next_to_open, ordering
from rollertrack.services.station import Station, person_of, read_code
from rollertrack.services.stock_names import name_of
from rollertrack.services.times import offset_after
from rollertrack.store import stock_queries
from rollertrack.store.stock_queries import Piece, Row
from rollertrack.wording.dates import local_day


def stock(station: Station, product: str | None = None, *, person: str | None = None) -> list[StockRow]:
    """What is there of every product that is still bought, or of one, by name."""
    with station.store.reading() as journal:
        database, now = station.store.database, station.clock()
        wanted = name_of(station, product) if product else None
        owner = person_of(journal, read_code(station, person, Kind.PERSON, "person")).code if person else None
        pieces: dict[str, list[Piece]] = {}
        for piece in stock_queries.pieces(database, wanted):
            pieces.setdefault(piece.product, []).append(piece)
        packs: dict[str, list[Row]] = {}
        for pack in stock_queries.packs(database, wanted):
            packs.setdefault(pack["product"], []).append(pack)
        return [
            _row(row, pieces.get(row["code"], []), packs.get(row["code"], []), now, owner)
            for row in stock_queries.products(database)
            if row["code"] == wanted or (wanted is None and row["closed_at"] is None)
        ]


def low_stock(station: Station, product: str | None = None) -> list[StockRow]:
    """The products that it is time to order."""
    return [row for row in stock(station, product) if row.ordering.is_low]


def next_piece(station: Station, product: str, person: str | None = None) -> tuple[StockRow, Next]:
    """Which piece of a product to open next."""
    (row,) = stock(station, product, person=person)
    return row, row.next


def _row(row: Row, pieces: Sequence[Piece], packs: Sequence[Row], now: int, person: str | None) -> StockRow:
    sealed = [*_sealed(pieces, held=False), *_boxed(packs, held=False)]
    held = [*_sealed(pieces, held=True), *_boxed(packs, held=True)]
    usable = [each for each in sealed if each.is_good(now)]
    served = [piece for piece in pieces if piece.in_service_from is not None and piece.held == ""]
    good = [piece for piece in served if not piece.is_over(now)]
    soaking = [piece for piece in good if piece.soaking_until is not None]
    dirty = [piece for piece in good if piece.soaking_until is None and piece.dirty_since is not None]
    today = local_day(now)
    midnight = end_of_day(today, offset_after(today))
    advice = ordering(
        sealed, _taken_ago(pieces, now), _history(row, pieces, packs, now), now,
        ordered=row["ordered"], level=row["reorder_level"], delivery=row["delivery_days"],
    )  # fmt: skip
    expected = date.fromisoformat(row["expected"]) if row["expected"] else None
    return StockRow(
        code=row["code"], name=row["name"], form=row["form"], length=row["length"], coded=bool(row["coded"]),
        sealed=_count(usable), expired=_count(sealed) - _count(usable),
        in_use=len(good) - len(soaking) - len(dirty), soaking=len(soaking), dirty=len(dirty),
        over=len(served) - len(good),
        held=_count(held) + _held_in_use(pieces), ordered=row["ordered"], expected=expected,
        level=row["reorder_level"], ordering=advice,
        next=next_to_open(sealed, held, now, midnight, person),
        packs=tuple(_left_of(packs)),
    )  # fmt: skip


def _count(pieces: Iterable[Sealed]) -> int:
    return sum(each.amount for each in pieces)


def _sealed(pieces: Iterable[Piece], *, held: bool) -> list[Sealed]:
    """The rollers that lie as they came, or those of them that are kept aside; none that is retired."""
    return [
        Sealed(piece.code, piece.lot, piece.pack, piece.dead_from, piece.registered_at, owner=piece.bound_to)
        for piece in pieces
        if piece.in_service_from is None and piece.held != _RETIRED and bool(piece.held) is held
    ]


_RETIRED = "retired"


def _boxed(packs: Iterable[Row], *, held: bool) -> list[Sealed]:
    return [
        Sealed(pack["code"], pack["lot"], pack["code"], pack["expires_at"], pack["received_at"], pack["left"])
        for pack in packs
        if pack["left"] and bool(pack["held"]) is held
    ]


def _held_in_use(pieces: Iterable[Piece]) -> int:
    return sum(piece.in_service_from is not None and piece.held not in {"", _RETIRED} for piece in pieces)


def _left_of(packs: Iterable[Row]) -> list[tuple[str, str, int, int]]:
    return [
        (pack["code"], pack["lot"], left, pack["pieces"])
        for pack in packs
        if (left := pack["sealed"] if pack["coded"] else pack["left"])
    ]


def _taken_ago(pieces: Iterable[Piece], now: int) -> list[int]:
    """How many days ago each piece was first opened, used or washed, of those in the weeks looked back on."""
    first = now - WEEKS * WEEK * DAY
    return [
        max(0, now - piece.in_service_from) // DAY
        for piece in pieces
        if piece.in_service_from is not None and piece.in_service_from > first
    ]


def _history(row: Row, pieces: Iterable[Piece], packs: Iterable[Row], now: int) -> int:
    """For how many days any piece of a product is known."""
    known: list[int] = [row["registered_at"], *(pack["received_at"] for pack in packs)]
    known += [piece.registered_at for piece in pieces]
    return max(0, now - min(known)) // DAY
