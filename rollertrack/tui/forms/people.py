"""The forms of persons, and of what else has only a code and a label: operators and sharps bins."""

from collections.abc import Awaitable, Callable

from rollertrack.domain.code import KIND_WORDS, Kind, kind_of, shown
from rollertrack.domain.guide import CONTRAINDICATIONS
from rollertrack.domain.quantities import article
from rollertrack.domain.text import clean_line
from rollertrack.errors import BadInput
from rollertrack.services import people, records
from rollertrack.services.preview import person_facts
from rollertrack.services.station import Done
from rollertrack.tui.dialogs import ConfirmDialog
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


async def add_operator(app: StationApp) -> Done | None:
    """Ask for a label, and register an operator."""
    return await _add(app, Kind.OPERATOR)


async def add_bin(app: StationApp) -> Done | None:
    """Ask for a label, and register a sharps bin."""
    return await _add(app, Kind.BIN)


async def _add(app: StationApp, kind: Kind) -> Done | None:
    async def submit(said: Said) -> Done:
        return await app.backend.run(people.add_named, kind, said.text("label"))

    return await _asked(app, f"Add {article(KIND_WORDS[kind])}", "", submit)


async def edit(app: StationApp, code: str) -> Done | None:
    """Mend a label."""
    scan = await app.backend.run(records.identify, code)

    async def submit(said: Said) -> Done:
        return await app.backend.run(people.edit_named, scan.kind, code, said.text("label"))

    return await _asked(app, f"Mend {article(KIND_WORDS[scan.kind])}", scan.label, submit)


async def close(app: StationApp, code: str) -> Done | None:
    """Close a full bin, or an operator who left, after asking once."""
    what = f"{article(KIND_WORDS[kind_of(code)])} {shown(code)}"
    question = ConfirmDialog(
        "Close it?", f"Closes {what}. It stays on record and takes no more.", yes="Close it"
    )
    if not await app.push_screen_wait(question):
        return None
    return await app.backend.run(people.close_named, kind_of(code), code)


async def _asked(
    app: StationApp, title: str, label: str, submit: Callable[[Said], Awaitable[Done]]
) -> Done | None:
    async def previewed(said: Said) -> Preview:
        return Preview(f"Keeps it under the label “{clean_line('label', said.text('label')) or '…'}”.")

    field = Text("label", "Label", label, read=lambda text: clean_line("label", text))
    return await app.push_screen_wait(Form(FormSpec(title, [field], button="Save"), submit, previewed))
