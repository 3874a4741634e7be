"""The two doors of a terminal: what comes in passes in whole pieces, what goes out is no command to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.app import App, ReturnType
from textual.color import Color
from textual.filter import LineFilter

from rollertrack.domain.text import printable
from rollertrack.tui import keyboard_protocol

ESC: Final = "\x1b"
ESCAPE_DELAY: Final = 0.1
"""Seconds after which an ESC alone is the key; a terminal with the keyboard protocol never sends it so."""
BEGUN: Final = 1.0
"""Seconds for which a sequence that has only begun waits for more: a key with Alt looks the same."""
TORN: Final = 10.0
"""Seconds for which the rest of a sequence that can be nothing else is waited for."""
LONGEST: Final = 128
"""Characters of a sequence, from which on it is none that is known."""
LONGEST_PASTE: Final = 100_000
PASTE, PASTED = "\x1b[200~", "\x1b[201~"

_STRINGS = "]P_^X"  # OSC, DCS, APC, PM, SOS: they run until a terminator
_ENDS_STRING = "\x07\x18\x1a\x9c"
_C1 = {"\x9b": "[", "\x9d": "]", "\x90": "P", "\x9f": "_", "\x9e": "^", "\x98": "X", "\x8f": "O"}
_ANSWERS = {
    "]": re.compile(r"[\dLl]"),
    "P": re.compile(r"[\d;<=>?!$+{|]"),
    "_": re.compile("G"),
    "^": re.compile(r"[^\s\w]"),
    "X": re.compile(r"[^\s\w]"),
}
"""How the content of an answer begins; other content right after a key with Alt is typed or scanned."""
_REST = re.compile(r"\[(?:[A-D]|[<=>?][\d;]|\d+[;:u~])|\](?:\d|[Ll])|P[\d>!$+]|_G")
"""What may follow an ESC from which a slow line has torn it; no hand types it in one go."""
_MOUSE = re.compile(r"\x1b\[<\d{1,4};-?\d{1,5};-?\d{1,5}[Mm]")
_MODE = re.compile(r"\x1b\[\?\d{1,5};\d\$y")
_OLD_MOUSE = 6


@dataclass(slots=True)
class Door:
    """Takes characters as they come, with their time in seconds; gives whole pieces.

    A piece is a character, a whole sequence, ESC alone for that key, or ESC and a character for one with Alt.
    """

    _pending: str = ""
    _last: float = 0.0
    _pasted: list[str] | None = None
    _tail: str = ""
    _torn: str = ""
    _is_protocol: bool = False

    @property
    def wait(self) -> float | None:
        """Seconds of silence after which `expire` is due, or None when nothing is pending."""
        if self._pasted is not None:
            return TORN
        if not self._pending:
            return None
        if self._pending == ESC:
            return BEGUN if self._is_protocol else ESCAPE_DELAY
        return TORN if len(self._pending) > len("\x1b[") else BEGUN

    def feed(self, text: str, now: float) -> list[str]:
        """The pieces that are whole now that these characters have come."""
        pieces = self.expire(now)
        if self._torn and now <= self._last + TORN and _REST.match(self._torn[1:] + text):
            self._pending = self._torn
        if text:
            self._torn, self._last = "", now
        for char in text:
            self._take(char, pieces)
        return pieces

    def expire(self, now: float) -> list[str]:
        """The pieces that are whole when nothing came until now: an ESC alone; a torn sequence is dropped."""
        wait = self.wait
        if wait is None or now < self._last + wait:
            return []
        pending, self._pending, self._pasted = self._pending, "", None
        self._torn = pending if len(pending) <= len("\x1b[") else ""
        return [ESC] if pending == ESC else []

    def _take(self, char: str, pieces: list[str]) -> None:
        if self._pasted is not None:
            self._take_pasted(char, pieces)
        elif not self._pending:
            if char == ESC or char in _C1:
                self._pending = ESC + _C1.get(char, "")
            else:
                pieces.append(char)
        elif self._pending == ESC:
            self._take_second(char, pieces)
        elif self._pending[1] in _STRINGS:
            self._take_of_string(char, pieces)
        else:
            self._take_of_sequence(char, pieces)

    def _take_second(self, char: str, pieces: list[str]) -> None:
        if char in "[O" or char in _STRINGS:
            self._pending += char
        elif char.isprintable() or char in "\x7f\x08":
            self._pending = ""
            pieces.append(ESC + char)
        else:
            self._pending = ""
            pieces.append(ESC)
            self._take(char, pieces)

    def _take_of_string(self, char: str, pieces: list[str]) -> None:
        """An answer ends at its terminator, or where it turns out to be none."""
        pending = self._pending
        if pending[-1] == ESC:
            self._pending = ""
            if char != "\\":
                self._pending = ESC
                self._take(char, pieces)
        elif char in _ENDS_STRING or char in "\r\n":
            self._pending = ""
        elif len(pending) == len("\x1b]") and char != ESC and not _ANSWERS[pending[1]].match(char):
            self._pending = ""  # it was a key with Alt; nothing is bound to those
            self._take(char, pieces)
        elif len(pending) < LONGEST or char == ESC:
            self._pending += char

    def _take_of_sequence(self, char: str, pieces: list[str]) -> None:
        pending = self._pending
        if pending.startswith("\x1b[M"):
            self._pending = pending + char if len(pending) + 1 < _OLD_MOUSE else ""
        elif not " " <= char <= "~":
            self._pending = ""  # a control character or a letter of another script: the rest was lost
            self._take(char, pieces)
        elif pending[1] == "O":
            self._pending = pending + char if char.isdigit() else ""
            if not self._pending and len(pending) + 1 <= LONGEST:
                pieces.append(pending + char)
        elif pending == "\x1b[" and char in "[M":
            self._pending += char
        elif char < "@" and pending != "\x1b[[":
            self._pending += char if len(pending) < LONGEST else ""
        else:
            self._pending = ""
            self._take_whole(pending + char, pieces)

    def _take_whole(self, sequence: str, pieces: list[str]) -> None:
        self._is_protocol = self._is_protocol or sequence[-1] == "u"
        if sequence == PASTE:
            self._pasted = []
        elif sequence[2] in "<=>?":
            if _MOUSE.fullmatch(sequence) or _MODE.fullmatch(sequence):
                pieces.append(sequence)
        elif len(sequence) < LONGEST and sequence != PASTED:
            pieces.extend(keyboard_protocol.plain(sequence))

    def _take_pasted(self, char: str, pieces: list[str]) -> None:
        assert self._pasted is not None
        self._tail = (self._tail + char)[-len(PASTED) :]
        if len(self._pasted) < LONGEST_PASTE + len(PASTED):
            self._pasted.append(char)
        if self._tail == PASTED:
            text = "".join(self._pasted[: -len(PASTED)])[:LONGEST_PASTE].replace(ESC, "")
            pieces.append(PASTE + text + PASTED)
            self._pasted, self._tail = None, ""


class PrintableOnly(LineFilter):
    """Replaces what is not printable in the text of every line; each piece of a line keeps its width."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The segments, with the unprintable ones cleaned."""
        return [_clean(segment) for segment in segments]


def _clean(segment: Segment) -> Segment:
    text, style, control = segment
    if control:
        return segment
    if style is not None and style.link and not style.link.isprintable():
        style = style.update_link(None)
    elif text.isprintable():
        return segment
    return Segment(set_cell_size(printable(text), cell_len(text)), style, control)


class PrintableApp(App[ReturnType]):
    """An app whose widgets cannot send a command to the terminal, whatever their text holds."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The filters of the app, and last the one that leaves only printable text."""
        return [*super().get_line_filters(), _PRINTABLE_ONLY]


_PRINTABLE_ONLY = PrintableOnly()
