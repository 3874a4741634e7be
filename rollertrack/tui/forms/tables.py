"""The forms of what other programs read: tables of all records, a calendar of what is due."""

from rollertrack.services import due_calendar as calendars
from rollertrack.services import table_files
from rollertrack.services.station import Done
from rollertrack.services.table_files import EUROPEAN, USUAL
from rollertrack.tui.forms.fields import Checkbox
from rollertrack.tui.forms.files import file_field, over_field, written
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import previews
from rollertrack.wording.dates import iso_day


async def export_tables(app: StationApp) -> Done | None:
    """Ask for a folder, and write a table of each kind of record into it."""
    return await written(
        app, "Export tables", previews.TABLES,
        [
            file_field("csv", f"rollertrack-{iso_day(app.clock())}"),
            Checkbox("european", "European", "semicolons between cells, commas for decimals"), over_field(),
        ],
        lambda station, said: table_files.export_tables(
            station, said.text("csv"), EUROPEAN if said.is_checked("european") else USUAL,
            force=said.is_checked("force"),
        ),
    )  # fmt: skip


async def due_calendar(app: StationApp) -> Done | None:
    """Ask where a calendar of what is due goes and what it tells, and write it."""
    return await written(
        app, "Calendar of what is due", previews.CALENDAR,
        [
            file_field("ics", "rollertrack.ics"),
            Checkbox("digest", "Digest", "one event for each day and kind"),
            Checkbox("names", "Names", "tell how rollers are called; a calendar leaves the house"),
        ],
        lambda station, said: calendars.write_calendar(
            station, said.text("ics"), digest=said.is_checked("digest"), names=said.is_checked("names")
        ),
    )  # fmt: skip
