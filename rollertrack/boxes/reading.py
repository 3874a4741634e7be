"""Read what a scanner sent of a maker's box, or a hand typed from its pack; pure.

Whatever comes, the key of the product is certain or there is none; a lot is never certain: a keyboard layout
may have changed it without a trace, and separators may be lost. So every reading is given, and a person
compares it with the pack.
"""

import re
from typing import Final

from rollertrack.boxes import gs1, hibc
from rollertrack.boxes.layouts import originals
from rollertrack.domain.barcodes import Barcode, Readings, told_alike
from rollertrack.domain.lots import norm
from rollertrack.domain.text import all_seen
from rollertrack.errors import BadInput
from rollertrack.scanner.makers_barcodes import LONGEST, SEPARATOR

MOST_READINGS: Final = 6
_FEWEST_LAYOUTS = 2
"""What reads as it stands is doubted only where several layouts would make the same of it."""
_SEPARATORS = re.compile(r"<GS>|\{GS\}|\^\]|[\uf70b\u241d|]", re.IGNORECASE)
"""What programs and scanners put in the place of a separator."""
_SYMBOL = re.compile(r"\][A-Za-z]\d", re.ASCII)
_GS1_SYMBOLS = ("]C1", "]d2", "]e0", "]Q3", "]J1")
"""Names of symbols that hold GS1 data; one that arrives whole shows that the layout changed nothing."""
_NAMED = len("]d2")
_PRINTED = re.compile(r"\(\d{2,4}\)", re.ASCII)


def read(text: str) -> Readings:
    """Every reading of a text, the likeliest first; BadInput says what is wrong with it.

    All have the same key; with no key it is the second code of a box.
    """
    plain = _SEPARATORS.sub(SEPARATOR, text.strip()).strip(SEPARATOR)
    if not plain or len(plain) > LONGEST or not all_seen(plain.replace(SEPARATOR, "")):
        raise BadInput("barcode", gs1.UNKNOWN)
    found: list[Barcode] = []
    complaint = BadInput("barcode", gs1.UNKNOWN)
    try:
        found += _as_it_stands(plain)
    except BadInput as error:
        if _has_its_digits(plain):
            raise
        complaint = error
    if not plain.startswith(_GS1_SYMBOLS) and not _PRINTED.match(plain):
        found += _through_layouts(plain, found)
    if not found:
        raise complaint
    return told_alike(found)[:MOST_READINGS]


def _as_it_stands(text: str) -> Readings:
    symbol = _SYMBOL.match(text)
    body = text[_NAMED:].lstrip(SEPARATOR) if symbol else text
    if _PRINTED.match(body):
        body = body.replace(" ", "")
    if hibc.begins(body):
        return (hibc.read(body),)
    if gs1.begins(body):
        return gs1.read(body)
    raise BadInput("barcode", gs1.UNKNOWN)


def _has_its_digits(text: str) -> bool:
    """Whether its digits arrived: no layout then makes another number of them, and what is wrong is wrong."""
    body = text[_NAMED:].lstrip(SEPARATOR) if _SYMBOL.match(text) else text
    return body[:2].isdigit() and body[2:16].isdigit()


def _through_layouts(text: str, found: list[Barcode]) -> list[Barcode]:
    """The readings of what may have been sent, the likeliest first; none where they name several products."""
    others: list[Barcode] = []
    for original in originals(text, _FEWEST_LAYOUTS if found else 1):
        body = original[_NAMED:].lstrip(SEPARATOR) if _SYMBOL.match(original) else original
        if gs1.has_key(body) or hibc.begins(body):
            try:
                read_so = _as_it_stands(original)
            except BadInput:
                continue
            # What a scanner says of the symbol, and arrives whole of it, speaks for this layout.
            others = [*read_so, *others] if original.startswith(_GS1_SYMBOLS) else [*others, *read_so]
    if not found and len({each.key for each in others}) > 1:
        return []
    keys = {each.key for each in found} or {each.key for each in others}
    known = {norm(each.lot) for each in found}
    return [each for each in others if each.key in keys and norm(each.lot) not in known]
