"""One scan read key by key from a terminal, with the moment each key came."""

import codecs
import os
import re
import select
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from rollertrack.domain.scan_report import Key

SILENCE: Final = 1.0
"""Seconds without a key after which a scan without an end is over."""
LATE_END: Final = 0.25
"""Seconds after an end during which a second one (CR LF) still belongs to the scan."""
_CHUNK = 4096
_INTERRUPT = "\x03"
_ENDS = {"\r": "enter", "\n": "ctrl+j", "\t": "tab"}
_F9 = "\x1b[20~"
_KEY = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1bO.|.", re.DOTALL)

Wait = Callable[[float | None], bytes | None]
"""The next bytes within so many seconds, however long it takes for None; None for silence, b"" at the end."""


@contextmanager
def raw_terminal(descriptor: int) -> Iterator[Wait]:
    """A terminal that hands over every key as it is, for as long as the block runs.

    It is itself again afterwards, whatever ends the block; keys that came too late are thrown away, for a
    shell would run them. ImportError where terminals are not of this kind.
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
            yield wait
    finally:
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


def read_scan(wait: Wait, clock: Callable[[], float] = time.monotonic) -> list[Key]:
    """The keys of one scan; it is over at its end or when nothing comes any more.

    `clock` gives seconds. KeyboardInterrupt for Ctrl+C, which a raw terminal hands over as a key.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    text, times = "", list[float]()
    while (chunk := wait(_patience(text))) is not None and chunk != b"":
        came = clock()
        part = decoder.decode(chunk)
        if _INTERRUPT in part:
            raise KeyboardInterrupt
        # An Enter before the scan belongs to whatever was done before it.
        part = part if text else part.lstrip("".join(_ENDS))
        text += part
        times += [came] * len(part)
    return list(keys_of(text, times))


def _patience(text: str) -> float | None:
    if not text:
        return None
    return LATE_END if text[-1] in _ENDS else SILENCE


def keys_of(text: str, times: list[float] | None = None) -> Iterator[Key]:
    """The keys that some characters stand for, an escape sequence being one key."""
    for found in _KEY.finditer(text):
        sign = found[0]
        at = times[found.start()] if times else None
        if sign in _ENDS:
            yield Key(_ENDS[sign], None, at)
        elif sign == _F9:
            yield Key("f9", None, at)
        elif sign.isprintable():
            yield Key(sign, sign, at)
        else:
            yield Key(f"the control character {' '.join(f'{ord(each):02X}' for each in sign)}", None, at)
