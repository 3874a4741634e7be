"""The label form: printer, paper and copies, above the very picture that is sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.widget import Widget

from rollertrack.errors import BadInput, DeviceFailed
from rollertrack.labels.bitmap import Bitmap, fitting_scale
from rollertrack.services.labels import labelling
from rollertrack.services.preview import Choices, choices, label_place
from rollertrack.services.station import Done
from rollertrack.tui.forms import print_requests
from rollertrack.tui.forms.fields import Field, Pick, Said
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.tui.widgets.label_preview import LabelPreview
from rollertrack.wording.printing import printing_preview
from rollertrack.wording.records import rollers_named

_MARGINS = 6
_WHOLE = "whole"
_TALLEST = 22


async def label(app: StationApp, codes: Sequence[str]) -> Done | None:
    """Ask where labels go and show them; what a printer is to get prints from the queue."""
    offered = await app.backend.run(choices)
    batches: list[int] = []

    notes: tuple[str, ...] | None = None

    async def previewed(said: Said) -> Preview:
        nonlocal notes
        request = print_requests.print_request(said)
        try:
            picture = await app.backend.run_drawing(
                labelling.preview, codes[0], media=request.media, printer=request.printer, flag=request.flag
            )
            if notes is None:  # reads every roller: once a form, not once a key
                notes = await app.backend.run_drawing(labelling.undrawable, codes)
        except BadInput as error:
            return PicturedPreview(
                trouble=print_requests.placed(error, said), button=print_requests.button(said)
            )
        try:
            place = await app.backend.run(label_place, request)
            copies = print_requests.copies_reader(offered)(said.text("copies"))
        except BadInput as error:
            trouble = print_requests.placed(error, said)
            return PicturedPreview(picture=picture, trouble=trouble, button=print_requests.button(said))
        return PicturedPreview(
            _result(said, len(codes) * copies, place),
            notes=notes,
            picture=picture,
            button=print_requests.button(said),
        )

    async def submit(said: Said) -> Done:
        request = print_requests.print_request(said)
        try:
            done, batch = await print_requests.carried_out(app, codes, request)
        except DeviceFailed as error:
            raise BadInput("to", error.message) from None
        except BadInput as error:
            raise print_requests.placed(error, said) from None
        if batch is not None:
            batches.append(batch)
        return done

    spec = FormSpec(
        "Print labels", _fields(offered), rollers_named(codes), "Print", absent=print_requests.absent(offered)
    )
    done = await app.push_screen_wait(LabelForm(spec, submit, previewed))
    for batch in batches:
        app.print_batch(batch)
    return done


@dataclass(frozen=True, slots=True)
class PicturedPreview(Preview):
    """What will be printed, with its picture."""

    picture: Bitmap | None = None


class LabelForm(Form):
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
            whole = self.said.text("view") == _WHOLE
            scale = fitting_scale(picture, preview.size.width - _MARGINS) if whole else 1
            preview.styles.height = min(_TALLEST, picture.height // (2 * scale) + 3)
            preview.show(picture, scale)


def _fields(offered: Choices) -> list[Field]:
    views = Pick("view", "Shown", [("whole", _WHOLE), ("dot for dot", "dots")], _WHOLE)
    return [*print_requests.fields(offered), views]


def _result(said: Said, count: int, place: str) -> str:
    return printing_preview(count, place, to_file=print_requests.is_file(said))
