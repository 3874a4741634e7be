"""The form of labels printed ahead of their rollers."""

from rollertrack.domain.print_jobs import BLANK
from rollertrack.errors import BadInput
from rollertrack.services.labels.labelling import blank_codes, blank_count
from rollertrack.services.preview import choices, label_place
from rollertrack.services.station import Done
from rollertrack.tui.forms import print_requests
from rollertrack.tui.forms.fields import Said, Text
from rollertrack.tui.forms.form import FormSpec, Preview
from rollertrack.tui.forms.label_form import PrintForm
from rollertrack.tui.station_app import StationApp
from rollertrack.wording.printing import LABELS_AHEAD, printing_preview


async def blanks(app: StationApp) -> Done | None:
    """Ask how many labels are printed ahead of their rollers, and where; each gets a new code."""
    said, batches = Said({}), list[int]()
    while True:
        form = await _form(app, said, batches)
        done = await app.push_screen_wait(form)
        if form.wished is None:
            break
        said = form.wished
    for batch in batches:
        app.print_batch(batch)
    return done


async def _form(app: StationApp, before: Said, batches: list[int]) -> PrintForm:
    """The form, filled with what was said before; what goes into the queue is noted among the batches."""
    offered = await app.backend.run(choices)

    async def previewed(said: Said) -> Preview:
        request = print_requests.print_request(said)
        try:
            place = await app.backend.run(label_place, request)
            count = blank_count(said.text("blank")) * print_requests.copies_reader(offered)(
                said.text("copies")
            )
        except BadInput as error:
            return Preview(
                trouble=print_requests.placed(error, said),
                button=print_requests.button(said),
                questions={"printer": print_requests.hint(offered)},
            )
        return Preview(
            printing_preview(count, place, to_file=print_requests.is_file(said)),
            notes=(LABELS_AHEAD,),
            button=print_requests.button(said),
            questions={"printer": print_requests.hint(offered)},
        )

    async def submit(said: Said) -> Done:
        request = print_requests.print_request(said)
        with print_requests.placing(said):
            codes = await app.backend.run_drawing(blank_codes, blank_count(said.text("blank")), request)
            done, batch = await print_requests.carried_out(app, codes, request, what=BLANK)
        if batch is not None:
            batches.append(batch)
        return done

    count = Text("blank", "How many", before.text("blank") or "10", read=blank_count)
    fields = [count, *print_requests.fields(offered, before)]
    spec = FormSpec("Labels ahead", fields, button="Print", absent=print_requests.absent(offered))
    return PrintForm(spec, submit, previewed)
