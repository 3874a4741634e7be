"""The forms of persons, and of what else has only a code and a label: operators and sharps bins."""

from collections.abc import Awaitable, Callable

from rollertrack.domain.code import Kind, kind_of
from rollertrack.domain.text import clean_line
from rollertrack.errors import BadInput
from rollertrack.services import codes, people
from rollertrack.services.people import person_facts
from rollertrack.services.station import Done
from rollertrack.tui.forms.fields import Field, Said, conditions_field, word_field
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import previews


async def add_person(app: StationApp) -> Done | None:
    """Ask for a label, and register a person."""

    async def previewed(said: Said) -> Preview:
        label = clean_line("label", said.text("label")) or "…"
        return Preview(previews.person_preview(label, said_names(said), new=True))

    async def submit(said: Said) -> Done:
        return await app.backend.run(people.add_person, said.text("label"), said_names(said))

    spec = FormSpec("Add a person", _fields("", ()), button="Add")
    return await app.push_screen_wait(Form(spec, submit, previewed))


async def edit_person(app: StationApp, code: str) -> Done | None:
    """Show a person's registration as it stands, and mend what is changed."""
    facts = await app.backend.run(person_facts, code)

    async def previewed(said: Said) -> Preview:
        if not said.changed:
            return Preview(previews.NOTHING_CHANGED)
        return Preview(previews.person_preview(said.text("label").strip(), said_names(said), new=False))

    async def submit(said: Said) -> Done:
        if not said.changed:
            raise BadInput("edit", previews.NOT_CHANGED)
        label = said.text("label") if "label" in said.changed else None
        noted = said_names(said) if {"noted", "more"} & said.changed else None
        return await app.backend.run(people.edit_person, code, label=label, contraindications=noted)

    spec = FormSpec(
        "Mend a person",
        _fields(facts.label, facts.contraindications),
        previews.code_and_name(code, facts.label),
    )
    return await app.push_screen_wait(Form(spec, submit, previewed))


def _fields(label: str, held: tuple[str, ...]) -> list[Field]:
    first = word_field("label", "Label", label, placeholder="a short one, no full name")
    return [first, *noted_fields(held, "Ask first about")]


def noted_fields(held: tuple[str, ...], label: str) -> list[Field]:
    """What to ask a professional about: the known conditions, and one in other words."""
    return [
        conditions_field("noted", label, held),
        word_field("more", "Or about", also=("contraindication",)),
    ]


def said_names(said: Said) -> list[str]:
    """All that was ticked or written there."""
    more = said.text("more").strip()
    return [*said.several("noted"), *([more] if more else [])]


async def add_operator(app: StationApp) -> Done | None:
    """Ask for a label, and register an operator."""
    return await _add(app, Kind.OPERATOR)


async def add_bin(app: StationApp) -> Done | None:
    """Ask for a label, and register a sharps bin."""
    return await _add(app, Kind.BIN)


async def _add(app: StationApp, kind: Kind) -> Done | None:
    async def submit(said: Said) -> Done:
        return await app.backend.run(people.add_named, kind, said.text("label"))

    return await _asked(app, previews.adding_title(kind, new=True), "", submit)


async def edit(app: StationApp, code: str) -> Done | None:
    """Mend a label."""
    scan = await app.backend.run(codes.identify, code)

    async def submit(said: Said) -> Done:
        return await app.backend.run(people.edit_named, scan.kind, code, said.text("label"))

    return await _asked(app, previews.adding_title(scan.kind, new=False), scan.label, submit)


async def close(app: StationApp, code: str) -> Done | None:
    """Close a full bin, or an operator who left, after asking once; one that is closed is opened again."""
    if await app.backend.run(people.is_closed, code):
        return await reopen(app, code)
    if not await app.confirm("Close it?", previews.closing_preview(code), yes="Close it"):
        return None
    return await app.backend.run(people.close_named, kind_of(code), code)


async def reopen(app: StationApp, code: str) -> Done | None:
    """Open a closed bin or operator again, after asking once."""
    if not await app.confirm("Reopen it?", previews.reopening_preview(code), yes="Reopen it"):
        return None
    return await app.backend.run(people.reopen_named, kind_of(code), code)


async def _asked(
    app: StationApp, title: str, label: str, submit: Callable[[Said], Awaitable[Done]]
) -> Done | None:
    async def previewed(said: Said) -> Preview:
        return Preview(previews.label_preview(clean_line("label", said.text("label"))))

    field = word_field("label", "Label", label)
    return await app.push_screen_wait(Form(FormSpec(title, [field], button="Save"), submit, previewed))
