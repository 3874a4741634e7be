"""Help lives on what it explains: anything with a `help` explains itself on `?`, with the keys that work."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, runtime_checkable

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from rollertrack.domain.guide import REMINDER
from rollertrack.domain.words import State, Word
from rollertrack.tui import palette
from rollertrack.tui.styled_once import StyledOnce


@dataclass(frozen=True, slots=True)
class Help:
    """What a widget or screen is, in plain sentences; one of rollers tells their states and words too."""

    title: str
    text: str
    of_rollers: bool = False


@runtime_checkable
class Helpable(Protocol):
    """Something that explains itself."""

    help: Help


_WORDS = {
    Word.USE: "go",
    Word.CARE: "allowed; the findings must be acknowledged",
    Word.WAIT: "not yet; it says how long",
    Word.WASH: "dirty, stale, or not well disinfected",
    Word.STOP: "never, or not by this person",
}


_STATES = {
    State.READY: "disinfected, dry, and until when it counts",
    State.DIRTY: "used, and not disinfected since",
    State.STALE: "disinfected too long ago, or not well",
    State.NEW: "never disinfected",
    State.SOAKING: "its contact time runs",
    State.TAKE_OUT: "its contact time is up",
    State.STOP: "not to be used, and why",
    State.RETIRED: "its life is over",
}


class HelpScreen(StyledOnce[None], ModalScreen[None]):
    """Reads the help off the things themselves."""

    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        background: $background 60%;
        VerticalScroll {
            width: 84; max-width: 95%; height: auto; max-height: 92%;
            padding: 1 3; background: $background; border: round $primary 50%; scrollbar-size: 1 1;
        }
        Static { height: auto; margin-bottom: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,enter", "dismiss", "close", id="help.close", tooltip="Close the help"),
    ]

    def __init__(self, about: Screen[Any]) -> None:
        super().__init__()
        self._texts = list(_helps(about))
        self._keys = list(_keys(about))

    def compose(self) -> ComposeResult:
        """Texts, the states of lists, the five words of a scan, the keys."""
        with VerticalScroll():
            for each in self._texts:
                yield Static(Content.assemble((each.title, "bold $primary"), "\n", each.text))
            if any(each.of_rollers for each in self._texts):
                yield Static(Content("\n").join(_states()))
                yield Static(Content("\n").join(_words()))
            yield Static(Content("\n").join(self._keys))
            yield Static(Content.styled(REMINDER, "$foreground 60%"))


def _helps(screen: Screen[Any]) -> Iterator[Help]:
    """The help of the focused thing, of what it stands in, and of the screen."""
    seen = set[str]()
    for node in (screen.focused or screen).ancestors_with_self:
        if isinstance(node, Helpable) and node.help.title not in seen:
            seen.add(node.help.title)
            yield node.help


def _states() -> Iterator[Content]:
    yield Content.styled("A list says how a roller lies there:", "$foreground 60%")
    for state, meaning in _STATES.items():
        style = palette.state_style(state)
        yield Content.assemble((f"{f'{state.sign} {state}':<16}", style), f"  {meaning}")


def _words() -> Iterator[Content]:
    yield Content.styled("A scan says whether it may touch skin now:", "$foreground 60%")
    for word, meaning in _WORDS.items():
        style = f"bold $verdict-{word.name.lower()}"
        yield Content.assemble((f"{f'{word.sign} {word}':<16}", style), f"  {meaning}")


def _keys(screen: Screen[Any]) -> Iterator[Content]:
    """Every key of ours in force, with what it does; the toolkit's own have no name."""
    bindings = [active.binding for active in screen.active_bindings.values()]
    for binding in sorted(bindings, key=lambda each: not each.tooltip):
        does = binding.tooltip or binding.description
        if does and binding.id:
            key = screen.app.get_key_display(binding)
            yield Content.assemble((f"{key:>10}", "bold $primary"), f"   {does}")
