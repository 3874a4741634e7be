"""A form: what it asks, a preview of what it will do, one deed at its end."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from rich.table import Table
from rich.text import Text as RichText
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from rollertrack.domain.verdict import Finding
from rollertrack.domain.words import Word
from rollertrack.errors import BadInput, RollerTrackError, ours
from rollertrack.services.station import Done
from rollertrack.tui.dialogs import ConfirmDialog
from rollertrack.tui.forms.fields import DropDown, Field, Said, said_by
from rollertrack.tui.live import Live
from rollertrack.tui.styled_once import StyledOnce
from rollertrack.tui.widgets.content import findings_table, word_content
from rollertrack.tui.widgets.words import Words
from rollertrack.wording.previews import FORGET
from rollertrack.wording.sentences import capitalised

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a form will do if it is confirmed now; its fields `absent` are not asked.

    `questions` stand above the fields they name; a tick `withdrawn` was given to another question than the
    one asked now; `turns_at` is the next instant, in microseconds UTC, at which the preview may be another
    one; `trouble` is what still stands in the way.
    """

    result: str = ""
    word: Word | None = None
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    absent: frozenset[str] = NOTHING
    questions: Mapping[str, str] = field(default_factory=dict)
    button: str = ""
    withdrawn: frozenset[str] = NOTHING
    turns_at: int | None = None
    trouble: BadInput | None = None


@dataclass(frozen=True, slots=True)
class FormSpec:
    """What stands on a form: its title, its fields, whom or what it is about, the word on its button.

    `absent` names the fields that are not asked, given the answers of all of them; `at_first` those that
    only a preview brings in; `start` the field that has the cursor first, if it is not the first one.
    """

    title: str
    fields: Sequence[Field]
    subject: str = ""
    button: str = "Save"
    absent: Callable[[Said], frozenset[str]] = lambda _: NOTHING
    at_first: frozenset[str] = NOTHING
    start: str = ""


PreviewFor = Callable[[Said], Awaitable[Preview]]
Submit = Callable[[Said], Awaitable[Done]]


_CONFIRM = "ctrl+s  {}"
_FRAME = 2
_LEAST = 3


class Form(Live, StyledOnce[Done | None], ModalScreen[Done | None]):
    """Asks, shows what it will do, and hands over what was said; stays open with all of it on an error.

    `look` is asked at the start, after every change here or in the record, when its word may turn, and each
    minute: solutions expire and packs grow old while a form stands open. `submit` does the deed.
    """

    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", "Next", tooltip="Go to the next field", show=False, id="form.next"),
        Binding("ctrl+s", "confirm", "Save", tooltip="Do what the last line says", id="form.confirm"),
        Binding("escape", "leave", "Leave", tooltip="Leave without saving", id="form.leave"),
    ]
    AUTO_FOCUS = ""
    takes_typed: ClassVar[bool] = True
    """Text that was typed while it opened is for its first field."""
    also: ClassVar[str] = ""
    """Another key of a kind of form and what it does, on a button of its own."""

    class Ready(Message):
        """The cursor stands in the first field."""

    def __init__(self, spec: FormSpec, submit: Submit, previewed: PreviewFor | None = None) -> None:
        super().__init__()
        self._spec = spec
        self._submit = submit
        self._answered: Field | None = None
        self._previewed = previewed
        self._absent = spec.at_first
        self._busy = False
        self._done: Done | None = None
        self._refusal: tuple[Field, str] | None = None
        self._turns_at: int | None = None
        self._is_judged = False
        self._is_blind = False

    def compose(self) -> ComposeResult:
        """All of the form; the fields scroll between the gate's word and the result, which never do."""
        spec = self._spec
        self._show_fields()
        with Vertical(id="form"):
            with Horizontal(id="form-head"):
                yield Static(spec.title, id="form-title", markup=False)
                yield Static(spec.subject, id="form-subject", markup=False)
            yield Words(id="form-word")
            with VerticalScroll(id="form-fields", can_focus=False):
                yield Words(id="form-findings")
                yield from spec.fields
                yield from self.aside()
            yield Words(id="form-error")
            yield Words(id="form-result")
            with Horizontal(id="form-foot"):
                yield Button(_CONFIRM.format(spec.button), id="form-confirm", compact=True)
                if self.also:
                    yield Button(self.also, id="form-also", compact=True)
                yield Button("esc  Leave", id="form-leave", compact=True)

    def aside(self) -> Sequence[Widget]:
        """What a kind of form shows below its fields."""
        return ()

    def on_mount(self) -> None:
        """Hide what is not asked yet, start in the first field, and ask for the preview."""
        # Whatever is laid out anew may have taken room: a sentence in the form, or what is told below it.
        self.screen_layout_refresh_signal.subscribe(self, self._fit)
        shown = [each for each in self._spec.fields if each.display]
        first = next((each for each in shown if each.key == self._spec.start), shown[0])
        self.call_after_refresh(self._begin, first)
        self.refresh_preview()

    def _begin(self, first: Field) -> None:
        """Put the cursor into the first field; what was typed for it already may come."""
        self._focus(first, scroll=False)  # `_fit` scrolls to it, once it is known how much is seen
        self.post_message(self.Ready())

    def on_screen_resume(self) -> None:
        """Go, if the deed was done while another screen stood above this one."""
        if self._done is not None:
            self._go(self._done)

    def _fit(self, _: object = None) -> None:
        """Let the fields scroll where there is no room for all, the cursor always in sight.

        No sentence takes the room of the buttons; fields come and go above the cursor.
        """
        fields = self.query_one("#form-fields")
        others = [each for each in self.query_one("#form").children if each is not fields and each.display]
        taken = sum(each.outer_size.height + each.styles.margin.height for each in others)
        told = sum(each.outer_size.height for each in self.query("Toast"))  # below the form, not over it
        room = max(_LEAST, self.size.height - told - _FRAME - taken)
        if fields.styles.max_height is None or fields.styles.max_height.value != room:
            fields.styles.max_height = room
        elif fields.show_vertical_scrollbar and fields.outer_size.height < room:
            # Nobody needs it; it stays as long as the lines that it narrows are wrapped.
            fields.show_vertical_scrollbar = False
        cursor = self.focused
        if cursor and fields in cursor.ancestors and not fields.region.contains_region(cursor.region):
            cursor.scroll_visible(animate=False)

    @property
    def said(self) -> Said:
        """What the form says now."""
        return said_by([each for each in self._spec.fields if each.display])

    @property
    def is_touched(self) -> bool:
        """Whether leaving would lose something that was typed."""
        return bool(self.said.changed)

    def take_scan(self, text: str, code: str) -> bool:  # noqa: ARG002
        """Choose what was scanned where a field asks for it."""
        asked = [each for each in self._spec.fields if each.display]
        answered = next((each for each in asked if code and each.choose(code)), None)
        if answered is not None:
            self._focus(answered)
            self._answered = answered
            self.refresh_preview()
        return answered is not None

    @on(Field.Changed)
    def _reconsider(self, event: Field.Changed) -> None:
        event.stop()
        self._refusal = None
        event.field.say(event.field.complaint())
        self._complain("")
        self._show_fields()
        self.refresh_preview()

    def reread(self) -> None:
        """Look ahead anew: something was written."""
        self.refresh_preview()

    def show_unreadable(self) -> None:
        """Show no word while the record cannot be read."""
        if self._is_judged:
            self._withhold(self.unreadable)

    def on_second(self, now: int) -> None:
        """Look ahead anew when the word may have turned, and each minute."""
        has_turned = self._turns_at is not None and now >= self._turns_at
        if has_turned and self._is_judged:
            self._withhold("")
        if self.minute_begins(now) or has_turned:
            self.refresh_preview()

    @work(exclusive=True, group="look")
    async def refresh_preview(self) -> None:
        """Ask what the form would do now, and show it; without an answer there is no word."""
        answered = self._answered  # a look that began before the scan knows nothing of it
        if self._previewed is not None:
            await self._look_ahead(self._previewed)
        if answered is not None:  # only now the fields stand there that a scanned answer asks for
            self._answered = None
            self._go_on(answered)

    def _go_on(self, answered: Field) -> None:
        """Put the cursor behind a field; by their order, since what is new has no place on the screen yet."""
        behind = self._spec.fields[self._spec.fields.index(answered) + 1 :]
        following = next((each for each in behind if each.display), None)
        if following is None:
            self.set_focus(self.query_one("#form-confirm"))
        else:
            self._focus(following)

    async def _look_ahead(self, previewed: PreviewFor) -> None:
        try:
            preview = await previewed(self.said)
            self._see()
            self.show_preview(preview)
        except BadInput as error:
            self._withhold("" if self._spoken_of(error) else error.reason)
            self._blame_quietly(error)
        except Exception as error:
            self._withhold(self._ours(error).message)

    def _withhold(self, sentence: str) -> None:
        """Take the word and what it was built on off the form; say why, if there is a sentence."""
        self._turns_at = None
        self._show_word(None)
        self.query_one("#form-findings", Words).display = False
        self.query_one("#form-result", Words).update("")
        if sentence:
            self._is_blind = True
            self._complain(sentence)

    def _see(self) -> None:
        """The record answers again: what was said of that is over, what a deed said is not."""
        if self._is_blind:
            self._is_blind = False
            self._complain("")

    def show_preview(self, preview: Preview) -> None:
        """Show what the form will do."""
        self._absent = preview.absent
        self._turns_at = preview.turns_at
        self._is_judged = self._is_judged or preview.word is not None
        self._show_fields()
        for each in self._spec.fields:
            each.ask(preview.questions.get(each.key))
            each.say(self._sentence(each))
            if each.key in preview.withdrawn:
                each.withdraw()
        findings = self.query_one("#form-findings", Words)
        findings.update(self._preview_table(preview))
        findings.display = bool(preview.findings or preview.notes)
        self._show_word(preview.word)
        self.query_one("#form-result", Words).update(preview.result)
        self._name_button(preview.button or self._spec.button)
        if preview.trouble is not None:
            self._blame_quietly(preview.trouble)

    def _name_button(self, label: str) -> None:
        button, label = self.query_one("#form-confirm", Button), _CONFIRM.format(label)
        if str(button.label) != label:
            button.label = Content(label)
            button.refresh(layout=True)  # a label alone does not change the width

    def _show_word(self, word: Word | None) -> None:
        line = self.query_one("#form-word", Words)
        line.display = word is not None
        if word is not None:
            line.update(word_content(word))

    def _preview_table(self, preview: Preview) -> Table:
        """Every finding on a line with its sign, then the notes."""
        lines = findings_table(preview.findings, dark=self.app.current_theme.dark, quiet="")
        for note in preview.notes:
            lines.add_row("·", RichText(note))
        return lines

    def _show_fields(self) -> None:
        absent = self._absent | self._spec.absent(said_by(self._spec.fields))
        for each in self._spec.fields:
            each.show(each.key not in absent)

    def _blame(self, error: BadInput) -> None:
        """Put a sentence under the field it speaks of, or above the result when there is no such field."""
        found = self._spoken_of(error)
        if found is None:
            self._complain(error.reason)
        else:
            self._refusal = (found, error.reason)
            found.say(error.reason)
            self._focus(found)

    def _blame_quietly(self, error: BadInput) -> None:
        """The same while the user types: a field that nobody wrote in yet is not wrong."""
        self.query_one("#form-result", Words).update("")
        found = self._spoken_of(error)
        if found is not None and found.touched:
            found.say(found.complaint() or error.reason)

    def _sentence(self, each: Field) -> str:
        """What stands under a field: what the deed refused, until something changes, or what reads wrong."""
        if self._refusal is not None and self._refusal[0] is each:
            return self._refusal[1]
        return each.complaint() if each.touched else ""

    def _spoken_of(self, error: BadInput) -> Field | None:
        name = error.field.replace("-", "_").replace(" ", "_")
        shown = (each for each in self._spec.fields if each.display)
        return next((each for each in shown if name in each.names), None)

    def _complain(self, sentence: str) -> None:
        line = self.query_one("#form-error", Words)
        line.update(capitalised(sentence))
        line.display = bool(sentence)

    def _focus(self, field: Field, *, scroll: bool = True) -> None:
        """Put the cursor into a field at once: what goes on from there must not come before it."""
        for widget in field.query("*"):
            if widget.focusable:
                self.set_focus(widget, scroll)
                return

    @on(Input.Submitted)
    @on(DropDown.Chosen)
    def action_next(self) -> None:
        """Go to the next field, or to the button after the last."""
        self.focus_next()

    @on(Button.Pressed, "#form-confirm")
    def action_confirm(self) -> None:
        """Hand over what was said, unless a field reads wrong."""
        wrong = [each for each in self._spec.fields if each.display and each.complaint()]
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
                self._go(self._done)
        except Exception as error:
            self._stay(self._ours(error))
        finally:
            self._busy = False

    def _ours(self, error: Exception) -> RollerTrackError:
        self.log.error(repr(error))
        return ours(error)

    def _stay(self, error: RollerTrackError) -> None:
        """Keep everything that was typed, say what is wrong, and look again at what has changed."""
        self.query_one("#form-confirm", Button).disabled = False
        if isinstance(error, BadInput):
            self._blame(error)
        else:
            self._complain(error.message)
        self.refresh_preview()

    def _go(self, done: Done | None) -> None:
        """Close; a preview that is still under way finds nothing to show itself on."""
        self.workers.cancel_group(self, "look")
        self.dismiss(done)

    @on(Button.Pressed, "#form-leave")
    @work(group="leave", exclusive=True)
    async def action_leave(self) -> None:
        """Leave; asks first if something was typed."""
        if self._busy:
            return
        if self.is_touched and not await self.app.push_screen_wait(_leaving(self._spec.title)):
            return
        self._go(None)


def _leaving(title: str) -> ConfirmDialog:
    return ConfirmDialog(title, FORGET, yes="Leave", no="Stay")
