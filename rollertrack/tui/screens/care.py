"""The care slip on the screen: what to do before or after a session, each line with its spread."""

from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from rollertrack.domain.care import AFTER, BEFORE, SOURCES
from rollertrack.domain.text import printable
from rollertrack.tui.help import Help
from rollertrack.tui.screens.list_screen import BACK
from rollertrack.tui.screens.paged import PAGES, PagedScreen
from rollertrack.tui.widgets.lines import KeyLine, StatusLine
from rollertrack.wording import care as say

_SLIPS = (BEFORE, AFTER)


class CareScreen(PagedScreen):
    """One slip; it is read to somebody, printed or written from here, and logged."""

    help = Help(
        "The care slip",
        "What clinics, makers and papers ask for before and after a session. The longest of the spread is "
        "printed; m shows the spread itself and where it was read. i hands the slip over: on the screen, as "
        "an A5 page or from a label printer's roll; with a person it is logged that it was given.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,right", "turn", "before, after", key_display="← →", id="care.turn",
                tooltip="Show the other slip"),
        Binding("i", "give", "hand over", id="care.give", tooltip="Print or write it, and log who got it"),
        Binding("m", "spread", "spread", id="care.spread", tooltip="Show the spread of each line"),
        *PAGES,
        BACK,
    ]  # fmt: skip
    paged = "#slip"
    DEFAULT_CSS = """
    CareScreen {
        #title { padding: 0 2; border-bottom: solid $panel; text-style: bold; }
        #slip { padding: 0 1 0 2; scrollbar-size: 1 1; }
        #lines { height: auto; }
        #closing { height: auto; padding: 0 2; border-top: solid $panel; color: $foreground 60%; }
    }
    """

    def __init__(self, which: str = AFTER) -> None:
        super().__init__()
        self.which = which
        self._shows_spread = False

    @property
    def heading(self) -> str:
        """What stands over the slip."""
        return say.slip_title(self.which)

    def compose(self) -> ComposeResult:
        """The title, the lines, what stands below every slip."""
        yield StatusLine("care slip")
        yield Static(id="title", markup=False)
        with VerticalScroll(id="slip", can_focus=False):
            yield Static(id="lines", markup=False)
        yield Static("\n".join(say.footer()), id="closing", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the slip."""
        self._show()

    def reread(self) -> None:
        """A slip stays as it is, whatever is written."""

    def action_turn(self) -> None:
        """Show the other slip."""
        self.which = _SLIPS[1 - _SLIPS.index(self.which)]
        self._show()

    def action_spread(self) -> None:
        """Show the spread beside each line, or no longer."""
        self._shows_spread = not self._shows_spread
        self._show()

    def action_give(self) -> None:
        """Hand this slip over."""
        self.app.do("give_care", "", self.which)

    def _show(self) -> None:
        self.query_one("#title", Static).update(Content(printable(self.heading)))
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        table.add_column(width=22)
        table.add_column(ratio=1, overflow="fold")
        for line in say.slip_lines(self.which):
            table.add_row(Text(line.topic, "bold"), Text(line.printed))
            if self._shows_spread:
                table.add_row("", Text(line.spread, "dim"))
        if self._shows_spread:
            table.add_row(Text("read at", "dim"), Text(" · ".join(SOURCES), "dim"))
        self.query_one("#lines", Static).update(table)
