"""The gate: may this roller be used, now, on this person?"""

from dataclasses import dataclass

from rollertrack.domain.words import Word


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found; `step` is what to do about it, `until` when it ends by itself."""

    rule: str
    word: Word
    message: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gate's answer: the worst finding's word, every finding, the next step, and when to ask again."""

    word: Word
    findings: tuple[Finding, ...]
    next_step: str
    valid_until: int | None
