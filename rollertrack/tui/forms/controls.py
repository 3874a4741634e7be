"""Controls in which Enter moves on: a drop-down list, options in a row, a list of boxes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import OptionList, Select

_GAP = "   "
_TICKED, _UNTICKED = "☒", "☐"


class DropDown(Select[str], inherit_bindings=False):
    """A list that drops down by an arrow key or space, so that Enter can move on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,up", "show_overlay", "Choose", show=False, id="drop-down.drop"),
        Binding("space", "show_overlay", "choose", id="drop-down.open", tooltip="Open the list"),
    ]


class CheckboxList(OptionList, inherit_bindings=False):
    """Boxes one below the other, drawn like the one of a checkbox; space ticks.

    Not Textual's SelectionList: the box of that looks ticked whether it is or not, and cannot be exchanged.
    """

    DEFAULT_CSS = """
    CheckboxList {
        width: 1fr; height: auto; max-height: 6; border: none; padding: 0; scrollbar-size: 1 1;
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

    def turn(self, value: str) -> None:
        """Tick a value, or take its tick out."""
        if value in self._ticked:
            del self._ticked[value]
        else:
            self._ticked[value] = None
        self.replace_option_prompt_at_index(self._values.index(value), self._prompt(value))
        self.post_message(self.Changed(tuple(self._ticked)))

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

    def render(self) -> Text:
        """Every option with its mark, the chosen one stronger."""
        text = Text()
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
