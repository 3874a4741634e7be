"""The form that puts off what is due."""

from collections.abc import Sequence

from rollertrack.domain.quantities import full_date
from rollertrack.domain.rows import DueRow
from rollertrack.services.preview import rehearse
from rollertrack.services.snoozing import snooze as snooze_it
from rollertrack.services.station import Done
from rollertrack.tui.forms.fields import Field, Said, Text, line_field
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import previews
from rollertrack.wording.dates import days_on
from rollertrack.wording.due import TODAY, snooze_subject, snooze_title

_A_WEEK = 7


async def snooze(app: StationApp, lines: Sequence[DueRow]) -> Done | None:
    """Ask until when something is put off and why, and log it; what is put off is offered for today."""
    codes, what = [line.code for line in lines], lines[0].what
    is_put_off = lines[0].snoozed_until is not None
    last_due = max(app.clock(), *(line.on for line in lines))
    until = TODAY if is_put_off else full_date(days_on(last_due, _A_WEEK))
    button = "Change it" if is_put_off else "Put it off"

    async def previewed(said: Said) -> Preview:
        if not said.text("reason").strip():
            return Preview(previews.SAY_WHY)
        until, reason = said.text("until"), said.text("reason")
        rehearsed = await app.backend.run(rehearse, snooze_it, codes, what, until, reason)
        return Preview(previews.will_say(rehearsed.message))

    async def submit(said: Said) -> Done:
        return await app.backend.run(snooze_it, codes, what, said.text("until"), said.text("reason"))

    fields: list[Field] = [
        Text("until", "Until", until, placeholder="such as 31 May 2027; today takes it back"),
        line_field("reason", "Reason", ("on holiday", "ordered", "in the autoclave")),
    ]
    spec = FormSpec(snooze_title(what), fields, snooze_subject(lines), button, start="reason")
    return await app.push_screen_wait(Form(spec, submit, previewed))
