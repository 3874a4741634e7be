"""HIBC, the barcode of the health industry (ANSI/HIBC 2.6), read to its check letter."""

import calendar
import re
from datetime import date, timedelta
from typing import Final, NamedTuple

from rollertrack.domain.barcodes import HIBC, Barcode
from rollertrack.errors import BadInput

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
"""Code 39's; the place of a sign is its weight."""
_PRIMARY = re.compile(r"[A-Z][0-9A-Z]{3}[0-9A-Z]{1,18}\d", re.ASCII)
_QUANTITY = re.compile(r"8(\d{2})|9(\d{5})", re.ASCII)
_MOST_LOT = 20
_JULIAN = len("YYJJJ")
_CENTURY = 2000
_LENGTHS = {"2": 6, "3": 6, "4": 8, "5": 5, "6": 7, "7": 0}
"""How many digits follow a date flag; without one there are four, month and year."""


class _Found(NamedTuple):
    """What the secondary data of a code say."""

    lot: str = ""
    serial: str = ""
    expiry: date | None = None
    pieces: int | None = None


def begins(text: str) -> bool:
    """Whether a text can be HIBC."""
    return text.startswith("+") and len(text) > len("+A1C")


def check_letter(text: str) -> str:
    """The check letter of a text: the sum of the places of its signs, modulo 43."""
    return ALPHABET[sum(ALPHABET.index(char) for char in text) % len(ALPHABET)]


def read(text: str) -> Barcode:
    """The reading of one code; BadInput where its check letter or a date does not fit."""
    body, check = text[:-1], text[-1:]
    if not set(text) <= set(ALPHABET) or check_letter(body) != check:
        raise BadInput("barcode", "the check letter of the HIBC code does not fit; scan it again")
    if _is_secondary(body[1:]):
        # The second code of a box: before its check letter stands the one of the first, which links them.
        first, *extras = body[1:-1].split("/")
        return _with_extras(_with(Barcode(HIBC), _secondary(first)), extras)
    first, *extras = body[1:].split("/")
    if not _PRIMARY.fullmatch(first):
        raise BadInput("barcode", "this HIBC code names no product; scan the other code of the box")
    reading = Barcode(HIBC, first)
    if extras and _is_secondary(extras[0]):
        reading, extras = _with(reading, _secondary(extras[0])), extras[1:]
    return _with_extras(reading, extras)


def _is_secondary(data: str) -> bool:
    return data.startswith("$") or (len(data) > _JULIAN and data[:_JULIAN].isdigit())


def _with(reading: Barcode, found: _Found) -> Barcode:
    return reading._replace(lot=found.lot, serial=found.serial, expiry=found.expiry, pieces=found.pieces)


def _secondary(data: str) -> _Found:
    """Lot or serial number, quantity and expiry, in any of the forms of the standard."""
    if data.startswith("$$"):
        return _dated(data[2:])
    if data.startswith("$+"):
        return _Found(serial=data[2:])
    if data.startswith("$"):
        return _Found(lot=_checked(data[1:]))
    return _Found(lot=_checked(data[_JULIAN:]), expiry=_day_of_year(data[:_JULIAN]))


def _dated(data: str) -> _Found:
    is_serial = data.startswith("+")
    data = data.removeprefix("+")
    pieces = None
    if quantity := _QUANTITY.match(data):
        pieces, data = int(quantity[1] or quantity[2]), data[quantity.end() :]
    expiry, rest = _expiry(data)
    lot, serial = ("", rest) if is_serial else (_checked(rest), "")
    return _Found(lot, serial, expiry, pieces or None)


def _expiry(data: str) -> tuple[date | None, str]:
    flag = data[:1]
    if flag in _LENGTHS:
        digits, rest = data[1 : 1 + _LENGTHS[flag]], data[1 + _LENGTHS[flag] :]
        if not (len(digits) == _LENGTHS[flag] and (digits.isdigit() or not digits)):
            raise _no_date(digits)
    elif flag in {"0", "1"}:
        digits, rest = data[:4], data[4:]
    else:
        return None, data
    match flag:
        case "7":
            return None, rest
        case "2":
            return _day(digits[4:6], digits[:2], digits[2:4]), rest
        case "3" | "4":
            return _day(digits[:2], digits[2:4], digits[4:6]), rest
        case "5" | "6":
            return _day_of_year(digits[:5]), rest
        case _:
            return _day(digits[2:4], digits[:2], ""), rest


def _day(year: str, month: str, day: str) -> date:
    """A day, or the last of a month."""
    try:
        years, months = _CENTURY + int(year), int(month)
        return date(years, months, int(day) if day else calendar.monthrange(years, months)[1])
    except ValueError:
        raise _no_date(f"{year}-{month}" + (f"-{day}" if day else "")) from None


def _day_of_year(digits: str) -> date:
    first = date(_CENTURY + int(digits[:2]), 1, 1)
    found = first + timedelta(days=int(digits[2:]) - 1)
    if found.year != first.year:
        raise _no_date(digits)
    return found


def _no_date(said: str) -> BadInput:
    return BadInput("barcode", f"{said or 'nothing'} is no date; scan it again or type it from the pack")


def _checked(lot: str) -> str:
    if len(lot) > _MOST_LOT:
        raise BadInput("barcode", f"the lot has {len(lot)} characters; at most {_MOST_LOT} are right")
    return lot


def _with_extras(reading: Barcode, extras: list[str]) -> Barcode:
    """With what stands behind further strokes: serial number, expiry, day of making, quantity."""
    for extra in extras:
        if extra.startswith("14D"):
            reading = reading._replace(expiry=_whole_day(extra[3:]))
        elif extra.startswith("16D"):
            reading = reading._replace(made=_whole_day(extra[3:]))
        elif extra.startswith("S"):
            reading = reading._replace(serial=extra[1:])
        elif extra.startswith("Q") and extra[1:].isdigit():
            reading = reading._replace(pieces=int(extra[1:]) or None)
    return reading


def _whole_day(digits: str) -> date:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        raise _no_date(digits) from None
