"""The fields of forms: what each asks, how it is answered, how it reads; and those that several share."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.text import Text as RichText
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, OptionList, Select

from rollertrack.domain.code import Kind, kind_of, shown
from rollertrack.domain.conditions import NAMES
from rollertrack.domain.rows import NamedRow, PersonRow, SolutionRow
from rollertrack.domain.text import NOTE_LIMIT, clean_line, needle_length
from rollertrack.errors import BadInput
from rollertrack.services import times
from rollertrack.services.preview import Choices
from rollertrack.tui.widgets.words import Words
from rollertrack.wording import dates
from rollertrack.wording.registers import label_and_code, solution_choice
from rollertrack.wording.sentences import capitalised, too_long_for_field

_GAP = "   "
_APART = 2
_LEAST_ROWS = 6
_TICKED, _UNTICKED = "☒", "☐"


class DropDown(Select[str]):
    """A list that drops down; what is chosen there, be it what stood there before, is an answer."""

    @dataclass
    class Chosen(Message):
        """An option was chosen in the list that had dropped down."""

    def on_select_overlay_update_selection(self) -> None:
        """Say that it is answered: the same option again changes nothing that could be watched."""
        self.post_message(self.Chosen())


class CheckboxList(OptionList, inherit_bindings=False):
    """Boxes one below the other, drawn like the one of a checkbox; space ticks.

    Not Textual's SelectionList: the box of that looks ticked whether it is or not, and cannot be exchanged.
    """

    DEFAULT_CSS = """
    CheckboxList {
        width: 1fr; height: auto; border: none; padding: 0; scrollbar-size: 1 1;
        background: transparent;
        &:focus { background-tint: transparent; }
        .option-list--option-highlighted {
            background: transparent; color: $foreground; text-style: none;
        }
        &:focus .option-list--option-highlighted { background: $primary 18%; color: $foreground; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "cursor_down", "Down", show=False, id="checkbox-list.down"),
        Binding("up", "cursor_up", "Up", show=False, id="checkbox-list.up"),
        Binding("space", "select", "Tick", show=False, id="checkbox-list.tick"),
    ]

    @dataclass
    class Changed(Message):
        """Other values are ticked now; in the order in which they were."""

        values: tuple[str, ...]

    def __init__(self, values: Sequence[str], ticked: Sequence[str] = ()) -> None:
        self._values = tuple(values)
        self._ticked = dict.fromkeys(ticked)
        super().__init__(*map(self._prompt, self._values), markup=False, compact=True)

    def _prompt(self, value: str) -> Content:
        return Content(f"{_TICKED if value in self._ticked else _UNTICKED} {value}")

    def on_mount(self) -> None:
        """Take a quarter of a high terminal, also of one that is made higher."""
        self._fit()
        self.screen.screen_layout_refresh_signal.subscribe(self, self._fit)

    def _fit(self, _: object = None) -> None:
        rows = max(_LEAST_ROWS, self.app.size.height // 4)
        if self.styles.max_height is None or self.styles.max_height.value != rows:
            self.styles.max_height = rows

    def turn(self, value: str) -> None:
        """Tick a value, or take its tick out."""
        if value in self._ticked:
            del self._ticked[value]
        else:
            self._ticked[value] = None
        self.replace_option_prompt_at_index(self._values.index(value), self._prompt(value))
        self.post_message(self.Changed(tuple(self._ticked)))

    def clear(self) -> None:
        """Take every tick out, and tell nobody."""
        for value in tuple(self._ticked):
            del self._ticked[value]
            self.replace_option_prompt_at_index(self._values.index(value), self._prompt(value))

    @on(OptionList.OptionSelected)
    def _turn_chosen(self, selected: OptionList.OptionSelected) -> None:
        selected.stop()
        self.turn(self._values[selected.option_index])


class Picker(Widget, can_focus=True):
    """A few options in a row: arrows move between them, space takes the next or unticks a `box`.

    Not Textual's RadioSet: there Enter and arrows only walk, and each option is a widget of its own.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"picker--chosen", "picker--other"}
    DEFAULT_CSS = """
    Picker {
        width: 1fr;
        height: auto;
        .picker--chosen { text-style: bold; }
        .picker--other { color: $foreground 60%; }
        &:focus { background: $foreground 6%; }
        &:focus .picker--chosen { color: $primary; text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Previous", show=False, id="picker.previous"),
        Binding("right", "move(1)", "Next", show=False, id="picker.next"),
        Binding("space", "take", "Choose", show=False, id="picker.choose"),
    ]

    value: reactive[str] = reactive("")

    @dataclass
    class Changed(Message):
        """Another option was picked."""

        picker: "Picker"
        value: str

    def __init__(self, options: Sequence[tuple[str, str]], value: str = "", *, box: bool = False) -> None:
        super().__init__()
        self._options = options
        self._box = box
        self.set_reactive(Picker.value, value)

    def render(self) -> RichText:
        """Every option with its mark, the chosen one stronger."""
        text = RichText()
        for place, (label, value) in enumerate(self._options):
            chosen = value == self.value
            name = "picker--chosen" if chosen else "picker--other"
            text.append(_GAP if place else "")
            text.append(f"{self._mark(chosen)} {label}", self.get_component_rich_style(name, partial=True))
        return text

    def _mark(self, chosen: bool) -> str:
        if self._box:
            return _TICKED if chosen else _UNTICKED
        return "●" if chosen else "○"

    def watch_value(self) -> None:
        """Say that another option was picked."""
        self.post_message(self.Changed(self, self.value))

    def action_move(self, step: int) -> None:
        """Pick a neighbour; a box has none."""
        values = [value for _, value in self._options]
        if self._box:
            return
        here = values.index(self.value) if self.value in values else -1 if step > 0 else len(values)
        self.value = values[min(max(here + step, 0), len(values) - 1)]

    def action_take(self) -> None:
        """Tick or untick the box, or go round the options."""
        values = [value for _, value in self._options]
        if self._box:
            self.value = "" if self.value else values[0]
        else:
            self.value = values[(values.index(self.value) + 1) % len(values) if self.value in values else 0]

    def on_click(self, event: events.Click) -> None:
        """Pick what was clicked on."""
        edge = 0
        for label, value in self._options:
            edge += len(f"{self._mark(True)} {label}{_GAP}")
            if event.x < edge:
                self.value = "" if self._box and self.value else value
                return


LONGEST = 450
"""Characters that a line takes where nothing longer is asked for: more than any rule allows and tells."""
LONGEST_NOTE = NOTE_LIMIT + 50
Value = str | bool | tuple[str, ...]
Option = tuple[str, str]
"""What is read, and the value it stands for."""


class LineInput(Input):
    """A line of text with a greatest length; what does not fit is told, not rung for key by key."""

    @dataclass
    class Full(Message):
        """Something did not fit."""

        longest: int

    def __init__(self, value: str, **named: Any) -> None:
        super().__init__(value, **named)
        # Compact from the start: told by its argument, it would be styled before it stands anywhere.
        self.set_reactive(Input.compact, True)
        self.add_class("-textual-compact", update=False)

    def restricted(self) -> None:
        """Tell that the line is full."""
        self.post_message(self.Full(self.max_length or 0))


class Field(Widget):
    """One question of a form; `key` names its answer, `also` the names a service's errors use for it."""

    DEFAULT_CSS = """
    Field {
        height: auto;
        color: $foreground 60%;
        &.-here { color: $primary; }
        .field-part { margin-left: 18; color: $foreground; }
        .-sentence { color: $error; }
        Input.-textual-compact, SelectCurrent { border-left: outer $foreground 25% !important; }
        Input.-textual-compact:focus, Select:focus > SelectCurrent { border-left: outer $primary !important; }
    }
    """

    @dataclass
    class Changed(Message):
        """The answer is another one."""

        field: "Field"

    def __init__(
        self, key: str, label: str, initial: Value, also: Iterable[str] = (), question: str = ""
    ) -> None:
        super().__init__(id=f"field-{key}")
        self.key = key
        self.label = label
        self.names = frozenset({key, *also})
        self.initial = initial
        self.touched = False
        self.question = question
        self.sentence = ""
        self._known = initial
        self._parts: dict[str, Widget] = {}

    @property
    def value(self) -> Value:
        """The answer as it stands."""
        return self._known

    def control(self) -> Widget:
        """The widget that takes the answer; called once."""
        raise NotImplementedError

    def complaint(self) -> str:
        """What is wrong with the answer, in a sentence, or nothing."""
        return ""

    def render(self) -> Content:
        """The label, at the right of the room that the parts leave for it."""
        room = next((part.styles.margin.left for part in self._parts.values()), 0)
        return Content(self.label.rjust(room - _APART))

    def compose(self) -> ComposeResult:
        """The parts, if anybody sees them yet."""
        if self.display and not self._parts:
            yield from self._made()

    def _made(self) -> Iterator[Widget]:
        """The control, the question above it and the sentence below, where there are any."""
        if self.question:
            yield self._part("question", Words(self.question))
        yield self._part("control", self.control())
        if self.sentence:
            yield self._part("sentence", Words(self.sentence))

    def _part(self, name: str, widget: Widget) -> Widget:
        self._parts[name] = widget
        return widget.add_class("field-part", f"-{name}", update=False)  # styled when it is mounted

    def show(self, is_asked: bool) -> None:
        """Show the field or hide it; what nobody saw yet is made now."""
        self.display = is_asked
        if is_asked and self.is_attached and not self._parts:
            self.mount_all(self._made())

    def on_descendant_focus(self) -> None:
        """Show that the keys go here."""
        self.add_class("-here")

    def on_descendant_blur(self) -> None:
        """Show that the keys go elsewhere."""
        self.remove_class("-here")

    def ask(self, question: str | None) -> None:
        """Show another question above the field; None leaves the one it has."""
        if question is not None:
            self.question = question
            self._tell("question", question, before="control")

    def say(self, sentence: str) -> None:
        """Show a sentence under the field, or none."""
        self.sentence = capitalised(sentence)
        self._tell("sentence", self.sentence)

    def _tell(self, name: str, text: str, before: str | None = None) -> None:
        """Show words above or below the control; a part that has nothing to say is not there."""
        part = self._parts.get(name)
        if isinstance(part, Words):
            part.update(text)
            part.display = bool(text)
        elif text and self._parts:
            self.mount(self._part(name, Words(text)), before=before and self._parts[before])

    def choose(self, value: str) -> bool:  # noqa: ARG002 - most fields take no scan
        """Take the code that was scanned for an answer; whether it is one."""
        return False

    def withdraw(self) -> None:
        """Take a tick out that was given to another question; fields without ticks have none."""

    def take(self, value: Value) -> None:
        """Note an answer the control reports; the same one again is no change."""
        if value != self._known:
            self._known = value
            self.touched = True
            self.post_message(self.Changed(self))


class Text(Field):
    """A line of text; `read` is the service's own reader, whose error is the sentence."""

    def __init__(
        self,
        key: str,
        label: str,
        value: str = "",
        *,
        read: Callable[[str], object] | None = None,
        suggestions: Sequence[str] = (),
        placeholder: str = "",
        also: Iterable[str] = (),
        longest: int = LONGEST,
    ) -> None:
        super().__init__(key, label, value, also)
        self._longest = max(longest, len(value))
        self._read = read
        self._suggestions = suggestions
        self._placeholder = placeholder

    def control(self) -> Input:
        """An input that proposes the rest of a word it knows."""
        suggester = SuggestFromList(self._suggestions, case_sensitive=False) if self._suggestions else None
        return LineInput(
            str(self.initial), placeholder=self._placeholder, suggester=suggester, max_length=self._longest
        )

    def complaint(self) -> str:
        """The reader's sentence."""
        if self._read is None:
            return ""
        try:
            self._read(str(self.value))
        except BadInput as error:
            return error.reason
        return ""

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.take(event.value)

    @on(LineInput.Full)
    def _is_full(self, event: LineInput.Full) -> None:
        event.stop()
        self.say(too_long_for_field(event.longest))


class CodeText(Text):
    """The code of a thing of one kind, scanned or typed."""

    def __init__(self, key: str, label: str, kind: Kind, *, placeholder: str = "") -> None:
        super().__init__(key, label, placeholder=placeholder)
        self._kind = kind

    def choose(self, value: str) -> bool:
        """Take a code of its kind."""
        is_fitting = kind_of(value) is self._kind
        if is_fitting:
            self.query_one(Input).value = shown(value)
            self.take(shown(value))  # at once: the control tells of it later
        return is_fitting


class Choice(Field):
    """One of many, from a list that drops down; an empty value is none of them."""

    def __init__(
        self,
        key: str,
        label: str,
        options: Sequence[Option],
        value: str = "",
        *,
        prompt: str = "choose",
        blank: bool = True,
        also: Iterable[str] = (),
    ) -> None:
        known = value if value in {each for _, each in options} else ""
        super().__init__(key, label, known, also)
        self._options = options
        self._prompt = prompt
        self._blank = blank or not known

    def control(self) -> DropDown:
        """A list that drops down; what it shows is never markup."""
        options = [(RichText(shown), value) for shown, value in self._options]
        chosen = str(self.initial) or DropDown.NULL
        return DropDown(options, prompt=self._prompt, allow_blank=self._blank, value=chosen, compact=True)

    def choose(self, value: str) -> bool:
        """Choose what was scanned, if it is offered."""
        is_offered = value in {each for _, each in self._options}
        if is_offered:
            self.query_one(DropDown).value = value
            self.take(value)
        return is_offered

    @on(DropDown.Changed)
    def _chosen(self, event: DropDown.Changed) -> None:
        event.stop()
        self.take("" if event.value is DropDown.NULL else str(event.value))


class Pick(Field):
    """One of a few, all in sight."""

    def __init__(
        self,
        key: str,
        label: str,
        options: Sequence[Option],
        value: str = "",
        *,
        also: Iterable[str] = (),
        question: str = "",
    ) -> None:
        super().__init__(key, label, value, also, question)
        self._options = options

    def control(self) -> Picker:
        """The options in a row."""
        return Picker(self._options, str(self.initial))

    @on(Picker.Changed)
    def _picked(self, event: Picker.Changed) -> None:
        event.stop()
        self.take(event.value)


class Checkbox(Field):
    """Yes or no to one statement."""

    def __init__(self, key: str, label: str, statement: str, value: bool = False) -> None:
        super().__init__(key, label, value)
        self._statement = statement

    def control(self) -> Picker:
        """A box with its statement."""
        return Picker([(self._statement, "yes")], "yes" if self.initial else "", box=True)

    def withdraw(self) -> None:
        """Take the tick out; nobody touched it."""
        self._known = False
        for picker in self.query(Picker):
            picker.value = ""

    @on(Picker.Changed)
    def _toggled(self, event: Picker.Changed) -> None:
        event.stop()
        self.take(event.value == "yes")


class Several(Field):
    """Any number of a list."""

    def __init__(self, key: str, label: str, options: Sequence[str], value: tuple[str, ...] = ()) -> None:
        super().__init__(key, label, value)
        self._options = options

    def control(self) -> CheckboxList:
        """A list with a box for each."""
        return CheckboxList(self._options, self.initial if isinstance(self.initial, tuple) else ())

    def withdraw(self) -> None:
        """Take every tick out; nobody touched them."""
        self._known = ()
        for boxes in self.query(CheckboxList):
            boxes.clear()

    @on(CheckboxList.Changed)
    def _changed(self, event: CheckboxList.Changed) -> None:
        event.stop()
        self.take(event.values)


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

    def is_checked(self, key: str) -> bool:
        """A tick."""
        return self.values.get(key, False) is True

    def several(self, key: str) -> tuple[str, ...]:
        """What was ticked in a list."""
        value = self.values.get(key, ())
        return value if isinstance(value, tuple) else ()


def said_by(fields: Sequence[Field]) -> Said:
    """What fields say, whether they are in sight or not."""
    changed = frozenset(each.key for each in fields if each.value != each.initial)
    return Said({each.key: each.value for each in fields}, changed)


def person_field(choices: Choices, preset: str | None, label: str = "Person") -> Choice:
    """Who it is for."""
    return Choice("person", label, _named(choices.persons), preset or "", prompt="nobody named")


def conditions_field(key: str, label: str, held: tuple[str, ...] = ()) -> Several:
    """The conditions that lists name, behind those held, which are ticked."""
    return Several(key, label, (*held, *(name for name in NAMES if name not in held)), held)


def operator_fields(choices: Choices) -> list[Field]:
    """Who does it, where the profile asks for it and the station does not know."""
    if not choices.policy.needs_operator or choices.operator:
        return []
    return [Choice("operator", "Operator", _named(choices.operators), prompt="who does it")]


def bin_field(choices: Choices, *, needed: bool = False) -> Choice:
    """Which sharps bin it goes into; where one is `needed` the only one is chosen already."""
    sole = choices.bins[0].code if needed and choices.bins and not choices.bins[1:] else ""
    return Choice("bin", "Sharps bin", _named(choices.bins), sole, prompt="none named")


def when_field(label: str, now: int) -> Text:
    """A moment that has passed; empty is now."""
    return Text(
        "at",
        label,
        placeholder=dates.now_or_like(now),
        read=lambda text: times.moment(text, now) if text.strip() else None,
    )


def moment_field(key: str, label: str, value: str | int | None, now: int) -> Text:
    """A moment that has passed, as it stands on record."""
    typed = dates.spoken_moment(value) if isinstance(value, int) else ""
    return Text(key, label, typed, read=lambda text: times.moment(text, now, key))


def when(said: Said) -> str | None:
    """The moment typed, None for now."""
    return said.text("at").strip() or None


def solution_options(rows: Sequence[SolutionRow]) -> list[Option]:
    """Solutions by what is in them, since when, and their code."""
    return [(solution_choice(row), row.code) for row in rows]


def _named(rows: Sequence[PersonRow | NamedRow]) -> list[Option]:
    return [(label_and_code(row), row.code) for row in rows]


def line_field(key: str, label: str, suggestions: Sequence[str] = (), placeholder: str = "",
               also: Sequence[str] = ()) -> Text:  # fmt: skip
    """A line as long as a note."""
    return Text(key, label, read=lambda text: clean_line(key, text, NOTE_LIMIT), placeholder=placeholder,
                longest=LONGEST_NOTE, suggestions=suggestions, also=also)  # fmt: skip


def length_field(key: str, label: str, placeholder: str) -> Text:
    """A length of needles in mm, which may be left out."""
    return Text(key, label, read=lambda text: needle_length(text, key) if text.strip() else None,
                placeholder=placeholder)  # fmt: skip


def word_field(key: str, label: str, value: str = "", suggestions: Sequence[str] = (), placeholder: str = "",
               also: Sequence[str] = ()) -> Text:  # fmt: skip
    """A line as long as a name."""
    return Text(key, label, value, read=lambda text: clean_line(also[0] if also else key, text),
                placeholder=placeholder, suggestions=suggestions, also=also)  # fmt: skip
