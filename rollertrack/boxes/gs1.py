"""GS1 element strings and article numbers, by biip; what it lets pass and must not is refused here."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Final

from biip import ParseError
from biip.gs1_application_identifiers import GS1ApplicationIdentifier
from biip.gs1_element_strings import GS1ElementString
from biip.gs1_messages import GS1Message

from rollertrack.domain.barcodes import GS1, Barcode
from rollertrack.domain.text import excerpt
from rollertrack.errors import BadInput
from rollertrack.scanner.makers_barcodes import SEPARATOR, has_check_digit

_ARTICLE_LENGTHS = (8, 12, 13, 14)
"""Digits of an article number by itself: EAN-8, UPC-A, EAN-13, ITF-14."""
_GTIN_DIGITS = 14
_SHIPPING_UNIT = 18
_LONGEST = 20
"""Characters of a lot or a serial number."""
_FIXED: Final = re.compile(r"(0[12])(\d{14})|(1[1-7])(\d{6})|(20)(\d{2})", re.ASCII)
_FREE: Final = re.compile(rf"(10|21)([^{SEPARATOR}]*)")
_FOLLOWING: Final = re.compile(r"(?:10|11|13|15|16|17|21|240|30|37)", re.ASCII)
"""What may begin behind a lot or a serial number whose end was lost."""
_HUMAN = re.compile(r"\((\d{2,4})\)", re.ASCII)
MOST_CUTS = 6


def begins(text: str) -> bool:
    """Whether a text can be one of them."""
    return text[:1].isdigit() or _HUMAN.match(text) is not None


def has_key(text: str) -> bool:
    """Whether it begins with a whole GTIN; quick, since many ways to read a text are tried by it."""
    return (
        text.startswith("01")
        and text[2:16].isascii()
        and text[2:16].isdigit()
        and has_check_digit(text[2:16])
    )


def read(text: str, *, ends_are_kept: bool = False) -> tuple[Barcode, ...]:
    """Every reading of one code, the one that takes it as it stands first; BadInput where it holds none.

    Without `ends_are_kept` a lot that could end earlier, because its end was lost on the way, gives a
    reading for each place.
    """
    if not text.isascii():  # the digits of other scripts would make another key of the same number
        raise BadInput("barcode", UNKNOWN)
    if text.isdigit() and len(text) in _ARTICLE_LENGTHS:
        return (Barcode(GS1, _key(text)),)
    if _HUMAN.match(text):
        return (_reading(_elements_as_printed(text)),)
    _complain(text)
    whole: tuple[Barcode, ...] = ()
    with suppress(ParseError):
        whole = (_reading(GS1Message.parse(text).element_strings),)
    cut = () if ends_are_kept or SEPARATOR in text else tuple(_cut(text))
    if not (whole or cut):
        raise BadInput("barcode", _too_long(text) or UNKNOWN)
    return tuple(dict.fromkeys((*whole, *cut)))


UNKNOWN: Final = "not a barcode that RollerTrack reads; type lot and expiry from the pack"


def _key(digits: str) -> str:
    """A GTIN in its one form of 14 digits."""
    if not has_check_digit(digits):
        again = "scan it again or type it from the pack"
        raise BadInput("barcode", f"the check digit of {digits} does not fit; {again}")
    return digits.zfill(_GTIN_DIGITS)


def _elements_as_printed(text: str) -> list[GS1ElementString]:
    """What people type from the letters under a code: every field behind its number in brackets.

    Other brackets are part of a lot, which may hold them.
    """
    _, *parts = _HUMAN.split(text)
    fields: list[tuple[str, str]] = []
    for number, value in zip(parts[::2], parts[1::2], strict=True):
        if fields and not _is_number(number):
            fields[-1] = fields[-1][0], f"{fields[-1][1]}({number}){value}"
        else:
            fields.append((number, value))
    _complain(SEPARATOR.join(f"{number}{value}" for number, value in fields))
    for number, value in fields:
        _must_say(number, value)
    try:
        return [GS1ElementString.parse(f"{number}{value}") for number, value in fields]
    except ParseError:
        raise BadInput("barcode", UNKNOWN) from None


def _is_number(digits: str) -> bool:
    """Whether digits in brackets are the number of a field."""
    try:
        return GS1ApplicationIdentifier.extract(digits).ai == digits
    except ParseError:
        return False


def _must_say(number: str, value: str) -> None:
    """Refuse a field without a value: the barcode was cut off there."""
    if not value:
        raise BadInput("barcode", f"nothing stands behind ({number}), so it was cut off; scan it again")


def _complain(text: str) -> None:
    """Say what is wrong with the fields of fixed length in front, as far as they can be followed."""
    if len(text) == _SHIPPING_UNIT and text.isdigit() and has_check_digit(text):
        raise BadInput("barcode", "names a shipping unit, no product; scan the code on the box itself")
    rest = text
    while found := _FIXED.match(rest):
        field, value = (part for part in found.groups() if part is not None)
        if field in {"01", "02"}:
            _key(value)
        elif field != "20":
            _day(value)
        rest = rest[found.end() :].lstrip(SEPARATOR)


def _day(digits: str) -> None:
    """Refuse a date that is none; day 00 stands for the last of its month."""
    year, month, day = digits[:2], digits[2:4], digits[4:]
    try:
        date(2000 + int(year), int(month), int(day) or 1)
    except ValueError:
        raise BadInput("barcode", f"{year}-{month}-{day} is no date; scan it again") from None


def _too_long(text: str) -> str:
    """That a lot or a serial number is longer than any; empty when none is."""
    rest = text
    while found := _FIXED.match(rest):
        rest = rest[found.end() :].lstrip(SEPARATOR)
    if (free := _FREE.match(rest)) and len(free[2]) > _LONGEST:
        what = "lot" if free[1] == "10" else "serial number"
        return f"the {what} has {len(free[2])} characters; at most {_LONGEST} are right"
    return ""


def _reading(elements: list[GS1ElementString]) -> Barcode:
    """What the fields say; those that nobody needs here are left out."""
    found, said = Barcode(GS1), dict[str, str]()
    for each in elements:
        _must_say(each.ai.ai, each.value)
        if said.setdefault(each.ai.ai, each.value) != each.value:
            both = f"{excerpt(said[each.ai.ai])} and {excerpt(each.value)}"
            raise BadInput("barcode", f"({each.ai.ai}) stands twice, with {both}; type it from the pack")
        match each.ai.ai:
            case "01" | "02" if each.gtin is not None:
                found = found._replace(key=_key(each.value))
            case "10":
                found = found._replace(lot=each.value)
            case "21":
                found = found._replace(serial=each.value)
            case "17":
                found = found._replace(expiry=each.date)
            case "11":
                found = found._replace(made=each.date)
            case "30" | "37":
                found = found._replace(pieces=int(each.value) or None)
    if not any(found[1:]):
        raise BadInput("barcode", UNKNOWN)
    return found


def _cut(text: str) -> Iterator[Barcode]:
    """The readings of a text whose separators were lost: its lot or serial number ends somewhere earlier."""
    head, rest = "", text
    while found := _FIXED.match(rest):
        head, rest = head + found[0], rest[found.end() :]
    if not _FREE.fullmatch(rest):
        return
    count = 0
    for place in range(len("10") + 1, len(rest)):
        if place - len("10") <= _LONGEST and _FOLLOWING.match(rest, place) and count < MOST_CUTS:
            try:
                elements = GS1Message.parse(f"{head}{rest[:place]}{SEPARATOR}{rest[place:]}").element_strings
                names = [each.ai.ai for each in elements]
                if len(set(names)) == len(names) and _is_sound(rest[place:]):
                    count += 1
                    yield _reading(elements)
            except (ParseError, BadInput):
                continue


def _is_sound(rest: str) -> bool:
    """Whether what would follow a cut has dates of this century where it has dates."""
    try:
        _complain(rest)
    except BadInput:
        return False
    return True
