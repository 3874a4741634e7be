"""Rules of one's own: which is looser than its source, and which verdicts rest on it."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from rollertrack.domain.policy import PROFILES, AgentRule, Policy
from rollertrack.domain.policy_table import EDITABLE, Row, with_unit
from rollertrack.domain.quantities import contact_time, dose
from rollertrack.domain.roller import Wash
from rollertrack.domain.verdict import Finding, Question
from rollertrack.domain.words import Word

Findings = tuple[Finding, ...]
OWN = "own-rule"
_MORE_IS_LOOSER = (
    "uses.", "age.", "freshness.", "session.", "soak.", "interval.scalp.max-length", "length.", "due.days",
    "ask.",
)  # fmt: skip
_LESS_IS_LOOSER = ("floor.", "interval.", "reaction.")
_FACET_MORE = (".strength-max", ".strength-assumed", ".solution-days", ".solution-warn-days")
_FACET_LESS = (".minutes", ".strength-min")


class Looser(NamedTuple):
    """A value that is looser than another one, both with their units."""

    row: Row
    value: str
    usual: str

    @property
    def sentence(self) -> str:
        """What a verdict says that this decides."""
        title = self.row.title[:1].lower() + self.row.title[1:]
        return f"By your own rule: {self.value} ({title}); usual is {self.usual}."

    @property
    def change(self) -> str:
        """What it is about, what it was and what it is."""
        return f"“{self.row.title}” {self.usual} → {self.value}"


def is_looser(row: Row, value: str, usual: str) -> bool:
    """Whether a value allows more than another one, or asks for less."""
    if value == usual or row.unit == "agent":
        return False
    if row.unit == "yes/no":
        return value == "no"
    if row.unit == "role":
        return value == "disinfects"
    if "none" in (
        value,
        usual,
    ):  # a strength that is assumed counts; any other rule that is off is the loosest
        return (usual if row.key.endswith(".strength-assumed") else value) == "none"
    return (float(value) > float(usual)) is more_is_looser(row.key)


def more_is_looser(key: str) -> bool:
    """Whether a larger number allows more; KeyError for a key nobody has thought about."""
    if key.startswith(_MORE_IS_LOOSER) or key.endswith(_FACET_MORE):
        return True
    if key.startswith(_LESS_IS_LOOSER) or key.endswith(_FACET_LESS):
        return False
    if key == "due.uses-percent":
        return True
    raise KeyError(key)


def looser_than(policy: Policy, other: Policy) -> Iterator[Looser]:
    """The values of a policy that are looser than those of another one."""
    for row in EDITABLE:
        value, usual = policy.text(row.key), other.text(row.key)
        if is_looser(row, value, usual):
            yield Looser(row, with_unit(value, row.unit), with_unit(usual, row.unit))


def by_own_rules(q: Question, findings: Findings, ask: Callable[[Question], Findings]) -> Iterator[Finding]:
    """What of a verdict rests on a rule of one's own that is looser than its source.

    Asked anew with the source's value in its place: where that would find something else, the rule decided.
    """
    usual = Policy(q.policy.profile) if q.policy.changes else q.policy
    for found in looser_than(q.policy, usual) if q.policy.changes else ():
        changes = {key: value for key, value in q.policy.changes.items() if key != found.row.key}
        strict = Policy(q.policy.profile, changes)
        if ask(q.under(strict)) != findings:
            yield Finding(OWN, Word.USE, found.sentence)
    if lenient := _lenient_wash(q, usual):
        yield Finding(OWN, Word.USE, lenient)


def _lenient_wash(q: Question, usual: Policy) -> str:
    """That the disinfection it is clean by counted by a rule of one's own, when it was logged."""
    wash = q.roller.last_good
    if wash is None or q.standing.clean_until is None:
        return ""
    if _counts(wash, usual.agent(wash.agent)):
        return ""
    if any(_counts(wash, Policy(profile).agent(wash.agent)) for profile in PROFILES):
        return ""
    time = contact_time(wash.required) if wash.required is not None else "no time"
    return f"By your own rule: {time} in {dose(wash.agent, wash.strength)} counted as a disinfection."


def _counts(wash: Wash, rule: AgentRule) -> bool:
    """Whether it would have counted by the source: agent, contact time and strength."""
    long_enough = wash.required is None or rule.contact is None or wash.required >= rule.contact
    within = wash.strength is None or (
        (rule.weakest is None or wash.strength >= rule.weakest)
        and (rule.strongest is None or wash.strength <= rule.strongest)
    )
    return rule.disinfects and long_enough and within
