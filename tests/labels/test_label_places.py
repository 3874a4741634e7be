"""Places and printers as the settings name them."""

import shlex
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollertrack.errors import BadInput
from rollertrack.labels.places import (
    SCHEMES,
    CupsPlace,
    FilePlace,
    FolderPlace,
    Form,
    Language,
    NetworkPlace,
    PipePlace,
    Place,
    SerialPlace,
    UsbPlace,
    parse_place,
)
from rollertrack.labels.printer import Printer
from rollertrack.labels.printers.parsing import parse_printer, printer_value
from rollertrack.tui.forms.printers import KINDS


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("tcp://printer", NetworkPlace("printer", 9100)),
        ("tcp://192.168.1.9:9101", NetworkPlace("192.168.1.9", 9101)),
        (" TCP://label_1.clinic.example/ ", NetworkPlace("label_1.clinic.example", 9100)),
        ("tcp://[fe80::1%eth0]:9100", NetworkPlace("fe80::1%eth0")),
        ("zpl://zebra", NetworkPlace("zebra", 9100, Language.ZPL)),
        ("tspl://[::1]:6101", NetworkPlace("::1", 6101, Language.TSPL)),
        ("usb:04B8:0e15", UsbPlace(0x04B8, 0x0E15)),
        ("serial:/dev/ttyUSB0", SerialPlace("/dev/ttyUSB0")),
        ("serial:COM3?baud=115200", SerialPlace("COM3", 115200)),
        ("file:/dev/usb/lp0", FilePlace(Path("/dev/usb/lp0"))),
        ("file:///dev/usb/lp0", FilePlace(Path("/dev/usb/lp0"))),
        ("cups:Dymo_450", CupsPlace("Dymo_450")),
        ("cups:Dymo_450?", CupsPlace("Dymo_450")),
        ("cups:Office?fit-to-page&media=A4", CupsPlace("Office", ("fit-to-page", "media=A4"))),
        ("pipe:lp -d 'front desk' {file}", PipePlace("lp -d 'front desk' {file}")),
        ("pipe-pdf:lpr", PipePlace("lpr", Form.PDF)),
        ("pdf:/home/me/labels", FolderPlace(Path("/home/me/labels"), Form.PDF)),
        ("png:/srv/hot folder", FolderPlace(Path("/srv/hot folder"), Form.PNG)),
    ],
)  # fmt: skip
def test_places_are_read_and_told_again(text: str, place: Place) -> None:
    assert parse_place(text) == place
    assert parse_place(str(place)) == place


@pytest.mark.parametrize(
    "text",
    [
        "",
        "printer",
        "lpt://printer",
        "tcp:",
        "tcp://",
        "tcp://:9100",
        "tcp://printer:0",
        "tcp://printer:65536",
        "tcp://printer:x",
        "tcp://printer/queue",
        "tcp://user@printer",
        "tcp://a b",
        "tcp://::1:9100",
        "tcp://[nonsense]",
        "tcp://[",
        "tcp://prin\x1bter",
        "zpl:printer",
        "usb:",
        "usb:4b8:202",
        "usb:04b8:0202:1",
        "serial:",
        "serial:ttyUSB0",
        "serial:/dev/",
        "serial:/dev/ttyUSB0?baud=9601",
        "serial:/dev/ttyUSB0?parity=even",
        "file:",
        "file:/",
        "file:lp0",
        "file://host/dev/usb/lp0",
        "cups:",
        "cups:two words",
        "cups:-o",
        "cups:queue?a=b c",
        "cups:queue?-o",
        "pipe:",
        "pipe:lp 'half",
        "pipe:{file}",
        "pdf:labels",
        "png:/",
    ],
)
def test_what_names_no_printer_is_refused_with_what_would_be_right(text: str) -> None:
    with pytest.raises(BadInput, match=r"^printer: .* (is right|are right)(, .*)?$"):
        parse_place(text)


def test_a_kind_of_place_with_a_letter_wrong_is_guessed() -> None:
    with pytest.raises(BadInput, match=r"names no printer; did you mean cups\?"):
        parse_place("cupps:Dymo")


@given(st.text(max_size=40))
def test_any_text_is_a_place_that_reads_back_or_a_sentence(text: str) -> None:
    for scheme in ("tcp://", "usb:", "serial:", "file:", "cups:", "pipe:", "pdf:", ""):
        try:
            place = parse_place(scheme + text)
        except BadInput as error:
            assert error.field == "printer"
        else:
            assert parse_place(str(place)) == place


def test_a_printer_is_a_place_or_a_table() -> None:
    bench = NetworkPlace("10.0.0.9")
    assert parse_printer("bench", "tcp://10.0.0.9") == Printer("bench", bench)
    told = {
        "place": "tcp://10.0.0.9", "media": "62x29", "dpi": 300, "module": 5,
        "offset_x": 1.5, "offset_y": -2, "scale": 99.5, "status": "off",
    }  # fmt: skip
    printer = Printer("bench", bench, "62x29", 300, 5, 1.5, -2.0, 99.5, "off")
    assert parse_printer("bench", told) == printer
    assert parse_printer("bench", {key: str(value) for key, value in told.items()}) == printer


@pytest.mark.parametrize(
    "printer",
    [
        Printer("bench", NetworkPlace("10.0.0.9")),
        Printer("b", FilePlace(Path("/dev/lp0")), dpi=300, offset_y=-0.5),
        Printer("b", NetworkPlace("10.0.0.9"), status="off"),
    ],
)
def test_a_printer_reads_back_from_what_is_written(printer: Printer) -> None:
    assert parse_printer(printer.name, printer_value(printer)) == printer


def test_a_plain_printer_is_written_as_its_place_alone() -> None:
    assert printer_value(Printer("bench", NetworkPlace("10.0.0.9"))) == "tcp://10.0.0.9:9100"


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (7, "should be a place in quotes, or a table that holds one"),
        ({}, 'has no place; place = "tcp://HOST:PORT" is right'),
        ({"place": 1}, "the place must be text in quotes"),
        ({"place": "usb:1"}, "'usb:1' should name maker and model as lsusb does; usb:04b8:0202 is right"),
        ({"place": "tcp://a", "ofset_x": 1}, "the key “ofset_x” is not known; did you mean offset_x?"),
        ({"place": "tcp://a", "media": 58}, 'media must be text in quotes, such as "58mm"'),
    ],
)
def test_a_wrong_printer_is_named_with_what_would_be_right(value: object, sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_printer("bench", value)
    assert (caught.value.field, caught.value.reason) == ("printer", f"“bench”: {sentence}")


@pytest.mark.parametrize(
    ("key", "value", "right"),
    [
        ("dpi", 50, "a whole number from 100 to 2400 is right, such as 203"),
        ("dpi", 203.5, "a whole number from 100 to 2400 is right, such as 203"),
        ("dpi", True, "a whole number from 100 to 2400 is right, such as 203"),
        ("module", "x", "a whole number from 1 to 40 is right, such as 5 dots"),
        ("offset_x", float("nan"), "a number from -50 to 50 is right, such as 1.5 mm"),
        ("offset_y", -51, "a number from -50 to 50 is right, such as 1.5 mm"),
        ("scale", float("inf"), "a number from 80 to 120 is right, such as 100 percent"),
    ],
)
def test_a_wrong_number_is_named_with_its_printer_and_key(key: str, value: object, right: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_printer("bench", {"place": "tcp://a", key: value})
    assert caught.value.reason == f"“bench”: {key} “{value}” is wrong; {right}"


@pytest.mark.parametrize("status", ["", "no", "offf", False, 0])
def test_a_status_is_on_or_off(status: object) -> None:
    with pytest.raises(BadInput, match=r'“bench”: status “.*” is wrong; status = "off" is right'):
        parse_printer("bench", {"place": "tcp://a", "status": status})
    assert parse_printer("bench", {"place": "tcp://a", "status": "ON"}) == parse_printer("bench", "tcp://a")
    assert not parse_printer("bench", {"place": "tcp://a", "status": " Off "}).is_asked


def test_a_name_that_reads_like_a_place_is_refused() -> None:
    with pytest.raises(BadInput, match="a name without a colon is right"):
        parse_printer("tcp:bench", "tcp://10.0.0.9")


@pytest.mark.parametrize(
    "command", ["lp -d q {file}", "'/opt/my printer/go' \"{file}\" a\\ b", "print#it --colour=#fff", "a '' b"]
)
def test_a_command_is_split_as_a_shell_would(command: str) -> None:
    assert PipePlace(command).words == shlex.split(command)


def test_the_backslashes_of_a_windows_path_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    command = r'"C:\Program Files\print.exe" -q C:\labels\{file} '
    monkeypatch.setattr("rollertrack.labels.places.os", SimpleNamespace(name="nt"))
    assert PipePlace(command).words == [r"C:\Program Files\print.exe", "-q", r"C:\labels\{file}"]


def test_the_form_of_a_printer_offers_every_kind_of_place() -> None:
    assert {kind.partition(":")[0] for kind in KINDS} == set(SCHEMES)
