"""The forms that add and mend a printer."""

from collections.abc import Mapping
from dataclasses import dataclass

from textual.widgets import Input

from rollertrack.domain.text import clean_line, required_line
from rollertrack.errors import BadInput
from rollertrack.services import preview
from rollertrack.services.labels import printers
from rollertrack.services.labels.printers import PrinterRow
from rollertrack.services.labels.requests import PrintRequest
from rollertrack.services.preview import Choices, choices
from rollertrack.services.station import Done
from rollertrack.tui.forms.fields import Choice, Field, Said, Text
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import previews

KINDS: Mapping[str, tuple[str, str]] = {
    "tcp://": ("network, receipt printer (ESC/POS)", "tcp://192.168.1.50:9100"),
    "zpl://": ("network, Zebra (ZPL)", "zpl://192.168.1.50:9100"),
    "tspl://": ("network, TSC and alike (TSPL)", "tspl://192.168.1.50:9100"),
    "usb:": ("USB, receipt printer", "usb:04b8:0202, as lsusb lists it"),
    "serial:": ("serial line or Bluetooth", "serial:/dev/ttyUSB0?baud=9600"),
    "file:": ("device file", "file:/dev/usb/lp0"),
    "cups:": ("any printer of this computer (CUPS)", "cups:QUEUE, as lpstat -e lists it"),
    "pipe:": ("a command that takes a PNG", "pipe:brother_ql print -l 62 {FILE}"),
    "pipe-pdf:": ("a command that takes a PDF", "pipe-pdf:lp -d QUEUE {FILE}"),
    "pdf:": ("PDF files in a folder", "pdf:/home/me/labels"),
    "png:": ("PNG files in a folder", "png:/home/me/labels"),
}
"""How a place begins, what that is, and an example."""


@dataclass(frozen=True, slots=True)
class PlacePreview(Preview):
    """What will be kept, with an example of a place of the kind chosen."""

    example: str = ""


class PrinterForm(Form):
    """A form whose place shows an example of its kind."""

    def show_preview(self, preview: Preview) -> None:
        """Show the example where the place is typed."""
        super().show_preview(preview)
        if isinstance(preview, PlacePreview):
            self.query_one("#field-place Input", Input).placeholder = preview.example


async def add_printer(app: StationApp) -> Done | None:
    """Ask for a printer, and keep it in the settings."""
    offered = await app.backend.run(choices)
    name = Text("name", "Name", placeholder="a short word, such as desk", read=_name)
    return await _asked(app, "Add a printer", "", [name, *_fields(offered, {})])


async def edit_printer(app: StationApp, name: str) -> Done | None:
    """Mend what is set of a printer."""
    row = await _known(app, name)
    offered = await app.backend.run(choices)
    return await _asked(app, "Mend a printer", name, _fields(offered, row.facts))


async def remove_printer(app: StationApp, name: str) -> Done | None:
    """Remove a printer from the settings, after asking once."""
    place = (await _known(app, name)).place
    if not await app.confirm("Remove it?", previews.printer_removal(name, place), yes="Remove it"):
        return None
    return await app.backend.run(printers.remove_printer, name)


async def _known(app: StationApp, name: str) -> PrinterRow:
    rows = await app.backend.run(printers.list_printers)
    row = next((each for each in rows if each.name == name), None)
    if row is None:
        raise BadInput("printer", previews.printer_gone(name))
    return row


async def _asked(app: StationApp, title: str, name: str, fields: list[Field]) -> Done | None:
    async def previewed(said: Said) -> Preview:
        example = KINDS[said.text("kind")][1]
        place = _place(said)
        if not place:
            return PlacePreview(example=example)
        try:
            found = await app.backend.run(preview.label_place, PrintRequest(printer=place))
        except BadInput as error:
            return PlacePreview(example=example, trouble=error)
        called = name or said.text("name").strip()
        return PlacePreview(previews.printer_preview(called, found), example=example)

    async def submit(said: Said) -> Done:
        facts = {key: said.text(key) for key in printers.PRINTER_KEYS if key in said.values}
        facts["place"] = _place(said)
        return await app.backend.run(printers.save_printer, name or said.text("name"), facts)

    spec = FormSpec(title, fields, name, start="name" if not name else "place")
    return await app.push_screen_wait(PrinterForm(spec, submit, previewed))


def _fields(offered: Choices, facts: Mapping[str, str]) -> list[Field]:
    place = facts.get("place", "")
    kinds = [(words, scheme) for scheme, (words, _) in KINDS.items()]
    return [
        Choice("kind", "Kind", kinds, _scheme(place) or "tcp://", blank=False),
        Text("place", "Place", place, read=lambda text: required_line("place", text, 400),
             also=("printer",)),
        Choice("media", "Paper", [(name, name) for name in offered.media], facts.get("media", ""),
               prompt=previews.usual_paper(offered.usual_media)),
        _number("dpi", "Dots an inch", facts, "as the paper has it, mostly 203 or 300"),
        _number("offset_x", "Shift right", facts, "mm, for sheets that print off"),
        _number("offset_y", "Shift down", facts, "mm"),
        _number("scale", "Scale", facts, "percent, 100 is right for most"),
        Choice("status", "Status", [(words, word) for word, words in previews.STATUS_WORDS.items()],
               facts.get("status", "on"), blank=False),
    ]  # fmt: skip


def _number(key: str, label: str, facts: Mapping[str, str], placeholder: str) -> Text:
    return Text(key, label, facts.get(key, ""), placeholder=placeholder)


def _name(text: str) -> str:
    if ":" in clean_line("name", text):
        raise BadInput("name", "may hold no colon; a word such as desk is right")
    return required_line("name", text)


def _scheme(place: str) -> str:
    """How a place begins, empty for none of the kinds."""
    return next((scheme for scheme in KINDS if place.lower().startswith(scheme)), "")


def _place(said: Said) -> str:
    """The place that was typed; its beginning may be left out, since the kind says it."""
    place = said.text("place").strip()
    return place if not place or _scheme(place) else said.text("kind") + place
