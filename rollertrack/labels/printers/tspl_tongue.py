"""TSPL on a line: one byte that tells at any time how the printer stands."""

from collections.abc import Sequence

from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.languages import tspl
from rollertrack.labels.outcomes import Outcome
from rollertrack.labels.papers.media import Media
from rollertrack.labels.printers.line import Clock, Line
from rollertrack.labels.printers.standing import COVER_OPEN, PAPER_OUT, Standing
from rollertrack.labels.printers.talk import ASK_FOR, await_idle, refuse_words

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
    """The Tongue of TSPL; made anew for each line."""

    def __init__(self) -> None:
        self._has_several = False
        self._is_met = False

    def encode(self, pictures: Sequence[Bitmap], media: Media) -> bytes:
        """The pictures as one job."""
        self._has_several = len(pictures) > 1
        return tspl.encode(pictures, media.dpi, endless=media.length is None)

    def ask(self, line: Line, clock: Clock) -> Standing | None:
        """How the printer says it stands, by the newest byte it sent."""
        line.write(QUESTION, clock.left(ASK_FOR))
        said = line.read(clock.left(ASK_FOR))
        if not self._is_met:
            refuse_words(said)
            self._is_met = True
        return read_answer(said[-1]) if said else None

    def confirm(self, line: Line, clock: Clock, *, spoke: bool) -> Outcome:
        """CONFIRMED once it was seen to print and then to be idle, after several labels for a while.

        The answer overtakes the job, so idle alone may mean that it has not yet begun.
        """
        return await_idle(
            lambda: self.ask(line, clock), line, clock, spoke=spoke, in_turn=False, pauses=self._has_several
        )


def read_answer(byte: int) -> Standing:
    """How the printer stands by its status byte."""
    fault = next((sentence for bits, sentence in _FAULTS if byte & bits), "")
    return Standing(fault, busy=bool(byte & _PRINTING))
