"""What a trace found, under headings; put aside, written to a file, or followed one step further by key."""

from collections.abc import Hashable, Sequence
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from rollertrack.deeds.table import TRACE
from rollertrack.domain.code import Kind
from rollertrack.domain.text import printable
from rollertrack.domain.trace import Question, Traced, TraceRow, merged
from rollertrack.services import trace_questions, tracing
from rollertrack.services.trace_questions import Asked
from rollertrack.tui.deed_keys import keys_of
from rollertrack.tui.help import Help
from rollertrack.tui.screens.list_screen import BACK, ListScreen, OpenList
from rollertrack.tui.widgets.roller_columns import padded
from rollertrack.wording import traces as words

_CODE, _NAME, _SHORT_NAME = 11, 20, 10


class Found(NamedTuple):
    """A row of the trace, and how it reads now: what it names may stand otherwise while it stays the same."""

    row: TraceRow
    cells: tuple[str, ...]


Line = str | Found
"""What stands over rows that are alike, or a row."""


class TraceScreen(ListScreen[Line]):
    """The answer to one question, read anew whenever something is written."""

    help = Help(
        "A trace",
        "Who touched what, each with why it is here. ✗ has the lot or had it, ~ reads the same at a glance, "
        "? has no lot on record, ◔ lay in a bath beside them, – was taken back. A recall puts aside what has "
        "or had it; what lay beside or cannot be ruled out only where you say so. Enter opens a roller, m "
        "traces the chosen one in its turn.",
    )
    list_type = OpenList
    where = "trace"
    empty = "Nothing was found. Compare the lot with the pack once more; esc goes back."
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys_of(TRACE),
        Binding("m", "further", "trace this", id="trace.further", tooltip="Trace the chosen one in its turn"),
        BACK,
    ]
    DEFAULT_CSS = """
    TraceScreen #counts { height: auto; padding: 0 2; margin-bottom: 1; border-bottom: solid $panel; }
    """

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        self._traced: Traced | None = None

    def above(self) -> Sequence[Widget]:
        """What is traced, and how much was found."""
        return [Static(id="counts", markup=False)]

    async def read_rows(self) -> Sequence[Line]:
        """The rows, each kind under its heading."""
        self._traced = traced = await self.app.backend.run(tracing.trace, self.question)
        found = traced.trace
        lines = (words.question_text(found.question), *words.count_lines(found))
        if found.solutions:
            lines = (*lines, words.solutions_text(found.solutions))
        self.query_one("#counts", Static).update(Content("\n").join(map(Content, lines)))
        rows: list[Line] = []
        for row in merged(found.rows):
            if not rows or (isinstance(rows[-1], Found) and rows[-1].row.what != row.what):
                rows.append(words.heading(row.what))
            rows.append(Found(row, words.row_cells(row, traced)))
        return rows

    def is_heading(self, row: Line) -> bool:
        """Whether it stands over others."""
        return isinstance(row, str)

    def key(self, row: Line) -> Hashable:
        """The heading, or what was found."""
        return row if isinstance(row, str) else row.row

    def prompt(self, row: Line) -> Content:
        """A heading, or a row in columns."""
        if isinstance(row, str):
            return Content.styled(row, "bold")
        word, code, name, when, why, detail = row.cells
        name = padded(name, _SHORT_NAME if self.is_narrow else _NAME)
        rest = printable(" · ".join(filter(None, (why, detail, when))))
        return Content.assemble(
            (f"  {padded(word, 13)} ", "bold"), f"{padded(code, _CODE)}  {name}  ", (rest, "$foreground 60%")
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a chosen row is greyed out without one."""
        return (
            None if action == "further" and self._asked is None else super().check_action(action, parameters)
        )

    @property
    def _asked(self) -> Asked | None:
        """The question that the chosen row leads to."""
        chosen = self.chosen
        code = (chosen.row.code or chosen.row.by) if isinstance(chosen, Found) else ""
        match code[:1]:
            case Kind.ROLLER:
                return Asked(roller=code)
            case Kind.PERSON:
                return Asked(person=code)
            case Kind.SOLUTION:
                return Asked(solution=code)
        return None

    def action_deed(self, name: str) -> None:
        """Recall what was found, or write it to a file."""
        self.app.do(name, self.question)

    def action_further(self) -> None:
        """Trace the chosen one in its turn."""
        if self._asked is not None:
            self.app.attempt(self._further, self._asked)

    async def _further(self, asked: Asked) -> None:
        self.app.push_screen(TraceScreen(await self.app.backend.run(trace_questions.read_question, asked)))

    def action_choose(self) -> None:
        """Open the record of the roller, or of the one that a person or a bottle came by."""
        if isinstance(self.chosen, Found):
            row = self.chosen.row
            code = row.code if row.code[:1] == Kind.ROLLER else row.by
            if code in (self._traced.rollers if self._traced else ()):
                self.app.open_record(code)
