"""The printers of a computer: what sysfs, CUPS and pyusb tell of them, and what keeps one from use."""

import errno
import grp
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import usb.core
from harness.fake_computer import EPSON, computer, install, plug_in, usb_printer

from rollertrack.labels.media import MEDIA
from rollertrack.labels.printers import discovery
from rollertrack.labels.printers.discovery import Computer, look, paper_for, roll_for
from rollertrack.labels.printers.lacking import lacking
from rollertrack.labels.printers.usb import plugged_in

LONG = 60.0
"""Seconds; the programs here end at once."""


def found(here: Computer) -> list[tuple[str, str, str]]:
    printers, notes = look(here, LONG)
    assert notes == []
    return [(each.title, str(each.place), each.trouble) for each in printers]


@pytest.mark.parametrize(
    ("identity", "product", "title"),
    [
        (EPSON, "TM-T20II", "EPSON TM-T20II"),
        ("MANUFACTURER:Star;COMMAND SET:Star;MODEL:Star TSP143;", "", "Star TSP143"),
        ("DES:Thermal printer;", "", "Thermal printer"),
        ("", "USB Printing Support", "USB Printing Support"),
        ("", "", "/dev/usb/lp0"),
        ("MFG:\x1b[2J;MDL:[red]x[/]\u202e;", "", "[2J [red]x[/]"),
        (f"MDL:{'x' * 500};", "", "x" * 60),
        (";;:;MFG", "  ", "/dev/usb/lp0"),
    ],
)
def test_a_device_file_is_named_as_sysfs_tells(
    tmp_path: Path, identity: str, product: str, title: str
) -> None:
    plug_in(tmp_path, "lp0", identity, product)
    assert found(computer(tmp_path)) == [(title, "file:/dev/usb/lp0", "")]


def test_device_files_stand_in_the_order_of_their_numbers_and_other_files_are_none(tmp_path: Path) -> None:
    for name in ("lp10", "lp2", "hiddev0", "lp", "lpx"):
        plug_in(tmp_path, name, product=name)
    assert [title for title, _, _ in found(computer(tmp_path))] == ["lp2", "lp10"]


def test_a_computer_without_anything_has_no_printer(tmp_path: Path) -> None:
    assert found(computer(tmp_path / "nowhere")) == []
    assert found(computer(tmp_path, queues=[])) == []


def test_a_device_that_may_not_be_written_names_its_group_and_stands_last(tmp_path: Path) -> None:
    plug_in(tmp_path, "lp0", EPSON)
    (queue, device) = found(computer(tmp_path, queues=["Office"], group="lp"))
    assert queue == ("Office", "cups:Office", "")
    assert device[2] == (
        "this user may not write to /dev/usb/lp0, its group lp may: "
        "sudo usermod -aG lp $USER, then log in anew"
    )
    assert "no group may" in found(computer(tmp_path, group=""))[0][2]


@pytest.mark.parametrize(("mode", "is_group_named"), [(0o660, True), (0o600, False)])
def test_the_group_is_that_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, is_group_named: bool
) -> None:
    device = plug_in(tmp_path)
    device.chmod(mode)
    monkeypatch.setattr(os, "access", lambda *_: False)  # nothing is forbidden to root
    name = grp.getgrgid(device.stat().st_gid).gr_name
    said = Computer(tmp_path).unwritable(Path("/dev/usb/lp0"))
    assert (f"its group {name} may" in said) is is_group_named
    assert ("no group may" in said) is not is_group_named


@pytest.mark.parametrize("path", ["/dev/usb/lp9", "/etc/passwd", "usb/lp0", "/dev/\0", "/"])
def test_what_is_no_device_here_is_not_spoken_of(tmp_path: Path, path: str) -> None:
    plug_in(tmp_path)
    assert computer(tmp_path, group="lp").unwritable(Path(path)) == ""


def test_a_device_that_is_written_is_in_order(tmp_path: Path) -> None:
    plug_in(tmp_path)
    assert Computer(tmp_path).unwritable(Path("/dev/usb/lp0")) == ""


@pytest.mark.parametrize(
    ("commands", "named"),
    [("PT-CBP", "PT-CBP"), ("PJL,PCLXL,PDF", "PJL, PCLXL, PDF"), ("ZPL", "ZPL"), ("PostScript", "PostScript"),
     ("ESCPL2,BDC", "ESCPL2"), ("ESC/POS", ""), ("ZPL,ESC/POS", ""), ("EPSON", ""), ("", "")],
)  # fmt: skip
def test_a_device_that_understands_no_escpos_says_so(tmp_path: Path, commands: str, named: str) -> None:
    plug_in(tmp_path, identity=f"MDL:X;CMD:{commands};")
    (_, _, trouble), *_ = found(computer(tmp_path))
    assert trouble.startswith(f"it understands {named}, and ESC/POS is sent there") is bool(named)
    assert bool(trouble) is bool(named)


def test_a_printer_is_listed_by_its_device_file_or_by_its_numbers_and_not_twice(tmp_path: Path) -> None:
    plug_in(tmp_path, "lp0", EPSON, numbers=("04b8", "0e15"))
    plug_in(tmp_path, "lp1", numbers=("what", ""))
    here = computer(tmp_path, usb_printer(0x04B8, 0x0E15, "TM"), usb_printer(0x0416, 0x5011, "POS58"))
    places = [place for _, place, _ in found(here)]
    assert places == ["file:/dev/usb/lp0", "file:/dev/usb/lp1", "usb:0416:5011"]


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def real(root: Path) -> Computer:
    """A computer whose programs are those on PATH."""
    return Computer(root, plugged_in=list)


def test_queues_are_those_that_lpstat_lists_in_plain_words(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "SOFTWARE", "LC_ALL"):
        monkeypatch.setenv(name, "de")
    install(
        programs,
        "lpstat",
        'assert sys.argv[1:] == ["-e"], sys.argv\n'
        'assert not {"LANGUAGE", "SOFTWARE"} & {*os.environ}\n'
        'assert os.environ["LC_ALL"] == "C"\n'
        'print("QL-820NWB\\n\\nnot a queue\\n--option\\nOffice_Laser")',
    )
    assert [place for _, place, _ in found(real(tmp_path))] == ["cups:QL-820NWB", "cups:Office_Laser"]


def test_without_cups_there_is_nothing_to_say(programs: Path, tmp_path: Path) -> None:
    assert not list(programs.iterdir())
    assert look(real(tmp_path), LONG) == ([], [])


def test_cups_that_does_not_answer_is_told_of_and_hides_no_device(programs: Path, tmp_path: Path) -> None:
    plug_in(tmp_path)
    install(programs, "lpstat", 'sys.exit("lpstat: Unable to connect to server")')
    printers, notes = look(real(tmp_path), LONG)
    assert [str(each.place) for each in printers] == ["file:/dev/usb/lp0"]
    assert notes == ["The queues of CUPS could not be listed: lpstat: Unable to connect to server."]


def test_cups_that_hangs_is_given_up(tmp_path: Path) -> None:
    def hang(*_: object) -> Any:
        raise TimeoutError

    assert look(Computer(tmp_path, hang, plugged_in=list), 3.0) == (
        [],
        ["The queues of CUPS could not be listed: no answer within 3 s."],
    )


class UsbDevice:
    """What pyusb lists: a device of one interface."""

    idVendor, idProduct = 0x0416, 0x5011  # noqa: N815 - pyusb's names

    def __init__(self, kind: int = 7, error: Exception | None = None) -> None:
        self._kind, self._error = kind, error

    def __iter__(self) -> Iterator[list[Any]]:
        if isinstance(self._error, PermissionError):
            raise self._error
        yield [SimpleNamespace(bInterfaceClass=self._kind)]

    @property
    def manufacturer(self) -> str | None:
        if self._error is not None:
            raise self._error
        return "Xprinter"

    @property
    def product(self) -> str | None:
        return None


@pytest.mark.parametrize(
    ("devices", "titles"),
    [
        ([UsbDevice()], ["Xprinter"]),
        ([UsbDevice(3), UsbDevice()], ["Xprinter"]),
        ([UsbDevice(error=ValueError("The device has no langid"))], ["USB printer 0416:5011"]),
        ([UsbDevice(error=usb.core.USBError("Access denied", -3, errno.EACCES))], ["USB printer 0416:5011"]),
        ([UsbDevice(error=PermissionError()), UsbDevice()], ["Xprinter"]),
        ([], []),
    ],
)
def test_usb_lists_printers_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, devices: list[UsbDevice], titles: list[str]
) -> None:
    monkeypatch.setattr(usb.core, "find", lambda **_: iter(devices))
    assert [each.title for each in plugged_in()] == titles
    assert {str(each.place) for each in plugged_in()} <= {"usb:0416:5011"}


def no_backend(**_: object) -> None:
    raise usb.core.NoBackendError


def test_without_pyusb_or_libusb_usb_lists_nothing_and_says_what_it_lacks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(usb.core, "find", no_backend)
    assert plugged_in() == []
    assert "install libusb-1.0" in lacking("usb:04b8:0202")
    monkeypatch.setitem(sys.modules, "usb.core", None)
    assert plugged_in() == []
    assert ".venv/bin/pip install '.[usb]'" in lacking("usb:")


def test_what_a_kind_of_place_lacks(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usb.core, "find", lambda **_: None)
    assert lacking("serial:/dev/ttyS0") == ""
    monkeypatch.setitem(sys.modules, "serial", None)
    assert ".venv/bin/pip install '.[serial]'" in lacking("serial:")
    assert "apt install cups-client" in lacking("cups:QUEUE")
    assert lacking("pipe:brother_ql print {file}") == "no program brother_ql is installed here"
    install(programs, "lp")
    install(programs, "brother_ql")
    there = ("usb:04b8:0202", "cups:QUEUE", "pipe:brother_ql print {file}")
    others = ("tcp://h", "file:/dev/usb/lp0", "pdf:/tmp", "pipe:", "pipe-pdf:'", "", "carrier pigeon")
    assert {place: lacking(place) for place in (*there, *others) if lacking(place)} == {}


@pytest.mark.parametrize(
    ("name", "paper"),
    [("QL-820NWB", "62x29"), ("Brother_QL_700", "62x29"), ("DYMO_LabelWriter_450", "57x32"),
     ("Zebra_ZD420", "50x25"), ("XP-420B", "50x25"), ("TSC_TE200", "50x25"), ("Office_Laser", "l7160"),
     ("Canon_TS3450", "l7160"),
     ("EPSON_TM-T88V", "80mm"), ("POS58", "58mm"), ("receipt", "58mm")],
)  # fmt: skip
def test_a_queue_is_given_a_paper_that_its_name_speaks_of(name: str, paper: str) -> None:
    assert paper_for(name) == paper
    assert paper in MEDIA


@pytest.mark.parametrize(
    ("name", "roll"),
    [("EPSON TM-T20II", "80mm"), ("EPSON TM-m30", "80mm"), ("EPSON TM-m10", "58mm"), ("POS-80", "80mm"),
     ("POS-5890", "58mm"),
     ("EPSON TM-P20", "58mm"), ("USB Printing Support", "58mm"), ("/dev/usb/lp0", "58mm")],
)  # fmt: skip
def test_a_device_is_given_a_roll(name: str, roll: str) -> None:
    assert roll_for(name) == roll


def test_the_real_computer_can_be_looked_at() -> None:
    printers, _ = look(discovery.HERE, LONG)
    assert all(each.title and each.media in MEDIA for each in printers)
