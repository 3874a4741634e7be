"""What an ESC/POS printer says, byte by byte; the bits are those of Epson's reference.

Not python-escpos' own reading, which takes an empty answer for plenty of paper.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from rollertrack.labels.printers.state import COVER_OPEN, OFFLINE, PAPER_LOW, PAPER_OUT, PrinterState

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
