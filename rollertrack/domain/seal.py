"""The seal of a journal: how many entries it held at a moment, and a hash of where every stream ended then.

Each entry's hash holds the one before it, so the ends of all streams stand for all that was ever entered. A
text about a person that is kept apart stands in its entry as a hash: to erase it later breaks no seal.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rollertrack.domain.code import ALPHABET, narrow
from rollertrack.errors import BadInput

_GROUP, _LETTERS, _CHECK = 5, 18, 2
_FORM = re.compile(rf"([0-9]{{1,12}})([{ALPHABET}]{{{_LETTERS}}})([{ALPHABET}]{{{_CHECK}}})")
_WORD = "SEAL"
_LIKE = str.maketrans("01I58", "OLLSB")
_DIGITS = str.maketrans("OILSB", "01158")
"""What is typed for a letter, and for a digit, that looks the same."""
RIGHT = "the number and the twenty letters behind it are right, as a report shows them"


class End(NamedTuple):
    """Where a stream ends: its last entry and that one's hash."""

    stream: str
    seq: int
    hash: str


class Entry(NamedTuple):
    """An entry as the order of entering needs it: microseconds UTC, and its hash."""

    stream: str
    seq: int
    recorded_at: int
    hash: str


class Seal(NamedTuple):
    """How many entries were sealed, and the letters of their hash."""

    entries: int
    letters: str

    def __str__(self) -> str:
        """As it is written on paper: the number, and the letters in groups."""
        letters = self.letters + _check_of(self.entries, self.letters)
        groups = (letters[place : place + _GROUP] for place in range(0, len(letters), _GROUP))
        return "-".join((str(self.entries), *groups))


def seal_of(ends: Iterable[End]) -> Seal:
    """The seal of a journal whose streams end so."""
    ordered = sorted(ends)
    content = "\n".join(f"{end.stream} {end.seq} {end.hash}" for end in ordered)
    return Seal(sum(end.seq for end in ordered), _letters(content, _LETTERS))


def _letters(content: str, count: int) -> str:
    """The beginning of a hash in letters that are never mistaken for another, four bits each."""
    from hashlib import sha256  # loads OpenSSL, which only reports and proofs need

    return "".join(ALPHABET[int(digit, 16)] for digit in sha256(content.encode()).hexdigest()[:count])


def _check_of(entries: int, letters: str) -> str:
    return _letters(f"{entries} {letters}", _CHECK)


def read_seal(text: str) -> Seal:
    """A seal as typed from paper; BadInput where a letter or a digit was mistaken.

    Its word may stand before it, and what looks the same may be typed for each other.
    """
    bare = "".join(char for char in narrow(text).upper() if char.isalnum()).removeprefix(_WORD)
    behind = -(_LETTERS + _CHECK)
    found = _FORM.fullmatch(bare[:behind].translate(_DIGITS) + bare[behind:].translate(_LIKE))
    if found is None:
        raise BadInput("seal", f"“{text[:60]}” is no seal; {RIGHT}")
    seal = Seal(int(found[1]), found[2])
    if _check_of(*seal) != found[3]:
        raise BadInput("seal", f"“{text[:60]}” was mistyped somewhere; compare it with the paper once more")
    return seal


def entered_first(entries: Iterable[Entry], count: int) -> tuple[Mapping[str, End], int]:
    """Where each stream ended after the first entries of all, and when the last of those was entered.

    The entries come by stream in their order. None of a stream counts as entered before the one it follows,
    whatever its clock said.
    """
    order: list[tuple[int, str, int, str]] = []
    stream, high = "", 0
    for entry in entries:
        high = entry.recorded_at if entry.stream != stream else max(high, entry.recorded_at)
        stream = entry.stream
        order.append((high, entry.stream, entry.seq, entry.hash))
    order.sort()
    first = order[:count]
    return {stream: End(stream, seq, each) for _, stream, seq, each in first}, first[-1][0] if first else 0
