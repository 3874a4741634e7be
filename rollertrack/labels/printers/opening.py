"""The line to a printer, and the language spoken on it, by its place."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from rollertrack.labels.places import FilePlace, Language, NetworkPlace, SerialPlace, UsbPlace
from rollertrack.labels.printers.device_file import FileLine
from rollertrack.labels.printers.escpos_library import printer_classes
from rollertrack.labels.printers.escpos_tongue import EscPos
from rollertrack.labels.printers.line import Clock, Line
from rollertrack.labels.printers.network import SocketLine
from rollertrack.labels.printers.serial_line import SerialLine, bytes_a_second
from rollertrack.labels.printers.talk import Tongue
from rollertrack.labels.printers.tspl_tongue import Tspl
from rollertrack.labels.printers.usb_line import UsbLine
from rollertrack.labels.printers.zpl_tongue import Zpl

DevicePlace = NetworkPlace | UsbPlace | SerialPlace | FilePlace
"""A printer we talk to ourselves."""
_TONGUES: dict[Language, type[Tongue]] = {Language.ESCPOS: EscPos, Language.ZPL: Zpl, Language.TSPL: Tspl}


def tongue_of(place: DevicePlace) -> Tongue:
    """The language of a printer."""
    return _TONGUES[place.language]() if isinstance(place, NetworkPlace) else EscPos()


def clock_for(place: DevicePlace, timeout: float, size: int) -> Clock:
    """The time for a job of so many bytes, by how fast its line can be."""
    if isinstance(place, SerialPlace):
        return Clock(timeout, size, bytes_a_second(place))
    return Clock(timeout, size)


def library_for(place: DevicePlace, cache: Path) -> AbstractContextManager[Any]:
    """python-escpos' printer classes where they are needed, else None; `cache` is its private folder."""
    if isinstance(place, NetworkPlace) and place.language is not Language.ESCPOS:
        return nullcontext()
    return printer_classes(cache)


@contextmanager
def opened(place: DevicePlace, clock: Clock, printers: Any) -> Iterator[Line]:
    """An open line to a printer, with what library_for gave for it."""
    with closing(_line(place, clock, printers)) as line:
        yield line


def _line(place: DevicePlace, clock: Clock, printers: Any) -> Line:
    match place:
        case NetworkPlace():
            return SocketLine(place, clock, printers)
        case FilePlace():
            return FileLine(place, printers)
        case SerialPlace():
            return SerialLine(place, clock, printers)
        case UsbPlace():
            return UsbLine(place, clock, printers)
