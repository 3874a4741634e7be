"""The print queue: what waits, what was sent, what failed and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rollertrack.domain.code import Kind, kind_of, shown
from rollertrack.domain.print_jobs import JobRow, JobState
from rollertrack.domain.quantities import plural
from rollertrack.services.labels import queue
from rollertrack.tui.dialogs.confirm import ConfirmDialog
from rollertrack.tui.helping import Help
from rollertrack.tui.printing import print_deeds
from rollertrack.tui.screens.live import LiveScreen
from rollertrack.tui.widgets import life_bar
from rollertrack.tui.widgets.calm_list import CalmList
from rollertrack.tui.widgets.key_line import KeyLine
from rollertrack.tui.widgets.roller_columns import cut
from rollertrack.tui.widgets.status_line import StatusLine
from rollertrack.wording import dates
from rollertrack.wording.printable import printable
from rollertrack.wording.printing import JOB_SIGNS, batch_far, job_brief, job_note, why_failed

_MOST = 1_000
_NAME, _SHORT_NAME = 24, 12
_BAR = 24
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
class Line:
    """One line of the list: a job, or a batch with all of its jobs."""

    jobs: tuple[JobRow, ...]
    is_batch: bool = False

    @property
    def key(self) -> tuple[bool, int]:
        """What stays the same whatever becomes of it."""
        return self.is_batch, self.jobs[0].id


class QueueScreen(LiveScreen):
    """Every batch with its labels; the cursor stands on a label, or on the line of a batch for all of it."""

    help = Help(
        "Print queue",
        "What was asked for, a batch below the other. Sent: the printer took it, look whether it printed. "
        "Confirmed: the printer said that it printed. Failed: what the printer said stands beside it. z "
        "prints what failed or waits of the batch under the cursor and nothing that was sent. q stops after "
        "the label under way; the rest waits. x cancels the label under the cursor, or on the line of a "
        "batch all of it that was not sent. Jobs outlast the program: nothing is lost or printed by itself.",
    )
    shows_queue = True
    CSS_PATH = "queue.tcss"
    AUTO_FOCUS = "CalmList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("z", "go_on", "print the rest", id="queue.retry",
                tooltip="Print what failed or waits of this batch"),
        Binding("q", "stop", "stop", id="queue.stop", tooltip="Print no more after this label"),
        Binding("x", "cancel", "cancel", id="queue.cancel", tooltip="Take it out of the queue"),
        Binding("c", "clear", "clear", id="queue.clear",
                tooltip="Remove what was sent, confirmed or cancelled"),
        Binding("enter", "open", "record", show=False, id="queue.open", tooltip="Open the roller's record"),
        Binding("ctrl+o", "printers", "printers", show=False, id="queue.printers",
                tooltip="Add, mend and test printers"),
        Binding("escape", "back", "back", id="queue.back", tooltip="Go back"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self._jobs: Sequence[JobRow] = ()
        self._pause: Timer | None = None
        self._is_behind = False
        self._can: dict[str, bool] = {}

    def compose(self) -> ComposeResult:
        """The running batch, the list, the chosen job in full."""
        yield StatusLine("print queue")
        yield Static("", id="running", markup=False)
        yield CalmList(id="list")
        yield Static("The print queue is empty. F7 chooses labels to print.", id="none", markup=False)
        yield Static("", id="detail", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the queue."""
        self._show_running()
        self.reread()

    def reread(self) -> None:
        """Read the queue anew."""
        self.read("queue", self._load)

    def follow_printing(self) -> None:
        """A label was printed, or a batch ended: at once, and then not more often than the eye follows."""
        if self._pause is not None and self.host.printing.progress is not None:
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
        progress, running = self.host.printing.progress, self.query_one("#running", Static)
        running.display = progress is not None
        if progress is not None:
            bar = life_bar.bar(progress.sent, progress.jobs, _BAR)
            doing = "stops after this label" if self.host.printing.is_stopping else "printing"
            words = f"  {batch_far(progress)} on {progress.printer}, {doing}"
            running.update(Content.assemble((bar, "$primary"), printable(words)))

    async def _load(self) -> None:
        self._jobs = await self.host.backend.run(queue.newest_jobs, _MOST)
        self._show(list(_lines(self._jobs)))
        self.set_class(not self._jobs, "-none")
        self._show_detail()
        self._offer_keys()

    def _show(self, lines: list[Line]) -> None:
        """Draw only what differs, and keep the cursor where it is."""
        options, here = self.query_one("#list", CalmList), self._place()
        before, self._lines = self._lines, lines
        if [line.key for line in lines] == [line.key for line in before]:
            for place, (old, new) in enumerate(zip(before, lines, strict=True)):
                if old != new:
                    options.replace_option_prompt_at_index(place, self._prompt(new))
            return
        options.clear_options()
        options.add_options(Option(self._prompt(line)) for line in lines)
        if lines:
            options.highlighted = min(here or 0, len(lines) - 1)

    def _place(self) -> int | None:
        return self.query_one("#list", CalmList).highlighted

    @property
    def _line(self) -> Line | None:
        place = self._place()
        return self._lines[place] if place is not None and place < len(self._lines) else None

    @property
    def chosen(self) -> Sequence[JobRow]:
        """The job under the cursor, or all of a batch on the line of a batch."""
        return self._line.jobs if self._line else ()

    @property
    def _here(self) -> list[JobRow]:
        """The jobs of the batch under the cursor."""
        chosen = self.chosen
        return [job for job in self._jobs if chosen and job.batch == chosen[0].batch]

    def _prompt(self, line: Line) -> Content:
        if line.is_batch:
            return _heading(line.jobs, self.host.clock())
        return _told(line.jobs[0], _SHORT_NAME if self.has_class("-narrow") else _NAME)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self._show_detail()
        self._offer_keys()

    def _show_detail(self) -> None:
        line, detail = self._line, self.query_one("#detail", Static)
        detail.display = line is not None
        if line is not None:
            detail.update(_hint(line.jobs) if line.is_batch else _detail(line.jobs[0], self.host.clock()))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done now is offered."""
        return super().check_action(action, parameters) if self._can.get(action, True) else None

    def _offer_keys(self) -> None:
        """Learn what can be done now; draws the keys anew only where that has changed."""
        before, self._can = (
            self._can,
            {
                "go_on": any(job.state in _OPEN for job in self._here),
                "stop": self.host.printing.progress is not None,
                "cancel": any(job.state in _OPEN for job in self.chosen),
                "clear": any(job.state not in {*_OPEN, JobState.SENDING} for job in self._jobs),
            },
        )
        if self._can != before:
            self.refresh_bindings()

    def action_go_on(self) -> None:
        """Print what failed or waits of the batch under the cursor."""
        if self._here:
            self.host.do_with(print_deeds.go_on, self._here[0].batch)

    def action_stop(self) -> None:
        """Print no more after the label under way."""
        self.host.printing.stop()
        self._show_running()

    def action_cancel(self) -> None:
        """Take what is chosen out of the queue, as far as it was not sent."""
        if ids := [job.id for job in self.chosen if job.state in _OPEN]:
            self.host.attempt(self._cancel, ids)

    async def _cancel(self, ids: Sequence[int]) -> None:
        if len(ids) > 1:
            question = ConfirmDialog(
                "Cancel them?", f"Cancels {plural(len(ids), 'label')} that were not sent.", yes="Cancel them"
            )
            if not await self.app.push_screen_wait(question):
                return
        self.host.changed(await self.host.backend.run(queue.cancel, ids))

    def action_clear(self) -> None:
        """Remove what is finished."""
        self.host.attempt(self._clear)

    async def _clear(self) -> None:
        self.host.changed(await self.host.backend.run(queue.clear))

    def action_printers(self) -> None:
        """Show the printers."""
        self.host.action_open("printers")

    @on(OptionList.OptionSelected)
    def _selected(self, selected: OptionList.OptionSelected) -> None:
        selected.stop()
        self.action_open()

    def action_open(self) -> None:
        """Open the record of the roller whose label is chosen."""
        line = self._line
        if line is None or line.is_batch:
            return
        job = line.jobs[0]
        if job.what == "label" and kind_of(job.code) is Kind.ROLLER:
            self.host.open_record(job.code)


def _lines(jobs: Sequence[JobRow]) -> Iterator[Line]:
    """A line for each batch, and below it one for each of its jobs."""
    for _, each in groupby(jobs, key=lambda job: job.batch):
        batch = tuple(each)
        yield Line(batch, is_batch=True)
        for job in batch:
            yield Line((job,))


def _heading(jobs: Sequence[JobRow], now: int) -> Content:
    """A batch: when, where, on what, and how many of it stand where."""
    first = jobs[0]
    counts = [(state, sum(job.state is state for job in jobs)) for state in JobState]
    told = " · ".join(f"{count:,} {state}" for state, count in counts if count)
    facts = [dates.short_moment(first.created_at, now), first.printer, first.media]
    if first.copies > 1:
        facts.append(f"{first.copies} copies of each")
    return Content.assemble((printable(" · ".join(facts)), "bold"), (f"   {told}", "$foreground 60%"))


def _told(job: JobRow, most: int) -> Content:
    ink = _INKS.get(job.state, "")
    name = cut(job.title, most)
    return Content.assemble(
        (f"  {JOB_SIGNS[job.state]} {job.state:<{_STATE}}  ", ink),
        (f"{shown(job.code)}  ", ""),
        name + " " * (most - cell_len(name) + 2),
        (printable(job_brief(job)), "$foreground 60%"),
    )


def _hint(jobs: Sequence[JobRow]) -> Content:
    """Why a batch broke off, and what can be done about it."""
    left = sum(job.state in _OPEN for job in jobs)
    words = f"{plural(left, 'label')} not sent: z prints, x cancels." if left else "Nothing left to send."
    why = printable(why_failed(jobs))
    return Content.assemble(f"{why}\n" if why else "", (words, "$foreground 60%"))


def _detail(job: JobRow, now: int) -> Content:
    """One job in full."""
    tries = f", tried {job.attempts} times" if job.attempts > 1 else ""
    mark = f" · mark {job.mark}" if job.mark else ""
    head = f"{shown(job.code)}{mark} · {job.state} {dates.short_moment(job.changed_at, now)}{tries}"
    return Content.assemble((printable(head), "$foreground 60%"), "\n", printable(job_note(job)))
