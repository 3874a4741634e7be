"""Lines to printers on a serial port; pyserial is an extra."""

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rollertrack.labels.places import SerialPlace
from rollertrack.labels.printer import NotSent
from rollertrack.labels.printers.transport import Clock
from rollertrack.wording import discovery as say

if TYPE_CHECKING:
    from types import ModuleType

_BITS = 10
"""On the wire for each byte: start, eight of data, stop."""
_LOOK = 0.02
"""Seconds between two looks at how much is still to go out."""


def bytes_a_second(place: SerialPlace) -> float:
    """How fast the line itself is."""
    return place.baud / _BITS


class SerialTransport:
    """A serial port, opened and written through python-escpos' Serial class."""

    def __init__(self, place: SerialPlace, clock: Clock, printers: "ModuleType") -> None:
        self._timeout_error = _pyserial().SerialTimeoutException
        # XON and XOFF are no byte of any status answer, so listening for them can do no harm.
        self._printer: Any = printers.Serial(place.port, place.baud, timeout=clock.left(), xonxoff=True)
        self._printer.open()
        self._device: Any = self._printer.device
        self._device.reset_input_buffer()

    @property
    def answers(self) -> bool:
        """A serial line goes both ways."""
        return True

    def write(self, chunk: bytes, within: float) -> None:
        """Hand over every byte; TimeoutError when the port did not take them in so many seconds."""
        self._device.write_timeout = within
        try:
            self._printer._raw(chunk)  # noqa: SLF001 - the only way to send bytes as they are
        except self._timeout_error:
            raise TimeoutError from None

    def read(self, within: float) -> bytes:
        """What the printer says."""
        self._device.timeout = within
        said: bytes = self._device.read(1)
        return said + self._device.read(self._device.in_waiting) if said else said

    def settle(self, within: float) -> None:
        """Wait until the port has sent everything; it can hold several seconds' worth."""
        silent_at = time.monotonic() + within
        waiting = self._device.out_waiting
        while waiting:
            time.sleep(_LOOK)
            before, waiting = waiting, self._device.out_waiting
            if waiting < before:
                silent_at = time.monotonic() + within
            elif time.monotonic() > silent_at:
                raise TimeoutError

    def rest(self) -> None:
        """Nothing changes: closing waits for no printer here."""

    def close(self) -> None:
        """Give the port back; what it still holds is dropped, since closing would wait for it for ever."""
        with suppress(OSError):
            self._device.reset_output_buffer()
        self._printer.close()


def _pyserial() -> Any:
    try:
        import serial
    except ImportError:
        raise NotSent(say.NO_PYSERIAL) from None
    return serial


def lacking_library() -> str:
    """What is missing for any printer on a serial line, in one sentence; empty for nothing."""
    try:
        _pyserial()
    except NotSent as error:
        return error.message
    return ""
