"""A station with a printer: one of flesh and blood on a socket, or one that does what a test tells it."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from harness.escpos_decoder import grey, qr_texts
from harness.label_printers import EmulatedPrinter
from harness.stations import Clock, station_at
from rollertrack.domain.events import LabelPrinted
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.media import Media
from rollertrack.labels.printer import Outcome, Printer, Sent
from rollertrack.services import registering
from rollertrack.services.labels.printer_settings import MemoryBook, PrinterPage, PrinterValue, Printing
from rollertrack.services.labels.requests import PrintRequest
from rollertrack.services.station import Station

PRINTERS: dict[str, PrinterValue] = {
    "desk": "tcp://127.0.0.1:9",
    "office": {"place": "pdf:/nowhere", "media": "l7160"},
}
DESK = PrintRequest(printer="desk")
OFFICE = PrintRequest(printer="office")
CONFIRMED = Outcome(Sent.CONFIRMED)
SENT = Outcome(Sent.SENT, "it never answers")
Deed = Callable[[], object]


@dataclass
class Device:
    """Stands in the place of `send`: keeps what it was sent, then does as told, and confirms in the end."""

    orders: list[Outcome | BaseException | Deed] = field(default_factory=list)
    jobs: list[list[str]] = field(default_factory=list)
    """What the codes of each document say."""
    starts: list[int] = field(default_factory=list)

    def __call__(
        self, printer: Printer, pictures: Sequence[Bitmap], media: Media, cache: Path, timeout: float, *,
        start: int = 1,
    ) -> Outcome:  # fmt: skip
        del printer, media, cache, timeout
        self.jobs.append([said(picture) for picture in pictures])
        self.starts.append(start)
        order = self.orders.pop(0) if self.orders else CONFIRMED
        if isinstance(order, BaseException):
            raise order
        if not isinstance(order, Outcome):
            order()
            return CONFIRMED
        return order

    @property
    def labels(self) -> list[str]:
        """Every label it was sent."""
        return [label for job in self.jobs for label in job]


@contextmanager
def print_house(path: Path, clock: Clock | None = None, **settings: object) -> Iterator[Station]:
    """A station with printers in its settings."""
    printing = Printing(path.parent / "cache", MemoryBook(PrinterPage(PRINTERS, printer="desk")))
    with station_at(path, clock) as station:
        yield station.changed(printing=printing.changed(**settings))


def said(picture: Bitmap) -> str:
    """What every code of a label says."""
    (text,) = set(qr_texts(grey(picture)))
    return text


def only_device(monkeypatch: pytest.MonkeyPatch) -> Device:
    """The only printer there is from now on."""
    device = Device()
    monkeypatch.setattr("rollertrack.services.labels.sending.send", device)
    monkeypatch.setattr("rollertrack.services.labels.printer_trials.send", device)
    return device


def rollers(station: Station, count: int) -> list[str]:
    """The codes of new rollers."""
    return [registering.add(station, {"length": "0.5", "name": f"no. {n}"}).codes[0] for n in range(count)]


def recorded(station: Station, code: str) -> list[str]:
    """The marks of the labels that the record of a roller says were sent."""
    with station.store.reading() as journal:
        return [each.payload.mark for each in journal.stream(code) if isinstance(each.payload, LabelPrinted)]


class StallingPrinter(EmulatedPrinter):
    """Stops reading in the middle of a picture, once it has printed some, until it is told to go on."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self._after = after
        self.stalled, self.goes_on = threading.Event(), threading.Event()

    def hears(self, said: bytes, answer: Callable[[bytes], None]) -> None:
        """Swallow the beginning of a picture and stand still."""
        if b"\x1dv0" in said and len(self.printed) == self._after and not self.goes_on.is_set():
            self.stalled.set()
            self.goes_on.wait(60)
            raise ConnectionResetError
        super().hears(said, answer)
