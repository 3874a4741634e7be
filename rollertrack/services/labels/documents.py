"""What goes out to a printer in one sending: the jobs and their pictures, drawn as things stand."""

from dataclasses import dataclass

from rollertrack.domain.code import shown
from rollertrack.domain.print_jobs import BLANK, check_copies
from rollertrack.domain.roller import fold
from rollertrack.errors import BadInput
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.media import Media
from rollertrack.labels.printer import Printer
from rollertrack.services.labels.drawing import draw
from rollertrack.services.labels.sheets import next_free
from rollertrack.services.station import Station
from rollertrack.store import print_queue as rows
from rollertrack.store.print_queue import Job


@dataclass(frozen=True, slots=True)
class Document:
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


class NotDrawn(Exception):  # noqa: N818 - of one job; the others are tried
    """A job whose label cannot be drawn as things stand, and why."""

    def __init__(self, job: Job, reason: str) -> None:
        super().__init__(reason)
        self.job = job
        self.reason = reason


def document_of(station: Station, first: Job) -> Document:
    """The document that begins with a job: on sheets, all that waits beside it; or NotDrawn."""
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
        raise NotDrawn(job, error.message) from None
    start = place(station, first, printer, media)
    return Document(jobs, marks, tuple(pictures), printer, media, start)


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


def place(station: Station, first: Job, printer: Printer, media: Media) -> int:
    """The position of the first label on a sheet."""
    return first.start if first.start is not None else next_free(station, printer, media)
