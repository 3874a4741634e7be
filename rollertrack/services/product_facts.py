"""What is typed of products, packs and orders, read field by field."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rollertrack.domain import money
from rollertrack.domain.text import clean_line, required_line, whole_number
from rollertrack.services import times
from rollertrack.services.registering import read_facts

MOST_PIECES = 1_000
_MOST_LEVEL, _MOST_DELIVERY = 100_000, 365
_OF_PIECES = frozenset({
    "form", "length", "maker", "model", "needles", "material", "sterile", "single_use", "max_uses",
    "max_days",
})  # fmt: skip
"""What a product says of each of its pieces, as a registration does."""


def read_pieces(text: str, field: str = "pieces") -> int:
    """How many pieces of something there are."""
    return whole_number(field, text, 1, MOST_PIECES)


def read_product_facts(typed: Mapping[str, str | bool]) -> dict[str, Any]:
    """The facts of a product as typed, checked field by field; only the fields given come back."""
    read = read_facts({key: value for key, value in typed.items() if key in _OF_PIECES})
    for key, value in typed.items():
        text = str(value)
        match key:
            case "name":
                read[key] = required_line(key, text)
            case "coded":
                read[key] = value is True
            case "pack_size":
                read[key] = read_pieces(text, "pack-size") if text.strip() else None
            case "reorder_level":
                read[key] = whole_number("reorder-level", text, 1, _MOST_LEVEL) if text.strip() else None
            case "delivery_days":
                read[key] = whole_number("delivery-days", text, 1, _MOST_DELIVERY) if text.strip() else None
            case "currency":
                read.setdefault("currency", money.read_currency(text))
            case "price":
                price, named = money.read_price(text) if text.strip() else (None, "")
                read["price"] = price
                beside = str(typed["currency"]) if "currency" in typed else None
                if currency := money.currency_of(named, beside):
                    read["currency"] = currency
    return read


def read_day(text: str, field: str) -> date | None:
    """A day as typed; None where nothing is."""
    return times.day(text, field) if text.strip() else None


def read_pack_facts(typed: Mapping[str, str]) -> dict[str, Any]:
    """The facts of a pack as typed, checked field by field; only the fields given come back."""
    read: dict[str, Any] = {}
    for key, text in typed.items():
        match key:
            case "pieces":
                read[key] = read_pieces(text)
            case "expiry":
                day = read_day(text, key)
                read |= {"expiry": day, "expiry_offset": times.offset_after(day) if day else None}
            case "currency":
                read.setdefault(key, money.read_currency(text))
            case "price":
                price, named = money.read_price(text) if text.strip() else (None, "")
                currency = money.currency_of(named, typed.get("currency"))
                read |= {"price": price} | ({"currency": currency} if currency else {})
            case _:
                read[key] = clean_line(key, text)
    return read
