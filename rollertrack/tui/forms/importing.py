"""The form of an import: what would become of the rows of a file, before anything is written."""

from pathlib import Path

from rollertrack.services import importing
from rollertrack.services.importing import KNOWN, NEW, SKIPPED, WRONG, How
from rollertrack.services.station import Done
from rollertrack.tui.forms.fields import LONGEST_NOTE, Checkbox, Choice, Field, Said, Text, line_field
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import importing as say

_MOST_LINES = 8
_ORDERS = [("day first, 31/12/2028", "dmy"), ("month first, 12/31/2028", "mdy")]


async def import_file(app: StationApp) -> Done | None:
    """Ask for a file, show what becomes of its rows, and register the new ones."""

    async def previewed(said: Said) -> Preview:
        if not Path(said.text("file")).expanduser().is_file():
            return Preview(say.NAME_A_FILE)
        plan = await app.backend.run(importing.planned, said.text("file"), _how(said))
        table = plan.source.table
        numbers = [len(plan.of(fate)) for fate in (NEW, KNOWN, SKIPPED, WRONG)]
        rows = sorted(plan.fates, key=lambda each: (each.fate != WRONG, each.line))
        notes = [say.columns_text(table.columns, plan.source.used).message]
        notes += [f"line {each.line}: {each.fate}, {each.text}" for each in rows[:_MOST_LINES]]
        if rows[_MOST_LINES:]:
            notes.append(say.more_rows(len(rows) - _MOST_LINES))
        return Preview(f"{say.counts(numbers[0], plan.rollers, *numbers[1:])}.", notes=tuple(notes))

    async def submit(said: Said) -> Done:
        return await app.backend.run(
            importing.import_file, said.text("file"), _how(said), skip_bad=said.is_checked("skip_bad")
        )

    fields: list[Field] = [
        Text("file", "File", str(Path.home()) + "/", longest=LONGEST_NOTE),
        line_field("column", "A column means", placeholder="such as Bezeichnung=name"),
        Choice("dates", "Dates", _ORDERS, prompt="as they can be read"),
        Checkbox("skip_bad", "Wrong rows", "leave them out"),
    ]
    spec = FormSpec("Import rollers", fields, button="Import")
    return await app.push_screen_wait(Form(spec, submit, previewed))


def _how(said: Said) -> How:
    column = said.text("column").strip()
    return How((column,) if column else (), dates=said.chosen("dates") or "")
