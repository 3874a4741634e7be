"""Lines to printers on USB without a driver; pyusb is an extra, and needs libusb."""

import errno
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from rollertrack.labels.places import UsbPlace
from rollertrack.labels.printer import NotSent
from rollertrack.labels.printers.transport import Clock
from rollertrack.wording import discovery as say

if TYPE_CHECKING:
    from types import ModuleType

_PRINTER_CLASS = 7
_INWARDS = 0x80
_KIND, _BULK = 0x03, 0x02
_PACKET = 64
_WINDOWS_TIMED_OUT = 10060


class UsbPrinter(NamedTuple):
    """A printer that is plugged in, and what it calls itself."""

    place: UsbPlace
    title: str


class UsbTransport:
    """A USB printer, opened and written through python-escpos' Usb class."""

    def __init__(self, place: UsbPlace, clock: Clock, printers: "ModuleType") -> None:
        out, back = _endpoints(_found(place))
        self._printer: Any = printers.Usb(
            place.vendor, place.product, timeout=_milliseconds(clock.left()), in_ep=back or 0, out_ep=out
        )
        self._printer.open()
        self._back = back

    @property
    def answers(self) -> bool:
        """Whether the printer has an endpoint for answers."""
        return self._back is not None

    def write(self, chunk: bytes, within: float) -> None:
        """Hand over every byte; TimeoutError when they were not taken in so many seconds."""
        self._printer.timeout = _milliseconds(within)
        try:
            self._printer._raw(chunk)  # noqa: SLF001 - the only way to send bytes as they are
        except OSError as error:
            if _timed_out(error):
                raise TimeoutError from None
            raise

    def read(self, within: float) -> bytes:
        """What the printer says."""
        try:
            return bytes(self._printer.device.read(self._back, _PACKET, _milliseconds(within)))
        except OSError as error:
            if _timed_out(error):
                return b""
            raise

    def settle(self, within: float) -> None:
        """Nothing to wait for: a write ends when the printer has the bytes."""

    def rest(self) -> None:
        """Nothing changes: closing waits for no printer here."""

    def close(self) -> None:
        """Give the printer back."""
        with suppress(OSError):
            self._printer.close()


def _found(place: UsbPlace) -> Any:
    """The device of pyusb; NotSent says what is missing."""
    try:
        import usb.core
    except ImportError:
        raise NotSent(say.NO_PYUSB) from None
    try:
        device = usb.core.find(idVendor=place.vendor, idProduct=place.product)
    except usb.core.NoBackendError:
        raise NotSent(say.NO_LIBUSB) from None
    if device is None:
        raise NotSent(
            "no such printer is on USB; is it plugged in and switched on, and are its numbers right?"
        )
    return device


def lacking_library() -> str:
    """What is missing for any printer on USB, in one sentence; empty for nothing."""
    try:
        import usb.core
    except ImportError:
        return say.NO_PYUSB
    try:
        usb.core.find(idVendor=0, idProduct=0)  # asks for libusb; no device has these numbers
    except usb.core.NoBackendError:
        return say.NO_LIBUSB
    except OSError:
        return ""
    return ""


def plugged_in() -> list[UsbPrinter]:
    """The printers on USB, as far as pyusb is there and sees them."""
    try:
        import usb.core
    except ImportError:
        return []
    try:
        return list(_printers(usb.core.find(find_all=True)))
    except (usb.core.NoBackendError, OSError):
        return []


def _printers(devices: Any) -> Iterator[UsbPrinter]:
    for device in devices:
        with suppress(OSError):  # one that may not be looked at hides no other
            if any(each.bInterfaceClass == _PRINTER_CLASS for setting in device for each in setting):
                place = UsbPlace(device.idVendor, device.idProduct)
                yield UsbPrinter(place, _title(device) or say.usb_title(place.vendor, place.product))


def _title(device: Any) -> str:
    """Maker and model; only who may open the device is told them."""
    try:
        return " ".join(filter(None, (device.manufacturer, device.product)))
    except (OSError, ValueError, NotImplementedError):
        return ""


def _endpoints(device: Any) -> tuple[int, int | None]:
    """The addresses bytes go out to and come back from, which differ from printer to printer."""
    for configuration in device:
        for interface in configuration:
            bulk = [each for each in interface if each.bmAttributes & _KIND == _BULK]
            out = [each.bEndpointAddress for each in bulk if not each.bEndpointAddress & _INWARDS]
            back = [each.bEndpointAddress for each in bulk if each.bEndpointAddress & _INWARDS]
            if interface.bInterfaceClass == _PRINTER_CLASS and out:
                return out[0], back[0] if back else None
    raise NotSent("that USB device is no printer; lsusb lists the numbers of each device")


def _milliseconds(seconds: float) -> int:
    # Zero would be for ever.
    return max(1, round(seconds * 1000))


def _timed_out(error: OSError) -> bool:
    return isinstance(error, TimeoutError) or error.errno in {errno.ETIMEDOUT, _WINDOWS_TIMED_OUT}
