"""The list of rollers: a hundred thousand rows scroll like fifty, since only what shows is ever held."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from rollertrack.domain.code import shown
from rollertrack.domain.rows import LabelRow, RollerRow
from rollertrack.tui import palette
from rollertrack.tui.widgets import roller_columns
from rollertrack.tui.widgets.roller_columns import MARGIN, Column, Moment, Tone
from rollertrack.wording import dates

BLOCK = 128
_MOST_ROWS = 64 * BLOCK


class RowStore:
    """Rows by their place in the list; the ones supplied longest ago make room for new ones."""

    def __init__(self) -> None:
        self._rows: dict[int, RollerRow] = {}

    def get(self, index: int) -> RollerRow | None:
        """The row at a place, or None while it is not here."""
        return self._rows.get(index)

    def put(self, start: int, rows: Sequence[RollerRow]) -> list[int]:
        """Keep rows from place `start`; returns the places where the row is new or differs."""
        changed = [index for index, row in enumerate(rows, start) if self._rows.get(index) != row]
        for index, row in enumerate(rows, start):
            self._rows.pop(index, None)
            self._rows[index] = row
        for index in list(self._rows)[: max(0, len(self._rows) - _MOST_ROWS)]:
            del self._rows[index]
        return changed

    def clear(self) -> None:
        """Forget every row."""
        self._rows.clear()

    def lacking(self, start: int, stop: int) -> tuple[int, int] | None:
        """The whole blocks, first place and end, to read so that no row of start…stop is missing."""
        absent = [index for index in range(start, stop) if index not in self._rows]
        return whole_blocks(absent[0], absent[-1] + 1) if absent else None


def whole_blocks(start: int, stop: int) -> tuple[int, int]:
    """The range widened to whole blocks."""
    return start // BLOCK * BLOCK, -(-stop // BLOCK) * BLOCK


_HEADER = 1
_DOUBLE_CLICK = 2


class RollerTable(ScrollView, can_focus=True):
    """Shows rows that a screen reads in blocks and supplies; keeps a cursor on one of them.

    The screen calls `reset` when the list is another one, answers `RowsWanted` with `supply`, and sets
    `now` as time goes by. Rows are places from 0 in the order of the list.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "roller-table--header",
        "roller-table--cursor",
        "roller-table--quiet",
        "roller-table--mark",
    }
    DEFAULT_CSS = """
    RollerTable {
        overflow-x: hidden;
        scrollbar-gutter: stable;
        scrollbar-size: 1 1;
        .roller-table--header { color: $foreground 55%; }
        .roller-table--quiet { color: $foreground 60%; }
        .roller-table--cursor { background: $foreground 6%; }
        .roller-table--mark { color: $foreground 30%; }
        &:focus .roller-table--cursor { background: $primary 18%; }
        &:focus .roller-table--mark { color: $primary; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False, id="table.up"),
        Binding("down", "move(1)", "Down", show=False, id="table.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="table.page-up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="table.page-down"),
        Binding("home", "first", "First", show=False, id="table.first"),
        Binding("end", "last", "Last", show=False, id="table.last"),
        Binding("enter", "select", "Open", show=False, id="table.select"),
        Binding("space", "check", "tick", show=False, id="table.tick", tooltip="Choose it, or let it go"),
    ]
    CHOSEN_MARK = "●"

    @dataclass
    class Checked(Message):
        """Other rollers are ticked now."""

        table: "RollerTable"

    @dataclass
    class TitleClicked(Message):
        """A title was clicked, or the line beside them (None)."""

        table: "RollerTable"
        column: str | None

    @dataclass
    class RowsWanted(Message):
        """Rows from `start` to before `end` are about to show; `supply` them with this `generation`."""

        table: "RollerTable"
        start: int
        end: int
        generation: int

        @property
        def control(self) -> "RollerTable":
            """The table that asks."""
            return self.table

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another row, or on none that is known yet; the newest message counts."""

        table: "RollerTable"
        row: RollerRow | None

        @property
        def control(self) -> "RollerTable":
            """The table whose cursor moved."""
            return self.table

        def can_replace(self, message: Message) -> bool:
            """Only the newest place of the cursor matters."""
            return isinstance(message, RollerTable.Highlighted) and message.table is self.table

    @dataclass
    class Selected(Message):
        """Enter or a double click on a row."""

        table: "RollerTable"
        row: RollerRow

        @property
        def control(self) -> "RollerTable":
            """The table with the row."""
            return self.table

    def __init__(self, *, now: int = 0, zone: tzinfo | None = None, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._moment = Moment(now, zone)
        self._rows = RowStore()
        self._count = 0
        self._cursor = 0
        self._generation = 0
        self._columns: dict[str, int] = {}
        self._asked: tuple[int, int] | None = None
        self._order = ("", "")
        self._checked: dict[str, None] = {}
        self._announced: RollerRow | None = None
        self.virtual_size = Size(0, _HEADER)

    @property
    def count(self) -> int:
        """How many rows the list has."""
        return self._count

    @property
    def cursor(self) -> int:
        """The place of the cursor."""
        return self._cursor

    @property
    def row(self) -> RollerRow | None:
        """The row under the cursor, or None while it is not known."""
        return self._rows.get(self._cursor) if self._cursor < self._count else None

    @property
    def now(self) -> int:
        """The instant that dates are told for, in microseconds UTC."""
        return self._moment.now

    @now.setter
    def now(self, now: int) -> None:
        zone = self._moment.zone
        is_another_day = dates.local_day(now, zone) != dates.local_day(self.now, zone)
        seen = range(self.scroll_offset.y, min(self._count, self.scroll_offset.y + self.size.height))
        before = [self._text(place) for place in seen]
        self._moment = Moment(now, zone)
        if is_another_day:
            self.refresh()
            return
        for place, text in zip(seen, before, strict=True):
            if text != self._text(place):  # an age in it has grown
                self.refresh_line(place + _HEADER)

    def row_at(self, place: int) -> RollerRow | None:
        """The row at a place, or None while it is not here."""
        return self._rows.get(place)

    def _text(self, place: int) -> str:
        row = self._rows.get(place)
        return "" if row is None else "".join(text for text, _ in self.pieces(row))

    def reset(self, count: int, *, cursor: int = 0, start: int = 0, rows: Sequence[RollerRow] = ()) -> None:
        """Show another list of `count` rows with the cursor at `cursor`, on the same line of the screen.

        `rows` from place `start`, read together with the count, keep the list from blinking; `window`
        says which. Rows asked for earlier are no longer taken.
        """
        line = self._cursor - self.scroll_offset.y
        self._generation += 1
        self._asked = None
        self._rows.clear()
        self._rows.put(start, rows)
        self._count = count
        self._cursor = max(0, min(cursor, count - 1))
        self.virtual_size = Size(0, count + _HEADER)
        self.scroll_to(y=self._cursor - line, animate=False)
        self._show_cursor()
        self.refresh()
        self._tell()

    def window(self, cursor: int) -> tuple[int, int]:
        """First place and end of the rows to bring along with a `reset` that puts the cursor there."""
        return whole_blocks(max(0, cursor - self._page), cursor + self._page)

    def supply(self, start: int, rows: Sequence[RollerRow], generation: int) -> None:
        """Take rows from place `start`; those read for an earlier list are dropped."""
        if generation != self._generation:
            return
        self._asked = None
        for index in self._rows.put(start, rows[: max(0, self._count - start)]):
            self.refresh_line(index + _HEADER)
        self._tell()

    @property
    def generation(self) -> int:
        """Which list is shown; every `reset` makes another."""
        return self._generation

    def move_to(self, index: int) -> None:
        """Put the cursor on a row, or on the nearest there is, and show it."""
        old, self._cursor = self._cursor, max(0, min(index, self._count - 1))
        self._show_cursor()
        if old != self._cursor:
            self.refresh_line(old + _HEADER)
            self.refresh_line(self._cursor + _HEADER)
            self._tell()

    def action_move(self, by: int) -> None:
        """Move the cursor by some rows."""
        self.move_to(self._cursor + by)

    def action_page(self, direction: int) -> None:
        """Move the cursor by a page."""
        self.move_to(self._cursor + direction * max(1, self._page - 1))

    def action_first(self) -> None:
        """Move the cursor to the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """Move the cursor to the last row."""
        self.move_to(self._count - 1)

    def action_select(self) -> None:
        """Open the row under the cursor."""
        if self.row is not None:
            self._say(self.Selected(self, self.row))

    @property
    def checked(self) -> tuple[str, ...]:
        """The codes that are ticked, in the order they were."""
        return tuple(self._checked)

    def check(self, codes: Iterable[str]) -> None:
        """Tick these and no others."""
        self._checked = dict.fromkeys(codes)
        self.refresh()
        self._say(self.Checked(self))

    def action_check(self) -> None:
        """Tick or untick the roller under the cursor, and go on to the next."""
        if self.row is not None:
            self._turn(self.row.code)
            self.move_to(self.cursor + 1)

    def _turn(self, code: str) -> None:
        if code in self._checked:
            del self._checked[code]
        else:
            self._checked[code] = None
        self.refresh()
        self._say(self.Checked(self))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a double click opens; on a title it asks for that order."""
        if event.y < _HEADER:
            self._say(self.TitleClicked(self, roller_columns.column_at(self._columns, event.x)))
        elif self.is_row(event.y):
            self.move_to(self.scroll_offset.y + event.y - _HEADER)
            if event.chain == _DOUBLE_CLICK:
                self.action_select()

    def is_row(self, y: int) -> bool:
        """Whether a row shows on a line of the widget, counted from 0 at the header."""
        return _HEADER <= y < _HEADER + self._count - self.scroll_offset.y

    def on_resize(self) -> None:
        """Fit the columns to the width, and keep the cursor in sight."""
        self.fit(self.size.width)
        self._show_cursor()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The header, a row, a quiet line for a row under way, or nothing."""
        index = self.scroll_offset.y + y - _HEADER
        if y < _HEADER:
            style = self.get_component_rich_style("roller-table--header")
            return self._strip([Segment(self.heading(), style)], self.rich_style)
        if index >= self._count:
            return Strip.blank(self.size.width, self.rich_style)
        return self._row_line(index)

    @property
    def _page(self) -> int:
        """How many rows show at a time."""
        return max(1, self.size.height - _HEADER)

    def _row_line(self, index: int) -> Strip:
        is_cursor = index == self._cursor
        ground = self.get_component_rich_style("roller-table--cursor") if is_cursor else self.rich_style
        mark = ground + self._ink("roller-table--mark")
        row = self._rows.get(index)
        is_chosen = row is not None and row.code in self._checked and bool(self.CHOSEN_MARK)
        segments = [Segment(self.CHOSEN_MARK if is_chosen else "▌" if is_cursor else " ", mark)]
        if row is None:
            self._ask()
            segments.append(Segment("·", ground + self._ink("roller-table--quiet")))
        else:
            tones = self._tones(row, ground)
            segments += [Segment(text, tones[tone]) for text, tone in self.pieces(row)]
        return self._strip(segments, ground)

    def mark_order(self, column: str, mark: str) -> None:
        """Show at its title which column the list is ordered by, and which way."""
        self._order = column, mark
        self.refresh()

    def fit(self, width: int) -> None:
        """Choose the columns for so many cells."""
        self._columns = roller_columns.widths(width)

    def heading(self) -> str:
        """The line over the columns."""
        return roller_columns.header(self._columns, *self._order)

    def pieces(self, row: RollerRow) -> list[tuple[str, Tone]]:
        """One line after its margin, as texts with their tones."""
        return roller_columns.pieces(row, self._columns, self._moment)

    def _tones(self, row: RollerRow, ground: Style) -> dict[Tone, Style]:
        letters = palette.state_letters(row.state, self.app.current_theme.dark)
        quiet = ground + self._ink("roller-table--quiet")
        return {
            Tone.STATE: quiet if letters is None else ground + Style(color=letters, bold=True),
            Tone.PLAIN: ground,
            Tone.QUIET: quiet,
        }

    def _ink(self, component: str) -> Style:
        return Style(color=self.get_component_rich_style(component).color)

    def _strip(self, segments: list[Segment], ground: Style) -> Strip:
        return Strip(segments).adjust_cell_length(self.size.width, ground)

    def _show_cursor(self) -> None:
        top = self.scroll_offset.y
        nearest = max(min(top, self._cursor), self._cursor - self._page + 1)
        if nearest != top:
            self.scroll_to(y=nearest, animate=False)

    def _ask(self) -> None:
        """Ask for every row that shows and is not here, once."""
        top = self.scroll_offset.y
        lacking = self._rows.lacking(top, min(self._count, top + self._page))
        if lacking and lacking != self._asked:
            self._asked = lacking
            self._say(self.RowsWanted(self, *lacking, self._generation))

    def _tell(self) -> None:
        if self.row != self._announced:
            self._announced = self.row
            self._say(self.Highlighted(self, self.row))

    def _say(self, message: Message) -> None:
        # While it is drawn, or called by its parent, a widget counts as spoken for by the parent, and
        # the message would not bubble past it.
        self.post_message(message.set_sender(self))


_CHECKED, _UNCHECKED = "☒ ", "☐ "
_BOX = len(_CHECKED)
_CODE, _LENGTH, _LABEL, _WIDE_LABEL = 11, 4, 8, 20
_LEAST_NAME, _MOST_NAME = 6, 32
_ROOM_FOR_LENGTH, _ROOM_FOR_DATES = 42, 66


def _label(row: RollerRow, width: int, moment: Moment) -> str:
    if not isinstance(row, LabelRow) or row.printed_at is None:
        return "none" if width < _WIDE_LABEL else "never printed"
    word, at = ("unproven", row.printed_at) if row.proven_at is None else ("proven", row.proven_at)
    return word if width < _WIDE_LABEL else f"{word} {dates.when(at, moment.now, moment.zone)}"


_COLUMNS = {
    "code": Column("Code", lambda row, *_: shown(row.code), lead=0),
    "name": Column("Name", lambda row, *_: row.name),
    "length": Column("mm", lambda row, *_: "" if row.length is None else f"{row.length:.2f}", 1, right=True),
    "label": Column("Label", _label, tone=Tone.QUIET),
}


def widths(total: int) -> dict[str, int]:
    """The columns that fit `total` cells beside the box; the name takes what the others leave."""
    chosen = {"code": _CODE}
    if total >= _ROOM_FOR_LENGTH:
        chosen["length"] = _LENGTH
    chosen["label"] = _WIDE_LABEL if total >= _ROOM_FOR_DATES else _LABEL
    taken = 2 * MARGIN + _BOX + sum(_COLUMNS[key].lead + width for key, width in chosen.items())
    spare = total - taken - _COLUMNS["name"].lead
    chosen["name"] = max(_LEAST_NAME, min(_MOST_NAME, spare))
    return {key: chosen[key] for key in _COLUMNS if key in chosen}


class CheckboxTable(RollerTable):
    """Rollers to choose some of, each with a box: a click on it ticks, as space does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "check", "tick", id="table.tick", tooltip="Tick or untick this roller"),
    ]
    CHOSEN_MARK = ""

    def on_click(self, event: events.Click) -> None:
        """A click on a box ticks it; elsewhere it moves the cursor, as in every list."""
        super().on_click(event)
        event.prevent_default()  # the toolkit would call the other handler once more
        if event.x < MARGIN + _BOX and self.is_row(event.y) and self.row is not None:
            self._turn(self.row.code)

    def fit(self, width: int) -> None:
        """Choose the columns for so many cells."""
        self._columns = widths(width)

    def heading(self) -> str:
        """The line over the columns."""
        titles = "".join(_COLUMNS[key].heading(width) for key, width in self._columns.items())
        return " " * (MARGIN + _BOX) + titles

    def pieces(self, row: RollerRow) -> list[tuple[str, Tone]]:
        """The box, then the columns."""
        box = (_CHECKED, Tone.PLAIN) if row.code in self._checked else (_UNCHECKED, Tone.QUIET)
        cells = (
            (_COLUMNS[key].cell(row, width, self._moment), _COLUMNS[key].tone)
            for key, width in self._columns.items()
        )
        return [box, *cells]
