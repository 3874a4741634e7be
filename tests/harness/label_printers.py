"""Printers of flesh and blood: sockets on this computer that behave as printers do."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Self

from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.places import Language, NetworkPlace

Behaviour = Callable[[socket.socket, bytearray, threading.Event], None]


@contextmanager
def printer(behaviour: Behaviour) -> Iterator[tuple[NetworkPlace, bytearray]]:
    """A printer that takes one job; its place, and what it has read once the block has ended."""
    over, read = threading.Event(), bytearray()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                behaviour(connection, read, over)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield NetworkPlace("127.0.0.1", server.getsockname()[1]), read
        finally:
            over.set()
            thread.join(10)


def reads_all(connection: socket.socket, read: bytearray, over: threading.Event) -> None:  # noqa: ARG001
    while part := connection.recv(65536):
        read += part


def reads_all_and_reports(connection: socket.socket, read: bytearray, over: threading.Event) -> None:
    connection.sendall(b"\x10\x00\x00\x00")
    reads_all(connection, read, over)


def reads_all_and_stays_on_the_line(
    connection: socket.socket, read: bytearray, over: threading.Event
) -> None:
    reads_all(connection, read, over)
    over.wait(10)


def never_reads(connection: socket.socket, read: bytearray, over: threading.Event) -> None:  # noqa: ARG001
    over.wait(10)


def trickles(connection: socket.socket, read: bytearray, over: threading.Event) -> None:
    while not over.wait(0.02):
        read += connection.recv(1)


def drops(connection: socket.socket, read: bytearray, over: threading.Event) -> None:
    while len(read) < 1000:
        read += connection.recv(1000)
    hangs_up(connection, read, over)


def hangs_up(connection: socket.socket, read: bytearray, over: threading.Event) -> None:  # noqa: ARG001
    """As a printer does that loses power, or that has another guest: without the courtesies."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


class Emulated:
    """A printer that serves one connection after another until the block ends."""

    language = Language.ESCPOS

    def __init__(self) -> None:
        self.received = bytearray()
        self.printed: list[Bitmap] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve)

    @property
    def place(self) -> NetworkPlace:
        return NetworkPlace("127.0.0.1", self._server.getsockname()[1], self.language)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        with suppress(OSError), socket.create_connection(self._server.getsockname(), 1):
            pass
        self._thread.join(10)
        self._server.close()

    def hears(self, said: bytes, answer: Callable[[bytes], None]) -> None:
        """Act on more bytes, and answer."""
        raise NotImplementedError

    def _serve(self) -> None:
        while True:
            connection, _ = self._server.accept()
            if self._over.is_set():
                connection.close()
                return
            with connection, suppress(OSError):
                self._listen(connection)

    def _listen(self, connection: socket.socket) -> None:
        connection.settimeout(0.05)
        while not self._over.is_set():
            with suppress(TimeoutError):
                said = connection.recv(65536)
                if not said:
                    return
                self.received += said
                self.hears(said, connection.sendall)


class EmulatedPrinter(Emulated):
    """An ESC/POS printer that answers questions, prints rasters and keeps what it printed.

    `paper` is "plenty", "low" or "out"; `lasts` pictures are printed before it is out, `opens_after` so
    many before the cover is. What it cannot print waits in its buffer, as does the answer to GS r 1.
    """

    def __init__(
        self, *, paper: str = "plenty", cover_open: bool = False, offline: bool = False,
        cutter_stuck: bool = False, lasts: int | None = None, opens_after: int | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.paper, self.cover_open, self.offline = paper, cover_open, offline
        self.cutter_stuck, self.lasts, self.opens_after = cutter_stuck, lasts, opens_after
        self._unread = b""
        self._waiting: list[bytes] = []
        self._bands: list[tuple[int, bytes]] = []

    @property
    def stopped(self) -> bool:
        return self.paper == "out" or self.cover_open or self.offline or self.cutter_stuck

    def hears(self, said: bytes, answer: Callable[[bytes], None]) -> None:
        self._unread += said
        while command := self._next_command():
            if command.startswith(b"\x10\x04"):
                self.answer_now(command[2], answer)
            else:
                self._waiting.append(command)
        while self._waiting and not self.stopped:
            self._obey(self._waiting.pop(0), answer)

    def answer_now(self, number: int, answer: Callable[[bytes], None]) -> None:
        """Answer DLE EOT n."""
        out = self.paper == "out"
        bits = {
            1: 0x08 * self.stopped,
            2: 0x04 * self.cover_open + 0x20 * out + 0x40 * self.cutter_stuck,
            3: 0x08 * self.cutter_stuck,
            4: 0x60 * out + 0x0C * (self.paper != "plenty"),
        }
        answer(bytes((0x12 | bits[number],)))

    def answer_in_turn(self, answer: Callable[[bytes], None]) -> None:
        """Answer GS r 1."""
        answer(b"\x00" if self.paper == "plenty" else b"\x03")

    def _next_command(self) -> bytes:
        """The next whole command of what was read; empty when there is none."""
        length = {b"\x10\x04": 3, b"\x1b@": 2, b"\x1dr": 3, b"\x1dV": 4, b"\x1dv": 8}.get(self._unread[:2], 1)
        if self._unread.startswith(b"\x1dv") and len(self._unread) >= length:
            stride, height = struct.unpack("<HH", self._unread[4:8])
            length += stride * height
        if len(self._unread) < max(2, length):
            return b""
        command, self._unread = self._unread[:length], self._unread[length:]
        return command

    def _obey(self, command: bytes, answer: Callable[[bytes], None]) -> None:
        if command.startswith(b"\x1dv0"):
            self._bands.append((struct.unpack("<H", command[4:6])[0], command[8:]))
        elif command.startswith(b"\x1dV"):
            self._cut()
        elif command.startswith(b"\x1dr"):
            self.answer_in_turn(answer)
        elif command != b"\x1b@":
            raise ValueError(f"not a command: {command!r}")

    def _cut(self) -> None:
        stride, rows = self._bands[0][0], b"".join(rows for _, rows in self._bands)
        self._bands.clear()
        self.printed.append(Bitmap(stride * 8, len(rows) // stride, rows))
        if len(self.printed) == self.lasts:
            self.paper = "out"
        if len(self.printed) == self.opens_after:
            self.cover_open = True
