"""Whether anything is bought by product here; little to load, since every screen wants to know it."""

from rollertrack.services.station import Station
from rollertrack.store import stock_queries


def has_products(station: Station) -> bool:
    """Whether any product is on record; nothing of stock is shown before."""
    with station.store.reading():
        return stock_queries.has_products(station.store.database)
