"""The print queue: what waits, what was sent, what failed and why."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rollertrack.domain.code import Kind, kind_of, shown
from rollertrack.domain.wording import plural
from rollertrack.services import print_queue
from rollertrack.services.print_queue import JobRow, JobState
from rollertrack.tui import print_deeds, print_told, wording
from rollertrack.tui.dialogs.confirm import ConfirmDialog
from rollertrack.tui.helping import Help
from rollertrack.tui.screens.live import LiveScreen
from rollertrack.tui.terminal_filter import printable
from rollertrack.tui.widgets import life_bar
from rollertrack.tui.widgets.calm_list import CalmList
from rollertrack.tui.widgets.key_line import KeyLine
from rollertrack.tui.widgets.roller_columns import cut
from rollertrack.tui.widgets.status_line import StatusLine

_MOST = 1_000
_NAME, _SHORT_NAME = 24, 12
_BAR = 24
_STATE = max(map(len, JobState))
_OPEN = frozenset({JobState.WAITING, JobState.FAILED})
_INKS = {
    JobState.FAILED: "bold $error",
    JobState.SENDING: "bold $primary",
    JobState.CONFIRMED: "bold",
    JobState.WAITING: "$foreground 60%",
    JobState.CANCELLED: "$foreground 60%",
}


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
        self._lines: list[JobRow | None] = []
        self._batches: list[int] = []
        self._jobs: Sequence[JobRow] = ()

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
        self.follow_printing()

    def reread(self) -> None:
        """Read the queue anew."""
        self.read("queue", self._load)

    def follow_printing(self) -> None:
        """A label was printed, or a batch ended."""
        progress = self.host.printing.progress
        running = self.query_one("#running", Static)
        running.display = progress is not None
        if progress is not None:
            bar = life_bar.bar(progress.sent, progress.jobs, _BAR)
            doing = "stops after this label" if self.host.printing.is_stopping else "printing"
            words = f"  {print_told.far(progress)} on {progress.printer}, {doing}"
            running.update(Content.assemble((bar, "$primary"), printable(words)))
        self.refresh_bindings()
        self.reread()

    async def _load(self) -> None:
        self._jobs = await self.host.desk.ask(print_queue.queue, _MOST)
        lines = list(_lines(self._jobs))
        self.set_class(not lines, "-none")
        self._show([batch for batch, _ in lines], [job for _, job in lines])
        self._show_detail()
        self.refresh_bindings()

    def _show(self, batches: list[int], lines: list[JobRow | None]) -> None:
        """Draw only what differs, and keep the cursor where it is; the label being sent takes it along."""
        options, here = self.query_one("#list", CalmList), self._place()
        same = [_key(*each) for each in zip(batches, lines, strict=True)] == self._keys()
        self._batches, self._lines = batches, lines
        prompts = [self._prompt(place) for place in range(len(lines))]
        if same:
            for place, prompt in enumerate(prompts):
                if options.get_option_at_index(place).prompt != prompt:
                    options.replace_option_prompt_at_index(place, prompt)
            return
        options.clear_options()
        options.add_options(Option(prompt) for prompt in prompts)
        if lines:
            options.highlighted = min(here or 0, len(lines) - 1)

    def _keys(self) -> list[str]:
        return [_key(*each) for each in zip(self._batches, self._lines, strict=True)]

    def _place(self) -> int | None:
        return self.query_one("#list", CalmList).highlighted

    @property
    def chosen(self) -> list[JobRow]:
        """The job under the cursor, or all of a batch on the line of a batch."""
        place = self._place()
        if place is None or place >= len(self._lines):
            return []
        job = self._lines[place]
        return [job] if job is not None else self._batch(self._batches[place])

    def _batch(self, batch: int) -> list[JobRow]:
        return [job for job in self._jobs if job.batch == batch]

    @property
    def _here(self) -> list[JobRow]:
        """The jobs of the batch under the cursor."""
        return self._batch(self.chosen[0].batch) if self.chosen else []

    def _prompt(self, place: int) -> Content:
        job, now = self._lines[place], self.host.clock()
        if job is None:
            return _heading(self._batch(self._batches[place]), now)
        return _told(job, _SHORT_NAME if self.has_class("-narrow") else _NAME)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self._show_detail()
        self.refresh_bindings()

    def _show_detail(self) -> None:
        chosen = self.chosen
        detail = self.query_one("#detail", Static)
        detail.display = bool(chosen)
        detail.update(self._detail(chosen))

    def _detail(self, chosen: list[JobRow]) -> Content:
        """The job under the cursor in full, or what can be done about a batch."""
        place = self._place()
        if chosen and place is not None and self._lines[place] is not None:
            return _detail(chosen[0], self.host.clock())
        left = sum(job.state in _OPEN for job in chosen)
        hint = f"{plural(left, 'label')} not sent: z prints, x cancels." if left else "Nothing left to send."
        return Content.styled(hint, "$foreground 60%")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done now is offered."""
        if not self.is_mounted:
            return True
        can = {
            "go_on": any(job.state in _OPEN for job in self._here),
            "stop": self.host.printing.progress is not None,
            "cancel": any(job.state in _OPEN for job in self.chosen),
            "clear": any(job.state not in {*_OPEN, JobState.SENDING} for job in self._jobs),
        }
        return super().check_action(action, parameters) if can.get(action, True) else None

    def action_go_on(self) -> None:
        """Print what failed or waits of the batch under the cursor."""
        if self._here:
            self.host.do_with(print_deeds.go_on, self._here[0].batch)

    def action_stop(self) -> None:
        """Print no more after the label under way."""
        self.host.printing.stop()

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
        self.host.changed(await self.host.desk.ask(print_queue.cancel, ids))

    def action_clear(self) -> None:
        """Remove what is finished."""
        self.host.attempt(self._clear)

    async def _clear(self) -> None:
        self.host.changed(await self.host.desk.ask(print_queue.forget))

    def action_printers(self) -> None:
        """Show the printers."""
        self.host.action_open("printers")

    @on(OptionList.OptionSelected)
    def _selected(self, selected: OptionList.OptionSelected) -> None:
        selected.stop()
        self.action_open()

    def action_open(self) -> None:
        """Open the record of the roller whose label is chosen."""
        chosen, place = self.chosen, self._place()
        is_job = place is not None and place < len(self._lines) and self._lines[place] is not None
        if is_job and chosen[0].what == "label" and kind_of(chosen[0].code) is Kind.ROLLER:
            self.host.open_record(chosen[0].code)


def _lines(jobs: Sequence[JobRow]) -> Iterator[tuple[int, JobRow | None]]:
    """A line for each batch, and below it one for each of its jobs."""
    for batch, each in groupby(jobs, key=lambda job: job.batch):
        yield batch, None
        for job in each:
            yield batch, job


def _key(batch: int, job: JobRow | None) -> str:
    return f"batch {batch}" if job is None else f"job {job.id}"


def _heading(jobs: Sequence[JobRow], now: int) -> Content:
    """A batch: when, where, on what, and how many of it stand where."""
    first = jobs[0]
    counts = [(state, sum(job.state is state for job in jobs)) for state in JobState]
    told = " · ".join(f"{count:,} {state}" for state, count in counts if count)
    facts = [wording.moment(first.created_at, now), first.printer, first.media]
    if first.copies > 1:
        facts.append(f"{first.copies} copies of each")
    return Content.assemble((printable(" · ".join(facts)), "bold"), (f"   {told}", "$foreground 60%"))


def _told(job: JobRow, most: int) -> Content:
    ink = _INKS.get(job.state, "")
    name = cut(job.title, most)
    return Content.assemble(
        (f"  {print_told.SIGNS[job.state]} {job.state:<{_STATE}}  ", ink),
        (f"{shown(job.code)}  ", ""),
        name + " " * (most - cell_len(name) + 2),
        (printable(print_told.note(job)), "$foreground 60%"),
    )


def _detail(job: JobRow, now: int) -> Content:
    """One job in full."""
    tries = f", tried {job.attempts} times" if job.attempts > 1 else ""
    mark = f" · mark {job.mark}" if job.mark else ""
    head = f"{shown(job.code)}{mark} · {job.state} {wording.moment(job.changed_at, now)}{tries}"
    return Content.assemble((printable(head), "$foreground 60%"), "\n", printable(print_told.note(job)))
