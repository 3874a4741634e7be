"""The frame of every dialog: a title, a sentence, buttons."""

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
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
