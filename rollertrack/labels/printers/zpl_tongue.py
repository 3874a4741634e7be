"""ZPL on a line: the printer tells how many formats and labels it still has to do."""

import time
from collections.abc import Sequence

from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.languages import zpl
from rollertrack.labels.outcomes import Outcome
from rollertrack.labels.papers.media import Media
from rollertrack.labels.printers.line import Clock, Line
from rollertrack.labels.printers.standing import COVER_OPEN, PAPER_OUT, Standing
from rollertrack.labels.printers.talk import ASK_FOR, await_idle, refuse_words

QUESTION = b"~HS"
_STRINGS = 3
_LENGTHS = (12, 11)
"""Values in the first and second string of an answer."""
_HOT, _COLD = "its print head is too hot; let it cool down", "its print head is too cold; let it warm up"


class Zpl:
    """The Tongue of ZPL; made anew for each line."""

    def __init__(self) -> None:
        self._is_met = False

    def encode(self, pictures: Sequence[Bitmap], media: Media) -> bytes:
        """The pictures as one job."""
        return zpl.encode(pictures, endless=media.length is None)

    def ask(self, line: Line, clock: Clock) -> Standing | None:
        """How the printer says it stands; it is busy while a format or a label is left to do."""
        said = b""
        line.write(QUESTION, clock.left(ASK_FOR))
        end = time.monotonic() + clock.left(ASK_FOR)
        while (left := end - time.monotonic()) > 0:
            said += line.read(left)
            if not self._is_met:
                refuse_words(said)
            strings = _strings(said)
            if len(strings) >= _STRINGS:
                self._is_met = True
                return read_answer(strings)
        self._is_met = True
        return None

    def confirm(self, line: Line, clock: Clock, *, spoke: bool) -> Outcome:
        """CONFIRMED once nothing is left to do; the question comes behind the job, which so is counted."""
        return await_idle(lambda: self.ask(line, clock), line, clock, spoke=spoke, in_turn=True)


def _strings(said: bytes) -> list[str]:
    """The whole strings between STX and ETX."""
    ended = said.split(b"\x03")[:-1]
    return [
        each.rpartition(b"\x02")[2].decode("ascii", "replace").strip() for each in ended if b"\x02" in each
    ]


def read_answer(strings: Sequence[str]) -> Standing | None:
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
    return Standing(fault, busy=not (waiting == left == 0 and first[7] == "0"))
