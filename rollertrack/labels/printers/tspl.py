"""TSPL: pictures as bytes; one byte that tells at any time how the printer stands."""

from collections.abc import Iterable, Sequence

from rollertrack.labels.bitmap import MM_PER_INCH, Bitmap
from rollertrack.labels.media import Media
from rollertrack.labels.printer import COVER_OPEN, PAPER_OUT, Outcome, PrinterState
from rollertrack.labels.printers.language import ASK_FOR, await_idle, refuse_words
from rollertrack.labels.printers.transport import Clock, Transport

_GAP_MM = 2
"""Between two die-cut labels; the printer's sensor finds the gap, the number only prepares it."""
_INVERTED = bytes(~byte & 0xFF for byte in range(256))


def encode(bitmaps: Iterable[Bitmap], dpi: int, *, endless: bool = False) -> bytes:
    """One label for each picture at so many dots an inch; `endless` paper has no gap between labels."""
    return b"".join(_label(bitmap, dpi, endless=endless) for bitmap in bitmaps)


def _label(bitmap: Bitmap, dpi: int, *, endless: bool) -> bytes:
    width, height = (f"{dots * MM_PER_INCH / dpi:.2f} mm" for dots in (bitmap.width, bitmap.height))
    head = (
        f"SIZE {width},{height}",
        f"GAP {0 if endless else _GAP_MM} mm,0 mm",
        "DIRECTION 0",
        "CLS",
        f"BITMAP 0,0,{bitmap.stride},{bitmap.height},0,",
    )
    # Here a dot that is set is white; the unused bits at the end of a row turn white with the paper.
    return "\r\n".join(head).encode("ascii") + bitmap.rows.translate(_INVERTED) + b"\r\nPRINT 1,1\r\n"


QUESTION = b"\x1b!?"
_PRINTING = 0x20
_FAULTS = (
    (0x41, COVER_OPEN),
    (0x04, PAPER_OUT),
    (0x02, "the paper is jammed; open it and free the paper"),
    (0x08, "the ribbon is out; put in a new one"),
    (0x10, "it is paused; press its pause or feed button"),
    (0x80, "it reports a fault; switch it off and on"),
)
"""Bits of the answer of which any is enough, and what to do; the first holds."""


class Tspl:
    """The language TSPL; made anew for each connection."""

    def __init__(self) -> None:
        self._has_several = False
        self._is_met = False

    def encode(self, pictures: Sequence[Bitmap], media: Media) -> bytes:
        """The pictures as one job."""
        self._has_several = len(pictures) > 1
        return encode(pictures, media.dpi, endless=media.length is None)

    def ask(self, transport: Transport, clock: Clock) -> PrinterState | None:
        """How the printer says it stands, by the newest byte it sent."""
        transport.write(QUESTION, clock.left(ASK_FOR))
        said = transport.read(clock.left(ASK_FOR))
        if not self._is_met:
            refuse_words(said)
            self._is_met = True
        return read_answer(said[-1]) if said else None

    def confirm(self, transport: Transport, clock: Clock, *, spoke: bool) -> Outcome:
        """CONFIRMED once it was seen to print and then to be idle, after several labels for a while.

        The answer overtakes the job, so idle alone may mean that it has not yet begun.
        """
        return await_idle(
            lambda: self.ask(transport, clock),
            transport,
            clock,
            spoke=spoke,
            in_turn=False,
            pauses=self._has_several,
        )


def read_answer(byte: int) -> PrinterState:
    """How the printer stands by its status byte."""
    fault = next((sentence for bits, sentence in _FAULTS if byte & bits), "")
    return PrinterState(fault, busy=bool(byte & _PRINTING))
