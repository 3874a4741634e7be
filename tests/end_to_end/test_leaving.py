"""However the screen ends, the terminal is itself again, and the status says what happened."""

import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import ioctl
from pathlib import Path

import pytest
from harness.forked import Forked, fork

from rollertrack.store.store import Store

ROOT = Path(__file__).parents[2]
LIMIT = 120.0
READY = b"help"
QUIT = b"\x11"


@pytest.fixture(autouse=True)
def _unignored() -> Iterator[None]:
    """Shells and nohup start programs with some of these ignored, and programs hand that on."""
    every = (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM)
    before = {each: signal.signal(each, signal.SIG_DFL) for each in every}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


class Screen:
    """A program on a terminal that is its own: what it wrote, how it ended, how it left the terminal."""

    def __init__(self, process: "Forked | subprocess.Popen[bytes]", master: int, slave: int) -> None:
        self.process, self._master, self._slave = process, master, slave
        self.before = termios.tcgetattr(slave)
        self.written = b""

    def type(self, keys: bytes) -> None:
        os.write(self._master, keys)

    def read(self, seconds: float) -> bool:
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        self.written += os.read(self._master, 65536)
        return True

    def wait_for(self, sign: bytes) -> None:
        deadline = time.monotonic() + LIMIT
        while sign not in self.written:
            assert self.process.poll() is None, self.written[-500:]
            assert time.monotonic() < deadline, self.written[-500:]
            self.read(0.5)

    def end(self) -> int:
        """Its exit status, once it has ended and all it wrote is read."""
        deadline = time.monotonic() + LIMIT
        while self.process.poll() is None:
            assert time.monotonic() < deadline, "it never ended"
            self.read(0.1)
        while self.read(0):
            pass
        return self.process.wait()

    def is_itself(self) -> bool:
        """Whether each mode that was set is set back, and the line as it was."""
        last = dict(re.findall(rb"\x1b\[\?(\d+)([hl])", self.written))
        usual = {b"25", b"7"}
        wrong = {mode for mode, kind in last.items() if (kind == b"h") is not (mode in usual)}
        keyboards = self.written.count(b"\x1b[>") - self.written.count(b"\x1b[<u")
        return not wrong and not keyboards and termios.tcgetattr(self._slave) == self.before


def started(
    folder: Path, files: tuple[int, int, int], command: tuple[str, ...] = (), script: str = ""
) -> "Forked | subprocess.Popen[bytes]":
    """The program on three files: forked, or by a command that begins with nothing."""
    own = {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "HOME": str(folder), "PATH": os.environ["PATH"]}
    if command:
        stdin, stdout, stderr = files
        return subprocess.Popen(
            command, stdin=stdin, stdout=stdout, stderr=stderr, env=own, start_new_session=True
        )
    words = [str(folder / "a.db")] if script else ["--database", str(folder / "a.db")]
    return fork(words, files, own, script=script, has_screens=True, is_session=True)


@contextmanager
def screen(
    folder: Path, errors: "int | None" = None, command: tuple[str, ...] = (), script: str = ""
) -> Iterator[Screen]:
    master, slave = pty.openpty()
    ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = started(folder, (slave, slave, slave if errors is None else errors), command, script)
    try:
        yield Screen(process, master, slave)
    finally:
        process.kill()
        process.wait()
        os.close(slave)
        os.close(master)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGQUIT, signal.SIGHUP, signal.SIGINT])
def test_a_signal_gives_the_terminal_back(number: signal.Signals, tmp_path: Path) -> None:
    with screen(tmp_path) as one:
        one.wait_for(READY)
        one.process.send_signal(number)
        assert one.end() == 128 + number
        assert one.is_itself()
        assert b"Traceback" not in one.written


def test_bytes_that_are_no_text_end_nothing(tmp_path: Path) -> None:
    with screen(tmp_path) as one:
        one.wait_for(READY)
        one.type(b"\xe9\xff\x80\xc3")
        while one.read(1.0):
            pass  # what comes in one burst with them is no key of a hand
        one.type(QUIT)
        assert one.end() == 0
        assert one.is_itself()


def test_the_screen_is_seen_wherever_the_other_output_goes(tmp_path: Path) -> None:
    with (tmp_path / "errors").open("wb") as errors, screen(tmp_path, errors.fileno()) as one:
        one.wait_for(READY)
        one.type(QUIT)
        assert one.end() == 0
        assert one.is_itself()
    assert (tmp_path / "errors").read_bytes() == b""


@pytest.mark.parametrize("closed", ["2>&-", "<&-", ">&-", "</dev/null", ">/dev/null"])
def test_without_a_terminal_there_is_a_sentence_and_no_screen(closed: str, tmp_path: Path) -> None:
    program = (sys.executable, "-m", "rollertrack", "--database", str(tmp_path / "a.db"))
    with screen(tmp_path, command=("sh", "-c", f'exec "$@" {closed}', "sh", *program)) as one:
        if closed == "2>&-":
            one.wait_for(READY)
            one.type(QUIT)
        assert one.end() == (0 if closed == "2>&-" else 2)
        assert one.is_itself()
        assert b"Traceback" not in one.written
        assert (b"needs a terminal" in one.written) == (closed != "2>&-")


def test_a_terminal_that_goes_away_ends_the_program(tmp_path: Path) -> None:
    master, slave = pty.openpty()
    process = started(tmp_path, (slave, slave, slave))
    os.close(slave)
    seen = b""
    while READY not in seen:
        seen += os.read(master, 65536)
    os.close(master)
    assert process.wait(LIMIT) == 128 + signal.SIGHUP
    Store(tmp_path / "a.db").close()


BREAKS = """
import sys
from rollertrack.tui.app import RollerTrackApp
from rollertrack.cli.main import main
def broken(self, *_): raise ZeroDivisionError("inside")
RollerTrackApp.{place} = broken
sys.exit(main(["--database", sys.argv[1]]))
"""


@pytest.mark.parametrize("place", ["get_theme_variable_defaults", "get_line_filters"])
def test_a_fault_is_one_sentence_and_never_a_good_end(place: str, tmp_path: Path) -> None:
    script = tmp_path / "broken.py"
    script.write_text(BREAKS.format(place=place))
    with screen(tmp_path, script=str(script)) as one:
        assert one.end() == 3
        assert one.is_itself()
        assert b"Traceback" not in one.written
        assert b"ZeroDivisionError" in one.written
