"""The label form: paper, place and copies, above the very picture that is sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.widget import Widget

from rollertrack.domain.text import required_line, whole_number
from rollertrack.domain.wording import plural
from rollertrack.errors import BadInput, DeviceFailed
from rollertrack.labels.bitmap import Bitmap, fitting_scale
from rollertrack.services import labelling
from rollertrack.services.labelling import Wish
from rollertrack.services.preview import Choices, choices, label_place
from rollertrack.services.station import Done
from rollertrack.tui.contract import Front
from rollertrack.tui.forms.common import names
from rollertrack.tui.forms.fields import Field, Pick, Text
from rollertrack.tui.forms.form import Form
from rollertrack.tui.forms.sheet import Outlook, Said, Sheet
from rollertrack.tui.widgets.label_preview import LabelPreview

_LONGEST_PATH = 1_000
_MARGINS = 6
_WHOLE = "whole"
_TALLEST = 22


async def label(app: Front, codes: Sequence[str]) -> Done | None:
    """Ask where labels go, show them, and send them; the program stays awake while a printer does not."""
    offered = await app.desk.ask(choices)

    async def look(said: Said) -> Outlook:
        picture = await app.desk.ask_slowly(labelling.preview, codes[0], said.text("media"))
        try:
            place = await app.desk.ask(label_place, _wish(said))
            copies = _copies(offered)(said.text("copies"))
        except BadInput as error:
            return LabelOutlook(picture=picture, trouble=error)
        return LabelOutlook(_result(said, len(codes) * copies, place), picture=picture, button=_button(said))

    async def submit(said: Said) -> Done:
        try:
            return await app.desk.ask_slowly(labelling.label, codes, _wish(said))
        except DeviceFailed as error:
            raise BadInput("to" if _is_file(said) else "printer", error.message) from None

    sheet = Sheet("Print labels", _fields(offered), names(codes), "Send", absent=_absent)
    return await app.push_screen_wait(LabelForm(sheet, submit, look))


@dataclass(frozen=True, slots=True)
class LabelOutlook(Outlook):
    """What will be sent, with its picture."""

    picture: Bitmap | None = None


class LabelForm(Form):
    """A form with a label under its fields."""

    def aside(self) -> Sequence[Widget]:
        """The label as it will be printed."""
        return (LabelPreview(id="form-label"),)

    def show_outlook(self, outlook: Outlook) -> None:
        """Show the picture, whole or dot for dot; the arrow keys scroll it when it has the focus."""
        super().show_outlook(outlook)
        if isinstance(outlook, LabelOutlook) and outlook.picture:
            picture = outlook.picture
            preview = self.query_one("#form-label", LabelPreview)
            whole = self.said.text("view") == _WHOLE
            scale = fitting_scale(picture, preview.size.width - _MARGINS) if whole else 1
            preview.styles.height = min(_TALLEST, picture.height // (2 * scale) + 3)
            preview.show(picture, scale)


def _fields(offered: Choices) -> list[Field]:
    printer = offered.usual_printer or next(iter(offered.printers), "")
    return [
        Pick("media", "Paper", [(name, name) for name in offered.media], offered.usual_media),
        Pick("where", "To", [("a printer", "printer"), ("a file", "file")], "printer" if printer else "file"),
        Text("printer", "Printer", printer, suggestions=offered.printers,
             read=lambda text: required_line("printer", text),
             placeholder="its name, or tcp://HOST:9100, or file:/dev/usb/lp0"),
        Text("to", "File", read=lambda text: required_line("file", text, _LONGEST_PATH),
             placeholder="such as labels.pdf, .png or .bin", also=("file",)),
        Text("copies", "Copies of each", "1", read=_copies(offered)),
        Pick("view", "Shown", [("whole", _WHOLE), ("dot for dot", "dots")], _WHOLE),
    ]  # fmt: skip


def _copies(offered: Choices) -> Callable[[str], int]:
    return lambda text: whole_number("copies", text, 1, offered.most_copies)


def _is_file(said: Said) -> bool:
    return said.text("where") == "file"


def _button(said: Said) -> str:
    return "Write" if _is_file(said) else "Send"


def _result(said: Said, count: int, place: str) -> str:
    if _is_file(said):
        return f"Writes {plural(count, 'label')} to {place}."
    return f"Sends {plural(count, 'label')} to {place}. The record says so once it is sent."


def _absent(said: Said) -> frozenset[str]:
    return frozenset({"printer"} if _is_file(said) else {"to"})


def _wish(said: Said) -> Wish:
    copies = said.text("copies").strip()
    return Wish(
        printer=said.chosen("printer"),
        to=said.text("to") if _is_file(said) else None,
        media=said.text("media"),
        copies=int(copies) if copies.isdecimal() else 0,
    )
