"""`printer find`: a line a printer, with the call that keeps it."""

import shlex
import sys
from pathlib import Path

import pytest
from harness.command_calls import World
from harness.fake_computer import BROTHER, EPSON, computer, install, plug_in, usb_printer

from rollertrack.labels.printers import discovery
from rollertrack.labels.printers.discovery import Computer


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The root of the computer that is looked at."""
    monkeypatch.setattr(discovery, "HERE", computer(tmp_path / "root", usb_printer(0x0416, 0x5011, "POS58")))
    return tmp_path / "root"


def test_each_line_holds_the_command_that_keeps_the_printer(world: World, here: Path) -> None:
    plug_in(here, "lp0", EPSON)
    answer = world.done("printer", "find")
    assert answer.out.splitlines() == [
        "EPSON TM-T20II  rollertrack printer add epson-tm-t20ii --place file:/dev/usb/lp0 --media 80mm",
        "POS58           rollertrack printer add pos58 --place usb:0416:5011 --media 58mm",
    ]
    assert answer.err == ""
    first = shlex.split(answer.out.splitlines()[0].partition("rollertrack ")[2])
    assert world.done(*first).out == "Kept the printer epson-tm-t20ii: file:/dev/usb/lp0.\n"
    assert world.done("printer", "find").out.splitlines()[0] == "EPSON TM-T20II  set as epson-tm-t20ii"


def test_what_keeps_one_from_use_is_a_note_and_stands_in_the_document(world: World, here: Path) -> None:
    plug_in(here, "lp0", BROTHER)
    answer = world.done("printer", "find")
    assert answer.err.startswith("Note: Brother QL-820NWB: it understands PT-CBP, and ESC/POS is sent there")
    document = world.done("printer", "find", "--json").document
    assert [(each["title"], each["kept_as"], bool(each["trouble"])) for each in document["found"]] == [
        ("POS58", "", False),
        ("Brother QL-820NWB", "", True),
    ]
    assert document["found"][0] | {"title": ""} == {
        "title": "", "name": "pos58", "place": "usb:0416:5011", "media": "58mm", "kept_as": "", "trouble": "",
        "command": "rollertrack printer add pos58 --place usb:0416:5011 --media 58mm",
    }  # fmt: skip


def test_nothing_found_is_one_sentence_with_what_to_do(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovery, "HERE", computer(tmp_path / "root"))
    answer = world.done("printer", "find")
    (line,) = answer.out.splitlines()
    assert line.startswith("No printer was found on this computer: plug one in and switch it on")
    assert world.done("printer", "find", "--json").document == {"found": [], "notes": []}


def test_queues_come_from_lpstat_and_one_that_fails_is_told_of(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovery, "HERE", Computer(tmp_path / "root", plugged_in=list))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    install(tmp_path / "bin", "lpstat", 'print("Office_Laser")')
    assert "--place cups:Office_Laser --media l7160" in world.done("printer", "find").out
    install(tmp_path / "bin", "lpstat", 'sys.exit("lpstat: Unable to connect")')
    answer = world.done("printer", "find")
    assert answer.err == "Note: The queues of CUPS could not be listed: lpstat: Unable to connect.\n"
    notes = world.done("printer", "find", "--json").document["notes"]
    assert notes == [answer.err.removeprefix("Note: ").strip()]


def test_broken_settings_are_one_sentence(world: World, here: Path) -> None:
    assert not here.exists()
    world.settings("printers = 3")
    answer = world.call("printer", "find")
    assert (answer.status, answer.out, len(answer.err.splitlines())) == (2, "", 1)


def test_a_printer_that_lacks_its_library_is_added_with_a_note(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "usb.core", None)
    answer = world.done("printer", "add", "bench", "--place", "usb:0416:5011")
    assert answer.out == "Kept the printer bench: usb:0416:5011.\n"
    assert answer.err == (
        "Note: A USB printer needs the library pyusb; the extra usb brings it: "
        ".venv/bin/pip install '.[usb]'.\n"
    )
