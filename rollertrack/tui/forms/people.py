"""The forms of a person: a short label, and what to ask a professional about."""

from rollertrack.domain.guide import CONTRAINDICATIONS
from rollertrack.domain.text import clean_line
from rollertrack.errors import BadInput
from rollertrack.services import people
from rollertrack.services.preview import person_facts
from rollertrack.services.station import Done
from rollertrack.tui.forms.common import about
from rollertrack.tui.forms.fields import Field, Several, Text
from rollertrack.tui.forms.form import Form, FormSpec, Preview, Said
from rollertrack.tui.station_app import StationApp


async def add_person(app: StationApp) -> Done | None:
    """Ask for a label, and register a person."""

    async def previewed(said: Said) -> Preview:
        label = clean_line("label", said.text("label")) or "…"
        return Preview(f"Registers person “{label}”{_noted(said)}.")

    async def submit(said: Said) -> Done:
        return await app.backend.run(people.add_person, said.text("label"), _names(said))

    spec = FormSpec("Add a person", _fields("", ()), button="Add")
    return await app.push_screen_wait(Form(spec, submit, previewed))


async def edit_person(app: StationApp, code: str) -> Done | None:
    """Show a person's registration as it stands, and mend what is changed."""
    facts = await app.backend.run(person_facts, code)

    async def previewed(said: Said) -> Preview:
        if not said.changed:
            return Preview("Nothing is changed yet.")
        return Preview(f"Keeps person “{said.text('label').strip()}”{_noted(said)}.")

    async def submit(said: Said) -> Done:
        if not said.changed:
            raise BadInput("edit", "nothing is changed yet; leave with esc")
        label = said.text("label") if "label" in said.changed else None
        noted = _names(said) if {"noted", "more"} & said.changed else None
        return await app.backend.run(people.edit_person, code, label=label, contraindications=noted)

    spec = FormSpec("Mend a person", _fields(facts.label, facts.contraindications), about(code, facts.label))
    return await app.push_screen_wait(Form(spec, submit, previewed))


def _fields(label: str, held: tuple[str, ...]) -> list[Field]:
    known = (*CONTRAINDICATIONS, *(name for name in held if name not in CONTRAINDICATIONS))
    return [
        Text("label", "Label", label, read=lambda text: clean_line("label", text),
             placeholder="a short one, no full name"),
        Several("noted", "Ask first about", known, held),
        Text("more", "Or about", read=lambda text: clean_line("contraindication", text),
             also=("contraindication",)),
    ]  # fmt: skip


def _names(said: Said) -> list[str]:
    more = said.text("more").strip()
    return [*said.several("noted"), *([more] if more else [])]


def _noted(said: Said) -> str:
    names = _names(said)
    return f"; asks to see a professional about {', '.join(names)}" if names else ""
