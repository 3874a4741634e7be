"""The print queue: jobs written, claimed by one sender alone, and their outcomes.

Every function runs inside a transaction of its caller; one that writes needs a deed of the store, whose
lock keeps two processes from claiming the same job.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import fn

from rollertrack.domain.print_jobs import JobState
from rollertrack.store import reading
from rollertrack.store.lookups import foreign
from rollertrack.store.tables import PrintJobRow, SheetRow

FINISHED = (JobState.SENT, JobState.CONFIRMED, JobState.CANCELLED)
"""States that nothing follows."""


@dataclass(frozen=True, slots=True)
class Job:
    """One row of the queue; instants in microseconds UTC."""

    id: int
    batch: int
    code: str
    title: str
    what: str
    printer: str
    media: str
    copies: int
    flag: bool
    start: int | None
    """The position on the first sheet that was asked for."""
    mark: str
    state: JobState
    note: str
    doubtful: bool
    """Some of it may be printed although no outcome says so."""
    cleared: bool
    """Kept for its mark alone; nobody is shown it any more."""
    attempts: int
    lease_until: int | None
    """Until when whoever sends it may be believed to be at it."""
    operator: str | None
    at: int | None
    """The moment the deed is entered for; None for the moment it is sent."""
    at_offset: int
    created_at: int
    changed_at: int


_NEW = {
    "state": JobState.WAITING, "note": "", "doubtful": False, "cleared": False, "attempts": 0,
    "lease_until": None,
}  # fmt: skip


def add(database: Any, rows: Sequence[Mapping[str, Any]]) -> int:
    """Write jobs that wait as one batch, in order; its number, which is that of its first job."""
    table = PrintJobRow
    first = table.insert({**_NEW, **rows[0], "batch": 0}).execute(database.orm)
    table.update(batch=first).where(table.id == first).execute(database.orm)
    for row in rows[1:]:
        table.insert({**_NEW, **row, "batch": first}).execute(database.orm)
    return int(first)


def jobs(database: Any, ids: Iterable[int]) -> dict[int, Job]:
    """The jobs of some numbers; those that are not there any more are left out."""
    return {job.id: job for job in _found(database, PrintJobRow.id.in_(list(ids)), ~PrintJobRow.cleared)}


def waiting(
    database: Any, batch: int | None = None, most: int | None = None, printers: Iterable[str] | None = None
) -> list[Job]:
    """The jobs that wait, of one batch or of all, for some printers or any, in the order they were asked."""
    terms = _waits(batch)
    if printers is not None:
        terms.append(PrintJobRow.printer.in_(list(printers)))
    return _found(database, *terms, most=most)


def awaited_printers(database: Any, batch: int | None = None) -> list[str]:
    """What the jobs that wait name as their printer, each once."""
    query = PrintJobRow.select(PrintJobRow.printer).where(*_waits(batch)).distinct()
    return [printer for (printer,) in reading.tuples(database, query)]


def _waits(batch: int | None) -> list[Any]:
    terms = [PrintJobRow.state == JobState.WAITING]
    if batch is not None:
        terms.append(PrintJobRow.batch == batch)
    return terms


def in_state(database: Any, *states: JobState) -> list[Job]:
    """Every job in one of some states, in the order they were asked for."""
    return _found(database, PrintJobRow.state.in_(states))


def of_batch(database: Any, batch: int) -> list[Job]:
    """Every job of a batch, in order."""
    return _found(database, PrintJobRow.batch == batch)


def newest(database: Any, most: int) -> list[Job]:
    """The jobs of the newest batches, each batch in order; one that is not finished is never left out."""
    table, order = PrintJobRow, (PrintJobRow.batch.desc(), PrintJobRow.id)
    recent = table.select(table.id).where(~table.cleared).order_by(*order).limit(most)
    query = table.select().where(table.id.in_(recent) | table.state.not_in(FINISHED)).order_by(*order)
    return [_job(row) for row in reading.dicts(database, query)]


def doubtful_marks(database: Any, code: str, but: int | None = None) -> set[str]:
    """The marks that labels of a code may bear of which the record says nothing; `but` leaves out a job."""
    table = PrintJobRow
    query = table.select(table.mark).where(
        table.code == code,
        (table.state == JobState.SENDING) | table.doubtful & table.state.not_in(_RECORDED),
    )
    if but is not None:
        query = query.where(table.id != but)
    return {mark for (mark,) in reading.tuples(database, query)}


_RECORDED = (JobState.SENT, JobState.CONFIRMED)


def _found(database: Any, *terms: Any, most: int | None = None) -> list[Job]:
    query = PrintJobRow.select().where(*terms).order_by(PrintJobRow.id).limit(most)
    return [_job(row) for row in reading.dicts(database, query)]


def _job(row: dict[str, Any]) -> Job:
    if row["state"] not in set(JobState):
        raise foreign("print_job", f"state of job {row['id']}")
    return Job(**{**row, "state": JobState(row["state"])})


def claim(database: Any, marks: Mapping[int, str], now: int, lease_until: int) -> bool:
    """Take waiting jobs to send them, all or none; `marks` maps their numbers to the marks they get."""
    table = PrintJobRow
    found = _found(database, table.id.in_(list(marks)), table.state == JobState.WAITING)
    if len(found) != len(marks):
        return False
    for job in found:
        table.update(
            state=JobState.SENDING, mark=marks[job.id], note="", attempts=table.attempts + 1,
            lease_until=lease_until, changed_at=now,
        ).where(table.id == job.id).execute(database.orm)  # fmt: skip
    return True


def finish(
    database: Any, id_: int, attempt: int, state: JobState, note: str, now: int, *, doubtful: bool
) -> bool:
    """Write what became of a job that was claimed; false when that is not for this sender to say any more.

    One whose lease ran out and who printed after all is believed; one who failed is not.
    """
    terms = [PrintJobRow.attempts == attempt]
    if state is JobState.FAILED:
        terms.append(PrintJobRow.state == JobState.SENDING)
    return _change(
        database, *terms, id_=id_,
        state=state, note=note, doubtful=doubtful, lease_until=None, changed_at=now,
    )  # fmt: skip


def give_up(database: Any, id_: int, note: str, now: int) -> bool:
    """Fail a job that still waits: it cannot be sent as it is."""
    return _change(
        database, PrintJobRow.state == JobState.WAITING, id_=id_,
        state=JobState.FAILED, note=note, changed_at=now,
    )  # fmt: skip


def put(database: Any, id_: int, state: JobState, note: str, now: int, *, doubtful: bool) -> None:
    """Put a job into a state, whatever it was in."""
    _change(
        database, id_=id_,
        state=state, note=note, doubtful=doubtful, lease_until=None, changed_at=now,
    )  # fmt: skip


def _change(database: Any, *terms: Any, id_: int, **values: Any) -> bool:
    query = PrintJobRow.update(**values).where(PrintJobRow.id == id_, *terms)
    return bool(query.execute(database.orm))


def doubt_unfinished(database: Any, note: str, now: int) -> None:
    """Fail every job that is not finished, in doubt: what became of it since is not on record here."""
    table = PrintJobRow
    table.update(
        state=JobState.FAILED, note=note, doubtful=True, lease_until=None, changed_at=now
    ).where(table.state.not_in(FINISHED)).execute(database.orm)  # fmt: skip


def remove_finished(database: Any) -> int:
    """Remove the jobs that nothing follows; how many there were.

    One that was cancelled in doubt is only hidden: its mark may be on paper and must not be used again.
    """
    finished = PrintJobRow.state.in_(FINISHED), ~PrintJobRow.cleared
    hidden = PrintJobRow.update(cleared=True).where(*finished, PrintJobRow.doubtful).execute(database.orm)
    return int(hidden + PrintJobRow.delete().where(*finished).execute(database.orm))


def counts(database: Any, batch: int) -> dict[JobState, int]:
    """How many jobs of a batch stand in each state."""
    table = PrintJobRow
    query = table.select(table.state, fn.count(table.id)).where(table.batch == batch).group_by(table.state)
    return {JobState(state): count for state, count in query.tuples().execute(database.orm)}


def next_free(database: Any, printer: str, media: str) -> int:
    """The next free position on the sheet in a printer, 1 for a sheet never begun."""
    query = SheetRow.select(SheetRow.next_free).where(SheetRow.printer == printer, SheetRow.media == media)
    return next((position for (position,) in reading.tuples(database, query)), 1)


def remember_next_free(database: Any, printer: str, media: str, position: int) -> None:
    """Keep where the next free label lies, and forget where the batches under way were told to begin."""
    row = {"printer": printer, "media": media, "next_free": position}
    SheetRow.insert(row).on_conflict(
        conflict_target=[SheetRow.printer, SheetRow.media], preserve=[SheetRow.next_free]
    ).execute(database.orm)


def forget_start(database: Any, batch: int) -> None:
    """Let what is left of a batch go on where its first sheet ended."""
    PrintJobRow.update(start=None).where(PrintJobRow.batch == batch).execute(database.orm)
