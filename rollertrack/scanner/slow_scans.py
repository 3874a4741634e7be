"""What was typed where nothing takes text: at its end it may turn out to have been a scan; pure.

No speed tells a slow scanner from a hand. But letters that go nowhere, ended by Enter, are either a code or
something that must not pass for the Enter of whatever is chosen on the screen.
"""

import re
from dataclasses import dataclass
from typing import Final

from rollertrack.domain import code
from rollertrack.domain.code import narrow
from rollertrack.errors import BadCode
from rollertrack.scanner import grammar, makers_barcodes
from rollertrack.scanner.key_buffer import LATE_END, ScanRead
from rollertrack.wording.scans import not_a_code, other_script

PAUSE: Final = 3.0
"""Seconds; what was typed longer before the next key does not belong to it. A hand looks for each letter."""
LEAST_FOREIGN: Final = 6
"""Characters from which on a run that holds no code is told as one that cannot be read."""
LEAST_OF_BURST: Final = 2
"""The same where all of it came as fast as only a scanner types."""
_CODE_LENGTHS = (9, 11)
_LINK = re.compile(r"https?:\S*\Z", re.IGNORECASE)
_CODE_BEGUN = re.compile(rf"[{code.ALPHABET}](?:[{code.ALPHABET}-])*", re.IGNORECASE | re.ASCII)
_LEAST_BOX = 4
_NEVER = float("-inf")


@dataclass(slots=True)
class SlowScans:
    """The characters that went through, as long as each came at most `pause` seconds after the one before.

    `place` is where they were typed; what was typed elsewhere is forgotten.
    """

    pause: float = PAUSE
    _text: str = ""
    _place: object = None
    _last: float = _NEVER
    _ended: float = _NEVER

    @property
    def is_link(self) -> bool:
        """Whether a link is being typed; its characters are no hotkeys."""
        return _LINK.search(self._text) is not None

    @property
    def is_box(self) -> bool:
        """Whether a maker's barcode is being typed; the same holds for it."""
        return makers_barcodes.begins(self._text) and len(self._text) >= _LEAST_BOX

    def owns(self, time: float, place: object = None) -> bool:
        """Whether a control byte that comes at `time` belongs to what was typed, which is long enough."""
        return self._belongs(time, place) and len(self._text) >= LEAST_FOREIGN

    @property
    def begun(self) -> str:
        """The letters of a code so far, in capitals; empty where something else is typed."""
        return self._text.upper() if _CODE_BEGUN.fullmatch(self._text) else ""

    def note(self, character: str, time: float, place: object = None) -> None:
        """Remember a character that went through, typed at `time` in seconds."""
        if not self._belongs(time, place):
            self._text = ""
        self._text = (self._text + character)[-grammar.LONGEST_LINK :]
        self._last, self._place, self._ended = time, place, _NEVER

    def forget(self) -> None:
        """Forget everything."""
        self._text, self._last, self._ended = "", _NEVER, _NEVER

    def end(self, time: float, place: object = None, least: int = LEAST_FOREIGN) -> ScanRead | None:
        """The scan that ends with an Enter, Ctrl+J or Tab at `time`, or None where that key is just a key.

        From `least` characters on something else is a scan that cannot be read. The text of the scan is
        empty for a key that only doubles the end of the scan before (CR LF).
        """
        if 0 <= time - self._ended <= LATE_END:
            return ScanRead("", None)
        text = self._text.strip() if self._belongs(time, place) else ""
        self.forget()
        found = read_end(text, least)
        if found is not None:
            self._ended = time
        return found

    def _belongs(self, time: float, place: object) -> bool:
        return place is self._place and time - self._last <= self.pause


def read_end(text: str, least: int = LEAST_FOREIGN) -> ScanRead | None:
    """The code that a text ends in, the text itself as unreadable when it is long, None when it is short."""
    for length in _CODE_LENGTHS:
        if found := grammar.read(text[-length:]).code:
            return ScanRead(text, found)
    return ScanRead(text, None) if len(text) >= least else None


def is_box_alone(text: str) -> bool:
    """Whether a scan is of a maker's box: no code is at its end, nor the remains of one."""
    found = read_end(text, least=len(text) + 1)
    return found is None and not grammar.read(text).damaged and makers_barcodes.is_box(text)


def why_unreadable(text: str, error: BadCode) -> str:
    """A code with a wrong letter names its neighbours; anything else is none of ours."""
    if (script := grammar.script_of(narrow(text))) not in {"", "Latin"}:
        return other_script(script)
    if grammar.read(text.strip()).damaged or error.nearest:
        return error.reason
    return not_a_code(error.reason)
