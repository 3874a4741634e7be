"""The forms of what is written to a file: a backup, the cards for the wall, the sheet for an outage."""

from collections.abc import Callable, Sequence
from pathlib import Path

from rollertrack.domain.words import State
from rollertrack.services import exporting, upkeep
from rollertrack.services.labels import outage as sheets
from rollertrack.services.labels import pages
from rollertrack.services.station import Done, Station
from rollertrack.tui.forms.fields import LONGEST_NOTE, Checkbox, Choice, Field, Pick, Said, Text, word_field
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import previews
from rollertrack.wording.dates import iso_day

_PAPERS = [("A4", "A4"), ("Letter", "Letter")]


async def backup(app: StationApp) -> Done | None:
    """Ask where a proved copy goes, and write it."""
    name = f"rollertrack-{iso_day(app.clock())}.db"
    return await written(
        app, "Back up", previews.BACKUP, [file_field("backup", name)],
        lambda station, said: upkeep.backup(station, said.text("backup")),
    )  # fmt: skip


async def export(app: StationApp) -> Done | None:
    """Ask where the journal goes, and write it, a JSON line an entry."""
    name = f"rollertrack-{iso_day(app.clock())}.jsonl"
    return await written(
        app, "Export the journal", previews.EXPORT, [file_field("to", name), over_field()],
        lambda station, said: exporting.export_to(station, said.text("to"), force=said.is_checked("force")),
    )  # fmt: skip


async def cards(app: StationApp) -> Done | None:
    """Ask for paper and file, and write the action cards for the wall."""
    return await written(
        app, "Cards for the wall", previews.WALL_CARDS,
        [file_field("to", "rollertrack-cards.pdf"), Pick("page", "Paper", _PAPERS, "A4"), over_field()],
        lambda station, said: pages.wall_sheet(
            station, said.text("to"), said.text("page"), force=said.is_checked("force")
        ),
    )  # fmt: skip


async def outage(app: StationApp) -> Done | None:
    """Ask which rollers and where to, and write the list for when the computer is down."""
    states = [(state.value, state.value) for state in State if state is not State.RETIRED]
    return await written(
        app, "Outage sheet", previews.OUTAGE,
        [
            file_field("to", "rollertrack-outage.pdf"),
            Choice("state", "Only those", states, prompt="all in use"),
            word_field("search", "With the words"), Pick("page", "Paper", _PAPERS, "A4"), over_field(),
        ],
        lambda station, said: sheets.outage_sheet(
            station, said.text("to"), state=State(chosen) if (chosen := said.chosen("state")) else None,
            search=said.text("search"), page=said.text("page"), force=said.is_checked("force"),
        ),
    )  # fmt: skip


async def written(
    app: StationApp, title: str, does: str, fields: Sequence[Field], write: Callable[[Station, Said], Done]
) -> Done | None:
    """Ask what a file needs, and write it."""

    async def previewed(_: Said) -> Preview:
        return Preview(does)

    async def submit(said: Said) -> Done:
        return await app.backend.run(write, said)

    return await app.push_screen_wait(Form(FormSpec(title, fields, button="Write it"), submit, previewed))


def file_field(key: str, name: str) -> Field:
    """Where a file goes; the home folder offers itself."""
    return Text(key, "File", str(Path.home() / name), longest=LONGEST_NOTE)


def over_field() -> Field:
    """Whether a file that is there already is replaced."""
    return Checkbox("force", "Replace it", "a file of that name goes")
