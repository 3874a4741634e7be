"""The transport to a printer, and the language spoken on it, by its place."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from rollertrack.labels.places import FilePlace, Language, NetworkPlace, SerialPlace, UsbPlace
from rollertrack.labels.printers.escpos import EscPos
from rollertrack.labels.printers.escpos_library import printer_classes
from rollertrack.labels.printers.language import PrinterLanguage
from rollertrack.labels.printers.transport import Clock, Transport
from rollertrack.labels.printers.tspl import Tspl
from rollertrack.labels.printers.zpl import Zpl

DevicePlace = NetworkPlace | UsbPlace | SerialPlace | FilePlace
"""A printer we talk to ourselves."""
_LANGUAGES: dict[Language, type[PrinterLanguage]] = {
    Language.ESCPOS: EscPos,
    Language.ZPL: Zpl,
    Language.TSPL: Tspl,
}


def language_of(place: DevicePlace) -> PrinterLanguage:
    """The language of a printer."""
    return _LANGUAGES[place.language]() if isinstance(place, NetworkPlace) else EscPos()


def clock_for(place: DevicePlace, timeout: float, size: int) -> Clock:
    """The time for a job of so many bytes, by how fast its transport can be."""
    if isinstance(place, SerialPlace):
        from rollertrack.labels.printers.serial import bytes_a_second

        return Clock(timeout, size, bytes_a_second(place))
    return Clock(timeout, size)


def library_for(place: DevicePlace, cache: Path) -> AbstractContextManager[Any]:
    """python-escpos' printer classes where they are needed, else None; `cache` is its private folder."""
    if isinstance(place, NetworkPlace) and place.language is not Language.ESCPOS:
        return nullcontext()
    return printer_classes(cache)


@contextmanager
def opened(place: DevicePlace, clock: Clock, printers: Any) -> Iterator[Transport]:
    """An open transport to a printer, with what library_for gave for it."""
    with closing(_transport(place, clock, printers)) as transport:
        yield transport


def _transport(place: DevicePlace, clock: Clock, printers: Any) -> Transport:
    # Each transport is loaded for the printers that need it.
    match place:
        case NetworkPlace():
            from rollertrack.labels.printers.network import NetworkTransport

            return NetworkTransport(place, clock, printers)
        case FilePlace():
            from rollertrack.labels.printers.device import DeviceTransport

            return DeviceTransport(place, printers)
        case SerialPlace():
            from rollertrack.labels.printers.serial import SerialTransport

            return SerialTransport(place, clock, printers)
        case UsbPlace():
            from rollertrack.labels.printers.usb import UsbTransport

            return UsbTransport(place, clock, printers)
