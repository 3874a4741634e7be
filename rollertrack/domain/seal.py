"""The seal of a journal: how many entries it held at a moment, and a hash of where every stream ended then.

Each entry's hash holds the one before it, so the ends of all streams stand for all that was ever entered. A
text about a person that is kept apart stands in its entry as a hash: to erase it later breaks no seal.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rollertrack.domain.code import ALPHABET, narrow
from rollertrack.errors import BadInput

_GROUP, _LETTERS, _CHECK = 7, 19, 2
_OLD_GROUP, _OLD_LETTERS, _OLD_GROUPS = 5, 18, [5, 5, 5, 5]
"""Seals written before checks found every slip: four groups of five letters, of which two prove the rest."""
_MOST_DIGITS = 12
_WORD = "SEAL"
_LIKE = str.maketrans("01I58", "OLLSB")
_DIGITS = str.maketrans("OILSB", "01158")
"""What is typed for a letter, and for a digit, that looks the same."""
RIGHT = "the number and the letters behind it are right, with what parts them, as a report shows them"


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

    @property
    def is_old(self) -> bool:
        """Whether it has the two letters of proof that miss one slip of the pen in 256."""
        return len(self.letters) == _OLD_LETTERS

    def __str__(self) -> str:
        """As it is written on paper: the number, and the letters in groups."""
        letters, group = self.letters + _check_of(self), _OLD_GROUP if self.is_old else _GROUP
        groups = (letters[place : place + group] for place in range(0, len(letters), group))
        return "-".join((str(self.entries), *groups))

    def seals(self, state: "Seal") -> bool:
        """Whether it is the seal of a state; an old one holds the first letters of its hash."""
        return self.entries == state.entries and state.letters.startswith(self.letters)


def seal_of(ends: Iterable[End]) -> Seal:
    """The seal of a journal whose streams end so."""
    ordered = sorted(ends)
    content = "\n".join(f"{end.stream} {end.seq} {end.hash}" for end in ordered)
    return Seal(sum(end.seq for end in ordered), _letters(content, _LETTERS))


def _letters(content: str, count: int) -> str:
    """The beginning of a hash in letters that are never mistaken for another, four bits each."""
    from hashlib import sha256  # loads OpenSSL, which only reports and proofs need

    return "".join(ALPHABET[int(digit, 16)] for digit in sha256(content.encode()).hexdigest()[:count])


def _check_of(seal: Seal) -> str:
    """The two letters behind a seal's, which prove that nothing of it was mistaken.

    All its signs, the digits of its number too, are numbers of a field of sixteen (GF(16)). With these two
    their sum is nothing, and so is their sum weighted by place: one sign mistaken, or a digit dropped,
    changes the first, two neighbours exchanged the second.
    """
    if seal.is_old:
        return _letters(f"{seal.entries} {seal.letters}", _CHECK)
    signs = [*(int(digit) + 1 for digit in str(seal.entries)), *map(ALPHABET.index, seal.letters)]
    plain = weighted = 0
    for place, sign in enumerate(reversed(signs), _CHECK):
        plain ^= sign
        weighted ^= _times(sign, place)
    first = next(sign for sign in range(len(ALPHABET)) if sign ^ _times(sign, 1) == plain ^ weighted)
    return ALPHABET[first] + ALPHABET[first ^ plain]


_FIELD, _FOUR_BITS = 0b10011, 0b10000
"""The polynomial x⁴ + x + 1, of whose root every number of the field but nothing is a power."""


def _times(sign: int, power: int) -> int:
    """A number of the field times a power of that root."""
    for _ in range(power):
        sign <<= 1
        sign ^= _FIELD if sign & _FOUR_BITS else 0
    return sign


def read_seal(text: str) -> Seal:
    """A seal as typed from paper; BadInput where a letter or a digit was mistaken.

    Its word may stand before it, and what looks the same may be typed for each other. An old one is told by
    its groups of five: letters in any other groups, or none, are those of a seal of now.
    """
    parts = "".join(char if char.isalnum() else " " for char in narrow(text).upper()).split()
    if parts and parts[0].startswith(_WORD):
        parts = list(filter(None, [parts[0].removeprefix(_WORD), *parts[1:]]))
    is_old = [len(part) for part in parts[1:]] == _OLD_GROUPS
    count = (_OLD_LETTERS if is_old else _LETTERS) + _CHECK
    # Unparted, the last letters are meant; else a sign in the place of the first dash would be a digit more.
    parts = [parts[0][:-count], parts[0][-count:]] if len(parts) == 1 else parts
    number, letters = "".join(parts[:1]).translate(_DIGITS), "".join(parts[1:]).translate(_LIKE)
    is_number = number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS
    if not is_number or len(letters) != count or not set(letters) <= set(ALPHABET):
        raise BadInput("seal", f"“{text[:60]}” is no seal; {RIGHT}")
    seal = Seal(int(number), letters[:-_CHECK])
    if _check_of(seal) != letters[-_CHECK:]:
        raise BadInput("seal", f"a letter or a digit of “{text[:60]}” is not as on the paper; compare them")
    if not seal.entries:
        raise BadInput("seal", f"“{text[:60]}” seals no entry, so it proves nothing; another one is right")
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
