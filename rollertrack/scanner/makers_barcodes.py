"""The barcodes on makers' boxes, told from other text by how they begin; pure.

GS1 element strings (with or without the brackets people read, and the name of the symbol in front), the
plain article numbers, and HIBC. They are known here so that none of their keys is taken for a command.
"""

import re
from typing import Final

SEPARATOR: Final = "\x1d"
"""Between the fields of a GS1 element string; scanners send it as Ctrl+], F8 or Alt+029."""
LONGEST: Final = 300
LEAST: Final = 6
"""Characters from which on something that only begins like such a barcode is taken for one."""
_BEGINS = re.compile(r"[\d\](+]", re.ASCII)
_REPEATED = re.compile(r"(.)\1{4,}", re.DOTALL)
_ARTICLE = re.compile(r"\d{12,14}", re.ASCII)
_SYMBOL = re.compile(r"\][A-Za-z]\d(.{3,})", re.ASCII | re.DOTALL)
_ELEMENT = re.compile(r"01(\d{14}).*", re.ASCII | re.DOTALL)
_GS1_SYMBOLS = ("]C1", "]d2", "]e0", "]Q3", "]J1")
_READABLE = re.compile(r"\(\d{2,4}\)\S{4,}", re.ASCII)
_HEALTH = re.compile(r"\+(?:[A-Z]\w{3}|\$\$?\w)\S{4,}", re.ASCII)


def begins(text: str) -> bool:
    """Whether text begins like a maker's barcode."""
    return _BEGINS.match(text) is not None


def may_grow(text: str) -> bool:
    """Whether text could be the beginning of one; a digit that a finger rests on is none."""
    return begins(text) and len(text) <= LONGEST and _REPEATED.fullmatch(text) is None


def is_likely(text: str) -> bool:
    """Whether a whole burst is one, where nothing else is expected."""
    return begins(text) and len(text) >= LEAST


def is_box(text: str) -> bool:
    """Whether a scan that holds no code is one; a symbol's name alone does not make it a maker's."""
    symbol = _SYMBOL.fullmatch(text)
    body = symbol[1] if symbol else text
    return text.startswith(_GS1_SYMBOLS) or is_sure(body) or is_likely(body)


def is_sure(text: str) -> bool:
    """Whether text can be nothing else, also where somebody fills in a form."""
    symbol = _SYMBOL.fullmatch(text)
    if symbol is not None or (begins(text) and SEPARATOR in text):
        return True
    number = text if _ARTICLE.fullmatch(text) else found[1] if (found := _ELEMENT.fullmatch(text)) else ""
    if number:
        return has_check_digit(number)
    return _READABLE.fullmatch(text) is not None or _HEALTH.fullmatch(text) is not None


def has_check_digit(number: str) -> bool:
    """Whether the last digit of an article number is its check digit: weights 3 and 1, modulo 10 (GS1)."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(number)))
    return total % 10 == 0
