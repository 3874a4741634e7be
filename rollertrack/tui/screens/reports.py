"""Reports: one at a time, as bars with their numbers; the arrows turn report and span."""

from collections.abc import Sequence
from textwrap import wrap
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from rollertrack.domain.reports import Report
from rollertrack.domain.text import printable
from rollertrack.services import reporting
from rollertrack.tui.help import Help
from rollertrack.tui.screens.list_screen import BACK
from rollertrack.tui.screens.live import LiveScreen
from rollertrack.tui.widgets.lines import KeyLine, StatusLine
from rollertrack.tui.widgets.roller_columns import padded
from rollertrack.wording import reports as say
from rollertrack.wording.seals import seal_line

_MARGINS = 7
_TEXT = 34
_USUAL_BAR, _LEAST_BAR = 8, 3


class ReportsScreen(LiveScreen):
    """The numbers of a span of thirteen weeks; what is written to a file is just what stands here."""

    help = Help(
        "Reports",
        "Uses a week by needle length, how soon after a use a roller was disinfected, how much of their life "
        "rollers reached, stock and cost. The arrows up and down choose the report, left and right go "
        "thirteen weeks back and forth. w writes the rows for a spreadsheet, m the inspector's report. The "
        "seal stands for the state of the journal; the command `rollertrack verify --seal` says whether it "
        "still contains that.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "turn(-1)", "report", key_display="↑↓", id="reports.before",
                tooltip="The report before, and the next one"),
        Binding("down", "turn(1)", show=False, id="reports.next"),
        Binding("left", "move(1)", "span", key_display="←→", id="reports.earlier",
                tooltip="Thirteen weeks back, and forth"),
        Binding("right", "move(-1)", show=False, id="reports.later"),
        Binding("w", "write", "write", id="reports.write", tooltip="Write the rows for a spreadsheet"),
        Binding("m", "inspection", "inspector's PDF", id="reports.inspection",
                tooltip="Write the inspector's report"),
        BACK,
        Binding("pagedown", "scroll_rows(1)", show=False, id="reports.down", tooltip="Further down"),
        Binding("pageup", "scroll_rows(-1)", show=False, id="reports.up", tooltip="Further up"),
    ]  # fmt: skip
    DEFAULT_CSS = """
    ReportsScreen {
        #names, #title, #seal { text-wrap: nowrap; text-overflow: ellipsis; }
        #names { padding: 0 2; height: 1; }
        #title { padding: 0 2; height: 2; border-bottom: solid $panel; text-style: bold; }
        #rows { padding: 1 1 0 2; scrollbar-size: 1 1; }
        #seal { padding: 0 2; height: 1; color: $foreground 60%; }
        #bars { height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._place = 0
        self._back = 0
        self._made: Report | None = None

    def compose(self) -> ComposeResult:
        """The names of the reports, the span, the bars."""
        yield StatusLine("reports")
        yield Static(id="names", markup=False)
        yield Static(id="title", markup=False)
        with VerticalScroll(id="rows", can_focus=False):
            yield Static(id="bars", markup=False)
        yield Static(id="seal", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the first one."""
        self._show_names()
        self.reread()

    def reread(self) -> None:
        """Read the report anew."""
        self.read("report", self._load)

    async def _load(self) -> None:
        self._made, found = await self.app.backend.run(reporting.report_back, self.name_shown, self._back)
        self.query_one("#seal", Static).update(Content(seal_line(found)))
        self._show()

    @property
    def name_shown(self) -> str:
        """The report that is shown."""
        return reporting.NAMES[self._place]

    def action_turn(self, step: int) -> None:
        """Show another report."""
        self._place = (self._place + step) % len(reporting.NAMES)
        self._show_names()
        self.reread()

    def action_move(self, step: int) -> None:
        """Go a span back, or forth until the one that ends today."""
        self._back = max(0, self._back + step)
        self.reread()

    def action_write(self) -> None:
        """Write the rows that are shown."""
        if self._made is not None:
            self.app.do("write_report", self._made)

    def action_inspection(self) -> None:
        """Write the inspector's report."""
        self.app.do("inspection", self._made.period if self._made else None)

    def action_scroll_rows(self, pages: int) -> None:
        """Go further down, or up, in what does not fit."""
        rows = self.query_one("#rows", VerticalScroll)
        rows.scroll_relative(y=pages * max(1, rows.size.height - 1), animate=False)

    def on_resize(self) -> None:
        """Let the bars take the room there is."""
        self._show()

    def _show_names(self) -> None:
        names = [
            (f" {name} ", "bold reverse" if name == self.name_shown else "$foreground 60%")
            for name in reporting.NAMES
        ]
        self.query_one("#names", Static).update(Content.assemble(*names))

    def _show(self) -> None:
        made = self._made
        if made is None:
            return
        title = f"{say.TITLES[made.name]} · {say.span_text(made.period)}"
        self.query_one("#title", Static).update(Content(title))
        self.query_one("#bars", Static).update(Content("\n").join(self._lines(made)))

    def _lines(self, made: Report) -> list[Content]:
        width = self.app.size.width
        if say.is_empty(made):
            return _told([say.NOTHING[made.name]], width)
        bare = say.report_lines(made, 1)
        named = min(width // 3, max(cell_len(line.name) for line in bare))
        beside = width - _MARGINS - named
        # Where the numbers need them, the bars leave their cells to those.
        numbers = max(cell_len(line.text) for line in bare)
        room = max(beside - _TEXT, min(_USUAL_BAR, beside - numbers), _LEAST_BAR)
        lines = _told(say.explained(made), width)
        for line in say.report_lines(made, room):
            first, *more = wrap(printable(line.text), beside - room) or [""]
            lines.append(
                Content.assemble(
                    f"{padded(line.name, named)}  ", (padded(line.bar, room), "bold $accent"), f"  {first}"
                )
            )
            lines += [Content(f"{'':{named + room + 4}}{each}") for each in more]
        return lines + _told(made.notes, width)


def _told(sentences: Sequence[str], width: int) -> list[Content]:
    """What is said of a whole report, in lines that fit."""
    return [
        Content.styled(line, "$foreground 60%") for each in sentences for line in wrap(each, width - _MARGINS)
    ]
