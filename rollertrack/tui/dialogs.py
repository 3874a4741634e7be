"""Small questions over a screen: yes or no, an error, what to do about a printer."""

from collections.abc import Awaitable, Callable, Hashable
from enum import StrEnum
from typing import ClassVar, NamedTuple, Self, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from rollertrack.errors import BadInput, RollerTrackError
from rollertrack.tui.live import Live
from rollertrack.tui.styled_once import StyledOnce
from rollertrack.wording.sentences import error_sentence

Result = TypeVar("Result")


class Dialog(StyledOnce[Result], ModalScreen[Result]):
    """Shows a title and a sentence as they are, never as markup, with the buttons of its kind."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;

        #dialog {
            width: 64;
            max-width: 90%;
            height: auto;
            max-height: 90%;
            padding: 1 3;
            background: $background;
            border: round $primary 50%;
        }
        #dialog-title { text-style: bold; color: $primary; }
        #dialog-message { margin: 1 0; max-height: 12; overflow-y: auto; }
        #dialog-buttons { height: 1; align-horizontal: right; }
        #dialog-buttons Button {
            margin-left: 2;
            background: $primary 25%;
            &:focus { background: $primary; color: $background; text-style: bold; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "app.focus_previous", "Previous", show=False, id="dialog.previous"),
        Binding("right,down", "app.focus_next", "Next", show=False, id="dialog.next"),
    ]

    def __init__(self, title: str, message: str) -> None:
        super().__init__()
        self._title = title
        self._message = message

    def compose(self) -> ComposeResult:
        """The frame around the buttons."""
        with Vertical(id="dialog"):
            yield Static(self._title, id="dialog-title", markup=False)
            yield Static(self._message, id="dialog-message", markup=False)
            with Horizontal(id="dialog-buttons"):
                yield from self.buttons()

    def buttons(self) -> list[Button]:
        """The buttons of this kind of dialog, the one in focus first."""
        raise NotImplementedError


class ConfirmDialog(Dialog[bool]):
    """Asks once; y is yes, n and Escape are no. The answer that changes nothing has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "answer(False)", "No", tooltip="Answer no", id="confirm.no"),
        Binding("y", "answer(True)", "Yes", tooltip="Answer yes", id="confirm.yes"),
    ]

    def __init__(self, title: str, message: str, *, yes: str = "Yes", no: str = "No") -> None:
        super().__init__(title, message)
        self._yes, self._no = yes, no

    def buttons(self) -> list[Button]:
        """No first, then yes."""
        return [
            Button(f"n  {self._no}", id="no", compact=True),
            Button(f"y  {self._yes}", id="yes", compact=True),
        ]

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer by the button."""
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Answer by a key."""
        self.dismiss(yes)


class Question(NamedTuple):
    """What is asked now: `sense` is what a yes consents to, `turns_at` when it may be something else."""

    title: str
    message: str
    sense: Hashable
    turns_at: int | None = None


class LiveQuestion(Live, ConfirmDialog):
    """A question whose sentence follows the record and the clock; one that cannot be asked now is a no."""

    def __init__(self, question: Question, ask: Callable[[], Awaitable[Question]], yes: str, no: str) -> None:
        super().__init__(question.title, question.message, yes=yes, no=no)
        self.question = question
        self.failure: Exception | None = None
        """Why it cannot be asked any more."""
        self._ask = ask

    def on_second(self, now: int) -> None:
        """Ask anew each minute, and each second where the sentence is about to turn."""
        if self.minute_begins(now) or self.turns_within_a_minute(self.question.turns_at, now):
            self.reread()

    def reread(self) -> None:
        """Put the question as it stands now."""
        self._put()

    @work(exclusive=True, group="look")
    async def _put(self) -> None:
        try:
            self.question = await self._ask()
        except Exception as error:
            if self.is_active:
                self.failure = error
                self.dismiss(False)
            return
        self.query_one("#dialog-title", Static).update(self.question.title)
        self.query_one("#dialog-message", Static).update(self.question.message)

    def show_unreadable(self) -> None:
        """Ask nothing of a record that cannot be read."""
        if self.is_active:
            self.dismiss(False)


class ErrorDialog(Dialog[None]):
    """Says what went wrong; any of Enter, Escape or the button closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", tooltip="Close this message", id="error.close")
    ]

    @classmethod
    def of(cls, error: RollerTrackError) -> Self:
        """What an error says; no field stands behind the dialog that the name of one could lead to."""
        said = error_sentence(error.reason) if isinstance(error, BadInput) else error.message
        return cls(error.title, said)

    @property
    def message(self) -> str:
        """The sentence it shows."""
        return self._message

    def buttons(self) -> list[Button]:
        """One button to close."""
        return [Button("esc  Close", id="close", compact=True)]

    def on_button_pressed(self) -> None:
        """Close."""
        self.dismiss(None)

    def action_close(self) -> None:
        """Close."""
        self.dismiss(None)


class Way(StrEnum):
    """What to do about labels that did not print."""

    RETRY = "retry"
    QUEUE = "queue"
    LATER = "later"


_WORDS = {Way.RETRY: "z  Try again", Way.QUEUE: "f8  Queue", Way.LATER: "esc  Later"}


class PrintTrouble(Dialog[Way]):
    """Offers to try again; Escape leaves the labels in the queue."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("z", "answer('retry')", "Try again", tooltip="Try again", id="trouble.retry"),
        Binding("f8", "answer('queue')", "Queue", tooltip="Open the print queue", id="trouble.queue"),
        Binding("escape", "answer('later')", "Later", tooltip="Leave them in the queue", id="trouble.later"),
    ]

    def __init__(self, message: str) -> None:
        super().__init__("Not printed", message)

    def buttons(self) -> list[Button]:
        """Try again first."""
        return [Button(words, id=way, compact=True) for way, words in _WORDS.items()]

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer by the button."""
        self.dismiss(Way(event.button.id or Way.LATER))

    def action_answer(self, way: str) -> None:
        """Answer by a key."""
        self.dismiss(Way(way))
