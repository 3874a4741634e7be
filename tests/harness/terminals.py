"""A real terminal's other end: a program on a pty, its raw bytes, and keys written as bytes."""

import fcntl
import os
import pty
import select
import struct
import termios
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from harness.forked import fork

_ROOT = Path(__file__).parents[2]
_LIMIT = 120.0
# What says which terminal the tests themselves are run in; a picture taken of an app leaves its size behind.
_OUTSIDE = {
    "TMUX", "STY", "ZELLIJ", "TERM_PROGRAM", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "COLUMNS", "LINES",
}  # fmt: skip


class Terminal:
    """What a program has written so far, and a way to type to it."""

    def __init__(self, master: int) -> None:
        self._master = master
        self.written = b""

    def type(self, keys: bytes) -> None:
        """Write keys in one go, as a scanner or a paste does."""
        os.write(self._master, keys)

    def wait_for(self, text: str, start: int = 0) -> None:
        """Read until the text has been written since byte `start`; a failure after a long while."""
        deadline = time.monotonic() + _LIMIT
        while text.encode() not in self.written[start:]:
            ready, _, _ = select.select([self._master], [], [], max(0, deadline - time.monotonic()))
            assert ready, f"{text!r} never came; the last bytes were {self.written[-2000:]!r}"
            self.written += os.read(self._master, 65536)


@contextmanager
def program(
    script: str,
    *arguments: str,
    columns: int = 100,
    lines: int = 40,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Terminal]:
    """Run a script of this folder on a terminal of its own, and end it."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    inherited = {name: value for name, value in os.environ.items() if name not in _OUTSIDE}
    own = {
        "PYTHONPATH": f"{_ROOT}{os.pathsep}{_ROOT / 'tests'}",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }
    process = fork(
        arguments, (slave, slave, slave), {**inherited, **own, **environment},
        script=str(Path(__file__).parent / script), has_screens=True, is_session=True,
    )  # fmt: skip
    os.close(slave)
    try:
        yield Terminal(master)
    finally:
        process.kill()
        process.wait()
        os.close(master)
