"""What is asked of the print queue, and its rows as screens see them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rollertrack.domain.standing import CLOCK_TOLERANCE
from rollertrack.errors import BadInput, StoreFailed
from rollertrack.store.print_queue import Job, JobState

if TYPE_CHECKING:
    from rollertrack.labels.papers.media import Media

MOST_COPIES = 99
IN_PART = "part of it may be printed"
LOST = "the program ended while it was sent; look whether it printed"


@dataclass(frozen=True, slots=True)
class Wish:
    """What to print on: a printer (its name or its place) or a file, the media, how many copies of each.

    `flag` folds the label round a handle; `start` is the first free position of a sheet; `force` replaces a
    file that is there already.
    """

    printer: str | None = None
    to: str | None = None
    media: str | None = None
    copies: int = 1
    flag: bool = False
    start: int | None = None
    force: bool = False

    def check(self, media: "Media") -> None:
        """Raise BadInput for copies or a position that cannot be."""
        if not 1 <= self.copies <= MOST_COPIES:
            raise BadInput("copies", f"{self.copies} is out of range; 1 to {MOST_COPIES} is right")
        if self.start is None:
            return
        if media.grid is None:
            raise BadInput("start", f"{media.name} is no sheet; leave it out")
        if not 1 <= self.start <= media.grid.positions:
            raise BadInput("start", f"{self.start} is not on the sheet; 1 to {media.grid.positions} is right")


@dataclass(frozen=True, slots=True)
class Batch:
    """Jobs that were asked for together: their number in the queue, how many, and their printer."""

    id: int
    jobs: int
    printer: str


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


Progress = Callable[[JobRow, int, int], None]
"""Told each job that was sent, how many of its batch that makes, and how many there are."""


def job_row(job: Job, now: int) -> JobRow:
    """A job as it stands at `now`: one whose sender must be gone has failed."""
    lost = is_lost(job, now)
    return JobRow(
        id=job.id,
        batch=job.batch,
        code=job.code,
        title=job.title,
        what=job.what,
        printer=job.printer,
        media=job.media,
        copies=job.copies,
        flag=job.flag,
        mark=job.mark,
        state=JobState.FAILED if lost else job.state,
        note=LOST if lost else job.note,
        attempts=job.attempts,
        created_at=job.created_at,
        changed_at=job.changed_at,
    )


def held_note(printer: str) -> str:
    """Why a job is not printed from the queue."""
    return (
        f"“{printer}” is no printer of this station's settings, and the queue prints on no other; "
        "ask for the label anew, or cancel it"
    )


def is_lost(job: Job, now: int) -> bool:
    """Whether nobody can be believed any more to be sending a job; nor where the clock was set back since."""
    if job.state is not JobState.SENDING:
        return False
    return job.lease_until is None or job.lease_until <= now or job.changed_at > now + CLOCK_TOLERANCE


def failed_after(what: str, error: StoreFailed) -> StoreFailed:
    """The failure of the database after something that did happen: that nothing was changed is not true."""
    return StoreFailed(f"{what}: {error.message.removesuffix(' Nothing was changed.')}")


def as_sentence(note: str) -> str:
    """A note as a sentence, empty for none; a place at its beginning stays as it is written."""
    if not note:
        return ""
    return ended(note[0].upper() + note[1:] if note.split(maxsplit=1)[0].isalpha() else note)


def ended(note: str) -> str:
    """A note with the stop at its end, however it begins."""
    return note if note.endswith((".", "?", "!")) else f"{note}."
