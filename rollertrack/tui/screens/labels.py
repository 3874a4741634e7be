"""Choose rollers and print their labels, with the very picture beside the list."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Button, Static

from rollertrack.errors import BadInput, RollerTrackError
from rollertrack.services import preview
from rollertrack.services.labels import listing
from rollertrack.services.labels.listing import LabelListing
from rollertrack.tui.forms import print_requests
from rollertrack.tui.forms.print_requests import RequestPanel
from rollertrack.tui.help import Help
from rollertrack.tui.screens.live import LiveScreen
from rollertrack.tui.widgets.filters import LabelFilter
from rollertrack.tui.widgets.label_preview import LabelPane
from rollertrack.tui.widgets.lines import KeyLine, StatusLine
from rollertrack.tui.widgets.roller_table import CheckboxTable, RollerTable
from rollertrack.wording.printing import chosen_preview

_PAINTED = 0.01
_NOTHING = LabelListing((), ())
_NONE = "No roller fits. Those retired, recalled or put aside get no label here; ctrl+n registers a new one."


class LabelsScreen(LiveScreen):
    """Rollers with a box before each; what is ticked goes to the printer in one batch."""

    help = Help(
        "Print labels",
        "Space ticks a roller, a ticks all that the list shows, and once more none. → shows only those "
        "without a label that a scan has proven. Tab goes to the printer, the paper and the copies; the "
        "picture is the very one that is sent. Ctrl+S puts what is ticked into the print queue, or the "
        "roller under the cursor when nothing is.",
    )
    CSS_PATH = "labels.tcss"
    AUTO_FOCUS = "CheckboxTable"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "print", "print", show=False, id="labels.print", tooltip="Print what is ticked"),
        Binding("a", "tick_all", "all", id="labels.all", tooltip="Tick all that the list shows, or none"),
        Binding("slash", "filter", "filter", key_display="/", id="labels.filter", tooltip="Filter by words"),
        Binding("v", "view", "view", id="labels.view", tooltip="See the picture dot for dot"),
        Binding("w", "ask('printer')", "printer", show=False, id="labels.printer",
                tooltip="Choose where to print"),
        Binding("m", "ask('media')", "paper", show=False, id="labels.media", tooltip="Choose the paper"),
        Binding("ctrl+o", "printers", "printers", show=False, id="labels.printers",
                tooltip="Add or test a printer; the first one is looked for"),
        Binding("left", "half(False)", "All rollers", show=False, id="labels.all-rollers"),
        Binding("right", "half(True)", "Those without a proven label", show=False, id="labels.unproven"),
        Binding("escape", "back", "back", id="labels.back", tooltip="Go back"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._listing = _NOTHING
        self._following: Timer | None = None
        self._is_busy = False

    def compose(self) -> ComposeResult:
        """Filter and list, beside them the request and the picture, below what will be done."""
        yield StatusLine("labels")
        yield LabelFilter()
        with Horizontal(id="body"):
            yield CheckboxTable(now=self.app.clock())
            yield Static(_NONE, id="none", markup=False)
            with Vertical(id="side"):
                yield RequestPanel()
                yield LabelPane()
        with Horizontal(id="foot"):
            yield Static("", id="result", markup=False)
            yield Button("ctrl+s  Print", id="print", compact=True)
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the rollers and the printers."""
        self.reread()

    def on_screen_resume(self) -> None:
        """Show the printers as they are now: they may have been changed meanwhile."""
        self.read("choices", self._offer)

    @property
    def table(self) -> CheckboxTable:
        """The list."""
        return self.query_one(CheckboxTable)

    @property
    def panel(self) -> RequestPanel:
        """What is asked for."""
        return self.query_one(RequestPanel)

    @property
    def codes(self) -> tuple[str, ...]:
        """The rollers to print: those ticked, else the one under the cursor."""
        row = self.table.row
        return self.table.checked or ((row.code,) if row else ())

    def reread(self) -> None:
        """Read the rollers anew."""
        self.read("list", self._load)

    def on_second(self, now: int) -> None:
        """Let dates be told for now."""
        self.table.now = now

    def show_unreadable(self) -> None:
        """Take the list off the screen until it can be read again."""
        self._listing = _NOTHING
        self.table.reset(0)
        self._arrange(self.unreadable)

    async def _offer(self) -> None:
        await self.panel.offer(await self.app.backend.run(preview.choices))

    async def _load(self) -> None:
        wanted, ask = self.query_one(LabelFilter), self.app.backend.run
        found = await ask(listing.label_listing, unproven=wanted.unproven, search=wanted.search)
        row = self.table.row
        here = row.code if row else None
        cursor = found.codes.index(here) if here in found.codes else self.table.cursor
        start, end = self.table.window(cursor)
        rows = await ask(listing.label_rows, found.ids[start:end])
        self._listing = found
        self.table.reset(len(found), cursor=cursor, start=start, rows=rows)
        wanted.show_counts(found)
        self._arrange(_NONE)

    def _arrange(self, words: str) -> None:
        self.query_one("#none", Static).update(words)
        self.set_class(not self._listing, "-none")
        self._look_ahead()

    @on(RollerTable.RowsWanted)
    def _rows_wanted(self, wanted: RollerTable.RowsWanted) -> None:
        self.read("rows", self._supply, wanted.start, wanted.end, wanted.generation)

    async def _supply(self, start: int, end: int, generation: int) -> None:
        rows = await self.app.backend.run(listing.label_rows, self._listing.ids[start:end])
        self.table.supply(start, rows, generation)

    @on(RollerTable.Highlighted)
    def _highlighted(self) -> None:
        # The cursor moves at once; the picture follows when that has reached the terminal.
        if self._following is not None:
            self._following.stop()
        self._following = self.set_timer(_PAINTED, self._look_ahead)

    @on(CheckboxTable.Checked)
    def _ticked(self) -> None:
        self.query_one(LabelFilter).show_ticked(len(self.table.checked))
        self._look_ahead()

    @on(RequestPanel.Changed)
    def _wished(self) -> None:
        self._complain("")
        self._look_ahead()

    @on(LabelFilter.Changed)
    def _filter_changed(self) -> None:
        self.read("list", self._load)

    @on(LabelFilter.Left)
    def _filter_left(self) -> None:
        self.table.focus()

    def _look_ahead(self) -> None:
        """Draw what would be printed now and say what would be done; only the newest question counts."""
        if self.panel.is_ready:
            row = self.table.row
            self.read("picture", self._draw, row.code if row else None)
            self.read("result", self._tell_result, self.codes)

    async def _draw(self, code: str | None) -> None:
        await self.query_one(LabelPane).draw(self.app.backend, code, self.panel.request, self.panel.paper)

    async def _tell_result(self, codes: Sequence[str]) -> None:
        button, request = self.query_one("#print", Button), self.panel.request
        button.disabled = not codes
        if not codes:
            self._say_result("")
            return
        try:
            place = await self.app.backend.run(preview.label_place, request)
        except BadInput as error:
            self._say_result("" if self.panel.has_field(error.field) else error.reason)
        else:
            self._say_result(chosen_preview(codes, request.copies, place, to_file=request.to is not None))

    def _say_result(self, words: str) -> None:
        self.query_one("#result", Static).update(words)

    def _complain(self, words: str) -> None:
        self.query_one("#result", Static).update(Content.styled(words, "$error"))

    def action_tick_all(self) -> None:
        """Tick all that the list shows, or none when they are."""
        every = tuple(self._listing.codes)
        self.table.check(() if set(every) <= set(self.table.checked) else every)

    def action_filter(self) -> None:
        """Type words to filter by."""
        self.query_one(LabelFilter).focus_search()

    def action_half(self, unproven: bool) -> None:
        """Show all rollers, or those without a proven label."""
        self.query_one(LabelFilter).choose(unproven=unproven)

    def action_ask(self, key: str) -> None:
        """Put the cursor into a field."""
        self.panel.focus_on(key)

    def action_printers(self) -> None:
        """Show the printers; where none is set, those of this computer, to set the first."""
        if self.panel.lacks_printer:
            self.app.do("find_printer")
        else:
            self.app.open_screen("printers")

    def action_view(self) -> None:
        """See the picture dot for dot."""
        from rollertrack.tui.widgets.label_preview import PictureScreen

        if (picture := self.query_one(LabelPane).picture) is not None:
            self.app.push_screen(PictureScreen(picture))

    def action_back(self) -> None:
        """From the printer back to the list, then out."""
        if self.focused is not None and self.panel in self.focused.ancestors:
            self.table.focus()
        else:
            super().action_back()

    @on(Button.Pressed, "#print")
    def action_print(self) -> None:
        """Put what is chosen into the print queue, or write it to the file."""
        wrong = self.panel.wrong()
        if wrong is not None:
            self.panel.focus_on(wrong.key)
        elif self.codes and not self._is_busy:
            self._is_busy = True
            self.app.attempt(self._print, self.codes)

    async def _print(self, codes: Sequence[str]) -> None:
        try:
            await self._hand_over(codes)
        except RollerTrackError as error:
            if not (isinstance(error, BadInput) and self.panel.blame(error)):
                self._complain(error.message)
        finally:
            self._is_busy = False

    async def _hand_over(self, codes: Sequence[str]) -> None:
        done, batch = await print_requests.carried_out(self.app, codes, self.panel.request)
        if batch is None:
            self.app.changed(done)
        else:
            self.app.print_batch(batch)
            self.app.open_screen("queue")
        self.table.check(())
