"""A printer of this station, how it says it stands, and what became of what it was sent."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from rollertrack.errors import DeviceFailed
from rollertrack.labels.places import Place

ON, OFF = "on", "off"
NOT_ASKED = "it is not asked, as its status is off"


@dataclass(frozen=True, slots=True)
class Printer:
    """One printer; `name` is empty for a place that was given directly.

    Offsets are in mm, to the right and down on the paper as it is fed; `scale` is in percent and holds
    for sheets.
    """

    name: str
    place: Place
    media: str | None = None
    dpi: int | None = None
    module: int | None = None
    """The least dots a module of a QR code that was read back from this printer."""
    offset_x: float = 0.0
    offset_y: float = 0.0
    scale: float = 100.0
    status: str = ON
    """OFF for one that is known to answer wrongly: it is never asked how it stands, nor believed."""

    @property
    def is_asked(self) -> bool:
        """Whether it is asked how it stands."""
        return self.status == ON

    def __str__(self) -> str:
        return self.name or str(self.place)

    @property
    def in_full(self) -> str:
        """Its name, if any, and its place: a name in the settings alone says nothing in ten years."""
        return f"{self.name} ({self.place})" if self.name else str(self.place)


PAPER_OUT = "the paper is out; put in a new roll"
COVER_OPEN = "its cover is open; close it"
OFFLINE = "it is offline; press its feed or pause button, or switch it off and on"
PAPER_LOW = "paper low"


@dataclass(frozen=True, slots=True)
class PrinterState:
    """What a printer answered: a `fault` keeps it from printing, a `note` does not; both may be empty.

    `busy` is true while it works on a job.
    """

    fault: str = ""
    note: str = ""
    busy: bool = False

    def __str__(self) -> str:
        return self.fault or ", ".join(filter(None, ("printing" if self.busy else "ready", self.note)))


class Sent(StrEnum):
    """How much is known of a job that did not fail."""

    SENT = "sent"
    """The printer's side took every byte; whether ink met paper is not known."""
    CONFIRMED = "confirmed"
    """The printer itself said, after the job and in its order, that everything before was done."""


class Outcome(NamedTuple):
    """What became of a job; `note` says why it is not confirmed, or what else to know, such as paper low."""

    state: Sent
    note: str = ""


class NotSent(DeviceFailed):
    """Nothing reached the printer, so nothing was printed."""


class BrokenOff(DeviceFailed):
    """The job stopped in the middle; part of it may be printed."""
