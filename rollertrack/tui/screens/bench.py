"""The first screen: every roller with its word, the debt, the soaks."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Middle
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from rollertrack.domain.guide import REMINDER
from rollertrack.domain.rows import Overview, Record, RollerRow
from rollertrack.errors import BadCode, ours
from rollertrack.services import lists, records
from rollertrack.services.lists import Listing, Opening
from rollertrack.services.station import Done
from rollertrack.tui.help import Help
from rollertrack.tui.screens.live import RollerScreen
from rollertrack.tui.widgets.filters import FilterBar
from rollertrack.tui.widgets.lines import KeyLine, StatusLine
from rollertrack.tui.widgets.roller_table import RollerTable
from rollertrack.tui.widgets.side_panel import RollerStrip, SidePanel

_ANSWERS = (
    "RollerTrack answers one question before needles touch skin:",
    "may this roller be used, now, on this person?",
)
_KEYS = (
    ("ctrl+n", "register your first roller"),
    ("v", "view a sample inventory"),
    ("?", "help"),
    ("ctrl+q", "leave"),
)


class Welcome(Middle):
    """Shown in place of the list while no roller is on record."""

    DEFAULT_CSS = """
    Welcome {
        width: 100%;
        height: 1fr;
        align-horizontal: center;
        Static { width: auto; height: auto; }
    }
    """

    def __init__(self, with_sample: bool) -> None:
        super().__init__()
        self._with_sample = with_sample

    def compose(self) -> ComposeResult:
        """A few lines in the middle."""
        yield Static(Content("\n").join(self._lines()))

    def _lines(self) -> Iterator[Content]:
        first, question = _ANSWERS
        yield Content(first)
        yield Content.styled(question, "bold")
        yield Content("")
        for key, does in _KEYS:
            if key != "v" or self._with_sample:
                yield Content.assemble((f"{key:>8}", "bold $primary"), f"   {does}")
        yield Content("")
        yield Content.styled(REMINDER, "$foreground 60%")


_PAINTED = 0.01
_V = "View a sample while there is no roller; log that a sterile pack was opened"
_REGISTERED = "add"
_OF_A_LIST = frozenset({"deed", "filter", "sort", "state", "clear"})
_NOTHING = Listing((), ())


class BenchScreen(RollerScreen):
    """The list of rollers with the selected one beside it."""

    help = Help(
        "The bench",
        "Every roller with the state it lies in. Scan a label on any screen, and one word that holds now "
        "fills the screen. ↑ ↓ choose a roller, its letters act on it, Enter opens its record. Space takes "
        "one to several that are soaked, labelled, put aside or retired at once; Esc lets them go. "
        "← → choose a state, / filters by words, ctrl+o takes another order.",
        of_rollers=True,
    )

    CSS_PATH = "bench.tcss"
    AUTO_FOCUS = "RollerTable"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "filter", key_display="/", id="bench.filter", tooltip="Filter by words"),
        Binding("ctrl+o", "sort", "order", show=False, id="bench.sort", tooltip="Take the next order"),
        Binding("left", "state(-1)", "State before", show=False, id="bench.state-before"),
        Binding("right", "state(1)", "Next state", show=False, id="bench.state-next"),
        Binding("escape", "clear", "Show all", show=False, id="bench.clear"),
        Binding("v", "sample", "view a sample", show=False, id="bench.sample", tooltip=_V),
    ]

    def __init__(self, first: Opening | None = None) -> None:
        super().__init__(id="bench")
        self._first = first
        self._following: Timer | None = None
        self._listing = _NOTHING
        self._record: Record | None = None
        self._recorded: str | None = None
        self._seen: Overview | None = None
        self._turn: int | None = None
        self._wanted: str | None = None
        self._is_empty = False

    def compose(self) -> ComposeResult:
        """Status, filter, list, the selected roller, keys."""
        yield StatusLine()
        yield FilterBar()
        with Horizontal(id="body"):
            yield RollerTable(now=self.app.clock())
            yield Static(id="none", markup=False)
            yield SidePanel(classes="-none")
        yield Welcome(with_sample=self.app.on_sample is not None)
        yield RollerStrip()
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the rows brought along; a list longer than they are is read on."""
        self._show_record(None)
        first, self._first = self._first, None
        if first is None or not first.rows:
            self.reread()
            return
        self._show_first(first)
        if first.count > len(first.rows):
            self.call_after_refresh(self.read, "list", self._load)

    @property
    def table(self) -> RollerTable:
        """The list."""
        return self.query_one(RollerTable)

    @property
    def roller(self) -> str | None:
        """The roller under the cursor."""
        row = self.table.row if self.is_mounted else None
        return row.code if row else None

    @property
    def is_held(self) -> bool:
        """Whether the roller under the cursor is in quarantine or recalled."""
        return self._record is not None and self._record.answer.verdict.is_releasable

    @property
    def rollers(self) -> Sequence[str]:
        """The rollers chosen, or the one under the cursor."""
        return self.table.checked if self.is_mounted and self.table.checked else super().rollers

    def follow(self, done: Done) -> None:
        """Put the cursor on a roller just registered; let the chosen go once something was done to them."""
        if self.table.checked and set(self.table.checked) <= set(done.codes):
            self.table.check(())
        if done.deed == _REGISTERED:
            self._wanted = done.codes[0]

    def reread(self) -> None:
        """Read the list and the selected roller anew."""
        self.read("list", self._load)
        self._reread_record()

    def on_second(self, now: int) -> None:
        """Keep every word and every age on display true."""
        self.table.now = now
        if self.minute_begins(now) or self.turns_within_a_minute(self._turn, now):
            self._keep_true()

    def _keep_true(self) -> None:
        if self._unread:
            self.reread()
        else:
            self._reread_rows()
            self._reread_record()

    def show_overview(self, overview: Overview) -> None:
        """Show the counts; another distribution of states is another list."""
        before, self._seen = self._seen.counts if self._seen else {}, overview
        if overview.counts != before:
            self._recount()
            if before:
                self.read("list", self._load)

    def show_unreadable(self) -> None:
        """Take every word off the screen until the record can be read again."""
        self._listing = _NOTHING
        self.table.reset(0)
        self._show_record(None)
        self._arrange(is_empty=False)
        self.query_one("#none", Static).update(self.unreadable)

    async def _load(self) -> None:
        wanted = self.query_one(FilterBar)
        ask = self.app.backend.run
        if not self._listing and await self._open(wanted):
            return
        found = await ask(lists.listing, state=wanted.state, search=wanted.search, sort=wanted.sort)
        is_empty = not found and not await ask(lists.has_rollers)
        cursor = self._cursor_in(found)
        start, end = self.table.window(cursor)
        rows = await ask(lists.roller_rows, found.ids[start:end])
        self._listing = found
        self._turn = _first_turn(rows)
        self.table.reset(len(found), cursor=cursor, start=start, rows=rows)
        self._arrange(is_empty)

    async def _open(self, wanted: FilterBar) -> bool:
        """Show the first rows at once; whether they are all there are."""
        ask = self.app.backend.run
        _, most = self.table.window(0)
        first = await ask(lists.opening, most, state=wanted.state, search=wanted.search, sort=wanted.sort)
        is_empty = not first.count and not await ask(lists.has_rollers)
        self._show_first(first)
        self._arrange(is_empty)
        return first.count == len(first.rows)

    def _show_first(self, first: Opening) -> None:
        """Show the first rows of a list, however long it is."""
        self._listing = first.listing
        self._turn = _first_turn(first.rows)
        self.table.reset(first.count, cursor=self._cursor_in(first.listing), rows=first.rows)

    def _cursor_in(self, found: Listing) -> int:
        """The place of the roller just registered, or of the one chosen, or the one there is now."""
        if self._wanted in found.codes:
            wanted, self._wanted = self._wanted, None
            return found.codes.index(wanted)
        return found.codes.index(self.roller) if self.roller in found.codes else self.table.cursor

    def _arrange(self, is_empty: bool) -> None:
        """Show the list, what stands in its place, or the welcome.

        Each widget is shown or hidden by itself: a class of the screen would have all of them styled anew.
        """
        self._say_why_none()
        self._is_empty = is_empty
        for widget in (self.query_one("#body"), self.query_one(FilterBar)):
            widget.display = not is_empty
        self.query_one(RollerStrip).set_class(is_empty, "-unused")
        self.query_one(Welcome).display = is_empty
        self.query_one("#none").display = not is_empty and not self._listing
        self.table.display = is_empty or bool(self._listing)
        self.refresh_bindings()

    def _say_why_none(self) -> None:
        line, words = self.query_one("#none", Static), self.query_one(FilterBar).why_none
        if line.content != words:
            line.update(words)

    async def _supply(self, start: int, end: int, generation: int) -> None:
        rows = await self.app.backend.run(lists.roller_rows, self._listing.ids[start:end])
        self._turn = _first_turn(rows)
        self.table.supply(start, rows, generation)

    def _reread_rows(self) -> None:
        self.read("rows", self._renew)

    async def _renew(self) -> None:
        """Bring the rows in sight up to date and forget the others: a word out of sight goes stale too."""
        start, end = self.table.window(self.table.cursor)
        rows = await self.app.backend.run(lists.roller_rows, self._listing.ids[start:end])
        self._turn = _first_turn(rows)
        self.table.reset(self.table.count, cursor=self.table.cursor, start=start, rows=rows)

    def _reread_record(self) -> None:
        if self._recorded != self.roller:
            self._show_record(None)
        if self.roller:
            self.read("record", self._read_record, self.roller)

    async def _read_record(self, code: str) -> None:
        try:
            self._show_record(await self.app.backend.run(records.show, code))
        except BadCode:
            # Its registration was undone elsewhere; the list goes without it at its next reading.
            self._show_record(None)
        except Exception as error:
            self._show_fault(code, ours(error).message)

    def _show_fault(self, code: str, sentence: str) -> None:
        """A roller that cannot be read is a STOP, beside the list and below it."""
        self._show_record(None)
        self._recorded = code
        self.query_one(SidePanel).show_fault(code, sentence)
        self.query_one(RollerStrip).show_fault(code, sentence)

    def _show_record(self, record: Record | None) -> None:
        self._record = record
        self._recorded = record.code if record else None
        now, chosen = self.app.clock(), self.table.checked
        for pane in (self.query_one(SidePanel), self.query_one(RollerStrip)):
            if chosen:
                pane.show_chosen(chosen)
            else:
                pane.show(record, now)
        self.refresh_bindings()

    @on(RollerTable.Checked)
    def _checked(self) -> None:
        self._show_record(self._record)

    @on(RollerTable.RowsWanted)
    def _rows_wanted(self, wanted: RollerTable.RowsWanted) -> None:
        self.read("rows", self._supply, wanted.start, wanted.end, wanted.generation)

    @on(RollerTable.Highlighted)
    def _highlighted(self) -> None:
        # The cursor moves at once; what stands beside the list follows when that has reached the terminal.
        if self._following is not None:
            self._following.stop()
        self._following = self.set_timer(_PAINTED, self._follow_cursor)

    def _follow_cursor(self) -> None:
        if self.roller is None:
            self._show_record(None)
        else:
            self._reread_record()

    @on(RollerTable.Selected)
    def _selected(self, message: RollerTable.Selected) -> None:
        self.app.open_record(message.row.code)

    @on(RollerTable.TitleClicked)
    def _title_clicked(self, clicked: RollerTable.TitleClicked) -> None:
        if clicked.column is not None:
            self.query_one(FilterBar).sort_by_column(clicked.column)

    @on(FilterBar.Changed)
    def _filter_changed(self) -> None:
        wanted = self.query_one(FilterBar)
        self.table.mark_order(wanted.sort_column, wanted.mark)
        self.read("list", self._load)
        self._recount()

    def _recount(self) -> None:
        """Let the counts follow the words."""
        if search := self.query_one(FilterBar).search:
            self.read("counts", self._count, search)
        elif self._seen is not None:
            self.query_one(FilterBar).show_counts(self._seen.counts)
            self._say_why_none()

    async def _count(self, search: str) -> None:
        self.query_one(FilterBar).show_counts(await self.app.backend.run(lists.state_counts, search))

    @on(FilterBar.Left)
    def _filter_left(self) -> None:
        self.table.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a roller is no key of the welcome."""
        if action in _OF_A_LIST and self._is_empty:
            return False
        return super().check_action(action, parameters)

    def action_filter(self) -> None:
        """Type words to filter by."""
        self.query_one(FilterBar).focus_search()

    def action_sort(self) -> None:
        """Take the next order."""
        self.query_one(FilterBar).step_sort()

    def action_state(self, by: int) -> None:
        """Choose the next state, or the one before."""
        self.query_one(FilterBar).step_state(by)

    def action_clear(self) -> None:
        """Let the chosen rollers go; with none chosen, show every roller again."""
        if self.table.checked:
            self.table.check(())
        else:
            self.query_one(FilterBar).clear()

    def action_go_back(self) -> None:
        """Ask whether to leave: nothing lies behind the bench."""
        self.app.attempt(self.app.ask_to_leave)

    def action_sample(self) -> None:
        """View a sample inventory from the welcome; elsewhere the key opens a pack, as on every screen."""
        if not self._is_empty:
            self.action_deed("open_pack")
        elif self.app.on_sample is not None:
            self.app.attempt(self.app.on_sample)


def _first_turn(rows: Sequence[RollerRow]) -> int | None:
    """The next instant at which the word of one of the rows may turn."""
    return min((row.until for row in rows if row.until is not None), default=None)
