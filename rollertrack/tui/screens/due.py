"""What is due: one axis of time, and under it the list by urgency."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rollertrack.domain.code import Kind, kind_of, shown
from rollertrack.domain.rows import DueRow
from rollertrack.services import lists
from rollertrack.tui import due_groups
from rollertrack.tui.due_groups import OVERDUE
from rollertrack.tui.helping import Help
from rollertrack.tui.screens.live import RollerScreen
from rollertrack.tui.widgets.calm_list import CalmList
from rollertrack.tui.widgets.key_line import KeyLine
from rollertrack.tui.widgets.roller_columns import cut
from rollertrack.tui.widgets.status_line import StatusLine
from rollertrack.tui.widgets.timeline import Timeline, legend, word
from rollertrack.wording import dates
from rollertrack.wording.printable import printable

_WITHIN_DAYS = 365
_MINUTE = 60_000_000
_NAME, _SHORT_NAME = 24, 12


class DueScreen(RollerScreen):
    """Replacements, expiries, disinfections and solutions by date, each with the limit that decides."""

    help = Help(
        "What is due",
        "Everything to disinfect, take out, replace or discard, by date. The end of a line "
        "names the limit that decides. Enter opens the record; the deeds act on the chosen line.",
    )
    CSS_PATH = "due.tcss"
    AUTO_FOCUS = "CalmList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", id="due.back", tooltip="Go back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[DueRow] = []
        self._minute = 0

    def compose(self) -> ComposeResult:
        """The axis, the list, the meaning of the marks."""
        yield StatusLine("due")
        yield Timeline()
        yield CalmList(id="list")
        yield Static("Nothing is due within a year.", id="none", markup=False)
        yield Static(legend(), id="legend", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Read what is due."""
        self.reread()

    @property
    def roller(self) -> str | None:
        """The roller of the chosen line."""
        line = self._line
        return line.code if line and kind_of(line.code) is Kind.ROLLER else None

    @property
    def _line(self) -> DueRow | None:
        options = self.query_one("#list", CalmList)
        place = options.highlighted
        chosen = options.get_option_at_index(place).id if place is not None else None
        return self._lines[int(chosen)] if chosen is not None else None

    def reread(self) -> None:
        """Read what is due anew."""
        self.read("due", self._load)

    def on_second(self, now: int) -> None:
        """Read anew each minute."""
        if now // _MINUTE != self._minute:
            self._minute = now // _MINUTE
            self.reread()

    @property
    def _name_width(self) -> int:
        return _SHORT_NAME if self.has_class("-narrow") else _NAME

    async def _load(self) -> None:
        found = await self.host.backend.run(lists.due, _WITHIN_DAYS)
        now = self.host.clock()
        groups = list(due_groups.grouped(found, now))
        self._lines = [line for _, lines in groups for line in lines]
        self.query_one(Timeline).show(found, now)
        self.set_class(not found, "-none")
        options = self.query_one("#list", CalmList)
        place = options.highlighted
        options.clear_options()
        options.add_options(_options(groups, now, self._name_width))
        if self._lines:
            options.highlighted = min(place or 1, options.option_count - 1)
        self.refresh_bindings()

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def _selected(self, selected: OptionList.OptionSelected) -> None:
        selected.stop()
        if self.roller:
            self.host.open_record(self.roller)


def _options(groups: Sequence[tuple[str, Sequence[DueRow]]], now: int, most: int) -> Iterator[Option]:
    lines = [line for _, each in groups for line in each]
    widths = _Widths(
        when=max((cell_len(_when(line, now, most)) for line in lines), default=0),
        what=max((cell_len(word(line.what)) for line in lines), default=0),
        name=min(most, max((cell_len(line.name) for line in lines), default=0)),
    )
    place = 0
    for name, each in groups:
        style = "bold $verdict-stop" if name == OVERDUE else "bold"
        head = Content.assemble((name, style), (f"  {len(each)}", "$foreground 60%"))
        yield Option(head, disabled=True)
        for line in each:
            yield Option(_told(line, now, widths, most), id=str(place))
            place += 1


class _Widths(NamedTuple):
    """Cells of each column: as wide as its longest text, so that the limit has the rest."""

    when: int
    what: int
    name: int


def _when(line: DueRow, now: int, most: int) -> str:
    """When it is due; since when to the minute where there is room."""
    since = line.on <= now and most > _SHORT_NAME
    return dates.short_moment(line.on, now) if since else dates.date_of(line.on, now)


def _told(line: DueRow, now: int, widths: _Widths, most: int) -> Content:
    name = cut(line.name, widths.name)
    return Content.assemble(
        (f"  {_when(line, now, most):<{widths.when}}  ", "$foreground 60%"),
        (f"{word(line.what):<{widths.what}}  ", "bold"),
        f"{shown(line.code)}  ",
        name + " " * (widths.name - cell_len(name) + 2 * bool(widths.name)),
        (printable(line.because), "$foreground 60%"),
    )
