"""What is due: one axis of time, and under it the list by urgency."""

from collections.abc import Hashable, Sequence
from datetime import timedelta
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.text import Text
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from rollertrack.deeds.table import DUE, of_scope
from rollertrack.domain.code import Kind
from rollertrack.domain.rows import DueRow
from rollertrack.domain.text import printable
from rollertrack.services.due import due as what_is_due
from rollertrack.tui.deed_keys import keys_of
from rollertrack.tui.help import Help
from rollertrack.tui.screens.list_screen import BACK, ListScreen, OpenList
from rollertrack.tui.screens.live import RollerScreen
from rollertrack.tui.widgets.roller_columns import padded
from rollertrack.wording import dates
from rollertrack.wording.due import (
    LATER,
    OVERDUE,
    SNOOZED,
    Alike,
    alike,
    due_because,
    due_behind,
    due_code,
    due_when,
    due_word,
    group_of,
    grouped,
    several_because,
    several_text,
)

OF_DUE = frozenset(deed.name for deed in of_scope(DUE))
DAYS = 91
_LEAD = 7
_UNBROKEN = "\N{NO-BREAK SPACE}"
_MARKS = {
    "wash": "~", "take out": "◔", "discard": "◇", "test": "▯", "bin": "⌂", "replace": "▲", "order": "€",
}  # fmt: skip
_STEP = 14


def kind_of_roller(line: DueRow) -> bool:
    """Whether a roller is due, and no solution or product."""
    return line.code.startswith(Kind.ROLLER)


class Timeline(Widget):
    """Thirteen weeks from today; what is overdue stands left of today."""

    DEFAULT_CSS = """
    Timeline { height: 4; padding: 0 2; margin-bottom: 1; border-bottom: solid $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[DueRow] = ()
        self._now = 0

    def show(self, lines: Sequence[DueRow], now: int) -> None:
        """Show other marks."""
        self._lines, self._now = lines, now
        self.refresh()

    def render(self) -> Text:
        """Marks, the axis, dates, a legend behind them."""
        width = max(self.size.width, _LEAD + 10)
        text = Text(no_wrap=True)
        text.append("".join(self._marks(width)) + "\n", "bold")
        text.append(self._axis(width) + "\n", "dim")
        text.append(self._dates(width), "dim")
        return text

    def _place(self, day: int, width: int) -> int:
        if day < 0:
            return max(0, _LEAD - 2 + day // 7)
        return min(width - 1, _LEAD + day * (width - _LEAD - 1) // DAYS)

    def _marks(self, width: int) -> list[str]:
        cells = [" "] * width
        today = dates.local_day(self._now)
        for line in self._lines:
            place = self._place((dates.local_day(line.on) - today).days, width)
            taken = cells[place] not in {" ", _MARKS[line.what]}
            cells[place] = "●" if taken else _MARKS[line.what]
        return cells

    def _axis(self, width: int) -> str:
        cells = ["─"] * width
        cells[_LEAD] = "┼"
        for day in range(_STEP, DAYS, _STEP):
            cells[self._place(day, width)] = "┴"
        return "".join(cells)

    def _dates(self, width: int) -> str:
        cells = list("overdue".ljust(width))
        today = dates.local_day(self._now)
        free = 0
        for day in range(0, DAYS, _STEP):
            then = today + timedelta(days=day)
            label = "today" if day == 0 else dates.short_day(then, today)
            start = (self._place(day, width) if day else _LEAD) + 1
            end = start + len(label)
            if start >= free and end <= width:  # a date that would run into the one before is left out
                cells[start:end] = label
                free = end + 1
        return "".join(cells)


def legend(lines: Sequence[DueRow]) -> str:
    """What the marks mean that stand on the axis."""
    shown = {line.what for line in lines}
    named = [f"{mark} {due_word(what)}" for what, mark in _MARKS.items() if what in shown]
    return "  ".join(each.replace(" ", _UNBROKEN) for each in (*named, "● several"))


_WITHIN_DAYS = 365
_NAME, _SHORT_NAME = 24, 12
_CODE = 11


Heading = tuple[str, int]
"""The name of a group and how many things stand under it; 0 where that says itself."""
Line = Heading | DueRow | Alike


class DueScreen(ListScreen[Line], RollerScreen):
    """All that is to be done by date and kind, each with the limit that decides, and what is put off."""

    help = Help(
        "What is due",
        "Everything to disinfect, take out, discard, replace or order, by date. The end of a line "
        "names the limit that decides. Enter opens the record, the list of solutions or the stock, or a line "
        "that stands for several; the deeds act on the chosen line. m puts it off until a day, with a "
        "reason, or takes that back; the gate heeds none of that.",
    )
    CSS_PATH = "due.tcss"
    list_type = OpenList
    BINDINGS: ClassVar[list[BindingType]] = [*keys_of(DUE), BACK]
    where = "due"
    empty = (
        "Nothing is due within a year. What must be washed, taken out, replaced or thrown away stands here "
        "by date, as soon as there is any; esc goes back."
    )
    has_ages = True

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[DueRow] = ()
        self._columns = _Columns(0, 0, 0, is_wide=False, now=0)
        self._open: set[Hashable] = set()

    def above(self) -> Sequence[Widget]:
        """The axis."""
        return [Timeline()]

    def below(self) -> Sequence[Widget]:
        """The meaning of the marks."""
        return [Static("", id="legend", markup=False)]

    @property
    def roller(self) -> str | None:
        """The roller of the chosen row."""
        row = self.chosen
        return row.code if isinstance(row, DueRow) and kind_of_roller(row) else None

    @property
    def rollers(self) -> Sequence[str]:
        """Those that the chosen line stands for."""
        return [line.code for line in self._chosen_lines if kind_of_roller(line)]

    @property
    def _chosen_lines(self) -> Sequence[DueRow]:
        row = self.chosen
        return row.lines if isinstance(row, Alike) else [row] if isinstance(row, DueRow) else []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Anything that is due can be put off; other deeds go to rollers."""
        if action != "deed":
            return True
        needed = self._chosen_lines if parameters[0] in OF_DUE else self.rollers
        return True if needed else None

    def action_deed(self, name: str) -> None:
        """Put off what the chosen line stands for, or do a deed to its rollers."""
        lines = list(self._chosen_lines)
        if name in OF_DUE:
            self.app.do(name, lines)
        elif name == "retire" and lines and all(line.what == "bin" for line in lines):
            self.app.do("bin_into", list(self.rollers))
        else:
            super().action_deed(name)

    async def read_rows(self) -> Sequence[Line]:
        """What is due, under the name of its group; at the end how much is left out."""
        found, now = await self.app.backend.run(what_is_due, _WITHIN_DAYS), self.app.clock()
        self.query_one(Timeline).show(found.lines, now)
        self.query_one("#legend", Static).update(Content(legend(found.lines)))
        self._lines = [*found.lines, *found.snoozed]
        self._measure(now)
        rows: list[Line] = []
        groups = dict(grouped(found.lines, now))
        if found.later and (groups or found.snoozed):
            groups.setdefault(LATER, [])
        if found.snoozed:
            groups[SNOOZED] = found.snoozed
        for name, each in groups.items():
            rows.append((name, len(each) + (found.later if name == LATER else 0)))
            for line in alike(each):
                rows.append(line)
                if isinstance(line, Alike) and self.key(line) in self._open:
                    rows += line.lines
            if name == LATER and found.later:
                rows.append((due_behind(found.later), 0))
        return rows

    def on_resize(self) -> None:
        """Let the columns take the room there is; the list draws them."""
        self._measure(self._columns.now)

    def _measure(self, now: int) -> None:
        self._columns = _columns(self._lines, now, _SHORT_NAME if self.is_narrow else _NAME)

    def is_heading(self, row: Line) -> bool:
        """Whether it is the name of a group."""
        return isinstance(row, tuple)

    def key(self, row: Line) -> Hashable:
        """A row by what is due of which code; several by what makes them alike."""
        if isinstance(row, Alike):
            first = row.lines[0]
            put_off = first.snoozed_until is not None
            return "several", first.what, SNOOZED if put_off else group_of(first, self._columns.now)
        return (row.code, row.what) if isinstance(row, DueRow) else row[0]

    def prompt(self, row: Line) -> Content:
        """A group with its count, or what is due in columns."""
        if isinstance(row, Alike):
            return _alike_content(row, self._columns, is_open=self.key(row) in self._open)
        if isinstance(row, DueRow):
            return _row_content(row, self._columns)
        name, count = row
        style = "bold $verdict-stop" if name == OVERDUE else "bold"
        return Content.assemble((name, style), (f"  {count:,}" if count else "", "$foreground 60%"))

    def action_choose(self) -> None:
        """Open a roller's record, what lists a solution or a product, or a line that stands for several."""
        if isinstance(self.chosen, Alike):
            self._open ^= {self.key(self.chosen)}
            self.reread()
        elif self.roller:
            self.app.open_record(self.roller)
        elif isinstance(self.chosen, DueRow):
            self.app.open_screen("stock" if self.chosen.what == "order" else "solutions", self.chosen.code)


class _Columns(NamedTuple):
    """Cells of each column, as wide as its longest text, so that the limit has the rest; and for when."""

    when: int
    what: int
    name: int
    is_wide: bool
    now: int


def _columns(lines: Sequence[DueRow], now: int, most: int) -> _Columns:
    is_wide = most > _SHORT_NAME
    return _Columns(
        when=max((cell_len(due_when(line, now, to_the_minute=is_wide)) for line in lines), default=0),
        what=max((cell_len(due_word(line.what)) for line in lines), default=0),
        name=min(most, max((cell_len(line.name) for line in lines), default=0)),
        is_wide=is_wide,
        now=now,
    )


def _row_content(line: DueRow, widths: _Columns) -> Content:
    name = padded(line.name, widths.name) + "  " * bool(widths.name)
    return _in_columns(line, f"{due_code(line):<{_CODE}}  {name}", due_because(line), widths)


def _alike_content(several: Alike, widths: _Columns, *, is_open: bool) -> Content:
    """One line for things that read the same; it opens to show whose they are."""
    told = f"{'▾' if is_open else '▸'} {several_text(several)}"
    room = _CODE + 2 + (widths.name + 2 if widths.name else 0)
    because = several_because(several, widths.now)
    return _in_columns(several.lines[0], padded(told, room), because, widths)


def _in_columns(line: DueRow, of_what: str, because: str, widths: _Columns) -> Content:
    when = due_when(line, widths.now, to_the_minute=widths.is_wide)
    return Content.assemble(
        (f"  {when:<{widths.when}}  ", "$foreground 60%"),
        (f"{due_word(line.what):<{widths.what}}  ", "bold"),
        of_what,
        (printable(because), "$foreground 60%"),
    )
