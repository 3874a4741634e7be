"""Words people type, in one spelling: case, blanks, accents and other names for the same thing."""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

_NEAR = 0.75
_LEAST = 4


@lru_cache(maxsize=1_024)
def key_of(text: str) -> str:
    """What two spellings of one word have in common: small letters without accents, signs as blanks."""
    bare = (char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in bare).casefold().split())


class Vocabulary:
    """Known words, each with other names for it; every other word stays as it was typed."""

    def __init__(self, words: Iterable[str], others: Mapping[str, tuple[str, ...]]) -> None:
        self._known = {key_of(word): word for word in (*words, *others)}
        self._known |= {key_of(other): word for word, names in others.items() for other in names}
        self._longest = max(len(key.split()) for key in self._known)

    def spelled(self, text: str) -> str:
        """The word in its one spelling; an unknown one with its blanks in order."""
        return self._known.get(key_of(text)) or " ".join(text.split())

    def knows(self, text: str) -> bool:
        """Whether it is one of the known words, however spelled."""
        return key_of(text) in self._known

    def nearest(self, text: str) -> str:
        """The known word an unknown one holds, or is a slip of; empty for a known one and for a stranger."""
        if self.knows(text):
            return ""
        found = self.held(text) or self.slips(text)
        return found[0] if found else ""

    def held(self, text: str) -> tuple[str, ...]:
        """The known words that stand in a longer text, “left eyelid”; a longer name hides one inside it."""
        return self._split(text)[0]

    def slips(self, text: str) -> tuple[str, ...]:
        """The known words that the rest of a text may be slips of, such as “scalpe”."""
        found, rest = self._split(text)
        if not rest:
            return ()
        from difflib import get_close_matches  # slow to load, and only a mistake needs it

        parts = (*(() if found else (" ".join(rest),)), *(word for word in rest if len(word) >= _LEAST))
        near = (get_close_matches(part, self._known, n=1, cutoff=_NEAR) for part in parts)
        return tuple(dict.fromkeys(self._known[each[0]] for each in near if each))

    def _split(self, text: str) -> tuple[tuple[str, ...], list[str]]:
        """The known words of a text, and the words of it that belong to none."""
        rest = key_of(text).split()
        found: list[str] = []
        strange: list[str] = []
        while rest:
            size = min(len(rest), self._longest)
            while size and " ".join(rest[:size]) not in self._known:
                size -= 1
            if size:
                found.append(self._known[" ".join(rest[:size])])
            else:
                strange.append(rest[0])
            rest = rest[size or 1 :]
        return tuple(dict.fromkeys(found)), strange
