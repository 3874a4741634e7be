"""Printing labels: printer, paper and copies are asked, above the very picture that is sent."""

from collections.abc import Sequence
from dataclasses import replace

from rollertrack.errors import BadInput
from rollertrack.services.labels import labelling
from rollertrack.services.preview import Choices, choices, label_place
from rollertrack.services.station import Done
from rollertrack.tui.forms import print_requests
from rollertrack.tui.forms.fields import Field, Pick, Said
from rollertrack.tui.forms.form import FormSpec, Preview
from rollertrack.tui.forms.label_form import WHOLE, LabelForm, PicturedPreview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording.printing import printing_preview
from rollertrack.wording.records import rollers_named


async def label(app: StationApp, codes: Sequence[str]) -> Done | None:
    """Ask where labels go and show them; what a printer is to get prints from the queue."""
    said = Said({})
    while True:
        offered = await app.backend.run(choices)
        sheet = LabelRequest(app, codes, offered)
        form = LabelForm(sheet.spec(said), sheet.submit, sheet.previewed)
        done = await app.push_screen_wait(form)
        if form.wished is None:
            break
        said = form.wished
    for batch in sheet.batches:
        app.print_batch(batch)
    return done


class LabelRequest:
    """What one label form does: shows the picture of the first label, and prints all of them."""

    def __init__(self, app: StationApp, codes: Sequence[str], offered: Choices) -> None:
        self.batches: list[int] = []
        """What went into the queue."""
        self._app = app
        self._codes = codes
        self._offered = offered
        self._notes: tuple[str, ...] | None = None

    def spec(self, before: Said) -> FormSpec:
        """What stands on the form, filled with what was said before."""
        return FormSpec(
            "Print labels", _fields(self._offered, before), rollers_named(self._codes), "Print",
            absent=print_requests.absent(self._offered),
            start="" if self._offered.printers else "to",
        )  # fmt: skip

    async def previewed(self, said: Said) -> Preview:
        """The picture, and what will be printed."""
        preview = await self._pictured(said)
        return replace(preview, questions={"printer": print_requests.hint(self._offered)})

    async def _pictured(self, said: Said) -> Preview:
        request = print_requests.print_request(said)
        drawing = self._app.backend.run_drawing
        try:
            picture = await drawing(
                labelling.preview, self._codes[0], media=request.media, printer=request.printer,
                flag=request.flag,
            )  # fmt: skip
            if self._notes is None:  # reads every roller: once a form, not once a key
                self._notes = await drawing(labelling.undrawable, self._codes)
        except BadInput as error:
            return PicturedPreview(
                trouble=print_requests.placed(error, said), button=print_requests.button(said)
            )
        try:
            place = await self._app.backend.run(label_place, request)
            copies = print_requests.copies_reader(self._offered)(said.text("copies"))
        except BadInput as error:
            trouble = print_requests.placed(error, said)
            return PicturedPreview(picture=picture, trouble=trouble, button=print_requests.button(said))
        result = _result(said, len(self._codes) * copies, place)
        return PicturedPreview(result, notes=self._notes, picture=picture, button=print_requests.button(said))

    async def submit(self, said: Said) -> Done:
        """Put the labels into the queue, or write them."""
        request = print_requests.print_request(said)
        with print_requests.placing(said):
            done, batch = await print_requests.carried_out(self._app, self._codes, request)
        if batch is not None:
            self.batches.append(batch)
        return done


def _fields(offered: Choices, before: Said) -> list[Field]:
    views = Pick("view", "Shown", [("whole", WHOLE), ("dot for dot", "dots")], before.text("view") or WHOLE)
    return [*print_requests.fields(offered, before), views]


def _result(said: Said, count: int, place: str) -> str:
    return printing_preview(count, place, to_file=print_requests.is_file(said))
