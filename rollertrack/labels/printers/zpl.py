"""ZPL: pictures as hexadecimal dots; the printer tells how many formats and labels it still has to do."""

import time
from collections.abc import Iterable, Sequence

from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.media import Media
from rollertrack.labels.printer import COVER_OPEN, PAPER_OUT, Outcome, PrinterState
from rollertrack.labels.printers.language import ASK_FOR, await_idle, refuse_words
from rollertrack.labels.printers.transport import Clock, Transport


def encode(bitmaps: Iterable[Bitmap], *, endless: bool = False) -> bytes:
    """One format for each picture; `endless` paper is told how far to feed instead of finding a gap."""
    return b"".join(_format(bitmap, endless=endless) for bitmap in bitmaps)


def _format(bitmap: Bitmap, *, endless: bool) -> bytes:
    total = len(bitmap.rows)
    lines = (
        "^XA",
        f"^PW{bitmap.width}",
        *(("^MNN",) if endless else ()),
        f"^LL{bitmap.height}",
        "^LH0,0",
        f"^FO0,0^GFA,{total},{total},{bitmap.stride},{bitmap.rows.hex().upper()}^FS",
        "^PQ1",
        "^XZ",
    )
    return "".join(line + "\n" for line in lines).encode("ascii")


QUESTION = b"~HS"
_STRINGS = 3
_LENGTHS = (12, 11)
"""Values in the first and second string of an answer."""
_HOT, _COLD = "its print head is too hot; let it cool down", "its print head is too cold; let it warm up"


class Zpl:
    """The language ZPL; made anew for each connection."""

    def __init__(self) -> None:
        self._is_met = False

    def encode(self, pictures: Sequence[Bitmap], media: Media) -> bytes:
        """The pictures as one job."""
        return encode(pictures, endless=media.length is None)

    def ask(self, transport: Transport, clock: Clock) -> PrinterState | None:
        """How the printer says it stands; it is busy while a format or a label is left to do."""
        said = b""
        transport.write(QUESTION, clock.left(ASK_FOR))
        end = time.monotonic() + clock.left(ASK_FOR)
        while (left := end - time.monotonic()) > 0:
            said += transport.read(left)
            if not self._is_met:
                refuse_words(said)
            strings = _strings(said)
            if len(strings) >= _STRINGS:
                self._is_met = True
                return read_answer(strings)
        self._is_met = True
        return None

    def confirm(self, transport: Transport, clock: Clock, *, spoke: bool) -> Outcome:
        """CONFIRMED once nothing is left to do; the question comes behind the job, which so is counted."""
        return await_idle(lambda: self.ask(transport, clock), transport, clock, spoke=spoke, in_turn=True)


def _strings(said: bytes) -> list[str]:
    """The whole strings between STX and ETX."""
    ended = said.split(b"\x03")[:-1]
    return [
        each.rpartition(b"\x02")[2].decode("ascii", "replace").strip() for each in ended if b"\x02" in each
    ]


def read_answer(strings: Sequence[str]) -> PrinterState | None:
    """What the first two strings of ~HS tell; None when they are not of its shape."""
    first, second = (string.split(",") for string in strings[:2])
    if (len(first), len(second)) != _LENGTHS:
        return None
    try:
        waiting, left = int(first[4]), int(second[8])
    except ValueError:
        return None
    causes = (
        (second[2], COVER_OPEN),
        (first[1], PAPER_OUT),
        (second[3], "the ribbon is out; put in a new one"),
        (first[11], _HOT),
        (first[10], _COLD),
        (first[2], "it is paused; press its pause button"),
    )
    fault = next((sentence for flag, sentence in causes if flag == "1"), "")
    return PrinterState(fault, busy=not (waiting == left == 0 and first[7] == "0"))
