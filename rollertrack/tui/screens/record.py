"""The record of one roller: everything known, the whole history, every deed by key."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rollertrack.deeds.table import ROLLER, ROLLERS, Deed, of_scope
from rollertrack.domain.code import shown
from rollertrack.domain.rows import EventRow, Record
from rollertrack.domain.words import Word
from rollertrack.errors import BadCode
from rollertrack.services import records
from rollertrack.tui.help import Help
from rollertrack.tui.screens.list_screen import CalmList
from rollertrack.tui.screens.live import OF_A_RECORD, RollerScreen
from rollertrack.tui.widgets.content import (
    bought_table,
    entry_line,
    fields_table,
    findings_table,
    glance,
    roller_heading,
    state_content,
)
from rollertrack.tui.widgets.lines import KeyLine, StatusLine
from rollertrack.wording.states import in_record, next_of, record_state

_STOP = "bold $verdict-stop"


class RecordScreen(RollerScreen):
    """One roller; the history takes the keys, so that an entry can be chosen and undone."""

    help = Help(
        "A record",
        "Everything known of one roller. ↑ ↓ choose an entry of its history, z undoes it with a reason: the "
        "entry stays and is struck through. Late entries show both clocks, when it happened and when it was "
        "entered.",
        of_rollers=True,
    )
    CSS_PATH = "record.tcss"
    AUTO_FOCUS = "CalmList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", id="record.back", tooltip="Go back"),
        *OF_A_RECORD,
    ]

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code
        self._record: Record | None = None
        self._is_gone = False

    def compose(self) -> ComposeResult:
        """Head, facts, history, keys."""
        yield StatusLine(shown(self._code))
        yield Static(id="head")
        yield Static(id="found")
        with Horizontal(id="body"):
            with VerticalScroll(id="facts", can_focus=False):
                yield Static(id="now")
                yield Static(id="bought")
                deeds = fields_table((_key(deed), deed.does) for deed in of_scope(ROLLER, ROLLERS))
                yield Static(deeds, id="keys")
            yield CalmList(id="history")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the record."""
        self.reread()

    @property
    def roller(self) -> str | None:
        """The roller of this record."""
        return self._code

    @property
    def is_held(self) -> bool:
        """Whether it is in quarantine or recalled."""
        return self._record is not None and self._record.answer.verdict.is_releasable

    def on_screen_resume(self) -> None:
        """Leave, if the roller went while another screen stood above."""
        self._leave_if_gone()

    def _leave_if_gone(self) -> None:
        if self._is_gone and self.is_current:
            self.action_back()

    def reread(self) -> None:
        """Read the record anew."""
        self.read("record", self._load)

    def show_unreadable(self) -> None:
        """Show no word and no age of a record that cannot be read; its history stands."""
        self._record = None
        self.query_one("#head", Static).update(Content.styled(f"{Word.STOP.sign} {self.unreadable}", _STOP))
        for part in ("#found", "#now"):
            self.query_one(part, Static).update("")
        self.refresh_bindings()

    def on_second(self, now: int) -> None:
        """Keep the word and the ages true."""
        until = self._record.answer.verdict.said_until if self._record else None
        if self.minute_begins(now) or (until is not None and now >= until):
            self.reread()

    async def _load(self) -> None:
        try:
            record = await self.app.backend.run(records.show, self._code)
        except BadCode:
            # Its registration was undone: there is no such roller any more.
            self._is_gone = True
            self.show_unreadable()
            self._leave_if_gone()
            return
        is_new = self._record is None or record.history != self._record.history
        self._record = record
        self._draw_facts(record)
        if is_new:
            self._draw_history(record)

    def _draw_facts(self, record: Record) -> None:
        now, verdict = self.app.clock(), record.answer.verdict
        state = state_content(record.state, record_state(record, now))
        head = Content.assemble(state, "   ", roller_heading(record.answer))
        self.query_one("#head", Static).update(head)
        found = findings_table(in_record(verdict), dark=self.app.current_theme.dark)
        self.query_one("#found", Static).update(found)
        rows = [("Next", next_of(verdict)), *glance(record, now)]
        self.query_one("#now", Static).update(fields_table(rows))
        self.query_one("#bought", Static).update(bought_table(record))

    def _draw_history(self, record: Record) -> None:
        history, now = self.query_one("#history", CalmList), self.app.clock()
        place = history.highlighted
        history.clear_options()
        history.add_options(Option(entry_line(each, now), id=str(each.seq)) for each in record.history)
        if record.history:
            history.highlighted = min(place or 0, len(record.history) - 1)

    @property
    def entry(self) -> EventRow | None:
        """The entry of the history that is chosen."""
        place = self.query_one("#history", CalmList).highlighted
        return self._record.history[place] if self._record and place is not None else None

    def action_deed(self, name: str) -> None:
        """Do a deed; undo takes the entry that is chosen."""
        if name == "undo" and self.entry is not None and not self.entry.voided:
            self.app.do("undo", self._code, self.entry.seq)
        else:
            super().action_deed(name)

    @on(OptionList.OptionSelected)
    def _selected(self, selected: OptionList.OptionSelected) -> None:
        selected.stop()


def _key(deed: Deed) -> str:
    return deed.key.replace("ctrl+", "^")
