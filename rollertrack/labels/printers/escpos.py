"""ESC/POS: pictures as bytes; questions that are answered at once, and one that waits its turn.

They go before the first command and after the last one, never into a picture, which they would break. Answers
are read here, bit by bit as in Epson's reference: python-escpos takes an empty one for plenty of paper.
"""

import struct
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum

from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.media import Media
from rollertrack.labels.printer import COVER_OPEN, OFFLINE, PAPER_LOW, PAPER_OUT, Outcome, PrinterState, Sent
from rollertrack.labels.printers.language import ASK_FOR, HUNG_UP, NEVER_ANSWERS, refuse_words, stopped
from rollertrack.labels.printers.transport import Clock, Transport

XON, XOFF = 0x11, 0x13
_PRINTER, _CAUSE, _ERROR, _PAPER = 1, 2, 3, 4
QUESTIONS = (_PRINTER, _CAUSE, _PAPER, _ERROR)
"""The numbers of DLE EOT, in the order they are asked: what decides comes first."""
_REPORT_LENGTH = 4
_PAPER_ANSWERS = {0x00, 0x03, 0x0C, 0x0F}
_PAPER_END = 0x0C


class Said(Enum):
    """The kinds of byte worth hearing."""

    NOW = "an answer to DLE EOT, given at once"
    IN_TURN = "an answer to GS r, given when everything sent before it is done"


def question(number: int) -> bytes:
    """DLE EOT n: how do you stand, now?"""
    return bytes((0x10, 0x04, number))


IN_TURN = b"\x1dr\x01"
"""GS r 1: is there paper? Answered only when everything sent before it is done."""


class Ear:
    """Tells answers from what a printer reports of its own accord, across pieces of any size."""

    def __init__(self) -> None:
        self._skip = 0

    def sort(self, data: Iterable[int]) -> Iterator[tuple[Said, int]]:
        """The answers among the bytes, each with its kind; everything else is dropped."""
        for byte in data:
            if byte in {XON, XOFF}:
                continue
            if byte & 0x93 == 0x12:  # noqa: PLR2004 - the fixed bits of an answer to DLE EOT
                # It may come in the middle of a report, which still goes on.
                yield Said.NOW, byte
            elif byte & 0x93 == 0x10:  # noqa: PLR2004 - the first of the four bytes of a report
                self._skip = _REPORT_LENGTH - 1
            elif self._skip:
                self._skip -= 1
            elif byte in _PAPER_ANSWERS:
                yield Said.IN_TURN, byte


def read_state(answers: Mapping[int, int]) -> PrinterState:
    """How a printer stands by its answers to DLE EOT; a question without an answer decides nothing."""
    return PrinterState(
        fault=next((sentence for number, bits, sentence in _FAULTS if _set(answers, number, bits)), ""),
        note=PAPER_LOW if _set(answers, _PAPER, 0x0C) else "",
    )


_FAULTS = (
    (_CAUSE, 0x04, COVER_OPEN),
    (_PAPER, 0x60, PAPER_OUT),
    (_CAUSE, 0x20, PAPER_OUT),
    (_ERROR, 0x08, "its cutter is stuck; open the cover and free the blade"),
    (_ERROR, 0x20, "it reports a fault that it cannot mend; switch it off and on"),
    (_ERROR, 0x40, "its print head is too hot; let it cool down"),
    (_ERROR, 0x04, "it reports a mechanical fault; look at the paper path"),
    (_CAUSE, 0x40, "it reports a fault; switch it off and on"),
    (_PRINTER, 0x08, OFFLINE),
)
"""What keeps it from printing: the question, the bits that are all set, the sentence; the first holds."""


def _set(answers: Mapping[int, int], number: int, bits: int) -> bool:
    return answers.get(number, 0) & bits == bits


def paper_is_out(answer: int) -> bool:
    """Whether an answer to GS r 1 says that no paper is left."""
    return answer & _PAPER_END == _PAPER_END


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
