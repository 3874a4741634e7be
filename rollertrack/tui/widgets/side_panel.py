"""The selected roller beside the list, or below it in three lines."""

from rich.table import Table
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from rollertrack.domain.code import shown
from rollertrack.domain.gate import unknown
from rollertrack.domain.quantities import time_left
from rollertrack.domain.rows import Record
from rollertrack.domain.words import Word
from rollertrack.tui.widgets.big_word import BigWord
from rollertrack.tui.widgets.content import (
    fields_table,
    finding_content,
    glance,
    history_table,
    life_text,
    roller_heading,
    word_content,
)
from rollertrack.tui.widgets.words import Words
from rollertrack.wording.records import list_word_text, roller_title

_LAST_EVENTS = 8


class SidePanel(VerticalScroll, can_focus=False):
    """The verdict large, then everything a glance must tell."""

    DEFAULT_CSS = """
    SidePanel {
        width: 42;
        padding: 0 1 0 2;
        border-left: solid $panel;
        scrollbar-size: 1 1;
        Static { height: auto; }
        BigWord { margin: 1 0; }
        &.-none > * { visibility: hidden; }
        #panel-findings { margin-bottom: 1; }
        #panel-events { margin-top: 1; padding-top: 1; border-top: solid $panel; }
    }
    """

    def compose(self) -> ComposeResult:
        """Title, word, findings, fields, last events."""
        yield Words(id="panel-title")
        yield BigWord()
        for part in ("findings", "fields", "events"):
            yield Words(id=f"panel-{part}")

    def show(self, record: Record | None, now: int) -> None:
        """Tell of a roller, or of none."""
        self.set_class(record is None, "-none")
        if record is None:
            return
        answer = record.answer
        self.query_one(BigWord).word = answer.verdict.word
        self._tell("title", roller_heading(answer))
        lines = [finding_content(found) for found in answer.verdict.findings]
        if record.word is not answer.verdict.word:
            lines.append(Content.styled(list_word_text(record.word), "$foreground 60%"))
        self._tell("findings", Content("\n").join(lines))
        rows = [("Next", answer.verdict.next_step), *glance(record, now)]
        self._tell("fields", fields_table(rows))
        self._tell("events", history_table(record.history[:_LAST_EVENTS], now))

    def show_fault(self, code: str, sentence: str) -> None:
        """Tell of a roller that cannot be read: a STOP, and why."""
        verdict = unknown(sentence)
        self.remove_class("-none")
        self.query_one(BigWord).word = verdict.word
        self._tell("title", Content.styled(shown(code), "bold"))
        self._tell("findings", finding_content(verdict.findings[0]))
        self._tell("fields", Content(""))
        self._tell("events", Content(""))

    def _tell(self, part: str, content: Content | Table) -> None:
        static = self.query_one(f"#panel-{part}", Words)
        static.update(content)
        static.display = bool(content)


class RollerStrip(Words):
    """The selected roller in three lines: word and code, the first finding, the next step."""

    DEFAULT_CSS = """
    RollerStrip {
        height: 4;
        padding: 0 1;
        border-top: solid $panel;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    def show(self, record: Record | None, now: int) -> None:
        """Tell of a roller, or of none."""
        self.update(Content("") if record is None else self._lines(record, now))

    def show_fault(self, code: str, sentence: str) -> None:
        """Tell of a roller that cannot be read: a STOP, and why."""
        verdict = unknown(sentence)
        head = Content.assemble(word_content(verdict), "   ", (shown(code), "bold"))
        self.update(Content("\n").join([head, finding_content(verdict.findings[0])]))

    def _lines(self, record: Record, now: int) -> Content:
        verdict = record.answer.verdict
        first = (
            finding_content(verdict.findings[0]) if verdict.findings else Content(life_text(record.answer))
        )
        head = Content.assemble(word_content(verdict), "   ", roller_title(record.answer))
        if record.soak and verdict.word is Word.WAIT:
            head += Content(f"   {time_left(record.soak.due_at - now)}")
        return Content("\n").join(
            [head, first, Content.assemble(("Next ", "$foreground 55%"), verdict.next_step)]
        )
