"""Incidents: the list of them, and one with its persons and rollers."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from rollertrack.deeds.table import INCIDENT
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.rows import IncidentRow
from rollertrack.domain.text import printable
from rollertrack.services import incident_files
from rollertrack.services.incident_files import IncidentFile
from rollertrack.tui.deed_keys import keys_of
from rollertrack.tui.help import Help
from rollertrack.tui.screens.list_screen import BACK, ListScreen, OpenList
from rollertrack.tui.widgets.roller_columns import padded
from rollertrack.wording import traces as words
from rollertrack.wording.dates import date_of

_ABOUT, _NAME, _CODE = 22, 20, 12


class IncidentsScreen(ListScreen[IncidentRow]):
    """Every incident, those still open first."""

    help = Help(
        "Incidents",
        "What was recalled and why. A recall opens one from a trace; it stays open until everybody touched "
        "was told and its rollers were looked at. Enter opens it.",
    )
    list_type = OpenList
    where = "incidents"
    empty = (
        "No incident is on record. A recall opens one: trace a lot, a bottle, a roller or a person, and put "
        "aside what is found."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "trace", "trace", id="incidents.trace", tooltip="Trace a lot, a bottle or a person"),
        *keys_of(INCIDENT),
        BACK,
    ]

    async def read_rows(self) -> Sequence[IncidentRow]:
        """Every incident."""
        return await self.app.backend.run(incident_files.list_incidents)

    def key(self, row: IncidentRow) -> str:
        """Its code."""
        return row.code

    def prompt(self, row: IncidentRow) -> Content:
        """Code, what it is about, how much is left to do."""
        about = words.about_text(row.cause, row.about)
        closed = f"closed {date_of(row.closed_at, self.app.clock())}" if row.closed_at else "open"
        persons = words.persons_text(row.persons, row.untold)
        rest = " · ".join((closed, words.rollers_count(row.rollers), persons, row.reason))
        style = "dim" if row.closed_at else "bold"
        return Content.assemble(
            (f"{padded(shown(row.code), _CODE)}  {padded(about, _ABOUT)}  ", style), (printable(rest), "dim")
        )

    def action_choose(self) -> None:
        """Open the chosen one."""
        if self.chosen:
            self.app.push_screen(IncidentScreen(self.chosen.code))

    def action_deed(self, name: str) -> None:
        """Do a deed to the chosen incident."""
        if self.chosen:
            self.app.do(name, self.chosen.code)

    def action_trace(self) -> None:
        """Ask what is traced."""
        self.app.do("trace")


Line = str | tuple[str, str, str]
"""What stands over others, or a code with its name and how it stands."""


class IncidentScreen(ListScreen[Line]):
    """One incident: who is to be told, and what is put aside."""

    help = Help(
        "An incident",
        "Persons first, those who were not told yet on top, then the rollers. i logs that the chosen person "
        "was told and how. v releases what is still put aside, x closes the incident. Enter opens a roller.",
    )
    list_type = OpenList
    where = "incident"
    empty = "This incident names nobody and no roller; esc goes back."
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys_of(INCIDENT),
        Binding("escape", "back", "back", id="incident.back", tooltip="Go back"),
    ]
    DEFAULT_CSS = """
    IncidentScreen #facts { height: auto; padding: 0 2; margin-bottom: 1; border-bottom: solid $panel; }
    """

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code

    def above(self) -> Sequence[Widget]:
        """What is known of it."""
        return [Static(id="facts", markup=False)]

    async def read_rows(self) -> Sequence[Line]:
        """Persons, then rollers."""
        found = await self.app.backend.run(incident_files.show_incident, self.code)
        fields = words.incident_fields(found.incident, len(found.held))
        lines = [Content.assemble((f"{name:<9}", "dim"), printable(value)) for name, value in fields]
        self.query_one("#facts", Static).update(Content("\n").join(lines))
        return [*_persons(found), *_rollers(found)]

    def is_heading(self, row: Line) -> bool:
        """Whether it stands over others."""
        return isinstance(row, str)

    def key(self, row: Line) -> str:
        """Its code, or the heading."""
        return row if isinstance(row, str) else row[0]

    def prompt(self, row: Line) -> Content:
        """A heading, or a code with how it stands."""
        if isinstance(row, str):
            return Content.styled(row, "bold")
        code, name, text = row
        return Content.assemble(
            (f"  {padded(shown(code), _CODE)}  ", "bold"),
            f"{padded(name, _NAME)}  ",
            (printable(text), "dim"),
        )

    def action_choose(self) -> None:
        """Open the record of the chosen roller."""
        row = self.chosen
        if row is not None and not isinstance(row, str) and row[0].startswith(Kind.ROLLER):
            self.app.open_record(row[0])

    def action_deed(self, name: str) -> None:
        """Do a deed to this incident; the chosen person is the one that was told."""
        row = self.chosen
        is_person = row is not None and not isinstance(row, str) and row[0].startswith(Kind.PERSON)
        self.app.do(name, self.code, row[0] if row is not None and is_person else "")


def _persons(found: IncidentFile) -> list[Line]:
    told = {each.person: each for each in found.incident.told}
    order = sorted(found.incident.persons, key=lambda code: code in told)
    rows: list[Line] = [
        (code, found.labels.get(code, ""), words.telling_text(told.get(code))) for code in order
    ]
    return [words.PERSONS, *rows] if rows else []


def _rollers(found: IncidentFile) -> list[Line]:
    rows: list[Line] = []
    for code in sorted(found.incident.rollers, key=lambda each: each not in found.held):
        known = found.rollers.get(code)
        text = words.held_text(held=code in found.held, retired_at=known.retired_at if known else None)
        rows.append((code, known.name if known else "", text))
    return [words.ROLLERS, *rows] if rows else []
