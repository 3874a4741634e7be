"""A screen with nothing but a table, answering it as a screen would, from a list or a rule."""

from datetime import UTC

from textual.app import ComposeResult
from textual.message import Message

from harness.roller_rows import NOW, many
from rollertrack.domain.rows import RollerRow
from rollertrack.tui import palette
from rollertrack.tui.terminal_door import PrintableApp
from rollertrack.tui.widgets.roller_table import RollerTable


class TableApp(PrintableApp[None]):
    """Keeps every message of the table; `answers` off leaves its wishes open."""

    def __init__(self, count: int, rows: tuple[RollerRow, ...] = (), *, light: bool = False) -> None:
        super().__init__()
        self.count = count
        self.rows = rows
        self.light = light
        self.answers = True
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield RollerTable(now=NOW, zone=UTC)

    @property
    def table(self) -> RollerTable:
        return self.query_one(RollerTable)

    def on_mount(self) -> None:
        for theme in palette.THEMES:
            self.register_theme(theme)
        self.theme = (palette.LIGHT if self.light else palette.DARK).name
        self.table.reset(self.count, rows=self.rows)
        self.table.focus()

    def on_roller_table_rows_wanted(self, wanted: RollerTable.RowsWanted) -> None:
        self.heard.append(wanted)
        if self.answers:
            wanted.table.supply(wanted.start, many(wanted.start, wanted.end), wanted.generation)

    def on_roller_table_highlighted(self, message: RollerTable.Highlighted) -> None:
        self.heard.append(message)

    def on_roller_table_selected(self, message: RollerTable.Selected) -> None:
        self.heard.append(message)
