"""A house with printers, and a hand that waits until they have answered."""

import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from harness.house_app import House, household, settle, text
from harness.label_printers import EmulatedPrinter
from rollertrack.domain.print_jobs import JobRow
from rollertrack.services.labels import ordering, queue
from rollertrack.services.labels.printer_settings import MemoryBook, PrinterPage, Printing
from rollertrack.services.labels.requests import PrintRequest
from rollertrack.tui.app import RollerTrackApp

_LONG = 120.0
"""Seconds after which what must come never comes, however slow the machine."""


def print_house(
    folder: Path, printers: Mapping[str, str], link_base: str | None = None, timeout: float = 5.0
) -> House:
    """Six rollers, and printers by name; the first is the usual one."""
    house = household(folder / "rollers.db")
    page = PrinterPage(dict(printers), next(iter(printers), None))
    house.printing = Printing(cache=folder, book=MemoryBook(page), link_base=link_base, timeout=timeout)
    house.station = house.open()
    return house


class HeldPrinter(EmulatedPrinter):
    """A printer that says how it stands, and is not done with a job until `let_go`."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()
        self._is_owed = False

    def answer_in_turn(self, answer: Callable[[bytes], None]) -> None:
        if self.let_go.is_set():
            super().answer_in_turn(answer)
        else:
            self._is_owed = True

    def hears(self, said: bytes, answer: Callable[[bytes], None]) -> None:
        if self._is_owed and self.let_go.is_set():
            self._is_owed = False
            super().answer_in_turn(answer)
        super().hears(said, answer)


class Listener:
    """Keeps what an app said in passing, however soon it is gone from the screen."""

    def __init__(self, app: RollerTrackApp, patch: pytest.MonkeyPatch) -> None:
        self.heard: list[str] = []
        patch.setattr(app, "notify", self._hear)

    def _hear(self, message: str, **_: object) -> None:
        self.heard.append(message)


async def calm(pilot: Pilot[None]) -> None:
    """Wait until no lane of the desk has anything left to do, and what it answered is shown."""
    for _ in range(2):
        await settle(pilot)


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait for what must come."""
    end = time.monotonic() + _LONG
    while not holds():
        cursor = pilot.app.screen.focused
        assert time.monotonic() < end, f"not within {_LONG:.0f} s; the cursor is on {cursor}:\n{text(pilot)}"
        await settle(pilot)


async def tap(pilot: Pilot[None], *keys: str) -> None:
    """Keys, each with what it sets going in every lane."""
    for key in keys:
        await pilot.press(key)
        await calm(pilot)


def said(pilot: Pilot[None], name: str) -> str:
    """What a static of the screen says."""
    return str(pilot.app.screen.query_one(f"#{name}", Static).render())


def jobs(house: House) -> list[tuple[str, str]]:
    """The queue as it stands: titles and states, in the order of the screen."""
    return [(row.title, row.state) for row in rows(house)]


def rows(house: House) -> tuple[JobRow, ...]:
    return queue.newest_jobs(house.station)


def enqueued(house: House, *codes: str) -> int:
    """A batch that waits, as an earlier run of the program left it."""
    return ordering.enqueue(house.station, codes, PrintRequest()).id
