"""The guide: a concern and an area are turned with the arrows, and below them stands what sources name."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from rollertrack.domain.guidance import Advice
from rollertrack.domain.guide import AREAS, CONCERNS
from rollertrack.domain.text import printable
from rollertrack.services.guiding import guided
from rollertrack.tui.help import Help
from rollertrack.tui.screens.list_screen import BACK
from rollertrack.tui.screens.paged import PAGES, PagedScreen
from rollertrack.tui.widgets.lines import KeyLine, StatusLine
from rollertrack.tui.widgets.roller_columns import padded
from rollertrack.wording import guide as say

_LABEL = 18
_ANY = "any"
_CHOICES = (("Concern", ("", *CONCERNS)), ("Area", ("", *AREAS)))


class GuideScreen(PagedScreen):
    """What is named for a concern and an area, as bars on one scale with the rollers of this place."""

    help = Help(
        "Needle lengths",
        "What health pages, makers' charts and papers name, with their spread; no advice. The arrows up and "
        "down go from concern to area, left and right change it. ├──┤ is what is named, ┄┄ what only some "
        "name, ▲ are your rollers, ✗ those for professionals. m shows every source in full; page down shows "
        "what does not fit.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "change", key_display="← →", id="guide.before",
                tooltip="The one before, the next one"),
        Binding("right", "turn(1)", "next", show=False, id="guide.next", tooltip="The next one"),
        Binding("up,down", "other", "concern, area", key_display="↑↓", id="guide.other",
                tooltip="Between concern and area"),
        Binding("m", "sources", "sources", id="guide.sources", tooltip="Show every source in full"),
        *PAGES,
        BACK,
    ]  # fmt: skip
    paged = "#told"
    DEFAULT_CSS = """
    GuideScreen {
        #choices { height: auto; padding: 0 2; border-bottom: solid $panel; }
        #told { padding: 0 1 0 2; scrollbar-size: 1 1; }
        #bars { height: auto; margin-bottom: 1; text-wrap: nowrap; }
        #lines { height: auto; }
        #closing { height: auto; padding: 0 2; border-top: solid $panel; color: $foreground 60%; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._places = [0, 0]
        self._row = 0
        self._in_full = False
        self._advice: Advice | None = None

    def compose(self) -> ComposeResult:
        """The two choices, the bars, what is said beside them."""
        yield StatusLine("needle lengths")
        yield Static(id="choices", markup=False)
        with VerticalScroll(id="told", can_focus=False):
            yield Static(id="bars", markup=False)
            yield Static(id="lines", markup=False)
        yield Static("\n".join(say.closing_lines()), id="closing", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Ask what is said at first: everything that is known, beside the rollers of this place."""
        self._show_choices()
        self.reread()

    def reread(self) -> None:
        """Ask again."""
        self.read("guide", self._load)

    async def _load(self) -> None:
        concern, area = self.chosen
        self._advice = await self.app.backend.run(guided, concern, area)
        self._show()

    @property
    def chosen(self) -> tuple[str, str]:
        """The concern and the area that are chosen; empty for any."""
        (_, concerns), (_, areas) = _CHOICES
        return concerns[self._places[0]], areas[self._places[1]]

    def action_turn(self, step: int) -> None:
        """Choose the one before or behind, of concerns or of areas."""
        names = _CHOICES[self._row][1]
        self._places[self._row] = (self._places[self._row] + step) % len(names)
        self._show_choices()
        self.reread()

    def action_other(self) -> None:
        """Go from concern to area, or back."""
        self._row = 1 - self._row
        self._show_choices()

    def action_sources(self) -> None:
        """Show every source in full, or no longer."""
        self._in_full = not self._in_full
        self._show()

    def on_resize(self) -> None:
        """Draw the scale as fine as there is room."""
        self._show()

    def _show_choices(self) -> None:
        lines = []
        for row, ((title, _), name) in enumerate(zip(_CHOICES, self.chosen, strict=True)):
            text = f" ◂ {name or _ANY} ▸ "
            lines.append(
                Content.assemble(
                    (padded(title, 10), "$foreground 60%"),
                    (text, "bold reverse" if row == self._row else "bold"),
                )
            )
        self.query_one("#choices", Static).update(Content("\n").join(lines))

    def _show(self) -> None:
        if self._advice is None:
            return
        step = 1 if self.is_narrow else 2
        rows = say.guide_rows(self._advice, step)
        drawn = [Content.styled(f"{padded('', _LABEL)}{say.axis(step)}", "$foreground 60%")]
        drawn += [
            Content.assemble(f"{padded(name, _LABEL)}", (bar, "bold $accent"), f"  {text}")
            for name, bar, text in rows
        ]
        self.query_one("#bars", Static).update(Content("\n").join(drawn))
        self.query_one("#lines", Static).update(_table(self._lines(self._advice)))

    def _lines(self, advice: Advice) -> Iterator[tuple[str, str]]:
        if self._in_full:
            yield from say.source_lines(advice)
            return
        if not any(self.chosen):
            yield "", say.NOTHING_NAMED
        yield from say.advice_lines(advice)


def _table(lines: Iterable[tuple[str, str]]) -> Table:
    """Each line behind its word; what wraps stays beside it."""
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(min_width=9, no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for name, text in lines:
        table.add_row(Text(name, "dim"), Text(printable(text)))
    return table
