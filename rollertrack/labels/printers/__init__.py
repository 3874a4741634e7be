"""Pictures to a printer of any kind, within a time limit; every failure is one sentence."""

from collections.abc import Sequence
from pathlib import Path

from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.escpos import encode
from rollertrack.labels.media import Media
from rollertrack.labels.outcomes import Outcome, Sent
from rollertrack.labels.places import FilePlace, NetworkPlace, Place, parse_place
from rollertrack.labels.printer import Printer
from rollertrack.labels.printers.old import send as send_bytes

__all__ = ["FilePlace", "NetworkPlace", "Outcome", "Place", "parse_place", "send", "send_bytes"]


def send(
    printer: Printer, pictures: Sequence[Bitmap], media: Media, cache: Path, timeout: float, *, start: int = 1  # noqa: ARG001
) -> Outcome:  # fmt: skip
    """Print pictures; the outcome says how sure it is that they were printed.

    `timeout` is how many seconds the printer may keep silent; a large job gets more in proportion to
    its size. `cache` is a private folder for python-escpos. `start` is the first free position of a
    sheet. Raises NotSent when nothing reached the printer, BrokenOff when part of it may be printed.
    """
    send_bytes(printer.place, encode(pictures), cache, timeout)
    return Outcome(Sent.SENT, "this printer does not say whether it printed")
