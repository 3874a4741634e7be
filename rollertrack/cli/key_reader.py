"""One scan read key by key from a terminal, with the moment each key came."""

import codecs
import os
import re
import select
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TextIO

from rollertrack.diagnostics.scan_report import Key
from rollertrack.domain import code
from rollertrack.scanner.key_buffer import GAP
from rollertrack.tui import keyboard_protocol
from rollertrack.tui.terminal_door import Door

SILENCE: Final = 1.0
"""Seconds without a key after which a scan without an end is over."""
LATE_END: Final = 0.25
"""Seconds after an end during which a second one (CR LF) still belongs to the scan."""
_CHUNK = 4096
_INTERRUPT = "the control character 03"
_ENDS = {"\r": "enter", "\n": "ctrl+j", "\t": "tab"}
_NAMES = {13: "\r", 57414: "\r", 9: "\t", 27: "\x1b", 127: "\x7f"}
_CTRL = 4
_F9 = re.compile(r"\x1b\[20(?:;\d+)?~")
_KEY = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1bO.|.", re.DOTALL)

Wait = Callable[[float | None], bytes | None]
"""The next bytes within so many seconds, however long it takes for None; None for silence, b"" at the end."""


@contextmanager
def raw_terminal(descriptor: int, stage: TextIO) -> Iterator[Wait]:
    """A terminal that hands over every key as it is, for as long as the block runs.

    `stage` is where it shows things; there it is asked for keys the way the terminal UI asks, which changes
    what a scanner's Shift and Caps Lock send. It is itself again afterwards, whatever ends the block; keys
    that came too late are thrown away, for a shell would run them. ImportError where terminals are not of
    this kind.
    """
    import termios
    import tty

    def wait(seconds: float | None) -> bytes | None:
        ready, _, _ = select.select([descriptor], [], [], seconds)
        return os.read(descriptor, _CHUNK) if ready else None

    before = termios.tcgetattr(descriptor)
    try:
        with _leaving_in_order():
            tty.setraw(descriptor)
            _ask(stage, keyboard_protocol.ON)
            yield wait
    finally:
        _ask(stage, keyboard_protocol.OFF)
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)


@contextmanager
def _leaving_in_order() -> Iterator[None]:
    """Let a program that is told to end leave the block first."""

    def leave(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _ask(stage: TextIO, what: str) -> None:
    if stage.isatty():
        stage.write(what)
        stage.flush()


def read_scan(wait: Wait, clock: Callable[[], float] = time.monotonic) -> list[Key]:
    """The keys of one scan; it is over at its end or when nothing comes any more.

    `clock` gives seconds. KeyboardInterrupt for Ctrl+C, which a raw terminal hands over as a key.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    door, keys = Door(), list[Key]()
    while True:
        patience, pending = _patience(keys), door.wait
        is_unfinished = pending is not None and (patience is None or pending < patience)
        chunk = wait(pending if is_unfinished else patience)
        if chunk == b"" or (chunk is None and not is_unfinished):
            return keys
        came = clock()
        pieces = door.expire(float("inf")) if chunk is None else door.feed(decoder.decode(chunk), came)
        for key in (key for piece in pieces for key in _keys(piece, came)):
            if key.name == _INTERRUPT and not _follows_a_code(keys, came):
                raise KeyboardInterrupt
            # An Enter before the scan belongs to whatever was done before it.
            if keys or key.name not in _ENDS.values():
                keys.append(key)


def _follows_a_code(keys: list[Key], came: float) -> bool:
    """Whether a Ctrl+C is one that the scanner sends after each scan (ETX): no hand is so fast."""
    last = keys[-1].at if keys else None
    return len(keys) >= code.LENGTH and last is not None and came - last <= GAP


def _patience(keys: list[Key]) -> float | None:
    if not keys:
        return None
    return LATE_END if keys[-1].name in _ENDS.values() else SILENCE


def keys_of(text: str, times: list[float] | None = None) -> Iterator[Key]:
    """The keys that some characters stand for, an escape sequence being one key."""
    for found in _KEY.finditer(text):
        yield from _keys(found[0], times[found.start()] if times else None)


def _keys(sign: str, at: float | None) -> Iterator[Key]:
    """The keys of a character, or of a whole sequence of a terminal."""
    found = keyboard_protocol.parts(sign)
    if found is None:
        yield _key(sign, at)
        return
    number, bits, text = found
    if number in _NAMES:
        text = _NAMES[number]
    elif bits & _CTRL:
        text = chr(number & 0x1F)
    for each in text:
        yield _key(each, at)


def _key(sign: str, at: float | None) -> Key:
    if sign in _ENDS:
        return Key(_ENDS[sign], None, at)
    if _F9.fullmatch(sign):
        return Key("f9", None, at)
    if sign.isprintable():
        return Key(sign, sign, at)
    return Key(f"the control character {' '.join(f'{ord(each):02X}' for each in sign)}", None, at)
