"""The form of labels printed ahead of their rollers."""

from rollertrack.domain.print_jobs import BLANK
from rollertrack.domain.text import whole_number
from rollertrack.errors import BadInput
from rollertrack.services.labels.labelling import blank_codes
from rollertrack.services.labels.requests import MOST_LABELS
from rollertrack.services.preview import choices, label_place
from rollertrack.services.station import Done
from rollertrack.tui.forms import print_requests
from rollertrack.tui.forms.fields import Said, Text
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording.printing import LABELS_AHEAD, printing_preview


async def blanks(app: StationApp) -> Done | None:
    """Ask how many labels are printed ahead of their rollers, and where; each gets a new code."""
    offered = await app.backend.run(choices)
    batches: list[int] = []

    async def previewed(said: Said) -> Preview:
        request = print_requests.print_request(said)
        try:
            place = await app.backend.run(label_place, request)
            count = _blank_count(said.text("blank")) * print_requests.copies_reader(offered)(
                said.text("copies")
            )
        except BadInput as error:
            return Preview(trouble=print_requests.placed(error, said), button=print_requests.button(said))
        return Preview(
            printing_preview(count, place, to_file=print_requests.is_file(said)),
            notes=(LABELS_AHEAD,),
            button=print_requests.button(said),
        )

    async def submit(said: Said) -> Done:
        request = print_requests.print_request(said)
        with print_requests.placing(said):
            codes = await app.backend.run_drawing(blank_codes, _blank_count(said.text("blank")), request)
            done, batch = await print_requests.carried_out(app, codes, request, what=BLANK)
        if batch is not None:
            batches.append(batch)
        return done

    fields = [Text("blank", "How many", "10", read=_blank_count), *print_requests.fields(offered)]
    spec = FormSpec("Labels ahead", fields, button="Print", absent=print_requests.absent(offered))
    done = await app.push_screen_wait(Form(spec, submit, previewed))
    for batch in batches:
        app.print_batch(batch)
    return done


def _blank_count(text: str) -> int:
    return whole_number("blank", text, 1, MOST_LABELS)
