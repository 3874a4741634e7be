"""A label on a screen of its own, and what can come over it: a toast, a dialog, another label."""

import random
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from rollertrack.labels.bitmap import Bitmap
from rollertrack.tui.picture_app import PictureApp
from rollertrack.tui.terminal_filter import PrintableApp
from rollertrack.tui.widgets.label_preview import LabelPreview

# Noise, so that it does not become small.
LABEL = Bitmap(384, 240, random.Random(1).randbytes(48 * 240))
OTHER = Bitmap(376, 80, random.Random(2).randbytes(47 * 80))


class Dialog(ModalScreen[None]):
    """In a corner, beside the label."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "close")]

    def compose(self) -> ComposeResult:
        yield Static("over it")


class LabelApp(PictureApp[None], PrintableApp[None]):
    """A key for each thing that comes over the label."""

    CSS = "#word { height: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "dialog", "dialog"),
        Binding("t", "toast", "toast"),
        Binding("o", "other", "another label"),
        Binding("h", "hide", "hide it"),
        Binding("w", "word", "change a word"),
        Binding("c", "come_back", "come back"),
        Binding("z", "quit", "leave"),
    ]

    def compose(self) -> ComposeResult:
        yield Static("first", id="word")
        yield LabelPreview(LABEL)

    def action_dialog(self) -> None:
        self.push_screen(Dialog())

    def action_toast(self) -> None:
        self.notify("done", timeout=600)

    def action_other(self) -> None:
        self.query_one(LabelPreview).show(OTHER, None)

    def action_hide(self) -> None:
        self.query_one(LabelPreview).display = False

    def action_word(self) -> None:
        self.query_one("#word", Static).update("second")

    def action_come_back(self) -> None:
        self.app_resume_signal.publish(self)


if __name__ == "__main__":
    LabelApp().run()
