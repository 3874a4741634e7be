"""The door for text and numbers from outside: cleaned once here, data everywhere after."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from rollertrack.errors import BadInput

if TYPE_CHECKING:  # decimal is slow to load, and no text needs it
    from decimal import Decimal

NAME_LIMIT = 80
NOTE_LIMIT = 2_000
_WHOLE_NUMBER = r"-?[0-9]{1,12}"
_PLAIN_NUMBER = r"-?(?=\.?[0-9])[0-9]{0,8}(\.[0-9]{0,8})?"
# Printable by the book, yet nothing is seen of them: joiners, fillers, variation selectors.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0").union(
    map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)


def in_order(text: str) -> str:
    """What a text is sorted by: capitals do not count, and numbers stand in it as numbers."""
    return re.sub(_NUMBER, lambda found: found[0].lstrip("0").zfill(_LONGEST_NUMBER), text.casefold())


_NUMBER, _LONGEST_NUMBER = r"[0-9]+", NAME_LIMIT


def is_seen(char: str) -> bool:
    """Whether a character is one that a reader sees: no control, bidi, zero-width or filling one."""
    return char.isprintable() and char not in _UNSEEN


def all_seen(text: str) -> bool:
    """Whether a reader sees every character of a text."""
    return text.isprintable() and _UNSEEN.isdisjoint(text)


def printable(text: str, instead: str = "\ufffd") -> str:
    """The text as it may be shown: what a reader would not see stands as `instead`, odd spaces as spaces."""
    return text if all_seen(text) else "".join(_visible(char, instead) for char in text)


@lru_cache(4096)
def _visible(char: str, instead: str) -> str:
    if is_seen(char):
        return char
    if unicodedata.category(char) != "Zs":
        return instead
    # The ideographic space is two cells wide, and a line keeps its width.
    return "  " if unicodedata.east_asian_width(char) == "F" else " "


def excerpt(text: str, most: int = 40) -> str:
    """What was typed, as far as one needs to recognise it, with no sign that a terminal would obey."""
    return printable(text if len(text) <= most else text[: most - 1] + "…")


def ended(text: str) -> str:
    """The text with a stop at its end, unless it has one."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def clean_line(field: str, text: str, limit: int = NAME_LIMIT) -> str:
    """One trimmed line of at most `limit` characters, without control, bidi or zero-width ones."""
    spaced = text if text.isascii() else "".join(map(_plain_space, text))
    line = unicodedata.normalize("NFC", spaced).strip()
    if not all_seen(line):
        unseen = next(char for char in line if not is_seen(char))
        raise BadInput(
            field, f"holds the invisible character U+{ord(unseen):04X}; use letters, digits and signs only"
        )
    if len(line) > limit:
        raise BadInput(field, f"has {len(line):,} characters; at most {limit:,} fit")
    return line


def _plain_space(char: str) -> str:
    return " " if unicodedata.category(char) == "Zs" else char


def required_line(field: str, text: str, limit: int = NAME_LIMIT) -> str:
    """A clean line that is not empty."""
    line = clean_line(field, text, limit)
    if not line:
        raise BadInput(field, "is empty; please write something")
    return line


def whole_number(field: str, text: str, lowest: int, highest: int) -> int:
    """A whole number between two bounds, both allowed."""
    digits = text.strip()
    if not re.fullmatch(_WHOLE_NUMBER, digits):
        raise BadInput(field, f"{_quoted(text)} is not a whole number; {lowest:,} to {highest:,} is right")
    number = int(digits)
    if not lowest <= number <= highest:
        raise BadInput(field, f"{number:,} is out of range; {lowest:,} to {highest:,} is right")
    return number


def needle_length(text: str, field: str = "length") -> "Decimal":
    """A needle length in mm, 0.05 to 5.00 with at most two decimals; a decimal comma is read too."""
    from decimal import Decimal

    from rollertrack.domain.payloads import LONGEST, SHORTEST

    right = f"{SHORTEST} to {LONGEST} mm with at most two decimals is right, such as 0.5"
    number = decimal_number(text.strip().lower().removesuffix("mm"), field, right)
    if not SHORTEST <= number <= LONGEST:
        raise BadInput(field, f"{_quoted(text)} is out of range; {right}")
    if number != number.quantize(Decimal("0.01")):
        raise BadInput(field, f"{_quoted(text)} is too fine; {right}")
    return number.quantize(Decimal("0.01"))


def strength(text: str, field: str = "strength") -> "Decimal":
    """The strength of an agent in percent, above 0 and at most 100."""
    from decimal import Decimal

    right = "above 0 and at most 100 percent is right, such as 70"
    number = decimal_number(text.strip().removesuffix("%"), field, right)
    if not 0 < number <= 100:  # noqa: PLR2004 - percent
        raise BadInput(field, f"{_quoted(text)} is out of range; {right}")
    if number != number.quantize(Decimal("0.01")):
        raise BadInput(field, f"{_quoted(text)} is too fine; at most two decimals are right")
    return number.normalize() if number != number.to_integral() else number.quantize(Decimal(1))


def decimal_number(text: str, field: str, right: str) -> "Decimal":
    """A plain decimal number, with a point or a comma; `right` ends the sentence when it is not one."""
    plain = text.strip().replace(",", ".")
    if not re.fullmatch(_PLAIN_NUMBER, plain):
        raise BadInput(field, f"{_quoted(text)} is not a number; {right}")
    from decimal import Decimal

    return Decimal(plain)


def near_hint(word: str, known: Iterable[str], otherwise: str) -> str:
    """A question that names the nearest known word, or the other hint when none is near."""
    from difflib import get_close_matches  # slow to load, and only a mistake needs it

    near = get_close_matches(word, list(known), n=1)
    return f"did you mean {near[0]}?" if near else otherwise


def _quoted(text: str) -> str:
    return f"“{excerpt(text, 30)}”"
