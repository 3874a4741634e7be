"""The forms of what is on record of a person: the health questions; that it is to be forgotten."""

from rollertrack.services import forgetting, health
from rollertrack.services.people import person_facts
from rollertrack.services.station import Done
from rollertrack.tui.forms.fields import Checkbox, Field, Said
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.forms.people import noted_fields, said_names
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import persons as words
from rollertrack.wording import previews


async def ask(app: StationApp, code: str) -> Done | None:
    """Ask the health questions, and log the answers as all that holds."""
    facts = await app.backend.run(person_facts, code)

    async def previewed(said: Said) -> Preview:
        return Preview(words.asking_preview(said_names(said), is_none=said.is_checked("none")))

    async def submit(said: Said) -> Done:
        return await app.backend.run(health.ask, code, said_names(said), none=said.is_checked("none"))

    fields: list[Field] = [
        *noted_fields(facts.contraindications, "Holds"),
        Checkbox("none", "Nothing", "nothing of this holds"),
    ]
    spec = FormSpec("Health questions", fields, previews.code_and_name(code, facts.label), "Log the answers")
    return await app.push_screen_wait(Form(spec, submit, previewed))


async def forget(app: StationApp, code: str) -> Done | None:
    """Erase what was written about a person, after asking once."""
    if not await app.confirm(words.FORGET, words.forgetting_preview(code), yes="Forget", no="Keep"):
        return None
    return await app.backend.run(forgetting.forget, code)
