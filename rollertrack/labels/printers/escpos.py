"""ESC/POS: pictures as bytes; questions that are answered at once, and one that waits its turn.

They go before the first command and after the last one, never into a picture, which they would break.
"""

import struct
import time
from collections import deque
from collections.abc import Iterable, Sequence

from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.outcomes import Outcome, Sent
from rollertrack.labels.papers.media import Media
from rollertrack.labels.printers.escpos_status import (
    IN_TURN,
    QUESTIONS,
    Ear,
    Said,
    paper_is_out,
    question,
    read_state,
)
from rollertrack.labels.printers.language import ASK_FOR, HUNG_UP, NEVER_ANSWERS, refuse_words, stopped
from rollertrack.labels.printers.state import PrinterState
from rollertrack.labels.printers.transport import Clock, Transport

INITIALISE = b"\x1b@"
CUT = b"\x1dV\x42\x00"
"""Feed the end of the label to the blade, then cut; printers without a blade only feed."""
_RASTER = b"\x1dv0\x00"
_BAND = 960
"""Rows sent in one raster command; buffers of cheap printers overflow above it."""


def encode(bitmaps: Iterable[Bitmap]) -> bytes:
    """One job: reset, then each picture fed and cut off."""
    return INITIALISE + b"".join(raster(bitmap) + CUT for bitmap in bitmaps)


def raster(bitmap: Bitmap) -> bytes:
    """The picture as `GS v 0` commands."""
    return b"".join(
        _RASTER + struct.pack("<HH", band.stride, band.height) + band.rows for band in bitmap.bands(_BAND)
    )


_MUTE_FOR = 1.0
"""Seconds in which a printer that never said anything may still say that it is done."""
_ROUNDS = 2
"""Answers that confirm a job, each asked for after the one before: a stray byte can pass for one only."""


class EscPos:
    """The language ESC/POS; made anew for each connection."""

    def __init__(self) -> None:
        self._ear = Ear()
        self._is_met = False
        self._greeting = b""
        self._heard: dict[Said, deque[int]] = {kind: deque() for kind in Said}

    def encode(self, pictures: Sequence[Bitmap], media: Media) -> bytes:  # noqa: ARG002 - as the other languages
        """The pictures as one job: each is fed and cut off."""
        return encode(pictures)

    def ask(self, transport: Transport, clock: Clock) -> PrinterState | None:
        """How the printer says it stands; it is asked no further once it keeps silent."""
        self._heard[Said.NOW].clear()
        answers: dict[int, int] = {}
        for number in QUESTIONS:
            transport.write(question(number), clock.left(ASK_FOR))
            answer = self._hear(Said.NOW, transport, clock.left(ASK_FOR))
            if answer is None:
                break
            answers[number] = answer
        self._is_met = True
        return read_state(answers) if answers else None

    def confirm(self, transport: Transport, clock: Clock, *, spoke: bool) -> Outcome:
        """CONFIRMED once the printer answered, after the job and in its turn, twice; SENT says why not."""
        try:
            return self._confirm(transport, clock, spoke=spoke)
        except EOFError:
            return Outcome(Sent.SENT, HUNG_UP)
        except TimeoutError:
            return Outcome(Sent.SENT, f"it did not say that it was done (waited {clock.timeout:g} s)")

    def _confirm(self, transport: Transport, clock: Clock, *, spoke: bool) -> Outcome:
        answer = 0
        for _ in range(_ROUNDS):
            self._forget(transport, clock)
            transport.write(IN_TURN, clock.left())
            heard = self._await(transport, clock, spoke=spoke)
            if isinstance(heard, Outcome):
                return heard
            answer, spoke = heard, True
        if paper_is_out(answer):
            return Outcome(Sent.SENT, "the paper ran out with it; look whether the last label is whole")
        after = self.ask(transport, clock)
        if after is not None and after.fault:
            # Some printers answer GS r at once, whatever is still to do.
            return Outcome(Sent.SENT, f"it said that it was done, and then: {after.fault}")
        return Outcome(Sent.CONFIRMED, after.note if after is not None else "")

    def _await(self, transport: Transport, clock: Clock, *, spoke: bool) -> int | Outcome:
        """The answer in its turn; an Outcome when there will be none."""
        if not spoke:
            answer = self._hear(Said.IN_TURN, transport, clock.left(_MUTE_FOR))
            if answer is None and not self._heard[Said.NOW]:
                return Outcome(Sent.SENT, NEVER_ANSWERS)
            if answer is not None:
                return answer
        silent_at = time.monotonic() + clock.timeout
        while True:
            answer = self._hear(Said.IN_TURN, transport, clock.left(ASK_FOR))
            if answer is not None:
                return answer
            now = self.ask(transport, clock)
            if now is not None and now.fault:
                return stopped(now)
            if now is not None:
                silent_at = time.monotonic() + clock.timeout
            elif time.monotonic() >= silent_at:
                raise TimeoutError

    def _hear(self, kind: Said, transport: Transport, within: float) -> int | None:
        """The next answer of that kind; answers of the other kind are kept for when they are asked for."""
        end = time.monotonic() + within
        while not self._heard[kind]:
            left = end - time.monotonic()
            if left <= 0 or not transport.answers:
                return None
            data = transport.read(left)
            if not self._is_met:
                self._greeting += data
                refuse_words(self._greeting)
            for said, byte in self._ear.sort(data):
                self._heard[said].append(byte)
        return self._heard[kind].popleft()

    def _forget(self, transport: Transport, clock: Clock) -> None:
        """Whatever was said until now is no answer to what is asked next; TimeoutError when it never ends."""
        while said := transport.read(clock.left(0)):
            for _ in self._ear.sort(said):
                pass
        for kept in self._heard.values():
            kept.clear()
