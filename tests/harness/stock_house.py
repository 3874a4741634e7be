"""A house whose shelf holds products, packs and a pace to order by."""

from pathlib import Path

from harness.house_app import DAY, START, House, copied
from rollertrack.services import products, registering
from rollertrack.services.deliveries import Delivery
from rollertrack.services.receiving import receive

GTIN = "09506000134352"
BOX = f"]d201{GTIN}1728123110"
"""The barcode of a box of Titan 192, up to its lot."""


def stocked(path: Path) -> House:
    """A shelf as `newly_stocked` fills it."""
    return copied(path, newly_stocked)


def newly_stocked(path: Path) -> House:
    """Three products: one to be ordered now, one with a date, and one whose pieces get no codes."""
    house = House(path, now=START - 120 * DAY)
    station = house.station
    sterile: dict[str, str | bool] = {"sterile": True, "single_use": True}
    products.add_product(
        station, {"name": "Titan 192", "length": "0.5", "pack_size": "10", "delivery_days": "21", **sterile}
    )
    products.add_product(station, {"name": "Crown 540", "length": "0.25", "pack_size": "30", **sterile})
    tip: dict[str, str | bool] = {
        "name": "Pen tip 36",
        "length": "1.5",
        "form": "cartridge",
        "coded": False,
        "reorder_level": "90",
    }
    products.add_product(station, {**tip, **sterile})
    titans: list[str] = []
    for lot, expiry in (("A-12", "2028-03"), ("B7", "2029-08")):
        titans += receive(station, Delivery("Titan 192", lot=lot, pieces="10", expiry=expiry)).codes[1:]
    products.bind_barcode(station, "Titan 192", GTIN, pieces="10")
    crowns = receive(station, Delivery("Crown 540", lot="K77", pieces="30", expiry="2029-01")).codes[1:]
    receive(station, Delivery("Pen tip 36", lot="T7", pieces="84", expiry="2028-05"))
    for codes, every in ((titans[:14], 6 * DAY), (crowns[:5], 15 * DAY)):
        house.now = START - 88 * DAY
        for code in codes:
            house.later(every)
            registering.open_pack(station, code)
    house.now = START
    return house
