"""The selected roller beside the list, or below it in three lines."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.table import Table
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from rollertrack.domain.code import shown
from rollertrack.domain.gate import unknown
from rollertrack.domain.rows import Record
from rollertrack.domain.words import State
from rollertrack.tui.widgets.content import (
    fields_table,
    finding_content,
    findings_table,
    glance,
    history_table,
    life_text,
    roller_heading,
    state_content,
)
from rollertrack.tui.widgets.words import Words
from rollertrack.wording.records import chosen_lines, roller_titles
from rollertrack.wording.states import at_a_glance, next_of, record_state, state_text

_LAST_EVENTS = 8
_PADDING, _GAP = 2, 3
_PARTS = ("title", "state", "findings", "fields", "events")
_UNREADABLE = state_content(State.STOP, state_text(State.STOP, ""))


class SidePanel(VerticalScroll, can_focus=False):
    """The state in a line, then everything a glance must tell."""

    DEFAULT_CSS = """
    SidePanel {
        width: 32%;
        min-width: 37;
        max-width: 56;
        padding: 0 1 0 2;
        border-left: solid $panel;
        scrollbar-size: 1 1;
        Static { height: auto; }
        &.-none > * { visibility: hidden; }
        #panel-state { margin-top: 1; }
        #panel-findings { margin-bottom: 1; }
        #panel-events { margin-top: 1; padding-top: 1; border-top: solid $panel; }
    }
    """

    def compose(self) -> ComposeResult:
        """Title, state, findings, fields, last events."""
        for part in _PARTS:
            yield Words(id=f"panel-{part}")

    def show(self, record: Record | None, now: int) -> None:
        """Tell of a roller, or of none."""
        self.set_class(record is None, "-none")
        if record is None:
            return
        answer = record.answer
        self._tell("title", roller_heading(answer))
        self._tell("state", state_content(record.state, record_state(record, now)))
        found = at_a_glance(answer.verdict)
        self._tell("findings", findings_table(found, dark=self.app.current_theme.dark))
        rows = [("Next", next_of(answer.verdict)), *glance(record, now)]
        self._tell("fields", fields_table(rows))
        self._tell("events", history_table(record.history[:_LAST_EVENTS], now))

    def show_chosen(self, codes: Sequence[str]) -> None:
        """Tell of several rollers that are chosen."""
        head, named, keys = chosen_lines(codes)
        self.remove_class("-none")
        for part, text in zip(_PARTS, (head, named, keys, "", ""), strict=True):
            self._tell(part, Content.styled(text, "bold" if text is head else ""))

    def show_fault(self, code: str, sentence: str) -> None:
        """Tell of a roller that cannot be read: it stops, and why."""
        verdict = unknown(sentence)
        self.remove_class("-none")
        self._tell("state", _UNREADABLE)
        self._tell("title", Content.styled(shown(code), "bold"))
        self._tell("findings", finding_content(verdict.findings[0]))
        self._tell("fields", Content(""))
        self._tell("events", Content(""))

    def _tell(self, part: str, content: Content | Table) -> None:
        static = self.query_one(f"#panel-{part}", Words)
        static.update(content)
        static.display = content.row_count > 0 if isinstance(content, Table) else bool(content)


class RollerStrip(Words):
    """The selected roller: state and code, the first finding, the next step; what is long takes two lines."""

    DEFAULT_CSS = """
    RollerStrip {
        height: auto;
        min-height: 4;
        max-height: 6;
        padding: 0 1;
        border-top: solid $panel;
    }
    """

    def show(self, record: Record | None, now: int) -> None:
        """Tell of a roller, or of none."""
        self.update(Content("") if record is None else self._lines(record, now))

    def show_chosen(self, codes: Sequence[str]) -> None:
        """Tell of several rollers that are chosen."""
        head, *lines = chosen_lines(codes)
        self.update(Content("\n").join([Content.styled(head, "bold"), *map(Content, lines)]))

    def show_fault(self, code: str, sentence: str) -> None:
        """Tell of a roller that cannot be read: it stops, and why."""
        verdict = unknown(sentence)
        head = Content.assemble(_UNREADABLE, "   ", (shown(code), "bold"))
        self.update(Content("\n").join([head, finding_content(verdict.findings[0])]))

    def _lines(self, record: Record, now: int) -> Content:
        verdict = record.answer.verdict
        own = at_a_glance(verdict)
        first = finding_content(own[0]) if own else Content(life_text(record.answer))
        said = record_state(record, now)
        titles, room = roller_titles(record.answer), self.app.size.width - _PADDING - len(said) - _GAP
        title = next((each for each in titles if cell_len(each) <= room), titles[-1])
        head = Content.assemble(state_content(record.state, said), " " * _GAP, title)
        step = Content.assemble(("Next ", "$foreground 55%"), next_of(verdict))
        return Content("\n").join([head, first, step])
