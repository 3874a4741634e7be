"""Reads of products, packs and what they hold, in plain SQL."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from rollertrack.store.database import Database

Row = dict[str, Any]


def has_products(database: Database) -> bool:
    """Whether any product was ever registered; home knows nothing of stock before."""
    return database.execute_sql("SELECT 1 FROM product LIMIT 1").fetchone() is not None


def products(database: Database) -> list[Row]:
    """Every product, by name; those that were closed last."""
    return _rows(database.execute_sql("SELECT * FROM product ORDER BY closed_at IS NOT NULL, name_key"))


def product(database: Database, code: str) -> Row | None:
    """A product by its name in the journal."""
    return _one(database.execute_sql("SELECT * FROM product WHERE code = ?", (code,)))


def products_named(database: Database, key: str) -> list[Row]:
    """The products that go by a name, as it is compared; those in use first."""
    query = "SELECT * FROM product WHERE name_key = ? ORDER BY closed_at IS NOT NULL, code"
    return _rows(database.execute_sql(query, (key,)))


def product_of_barcode(database: Database, name: str) -> Row | None:
    """The product that a maker's barcode stands for."""
    query = "SELECT * FROM product WHERE instr(barcodes, ?) ORDER BY closed_at IS NOT NULL LIMIT 1"
    return _one(database.execute_sql(query, (f" {name} ",)))


def barcodes(database: Database) -> list[tuple[str, str]]:
    """Every barcode that is known, with the product it stands for."""
    found = database.execute_sql("SELECT code, barcodes FROM product")
    return [(barcode, code) for code, names in found for barcode in names.split()]


def packs(database: Database, product: str | None = None) -> list[Row]:
    """Every pack, of one product or of all, the newest first, with how many rollers of it lie sealed."""
    which, values = ("WHERE pack.product = ?", (product,)) if product else ("", ())
    query = (
        "SELECT pack.*, product.name, coalesce(lying.pieces, 0) AS sealed FROM pack"
        " JOIN product ON product.code = pack.product LEFT JOIN (SELECT pack, count(*) AS pieces FROM roller"
        " WHERE product <> '' AND in_service_from IS NULL AND held = '' GROUP BY pack) AS lying"
        f" ON lying.pack = pack.code {which} ORDER BY pack.received_at DESC, pack.code"
    )
    return _rows(database.execute_sql(query, values))


def pack(database: Database, code: str) -> Row | None:
    """A pack by its name in the journal."""
    return _one(database.execute_sql("SELECT * FROM pack WHERE code = ?", (code,)))


def packs_of_lot(database: Database, lot_norm: str) -> list[Row]:
    """The packs that carry a lot, however it is written."""
    query = "SELECT * FROM pack WHERE lot_norm = ? ORDER BY received_at, code"
    return _rows(database.execute_sql(query, (lot_norm,)))


class Piece(NamedTuple):
    """A roller as stock sees it: of which product and pack, and what stands on record of its standing."""

    code: str
    name: str
    product: str
    pack: str
    lot: str
    in_service_from: int | None
    held: str
    dead_from: int | None
    soaking_until: int | None
    dirty_since: int | None
    registered_at: int
    bound_to: str | None
    newest: int
    uses: int
    uses_limit: int | None

    def is_over(self, now: int) -> bool:
        """Whether its life is over, which no disinfection helps: it waits for the bin."""
        return self.dead_from is not None and self.dead_from <= now

    @property
    def is_used_up(self) -> bool:
        """Whether it was used as often as it may be."""
        return self.uses_limit is not None and self.uses >= self.uses_limit


_PIECE = ", ".join(Piece._fields)


def pieces(database: Database, product: str | None = None) -> Iterable[Piece]:
    """The rollers that are pieces of a product, of one or of any, those that came first first."""
    which, values = ("product = ?", (product,)) if product else ("product <> ''", ())
    query = f"SELECT {_PIECE} FROM roller WHERE {which} ORDER BY registered_at, code"
    return map(Piece._make, database.execute_sql(query, values))


def count_carrying(database: Database, product: str) -> int:
    """How many rollers are pieces of a product."""
    found = database.execute_sql("SELECT count(*) FROM roller WHERE product = ?", (product,))
    return int(found.fetchone()[0])


def codes_of_pack(database: Database, pack: str) -> list[str]:
    """The rollers that came in a pack, or were taken out of it."""
    query = "SELECT code FROM roller WHERE product <> '' AND pack = ? ORDER BY code"
    return [code for (code,) in database.execute_sql(query, (pack,))]


def _rows(cursor: Any) -> list[Row]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def _one(cursor: Any) -> Row | None:
    found: Sequence[Row] = _rows(cursor)
    return found[0] if found else None
