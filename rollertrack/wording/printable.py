"""Text from the record made safe to show: data is never a command to a terminal, nor hidden from a reader."""

import unicodedata
from functools import lru_cache

REPLACEMENT = "\ufffd"


def printable(text: str) -> str:
    """The text with every character that is not printable shown as `�`, odd spaces as spaces."""
    return text if text.isprintable() else "".join(map(_visible, text))


@lru_cache(4096)
def _visible(char: str) -> str:
    if char.isprintable():
        return char
    if unicodedata.category(char) != "Zs":
        return REPLACEMENT
    # The ideographic space is two cells wide, and a line keeps its width.
    return "  " if unicodedata.east_asian_width(char) == "F" else " "
