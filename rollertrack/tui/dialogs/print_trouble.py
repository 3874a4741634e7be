"""A printer that failed: what it said, and what to do about it."""

from enum import StrEnum
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Button

from rollertrack.tui.dialogs.dialog import Dialog


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
