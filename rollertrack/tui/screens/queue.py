"""The print queue: what waits, what was sent, what failed and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from rollertrack.domain.code import Kind, kind_of, shown
from rollertrack.domain.print_jobs import JobRow, JobState
from rollertrack.domain.text import printable
from rollertrack.services.labels import queue
from rollertrack.tui.deed_keys import PRINTERS_KEY, key_of
from rollertrack.tui.help import Help
from rollertrack.tui.screens.list_screen import BACK, ListScreen
from rollertrack.tui.widgets import roller_columns
from rollertrack.tui.widgets.roller_columns import padded
from rollertrack.tui.widgets.words import Words
from rollertrack.wording.printing import (
    JOB_SIGNS,
    batch_counts,
    batch_facts,
    batch_hint,
    job_brief,
    job_detail,
    job_note,
    noted,
    running_text,
    why_failed,
)

_MOST = 1_000
_NAME, _SHORT_NAME = 24, 12
_BAR = 24
_PADDING = 3
_PAUSE = 0.2
_STATE = max(map(len, JobState))
_OPEN = frozenset({JobState.WAITING, JobState.FAILED})
_INKS = {
    JobState.FAILED: "bold $error",
    JobState.SENDING: "bold $primary",
    JobState.CONFIRMED: "bold",
    JobState.WAITING: "$foreground 60%",
    JobState.CANCELLED: "$foreground 60%",
}


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One row of the list: a job, or a batch with all of its jobs."""

    jobs: tuple[JobRow, ...]
    is_batch: bool = False


class QueueScreen(ListScreen[QueueRow]):
    """Every batch with its labels; the cursor stands on a label, or on the line of a batch for all of it."""

    help = Help(
        "Print queue",
        "What was asked for, a batch below the other. Sent: the printer took it, look whether it printed. "
        "Confirmed: the printer said that it printed. Failed: what the printer said stands beside it. z "
        "prints what failed or waits of the batch under the cursor and nothing that was sent. w stops after "
        "the label under way; the rest waits. x cancels the label under the cursor, or on the line of a "
        "batch all of it that was not sent. Jobs outlast the program: nothing is lost or printed by itself.",
    )
    shows_queue = True
    CSS_PATH = "queue.tcss"
    where = "print queue"
    empty = "The print queue is empty. F7 chooses labels to print."
    BINDINGS: ClassVar[list[BindingType]] = [
        key_of("retry_labels"),
        Binding("w", "stop", "stop", id="queue.stop", tooltip="Print no more after this label"),
        key_of("cancel_labels"),
        key_of("clear_queue"),
        Binding("enter", "choose", "record", show=False, id="queue.open", tooltip="Open the roller's record"),
        PRINTERS_KEY,
        BACK,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._jobs: Sequence[JobRow] = ()
        self._pause: Timer | None = None
        self._is_behind = False
        self._can: dict[str, bool] = {}

    def above(self) -> Sequence[Widget]:
        """The batch that prints now."""
        return [Words(id="running")]

    def below(self) -> Sequence[Widget]:
        """The chosen job in full."""
        return [Words(id="detail")]

    def on_mount(self) -> None:
        """Read the queue."""
        self._show_running()

    def follow_printing(self) -> None:
        """A label was printed, or a batch ended: at once, and then not more often than the eye follows."""
        if self._pause is not None and self.app.printing.progress is not None:
            self._is_behind = True
            return
        self._show_running()
        self.reread()
        if self._pause is None:
            self._pause = self.set_timer(_PAUSE, self._catch_up)

    def _catch_up(self) -> None:
        is_behind, self._pause, self._is_behind = self._is_behind, None, False
        if is_behind:
            self.follow_printing()

    def _show_running(self) -> None:
        progress, running = self.app.printing.progress, self.query_one("#running", Words)
        running.display = progress is not None
        if progress is not None:
            bar = roller_columns.bar(progress.sent, progress.jobs, _BAR)
            words = running_text(progress, stopping=self.app.printing.is_stopping)
            running.update(Content.assemble((bar, "$primary"), f"  {words}"))

    async def read_rows(self) -> Sequence[QueueRow]:
        """Every batch, and below it its jobs."""
        self._jobs = await self.app.backend.run(queue.newest_jobs, _MOST)
        return list(_rows(self._jobs))

    def key(self, row: QueueRow) -> tuple[bool, int]:
        """The number of the job, or of the first one of a batch."""
        return row.is_batch, row.jobs[0].id

    def prompt(self, row: QueueRow) -> Content:
        """A batch with its counts, or a job."""
        if row.is_batch:
            return _heading(row.jobs, self.app.clock())
        return _row_content(row.jobs[0], self.app.size.width, is_narrow=self.is_narrow)

    @property
    def chosen_jobs(self) -> Sequence[JobRow]:
        """The job under the cursor, or all of a batch on the row of a batch."""
        return self.chosen.jobs if self.chosen else ()

    @property
    def _here(self) -> list[JobRow]:
        """The jobs of the batch under the cursor."""
        chosen = self.chosen_jobs
        return [job for job in self._jobs if chosen and job.batch == chosen[0].batch]

    def show_chosen(self) -> None:
        """Show the chosen job in full, and offer what can be done now; the same keys are not drawn anew."""
        row, detail = self.chosen, self.query_one("#detail", Words)
        detail.display = row is not None
        if row is not None:
            detail.update(_hint(row.jobs) if row.is_batch else _detail(row.jobs[0], self.app.clock()))
        before, self._can = (
            self._can,
            {
                "retry_labels": any(job.state in _OPEN for job in self._here),
                "stop": self.app.printing.progress is not None,
                "cancel_labels": any(job.state in _OPEN for job in self.chosen_jobs),
                "clear_queue": any(job.state not in {*_OPEN, JobState.SENDING} for job in self._jobs),
            },
        )
        if self._can != before:
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done now is offered."""
        name = str(parameters[0]) if action == "deed" else action
        return super().check_action(action, parameters) if self._can.get(name, True) else None

    def action_deed(self, name: str) -> None:
        """Do a deed to the batch under the cursor, to the jobs chosen, or to all that is finished."""
        if name == "clear_queue":
            self.app.do(name)
        elif name == "retry_labels" and self._here:
            self.app.do(name, self._here[0].batch)
        elif name == "cancel_labels" and (ids := [job.id for job in self.chosen_jobs if job.state in _OPEN]):
            self.app.do(name, ids)

    def action_stop(self) -> None:
        """Print no more after the label under way."""
        self.app.printing.stop()
        self._show_running()

    def action_choose(self) -> None:
        """Open the record of the roller whose label is chosen."""
        row = self.chosen
        if row is None or row.is_batch:
            return
        job = row.jobs[0]
        if job.what == "label" and kind_of(job.code) is Kind.ROLLER:
            self.app.open_record(job.code)


def _rows(jobs: Sequence[JobRow]) -> Iterator[QueueRow]:
    """A row for each batch, and below it one for each of its jobs."""
    for _, each in groupby(jobs, key=lambda job: job.batch):
        batch = tuple(each)
        yield QueueRow(batch, is_batch=True)
        for job in batch:
            yield QueueRow((job,))


def _heading(jobs: Sequence[JobRow], now: int) -> Content:
    """A batch: when, where, on what, and how many of it stand where."""
    head, counts = printable(batch_facts(jobs, now)), batch_counts(jobs)
    return Content.assemble((head, "bold"), (f"   {counts}", "$foreground 60%"))


def _row_content(job: JobRow, width: int, *, is_narrow: bool) -> Content:
    """A job; of a note too long for the row its first clause, for below the list all of it stands."""
    ink = _INKS.get(job.state, "")
    head = f"  {JOB_SIGNS[job.state]} {job.state:<{_STATE}}  "
    named = f"{shown(job.code)}  {padded(job.title, _SHORT_NAME if is_narrow else _NAME)}  "
    note = printable(noted(job_brief(job)))
    if cell_len(head + named + note) > width - _PADDING:
        note = note.partition(";")[0]
    return Content.assemble((head, ink), named, (note, "$foreground 60%"))


def _hint(jobs: Sequence[JobRow]) -> Content:
    """Why a batch broke off, and what can be done about it."""
    left = sum(job.state in _OPEN for job in jobs)
    why = printable(why_failed(jobs))
    return Content.assemble(f"{why}\n" if why else "", (batch_hint(left), "$foreground 60%"))


def _detail(job: JobRow, now: int) -> Content:
    """One job in full."""
    return Content.assemble(
        (printable(job_detail(job, now)), "$foreground 60%"), "\n", printable(noted(job_note(job)))
    )
