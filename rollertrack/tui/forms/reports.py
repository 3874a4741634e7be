"""The forms of what reports are written to."""

from pathlib import Path

from rollertrack.domain.reports import Period, Report
from rollertrack.services import inspection_files, reporting, spans
from rollertrack.services.station import Done, Station
from rollertrack.tui.forms.fields import LONGEST_NOTE, Checkbox, Field, Said, Text
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import inspection as inspection_words
from rollertrack.wording import reports as say
from rollertrack.wording.dates import iso_day


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


async def inspection(app: StationApp, span: Period | None = None) -> Done | None:
    """Ask for the place and the span, the one that is looked at where there is one, and write the report."""
    usual = await app.backend.run(spans.spans_back, 0) if span is None else span
    fields: list[Field] = [
        Text("place", "Place", placeholder="what the establishment is called"),
        Text("begin", "From", iso_day(usual.since) or "", also=("from",)),
        Text("end", "To", iso_day(usual.until) or ""),
        Text("to", "File", str(Path.home() / "rollertrack-inspection.pdf"), longest=LONGEST_NOTE),
        Checkbox("force", "Replace it", "a file of that name goes"),
    ]

    def spanned(station: Station, said: Said) -> Period:
        return spans.period(station, said.text("begin") or None, said.text("end") or None)

    async def previewed(said: Said) -> Preview:
        return Preview(inspection_words.preview(await app.backend.run(spanned, said)))

    def written(station: Station, said: Said) -> Done:
        return inspection_files.write_inspection(
            station, said.text("place"), spanned(station, said), said.text("to"),
            force=said.is_checked("force"),
        )  # fmt: skip

    async def submit(said: Said) -> Done:
        # Where labels are drawn: it takes some seconds, and no scan waits behind it.
        return await app.backend.run_drawing(written, said)

    spec = FormSpec("The inspector's report", fields, button="Write it")
    return await app.push_screen_wait(Form(spec, submit, previewed))
