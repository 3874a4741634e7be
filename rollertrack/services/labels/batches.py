"""Print a batch of the queue from its first job that waits to its last, and tell how far it came."""

from collections.abc import Iterable, Sequence

from rollertrack.domain.print_jobs import JobRow, JobState
from rollertrack.domain.quantities import plural
from rollertrack.domain.text import ended
from rollertrack.errors import DeviceFailed, RollerTrackError, StoreFailed
from rollertrack.services.labels.queue import Progress, failed_after, is_lost, retry
from rollertrack.services.labels.queue import progress as progress_of
from rollertrack.services.labels.requests import Batch
from rollertrack.services.labels.sending import print_some
from rollertrack.services.station import Done, Station
from rollertrack.store import print_queue as rows
from rollertrack.wording import done as say

_SENT = (JobState.SENT, JobState.CONFIRMED)


class _BrokenOff(DeviceFailed):
    """A batch that goes no further: why, which one, and whether trying again as it is would help."""

    def __init__(self, station: Station, batch: Batch, job: JobRow) -> None:
        self.why, self.batch, self.is_held = ended(job.note), batch, job.held
        super().__init__(f"{self.why} {_left(station, [self])}")


class Stopped(RollerTrackError):  # noqa: N818 - named for what the user did
    """Printing was stopped by hand; what was not sent waits in the queue."""

    title = "Stopped"
    exit_status = 130


def print_batch(station: Station, batch: Batch, progress: Progress | None = None) -> Done:
    """Print what waits of a batch, telling `progress` after each label.

    DeviceFailed at the first that fails, Stopped at an interrupt; what is left waits then.
    """
    sent: list[JobRow] = []
    entries: list[int] = []
    try:
        while printed := print_some(station, batch.id):
            if printed.failed:
                raise _BrokenOff(station, batch, printed.rows[0])
            # One whose lease ran out may wait again for another sender, or be with it.
            sent += [row for row in printed.rows if row.state in _SENT]
            entries += printed.entries
            if progress and sent:
                progress(sent[-1], len(sent), batch.jobs)
    except StoreFailed as error:
        if not sent:
            raise
        came = say.labels_counted(len(sent), sent[0].copies).rstrip(",")
        raise failed_after(f"After {came} came out", error) from error
    except KeyboardInterrupt:
        now = progress_of(station, batch.id)
        raise Stopped(f"Stopped. {say.broken_off(now.sent, now.jobs, now.left)}") from None
    codes = tuple(dict.fromkeys(row.code for row in sent))
    return Done("label", codes, station.clock(), _sent_text(sent, batch), tuple(entries))


def print_left(station: Station, ids: Iterable[int] = (), progress: Progress | None = None) -> Done:
    """Try the jobs named again, or all that failed, and print everything that waits with them.

    A printer that fails does not keep the others waiting; DeviceFailed tells of all of them in the end.
    """
    asked = list(ids) or _failed(station)
    if asked:
        retry(station, asked)
    done: list[Done] = []
    failures: list[_BrokenOff] = []
    for batch in _waiting(station, ids):
        try:
            done.append(print_batch(station, batch, progress))
        except _BrokenOff as failure:
            failures.append(failure)
    if failures:
        reasons = dict.fromkeys(each.why for each in failures)
        raise DeviceFailed(" ".join([*(each.message for each in done), *reasons, _left(station, failures)]))
    codes = tuple(dict.fromkeys(code for each in done for code in each.codes))
    entries = tuple(entry for each in done for entry in each.entries)
    message = " ".join(each.message for each in done) or "Nothing is left to print."
    return Done("label", codes, station.clock(), message + _under_way(station), entries)


def _under_way(station: Station) -> str:
    """What a sender that may be gone still holds."""
    with station.store.reading():
        count = len(rows.in_state(station.store.database, JobState.SENDING))
    if not count:
        return ""
    return f" {plural(count, 'label')} may be on the way from another program; look again in a minute."


def _failed(station: Station) -> list[int]:
    """The jobs that failed, those whose sender is gone among them."""
    with station.store.reading():
        now = station.clock()
        found = rows.in_state(station.store.database, JobState.FAILED, JobState.SENDING)
        return [job.id for job in found if job.state is JobState.FAILED or is_lost(job, now)]


def _waiting(station: Station, ids: Iterable[int]) -> list[Batch]:
    """What waits, batch by batch; of some jobs only their batches."""
    named = set(ids)
    with station.store.reading():
        found = rows.waiting(station.store.database)
    wanted = {job.batch for job in found if not named or job.id in named}
    batches = dict[int, Batch]()
    for job in found:
        if job.batch in wanted:
            before = batches.get(job.batch, Batch(job.batch, 0, job.printer))
            batches[job.batch] = Batch(job.batch, before.jobs + 1, job.printer)
    return list(batches.values())


def _left(station: Station, failures: Sequence[_BrokenOff]) -> str:
    """How far all of what was broken off came, and what to do about it where trying again may help."""
    far = [progress_of(station, each.batch.id) for each in failures]
    sent, jobs, left = (
        sum(each) for each in zip(*((now.sent, now.jobs, now.left) for now in far), strict=True)
    )
    message = say.broken_off(sent, jobs, left)
    return ended(message.partition(";")[0]) if all(each.is_held for each in failures) else message


def _sent_text(sent: Sequence[JobRow], batch: Batch) -> str:
    if not sent:
        return say.nothing_left(batch.printer)
    confirmed = all(row.state is JobState.CONFIRMED for row in sent)
    return say.labels_sent(len(sent), sent[0].copies, batch.printer, sent[-1].note, confirmed=confirmed)
