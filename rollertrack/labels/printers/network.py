"""Lines to printers on the network."""

import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rollertrack.labels.places import NetworkPlace
from rollertrack.labels.printer import NotSent
from rollertrack.labels.printers.transport import Clock

if TYPE_CHECKING:
    from types import ModuleType

_CHUNK = 4096
_WEB = b"HTTP/"
_FAREWELL = 0.5
"""Seconds a printer has to hang up; status bytes that come after that would cost the end of the job."""


class NetworkTransport:
    """A TCP connection; `printers` is python-escpos' module where bytes go through its Network class."""

    def __init__(self, place: NetworkPlace, clock: Clock, printers: "ModuleType | None" = None) -> None:
        self._socket = _connected(place, clock)
        self._is_under_way = False
        self._printer: Any = None
        if printers is not None:
            self._printer = printers.Network(place.host, place.port)
            # Its own open() knows IPv4 only, and leaves the socket unclosed when nobody answers.
            self._printer.device = self._socket

    @property
    def answers(self) -> bool:
        """A connection goes both ways."""
        return True

    def write(self, chunk: bytes, within: float) -> None:
        """Hand over every byte; TimeoutError when they were not taken in so many seconds."""
        self._socket.settimeout(within)
        if self._printer is None:
            self._socket.sendall(chunk)
        else:
            self._printer._raw(chunk)  # noqa: SLF001 - the only way to send bytes as they are

    def read(self, within: float) -> bytes:
        """What the printer says; EOFError when it hung up, NotSent when it is no printer."""
        self._socket.settimeout(max(within, 0.001))
        try:
            said = self._socket.recv(_CHUNK)
        except TimeoutError:
            return b""
        if not said:
            raise EOFError
        if said.startswith(_WEB):
            raise NotSent("a web server answers there, not a printer; is the port right?")
        return said

    def settle(self, within: float) -> None:  # noqa: ARG002 - a line's shape
        """Nothing to wait for: the system goes on sending after the line is closed."""
        self._is_under_way = True

    def rest(self) -> None:
        """The job is done, so there is nothing left to hear out."""
        self._is_under_way = False

    def close(self) -> None:
        """Say that no more will come, hear a printer out that may still be at a job, and hang up."""
        end = time.monotonic() + _FAREWELL
        with suppress(OSError, EOFError, NotSent):
            self._socket.shutdown(socket.SHUT_WR)
            while self._is_under_way and (left := end - time.monotonic()) > 0:
                self.read(left)
        if self._printer is not None:
            self._printer.close()
        self._socket.close()


def _connected(place: NetworkPlace, clock: Clock) -> socket.socket:
    """A connection to the first address of the host that answers."""
    addresses = _addresses(place, clock.left())
    for number, (family, address) in enumerate(addresses):
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(clock.left() / (len(addresses) - number))
            connection.connect(address)
        except OSError:
            connection.close()
            if number == len(addresses) - 1:
                raise
        else:
            # Questions are three bytes each and wait for their answer.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return connection
    raise OSError("the host has no address")


def _addresses(place: NetworkPlace, timeout: float) -> list[tuple[int, Any]]:
    """Where a host may be found; the look-up cannot be told to give up, so it is left behind."""
    found: list[list[tuple[int, Any]] | OSError | UnicodeError] = []

    def look_up() -> None:
        try:
            known = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
            found.append([(family, address) for family, _, _, _, address in known])
        except (OSError, UnicodeError) as error:
            found.append(error)

    thread = threading.Thread(target=look_up, name="printer name look-up", daemon=True)
    thread.start()
    thread.join(timeout)
    answer = found[0] if found else TimeoutError()
    if isinstance(answer, list):
        return answer
    raise answer
