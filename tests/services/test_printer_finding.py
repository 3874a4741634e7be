"""What is found is ready to be kept; what a place lacks is said before and after it is."""

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.fake_computer import BROTHER, EPSON, computer, plug_in
from harness.stations import station_at

from rollertrack.services.labels.discovery import find_printers, hindrance
from rollertrack.services.labels.printer_settings import Printing
from rollertrack.services.labels.printers import list_printers, save_printer
from rollertrack.services.station import Station


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    plug_in(tmp_path, "lp0", EPSON)
    here = computer(tmp_path, queues=["QL-820NWB", "Caf\u00e9_\u672d", "\u672d"])
    with station_at(tmp_path / "a.db") as station:
        yield station.changed(printing=Printing(tmp_path / "cache", computer=here))


def test_each_is_named_by_a_word_and_its_command_keeps_it(station: Station) -> None:
    found = find_printers(station).printers
    assert [(each.name, each.place, each.media) for each in found] == [
        ("epson-tm-t20ii", "file:/dev/usb/lp0", "80mm"),
        ("ql-820nwb", "cups:QL-820NWB", "62x29"),
        ("caf", "cups:Caf\u00e9_\u672d", "l7160"),
        ("printer", "cups:\u672d", "l7160"),
    ]
    for each in found:
        words = shlex.split(each.command)
        assert words[:4] == ["rollertrack", "printer", "add", each.name]
        facts = dict(zip([word.removeprefix("--") for word in words[4::2]], words[5::2], strict=True))
        assert facts == each.facts
        save_printer(station, each.name, facts)
    kept = {row.name: (row.place, row.paper, row.fault) for row in list_printers(station)}
    assert kept == {each.name: (each.place, each.media, "") for each in found}


def test_one_that_is_kept_is_known_again_and_its_name_is_not_taken_twice(station: Station) -> None:
    save_printer(station, "desk", {"place": "cups:QL-820NWB?media=62x29mm", "media": "62x29"})
    save_printer(station, "epson-tm-t20ii", {"place": "tcp://192.0.2.7"})
    save_printer(station, "epson-tm-t20ii-2", {"place": "tcp://192.0.2.8"})
    found = {each.place: each for each in find_printers(station).printers}
    assert (found["cups:QL-820NWB"].name, found["cups:QL-820NWB"].kept_as) == ("desk", "desk")
    device = found["file:/dev/usb/lp0"]
    assert (device.name, device.kept_as) == ("epson-tm-t20ii-3", "")


def test_two_alike_get_two_names(tmp_path: Path, station: Station) -> None:
    plug_in(tmp_path, "lp1", EPSON)
    plug_in(tmp_path, "lp2", identity=f"MDL:{'x' * 80};")
    names = [each.name for each in find_printers(station).printers]
    assert names[:2] == ["epson-tm-t20ii", "epson-tm-t20ii-2"]
    assert all(len(name) <= 40 for name in names)


def test_a_printer_that_lacks_its_library_is_kept_with_a_warning(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "serial", None)
    done = save_printer(station, "line", {"place": "serial:/dev/ttyS0"})
    (warning,) = done.warnings
    assert warning == (
        "A serial printer needs the library pyserial; the extra serial brings it: "
        ".venv/bin/pip install '.[serial]'."
    )
    assert [row.name for row in list_printers(station)] == ["line"]
    assert save_printer(station, "net", {"place": "tcp://192.0.2.7"}).warnings == ()


def test_a_hindrance_is_of_the_device_or_of_the_kind(
    tmp_path: Path, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "serial", None)
    assert "pyserial" in hindrance(station, "serial:")
    assert hindrance(station, "file:/dev/usb/lp0") == ""
    station.printing.computer = computer(tmp_path, group="lp")
    assert "its group lp may" in hindrance(station, "file:/dev/usb/lp0")
    assert hindrance(station, "file:") == ""
    assert hindrance(station, "file:/dev/usb/\0") == ""
    plug_in(tmp_path, "lp1", BROTHER)
    station.printing.computer = computer(tmp_path)
    assert "it understands PT-CBP" in hindrance(station, "file:/dev/usb/lp1")
    assert hindrance(station, "file:/dev/lp1") == ""
