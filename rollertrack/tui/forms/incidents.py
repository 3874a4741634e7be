"""The forms of incidents: who was told, what is released, how it ended; and a reaction of the skin."""

from collections.abc import Callable

from rollertrack.services import codes, health, incident_files, incidents, records
from rollertrack.services.station import Done
from rollertrack.tui.forms.fields import Choice, Field, Said, line_field
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.forms.tracing import trace_person
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import previews
from rollertrack.wording import traces as words

_WAYS = ("by telephone", "in the room", "by letter")


async def react(app: StationApp, code: str) -> Done | None:
    """Ask what the skin does, note it, and show what touched it."""
    scan = await app.backend.run(codes.identify, code)
    log = await app.backend.run(records.log, code)
    sessions = [line for line in log if line.kind == "session" and not line.voided]
    options = [(previews.entry_choice(line), str(line.seq)) for line in sessions]
    first = options[0][1] if options else ""

    async def previewed(said: Said) -> Preview:
        return Preview(words.reaction_preview(code, wrote=bool(said.text("text").strip())))

    async def submit(said: Said) -> Done:
        chosen = said.chosen("session")
        return await app.backend.run(health.react, code, said.text("text"), int(chosen or 0))

    fields: list[Field] = [
        line_field("text", "What it does", ("red for days", "swollen", "itches", "blisters")),
        Choice("session", "After", options, first, prompt="nobody knows which"),
    ]
    spec = FormSpec("Skin reaction", fields, previews.code_and_name(scan.code, scan.label), "Note it")
    done = await app.push_screen_wait(Form(spec, submit, previewed))
    if done is not None:
        await trace_person(app, code)
    return done


async def tell(app: StationApp, code: str, person: str = "") -> Done | None:
    """Ask who was told and how, and log it; those who were not yet stand first."""
    found = await app.backend.run(incident_files.show_incident, code)
    untold = found.incident.untold
    order = (*untold, *(each for each in found.incident.persons if each not in untold))
    options = [(previews.code_and_name(each, found.labels.get(each, "")), each) for each in order]

    async def previewed(_: Said) -> Preview:
        return Preview(words.telling_preview(len(untold)))

    async def submit(said: Said) -> Done:
        return await app.backend.run(incidents.tell, code, said.text("person"), said.text("how"))

    fields: list[Field] = [
        Choice("person", "Who", options, person or (order[0] if order else ""), prompt="nobody"),
        line_field("how", "How", _WAYS),
    ]
    about = words.about_text(found.incident.cause, found.incident.about)
    spec = FormSpec("Told", fields, about, "Log it", start="how")
    return await app.push_screen_wait(Form(spec, submit, previewed))


async def release(app: StationApp, code: str, _person: str = "") -> Done | None:
    """Ask why all that an incident put aside may come back."""
    found = await app.backend.run(incident_files.show_incident, code)
    return await _ask_line(
        app, code, words.RELEASE, "reason", words.release_preview(len(found.held)), incidents.release
    )


async def close(app: StationApp, code: str, _person: str = "") -> Done | None:
    """Ask how an incident ended, and close it."""
    found = await app.backend.run(incident_files.show_incident, code)
    left = words.left_open(len(found.incident.untold), len(found.held))
    return await _ask_line(app, code, words.CLOSE, "outcome", words.closing_preview(left), incidents.close)


async def _ask_line(
    app: StationApp, code: str, title: tuple[str, str], key: str, result: str, deed: Callable[..., Done]
) -> Done | None:
    async def previewed(_: Said) -> Preview:
        return Preview(result)

    async def submit(said: Said) -> Done:
        return await app.backend.run(deed, code, said.text(key))

    fields = [line_field(key, "How it ended" if key == "outcome" else "Reason")]
    spec = FormSpec(title[0], fields, previews.code_and_name(code, ""), title[1])
    return await app.push_screen_wait(Form(spec, submit, previewed))
