"""The form: one column of fields, what it will do in plain words, and a button; it saves nothing itself."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from rich.text import Text as RichText
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import Resize
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from rollertrack.domain.verdict import Finding
from rollertrack.domain.words import Word
from rollertrack.errors import BadInput, RollerTrackError
from rollertrack.services.station import Done
from rollertrack.tui import palette
from rollertrack.tui.dialogs.confirm import ConfirmDialog
from rollertrack.tui.forms.fields import Field, Value

_CHROME = 12
"""Lines of a form that are not fields: frame, title, notices' margin, result, buttons, keys."""
_LONGEST_WAIT = 3_600.0
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """What a form says: the answers of the fields in sight, and which of them were changed."""

    values: Mapping[str, Value]
    changed: frozenset[str] = frozenset()

    def text(self, key: str) -> str:
        """A text or choice; empty for a field that is not in sight."""
        return str(self.values.get(key, ""))

    def chosen(self, key: str) -> str | None:
        """A choice, None when nothing is chosen."""
        return self.text(key) or None

    def tick(self, key: str) -> bool:
        """A tick."""
        return self.values.get(key, False) is True

    def several(self, key: str) -> tuple[str, ...]:
        """What was ticked in a list."""
        value = self.values.get(key, ())
        return value if isinstance(value, tuple) else ()


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a form will do if it is confirmed now; its fields `absent` are not asked.

    `questions` stand above the fields they name; `turns_in` is the number of seconds after which the
    outlook may be another one.
    """

    result: str = ""
    word: Word | None = None
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    absent: frozenset[str] = NOTHING
    questions: Mapping[str, str] = field(default_factory=dict)
    button: str = ""
    turns_in: float | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a form: its title, its fields, whom or what it is about, the word on its button.

    `absent` names the fields that are not asked, given the answers of all of them; `at_first` those that
    only an outlook brings in.
    """

    title: str
    fields: Sequence[Field]
    subject: str = ""
    button: str = "Save"
    absent: Callable[["Said"], frozenset[str]] = lambda _: NOTHING
    at_first: frozenset[str] = NOTHING


Look = Callable[[Said], Awaitable[Outlook]]
Submit = Callable[[Said], Awaitable[Done]]


class Form(ModalScreen[Done | None]):
    """Asks, shows what it will do, and hands over what was said; stays open with all of it on an error.

    `look` is asked at the start and after every change; `submit` does the deed.
    """

    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", "Next", tooltip="Go to the next field", show=False, id="form.next"),
        Binding("ctrl+s", "confirm", "Save", tooltip="Do what the last line says", id="form.confirm"),
        Binding("escape", "leave", "Leave", tooltip="Leave without saving", id="form.leave"),
    ]
    AUTO_FOCUS = "#form-fields *"

    def __init__(self, sheet: Sheet, submit: Submit, look: Look | None = None) -> None:
        super().__init__()
        self._sheet = sheet
        self._submit = submit
        self._look = look
        self._absent = sheet.at_first
        self._busy = False
        self._done: Done | None = None
        self._turn: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, findings, fields, result, button."""
        sheet = self._sheet
        with Vertical(id="form"):
            with Horizontal(id="form-head"):
                yield Static(sheet.title, id="form-title", markup=False)
                yield Static(sheet.subject, id="form-subject", markup=False)
            with VerticalScroll(id="form-fields", can_focus=False):
                yield Static("", id="form-findings", markup=False)
                yield from sheet.fields
                yield from self.aside()
            yield Static("", id="form-error", markup=False)
            yield Static("", id="form-result", markup=False)
            with Horizontal(id="form-foot"):
                yield Static("enter next · ctrl+s confirm · esc leave", id="form-keys", markup=False)
                yield Button(sheet.button, id="form-confirm", compact=True)

    def aside(self) -> Sequence[Widget]:
        """What a kind of form shows below its fields."""
        return ()

    def on_mount(self) -> None:
        """Hide what is not asked yet, and look ahead."""
        self._show_fields()
        self.look_ahead()

    def on_screen_resume(self) -> None:
        """Go, if the deed was done while another screen stood above this one."""
        if self._done is not None:
            self.dismiss(self._done)

    def on_resize(self, event: Resize) -> None:
        """Let the fields scroll where the screen is too low for all of them."""
        self.query_one("#form-fields").styles.max_height = max(3, event.size.height - _CHROME)

    @property
    def said(self) -> Said:
        """What the form says now."""
        return _said([each for each in self._sheet.fields if each.display])

    @on(Field.Changed)
    def _reconsider(self, event: Field.Changed) -> None:
        event.stop()
        event.field.say(event.field.complaint())
        self._complain("")
        self._show_fields()
        self.look_ahead()

    @work(exclusive=True, group="look")
    async def look_ahead(self) -> None:
        """Ask what the form would do now, and show it."""
        if self._look is None:
            return
        try:
            self.show_outlook(await self._look(self.said))
        except BadInput as error:
            self.query_one("#form-result", Static).update("")
            self._blame(error, only_touched=True)
        except RollerTrackError as error:
            self._complain(error.message)

    def show_outlook(self, outlook: Outlook) -> None:
        """Show what the form will do."""
        self._absent = outlook.absent
        self._show_fields()
        for each in self._sheet.fields:
            each.ask(outlook.questions.get(each.key))
            each.say(each.complaint() if each.touched else "")
        findings = self.query_one("#form-findings", Static)
        findings.update(self._told(outlook))
        findings.display = bool(outlook.word or outlook.notes)
        self.query_one("#form-result", Static).update(outlook.result)
        self.query_one("#form-confirm", Button).label = outlook.button or self._sheet.button
        self._wake_in(outlook.turns_in)

    def _told(self, outlook: Outlook) -> RichText:
        """The word with its sign, and every finding on a line with its own."""
        dark = self.app.current_theme.dark
        lines = RichText()
        if outlook.word:
            lines.append(
                f"{outlook.word.sign} {outlook.word}", f"bold {palette.ink(outlook.word, dark).letters}"
            )
        for finding in outlook.findings:
            lines.append("\n")
            lines.append(f"{finding.word.sign} ", palette.ink(finding.word, dark).letters)
            lines.append(finding.message)
        for note in outlook.notes:
            lines.append(("\n" if lines else "") + note)
        return lines

    def _wake_in(self, seconds: float | None) -> None:
        if self._turn is not None:
            self._turn.stop()
            self._turn = None
        if seconds is not None:
            self._turn = self.set_timer(min(max(seconds, 1.0), _LONGEST_WAIT), self.look_ahead)

    def _show_fields(self) -> None:
        absent = self._absent | self._sheet.absent(_said(self._sheet.fields))
        for each in self._sheet.fields:
            each.display = each.key not in absent

    def _blame(self, error: BadInput, *, only_touched: bool = False) -> None:
        """Put a sentence under the field it speaks of, or above the result when there is none."""
        name = error.field.replace("-", "_").replace(" ", "_")
        found = [each for each in self._sheet.fields if each.display and name in each.names]
        if not found:
            self._complain(error.message)
        elif not only_touched or found[0].touched:
            found[0].say(error.reason)
            if not only_touched:
                self._focus(found[0])

    def _complain(self, sentence: str) -> None:
        line = self.query_one("#form-error", Static)
        line.update(sentence[:1].upper() + sentence[1:])
        line.display = bool(sentence)

    def _focus(self, wrong: Field) -> None:
        for widget in wrong.query("*"):
            if widget.focusable:
                widget.focus()
                return

    @on(Input.Submitted)
    def action_next(self) -> None:
        """Go to the next field, or to the button after the last."""
        self.focus_next()

    @on(Button.Pressed, "#form-confirm")
    def action_confirm(self) -> None:
        """Hand over what was said, unless a field reads wrong."""
        wrong = [each for each in self._sheet.fields if each.display and each.complaint()]
        for each in wrong:
            each.say(each.complaint())
        if wrong:
            self._focus(wrong[0])
        elif not self._busy:
            self._busy = True
            self._hand_over()

    @work(group="submit")
    async def _hand_over(self) -> None:
        self.query_one("#form-confirm", Button).disabled = True
        try:
            self._done = await self._submit(self.said)
            if self.is_active:
                self.dismiss(self._done)
        except RollerTrackError as error:
            self._stay(error)
        finally:
            self._busy = False

    def _stay(self, error: RollerTrackError) -> None:
        """Keep everything that was typed, say what is wrong, and look again at what has changed."""
        self.query_one("#form-confirm", Button).disabled = False
        if isinstance(error, BadInput):
            self._blame(error)
        else:
            self._complain(error.message)
        self.look_ahead()

    @work(group="leave", exclusive=True)
    async def action_leave(self) -> None:
        """Leave; asks first if something was typed."""
        if self._busy:
            return
        if self.said.changed and not await self.app.push_screen_wait(_leaving(self._sheet.title)):
            return
        self.dismiss(None)


def _said(fields: Sequence[Field]) -> Said:
    changed = frozenset(each.key for each in fields if each.value != each.initial)
    return Said({each.key: each.value for each in fields}, changed)


def _leaving(title: str) -> ConfirmDialog:
    return ConfirmDialog(title, "Leave, and forget what you typed?", yes="Leave", no="Stay")
