"""The form of a piece that gets its code when it is used."""

from rollertrack.domain import guide
from rollertrack.domain.verdict import Refused
from rollertrack.services import pieces
from rollertrack.services.preview import choices, rehearse
from rollertrack.services.station import Done
from rollertrack.services.using import Use
from rollertrack.tui.forms.fields import (
    Checkbox,
    Field,
    Said,
    line_field,
    operator_fields,
    person_field,
    word_field,
)
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import previews


async def use_piece(app: StationApp, pack: str) -> Done | None:
    """Ask on whom a piece without a code is used, and log it; it gets its code with that."""
    offered = await app.backend.run(choices)

    def said_of(said: Said) -> Use:
        return Use(
            person=said.chosen("person"), area=said.text("area"), note=said.text("note"),
            acknowledged=said.is_checked("ack"), despite=said.text("despite"),
        )  # fmt: skip

    async def previewed(said: Said) -> Preview:
        try:
            rehearsed = await app.backend.run(rehearse, pieces.use_piece, pack, said_of(said))
        except Refused as refused:
            return Preview(word=refused.verdict.word, findings=refused.verdict.of_now)
        return Preview(previews.will_say(rehearsed.message), notes=rehearsed.warnings)

    async def submit(said: Said) -> Done:
        who = said.chosen("operator")
        return await app.backend.run(pieces.use_piece, pack, said_of(said), operator=who)

    fields: list[Field] = [
        person_field(offered, None),
        *operator_fields(offered),
        word_field("area", "Area", suggestions=guide.AREAS, placeholder="where on the skin"),
        line_field("note", "Note"),
        Checkbox("ack", "Acknowledge", "I have read what is said above"),
        line_field(
            "despite", "Despite", placeholder="why it is used against the gate", also=("code", "pack")
        ),
    ]
    spec = FormSpec("Use a piece out of its box", fields, button="Log the use")
    return await app.push_screen_wait(Form(spec, submit, previewed))
