"""What this program needs and Textual keeps to itself; no other module reaches into it.

* Driver and parser: Textual's parser takes an answer of the terminal, or half a mouse report, for letters
  typed by a hand, and offers no place to look at what comes before it does so. The loop of the input thread
  is therefore our own: bytes go through `terminal_door` and reach the parser in whole pieces, which leave
  nothing pending in it.
* Last words: after a fault that a program cannot go on from, Textual prints a traceback.
* The key of a footer: Textual's `Footer` has no public part to build another one of.
"""

import os
import re
import select
import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TextIO, cast

from rich.text import Text
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.app import App, ReturnType
from textual.driver import Driver
from textual.message import Message

from rollertrack.errors import DEBUG_VARIABLE, Unexpected
from rollertrack.tui.terminal_door import ESC, PASTE, Door, PrintableApp
from rollertrack.wording.sentences import shows_where

__all__ = ["TerminalApp", "TerminalReader", "is_known", "restore_terminals"]

_IDLE: Final = 0.1
"""Seconds after which the input thread looks whether the program has ended."""
_CHUNK: Final = 4096
_GONE: Final = 129
"""The exit status where the terminal went away: that of a program ended by SIGHUP."""
_FOCUS = frozenset({"\x1b[I", "\x1b[O"})
_KNOWN = re.compile(
    r"\x1b\[(?:<\d+;-?\d+;-?\d+[Mm]|\?\d+;\d\$y|\d+;\d+R|(?:48;\d+(?::\d+)?(?:;\d+(?::\d+)?){3}t)"
    r"|\d+(?:;\d+(?:;[\d:]*)?)?u|\d*;\d+[~ABCDEFHPQRS])"
)


class TerminalReader:
    """Bytes of a terminal to the messages Textual's own driver would make of them, or to none."""

    def __init__(
        self, parser: XTermParser | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._door = Door()
        self._parser = parser or XTermParser()
        self._clock = clock
        self._decoder = getincrementaldecoder("utf-8")("replace")

    @property
    def wait(self) -> float | None:
        """Seconds of silence after which `expire` is due, or None when nothing is pending."""
        return self._door.wait

    def feed(self, data: bytes) -> Iterator[Message]:
        """The messages that are whole now that these bytes have come."""
        return self._messages(self._door.feed(self._decoder.decode(data), self._clock()))

    def expire(self) -> Iterator[Message]:
        """The messages that are whole after a silence; half a letter is junk then."""
        self._decoder.reset()
        return self._messages(self._door.expire(self._clock()))

    def _messages(self, pieces: list[str]) -> Iterator[Message]:
        for piece in pieces:
            if piece == ESC:
                yield events.Key("escape", ESC)
            elif piece[0] == ESC and len(piece) == len("\x1bc"):
                yield from _with_alt(piece[1])
            elif is_known(piece):
                yield from self._parser.feed(piece)


def is_known(piece: str) -> bool:
    """Whether Textual's parser is done with a piece when it has it; of an unknown one it waits for more."""
    if len(piece) == 1 or piece.startswith(PASTE):
        return True
    return piece in _FOCUS or piece in ANSI_SEQUENCES_KEYS or _KNOWN.fullmatch(piece) is not None


def _with_alt(char: str) -> Iterator[events.Key]:
    """A key with Alt; it gives no character, whatever Textual makes of it."""
    known = ANSI_SEQUENCES_KEYS.get(ESC + char)
    if isinstance(known, tuple):
        yield from (events.Key(key.value, None) for key in known)
    else:
        name = "shift+" + char.lower() if char.isupper() else char
        yield events.Key(f"alt+{name}", None)


class TerminalApp(PrintableApp[ReturnType]):
    """An app on the terminal as this program reads it, wherever Textual would take its own for it."""

    def get_driver_class(self) -> type[Driver]:
        """The driver Textual would take, or ours in place of the one for a terminal of this kind."""
        usual = super().get_driver_class()
        return TerminalDriver if sys.platform != "win32" and usual.__name__ == "LinuxDriver" else usual

    @property
    def has_unread_input(self) -> bool:
        """Whether the terminal has sent something that no key was made of yet."""
        if sys.platform == "win32" or not isinstance(self._driver, TerminalDriver):
            return False
        return self._driver.has_unread_input

    def break_off(self, error: Exception) -> None:
        """End over an error that nothing can be done about, with its one sentence."""
        self._handle_exception(error)

    def _fatal_error(self) -> None:
        """Leave with one sentence; a widget that failed while it was drawn cannot go on."""
        if DEBUG_VARIABLE in os.environ or self._exception is None:
            super()._fatal_error()
        else:
            said = shows_where(Unexpected(self._exception).message, DEBUG_VARIABLE)
            self._exit_renderables.append(Text(said))
            self._close_messages_no_wait()


class Output:
    """A terminal that is written to and may be gone at any moment; what cannot be written is dropped.

    Textual's writer would end at the first failure, and the program stand still behind it.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def fileno(self) -> int:
        """The number of its file."""
        return self._file.fileno()

    def write(self, text: str) -> None:
        """Write, as far as that is possible."""
        try:
            self._file.write(text)
        except (OSError, ValueError):
            self._drop()

    def flush(self) -> None:
        """Send what is written."""
        try:
            self._file.flush()
        except (OSError, ValueError):
            self._drop()

    def _drop(self) -> None:
        """Let nothing stumble later over what is still to be written."""
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)


_RESTORE: Final = (
    "\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"
    "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""Every mode that Textual sets, taken back: what its driver writes when it stops."""
_in_use: "set[TerminalDriver]" = set()


def restore_terminals() -> None:
    """Give back every terminal that an app did not give back itself, without its help."""
    while _in_use:
        _in_use.pop().restore()


if TYPE_CHECKING or sys.platform != "win32":
    import termios

    from textual.drivers.linux_driver import LinuxDriver

    class TerminalDriver(LinuxDriver):
        """Textual's driver with a door in front of its parser.

        It draws on standard output, which is a terminal wherever this program shows one: the other output
        may go into a file, and the screen with it. A terminal that is gone ends the app.
        """

        def __init__(self, app: App[Any], **options: Any) -> None:
            super().__init__(app, **options)
            self._screen = Output(sys.__stdout__ or sys.stdout)
            self._file = cast(Any, self._screen)

        def start_application_mode(self) -> None:
            """Take the terminal."""
            _in_use.add(self)
            super().start_application_mode()  # type: ignore[no-untyped-call]

        def stop_application_mode(self) -> None:
            """Give the terminal back."""
            super().stop_application_mode()
            _in_use.discard(self)

        def restore(self) -> None:
            """Give the terminal back at once, past the thread that writes to it."""
            with suppress(OSError, ValueError):
                os.write(self._screen.fileno(), _RESTORE.encode())
            if self.attrs_before is not None:
                with suppress(termios.error):
                    termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)

        def _run_input_thread(self) -> None:
            """Read until the end; one sentence for a fault, where Textual's is a traceback with status 0."""
            try:
                self.run_input_thread()
            except OSError:
                pass  # the terminal is gone
            except Exception as error:
                self._app.call_later(partial(cast(TerminalApp[Any], self._app).break_off, error))
                return
            if not self.exit_event.is_set():
                self._app.call_later(self._app.exit, None, _GONE)

        @property
        def has_unread_input(self) -> bool:
            """Whether bytes wait that the input thread has not read yet."""
            return bool(select.select([self.fileno], [], [], 0)[0])

        def run_input_thread(self) -> None:
            """Read the terminal until the program ends or the terminal is gone."""
            reader = TerminalReader(XTermParser(self._debug))
            came = empty = time.monotonic()
            while not self.exit_event.is_set():
                if self.has_unread_input:
                    # It came while this thread did not get its turn, some time after nothing was there:
                    # a scan must not look slow because the machine is busy.
                    came = empty
                else:
                    empty = time.monotonic()
                    wait = min(reader.wait or _IDLE, _IDLE)
                    if not select.select([self.fileno], [], [], wait)[0]:
                        self._send(reader.expire(), came)  # an ESC alone came when it came
                        continue
                    came = time.monotonic()
                if not (data := os.read(self.fileno, _CHUNK)):
                    return
                empty = time.monotonic()
                self._send(reader.feed(data), came)

        def _send(self, messages: Iterator[Message], came: float) -> None:
            for message in messages:
                if isinstance(message, events.Key):
                    message.time = came
                self.process_message(message)
