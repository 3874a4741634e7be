"""The forms of a person: a short label, and what to ask a professional about."""

from rollertrack.domain.guide import CONTRAINDICATIONS
from rollertrack.domain.text import clean_line
from rollertrack.errors import BadInput
from rollertrack.services import people
from rollertrack.services.preview import person_facts
from rollertrack.services.station import Done
from rollertrack.tui.contract import Front
from rollertrack.tui.forms.common import about
from rollertrack.tui.forms.fields import Field, Several, Text
from rollertrack.tui.forms.form import Form
from rollertrack.tui.forms.sheet import Outlook, Said, Sheet


async def add_person(app: Front) -> Done | None:
    """Ask for a label, and register a person."""

    async def look(said: Said) -> Outlook:
        label = clean_line("label", said.text("label")) or "…"
        return Outlook(f"Registers person “{label}”{_noted(said)}.")

    async def submit(said: Said) -> Done:
        return await app.desk.ask(people.add_person, said.text("label"), _names(said))

    sheet = Sheet("Add a person", _fields("", ()), button="Add")
    return await app.push_screen_wait(Form(sheet, submit, look))


async def edit_person(app: Front, code: str) -> Done | None:
    """Show a person's registration as it stands, and mend what is changed."""
    facts = await app.desk.ask(person_facts, code)

    async def look(said: Said) -> Outlook:
        if not said.changed:
            return Outlook("Nothing is changed yet.")
        return Outlook(f"Keeps person “{said.text('label').strip()}”{_noted(said)}.")

    async def submit(said: Said) -> Done:
        if not said.changed:
            raise BadInput("edit", "nothing is changed yet; leave with esc")
        label = said.text("label") if "label" in said.changed else None
        noted = _names(said) if {"noted", "more"} & said.changed else None
        return await app.desk.ask(people.edit_person, code, label=label, contraindications=noted)

    sheet = Sheet("Mend a person", _fields(facts.label, facts.contraindications), about(code, facts.label))
    return await app.push_screen_wait(Form(sheet, submit, look))


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
