"""The forms of what has only a code and a label: operators and sharps bins."""

from collections.abc import Awaitable, Callable

from rollertrack.domain.code import KIND_WORDS, Kind, kind_of, shown
from rollertrack.domain.quantities import article
from rollertrack.domain.text import clean_line
from rollertrack.services import people, records
from rollertrack.services.station import Done
from rollertrack.tui.dialogs import ConfirmDialog
from rollertrack.tui.forms.fields import Text
from rollertrack.tui.forms.form import Form, FormSpec, Preview, Said
from rollertrack.tui.station_app import StationApp


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
