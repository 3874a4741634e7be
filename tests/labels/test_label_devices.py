"""Printers behind a device file, a serial port and USB."""

import errno
import os
import re
import sys
import threading
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import usb.backend.libusb1
import usb.core
import usb.util
from harness.escpos_decoder import decode
from harness.label_printers import EmulatedPrinter

from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.media import media_named
from rollertrack.labels.places import FilePlace, Place, SerialPlace, UsbPlace
from rollertrack.labels.printer import BrokenOff, NotSent, Outcome, Printer, Sent
from rollertrack.labels.printers.delivery import send, status
from rollertrack.labels.printers.serial import bytes_a_second
from rollertrack.labels.printers.transport import Clock

ROLL = media_named("58mm")
LABEL = Bitmap(384, 240, bytes(range(256)) * 45)
MORE_THAN_BUFFERS_HOLD = Bitmap(384, 5_000, bytes(240_000))
TIMEOUT = 0.3
USB = UsbPlace(0x04B8, 0x0E15)


def sent_to(place: Place, folder: Path, *pictures: Bitmap, timeout: float = TIMEOUT) -> Outcome:
    return send(Printer("", place), pictures or (LABEL,), ROLL, folder / "cache", timeout)


@contextmanager
def terminal(there: EmulatedPrinter | None) -> Iterator[Path]:
    """A printer at the other end of a pseudo-terminal; one that never reads, when there is none."""
    controller, device = os.openpty()
    tty.setraw(device)

    def answer(said: bytes) -> None:
        os.write(controller, said)

    def serve(there: EmulatedPrinter) -> None:
        with suppress(OSError):
            while said := os.read(controller, 4096):
                there.received += said
                there.hears(said, answer)

    thread = threading.Thread(target=serve, args=(there,)) if there is not None else None
    if thread is not None:
        thread.start()
    try:
        yield Path(os.ttyname(device))
    finally:
        # The thread's read ends with an error once nobody holds the other end.
        os.close(device)
        if thread is not None:
            thread.join(10)
        os.close(controller)


@pytest.fixture
def there() -> Iterator[EmulatedPrinter]:
    """A printer that answers; its socket is not used here."""
    with EmulatedPrinter() as emulated:
        yield emulated


@pytest.mark.parametrize("place", [FilePlace, lambda path: SerialPlace(str(path), 115200)])
def test_a_device_that_answers_confirms(
    place: Callable[[Path], Place], there: EmulatedPrinter, tmp_path: Path
) -> None:
    with terminal(there) as path:
        assert status(Printer("", place(path)), tmp_path, 5.0) == "ready"
        assert sent_to(place(path), tmp_path, timeout=5.0) == Outcome(Sent.CONFIRMED)
    assert there.printed == [LABEL]


@pytest.mark.parametrize("place", [FilePlace, lambda path: SerialPlace(str(path), 115200)])
def test_a_device_out_of_paper_is_sent_nothing(
    place: Callable[[Path], Place], there: EmulatedPrinter, tmp_path: Path
) -> None:
    there.paper = "out"
    with (
        terminal(there) as path,
        pytest.raises(NotSent, match=f"^{re.escape(str(place(path)))}: the paper is out"),
    ):
        sent_to(place(path), tmp_path, timeout=5.0)
    assert there.printed == []


@pytest.mark.parametrize("place", [FilePlace, lambda path: SerialPlace(str(path), 921600)])
def test_a_device_that_stops_taking_data_is_given_up(place: Callable[[Path], Place], tmp_path: Path) -> None:
    with terminal(None) as path, pytest.raises(BrokenOff, match=r"it takes no more data \(waited 0.3 s\)"):
        sent_to(place(path), tmp_path, MORE_THAN_BUFFERS_HOLD)


def test_a_device_that_never_stops_talking_confirms_nothing(tmp_path: Path) -> None:
    state, note = sent_to(FilePlace(Path("/dev/zero")), tmp_path)
    assert (state, note) == (Sent.SENT, "it did not say that it was done (waited 0.3 s)")


def test_a_pipe_gets_every_byte_and_cannot_answer(tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    os.mkfifo(device)
    with os.fdopen(os.open(device, os.O_RDONLY | os.O_NONBLOCK), "rb") as pipe:
        state, note = sent_to(FilePlace(device), tmp_path)
        assert (state, note) == (Sent.SENT, "it never answers")
        assert decode(pipe.read()) == [LABEL]


def test_a_device_with_nothing_behind_it_is_explained(tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    os.mkfifo(device)
    with pytest.raises(NotSent, match="lp0: nothing is connected behind it"):
        sent_to(FilePlace(device), tmp_path)


def test_a_missing_device_is_explained_and_not_created(tmp_path: Path) -> None:
    missing = tmp_path / "lp9"
    with pytest.raises(NotSent, match="lp9: there is no such device"):
        sent_to(FilePlace(missing), tmp_path)
    with pytest.raises(NotSent, match="lp9: there is no such device"):
        sent_to(SerialPlace(str(missing)), tmp_path)
    assert not missing.exists()


def test_a_system_without_device_files_names_what_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "O_NONBLOCK")
    with pytest.raises(NotSent, match=r"this system has no device files; .* serial:COM3 .* is right"):
        sent_to(FilePlace(Path("/dev/null")), tmp_path)


def test_a_folder_is_no_printer(tmp_path: Path) -> None:
    with pytest.raises(NotSent, match="it is a folder, not a device"):
        sent_to(FilePlace(tmp_path), tmp_path)


def test_a_file_is_no_printer_and_stays_as_it_was(tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    diary.write_bytes(b"mine")
    with pytest.raises(
        NotSent, match=r"it is a file, not a device; labels can be written to a file that ends with \.bin"
    ):
        sent_to(FilePlace(diary), tmp_path)
    assert diary.read_bytes() == b"mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_forbidden_device_names_the_group_that_may(tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    os.mkfifo(device, 0o400)
    with pytest.raises(NotSent, match="this user may not write to it; the group lp, or dialout"):
        sent_to(FilePlace(device), tmp_path)


def test_a_slow_serial_line_gets_the_time_its_speed_needs() -> None:
    size = 96_000
    slow = Clock(5.0, size, bytes_a_second(SerialPlace("COM1")))
    assert slow.ends_at - Clock(5.0).ends_at == pytest.approx(size / 960, abs=1)


@pytest.mark.parametrize(
    ("library", "place", "extra"), [("serial", SerialPlace("/dev/ttyS0"), "serial"), ("usb.core", USB, "usb")]
)
def test_a_missing_library_names_the_extra_to_install(
    library: str, place: Place, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(
        NotSent, match=rf"{place}: .* the extra {extra} brings it: .venv/bin/pip install '.\[{extra}\]'"
    ):
        sent_to(place, tmp_path)


def usb_error(number: int) -> OSError:
    error: OSError = usb.core.USBError(os.strerror(number), -1, number)
    return error


class UsbDevice:
    """What pyusb finds: a printer with a way out at 0x03, and one back at 0x81 when it answers."""

    def __init__(self, there: EmulatedPrinter | None = None, fault: OSError | None = None) -> None:
        self.there, self.fault, self.fault_at = there, fault, "write"
        self.said = bytearray()
        self.backend = SimpleNamespace(__module__=usb.backend.libusb1.__name__)
        self.interface_class = 7
        self.timeouts: list[int] = []

    def __iter__(self) -> Iterator[list[Any]]:
        out = SimpleNamespace(bEndpointAddress=0x03, bmAttributes=2)
        back = SimpleNamespace(bEndpointAddress=0x81, bmAttributes=2)
        interface = [out, back] if self.there is not None else [out]
        yield [Interface(interface, self.interface_class)]

    def is_kernel_driver_active(self, interface: int) -> bool:
        assert interface == 0
        self.fails("open")
        return False

    def set_configuration(self) -> None: ...

    def reset(self) -> None: ...

    def write(self, endpoint: int, chunk: bytes, timeout: int) -> int:
        assert endpoint == 0x03
        self.timeouts.append(timeout)
        self.fails("write")
        if self.there is not None:
            self.there.hears(chunk, self.said.extend)
        return len(chunk)

    def read(self, endpoint: int, size: int, timeout: int) -> bytes:
        assert endpoint == 0x81
        self.timeouts.append(timeout)
        if not self.said:
            raise usb.core.USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)
        said, self.said = bytes(self.said[:size]), self.said[size:]
        return said

    def fails(self, at: str) -> None:
        if self.fault is not None and self.fault_at == at:
            raise self.fault


class Interface(list[Any]):
    def __init__(self, endpoints: list[Any], kind: int) -> None:
        super().__init__(endpoints)
        self.bInterfaceClass = kind


@pytest.fixture
def plugged_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[UsbDevice | None], None]:
    def plug(device: UsbDevice | None) -> None:
        def find(**numbers: int) -> UsbDevice | None:
            assert numbers == {"idVendor": USB.vendor, "idProduct": USB.product}
            return device

        monkeypatch.setattr(usb.core, "find", find)
        monkeypatch.setattr(usb.util, "dispose_resources", lambda _: None)

    return plug


Plug = Callable[[UsbDevice | None], None]


def test_a_usb_printer_confirms_and_every_wait_has_an_end(
    there: EmulatedPrinter, plugged_in: Plug, tmp_path: Path
) -> None:
    device = UsbDevice(there)
    plugged_in(device)
    assert sent_to(USB, tmp_path, timeout=5.0) == Outcome(Sent.CONFIRMED)
    assert there.printed == [LABEL]
    # In milliseconds, where 0 would be for ever.
    assert all(1 <= timeout <= 5000 for timeout in device.timeouts)


def test_a_usb_printer_without_a_way_back_is_never_confirmed(plugged_in: Plug, tmp_path: Path) -> None:
    plugged_in(UsbDevice())
    state, note = sent_to(USB, tmp_path)
    assert (state, note) == (Sent.SENT, "it never answers")


def test_a_usb_printer_out_of_paper_is_sent_nothing(
    there: EmulatedPrinter, plugged_in: Plug, tmp_path: Path
) -> None:
    there.paper = "out"
    plugged_in(UsbDevice(there))
    with pytest.raises(NotSent, match=r"^usb:04b8:0e15: the paper is out"):
        sent_to(USB, tmp_path, timeout=5.0)


@pytest.mark.parametrize(
    ("fault", "at", "reason"),
    [
        (usb_error(errno.EACCES), "open", r'a udev rule .* SUBSYSTEM=="usb", ATTR\{idVendor\}=="04b8"'),
        (usb_error(errno.EACCES), "write", "a udev rule that holds"),
        (usb_error(errno.ETIMEDOUT), "write", r"it does not answer \(waited 0.3 s\)"),
        (usb_error(errno.ENODEV), "write", "nothing is connected behind it"),
        (usb_error(errno.EBUSY), "write", "another program is using it"),
    ],
)  # fmt: skip
def test_a_usb_printer_that_fails_is_explained(
    fault: OSError, at: str, reason: str, there: EmulatedPrinter, plugged_in: Plug, tmp_path: Path
) -> None:
    device = UsbDevice(there, fault)
    device.fault_at = at
    plugged_in(device)
    with pytest.raises(NotSent, match=f"^usb:04b8:0e15: .*{reason}"):
        sent_to(USB, tmp_path)


def test_a_usb_printer_that_stops_in_the_middle(
    there: EmulatedPrinter, plugged_in: Plug, tmp_path: Path
) -> None:
    class CoverOpens(UsbDevice):
        def write(self, endpoint: int, chunk: bytes, timeout: int) -> int:
            if b"\x1dv0" in chunk:
                self.fault = usb.core.USBTimeoutError("timed out", -7, errno.ETIMEDOUT)
            return super().write(endpoint, chunk, timeout)

    plugged_in(CoverOpens(there))
    with pytest.raises(BrokenOff, match=r"it takes no more data \(waited 0.3 s\); part of it may be printed"):
        sent_to(USB, tmp_path)


def test_a_usb_printer_that_is_not_there(plugged_in: Plug, tmp_path: Path) -> None:
    plugged_in(None)
    with pytest.raises(NotSent, match=r"^usb:04b8:0e15: no such printer is on USB; is it plugged in"):
        sent_to(USB, tmp_path)


def test_a_usb_device_that_is_no_printer(plugged_in: Plug, tmp_path: Path) -> None:
    device = UsbDevice()
    device.interface_class = 3
    plugged_in(device)
    with pytest.raises(NotSent, match=r"^usb:04b8:0e15: that USB device is no printer"):
        sent_to(USB, tmp_path)


def test_usb_without_libusb_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usb.backend.libusb1, "get_backend", lambda *_, **__: None)
    monkeypatch.setattr("usb.backend.libusb0.get_backend", lambda *_, **__: None)
    monkeypatch.setattr("usb.backend.openusb.get_backend", lambda *_, **__: None)
    with pytest.raises(NotSent, match=r"pyusb finds no libusb; install libusb-1.0"):
        sent_to(USB, tmp_path)
