"""The names of streams that no label carries: of products and of packs.

A letter outside the alphabet of codes, seven random letters of it and its check letter, where the first
letter counts nothing: no scan can be taken for one, and no mark of a label is used up by them.
"""

from collections.abc import Callable
from enum import StrEnum

from rollertrack.domain.code import ALPHABET, LENGTH, check_letter, last_letters, narrow, shown
from rollertrack.domain.quantities import article
from rollertrack.errors import BadCode


class StreamKind(StrEnum):
    """What a name of this kind stands for, by its first letter."""

    PRODUCT = "M"
    PACK = "C"


WORDS = {StreamKind.PRODUCT: "product", StreamKind.PACK: "pack"}
_NOTHING = ALPHABET[0]
"""The letter whose value is 0: it stands for the first one in the sum."""


def make(kind: StreamKind, choose: Callable[[str], str]) -> str:
    """A new name; `choose` picks one of the letters of the string it is given, at random."""
    while True:
        body = "".join(choose(ALPHABET) for _ in range(LENGTH - 2))
        if letter := check_letter(_NOTHING + body):
            return kind.value + body + letter


def is_name(text: str) -> bool:
    """Whether text is exactly one such name in capitals."""
    letters = text[1:]
    return (
        len(text) == LENGTH
        and text[0] in set(StreamKind)
        and set(letters) <= set(ALPHABET)
        and check_letter(_NOTHING + letters[:-1]) == letters[-1]
    )


def looks_like_one(text: str) -> bool:
    """Whether text is meant as such a name, be it damaged."""
    letters = "".join(char for char in narrow(text).upper() if char.isalpha())
    return len(letters) == LENGTH and letters[0] in set(StreamKind) and set(letters[1:]) <= set(ALPHABET)


def find(text: str, kind: StreamKind) -> str:
    """The name in what was typed; BadCode when it is none of that kind."""
    name = last_letters(text)
    if not is_name(name):
        raise BadCode(f"“{text[:30]}” names no {WORDS[kind]}; such as {kind.value}·BTJ-NPF-SS is right",
                      field=WORDS[kind])  # fmt: skip
    if name[0] != kind:
        found = article(WORDS[StreamKind(name[0])])
        raise BadCode(f"{shown(name)} is {found}, not {article(WORDS[kind])}", field=WORDS[kind])
    return name
