"""An app that does one deed on a real store in a temporary folder, and remembers what it was told."""

import random
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.widgets import Static

from harness.stations import DAY, HOUR, MINUTE, SECOND, Clock, begun
from rollertrack.errors import RollerTrackError
from rollertrack.services import people, registering
from rollertrack.services.backend import Backend
from rollertrack.services.labels.printer_settings import Printing
from rollertrack.services.station import Done, Station
from rollertrack.store.store import Store
from rollertrack.tui import palette
from rollertrack.tui.station_app import StationApp

__all__ = ["DAY", "HOUR", "MINUTE", "SECOND", "START", "Clock", "FormApp", "Place"]
START = 1_795_343_520 * SECOND  # Sun 22 Nov 2026 10:32 UTC
Deed = Callable[[StationApp], Awaitable[object]]


class Place:
    """A store in a folder with its clock and dice; `station` is for the test, a desk opens its own."""

    def __init__(self, folder: Path, printing: Printing | None = None) -> None:
        self.clock = Clock(START)
        self._path = begun(folder / "rollers.db")
        self._printing = printing or Printing(cache=folder)
        self._dice = random.Random(1)
        self.station = self.open()
        people.first_start(self.station)

    def open(self) -> Station:
        return Station(Store(self._path), self.clock, self._dice.choice, printing=self._printing)

    def roller(self, **facts: str | bool) -> str:
        """The code of a new roller of 0.50 mm called evening, unless facts say otherwise."""
        return registering.add(self.station, {"length": "0.5", "name": "evening", **facts}).codes[0]

    @property
    def me(self) -> str:
        """The first person's code."""
        return next(row.code for row in people.list_persons(self.station) if row.label == people.ME)

    def entries(self, code: str) -> list[object]:
        """What the journal holds of a code."""
        with self.station.store.reading() as journal:
            return [event.payload for event in journal.stream(code)]


class FormApp(StationApp):
    """Does `deed` at once, over a quiet screen."""

    def __init__(self, place: Place, deed: Deed) -> None:
        super().__init__(Backend(place.open), place.clock)
        self.done: list[Done] = []
        self.errors: list[str] = []
        self.finished = False
        self.endings: list[str] = []
        self._deed = deed

    def compose(self) -> ComposeResult:
        yield Static("behind the form")

    def on_mount(self) -> None:
        self.register_theme(palette.DARK)
        self.theme = palette.DARK.name
        self.carry_out()

    @work
    async def carry_out(self) -> None:
        await self._deed(self)
        self.finished = True

    def changed(self, done: Done) -> None:
        self.done.append(done)

    async def printing_ended(self, failed: int | None, message: str) -> None:  # noqa: ARG002
        self.endings.append(message)

    def show_error(self, error: Exception) -> None:
        assert isinstance(error, RollerTrackError), error
        self.errors.append(error.message)
        super().show_error(error)
