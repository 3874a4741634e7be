from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.house_app import House, press, scan, settle, text
from harness.label_printers import EmulatedPrinter
from harness.printing_app import Listener, calm, jobs, print_house, said, tap
from textual.pilot import Pilot
from textual.widgets import Button, Input

from rollertrack.domain.events import LabelPrinted
from rollertrack.errors import BadInput
from rollertrack.labels.bitmap import Bitmap
from rollertrack.services import keeping, lists, registering
from rollertrack.services.labels import labelling, proving, queue, requests
from rollertrack.tui.forms.fields import DropDown
from rollertrack.tui.screens.labels import LabelsScreen
from rollertrack.tui.screens.queue import QueueScreen
from rollertrack.tui.screens.verdict import VerdictScreen
from rollertrack.tui.widgets.label_preview import LabelPane, PictureScreen
from rollertrack.tui.widgets.roller_table import CheckboxTable

SIZE = (120, 40)
NAMES = ["body", "evening", "old blue", "scalp, from the summer kit", "travel", "weekend"]


@pytest.fixture
def printer() -> Iterator[EmulatedPrinter]:
    with EmulatedPrinter() as printer:
        yield printer


@pytest.fixture
def house(tmp_path: Path, printer: EmulatedPrinter) -> House:
    return print_house(tmp_path, {"desk": str(printer.place), "pdf": f"pdf:{tmp_path}"})


def table(pilot: Pilot[None]) -> CheckboxTable:
    return pilot.app.screen.query_one(CheckboxTable)


def picture(pilot: Pilot[None]) -> Bitmap | None:
    return pilot.app.screen.query_one(LabelPane).picture


def codes(house: House) -> dict[str, str]:
    return {row.name: row.code for row in lists.rows_for_list(house.station)}


def shown_names(pilot: Pilot[None]) -> list[str]:
    """The names in the list, in order."""
    found = map(table(pilot).row_at, range(table(pilot).count))
    return [row.name for row in found if row]


def asks_for(pilot: Pilot[None], key: str) -> bool:
    return pilot.app.screen.query_one(f"#field-{key}").display


async def opened(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await tap(pilot, "f7")
    assert isinstance(pilot.app.screen, LabelsScreen)


async def choose(pilot: Pilot[None], key: str, value: str) -> None:
    pilot.app.screen.query_one(f"#field-{key} DropDown", DropDown).value = value
    await calm(pilot)


async def write(pilot: Pilot[None], key: str, value: str) -> None:
    pilot.app.screen.query_one(f"#field-{key} Input", Input).value = value
    await calm(pilot)


async def test_what_is_ticked_is_printed_and_nothing_else(
    house: House, printer: EmulatedPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = house.app()
    listener = Listener(app, monkeypatch)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await press(pilot, "space", "down", "space")
        assert table(pilot).checked == (codes(house)["body"], codes(house)["old blue"])
        assert "2 ticked" in text(pilot)
        assert said(pilot, "result") == "Prints 2 rollers on desk."
        await tap(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, QueueScreen)
        assert jobs(house) == [("body", "confirmed"), ("old blue", "confirmed")]
        assert listener.heard == ["desk confirms 2 labels."]
        await press(pilot, "escape")
        assert table(pilot).checked == ()
    assert len(printer.printed) == 2


async def test_the_picture_beside_the_list_is_the_one_that_is_sent(
    house: House, printer: EmulatedPrinter
) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        shown = picture(pilot)
        assert shown == labelling.preview(house.station, codes(house)["body"], printer="desk")
        await tap(pilot, "down")
        assert picture(pilot) == labelling.preview(house.station, codes(house)["evening"], printer="desk")
        await tap(pilot, "up", "ctrl+s")
    assert shown is not None
    assert [(each.width, each.height, each.rows) for each in printer.printed] == [
        (shown.width, shown.height, shown.rows)
    ]


async def test_another_paper_and_a_flag_are_other_pictures(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        code = codes(house)["body"]
        for media in ("80mm", "62x29"):
            await choose(pilot, "media", media)
            assert picture(pilot) == labelling.preview(house.station, code, media, "desk")
            assert said(pilot, "size").startswith(media)
        pilot.app.screen.query_one("#field-flag Picker").focus()
        await tap(pilot, "space")
        assert picture(pilot) == labelling.preview(house.station, code, "62x29", "desk", flag=True)


async def test_a_label_that_does_not_fit_says_so_in_its_place(tmp_path: Path) -> None:
    house = print_house(tmp_path, {"desk": f"pdf:{tmp_path}"}, link_base=f"http://{'a' * 200}.example")
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await choose(pilot, "media", "25x13")
        assert picture(pilot) is None
        with pytest.raises(BadInput) as refused:
            labelling.preview(house.station, codes(house)["body"], "25x13", "desk")
        assert refused.value.message[1:30] in said(pilot, "trouble").replace("\n", " ")
        await tap(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, LabelsScreen)
        assert jobs(house) == []


async def test_only_rollers_without_a_proven_label_when_that_is_asked(house: House) -> None:
    code = codes(house)["body"]
    labelling.label(house.station, [code], requests.PrintRequest(printer="pdf"))
    proving.prove(house.station, code)
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        assert "all 6" in text(pilot)
        assert "proven today" in text(pilot)
        await press(pilot, "right")
        assert "without a proven label 5" in text(pilot)
        assert shown_names(pilot) == NAMES[1:]
        await press(pilot, "left")
        assert shown_names(pilot) == NAMES


async def test_words_narrow_the_list_and_ticks_outside_it_stay(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await press(pilot, "space", "slash", *"old", "enter", "space")
        assert shown_names(pilot) == ["old blue"]
        assert table(pilot).checked == (codes(house)["body"], codes(house)["old blue"])
        await press(pilot, "slash", "escape")
        assert shown_names(pilot) == NAMES


async def test_one_key_ticks_all_and_none(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await press(pilot, "a")
        assert set(table(pilot).checked) == set(codes(house).values())
        await press(pilot, "a")
        assert table(pilot).checked == ()


async def test_a_click_on_a_box_ticks_and_elsewhere_only_moves(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.click(CheckboxTable, offset=(20, 3))
        assert (table(pilot).cursor, table(pilot).checked) == (2, ())
        await pilot.click(CheckboxTable, offset=(1, 3))
        assert table(pilot).checked == (codes(house)["old blue"],)
        await pilot.click(CheckboxTable, offset=(1, 20))
        assert table(pilot).checked == (codes(house)["old blue"],)


async def test_a_roller_that_is_retired_or_put_aside_is_not_offered(house: House) -> None:
    keeping.retire(house.station, codes(house)["old blue"], reason="worn")
    keeping.quarantine(house.station, codes(house)["travel"], reason="dropped")
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        assert shown_names(pilot) == ["body", "evening", "scalp, from the summer kit", "weekend"]


async def test_labels_are_written_to_a_file(house: House, tmp_path: Path) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await choose(pilot, "printer", ":file")
        await write(pilot, "to", str(tmp_path / "none" / "labels.pdf"))
        assert "Writes" in said(pilot, "result")
        await tap(pilot, "ctrl+s")
        assert "labels.pdf" in said(pilot, "result")
        await write(pilot, "to", str(tmp_path / "labels.pdf"))
        await tap(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, LabelsScreen)
    assert (tmp_path / "labels.pdf").read_bytes().startswith(b"%PDF")
    with house.station.store.reading() as journal:
        assert isinstance(journal.stream(codes(house)["body"])[-1].payload, LabelPrinted)
    assert jobs(house) == []


async def test_a_sheet_that_was_begun_is_begun_where_the_user_says(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        assert not asks_for(pilot, "start")
        await choose(pilot, "printer", "pdf")
        await choose(pilot, "media", "l7160")
        assert asks_for(pilot, "start")
        await write(pilot, "start", "22")
        await tap(pilot, "ctrl+s")
        assert "1 to 21" in text(pilot)
        assert jobs(house) == []
        await write(pilot, "start", "20")
        await tap(pilot, "ctrl+s")
    (job,) = queue.newest_jobs(house.station)
    assert job.note.endswith("the next free label on the sheet is no. 21")


@pytest.mark.parametrize(("copies", "sentence"), [("100", "1 to 99"), ("x", "whole number"), ("", "whole")])
async def test_what_reads_wrong_is_said_under_its_field_and_nothing_is_printed(
    house: House, copies: str, sentence: str
) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await write(pilot, "copies", copies)
        await tap(pilot, "ctrl+s")
        assert sentence in text(pilot)
        assert isinstance(pilot.app.screen, LabelsScreen)
        assert jobs(house) == []


async def test_a_long_list_holds_only_what_shows_and_ticks_all_of_it(
    tmp_path: Path, printer: EmulatedPrinter
) -> None:
    house = print_house(tmp_path, {"desk": str(printer.place)})
    for _ in range(3):
        registering.add(house.station, {"name": "zz", "length": "0.5"}, count=500)
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        assert table(pilot).count == 1_506
        await press(pilot, "end", "space", "home", "space")
        assert len(table(pilot).checked) == 2
        assert sum(table(pilot).row_at(place) is not None for place in range(1_506)) < 600
        await press(pilot, "a")
        assert "1,506 ticked" in text(pilot)
        await tap(pilot, "ctrl+s")
        assert "at most" in said(pilot, "result")
        assert jobs(house) == []


async def test_the_picture_opens_dot_for_dot_and_closes(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        bitmap = picture(pilot)
        await tap(pilot, "v")
        assert isinstance(pilot.app.screen, PictureScreen)
        assert bitmap is not None
        assert f"{bitmap.width} × {bitmap.height} dots" in text(pilot)
        await tap(pilot, "escape")
        assert isinstance(pilot.app.screen, LabelsScreen)


async def test_a_scan_fills_the_screen_here_too(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await scan(pilot, codes(house)["body"])
        assert isinstance(pilot.app.screen, VerdictScreen)


async def test_escape_leaves_the_fields_first_then_the_screen(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await press(pilot, "w", "escape")
        assert table(pilot).has_focus
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, LabelsScreen)


async def test_without_a_roller_there_is_nothing_to_print(tmp_path: Path) -> None:
    house = House(tmp_path / "empty.db")
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        assert "No roller fits" in text(pilot)
        await tap(pilot, "space", "a", "v", "ctrl+s")
        assert isinstance(pilot.app.screen, LabelsScreen)
        assert not pilot.app.screen.query_one("#print", Button).display


async def test_enter_opens_a_list_and_what_is_chosen_there_leads_on(house: House) -> None:
    async with house.app().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await tap(pilot, "w", "enter")
        assert pilot.app.screen.query_one("#field-printer DropDown", DropDown).expanded
        await tap(pilot, "enter")
        paper = pilot.app.screen.query_one("#field-media DropDown", DropDown)
        assert paper.has_focus
        await tap(pilot, "enter", "escape")
        assert paper.has_focus
        await tap(pilot, "enter", "enter")
        assert isinstance(pilot.app.focused, Input)
