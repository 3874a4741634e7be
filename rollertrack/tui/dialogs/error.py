"""A sentence about what went wrong."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Button

from rollertrack.tui.dialogs.dialog import Dialog


class ErrorDialog(Dialog[None]):
    """Says what went wrong; any of Enter, Escape or the button closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", tooltip="Close this message", id="error.close")
    ]

    def says(self, message: str) -> bool:
        """Whether this is the sentence it shows."""
        return self._message == message

    def buttons(self) -> list[Button]:
        """One button to close."""
        return [Button("Close", id="close", compact=True)]

    def on_button_pressed(self) -> None:
        """Close."""
        self.dismiss(None)

    def action_close(self) -> None:
        """Close."""
        self.dismiss(None)
