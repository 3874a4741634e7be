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
    """Where a roller stands by itself, for lists and counts, in the order in which they are counted.

    The five words answer for a roller, a person and a moment; a state says how the roller lies there.
    """

    READY = "ready"
    DIRTY = "dirty"
    STALE = "stale"
    NEW = "new"
    SOAKING = "soaking"
    TAKE_OUT = "take out"
    STOP = "stop"
    RETIRED = "retired"

    @property
    def sign(self) -> str:
        """The sign that stands before the state, so that no colour is needed."""
        return _STATE_SIGNS[self]


_STATE_SIGNS = {
    State.READY: "✓",
    State.DIRTY: "~",
    State.STALE: "~",
    State.NEW: "~",
    State.SOAKING: "◔",
    State.TAKE_OUT: "!",
    State.STOP: "✗",
    State.RETIRED: "–",
}
