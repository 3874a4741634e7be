"""A question with two answers."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Button

from rollertrack.tui.dialogs.dialog import Dialog


class ConfirmDialog(Dialog[bool]):
    """Asks once; Escape is no. The answer that changes nothing has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "answer(False)", "No", tooltip="Answer no", id="confirm.no")
    ]

    def __init__(self, title: str, message: str, *, yes: str = "Yes", no: str = "No") -> None:
        super().__init__(title, message)
        self._yes, self._no = yes, no

    def buttons(self) -> list[Button]:
        """No first, then yes."""
        return [Button(self._no, id="no", compact=True), Button(self._yes, id="yes", compact=True)]

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer by the button."""
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Answer by a key."""
        self.dismiss(yes)
