"""A computer to look for printers on: device files and what sysfs says of them, below a folder."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from rollertrack.labels.places import UsbPlace
from rollertrack.labels.printer import NotSent
from rollertrack.labels.printers.discovery import Access, Computer
from rollertrack.labels.printers.file_printers import Ended
from rollertrack.labels.printers.usb import UsbPrinter

EPSON = "MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;CLS:PRINTER;DES:EPSON TM-T20II;"
BROTHER = "MFG:Brother;CMD:PT-CBP;MDL:QL-820NWB;CLS:PRINTER;"


def plug_in(
    root: Path,
    name: str = "lp0",
    identity: str = "",
    product: str = "",
    numbers: tuple[str, str] | None = None,
) -> Path:
    """A printer with its driver: a device file, and in sysfs an interface inside its device."""
    device = root / "dev" / "usb" / name
    interface = root / "sys" / "devices" / name / "1:1.0"
    about = root / "sys" / "class" / "usbmisc" / name
    for folder in (device.parent, interface, about):
        folder.mkdir(parents=True, exist_ok=True)
    device.touch()
    (about / "device").symlink_to(interface)
    facts = {interface / "ieee1284_id": identity, interface.parent / "product": product}
    if numbers is not None:
        facts |= {interface.parent / "idVendor": numbers[0], interface.parent / "idProduct": numbers[1]}
    for path, said in facts.items():
        if said:
            path.write_text(f"{said}\n", "utf-8")
    return device


def no_cups(words: Sequence[str], timeout: float) -> Ended:  # noqa: ARG001
    """A computer without CUPS."""
    raise NotSent("no program lpstat is installed here")


def cups(*queues: str) -> Callable[[Sequence[str], float], Ended]:
    """CUPS with these queues."""

    def run(words: Sequence[str], timeout: float) -> Ended:  # noqa: ARG001
        assert words == ["lpstat", "-e"]
        return Ended(0, "".join(f"{queue}\n" for queue in queues), "")

    return run


def usb_printer(vendor: int, product: int, title: str) -> UsbPrinter:
    return UsbPrinter(UsbPlace(vendor, product), title)


def computer(
    root: Path, *plugged: UsbPrinter, queues: Sequence[str] | None = None, group: str | None = None
) -> Computer:
    """The computer below a folder; `group` alone may write to its devices, where it is named."""
    access = Access(may_write=True) if group is None else Access(may_write=False, group=group)

    def looked(path: Path) -> Access:
        path.stat()
        return access

    run = no_cups if queues is None else cups(*queues)
    return Computer(root, run, looked, lambda: plugged)


def install(folder: Path, name: str, script: str = "") -> Path:
    """A program of that name in a folder."""
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(f"#!{sys.executable}\nimport os, sys\n{script}\n")
    program.chmod(0o755)
    return program
