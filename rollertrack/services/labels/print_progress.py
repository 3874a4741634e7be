"""How far the print queue is: cheap to ask after every label, and loads nothing that draws."""

from dataclasses import dataclass

from rollertrack.services.labels.print_rows import is_lost
from rollertrack.services.station import Station
from rollertrack.store import print_queue as rows
from rollertrack.store.print_queue import JobState

__all__ = ["BatchProgress", "JobState", "failed", "left_over", "progress", "unsent"]


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
