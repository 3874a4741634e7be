"""A job of the print queue as everybody sees it, and where it can stand."""

from dataclasses import dataclass
from enum import StrEnum

from rollertrack.errors import BadInput

MOST_COPIES = 99
BLANK = "blank"
"""What is printed ahead of its roller."""


class JobState(StrEnum):
    """Where a job of the print queue stands."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    CONFIRMED = "confirmed"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job of the print queue; `note` says in a sentence what to know of its outcome."""

    id: int
    batch: int
    code: str
    title: str
    what: str
    """label, blank, card or test."""
    printer: str
    media: str
    copies: int
    flag: bool
    mark: str
    state: JobState
    note: str
    attempts: int
    created_at: int
    changed_at: int
    held: bool = False
    """It waits for a printer that is none of this station's."""

    @property
    def is_in_the_way(self) -> bool:
        """Whether it did not print, or may not: nothing behind it is printed now."""
        return self.held or self.state is JobState.FAILED


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """Jobs of one batch: how many were sent, how many of those confirmed, and how many there are to send."""

    batch: int
    printer: str
    sent: int
    confirmed: int
    jobs: int

    @property
    def left(self) -> int:
        """How many are not sent."""
        return self.jobs - self.sent


@dataclass(frozen=True, slots=True)
class BatchEnding:
    """How a batch ended: how far it came, its last job, whether it was stopped by hand."""

    progress: BatchProgress
    last: JobRow | None
    stopped: bool = False

    @property
    def failed(self) -> bool:
        """Whether its last job did not print."""
        return self.last is not None and self.last.is_in_the_way


def check_copies(copies: int) -> None:
    """Raise BadInput for copies of a label that are none, or too many."""
    if not 1 <= copies <= MOST_COPIES:
        raise BadInput("copies", f"{copies} is out of range; 1 to {MOST_COPIES} is right")
