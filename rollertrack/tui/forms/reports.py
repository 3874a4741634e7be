"""The forms of what reports are written to."""

from pathlib import Path

from rollertrack.domain.reports import Report
from rollertrack.services import reporting
from rollertrack.services.station import Done
from rollertrack.tui.forms.fields import LONGEST_NOTE, Checkbox, Field, Said, Text
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import reports as say


async def write_report(app: StationApp, made: Report) -> Done | None:
    """Ask for a file, and write the rows of a report there for a spreadsheet."""
    home = str(Path.home() / f"rollertrack-{made.name}.csv")
    fields: list[Field] = [
        Text("csv", "File", home, longest=LONGEST_NOTE, also=("to",)),
        Checkbox("force", "Replace it", "a file of that name goes"),
    ]

    async def previewed(_: Said) -> Preview:
        return Preview(say.csv_preview(made))

    async def submit(said: Said) -> Done:
        return await app.backend.run(
            reporting.write_csv, made, said.text("csv"), force=said.is_checked("force")
        )

    spec = FormSpec("Write the report", fields, say.TITLES[made.name], "Write it")
    return await app.push_screen_wait(Form(spec, submit, previewed))
