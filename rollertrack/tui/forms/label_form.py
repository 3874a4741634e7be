"""The forms of printing: a key leads to a printer where none is set; one shows a label under its fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Button

from rollertrack.labels.bitmap import Bitmap, fitting_scale
from rollertrack.tui.forms.fields import Said
from rollertrack.tui.forms.form import Form, Preview
from rollertrack.tui.forms.printers import set_up_printer
from rollertrack.tui.station_app import StationApp
from rollertrack.tui.widgets.label_preview import LabelPreview
from rollertrack.wording import previews

WHOLE = "whole"
"""How the picture is shown: all of it, not dot for dot."""
_MARGINS = 6
_TALLEST = 22


@dataclass(frozen=True, slots=True)
class PicturedPreview(Preview):
    """What will be printed, with its picture."""

    picture: Bitmap | None = None


class PrintForm(Form):
    """A form from which a key leads to the printers of this computer."""

    app = getters.app(StationApp)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "find", "Find", show=False, id="label.find",
                tooltip="Choose a printer of this computer"),
    ]  # fmt: skip
    also = previews.FIND_A_PRINTER
    wished: Said | None = None
    """What was said, on the printer that was set up meanwhile: the form opens anew with it."""

    @on(Button.Pressed, "#form-also")
    def action_find(self) -> None:
        """Set up a printer, and come back with it chosen."""
        if not self._busy:
            self.app.attempt(self._find)

    async def _find(self) -> None:
        kept = await set_up_printer(self.app)
        if kept is None:
            return
        if kept.done is not None:
            self.app.changed(kept.done)
        self.wished = Said({**self.said.values, "printer": kept.name})
        self._go(None)


class LabelForm(PrintForm):
    """A form with a label under its fields."""

    def aside(self) -> Sequence[Widget]:
        """The label as it will be printed."""
        return (LabelPreview(id="form-label"),)

    def show_preview(self, preview: Preview) -> None:
        """Show the picture, whole or dot for dot; the arrow keys scroll it when it has the focus."""
        super().show_preview(preview)
        if isinstance(preview, PicturedPreview):
            self._show_picture(preview.picture)

    def _show_picture(self, picture: Bitmap | None) -> None:
        preview = self.query_one("#form-label", LabelPreview)
        preview.display = picture is not None
        if picture is not None:
            whole = self.said.text("view") == WHOLE
            scale = fitting_scale(picture, preview.size.width - _MARGINS) if whole else 1
            preview.styles.height = min(_TALLEST, picture.height // (2 * scale) + 3)
            preview.show(picture, scale)
