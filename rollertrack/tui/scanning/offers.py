"""The one key that does the next step of a verdict."""

from dataclasses import dataclass

from rollertrack.deeds.table import BY_NAME
from rollertrack.domain.answer import Answer
from rollertrack.domain.words import Word


@dataclass(frozen=True, slots=True)
class Offer:
    """A deed one key away: what it does in words, and its name."""

    label: str
    deed: str

    @property
    def key(self) -> str:
        """The key of the deed."""
        return BY_NAME[self.deed].key


USE = Offer("log the use", "use")
SOAK = Offer("start the soak", "soak")
FINISH = Offer("take it out", "done")
RETIRE = Offer("retire it", "retire")
RELEASE = Offer("release it", "quarantine")
CLAIM = Offer("register a roller with this code", "claim")
_TAKE_OUT = frozenset({"take-out", "soak"})
_IN_A_SOAK = _TAKE_OUT | {"soaking"}
_WORN_OUT = frozenset({"uses", "age", "expiry", "inspection", "shared", "infected", "sterile"})
_HELD = frozenset({"quarantined", "recalled"})


def offer_for(answer: Answer) -> Offer | None:
    """The deed that follows from a verdict, or None where only time or a person can help."""
    rules = {finding.rule for finding in answer.verdict.findings if finding.word is answer.verdict.word}
    if answer.verdict.may_use:
        return USE
    if rules & _TAKE_OUT:
        return FINISH
    if answer.verdict.word is Word.WASH:
        return SOAK
    if answer.verdict.word is Word.STOP and "retired" not in rules:
        return RETIRE if rules & _WORN_OUT else RELEASE if rules & _HELD else None
    return None


def is_soaking(answer: Answer) -> bool:
    """Whether the roller lies in a soak, also one whose time is up."""
    return any(finding.rule in _IN_A_SOAK for finding in answer.verdict.findings)
