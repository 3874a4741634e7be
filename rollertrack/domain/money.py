"""Money as people type it, in whole minor units; how it is shown."""

import re

from rollertrack.errors import BadInput

MOST = 1_000_000_000
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}
_AMOUNT = re.compile(r"(?:\d+|\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*)(?:[.,]\d{1,2})?", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_MINOR = 2
_THOUSAND = re.compile(r"\d{1,3}[.,]\d{3}", re.ASCII)
RIGHT = "an amount such as 12.90 or 12,90 is right"


def read_price(text: str, field: str = "price") -> tuple[int, str]:
    """A price in minor units, and the currency that its sign names, empty without one."""
    typed = text.strip()
    signs = [sign for sign in _SIGNS if sign in typed]
    bare = typed.replace(signs[0], "", 1).strip() if len(signs) == 1 else typed
    if _THOUSAND.fullmatch(bare):
        raise BadInput(field, f"“{text[:30]}” can be read in two ways; write it with two decimals")
    found = _AMOUNT.fullmatch(bare)
    if found is None or (found[1] and bare.count(found[1]) > 1 and bare[-1 - _MINOR] == found[1]):
        raise BadInput(field, f"“{text[:30]}” is no price; {RIGHT}")
    sign = _decimal_sign(bare)
    whole, _, part = bare.rpartition(sign) if sign else (bare, "", "")
    minor = int("".join(filter(str.isdigit, whole)) + part.ljust(_MINOR, "0"))
    if minor > MOST:
        raise BadInput(field, f"“{text[:30]}” is out of range; {RIGHT}")
    return minor, _SIGNS[signs[0]] if signs else ""


def _decimal_sign(bare: str) -> str:
    """The sign before one or two decimals; empty where there are none."""
    return next((bare[-place] for place in (2, 3) if len(bare) >= place and bare[-place] in ".,"), "")


def read_currency(text: str) -> str:
    """A currency by its three letters; empty for none."""
    code = text.strip().upper()
    if code and not _CURRENCY.fullmatch(code):
        raise BadInput("currency", f"“{text[:30]}” is no currency; three letters such as EUR are right")
    return code


def currency_of(named: str, typed: str | None) -> str | None:
    """The currency of a price: what its sign names, or what was typed beside it; None where nothing was."""
    code = None if typed is None else read_currency(typed)
    if named and code and code != named:
        raise BadInput("currency", f"is {code}, but the sign of the price says {named}; give one of the two")
    return named or code


def shown(minor: int | None, currency: str) -> str:
    """A price in words; empty for none."""
    if minor is None:
        return ""
    whole, part = divmod(minor, 10**_MINOR)
    return f"{whole}.{part:0{_MINOR}} {currency}".strip()
