"""Send what waits in the print queue: claim, draw, send, and only then write what became of it.

A job is drawn before it is claimed, so that a label which cannot be drawn was never under way, and one
that is under way is at the printer. No transaction is open while a printer is spoken to.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rollertrack.domain.code import Kind, kind_of, next_mark
from rollertrack.domain.events import LabelPrinted
from rollertrack.domain.text import NAME_LIMIT
from rollertrack.errors import BadInput, DeviceFailed
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.job import repeated
from rollertrack.labels.media import Media
from rollertrack.labels.outcomes import Outcome, Sent
from rollertrack.labels.payload import qr_text
from rollertrack.labels.printer import Printer
from rollertrack.labels.printers import send
from rollertrack.services.label_facts import blank_facts, label_facts
from rollertrack.services.label_seams import render
from rollertrack.services.print_rows import JobRow, job_row
from rollertrack.services.sheets import next_free, remember
from rollertrack.services.station import Station
from rollertrack.services.times import at_offset
from rollertrack.store import print_queue as rows
from rollertrack.store.journal import Journal
from rollertrack.store.print_queue import Job, JobState

_SECOND = 1_000_000
_PATIENCE = 30
"""Seconds a sender is given beyond what its printer may take."""
_SLOWEST = 4_000
"""Bytes of a picture a second: half as fast as the slowest printer that is waited for."""
STOPPED = "it was stopped while it was sent; look whether it printed"


@dataclass(frozen=True, slots=True)
class Printed:
    """The jobs of one sending, all with the same outcome, and the entries written for them."""

    rows: tuple[JobRow, ...]
    entries: tuple[int, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether they did not print, or not all of them."""
        return self.rows[0].state is JobState.FAILED


def print_next(station: Station, batch: int | None = None) -> JobRow | None:
    """Print the next job that waits, of a batch or of all; None when none does.

    A printer's failure is told in the row. On sheets all that waits of a batch is one document: its first
    job is returned for all of them.
    """
    printed = print_some(station, batch)
    return None if printed is None else printed.rows[0]


def print_some(station: Station, batch: int | None = None) -> Printed | None:
    """Print the next label that waits, or on sheets every label of its batch that does."""
    while True:
        with station.store.reading():
            found = rows.waiting(station.store.database, batch, most=1)
        if not found:
            return None
        drawn = _drawn(station, found[0])
        if isinstance(drawn, JobRow):
            return Printed((drawn,))
        if drawn is not None and _claimed(station, drawn):
            return _send(station, drawn)


@dataclass(frozen=True, slots=True)
class _Document:
    """What goes out in one sending: jobs, their marks by number, and a picture for each."""

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
        return [each for job, picture in pairs for each in repeated([picture], job.copies)]


def _drawn(station: Station, first: Job) -> _Document | JobRow | None:
    """The document that begins with a job; its row when it cannot be drawn, None when another took it."""
    job = first
    try:
        printer = station.printing.printer(first.printer)
        media = station.printing.media(first.media, printer)
        jobs = (first,) if media.grid is None else _rest(station, first)
        marks, pictures = dict[int, str](), list[Bitmap]()
        for job in jobs:
            picture, marks[job.id] = draw_job(station, job, printer, media)
            pictures.append(picture)
    except BadInput as error:
        return _given_up(station, job, error.message)
    start = first.start if first.start is not None else next_free(station, printer, media)
    return _Document(jobs, marks, tuple(pictures), printer, media, start)


def _rest(station: Station, first: Job) -> tuple[Job, ...]:
    with station.store.reading():
        return tuple(rows.waiting(station.store.database, first.batch)) or (first,)


def draw_job(station: Station, job: Job, printer: Printer, media: Media) -> tuple[Bitmap, str]:
    """The picture of a job as things stand now, and the mark on it."""
    with station.store.reading() as journal:
        blank = job.what == "blank"
        facts = blank_facts(job.code) if blank else label_facts(journal, job.code)
        mark = "" if blank else mark_of_next(station, journal, job.code, job.id)
    base = station.printing.link_base
    return render(facts, media, base, mark=mark, flag=job.flag, module=printer.module), mark


def mark_of_next(station: Station, journal: Journal, code: str, job: int | None = None) -> str:
    """The mark of the next label of a roller; one that a lost label may bear is passed over.

    Asked again for the same job it gives the same, unless a label was sent meanwhile. Other things than
    rollers have no marks.
    """
    if kind_of(code) is not Kind.ROLLER:
        return ""
    mark = _after_newest(journal, code)
    taken = rows.doubtful_marks(station.store.database, code, job)
    while mark in taken:
        mark = next_mark(mark)
    return mark


def _after_newest(journal: Journal, code: str) -> str:
    printed = [each.body.mark for each in journal.stream(code) if isinstance(each.body, LabelPrinted)]
    return next_mark(printed[-1] if printed else None)


def _given_up(station: Station, job: Job, note: str) -> JobRow | None:
    with station.store.deed():
        if not rows.give_up(station.store.database, job.id, note, station.clock()):
            return None
        return _rows(station, (job,))[0]


def _claimed(station: Station, document: _Document) -> bool:
    """Take the jobs, unless somebody was faster or a mark was used up meanwhile."""
    with station.store.deed() as journal:
        for job in document.jobs:
            if job.what == "blank":
                continue
            if document.marks[job.id] != mark_of_next(station, journal, job.code, job.id):
                return False
        now = station.clock()
        return rows.claim(station.store.database, document.marks, now, now + _lease(station, document))


def _lease(station: Station, document: _Document) -> int:
    """For how long the sender is believed to be at it, in microseconds; longer than it can take."""
    size = sum(len(each.rows) for each in document.every_picture)
    return int((_PATIENCE + 3 * station.printing.timeout + size / _SLOWEST) * _SECOND)


def _send(station: Station, document: _Document) -> Printed:
    printing = station.printing
    try:
        outcome = send(
            document.printer, document.every_picture, document.media,
            printing.cache, printing.timeout, start=document.start,
        )  # fmt: skip
    except DeviceFailed as error:
        return _failed(station, document, error.message, doubtful=_may_be_printed(error))
    except BaseException:
        _failed(station, document, STOPPED, doubtful=True)
        raise
    return _sent(station, document, outcome)


def _may_be_printed(error: DeviceFailed) -> bool:
    from rollertrack.labels.outcomes import NotSent

    return not isinstance(error, NotSent)


def _failed(station: Station, document: _Document, note: str, *, doubtful: bool) -> Printed:
    with station.store.deed():
        return Printed(_finish(station, document, JobState.FAILED, note, doubtful=doubtful))


def _sent(station: Station, document: _Document, outcome: Outcome) -> Printed:
    state = JobState.CONFIRMED if outcome.state is Sent.CONFIRMED else JobState.SENT
    with station.store.deed() as journal:
        note = _note(station, document, outcome)
        finished = _finish(station, document, state, note, doubtful=False)
        entries = [
            _write_printed(station, journal, document, job)
            for job in document.jobs
            if job.what != "blank" and kind_of(job.code) is Kind.ROLLER
        ]
        return Printed(finished, tuple(entries))


def _note(station: Station, document: _Document, outcome: Outcome) -> str:
    """What to know of an outcome; on sheets also where the next free label lies, which is remembered."""
    count = len(document.every_picture)
    sheet = remember(station, document.printer, document.media, document.start, count)
    if sheet:
        rows.forget_start(station.store.database, document.jobs[0].batch)
    return "; ".join(filter(None, (outcome.note, sheet)))


def _finish(
    station: Station, document: _Document, state: JobState, note: str, *, doubtful: bool
) -> tuple[JobRow, ...]:
    now = station.clock()
    for job in document.jobs:
        rows.finish(station.store.database, job.id, job.attempts + 1, state, note, now, doubtful=doubtful)
    return _rows(station, document.jobs)


def _rows(station: Station, jobs: Sequence[Job]) -> tuple[JobRow, ...]:
    """The jobs as they stand now; one that was removed from the queue meanwhile, as it was."""
    found, now = rows.jobs(station.store.database, [job.id for job in jobs]), station.clock()
    return tuple(job_row(found.get(job.id, job), now) for job in jobs)


def _write_printed(station: Station, journal: Journal, document: _Document, job: Job) -> int:
    """Write that a label was sent, by whom and for when it was asked: nothing can refuse it any more."""
    now = station.clock()
    mark = document.marks[job.id]
    body = LabelPrinted(
        media=document.media.name,
        place=str(document.printer)[:NAME_LIMIT],
        payload=qr_text(job.code, station.printing.link_base, mark),
        copies=job.copies,
        mark=mark,
    )
    at, offset = (now, at_offset(now)) if job.at is None else (job.at, job.at_offset)
    return journal.append(job.code, body, at, now, offset, operator=job.operator).seq
