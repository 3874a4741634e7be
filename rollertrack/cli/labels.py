"""`label`, the print queue, and labels scanned back."""

from collections.abc import Callable
from typing import Any

from rollertrack.cli.context import Context
from rollertrack.domain.print_jobs import MOST_COPIES, JobRow
from rollertrack.domain.text import whole_number
from rollertrack.errors import BadInput
from rollertrack.services.labels import proving
from rollertrack.services.labels.proving import UnprovenRow
from rollertrack.services.labels.queue import Progress
from rollertrack.services.labels.requests import PrintRequest
from rollertrack.services.station import Done
from rollertrack.wording.dates import iso
from rollertrack.wording.printing import all_proven, job_cells, progress_text, unproven_cells

_MOST_POSITIONS = 1_000
_MOST_ROWS = 1_000
_HIGHEST_JOB = 1_000_000_000


def label(context: Context) -> int:
    """Print labels of the codes named, of those never proven, or blank ones."""
    from rollertrack.services.labels import labelling

    typed, request = context.arguments, _request(context)
    if sum((bool(typed.codes), typed.unproven, typed.blank is not None)) != 1:
        raise BadInput("code", "give codes, or --unproven, or --blank N")
    with context.out.counting() as count:
        more = {**context.when_and_who, "progress": _progress(count)}
        if typed.blank is not None:
            blanks = labelling.blank_count(typed.blank)
            done = labelling.label_blanks(context.station, blanks, request, **more)
        elif codes := typed.codes or _unproven(context):
            done = labelling.label(context.station, codes, request, **more)
        else:
            done = Done("label", (), context.station.clock(), _all_proven(context))
    return context.tell(done)


def _unproven(context: Context) -> list[str]:
    from rollertrack.services.labels.proving import unproven

    return [row.code for row in unproven(context.station)]


def _all_proven(context: Context) -> str:
    return all_proven(proving.has_printed(context.station))


def _request(context: Context) -> PrintRequest:
    typed = context.arguments
    if typed.printer and typed.to:
        raise BadInput("to", "give either --printer or --to, not both")
    start = whole_number("start", typed.start, 1, _MOST_POSITIONS) if typed.start is not None else None
    return PrintRequest(
        printer=typed.printer,
        to=typed.to,
        media=typed.media,
        copies=whole_number("copies", typed.copies, 1, MOST_COPIES),
        flag=typed.flag,
        start=start,
        force=typed.force,
    )


def _progress(count: Callable[[str], None]) -> Progress:
    return lambda row, done, of: count(progress_text(done, of, row.code)) if of > 1 else None


def queue(context: Context) -> int:
    """The print queue."""
    from rollertrack.services.labels import queue

    rows = queue.newest_jobs(context.station, _MOST_ROWS)
    context.out.document({"jobs": [_document(row) for row in rows]})
    if rows:
        context.out.table(map(job_cells, rows), right=(0,))
    else:
        context.out.say("The print queue is empty.")
    return 0


def _document(row: JobRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "batch": row.batch,
        "code": row.code,
        "title": row.title,
        "what": row.what,
        "printer": row.printer,
        "media": row.media,
        "copies": row.copies,
        "flag": row.flag,
        "mark": row.mark,
        "state": row.state.value,
        "note": row.note,
        "attempts": row.attempts,
        "created_at": iso(row.created_at),
        "changed_at": iso(row.changed_at),
    }


def retry(context: Context) -> int:
    """Print what failed, and what waits behind it."""
    from rollertrack.services.labels.batches import print_left

    with context.out.counting() as count:
        return context.tell(print_left(context.station, _jobs(context), _progress(count)))


def cancel(context: Context) -> int:
    """Take jobs out of the queue that were not sent."""
    from rollertrack.services.labels import queue

    ids = _jobs(context)
    if bool(ids) is context.arguments.all:
        raise BadInput("job", "give the numbers of jobs, or --all")
    if wanted := ids or queue.unsent(context.station):
        return context.tell(queue.cancel(context.station, wanted))
    return context.tell(Done("cancel", (), context.station.clock(), "Nothing is left to cancel."))


def _jobs(context: Context) -> list[int]:
    return [whole_number("job", text, 1, _HIGHEST_JOB) for text in context.arguments.jobs]


def unproven(context: Context) -> int:
    """The labels that were not scanned back."""
    rows = proving.unproven(context.station)
    context.out.document({"unproven": [_unproven_document(row) for row in rows]})
    if not rows:
        context.out.say(_all_proven(context))
        return 0
    context.out.table(
        [unproven_cells(row.code, row.mark, row.name, row.printed_at, row.place) for row in rows]
    )
    return 0


def _unproven_document(row: UnprovenRow) -> dict[str, Any]:
    return {**row._asdict(), "printed_at": iso(row.printed_at)}
