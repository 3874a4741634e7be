"""The forms that find, add and mend a printer."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual import getters, on
from textual.binding import Binding, BindingType
from textual.widgets import Button, Input

from rollertrack.domain.text import clean_line, required_line
from rollertrack.errors import BadInput
from rollertrack.services import preview
from rollertrack.services.labels import printers
from rollertrack.services.labels.discovery import FoundPrinter, hindrance
from rollertrack.services.labels.printers import PrinterRow
from rollertrack.services.labels.requests import PrintRequest
from rollertrack.services.preview import Choices, choices
from rollertrack.services.station import Done
from rollertrack.tui.forms.fields import Choice, DropDown, Field, Said, Text
from rollertrack.tui.forms.form import Form, FormSpec, Preview, Submit
from rollertrack.tui.forms.found_printers import TYPED, FoundPrinters
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
    """What will be kept, with an example of a place of the kind chosen.

    `hindrance` says what this computer lacks for it; it may be kept all the same.
    """

    example: str = ""
    hindrance: str = ""


class PrinterForm(Form):
    """A form whose place shows an example of its kind, and takes one of this computer by a key."""

    app = getters.app(StationApp)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "find", "Find", show=False, id="printer.find",
                tooltip="Choose one of this computer"),
    ]  # fmt: skip
    also = previews.FIND

    def show_preview(self, preview: Preview) -> None:
        """Show the example where the place is typed, and what is lacking under the field that says so."""
        super().show_preview(preview)
        if not isinstance(preview, PlacePreview):
            return
        self.query_one("#field-place Input", Input).placeholder = preview.example
        said = self.said.text("place").strip()
        where = "place" if _scheme(said) or said.startswith("/") else "kind"
        field = self.query_one(f"#field-{where}", Field)
        if preview.hindrance and not field.sentence:
            field.say(preview.hindrance)

    @on(Button.Pressed, "#form-also")
    def action_find(self) -> None:
        """Choose one of this computer; what is typed already of its name and paper stays."""
        self.app.attempt(self._find)

    async def _find(self) -> None:
        found = await self.app.push_screen_wait(FoundPrinters())
        if found is not None and found is not TYPED:
            self._fill("kind", _scheme(found.place))
            self._fill("place", found.place)
            for key, value in {"name": found.name, "media": found.media}.items():
                if key in self.said.values and not self.said.text(key).strip():
                    self._fill(key, value)

    def _fill(self, key: str, value: str) -> None:
        for control in self.query_one(f"#field-{key}").query("Input, DropDown"):
            if isinstance(control, Input | DropDown):
                control.value = value


class Kept(NamedTuple):
    """A printer by its name in the settings; `done` is None for one that stood there already."""

    name: str
    done: Done | None


async def set_up_printer(app: StationApp) -> Kept | None:
    """Let one of this computer be chosen, and keep it; leaving its form leads back to the choice."""
    while (found := await app.push_screen_wait(FoundPrinters())) is not None:
        if found.kept_as:
            return Kept(found.kept_as, None)
        if kept := await _added(app, found):
            return kept
    return None


async def find_printer(app: StationApp) -> Done | None:
    """Let one of this computer be chosen, and keep it; one that is set already is mended."""
    kept = await set_up_printer(app)
    if kept is None:
        return None
    return kept.done or await edit_printer(app, kept.name)


async def add_printer(app: StationApp) -> Done | None:
    """Ask for a printer, and keep it in the settings."""
    kept = await _added(app, TYPED)
    return kept and kept.done


async def _added(app: StationApp, found: FoundPrinter) -> Kept | None:
    offered = await app.backend.run(choices)
    name = Text("name", "Name", found.name, placeholder="a short word, such as desk",
                read=lambda text: _new_name(text, offered.printers))  # fmt: skip
    called: list[str] = []

    async def save(said: Said) -> Done:
        called.append(_name(said.text("name")))
        return await _saved(app, called[-1], said)

    fields = [name, *_fields(offered, found.facts)]
    done = await _asked(app, FormSpec("Add a printer", fields, found.title, start="name"), save)
    return Kept(called[-1], done) if done is not None else None


async def edit_printer(app: StationApp, name: str) -> Done | None:
    """Mend what is set of a printer."""
    row = await _known(app, name)
    offered = await app.backend.run(choices)
    spec = FormSpec("Mend a printer", _fields(offered, row.facts), name, start="place")
    return await _asked(app, spec, lambda said: _saved(app, name, said), name)


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


async def _asked(app: StationApp, spec: FormSpec, submit: Submit, name: str = "") -> Done | None:
    async def previewed(said: Said) -> Preview:
        example = KINDS[said.text("kind")][1]
        place = _place(said)
        lacks = await app.backend.run(hindrance, place or said.text("kind"))
        if not place:
            return PlacePreview(example=example, hindrance=lacks)
        try:
            found = await app.backend.run(preview.label_place, PrintRequest(printer=place))
        except BadInput as error:
            return PlacePreview(example=example, trouble=error, hindrance=lacks)
        called = name or said.text("name").strip()
        return PlacePreview(previews.printer_preview(called, found), example=example, hindrance=lacks)

    return await app.push_screen_wait(PrinterForm(spec, submit, previewed))


async def _saved(app: StationApp, name: str, said: Said) -> Done:
    facts = {key: said.text(key) for key in printers.PRINTER_KEYS if key in said.values}
    return await app.backend.run(printers.save_printer, name, {**facts, "place": _place(said)})


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


def _new_name(text: str, taken: Collection[str]) -> str:
    name = _name(text)
    if name in taken:
        raise BadInput("name", previews.printer_there(name))
    return name


def _scheme(place: str) -> str:
    """How a place begins, empty for none of the kinds."""
    return next((scheme for scheme in KINDS if place.lower().startswith(scheme)), "")


def _place(said: Said) -> str:
    """The place that was typed; its beginning may be left out, since the kind says it."""
    place = said.text("place").strip()
    return place if not place or _scheme(place) else said.text("kind") + place
