"""What a scanner sends, told from what a hand types by shape and check letter alone.

A scan is one line: a bare code, a code in threes, or a link that ends in a code, with or without the mark of
its label in front; each also behind the three characters by which a scanner names the symbol (`]Q1`), in
either case, and with every character but the sixteen letters turned into another by a keyboard layout."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rollertrack.domain import code

LONGEST_LINK = 300
_REPEATED = re.compile(r"(.)\1{4,}")

_LETTER = f"[{code.ALPHABET}{code.ALPHABET.lower()}]"
_SIGN = "[^A-Za-z0-9 ]"  # what `-`, `/` and `]` turn into is a sign or an accented letter, nearly everywhere
_SYMBOL_NAME = re.compile(rf"{_SIGN}(?:[A-Za-z].?)?", re.ASCII)
_BARE = re.compile(f"{_LETTER}{{9,10}}", re.ASCII)
_IN_THREES = rf"{_LETTER}{{3}}({_SIGN}){_LETTER}{{3}}\1{_LETTER}{{3}}"
_THREES = re.compile(f"(?:{_LETTER}{_SIGN})?{_IN_THREES}", re.ASCII)
_LINK = re.compile(f"https?.+[^A-Za-z0-9](?:{_LETTER}{{9,10}}|{_IN_THREES})", re.ASCII | re.IGNORECASE)
_BEGUN_LETTERS = re.compile(
    rf"{_LETTER}{{0,10}}|(?:{_LETTER}{_SIGN})?"
    rf"(?:{_LETTER}{{0,3}}|{_LETTER}{{3}}({_SIGN})(?:{_LETTER}{{0,3}}|{_LETTER}{{3}}\1{_LETTER}{{0,3}}))",
    re.ASCII,
)
_BROKEN_LINK = re.compile(rf"HTTPS?.+({_SIGN})[A-Z]\1[^\s]{{1,20}}", re.ASCII)
# Links without a kind: nine or ten letters, or one more or less.
_BROKEN_SHORT_LINK = re.compile(rf"https?{_SIGN}.+{_SIGN}{_LETTER}{{8,11}}", re.ASCII | re.IGNORECASE)
_SCHEME = "https"
_SMALL_SCHEME = re.compile(f"https?(?={_SIGN})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one line holds: a valid code, or the remains of one, or neither."""

    code: str | None = None
    damaged: bool = False


def read(line: str) -> Reading:
    """The code in a whole line, told by its exact shape and its check letter.

    Damage is claimed only for capitals, as labels carry them but for the scheme of a link: nine or ten
    letters of the alphabet, or a link to a record, whose code is not valid. In small letters the same could
    be a word somebody wrote.
    """
    line = code.narrow(line)
    for body in _bodies(line):
        if _is_whole(body):
            letters = code.last_letters(body)
            if code.is_code(letters):
                return Reading(code=letters)
    return Reading(damaged=any(_is_broken(body) for body in _bodies(line)))


def may_grow(text: str) -> bool:
    """Whether text is a scan or could become one with more characters."""
    text = code.narrow(text)
    if text and _is_foreign(text[0]):
        return len(text) <= LONGEST_LINK and _REPEATED.fullmatch(text) is None
    return _SYMBOL_NAME.fullmatch(text) is not None or any(_has_begun(body) for body in _bodies(text))


def is_of_another_script(text: str) -> bool:
    """Whether text has the form of a scan on a keyboard of letters that are not Latin: one long word.

    An input method may have put several keys into one character, as with Korean.
    """
    keys = unicodedata.normalize("NFD", code.narrow(text))
    letters = sum(char.isalpha() for char in keys)
    return letters >= code.LENGTH and not any(map(str.isspace, text)) and script_of(keys) != "Latin"


def _is_foreign(char: str) -> bool:
    return not char.isascii() and char.isalpha() and script_of(char) != "Latin"


def read_lines(text: str) -> list[tuple[str, Reading]]:
    """Every line of a paste with its reading, or nothing when any line is no scan or none is whole."""
    read_ones = [(line, read(line)) for line in map(str.strip, text.splitlines()) if line]
    all_scans = all(reading.code or reading.damaged for _, reading in read_ones)
    return read_ones if all_scans and any(reading.code for _, reading in read_ones) else []


def _bodies(text: str) -> list[str]:
    named = _SYMBOL_NAME.fullmatch(text[:3])
    return [text, text[3:]] if named and len(text) > 3 else [text]  # noqa: PLR2004 - `]Q1` is three


def _is_whole(body: str) -> bool:
    return any(shape.fullmatch(body) for shape in (_BARE, _THREES)) or (
        len(body) <= LONGEST_LINK and _LINK.fullmatch(body) is not None
    )


def _is_broken(body: str) -> bool:
    if any(char.isascii() and char.islower() for char in _SMALL_SCHEME.sub("", body, count=1)):
        return False
    return any(shape.fullmatch(body) for shape in (_BARE, _THREES, _BROKEN_LINK, _BROKEN_SHORT_LINK))


def _has_begun(body: str) -> bool:
    if _BEGUN_LETTERS.fullmatch(body):
        return True
    start = body[: len(_SCHEME)].lower()
    is_link = start.startswith(_SCHEME[:-1]) or _SCHEME.startswith(start)
    return is_link and len(body) <= LONGEST_LINK


def script_of(text: str) -> str:
    """The script that most letters of a text belong to, such as Cyrillic; empty for one without letters."""
    scripts = list(_scripts(text))
    return max(set(scripts), key=scripts.count).capitalize() if scripts else ""


def _scripts(text: str) -> Iterator[str]:
    return (unicodedata.name(char, "UNKNOWN").split()[0] for char in text if char.isalpha())
