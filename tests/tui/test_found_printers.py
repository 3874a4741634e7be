"""From wherever a printer is wanted, one key leads to those of this computer, and back with one set."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from harness.fake_computer import BROTHER, EPSON, computer, cups, plug_in, usb_printer
from harness.house_app import House, press, settle, text
from harness.printing_app import calm, print_house, tap
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from rollertrack.labels.printers.discovery import Computer
from rollertrack.labels.printers.file_printers import Ended
from rollertrack.services import lists
from rollertrack.services.labels.printers import list_printers
from rollertrack.tui.forms.fields import DropDown, Field
from rollertrack.tui.forms.found_printers import FoundPrinters
from rollertrack.tui.forms.label_form import LabelForm
from rollertrack.tui.forms.printers import PrinterForm
from rollertrack.tui.screens.labels import LabelsScreen
from rollertrack.tui.screens.printers import PrintersScreen

SIZE = (80, 24)
HOSTILE = "[red]x[/] [@click=app.quit]y[/]"


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A computer with an EPSON behind its driver, and a queue of CUPS; no printer is set."""
    house = print_house(tmp_path, {})
    plug_in(tmp_path, "lp0", EPSON)
    house.printing.computer = computer(tmp_path, queues=["QL-820NWB"])
    return house


def flat(pilot: Pilot[None]) -> str:
    """The words on the screen, whatever their lines."""
    return " ".join(text(pilot).replace("│", "").split())


def kept(house: House) -> dict[str, tuple[str, str]]:
    return {row.name: (row.place, row.paper) for row in list_printers(house.station)}


def rows(pilot: Pilot[None]) -> list[str]:
    """The lines of the list of printers found."""
    assert isinstance(pilot.app.screen, FoundPrinters), pilot.app.screen
    options = pilot.app.screen.query_one(OptionList).options
    return [" ".join(str(option.prompt).split()) for option in options]


def value(pilot: Pilot[None], key: str) -> str:
    control = pilot.app.screen.query_one(f"#field-{key}").query("Input, DropDown").first()
    assert isinstance(control, Input | DropDown)
    return str(control.value)


def sentence(pilot: Pilot[None], key: str) -> str:
    return pilot.app.screen.query_one(f"#field-{key}", Field).sentence


async def set_value(pilot: Pilot[None], key: str, answer: str) -> None:
    control = pilot.app.screen.query_one(f"#field-{key}").query("Input, DropDown").first()
    assert isinstance(control, Input | DropDown)
    control.value = answer
    await calm(pilot)


async def label_form(pilot: Pilot[None], house: House) -> None:
    """The first dialog of printing, as a label is to be printed."""
    await settle(pilot)
    app = pilot.app
    code = lists.rows_for_list(house.station)[0].code
    app.do("label", [code])  # type: ignore[attr-defined]
    await calm(pilot)
    assert isinstance(app.screen, LabelForm)


async def test_one_key_leads_from_the_first_print_dialog_to_a_printer_and_back(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await label_form(pilot, house)
        assert "None is set: ctrl+o shows those of this computer." in flat(pilot)
        await set_value(pilot, "copies", "3")
        await tap(pilot, "ctrl+o")
        assert rows(pilot)[:2] == ["EPSON TM-T20II file:/dev/usb/lp0", "QL-820NWB cups:QL-820NWB"]
        await tap(pilot, "enter")
        assert isinstance(pilot.app.screen, PrinterForm)
        assert [value(pilot, key) for key in ("name", "kind", "place", "media")] == [
            "epson-tm-t20ii", "file:", "file:/dev/usb/lp0", "80mm",
        ]  # fmt: skip
        await tap(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, LabelForm)
        assert (value(pilot, "printer"), value(pilot, "copies")) == ("epson-tm-t20ii", "3")
        said = flat(pilot)
        assert "None is set" not in said
        assert "Prints 3 labels on epson-tm-t20ii" in said
    assert kept(house) == {"epson-tm-t20ii": ("file:/dev/usb/lp0", "80mm")}


async def test_labels_ahead_lead_to_a_printer_as_well(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        pilot.app.do("blanks")  # type: ignore[attr-defined]
        await calm(pilot)
        assert "None is set: ctrl+o shows those of this computer." in flat(pilot)
        await set_value(pilot, "blank", "4")
        await tap(pilot, "ctrl+o", "enter", "ctrl+s")
        assert (value(pilot, "printer"), value(pilot, "blank")) == ("epson-tm-t20ii", "4")
        assert "Prints 4 labels on epson-tm-t20ii" in flat(pilot)


async def test_a_printer_that_takes_sheets_asks_at_once_where_to_begin(house: House) -> None:
    house.printing.computer = computer(house.path.parent / "empty", queues=["Office_Laser"])
    async with house.app().run_test(size=SIZE) as pilot:
        await label_form(pilot, house)
        assert not pilot.app.screen.query_one("#field-start").display
        await tap(pilot, "ctrl+o", "enter", "ctrl+s")
        assert value(pilot, "printer") == "office-laser"
        assert pilot.app.screen.query_one("#field-start").display


async def test_leaving_leads_back_step_by_step_and_keeps_what_was_typed(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await label_form(pilot, house)
        await set_value(pilot, "copies", "3")
        await tap(pilot, "ctrl+o", "enter", "escape")
        assert rows(pilot)
        await tap(pilot, "escape")
        assert isinstance(pilot.app.screen, LabelForm)
        assert value(pilot, "copies") == "3"
    assert kept(house) == {}


async def test_one_that_is_set_already_is_chosen_and_not_set_again(house: House) -> None:
    for name, place in {"desk": "tcp://192.0.2.7:9100", "shelf": "cups:QL-820NWB"}.items():
        house.printing.book.keep(name, place)
    before = kept(house)
    async with house.app().run_test(size=SIZE) as pilot:
        await label_form(pilot, house)
        assert value(pilot, "printer") == "desk"
        await tap(pilot, "ctrl+o")
        assert rows(pilot)[1] == "QL-820NWB set as shelf"
        await tap(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, LabelForm)
        assert value(pilot, "printer") == "shelf"
    assert kept(house) == before


async def test_the_label_screen_leads_to_the_first_printer_and_chooses_it(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await tap(pilot, "f7")
        assert "None is set: ctrl+o" in flat(pilot)
        await tap(pilot, "ctrl+o", "enter", "ctrl+s")
        assert isinstance(pilot.app.screen, LabelsScreen)
        assert pilot.app.screen.panel.said.text("printer") == "epson-tm-t20ii"
        assert "None is set: ctrl+o" not in flat(pilot)
        await tap(pilot, "ctrl+o")
        assert isinstance(pilot.app.screen, PrintersScreen)


async def test_a_file_that_was_named_stays_where_the_first_printer_is_set(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await tap(pilot, "f7")
        await set_value(pilot, "to", "labels.pdf")
        await tap(pilot, "ctrl+o", "enter", "ctrl+s")
        assert isinstance(pilot.app.screen, LabelsScreen)
        assert pilot.app.screen.panel.request.to == "labels.pdf"


async def test_the_screen_of_printers_finds_adds_and_mends(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        pilot.app.push_screen(PrintersScreen())
        await calm(pilot)
        await tap(pilot, "ctrl+o", "down", "enter", "ctrl+s")
        assert isinstance(pilot.app.screen, PrintersScreen)
        assert kept(house) == {"ql-820nwb": ("cups:QL-820NWB", "62x29")}
        await tap(pilot, "ctrl+o", "down", "enter")
        assert "Mend a printer" in text(pilot)
        await set_value(pilot, "media", "17x54")
        await tap(pilot, "ctrl+s")
        assert kept(house) == {"ql-820nwb": ("cups:QL-820NWB", "17x54")}


async def test_the_form_takes_one_by_a_key_and_what_is_typed_stays(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        pilot.app.push_screen(PrintersScreen())
        await calm(pilot)
        await tap(pilot, "a")
        assert "ctrl+o  Find" in text(pilot)
        await set_value(pilot, "name", "desk")
        await tap(pilot, "ctrl+o", "down", "enter")
        assert [value(pilot, key) for key in ("name", "kind", "place", "media")] == [
            "desk", "cups:", "cups:QL-820NWB", "62x29",
        ]  # fmt: skip
        await tap(pilot, "ctrl+o", "escape")
        await tap(pilot, "ctrl+o", "end", "up", "enter")
        assert value(pilot, "place") == "cups:QL-820NWB"
        await tap(pilot, "ctrl+s")
    assert kept(house) == {"desk": ("cups:QL-820NWB", "62x29")}


async def test_another_one_is_typed(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await label_form(pilot, house)
        await tap(pilot, "ctrl+o", "end", "up", "enter")
        assert [value(pilot, key) for key in ("name", "place")] == ["", ""]
        await set_value(pilot, "name", "net")
        await set_value(pilot, "place", "tcp://192.0.2.7")
        await tap(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, LabelForm)
        assert value(pilot, "printer") == "net"


async def test_nothing_found_is_said_and_looking_again_finds(house: House, tmp_path: Path) -> None:
    house.printing.computer = computer(tmp_path / "root")
    async with house.app().run_test(size=SIZE) as pilot:
        await label_form(pilot, house)
        await tap(pilot, "ctrl+o")
        said = flat(pilot)
        assert "No printer was found on this computer: plug one in and switch it on, or name one" in said
        assert rows(pilot) == ["Another one: type its place", "Look again"]
        plug_in(tmp_path / "root", "lp0", EPSON)
        await tap(pilot, "end", "enter")
        assert rows(pilot)[0].startswith("EPSON TM-T20II")
        assert "No printer was found" not in text(pilot)


async def test_a_device_that_may_not_be_written_names_its_group_in_the_list_and_in_the_form(
    house: House, tmp_path: Path
) -> None:
    house.printing.computer = computer(tmp_path, group="lp")
    async with house.app().run_test(size=SIZE) as pilot:
        await label_form(pilot, house)
        await tap(pilot, "ctrl+o")
        assert rows(pilot)[0].startswith("✗ EPSON TM-T20II")
        assert "its group lp may: sudo usermod -aG lp $USER" in flat(pilot)
        await tap(pilot, "enter")
        assert sentence(pilot, "place").startswith(
            "This user may not write to /dev/usb/lp0, its group lp may"
        )
        await tap(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, LabelForm)


async def test_what_is_found_is_data_and_never_markup(house: House, tmp_path: Path) -> None:
    house.printing.computer = computer(tmp_path / "root", usb_printer(1, 2, HOSTILE))
    async with house.app().run_test(size=(120, 40)) as pilot:
        await label_form(pilot, house)
        await tap(pilot, "ctrl+o")
        assert rows(pilot)[0].startswith(HOSTILE)
        await tap(pilot, "enter")
        assert HOSTILE in text(pilot)


async def test_what_goes_wrong_while_looking_is_a_sentence(house: House, tmp_path: Path) -> None:
    def fail(words: Sequence[str], timeout: float) -> Ended:
        raise RuntimeError(words, timeout)

    house.printing.computer = Computer(tmp_path, fail)
    async with house.app().run_test(size=SIZE) as pilot:
        await label_form(pilot, house)
        await tap(pilot, "ctrl+o")
        assert rows(pilot) == ["Another one: type its place", "Look again"]
        assert "RuntimeError" in text(pilot)
        house.printing.computer = computer(tmp_path, queues=[])
        await tap(pilot, "end", "enter")
        assert rows(pilot)[0].startswith("EPSON")


async def test_nobody_has_to_wait_for_what_is_looked_for(house: House, tmp_path: Path) -> None:
    app = house.app()
    seen: list[str] = []

    def leave() -> None:
        assert isinstance(app.screen, FoundPrinters)
        seen.append(str(app.screen.query_one("#found-note", Static).render()))
        app.screen.action_leave()

    def slow(words: Sequence[str], timeout: float) -> Ended:  # noqa: ARG001
        app.call_from_thread(leave)
        return Ended(0, "", "")

    house.printing.computer = Computer(tmp_path, slow)
    async with app.run_test(size=SIZE) as pilot:
        await label_form(pilot, house)
        await tap(pilot, "ctrl+o")
        assert isinstance(app.screen, LabelForm)
    assert seen == ["Looking at what is plugged in …"]


async def test_a_name_that_is_set_already_is_refused_under_its_field(house: House) -> None:
    house.printing.book.keep("desk", "tcp://192.0.2.7:9100")
    before = kept(house)
    async with house.app().run_test(size=SIZE) as pilot:
        await label_form(pilot, house)
        await tap(pilot, "ctrl+o", "enter")
        await set_value(pilot, "name", "desk")
        await tap(pilot, "ctrl+s")
        assert sentence(pilot, "name") == "“desk” is set already; another word is right"
    assert kept(house) == before


@pytest.mark.parametrize(
    ("library", "kind", "place", "extra"),
    [("usb.core", "usb:", "04b8:0202", "usb"), ("serial", "serial:", "/dev/ttyUSB0", "serial")],
)
async def test_a_kind_whose_library_is_missing_says_so_as_it_is_chosen_and_may_be_kept(
    house: House, monkeypatch: pytest.MonkeyPatch, library: str, kind: str, place: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        pilot.app.push_screen(PrintersScreen())
        await calm(pilot)
        await tap(pilot, "a")
        assert sentence(pilot, "kind") == ""
        await set_value(pilot, "kind", kind)
        assert f".venv/bin/pip install '.[{extra}]'" in sentence(pilot, "kind")
        await set_value(pilot, "kind", "tcp://")
        assert sentence(pilot, "kind") == ""
        await set_value(pilot, "place", kind + place)
        assert f".venv/bin/pip install '.[{extra}]'" in sentence(pilot, "place")
        await set_value(pilot, "name", "desk")
        await press(pilot, "ctrl+s")
        await calm(pilot)
    assert kept(house)["desk"][0] == kind + place


def test_the_stand_in_for_cups_is_asked_as_lpstat_is() -> None:
    assert cups("Q")(["lpstat", "-e"], 1.0).said == "Q\n"
    assert BROTHER.startswith("MFG:Brother;")
