"""The forms of what is written to a file: a backup, the cards for the wall, the sheet for an outage."""

from collections.abc import Callable, Sequence
from pathlib import Path

from rollertrack.domain.words import State
from rollertrack.services import due_calendar as calendars
from rollertrack.services import exporting, table_files, upkeep
from rollertrack.services.labels import outage as sheets
from rollertrack.services.labels import pages
from rollertrack.services.station import Done, Station
from rollertrack.services.table_files import EUROPEAN, USUAL
from rollertrack.tui.forms.fields import LONGEST_NOTE, Checkbox, Choice, Field, Pick, Said, Text, word_field
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import previews
from rollertrack.wording.dates import iso_day

_PAPERS = [("A4", "A4"), ("Letter", "Letter")]


async def backup(app: StationApp) -> Done | None:
    """Ask where a proved copy goes, and write it."""
    name = f"rollertrack-{iso_day(app.clock())}.db"
    return await _written(
        app, "Back up", previews.BACKUP, [_file("backup", name)],
        lambda station, said: upkeep.backup(station, said.text("backup")),
    )  # fmt: skip


async def export(app: StationApp) -> Done | None:
    """Ask where the journal goes, and write it, a JSON line an entry."""
    name = f"rollertrack-{iso_day(app.clock())}.jsonl"
    return await _written(
        app, "Export the journal", previews.EXPORT, [_file("to", name), _over()],
        lambda station, said: exporting.export_to(station, said.text("to"), force=said.is_checked("force")),
    )  # fmt: skip


async def export_tables(app: StationApp) -> Done | None:
    """Ask for a folder, and write a table of each kind of record into it."""
    return await _written(
        app, "Export tables", previews.TABLES,
        [
            _file("csv", f"rollertrack-{iso_day(app.clock())}"),
            Checkbox("european", "European", "semicolons between cells, commas for decimals"), _over(),
        ],
        lambda station, said: table_files.export_tables(
            station, said.text("csv"), EUROPEAN if said.is_checked("european") else USUAL,
            force=said.is_checked("force"),
        ),
    )  # fmt: skip


async def due_calendar(app: StationApp) -> Done | None:
    """Ask where a calendar of what is due goes and what it tells, and write it."""
    return await _written(
        app, "Calendar of what is due", previews.CALENDAR,
        [
            _file("ics", "rollertrack.ics"), Checkbox("digest", "Digest", "one event for each day and kind"),
            Checkbox("names", "Names", "tell how rollers are called; a calendar leaves the house"),
        ],
        lambda station, said: calendars.write_calendar(
            station, said.text("ics"), digest=said.is_checked("digest"), names=said.is_checked("names")
        ),
    )  # fmt: skip


async def cards(app: StationApp) -> Done | None:
    """Ask for paper and file, and write the action cards for the wall."""
    return await _written(
        app, "Cards for the wall", previews.WALL_CARDS,
        [_file("to", "rollertrack-cards.pdf"), Pick("page", "Paper", _PAPERS, "A4"), _over()],
        lambda station, said: pages.wall_sheet(
            station, said.text("to"), said.text("page"), force=said.is_checked("force")
        ),
    )  # fmt: skip


async def outage(app: StationApp) -> Done | None:
    """Ask which rollers and where to, and write the list for when the computer is down."""
    states = [(state.value, state.value) for state in State if state is not State.RETIRED]
    return await _written(
        app, "Outage sheet", previews.OUTAGE,
        [
            _file("to", "rollertrack-outage.pdf"), Choice("state", "Only those", states, prompt="all in use"),
            word_field("search", "With the words"), Pick("page", "Paper", _PAPERS, "A4"), _over(),
        ],
        lambda station, said: sheets.outage_sheet(
            station, said.text("to"), state=State(chosen) if (chosen := said.chosen("state")) else None,
            search=said.text("search"), page=said.text("page"), force=said.is_checked("force"),
        ),
    )  # fmt: skip


async def _written(
    app: StationApp, title: str, does: str, fields: Sequence[Field], write: Callable[[Station, Said], Done]
) -> Done | None:
    async def previewed(_: Said) -> Preview:
        return Preview(does)

    async def submit(said: Said) -> Done:
        return await app.backend.run(write, said)

    return await app.push_screen_wait(Form(FormSpec(title, fields, button="Write it"), submit, previewed))


def _file(key: str, name: str) -> Field:
    return Text(key, "File", str(Path.home() / name), longest=LONGEST_NOTE)


def _over() -> Field:
    return Checkbox("force", "Replace it", "a file of that name goes")
