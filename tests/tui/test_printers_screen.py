from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.house_app import House, press, settle, text
from harness.label_printers import EmulatedPrinter
from harness.printing_app import calm, print_house, said, tap
from textual.pilot import Pilot
from textual.widgets import Input

from rollertrack.services.labels.printers import list_printers
from rollertrack.tui.dialogs import ConfirmDialog
from rollertrack.tui.forms.fields import DropDown, Field
from rollertrack.tui.forms.printers import PrinterForm
from rollertrack.tui.screens.labels import LabelsScreen
from rollertrack.tui.screens.printers import PrintersScreen

SIZE = (120, 40)


@pytest.fixture
def printer() -> Iterator[EmulatedPrinter]:
    with EmulatedPrinter() as printer:
        yield printer


@pytest.fixture
def house(tmp_path: Path, printer: EmulatedPrinter) -> House:
    return print_house(tmp_path, {"desk": str(printer.place), "gone": "file:/dev/none"})


def kept(house: House) -> dict[str, str]:
    return {row.name: row.place for row in list_printers(house.station)}


async def opened(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await tap(pilot, "f7", "ctrl+o")
    assert isinstance(pilot.app.screen, PrintersScreen)


async def fill(pilot: Pilot[None], **answers: str) -> None:
    for key, answer in answers.items():
        control = pilot.app.screen.query_one(f"#field-{key}").query("Input, DropDown").first()
        assert isinstance(control, Input | DropDown)
        control.value = answer
        await calm(pilot)


async def test_a_printer_is_added_by_the_kind_and_the_end_of_its_place(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await tap(pilot, "a")
        assert isinstance(pilot.app.screen, PrinterForm)
        await fill(pilot, name="office", kind="cups:")
        place = pilot.app.screen.query_one("#field-place Input", Input)
        assert place.placeholder.startswith("cups:QUEUE")
        await fill(pilot, place="laser", media="62x29", dpi="300")
        assert "Keeps the printer office at cups:laser" in text(pilot)
        await tap(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, PrintersScreen)
        assert "office" in text(pilot)
    row = next(row for row in list_printers(house.station) if row.name == "office")
    assert (row.place, row.paper, row.facts["dpi"]) == ("cups:laser", "62x29", "300")


@pytest.mark.parametrize(
    ("answers", "key", "sentence"),
    [
        ({"name": "a:b", "place": "tcp://127.0.0.1:9100"}, "name", "no colon"),
        ({"name": "", "place": "tcp://127.0.0.1:9100"}, "name", "empty"),
        ({"name": "x", "place": "tcp://"}, "place", "HOST:PORT"),
        ({"name": "x", "place": "tcp://127.0.0.1:9100", "dpi": "many"}, "dpi", "whole number"),
    ],
)
async def test_what_reads_wrong_is_said_under_its_field_and_nothing_is_kept(
    house: House, answers: dict[str, str], key: str, sentence: str
) -> None:
    before = kept(house)
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await tap(pilot, "a")
        await fill(pilot, **answers)
        await tap(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, PrinterForm)
        assert sentence in pilot.app.screen.query_one(f"#field-{key}", Field).sentence
    assert kept(house) == before


async def test_a_printer_is_mended_and_keeps_what_was_not_asked(house: House) -> None:
    house.printing.book.keep("desk", {"place": kept(house)["desk"], "module": 5})
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await press(pilot, "end")
        await tap(pilot, "enter")
        name = "desk" if "desk" in text(pilot).split("Mend a printer")[1].splitlines()[0] else "gone"
        await fill(pilot, place="tcp://127.0.0.1:9101", offset_x="1,5", status="off")
        await tap(pilot, "ctrl+s")
    row = next(row for row in list_printers(house.station) if row.name == name)
    assert (row.place, row.facts["offset_x"]) == ("tcp://127.0.0.1:9101", "1.5")
    assert row.facts["status"] == "off"
    assert [row.facts.get("module") for row in list_printers(house.station) if row.name == "desk"] == ["5"]


async def test_a_printer_is_removed_after_asking_once(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await tap(pilot, "end", "x")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        await tap(pilot, "escape")
        assert set(kept(house)) == {"desk", "gone"}
        await tap(pilot, "x")
        await tap(pilot, "tab", "enter")
        assert set(kept(house)) == {"desk"}


async def test_a_test_print_says_what_became_of_it(house: House, printer: EmulatedPrinter) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await tap(pilot, "y")
        assert "desk confirms the test label." in said(pilot, "answer")
        printer.paper = "out"
        await tap(pilot, "y")
        assert "paper" in said(pilot, "answer")
        await tap(pilot, "down", "y")
        assert "no such device" in said(pilot, "answer")
        await tap(pilot, "up")
        assert "paper" in said(pilot, "answer")
    assert len(printer.printed) == 1


async def test_a_printer_says_printer_status(house: House, printer: EmulatedPrinter) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await tap(pilot, "i")
        ready = said(pilot, "answer")
        assert "✗" not in ready
        printer.cover_open = True
        await tap(pilot, "i")
        assert "cover" in said(pilot, "answer")
    assert printer.printed == []


async def test_without_a_printer_it_says_how_to_add_one_and_the_labels_go_to_a_file(tmp_path: Path) -> None:
    house = print_house(tmp_path, {})
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await tap(pilot, "f7")
        pilot.app.push_screen(PrintersScreen())
        await calm(pilot)
        assert "No printer is set yet" in text(pilot)
        await tap(pilot, "y", "i", "x", "enter")
        assert isinstance(pilot.app.screen, PrintersScreen)
        await tap(pilot, "a")
        await fill(pilot, name="desk", place="tcp://127.0.0.1:9100")
        await tap(pilot, "ctrl+s", "escape")
        assert isinstance(pilot.app.screen, LabelsScreen)
        assert pilot.app.screen.query_one(DropDown).value == "desk"


async def test_a_printer_set_wrongly_says_so_and_can_be_mended(house: House) -> None:
    house.printing.book.keep("odd", {"place": "carrier pigeon"})
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        pilot.app.push_screen(PrintersScreen())
        await calm(pilot)
        await tap(pilot, "end")
        assert "✗" in said(pilot, "answer")
        await tap(pilot, "enter")
        await fill(pilot, place="tcp://127.0.0.1:9100")
        await tap(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, PrintersScreen)
    assert kept(house)["odd"] == "tcp://127.0.0.1:9100"


async def test_the_keys_of_a_narrow_screen_say_that_enter_mends(house: House) -> None:
    async with house.app().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        keys = text(pilot).splitlines()[-1]
        assert "enter edit" in keys
        assert "? help" in keys
        await tap(pilot, "question_mark")
        assert "enter   Mend the chosen one" in text(pilot)
