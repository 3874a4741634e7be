"""What a check of the station itself found: one sentence, how bad it is, what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Health(Enum):
    """How a thing stands; the name is for programs, the sign for people."""

    GOOD = "✓"
    DOUBT = "!"
    BAD = "✗"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at, and what was seen."""

    subject: str
    health: Health
    said: str
    advice: str = ""
    """What to do, a sentence; empty when there is nothing to do."""

    @property
    def line(self) -> str:
        """The check as people read it."""
        return f"{self.health.value} {self.subject}: {self.said}" + (f" {self.advice}" if self.advice else "")

    @property
    def facts(self) -> dict[str, str]:
        """The check as programs read it."""
        return {
            "subject": self.subject,
            "health": self.health.name.lower(),
            "said": self.said,
            "advice": self.advice,
        }


def good(subject: str, said: str, advice: str = "") -> Check:
    """A check of a thing that is as it should be."""
    return Check(subject, Health.GOOD, said, advice)


def doubt(subject: str, said: str, advice: str = "") -> Check:
    """A check of a thing that works and should be looked at."""
    return Check(subject, Health.DOUBT, said, advice)


def bad(subject: str, said: str, advice: str = "") -> Check:
    """A check of a thing that does not work."""
    return Check(subject, Health.BAD, said, advice)


def all_well(checks: Iterable[Check]) -> bool:
    """Whether nothing that was looked at is bad."""
    return all(check.health is not Health.BAD for check in checks)
