"""Send what waits in the print queue: draw, claim, send, and only then write what became of it.

A job is drawn before it is claimed, so that one under way is at the printer, and nowhere else. No
transaction is open while a printer is spoken to.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rollertrack.domain.code import shown
from rollertrack.domain.print_jobs import JobRow, JobState, check_copies
from rollertrack.domain.roller import fold
from rollertrack.errors import BadInput, DeviceFailed, StoreFailed
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.outcomes import NotSent, Outcome, Sent
from rollertrack.labels.papers.media import Media
from rollertrack.labels.printer import Printer
from rollertrack.labels.printers.delivery import send
from rollertrack.services.labels.drawing import BLANK, draw, is_recorded, next_mark_of, printed
from rollertrack.services.labels.queue import IN_PART, failed_after, job_row, seen
from rollertrack.services.labels.sheets import give_back, next_free, take, what_is_free
from rollertrack.services.station import Station
from rollertrack.services.times import at_offset
from rollertrack.store import print_queue as rows
from rollertrack.store.journal import Journal
from rollertrack.store.print_queue import Job

_SECOND = 1_000_000
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


@dataclass(frozen=True, slots=True)
class _Document:
    """What goes out in one sending: jobs, and for each the mark on its label and the picture of it."""

    jobs: tuple[Job, ...]
    marks: dict[int, str]
    pictures: tuple[Bitmap, ...]
    printer: Printer
    media: Media
    start: int

    @property
    def every_picture(self) -> list[Bitmap]:
        """The pictures as often as they are wanted, the copies of one label together."""
        pairs = zip(self.jobs, self.pictures, strict=True)
        return [picture for job, picture in pairs for _ in range(job.copies)]

    @property
    def places(self) -> tuple[Printer, Media, int, int]:
        """Where it goes: printer, paper, the first place on a sheet, and how many."""
        return self.printer, self.media, self.start, sum(job.copies for job in self.jobs)


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
        document = _document(station, found[0])
        if isinstance(document, JobRow):
            return Printed((document,))
        if document is not None and _claimed(station, document):
            return _send(station, document)


def _document(station: Station, first: Job) -> _Document | JobRow | None:
    """The document that begins with a job; the row of one that cannot be drawn, None if another took it."""
    job = first
    try:
        printer = station.printing.printer(first.printer)
        media = station.printing.media(first.media, printer)
        jobs = (first,) if media.grid is None else _rest(station, first)
        marks, pictures = dict[int, str](), list[Bitmap]()
        for job in jobs:
            _refuse_wrong(station, job)
            drawn = draw(station, job.code, media, printer, what=job.what, flag=job.flag, job=job.id)
            marks[job.id] = drawn.mark
            pictures.append(drawn.picture)
    except BadInput as error:
        return _given_up(station, job, error.message)
    start = _place(station, first, printer, media)
    return _Document(jobs, marks, tuple(pictures), printer, media, start)


def _refuse_wrong(station: Station, job: Job) -> None:
    """What no queue of ours asks for; a second blank label of a borne code could end on another roller."""
    check_copies(job.copies)
    if job.what == BLANK:
        with station.store.reading() as journal:
            if fold(job.code, journal.stream(job.code)).facts is not None:
                raise BadInput("code", f"a roller bears {shown(job.code)} already; print its own label")


def _rest(station: Station, first: Job) -> tuple[Job, ...]:
    with station.store.reading():
        beside = rows.waiting(station.store.database, first.batch, printers=[first.printer])
        return tuple(job for job in beside if job.media == first.media) or (first,)


def _place(station: Station, first: Job, printer: Printer, media: Media) -> int:
    """The position of the first label on a sheet."""
    return first.start if first.start is not None else next_free(station, printer, media)


def _given_up(station: Station, job: Job, note: str) -> JobRow | None:
    with station.store.deed():
        told = _with_doubt(note) if job.doubtful else note
        if not rows.give_up(station.store.database, job.id, told, station.clock()):
            return None
        return _rows(station, (job,))[0]


def _claimed(station: Station, document: _Document) -> bool:
    """Take the jobs, unless somebody was faster, or a mark or a place on the sheet was used up meanwhile."""
    with station.store.deed() as journal:
        if document.start != _place(station, document.jobs[0], document.printer, document.media):
            return False
        for job in document.jobs:
            if document.marks[job.id] != next_mark_of(station, journal, job.code, job.what, job.id):
                return False
        now = station.clock()
        claimed = rows.claim(station.store.database, document.marks, now, now + _lease(station, document))
        if claimed:
            take(station, *document.places)
        return claimed


def _lease(station: Station, document: _Document) -> int:
    """For how long the sender is believed to be at it, in microseconds; longer than it can take."""
    size = sum(len(each.rows) for each in document.every_picture)
    return int((_PATIENCE + 3 * station.printing.timeout + size / _SLOWEST) * _SECOND)


def _send(station: Station, document: _Document) -> Printed:
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


def _failed(station: Station, document: _Document, note: str, *, doubtful: bool) -> tuple[JobRow, ...]:
    """Write why it failed; what may be printed in part stays in doubt however later attempts fail."""
    with station.store.deed():
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
    with station.store.deed():
        for job in rows.jobs(station.store.database, ids).values():
            _finish_attempt(station, job)


def _finish_attempt(station: Station, job: Job) -> None:
    if job.state is JobState.SENDING:
        now = station.clock()
        rows.finish(
            station.store.database, job.id, job.attempts, JobState.FAILED, STOPPED, now, doubtful=True
        )


def _sent(station: Station, document: _Document, outcome: Outcome) -> Printed:
    try:
        return _recorded(station, document, outcome)
    except StoreFailed as error:
        which = shown(document.jobs[0].code)
        raise failed_after(f"The label of {which} was sent, but not recorded", error) from error


def _recorded(station: Station, document: _Document, outcome: Outcome) -> Printed:
    """Write that labels were sent, into the queue and into the records of their rollers, or neither."""
    state = JobState.CONFIRMED if outcome.state is Sent.CONFIRMED else JobState.SENT
    with station.store.deed() as journal:
        note = "; ".join(filter(None, (outcome.note, what_is_free(*document.places[1:]))))
        if document.media.grid is not None:
            rows.forget_start(station.store.database, document.jobs[0].batch)
        for job in document.jobs:
            _finish(station, job, state, note, doubtful=False)
        entries = [
            _write_printed(station, journal, document, job)
            for job in document.jobs
            if is_recorded(job.code, job.what)
        ]
        return Printed(_rows(station, document.jobs), tuple(entries))


def _write_printed(station: Station, journal: Journal, document: _Document, job: Job) -> int:
    """Write that a label was sent, as it was asked for: nothing may refuse what has happened."""
    now = station.clock()
    printer = document.printer
    # A name in the settings says nothing in ten years.
    place = f"{printer.name} ({printer.place})" if printer.name else str(printer.place)
    body = printed(station, job.code, document.marks[job.id], document.media, place, job.copies)
    at, offset = (now, at_offset(now)) if job.at is None else (job.at, job.at_offset)
    return journal.append(job.code, body, at, now, offset, operator=job.operator).seq


def _finish(station: Station, job: Job, state: JobState, note: str, *, doubtful: bool) -> None:
    attempt, now = job.attempts + 1, station.clock()
    rows.finish(station.store.database, job.id, attempt, state, note, now, doubtful=doubtful)


def _rows(station: Station, jobs: Sequence[Job]) -> tuple[JobRow, ...]:
    """The jobs as they stand now; one that was removed from the queue meanwhile, as it was."""
    found, now = rows.jobs(station.store.database, [job.id for job in jobs]), station.clock()
    return tuple(job_row(found.get(job.id, job), now) for job in jobs)
