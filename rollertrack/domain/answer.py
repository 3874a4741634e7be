"""The gate's answer with the facts beside it; apart from the other results to keep `check` quick to load."""

from decimal import Decimal
from typing import NamedTuple

from rollertrack.domain.verdict import RELEASABLE, Verdict
from rollertrack.domain.words import Word

_TAKE_OUT = frozenset({"take-out", "soak"})
_IN_A_SOAK = _TAKE_OUT | {"soaking"}
WORN_OUT = frozenset({"uses", "age", "expiry", "inspection", "shared", "infected", "sterile"})


class Answer(NamedTuple):
    """A verdict with the facts a screen shows beside it."""

    code: str
    name: str
    length: Decimal | None
    verdict: Verdict
    person: str | None
    person_label: str | None
    head: int
    uses: int = 0
    uses_limit: int | None = None
    replace_on: int | None = None
    """The last good instant: its day is the date people are told."""
    replace_because: str = ""
    disinfected_at: int | None = None
    fresh_until: int | None = None
    last_use: bool = False
    """Whether the use to come is its last: the sharps container follows, and no wash."""
    nearest: tuple[str, ...] = ()
    label_warning: str = ""
    """What to do about the label that was scanned, when it is not the current one."""
    form: str = ""
    stands_in: bool = False
    """Whether nobody was named and the roller is nobody's: its person is the only one on record."""

    @property
    def next_deed(self) -> str | None:
        """The deed that follows, by its name; None where only time or a person can help."""
        word = self.verdict.word
        rules = {finding.rule for finding in self.verdict.findings if finding.word is word}
        if self.verdict.may_use:
            return "use"
        if rules & _TAKE_OUT:
            return "done"
        if word is Word.WASH:
            return "soak"
        if word is Word.STOP and "retired" not in rules:
            return "retire" if rules & WORN_OUT else "release" if rules & RELEASABLE else None
        return None

    @property
    def is_soaking(self) -> bool:
        """Whether the roller lies in a soak, also one whose time is up."""
        return any(finding.rule in _IN_A_SOAK for finding in self.verdict.findings)
