"""`doctor printer` and `doctor scanner` without a terminal: strips to files and printers, piped scans."""

import os
from pathlib import Path

import pytest
import zxingcpp
from harness.command_calls import Answer, World
from harness.label_printers import EmulatedPrinter
from PIL import Image

from rollertrack.domain.code import TEST_CODE, TEST_PAYLOAD
from rollertrack.labels.raster import to_image
from rollertrack.settings import read_settings


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def settings_file(world: World) -> Path:
    return world.folder / "config" / "rollertrack" / "settings.toml"


def refused(answer: Answer, *told: str) -> None:
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.count("\n") == 1
    for each in told:
        assert each in answer.err


def test_a_strip_to_a_file_needs_no_printer_and_no_database(world: World) -> None:
    picture = world.folder / "strip.png"
    answer = world.run("doctor", "printer", "--to", str(picture), "--media", "80mm")
    assert (answer.status, answer.err) == (0, "")
    assert "codes of 2, 3, 4, 5, 6, 8 dots a module" in answer.out
    texts = [found.text for found in zxingcpp.read_barcodes(Image.open(picture).convert("L"))]
    assert len(texts) == 6
    assert {text[1:] for text in texts} == {TEST_CODE}
    assert not world.database.exists()


def test_a_strip_as_one_document(world: World) -> None:
    with EmulatedPrinter() as there:
        world.settings(f'[printers]\ndesk = "{there.place}"\n')
        answer = world.run("doctor", "printer", "--json")
        assert answer.document["printer"] == "desk"
        assert answer.document["modules"] == [2, 3, 4, 5, 6, 8]
        assert len(there.printed) == 1
    assert answer.document["message"].endswith("confirmed.")


def test_a_printer_that_fails_changes_nothing(world: World) -> None:
    with EmulatedPrinter(paper="out") as there:
        world.settings(f'[printers]\ndesk = "{there.place}"\n')
        before = settings_file(world).read_bytes()
        answer = world.run("doctor", "printer")
    assert (answer.status, answer.out) == (3, "")
    assert "the paper is out" in answer.err
    assert settings_file(world).read_bytes() == before


def test_a_module_is_kept_without_a_print(world: World) -> None:
    world.settings(
        '# mine\n[printers]\ndesk = {place = "tcp://127.0.0.1:9", module = 6}  # left of the sink\n'
    )
    answer = world.run("doctor", "printer", "desk", "--module", "4")
    assert answer.out == (
        "desk: no code is printed with less than 4 dots (0.50 mm) a module from now on; it was 6.\n"
    )
    text = settings_file(world).read_text("utf-8")
    assert "# mine" in text
    printer = read_settings(settings_file(world), {}).printers["desk"]
    assert isinstance(printer, dict)
    assert printer == {"place": "tcp://127.0.0.1:9", "module": 4}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["desk", "--module", "1"], "module: 1 is out of range; 2 to 20"),
        (["desk", "--module", "21"], "module: 21 is out of range"),
        (["desk", "--module", "four"], "module: “four” is not a whole number"),
        (["dask", "--module", "4"], "did you mean desk?"),
        (["tcp://127.0.0.1:9", "--module", "4"], "has no name in the settings"),
        (["desk", "--media", "papyrus"], "media: “papyrus” is not known"),
        (["--media", "L4731", "--to", "{strip}"], "media: l4731 is too small for a test strip"),
        (["--to", "strip.doc"], "to: 'strip.doc' has no known ending"),
    ],
)
def test_bad_input_is_one_sentence_and_keeps_nothing(words: list[str], told: str, world: World) -> None:
    world.settings('[printers]\ndesk = "tcp://127.0.0.1:9"\n')
    before = settings_file(world).read_bytes()
    world.names["strip"] = str(world.folder / "strip.png")
    refused(world.run("doctor", "printer", *words), told)
    assert settings_file(world).read_bytes() == before
    assert not (world.folder / "strip.png").exists()


def test_a_scan_from_a_pipe_has_no_times(world: World) -> None:
    answer = world.run("doctor", "scanner", piped=TEST_PAYLOAD + "\n")
    assert (answer.status, answer.err) == (0, "")
    assert "not measured" in answer.out
    assert "✓ verdict" in answer.out


def test_a_piped_scan_as_one_document(world: World) -> None:
    document = world.run("doctor", "scanner", "--json", piped="]Q1" + TEST_PAYLOAD.swapcase() + "\t").document
    assert document["understood"] is True
    assert document["milliseconds"] is None
    assert (document["before"], document["case"], document["ends_with"]) == ("]Q1", "caps lock", "Tab")
    assert document["scanner_layout"] == "English"
    assert document["computer_layouts"] == ["English"]


@pytest.mark.parametrize("scan", ["", "\n", "hello\n", "RKDTLBNEB\n", "\x00\x1b[31m\n"])
def test_something_else_in_the_pipe_is_bad_input(scan: str, world: World) -> None:
    refused(world.run("doctor", "scanner", piped=scan), "scan: ")


def test_bytes_that_are_no_text(world: World) -> None:
    answer = world.run("doctor", "scanner", piped=os.fsdecode(b"\xff\xfe"))
    refused(answer, "scan: ")


def test_the_test_code_goes_to_a_file_or_a_printer(world: World) -> None:
    picture = world.folder / "code.png"
    answer = world.run("doctor", "scanner", "--to", str(picture), piped="")
    assert (answer.status, answer.out) == (0, f"Wrote the test code to {picture}.\n")
    assert [found.text for found in zxingcpp.read_barcodes(Image.open(picture).convert("L"))] == [
        TEST_PAYLOAD
    ]
    with EmulatedPrinter() as there:
        assert world.run("doctor", "scanner", "--printer", str(there.place), piped="").status == 0
        (printed,) = there.printed
    assert [found.text for found in zxingcpp.read_barcodes(to_image(printed).convert("L"))] == [TEST_PAYLOAD]
    refused(world.run("doctor", "scanner", "--to", "a.png", "--printer", "x", piped=""), "to: give either")


def test_the_group_lists_its_commands(world: World) -> None:
    told = world.run("doctor", "--help").out
    for name in ("all", "printer", "scanner"):
        assert f"\n  {name} " in told
    refused(world.run("doctor", "scaner"), "did you mean scanner?")
