"""`doctor scanner` and `doctor printer` at a real terminal, which is left as it was."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from harness.command_calls import World
from harness.forked import fork
from harness.label_printers import EmulatedPrinter
from PIL import Image

from rollertrack.domain.code import TEST_CODE, TEST_PAYLOAD
from rollertrack.labels.raster import to_image
from rollertrack.scanner.keyboards import ENGLISH, retyped
from rollertrack.settings import read_settings

LIMIT = 30.0
READY = "Ctrl+C leaves."
ASKED = "Enter alone changes nothing."


class AtTerminal:
    """A command of the program at a terminal of its own."""

    def __init__(self, world: World, words: tuple[str, ...], size: tuple[int, int]) -> None:
        self._controller, self._terminal = pty.openpty()
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        self.usual = termios.tcgetattr(self._terminal)
        self.written = ""
        self.process = fork(
            words, (self._terminal,) * 3,
            {**world.environment, "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8"}, is_session=True,
        )  # fmt: skip

    def type(self, keys: str) -> None:
        """Write keys one by one, as a scanner does."""
        for key in keys:
            os.write(self._controller, key.encode())

    def type_at_once(self, keys: str) -> None:
        """Write keys in one go, as a terminal sends a sequence."""
        os.write(self._controller, keys.encode())

    def wait_for(self, text: str) -> None:
        """Read until the text was written; a failure after a long while."""
        deadline = time.monotonic() + LIMIT
        while text not in self.written:
            ready, _, _ = select.select([self._controller], [], [], max(0, deadline - time.monotonic()))
            assert ready, f"{text!r} never came: {self.written!r}"
            self.written += os.read(self._controller, 65536).decode()

    def status(self) -> int:
        """Wait for the end, reading what is still written."""
        deadline = time.monotonic() + LIMIT
        while self.process.poll() is None and time.monotonic() < deadline:
            ready, _, _ = select.select([self._controller], [], [], 0.05)
            if ready:
                self.written += os.read(self._controller, 65536).decode()
        while select.select([self._controller], [], [], 0)[0]:
            self.written += os.read(self._controller, 65536).decode()
        return self.process.wait(1)

    @property
    def settings(self) -> list[Any]:
        """How the terminal is set now."""
        return termios.tcgetattr(self._terminal)

    def close(self) -> None:
        """End the program and give the terminal back."""
        self.process.kill()
        self.process.wait()
        os.close(self._controller)
        os.close(self._terminal)


@contextmanager
def at_terminal(world: World, *words: str, size: tuple[int, int] = (40, 100)) -> Iterator[AtTerminal]:
    started = AtTerminal(world, words, size)
    try:
        yield started
    finally:
        started.close()


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_a_scan_at_a_terminal_is_reported(world: World) -> None:
    with at_terminal(world, "doctor", "scanner") as program:
        program.wait_for(READY)
        program.type(retyped(TEST_PAYLOAD, ENGLISH, "French") + "\r")
        assert program.status() == 0
        assert program.settings == program.usual
    assert "the computer reads a French one" in program.written
    assert "each scan ends with Enter." in program.written
    assert "ms from key to key" in program.written
    assert "✓ verdict: RollerTrack understands this scanner as it is." in program.written


def test_line_feeds_and_tabs_are_told_from_enter(world: World) -> None:
    for end, told in (("\n", "Ctrl+J"), ("\t", "Tab"), ("\r\n", "Enter and a line feed")):
        with at_terminal(world, "doctor", "scanner") as program:
            program.wait_for(READY)
            program.type(TEST_PAYLOAD + end)
            assert program.status() == 0
        assert f"each scan ends with {told}" in program.written


def test_a_scanner_without_an_end_is_told_of_after_a_silence(world: World) -> None:
    with at_terminal(world, "doctor", "scanner", "--json") as program:
        program.wait_for(READY)
        program.type(TEST_PAYLOAD)
        assert program.status() == 1
    assert '"ends_with": "nothing"' in program.written
    assert "Set the scanner's suffix to Enter (CR)." in program.written


def test_what_was_scanned_instead_is_named(world: World) -> None:
    with at_terminal(world, "doctor", "scanner") as program:
        program.wait_for(READY)
        program.type("RKDTLBNEB\r")
        assert program.status() == 2
        assert program.settings == program.usual
    assert "scan: that was RKD-TLB-NEB; scan the test code that is shown" in program.written


def test_the_keyboard_is_asked_as_the_program_asks_and_put_back(world: World) -> None:
    with at_terminal(world, "doctor", "scanner") as program:
        program.wait_for(READY)
        assert program.written.count("\x1b[>25u") == 1
        for char in TEST_PAYLOAD:
            shift = "\x1b[57441;2u" if char.isupper() else ""
            program.type_at_once(f"{shift}\x1b[{ord(char.lower())};{2 if shift else 1};{ord(char)}u")
        program.type_at_once("\x1b[13u")
        assert program.status() == 0
    assert "RollerTrack understands this scanner as it is" in program.written
    assert program.written.count("\x1b[<u") == 1


def test_ctrl_c_leaves_the_terminal_as_it_was(world: World) -> None:
    with at_terminal(world, "doctor", "scanner") as program:
        program.wait_for(READY)
        assert program.settings != program.usual
        program.type("HTTPS\x03")
        assert program.status() == 130
        assert program.settings == program.usual
    assert "Traceback" not in program.written


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_program_told_to_end_leaves_the_terminal_as_it_was(number: int, world: World) -> None:
    with at_terminal(world, "doctor", "scanner") as program:
        program.wait_for(READY)
        program.process.send_signal(number)
        assert program.status() == 128 + number
        assert program.settings == program.usual


def test_the_code_on_the_screen_can_be_read_in_black_on_white(world: World) -> None:
    with at_terminal(world, "doctor", "scanner") as program:
        program.wait_for(READY)
    lines = re.findall(r"\x1b\[38;5;16;48;5;231m([ ▀▄█]+)\x1b\[0m", program.written)
    picture = Image.new("L", (len(lines[0]), 2 * len(lines)), 255)
    for row, line in enumerate(lines):
        for column, char in enumerate(line):
            for half, filled in enumerate((char in "▀█", char in "▄█")):
                if filled:
                    picture.putpixel((column, 2 * row + half), 0)
    large = picture.resize((picture.width * 8, picture.height * 8), Image.Resampling.NEAREST)
    assert [found.text for found in zxingcpp.read_barcodes(large)] == [TEST_PAYLOAD]


def test_a_terminal_without_room_says_what_to_do(world: World) -> None:
    with at_terminal(world, "doctor", "scanner", size=(20, 80)) as program:
        assert program.status() == 2
    assert "terminal: the test code needs 37 by 22 characters in UTF-8" in program.written
    assert "--to FILE.png" in program.written


def test_the_smallest_code_that_reads_becomes_the_setting(world: World) -> None:
    with EmulatedPrinter() as there:
        world.settings(f'# mine\nlink_base = "http://rt.example"\n\n[printers]\ndesk = "{there.place}"\n')
        with at_terminal(world, "doctor", "printer", "desk") as program:
            program.wait_for(ASKED)
            (strip,) = there.printed
            texts = [found.text for found in zxingcpp.read_barcodes(to_image(strip).convert("L"))]
            smallest = min(texts)
            assert smallest.endswith(TEST_CODE)
            program.type(min(text for text in texts if text != smallest) + "\r")
            assert program.status() == 0
    assert "less than 3 dots (0.38 mm) a module" in program.written
    path = world.folder / "config" / "rollertrack" / "settings.toml"
    assert path.read_text("utf-8").startswith("# mine\n")
    printer = read_settings(path, {}).printers["desk"]
    assert isinstance(printer, dict)
    assert printer["module"] == 3


@pytest.mark.parametrize(
    ("line", "status", "told"),
    [
        ("\r", 0, "Nothing was changed."),
        ("hello\r", 2, "scan: “hello” is no test code"),
        ("RKDTLBNEB\r", 2, "scan: that was RKD-TLB-NEB"),
        (f"{TEST_CODE}\r", 2, "names no code of this strip"),
        ("7\r", 2, "type the dots under it: 2, 3, 4, 5, 6, 8"),
    ],
)
def test_anything_else_changes_nothing(line: str, status: int, told: str, world: World) -> None:
    with EmulatedPrinter() as there:
        world.settings(f'[printers]\ndesk = "{there.place}"\n')
        path = world.folder / "config" / "rollertrack" / "settings.toml"
        before = path.read_bytes()
        with at_terminal(world, "doctor", "printer") as program:
            program.wait_for(ASKED)
            program.type(line)
            assert program.status() == status
    assert told in program.written
    assert path.read_bytes() == before
