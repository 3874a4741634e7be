"""Reads of products and packs, each with all that is known of it, and as lists."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rollertrack.domain.pack import Pack
from rollertrack.domain.product import Product
from rollertrack.domain.rows import EventRow
from rollertrack.domain.stock import PackRow, ProductRow
from rollertrack.services.history import history_of
from rollertrack.services.station import Station
from rollertrack.services.stock_names import name_of, pack_name_of, pack_of, product_of
from rollertrack.store import stock_queries


def show_product(station: Station, product: str) -> Product:
    """Everything that is known of a product."""
    with station.store.reading() as journal:
        return product_of(journal, name_of(station, product))


def product_history(station: Station, product: str) -> tuple[EventRow, ...]:
    """Every entry of a product, the newest first."""
    with station.store.reading() as journal:
        return history_of(station, journal, name_of(station, product))


def list_products(station: Station) -> Sequence[ProductRow]:
    """Every product, by name."""
    with station.store.reading():
        return [
            ProductRow(
                row["code"], row["name"], row["form"], row["length"], bool(row["coded"]), row["pack_size"],
                tuple(row["barcodes"].split()), row["ordered"],
                date.fromisoformat(row["expected"]) if row["expected"] else None, row["closed_at"],
            )
            for row in stock_queries.products(station.store.database)
        ]  # fmt: skip


def list_packs(station: Station, product: str | None = None) -> list[PackRow]:
    """Every pack, of one product or of all, the newest first."""
    with station.store.reading():
        wanted = name_of(station, product) if product else None
        return [
            PackRow(
                row["code"], row["product"], row["name"], row["lot"], row["expiry"], row["pieces"],
                row["sealed"] if row["coded"] else row["left"], row["held"], row["received_at"],
            )
            for row in stock_queries.packs(station.store.database, wanted)
        ]  # fmt: skip


class PackRecord(NamedTuple):
    """Everything that is known of a pack, with the name of its product and the codes of its rollers."""

    pack: Pack
    name: str
    codes: tuple[str, ...]
    history: tuple[EventRow, ...]


def show_pack(station: Station, pack: str) -> PackRecord:
    """Everything that is known of a pack."""
    with station.store.reading() as journal:
        known = pack_of(journal, pack_name_of(station, pack))
        codes = stock_queries.codes_of_pack(station.store.database, known.code)
        name = product_of(journal, known.facts.product).facts.name
        return PackRecord(known, name, tuple(codes), history_of(station, journal, known.code))
