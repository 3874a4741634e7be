"""The print queue: the jobs in it, how far each batch is, and what to do about those that failed.

Cheap to ask after every label: nothing here draws.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from rollertrack.domain.print_jobs import BatchProgress, JobRow, JobState
from rollertrack.domain.standing import CLOCK_TOLERANCE
from rollertrack.errors import BadInput, StoreFailed, going_on
from rollertrack.services.station import Done, Station
from rollertrack.store import print_queue as rows
from rollertrack.store.print_queue import Job
from rollertrack.wording import done as say

MOST_ROWS = 200
IN_PART = "part of it may be printed"
LOST = "the program ended while it was sent; look whether it printed"


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


def seen(station: Station, job: Job, now: int) -> JobRow:
    """A job as it stands at this station: one for a printer that is none of its own is held."""
    row = job_row(job, now)
    if row.state is not JobState.WAITING or station.printing.is_own(job.printer):
        return row
    return replace(row, held=True, note=held_note(job.printer))


def newest_jobs(station: Station, most: int = MOST_ROWS) -> tuple[JobRow, ...]:
    """The jobs of the print queue as they stand, the newest batch first."""
    with station.store.reading():
        found = rows.newest(station.store.database, most)
        now = station.clock()
        return tuple(seen(station, job, now) for job in found)


def retry(station: Station, ids: Iterable[int]) -> Done:
    """Let jobs that failed wait again; those that wait go on waiting, what was sent is refused."""
    allowed = {JobState.FAILED, JobState.WAITING}
    with station.store.transaction():
        now = station.clock()
        found = _allowed(_named(station, ids), allowed, now, "cannot be tried again")
        for job in found:
            if job.state is not JobState.WAITING:
                _put(station, job, JobState.WAITING, "", now)
        return _done("retry", found, now, "Waiting to be printed: {}.")


def cancel(station: Station, ids: Iterable[int]) -> Done:
    """Take jobs that were not sent out of the queue."""
    allowed = {JobState.FAILED, JobState.WAITING, JobState.CANCELLED}
    with station.store.transaction():
        now = station.clock()
        found = _allowed(_named(station, ids), allowed, now, "cannot be cancelled")
        for job in found:
            note = IN_PART if job.doubtful or is_lost(job, now) else ""
            _put(station, job, JobState.CANCELLED, note, now)
        return _done("cancel", found, now, "Cancelled: {}.")


def _put(station: Station, job: Job, state: JobState, note: str, now: int) -> None:
    doubtful = job.doubtful or is_lost(job, now)
    rows.put(station.store.database, job.id, state, note, now, doubtful=doubtful)


def clear(station: Station) -> Done:
    """Remove the jobs that are done with: sent, confirmed and cancelled."""
    with station.store.transaction():
        count = rows.remove_finished(station.store.database)
        message = say.queue_cleared(count)
        return Done("clear", (), station.clock(), message)


def _named(station: Station, ids: Iterable[int]) -> list[Job]:
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        raise BadInput("job", "name at least one job of the queue")
    found = rows.jobs(station.store.database, wanted)
    if missing := [each for each in wanted if each not in found]:
        none = f"{missing[0]} is not in the queue"
        raise BadInput("job", *going_on(none, at_prompt=" (`queue` lists what is)"))
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


def _done(name: str, found: Sequence[Job], now: int, message: str) -> Done:
    codes = tuple(dict.fromkeys(job.code for job in found))
    return Done(name, codes, now, message.format(say.jobs_named([job.code for job in found])))


def progress(station: Station, batch: int) -> BatchProgress:
    """How far a batch is; what was cancelled does not count."""
    with station.store.reading():
        count = rows.counts(station.store.database, batch)
        first = rows.jobs(station.store.database, [batch]).get(batch)
    confirmed = count.get(JobState.CONFIRMED, 0)
    jobs = sum(count.values()) - count.get(JobState.CANCELLED, 0)
    sent = count.get(JobState.SENT, 0) + confirmed
    return BatchProgress(batch, first.printer if first else "", sent, confirmed, jobs)


def failed(station: Station, batch: int) -> tuple[int, ...]:
    """The numbers of the jobs of a batch that failed, those cut off while they were sent among them."""
    with station.store.reading():
        now = station.clock()
        found = rows.of_batch(station.store.database, batch)
        return tuple(job.id for job in found if job.state is JobState.FAILED or is_lost(job, now))


def unsent(station: Station) -> list[int]:
    """The jobs that are not printed and nobody is at: those that wait, failed, or were cut off."""
    with station.store.reading():
        now = station.clock()
        found = rows.in_state(station.store.database, JobState.WAITING, JobState.FAILED, JobState.SENDING)
        return [job.id for job in found if job.state is not JobState.SENDING or is_lost(job, now)]


def left_over(station: Station) -> int:
    """How many jobs can still be printed or cancelled."""
    return len(unsent(station))
