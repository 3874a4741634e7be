"""Whatever goes wrong on the way to a printer, as one sentence and as one of two kinds."""

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rollertrack.errors import RollerTrackError
from rollertrack.labels.places import UsbPlace
from rollertrack.labels.printer import BrokenOff, NotSent, Printer

_PERMISSION = "this user may not write to it; the group lp, or dialout for a serial port, usually may"
_USB_PERMISSION = (
    'this user may not use it; a udev rule that holds SUBSYSTEM=="usb", ATTR{{idVendor}}=="{vendor:04x}",'
    ' MODE="0660", GROUP="lp" and membership in the group lp are right'
)
_NO_DEVICE = "there is no such device; is it plugged in and switched on?"
_NOTHING_BEHIND = "nothing is connected behind it; is it plugged in and switched on?"
_REASONS = {
    errno.ECONNREFUSED: "it refuses the connection; is it switched on, and is the port right?",
    errno.EHOSTUNREACH: "it cannot be reached; is it on this network?",
    errno.ENETUNREACH: "it cannot be reached; is this computer on the network?",
    errno.EACCES: _PERMISSION,
    errno.EPERM: _PERMISSION,
    errno.ENOENT: _NO_DEVICE,
    errno.ENXIO: _NOTHING_BEHIND,
    errno.ENODEV: _NOTHING_BEHIND,
    errno.EIO: "its line broke; is it still plugged in?",
    errno.EISDIR: "it is a folder, not a device",
    errno.EBUSY: "another program is using it",
    errno.ENOSPC: "the disk is full",
}
_DROPPED = "it dropped the connection in the middle of the job"
_HUNG_UP = {errno.ECONNRESET, errno.ECONNABORTED, errno.ENOTCONN, errno.EPIPE}


@dataclass(slots=True)
class Delivery:
    """Whether a job has begun to leave this computer."""

    begun: bool = False


@contextmanager
def explained(printer: Printer, timeout: float) -> Iterator[Delivery]:
    """Turn whatever a library or the system raises into NotSent, or BrokenOff once the job has begun."""
    delivery = Delivery()
    try:
        yield delivery
    except (NotSent, BrokenOff) as error:
        raise type(error)(f"{printer.in_full}: {error.message}") from error
    except RollerTrackError:
        raise
    except Exception as error:
        reason = _reason(error, printer, timeout, delivery)
        if delivery.begun:
            raise BrokenOff(f"{printer.in_full}: {reason}; part of it may be printed") from error
        raise NotSent(f"{printer.in_full}: {reason}") from error


def _reason(error: BaseException, printer: Printer, timeout: float, delivery: Delivery) -> str:
    error = _deepest(error)
    number = error.errno if isinstance(error, OSError) else None
    if isinstance(error, TimeoutError):
        reason = (
            f"{'it takes no more data' if delivery.begun else 'it does not answer'} (waited {timeout:g} s)"
        )
    elif isinstance(error, EOFError) or number in _HUNG_UP:
        reason = _DROPPED if delivery.begun else "it hung up at once; is another computer printing on it?"
    elif isinstance(error, (socket.gaierror, UnicodeError)):
        reason = "no computer or printer of that name is known on this network"
    elif isinstance(printer.place, UsbPlace) and number in {errno.EACCES, errno.EPERM}:
        reason = _USB_PERMISSION.format(vendor=printer.place.vendor)
    elif isinstance(error, OSError):
        reason = _REASONS.get(number or 0, error.strerror or str(error))
    else:
        reason = f"it could not be used ({type(error).__name__})"
    return reason


def _deepest(error: BaseException) -> BaseException:
    """The system's own error inside one that python-escpos put in its place."""
    inner = error.__cause__ or error.__context__
    while not isinstance(error, OSError) and inner is not None:
        error, inner = inner, inner.__cause__ or inner.__context__
    return error
