"""What the gate is asked, and what it answers."""

from decimal import Decimal
from typing import NamedTuple

from rollertrack.domain.ends import Ends, ends_of, needs_a_pack
from rollertrack.domain.person import Person
from rollertrack.domain.policy import Policy
from rollertrack.domain.roller import Roller
from rollertrack.domain.standing import Standing, standing
from rollertrack.domain.words import Word
from rollertrack.errors import RollerTrackError

RELEASABLE = frozenset({"quarantined", "recalled"})
"""The rules of what holds a roller until it is released."""
LASTING = frozenset({"notice"})
"""The rules of what holds all its life long: the record says it, and no look at how it stands now."""


class Finding(NamedTuple):
    """What one rule found, and what to do about it."""

    rule: str
    word: Word
    message: str
    step: str = ""

    @property
    def sign(self) -> str:
        """The sign beside it; what only informs does not carry the sign of go."""
        return "·" if self.word is Word.USE else self.word.sign


class Verdict(NamedTuple):
    """The gate's answer: the worst finding's word, every finding, the next step.

    `valid_until` is the next instant (microseconds UTC) at which the word turns, None when time alone turns
    it no more; `said_until` is the next at which a rule turns, and a screen says it anew.
    """

    word: Word
    findings: tuple[Finding, ...]
    next_step: str
    valid_until: int | None
    said_until: int | None = None

    @property
    def may_use(self) -> bool:
        """Whether needles may touch skin, once the findings are acknowledged."""
        return self.word in {Word.USE, Word.CARE}

    @property
    def lacks_answers(self) -> bool:
        """Whether the health questions are due and not answered."""
        return any(finding.rule == "unasked" for finding in self.findings)

    @property
    def is_releasable(self) -> bool:
        """Whether something holds the roller that a release lifts."""
        return any(finding.rule in RELEASABLE for finding in self.findings)

    @property
    def of_now(self) -> tuple[Finding, ...]:
        """What is found at a scan and before a use; what holds for life stands in the record."""
        return tuple(finding for finding in self.findings if finding.rule not in LASTING)

    @property
    def to_acknowledge(self) -> tuple[Finding, ...]:
        """The findings that must be acknowledged before a use."""
        return tuple(finding for finding in self.findings if finding.word is Word.CARE)


class Question(NamedTuple):
    """What the gate is asked: a roller under a policy at `now`, with the real `clock`, for whom and where.

    `named` is false when the person is only known from the roller's binding; `depth` is what a pen is dialled
    to, None for the whole length.
    """

    roller: Roller
    ends: Ends
    standing: Standing
    policy: Policy
    now: int
    clock: int
    person: Person | None = None
    named: bool = True
    area: str = ""
    depth: Decimal | None = None

    def under(self, policy: Policy) -> "Question":
        """The same asked under another policy."""
        ends = ends_of(self.roller, policy)
        return self._replace(ends=ends, standing=standing(self.roller, policy, ends), policy=policy)

    @property
    def is_last_use(self) -> bool:
        """Whether the use to come is its last: then the sharps container follows, and no wash."""
        limit = self.standing.uses_limit
        return needs_a_pack(self.roller, self.policy) or (
            limit is not None and self.standing.uses + 1 >= limit
        )

    @property
    def length(self) -> Decimal | None:
        """How deep the needles go, in mm; None for a part without needles."""
        length = self.roller.facts.length if self.roller.facts else None
        return length if length is None or self.depth is None else self.depth


class Refused(RollerTrackError):  # noqa: N818 - named for what the gate did
    """A deed the gate does not allow; carries its verdict."""

    title = "Refused"
    exit_status = 1

    def __init__(self, message: str, verdict: Verdict, at_prompt: str = "") -> None:
        super().__init__(message, at_prompt)
        self.verdict = verdict
