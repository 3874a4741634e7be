"""What a box may have said that a keyboard layout has garbled on its way.

A scanner types the keys of the English layout; a computer set to another one reads other characters. Each
layout is gone through backwards: the texts that would have arrived as this one did.
"""

from collections import Counter
from functools import cache

from rollertrack.scanner.keyboards import ENGLISH, LAYOUTS, Case, retyped
from rollertrack.scanner.makers_barcodes import SEPARATOR

CASES = (Case.KEPT, Case.CAPS_LOCK, Case.SHIFT_LOCK)
_TYPED = "".join(map(chr, range(0x21, 0x7F)))


def originals(text: str, fewest: int = 1) -> list[str]:
    """Every text that a scanner may have sent for this one to arrive, the likeliest first, not itself.

    Only those that `fewest` layouts say; capitals and small letters are mostly as they were sent.
    """
    found: list[str] = []
    for cases in (CASES[:1], CASES[1:]):
        counted = Counter(filter(None, (_back(text, table) for case in cases for table in _tables(case))))
        found += [original for original, layouts in counted.most_common() if layouts >= fewest]
    return [original for original in dict.fromkeys(found) if original != text]


def _back(text: str, table: dict[str, str]) -> str:
    """What was sent by one table; empty where a character of the text cannot have come so."""
    try:
        return "".join([table[char] for char in text])
    except KeyError:
        return ""


@cache
def _tables(case: Case) -> tuple[dict[str, str], ...]:
    """For each layout the character that was sent for each that arrives; two keys that arrive as one
    leave it open, and nothing comes of them."""
    return tuple(_backwards(layout, case) for layout in LAYOUTS)


def _backwards(layout: str, case: Case) -> dict[str, str]:
    back: dict[str, str] = {SEPARATOR: SEPARATOR}
    twice = set()
    for char in _TYPED:
        arrived = retyped(char, ENGLISH, layout, case)
        if arrived in back:
            twice.add(arrived)
        if arrived:
            back[arrived] = char
    for char in twice:
        del back[char]
    return back
