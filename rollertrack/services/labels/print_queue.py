"""The print queue: labels asked for, where each stands, and what to do about those that failed."""

from collections.abc import Iterable, Sequence

from rollertrack.domain.code import Kind, find, shown
from rollertrack.domain.wording import plural
from rollertrack.errors import BadCode, BadInput
from rollertrack.services.labels.label_drawing import order
from rollertrack.services.labels.print_progress import unsent
from rollertrack.services.labels.print_rows import IN_PART, Batch, JobRow, Wish, is_lost, job_row
from rollertrack.services.labels.print_sending import print_next, seen
from rollertrack.services.station import Done, Station, deed, read_code
from rollertrack.store import print_queue as rows
from rollertrack.store.print_queue import Job, JobState

__all__ = [
    "MOST_LABELS", "Batch", "JobRow", "JobState", "Wish",
    "cancel", "enqueue", "forget", "print_next", "queue", "retry", "unsent",
]  # fmt: skip

MOST_LABELS = 500
MOST_ROWS = 200


def enqueue(
    station: Station, codes: Sequence[str], wish: Wish, *, what: str = "label",
    at: str | int | None = None, operator: str | None = None,
) -> Batch:  # fmt: skip
    """Put labels into the print queue, in the order named; nothing is sent yet.

    Everything that can be known beforehand is checked first, that each label fits its paper too: BadInput
    puts none of them into the queue.
    """
    printer, media, drawn = order(station, read_codes(station, codes), wish, what)
    with deed(station, at, operator) as now:
        common = {
            "what": what, "printer": str(printer), "media": media.name, "copies": wish.copies,
            "flag": wish.flag, "start": wish.start, "operator": now.operator, "at": now.until,
            "at_offset": now.offset, "created_at": now.recorded_at, "changed_at": now.recorded_at,
        }  # fmt: skip
        asked = [
            {**common, "code": each.facts.code, "title": each.facts.name, "mark": each.mark} for each in drawn
        ]
        batch = Batch(rows.add(station.store.database, asked), len(asked), str(printer))
    # Named by hand, here and now; a later run has it from the database alone.
    station.printing.typed.add(batch.printer)
    return batch


def read_codes(station: Station, codes: Sequence[str]) -> list[str]:
    """The codes that labels are asked for, each once; anything scanned or typed."""
    found = list(dict.fromkeys(_code(station, text) for text in codes))
    if not found:
        raise BadCode("name at least one")
    if len(found) > MOST_LABELS:
        raise BadInput("code", f"{len(found)} labels at once are too many; at most {MOST_LABELS} are right")
    return found


def _code(station: Station, text: str) -> str:
    try:
        return find(text)
    except BadCode:
        return read_code(station, text, Kind.ROLLER)  # says which are near it


def queue(station: Station, most: int = MOST_ROWS) -> tuple[JobRow, ...]:
    """The jobs of the print queue as they stand, the newest batch first."""
    with station.store.reading():
        found = rows.newest(station.store.database, most)
        now = station.clock()
        return tuple(seen(station, job, now) for job in found)


def retry(station: Station, ids: Iterable[int]) -> Done:
    """Let jobs that failed wait again; those that wait go on waiting, what was sent is refused."""
    allowed = {JobState.FAILED, JobState.WAITING}
    with station.store.deed():
        now = station.clock()
        found = _allowed(_named(station, ids), allowed, now, "cannot be tried again")
        for job in found:
            if job.state is not JobState.WAITING:
                _put(station, job, JobState.WAITING, "", now)
        return _done("retry", found, now, "Waiting to be printed: {}.")


def cancel(station: Station, ids: Iterable[int]) -> Done:
    """Take jobs that were not sent out of the queue."""
    allowed = {JobState.FAILED, JobState.WAITING, JobState.CANCELLED}
    with station.store.deed():
        now = station.clock()
        found = _allowed(_named(station, ids), allowed, now, "cannot be cancelled")
        for job in found:
            note = IN_PART if job.doubtful or is_lost(job, now) else ""
            _put(station, job, JobState.CANCELLED, note, now)
        return _done("cancel", found, now, "Cancelled: {}.")


def _put(station: Station, job: Job, state: JobState, note: str, now: int) -> None:
    doubtful = job.doubtful or is_lost(job, now)
    rows.put(station.store.database, job.id, state, note, now, doubtful=doubtful)


def forget(station: Station) -> Done:
    """Remove the jobs that are done with: sent, confirmed and cancelled."""
    with station.store.deed():
        count = rows.remove_finished(station.store.database)
        told = f"Removed {plural(count, 'finished job')} from the queue."
        return Done("clear", (), station.clock(), told)


def _named(station: Station, ids: Iterable[int]) -> list[Job]:
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        raise BadInput("job", "name at least one job of the queue")
    found = rows.jobs(station.store.database, wanted)
    if missing := [each for each in wanted if each not in found]:
        raise BadInput("job", f"{missing[0]} is not in the queue; `rollertrack queue` lists them")
    return [found[each] for each in wanted]


_IS = {
    JobState.SENT: "is sent",
    JobState.CONFIRMED: "is printed",
    JobState.SENDING: "is being sent now",
    JobState.CANCELLED: "is cancelled; ask for the label again",
}


def _allowed(found: list[Job], allowed: set[JobState], now: int, refusal: str) -> list[Job]:
    """The jobs found, unless one of them stands otherwise than allowed."""
    for job in found:
        state = job_row(job, now).state
        if state not in allowed:
            raise BadInput("job", f"{job.id} {refusal}: it {_IS[state]}")
    return found


def _done(name: str, found: Sequence[Job], now: int, told: str) -> Done:
    codes = tuple(dict.fromkeys(job.code for job in found))
    if len(found) == 1:
        return Done(name, codes, now, told.format(f"the label of {shown(codes[0])}"))
    return Done(name, codes, now, told.format(plural(len(found), "label")))
