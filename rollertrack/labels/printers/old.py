"""Bytes to a printer, within a time limit; every failure is one sentence."""

import errno
import os
import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from rollertrack.errors import DeviceFailed
from rollertrack.labels.escpos_library import printer_classes
from rollertrack.labels.places import FilePlace, NetworkPlace, Place, parse_place

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["FilePlace", "NetworkPlace", "Outcome", "Place", "parse_place", "send"]

_CHUNK = 4096
"""Bytes handed over at a time; a pipe or printer that says it is ready takes as many at once."""
_SLOWEST = 8_000
"""Bytes a second; a printer slower than the slowest print head is one that trickles."""
_FAREWELL = 0.5
"""Seconds a network printer has to hang up, or to report that it dropped the job."""
_REASONS = {
    errno.ECONNREFUSED: "it refuses the connection; is it switched on, and is the port right?",
    errno.EHOSTUNREACH: "it cannot be reached; is it on this network?",
    errno.ENETUNREACH: "it cannot be reached; is this computer on the network?",
    errno.ECONNRESET: "it dropped the connection in the middle of the job",
    errno.ENOTCONN: "it dropped the connection in the middle of the job",
    errno.EPIPE: "it dropped the connection in the middle of the job",
    errno.EACCES: "this user may not write to it; the group lp usually may",
    errno.EPERM: "this user may not write to it; the group lp usually may",
    errno.ENOENT: "there is no such device; is it plugged in and switched on?",
    errno.ENXIO: "nothing is connected behind it; is it plugged in and switched on?",
    errno.ENODEV: "nothing is connected behind it; is it plugged in and switched on?",
    errno.EISDIR: "it is a folder, not a device",
    errno.EBUSY: "another program is using it",
}


class Outcome(StrEnum):
    """How much is known about a job that did not fail."""

    SENT = "sent"
    """The printer's side took every byte; whether ink met paper is not known."""


def send(place: Place, job: bytes, cache: Path, timeout: float = 5.0) -> Outcome:
    """Hand a job to a printer; SENT means that its bytes were taken, never that they were printed.

    `timeout` is how many seconds the printer may keep silent, and how many a small job may take in
    all; a large one gets more in proportion to its size. `cache` is a private folder for
    python-escpos. Raises DeviceFailed with the printer and the reason; part of the job may then have
    been printed.
    """
    with _explained(place, timeout), printer_classes(cache) as printers:
        clock = _Clock(timeout, len(job))
        match place:
            case NetworkPlace():
                _send_network(printers, place, job, clock)
            case FilePlace():
                _send_file(printers, place, job, clock)
    return Outcome.SENT


class _Clock:
    """The time left for a job."""

    def __init__(self, timeout: float, size: int) -> None:
        self._timeout = timeout
        self._end = time.monotonic() + timeout + size / _SLOWEST

    def left(self) -> float:
        """Seconds the printer may now keep silent; TimeoutError when there are none."""
        left = min(self._timeout, self._end - time.monotonic())
        if left <= 0:
            raise TimeoutError
        return left


def _send_network(printers: "ModuleType", place: NetworkPlace, job: bytes, clock: _Clock) -> None:
    address = _address(place.host, clock.left())
    printer = printers.Network(place.host, place.port)
    # Its own open() leaves the socket unclosed when nobody answers.
    printer.device = socket.create_connection((address, place.port), clock.left())
    try:
        for chunk in _chunks(job):
            printer.device.settimeout(clock.left())
            printer._raw(chunk)  # noqa: SLF001 - the only way to send bytes as they are
        _say_goodbye(printer.device)
    finally:
        printer.close()


def _address(host: str, timeout: float) -> str:
    """The IPv4 address of a host; the look-up cannot be told to give up, so it is left behind."""
    found: list[str | OSError | UnicodeError] = []

    def look_up() -> None:
        try:
            found.append(socket.gethostbyname(host))
        except (OSError, UnicodeError) as error:
            found.append(error)

    thread = threading.Thread(target=look_up, name="printer name look-up", daemon=True)
    thread.start()
    thread.join(timeout)
    answer = found[0] if found else TimeoutError()
    if isinstance(answer, str):
        return answer
    raise answer


def _say_goodbye(connection: socket.socket) -> None:
    """Say that no more will come, and wait a moment for what the printer has to say.

    Status bytes left unread would reset the connection and could cost the end of the job; a printer
    that drops the job only shows it now. One that says nothing is not suspected.
    """
    connection.shutdown(socket.SHUT_WR)
    end = time.monotonic() + _FAREWELL
    try:
        while (left := end - time.monotonic()) > 0:
            connection.settimeout(left)
            if not connection.recv(_CHUNK):
                return
    except TimeoutError:
        return


def _send_file(printers: "ModuleType", place: FilePlace, job: bytes, clock: _Clock) -> None:
    """Send to a device that must exist: python-escpos itself would create a file by that name."""
    device = _Device(place.path, clock)
    printer = printers.File(str(place.path))
    printer.device = device
    try:
        for chunk in _chunks(job):
            printer._raw(chunk)  # noqa: SLF001 - the only way to send bytes as they are
        # Closing too early would throw away what the kernel still holds for the printer.
        device.wait()
    finally:
        printer.close()


class _Device:
    """A device file opened for writing without ever blocking; what python-escpos writes to."""

    def __init__(self, path: Path, clock: _Clock) -> None:
        self._clock = clock
        # A plain file is added to, never emptied.
        self._descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_NONBLOCK | os.O_NOCTTY)

    def write(self, chunk: bytes) -> None:
        """Hand over every byte, waiting for the device as long as the clock allows."""
        while chunk:
            self.wait()
            with suppress(BlockingIOError):
                chunk = chunk[os.write(self._descriptor, chunk) :]

    def wait(self) -> None:
        """Wait until the device takes more."""
        _, ready, _ = select.select([], [self._descriptor], [], self._clock.left())
        if not ready:
            raise TimeoutError

    def flush(self) -> None:
        """Nothing is held back here."""

    def close(self) -> None:
        """Give the device back."""
        os.close(self._descriptor)


def _chunks(job: bytes) -> Iterator[bytes]:
    return (job[start : start + _CHUNK] for start in range(0, len(job), _CHUNK))


@contextmanager
def _explained(place: Place, timeout: float) -> Iterator[None]:
    """Turn whatever python-escpos or the system raises into one sentence."""
    try:
        yield
    except DeviceFailed:
        raise
    except Exception as error:
        raise DeviceFailed(f"{place}: {_reason(error, timeout)}") from error


def _reason(error: Exception, timeout: float) -> str:
    if isinstance(error, TimeoutError):
        return f"it does not answer, or takes no more data (waited {timeout:g} s)"
    if isinstance(error, (socket.gaierror, UnicodeError)):
        return "no computer or printer of that name is known on this network"
    if isinstance(error, OSError):
        return _REASONS.get(error.errno or 0, error.strerror or str(error))
    return f"it could not be used ({type(error).__name__})"
