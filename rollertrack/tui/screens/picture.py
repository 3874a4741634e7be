"""One label dot for dot, over everything; the arrows scroll it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from rollertrack.labels.bitmap import Bitmap
from rollertrack.tui.helping import Help
from rollertrack.tui.widgets.label_preview import LabelPreview


class PictureScreen(ModalScreen[None]):
    """The very picture a printer gets, each half of a cell one dot."""

    help = Help(
        "The picture",
        "Each half of a cell is one dot of the printer, nothing is left out. The arrows scroll. Where the "
        "whole QR code is in sight, a phone reads it off the screen.",
    )
    DEFAULT_CSS = """
    PictureScreen {
        #head { height: 1; padding: 0 1; color: $foreground 60%; background: $background; }
        LabelPreview { height: 1fr; background: $background; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,v,enter", "dismiss", "close", id="picture.close", tooltip="Close the picture"),
    ]

    def __init__(self, picture: Bitmap) -> None:
        super().__init__()
        self._picture = picture

    def compose(self) -> ComposeResult:
        """One line on it, and the picture."""
        size = f"{self._picture.width} × {self._picture.height} dots"
        yield Static(f"{size}, dot for dot · arrows scroll · esc closes", id="head", markup=False)
        yield LabelPreview(self._picture)
