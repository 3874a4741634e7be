"""The five words of the gate, from go to never."""

from enum import StrEnum


class Word(StrEnum):
    """One word that says whether a roller may touch skin now."""

    USE = "USE"
    CARE = "USE WITH CARE"
    WAIT = "WAIT"
    WASH = "WASH FIRST"
    STOP = "STOP"

    @property
    def rank(self) -> int:
        """How bad the word is, from 0; the worst finding decides."""
        return _RANKS[self]

    @property
    def sign(self) -> str:
        """The sign that stands beside the word, so that no colour is needed."""
        return _SIGNS[self]


_RANKS = {word: rank for rank, word in enumerate(Word)}
_SIGNS = {Word.USE: "✓", Word.CARE: "!", Word.WAIT: "◔", Word.WASH: "~", Word.STOP: "✗"}


class State(StrEnum):
    """Where a roller stands by itself, for lists and quick filters."""

    READY = "ready"
    STALE = "stale"
    DIRTY = "dirty"
    SOAKING = "soaking"
    STOP = "stop"
