"""Send what waits in the print queue: draw, claim, send, and only then write what became of it.

A job is drawn before it is claimed, so that one under way is at the printer, and nowhere else. No
transaction is open while a printer is spoken to.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rollertrack.domain.print_jobs import JobRow, JobState
from rollertrack.errors import BadInput, DeviceFailed, StoreFailed
from rollertrack.labels.printer import NotSent, Outcome, Sent
from rollertrack.labels.printers.delivery import send
from rollertrack.services.labels.documents import Document, NotDrawn, document_of, place
from rollertrack.services.labels.marks import is_recorded, next_mark_of, printed
from rollertrack.services.labels.queue import IN_PART, failed_after, job_row, seen
from rollertrack.services.labels.sheets import give_back, take, what_is_free
from rollertrack.services.station import Station
from rollertrack.services.times import at_offset, in_micros
from rollertrack.store import print_queue as rows
from rollertrack.store.print_queue import Job
from rollertrack.wording.printing import not_recorded

_PATIENCE = 30
"""Seconds a sender is given beyond what its printer may take."""
_SLOWEST = 800
"""Bytes of a picture a second: a serial line of 9600 baud takes more."""
STOPPED = "it was stopped while it was sent; look whether it printed"


@dataclass(frozen=True, slots=True)
class Printed:
    """The jobs of one sending, all with the same outcome, and the entries written for them."""

    rows: tuple[JobRow, ...]
    entries: tuple[int, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether they did not print, or not all of them."""
        return self.rows[0].held or self.rows[0].state is JobState.FAILED


def print_next(station: Station, batch: int | None = None) -> JobRow | None:
    """Print the next job that waits, of a batch or of all; None when none does.

    A printer's failure is told in the row. On sheets all that waits of a batch is one document: its first
    job is returned for all of them.
    """
    sending = print_some(station, batch)
    return None if sending is None else sending.rows[0]


def print_some(station: Station, batch: int | None = None) -> Printed | None:
    """Print the next label that waits, or on sheets every label of its batch that does.

    What names a printer that is not this station's own goes on waiting; when nothing else does, the first
    such job is returned, held.
    """
    while True:
        with station.store.reading():
            named = rows.awaited_printers(station.store.database, batch)
            own = [each for each in named if station.printing.is_own(each)]
            found = rows.waiting(station.store.database, batch, 1, own or named)
        if not found:
            return None
        if not own:
            return Printed((seen(station, found[0], station.clock()),))
        try:
            document = document_of(station, found[0])
        except NotDrawn as failure:
            if given_up := _given_up(station, failure.job, failure.reason):
                return Printed((given_up,))
            continue  # another took it
        if _claimed(station, document):
            return _send(station, document)


def _given_up(station: Station, job: Job, note: str) -> JobRow | None:
    with station.store.transaction():
        note_kept = _with_doubt(note) if job.doubtful else note
        if not rows.give_up(station.store.database, job.id, note_kept, station.clock()):
            return None
        return _rows(station, (job,))[0]


def _claimed(station: Station, document: Document) -> bool:
    """Take the jobs, unless somebody was faster, or a mark or a place on the sheet was used up meanwhile."""
    with station.store.transaction() as journal:
        if document.start != place(station, document.jobs[0], document.printer, document.media):
            return False
        for job in document.jobs:
            if document.marks[job.id] != next_mark_of(station, journal, job.code, job.what, job.id):
                return False
        now = station.clock()
        claimed = rows.claim(station.store.database, document.marks, now, now + _lease(station, document))
        if claimed:
            take(station, *document.places)
        return claimed


def _lease(station: Station, document: Document) -> int:
    """For how long the sender is believed to be at it, in microseconds; longer than it can take."""
    size = sum(len(each.rows) for each in document.every_picture)
    return in_micros(_PATIENCE + 3 * station.printing.timeout + size / _SLOWEST)


def _send(station: Station, document: Document) -> Printed:
    printing = station.printing
    try:
        with printing.at_device(job.id for job in document.jobs):
            outcome = send(
                document.printer, document.every_picture, document.media,
                printing.cache, printing.timeout, start=document.start,
            )  # fmt: skip
    except (DeviceFailed, BadInput) as error:
        return Printed(_failed(station, document, error.message, doubtful=_may_be_printed(error)))
    except BaseException:
        _failed(station, document, STOPPED, doubtful=True)
        raise
    return _sent(station, document, outcome)


def _may_be_printed(error: DeviceFailed | BadInput) -> bool:
    return isinstance(error, DeviceFailed) and not isinstance(error, NotSent)


def _failed(station: Station, document: Document, note: str, *, doubtful: bool) -> tuple[JobRow, ...]:
    """Write why it failed; what may be printed in part stays in doubt however later attempts fail."""
    with station.store.transaction():
        for job in document.jobs:
            doubt = doubtful or job.doubtful
            _finish(station, job, JobState.FAILED, _with_doubt(note) if doubt else note, doubtful=doubt)
        give_back(station, *document.places)
        return _rows(station, document.jobs)


def _with_doubt(note: str) -> str:
    known = IN_PART in note or note == STOPPED
    return note if known else f"{note.rstrip('.')}; {IN_PART}"


def abandon(station: Station) -> None:
    """Write that the program ended while it sent; a sender that comes to its end after all is believed."""
    ids = frozenset().union(*station.printing.at_devices)
    with station.store.transaction():
        for job in rows.jobs(station.store.database, ids).values():
            _finish_attempt(station, job)


def _finish_attempt(station: Station, job: Job) -> None:
    if job.state is JobState.SENDING:
        now = station.clock()
        rows.finish(
            station.store.database, job.id, job.attempts, JobState.FAILED, STOPPED, now, doubtful=True
        )


def _sent(station: Station, document: Document, outcome: Outcome) -> Printed:
    try:
        return _recorded(station, document, outcome)
    except StoreFailed as error:
        raise failed_after(not_recorded(document.jobs[0].code), error) from error


def _recorded(station: Station, document: Document, outcome: Outcome) -> Printed:
    """Write that labels were sent, into the queue and into the records of their rollers, or neither."""
    state = JobState.CONFIRMED if outcome.state is Sent.CONFIRMED else JobState.SENT
    with station.store.transaction() as journal:
        note = "; ".join(filter(None, (outcome.note, what_is_free(*document.places[1:]))))
        if document.media.grid is not None:
            rows.forget_start(station.store.database, document.jobs[0].batch)
        for job in document.jobs:
            _finish(station, job, state, note, doubtful=False)
        entries, whereto = list[int](), document.printer.in_full
        for job in document.jobs:
            if is_recorded(job.code, job.what):
                now = station.clock()
                at, offset = (now, at_offset(now)) if job.at is None else (job.at, job.at_offset)
                payload = printed(
                    station, job.code, document.marks[job.id], document.media, whereto, job.copies
                )
                # As it was asked for: nothing may refuse what has happened.
                event = journal.append(job.code, payload, at, now, offset, operator=job.operator)
                entries.append(event.seq)
        return Printed(_rows(station, document.jobs), tuple(entries))


def _finish(station: Station, job: Job, state: JobState, note: str, *, doubtful: bool) -> None:
    attempt, now = job.attempts + 1, station.clock()
    rows.finish(station.store.database, job.id, attempt, state, note, now, doubtful=doubtful)


def _rows(station: Station, jobs: Sequence[Job]) -> tuple[JobRow, ...]:
    """The jobs as they stand now; one that was removed from the queue meanwhile, as it was."""
    found, now = rows.jobs(station.store.database, [job.id for job in jobs]), station.clock()
    return tuple(job_row(found.get(job.id, job), now) for job in jobs)
