"""What is known of a job after it went to a printer: three outcomes, and a fourth that is a mishap."""

from enum import StrEnum
from typing import NamedTuple

from rollertrack.errors import DeviceFailed


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
