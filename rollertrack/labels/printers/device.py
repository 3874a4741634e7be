"""Lines to printers behind a device file, such as /dev/usb/lp0."""

import errno
import os
import select
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from rollertrack.labels.places import FilePlace
from rollertrack.labels.printer import NotSent

if TYPE_CHECKING:
    from types import ModuleType

_CHUNK = 4096
_PAUSE = 0.02
"""Seconds between two looks at a driver that claims to have something and has nothing."""


class DeviceTransport:
    """A device file, written through python-escpos' File class; it must exist, none is made."""

    def __init__(self, place: FilePlace, printers: "ModuleType") -> None:
        self._device = _Device(place.path)
        self._printer = printers.File(str(place.path))
        # Its own open() would create a file by that name.
        self._printer.device = self._device

    @property
    def answers(self) -> bool:
        """Whether it is a device that may be read, and its driver lets us."""
        return self._device.answers

    def write(self, chunk: bytes, within: float) -> None:
        """Hand over every byte; TimeoutError when the device stops taking them for so many seconds."""
        self._device.patience = within
        self._printer._raw(chunk)  # noqa: SLF001 - the only way to send bytes as they are

    def read(self, within: float) -> bytes:
        """What the printer says."""
        return self._device.read(within)

    def settle(self, within: float) -> None:
        """Wait until the device takes more: closing too early throws away what the kernel still holds."""
        self._device.patience = within
        self._device.wait()

    def rest(self) -> None:
        """Nothing changes: closing waits for no printer here."""

    def close(self) -> None:
        """Give the device back."""
        self._printer.close()


class _Device:
    """A device file opened without ever blocking; what python-escpos writes to."""

    def __init__(self, path: Path) -> None:
        self.patience = 0.0
        self.answers = False
        self._descriptor = self._open(path)

    def _open(self, path: Path) -> int:
        if not hasattr(os, "O_NONBLOCK"):
            raise NotSent(
                "this system has no device files; tcp://HOST:PORT, serial:COM3 or pipe:COMMAND is right"
            )
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            # A mistyped path must not write into the user's own files.
            raise NotSent("it is a file, not a device; labels can be written to a file that ends with .bin")
        flags = os.O_NONBLOCK | os.O_NOCTTY
        if stat.S_ISCHR(mode):
            with suppress(PermissionError):
                descriptor = os.open(path, flags | os.O_RDWR)
                self.answers = True
                return descriptor
        return os.open(path, flags | os.O_WRONLY)

    def write(self, chunk: bytes) -> None:
        """Hand over every byte, waiting for the device as long as patience lasts."""
        while chunk:
            self.wait()
            with suppress(BlockingIOError):
                chunk = chunk[os.write(self._descriptor, chunk) :]

    def wait(self) -> None:
        """Wait until the device takes more."""
        _, ready, _ = select.select([], [self._descriptor], [], self.patience)
        if not ready:
            raise TimeoutError

    def read(self, within: float) -> bytes:
        """What the device says within so many seconds."""
        ready, _, _ = select.select([self._descriptor], [], [], within)
        if not ready:
            return b""
        try:
            said = os.read(self._descriptor, _CHUNK)
        except BlockingIOError:
            said = b""
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
            # A printer that only listens; its driver says so when it is asked for an answer.
            self.answers = False
            return b""
        if not said:
            select.select([], [], [], min(within, _PAUSE))
        return said

    def flush(self) -> None:
        """Nothing is held back here."""

    def close(self) -> None:
        """Give the device back."""
        os.close(self._descriptor)
