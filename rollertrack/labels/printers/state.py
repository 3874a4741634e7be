"""How a printer says it stands."""

from dataclasses import dataclass

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
