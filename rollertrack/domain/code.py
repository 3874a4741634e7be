"""The nine-letter codes that name rollers, persons, solutions, operators, bins, cards and incidents.

One kind letter, seven random letters, one check letter, all from sixteen letters that a scanner set to a
US keyboard types unchanged on every Latin layout. The check letter is the sum of position x value,
modulo 17; a draw whose sum is 16 is thrown away, so any one wrong letter and any swap of two is caught.

What is never printed as a label has a kind letter outside the sixteen: so it takes none of the marks of
reprints, and no scanner's text is ever read as its code.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from enum import StrEnum

from rollertrack.domain.quantities import article
from rollertrack.errors import BadCode

ALPHABET = "BDEFGHJKLNOPRSTU"
LENGTH = 9
_LETTER = re.compile("[A-Za-z]")
_PARTING = " -·"
"""The signs that may part a mark from nine unbroken letters."""
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
_MODULUS = 17
_OUTSIDE = 16
"""What a kind letter outside the alphabet counts: as none of the sixteen, so that either is caught for it."""


class Kind(StrEnum):
    """What a code names, by its first letter."""

    ROLLER = "R"
    PERSON = "P"
    SOLUTION = "S"
    OPERATOR = "U"
    BIN = "B"
    CARD = "T"
    INCIDENT = "I"


_KINDS = frozenset(Kind)
LABELLED = (Kind.ROLLER, Kind.PERSON, Kind.SOLUTION, Kind.OPERATOR, Kind.BIN, Kind.CARD)
"""What labels and cards are made of, and scanners read; the codes of others are shown and typed only."""


# Written out, since they stand on printed labels: a new kind of code takes none of them. None begins a
# code yet, so that a marked code that lost its end is no other code.
MARKS = "DEFGHJKLNO"

TEST_CODE = "TESTTESTK"
"""The code of every test symbol; no card carries it and no record ever will."""
TEST_PAYLOAD = f"HTTPS://RT.EXAMPLE/eE-ZYQWCIV-0123456789/T/{TEST_CODE}"
"""A link with every sign a label may hold, the digits, one small letter, and the letters layouts move."""

KIND_WORDS = {
    Kind.ROLLER: "roller",
    Kind.PERSON: "person",
    Kind.SOLUTION: "solution",
    Kind.OPERATOR: "operator",
    Kind.BIN: "sharps bin",
    Kind.CARD: "action card",
    Kind.INCIDENT: "incident",
}


def check_letter(body: str) -> str | None:
    """The check letter of eight letters, or None when their sum has none."""
    weighed = [place * _VALUE.get(letter, _OUTSIDE) for place, letter in enumerate(body, 1)]
    remainder = sum(weighed) % _MODULUS
    return ALPHABET[remainder] if remainder < len(ALPHABET) else None


def make(kind: Kind, choose: Callable[[str], str]) -> str:
    """A new code; `choose` picks one of the letters of the string it is given, at random."""
    while True:
        body = kind.value + "".join(choose(ALPHABET) for _ in range(LENGTH - 2))
        if letter := check_letter(body):
            return body + letter


def is_code(text: str) -> bool:
    """Whether text is exactly one valid code in capitals."""
    return (
        len(text) == LENGTH
        and all(letter in _VALUE for letter in text[1:])
        and text[0] in _KINDS
        and check_letter(text[:-1]) == text[-1]
    )


def shown(code: str, mark: str = "") -> str:
    """The code in threes, as people read it: RKD-TLB-NEB, or behind the mark of a label D·RKD-TLB-NEB.

    A kind letter that no label carries stands apart, as in I·KDT-LBN-EB.
    """
    if code[:1] not in _VALUE:
        return f"{code[:1]}·{code[1:4]}-{code[4:7]}-{code[7:]}"
    threes = f"{code[:3]}-{code[3:6]}-{code[6:]}"
    return f"{mark}·{threes}" if mark else threes


def kind_of(code: str) -> Kind:
    """What a valid code names."""
    return Kind(code[0])


def narrow(text: str) -> str:
    """The text with each full-width character of an East Asian input method as the usual one.

    Only those: the same normal form (NFKC) makes letters of signs that other keyboards type, such as `º`.
    """
    return text if text.isascii() else "".join(map(_narrow, text))


def _narrow(char: str) -> str:
    return unicodedata.normalize("NFKC", char) if unicodedata.east_asian_width(char) == "F" else char


def last_letters(text: str) -> str:
    """The last nine ASCII letters of anything typed or scanned, in capitals.

    Only ASCII letters count, full-width ones too: a keyboard layout turns the marks of a link into accented
    letters and signs, and upper-casing all of Unicode would turn one `ß` into two letters.
    """
    return "".join(_LETTER.findall(narrow(text))[-LENGTH:]).upper()


def find(text: str) -> str:
    """The code in anything a scanner or a hand can send.

    Raises BadCode, with the letters as read, when there is none or the check letter does not fit.
    """
    letters = last_letters(text)
    if len(letters) < LENGTH:
        raise BadCode("a code has nine letters, such as RKD-TLB-NEB")
    begun = letters[1:] if letters[0] in _KINDS else letters
    foreign = sorted(set(begun).difference(_VALUE))
    if foreign:
        raise BadCode(f"{shown(letters)} holds {', '.join(foreign)}; codes use only the letters {ALPHABET}")
    if letters[0] not in _KINDS:
        kinds = ", ".join(LABELLED)
        raise BadCode(f"{shown(letters)} does not begin with a letter that names a kind ({kinds})")
    if check_letter(letters[:-1]) != letters[-1]:
        raise BadCode(f"the check letter of {shown(letters)} does not fit; a letter was misread or damaged")
    return letters


def next_mark(mark: str | None) -> str:
    """The letter in front of the code on the next label of the same thing.

    None stands for no label so far, whose successor carries none; after the last the letters begin again.
    """
    if mark is None:
        return ""
    return next((letter for letter in MARKS if letter > mark), MARKS[0])


def mark_of(text: str) -> str:
    """The generation mark in anything typed or scanned, empty without one.

    It is the lone letter right before the nine; where the mark and the code are the whole line it may stand
    apart, as in D-RKD-TLB-NEB. The R of an older link HTTP://HOST/R/RKDTLBNEB belongs to the link.
    """
    text = narrow(text)
    places = [found.start() for found in _LETTER.finditer(text)][-LENGTH - 1 :]
    mark = text[places[0]].upper() if len(places) > LENGTH else ""
    if mark not in _VALUE:
        return ""
    before = text[: places[0]]
    apart, letters = text[places[0] + 1 : places[1]], text[places[1] : places[-1] + 1]
    if not apart:
        return "" if _is_letter(before[-1:]) else mark
    is_whole_line = not before.strip() or _names_symbol(before.strip())
    return mark if is_whole_line and len(apart) == 1 and _stands_apart(apart, letters) else ""


def _stands_apart(sign: str, letters: str) -> bool:
    """Whether one sign may part a mark from the letters of a code, which are unbroken or in threes."""
    if len(letters) == LENGTH:
        return sign in _PARTING
    return (
        not sign.isdigit()
        and sign != "/"
        and [len(group) for group in letters.split(letters[3])] == [3, 3, 3]
    )


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _names_symbol(text: str) -> bool:
    """Whether text is what a scanner may send to name the kind of symbol, such as `]Q1`."""
    return len(text) == len("]Q1") and not _is_letter(text[0]) and _is_letter(text[1])


def is_label_text(text: str) -> bool:
    """Whether a scanned text has the form that only labels carry: the letters of its code unbroken.

    A code on a page, a card or a screen is in threes, so that scanning it there proves no label.
    """
    return last_letters(text) in narrow(text).upper()


def find_kind(text: str, kind: Kind) -> str:
    """The code in text, refused unless it names that kind."""
    code = find(text)
    if kind_of(code) is not kind:
        raise BadCode(f"{shown(code)} is {_one(kind_of(code))}, not {_one(kind)}")
    return code


def _one(kind: Kind) -> str:
    return article(KIND_WORDS[kind])


def neighbours(letters: str) -> Iterator[str]:
    """Every valid code that differs from nine letters in exactly one place."""
    for place in range(min(len(letters), LENGTH)):
        for letter in ALPHABET:
            candidate = letters[:place] + letter + letters[place + 1 :]
            if letter != letters[place] and is_code(candidate):
                yield candidate
