from pathlib import Path

import pytest
from harness.form_app import Place
from harness.form_pilot import hand
from harness.label_printers import EmulatedPrinter

from rollertrack.domain.events import LabelPrinted
from rollertrack.services import products, stock_records
from rollertrack.services.labels import labelling, queue
from rollertrack.services.labels.printer_settings import MemoryBook, PrinterPage, Printing
from rollertrack.tui.dialogs import ConfirmDialog
from rollertrack.tui.forms.print_requests import A_FILE, A_PLACE
from rollertrack.tui.widgets.label_preview import LabelPreview


async def test_a_label_is_written_to_a_file(place: Place, tmp_path: Path) -> None:
    code, target = place.roller(), tmp_path / "[red]label.png"
    async with hand(place, lambda app: app.perform("label", [code])) as one:
        await one.fill(printer=A_FILE)
        await one.fill(to=str(target), copies="2")
        assert "Writes 2 labels to" in one.line("result").replace("\n", " ")
        assert not target.exists()
        await one.confirm()
        assert not one.is_open()
    assert target.read_bytes().startswith(b"\x89PNG")
    last = place.entries(code)[-1]
    assert isinstance(last, LabelPrinted)
    assert last.copies == 2


@pytest.mark.parametrize("answer", ["yes", "no", "escape"])
async def test_a_file_that_is_there_is_asked_about(answer: str, place: Place, tmp_path: Path) -> None:
    code, target = place.roller(), tmp_path / "label.png"
    target.write_bytes(b"a picture of somebody")
    async with hand(place, lambda app: app.perform("label", [code])) as one:
        await one.fill(printer=A_FILE)
        await one.fill(to=str(target))
        await one.pilot.press("ctrl+s")
        await one.until(lambda: isinstance(one.app.screen, ConfirmDialog))
        assert target.read_bytes() == b"a picture of somebody"
        await one.pilot.press(*{"yes": ["tab", "enter"], "no": ["enter"], "escape": ["escape"]}[answer])
        if answer == "yes":
            await one.until(lambda: not one.is_open())
        else:
            await one.until(lambda: "exists already; name a new file" in one.sentence("to"))
    assert (target.read_bytes() != b"a picture of somebody") == (answer == "yes")
    assert isinstance(place.entries(code)[-1], LabelPrinted) == (answer == "yes")


async def test_a_link_is_refused_and_not_asked_about(place: Place, tmp_path: Path) -> None:
    code, link = place.roller(), tmp_path / "label.png"
    link.symlink_to(place.station.store.path)
    async with hand(place, lambda app: app.perform("label", [code])) as one:
        await one.fill(printer=A_FILE)
        await one.fill(to=str(link))
        await one.confirm()
        assert one.is_open()
        assert "is a link" in one.sentence("to")
    assert place.station.store.path.read_bytes().startswith(b"SQLite format 3")


async def test_the_very_picture_is_shown_for_each_paper(place: Place) -> None:
    code = place.roller()
    async with hand(place, lambda app: app.perform("label", [code]), (120, 40)) as one:
        await one.fill(view="dots")
        preview = one.app.screen.query_one(LabelPreview)
        for media in ("58mm", "80mm"):
            await one.fill(media=media)
            picture = labelling.preview(place.station, code, media)
            assert preview.virtual_size.width == picture.width + 4
            assert preview.virtual_size.height == -(-picture.height // 2) + 2


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("to", "label.docx", "no known ending"),
        ("to", "", "empty"),
        ("copies", "100", "1 to 99"),
        ("copies", "x", "whole"),
    ],
)
async def test_what_reads_wrong_is_said_and_nothing_is_sent(
    place: Place, tmp_path: Path, key: str, typed: str, said: str
) -> None:
    code = place.roller()
    async with hand(place, lambda app: app.perform("label", [code])) as one:
        await one.fill(to=str(tmp_path / "label.pdf"))
        await one.fill(**{key: typed})
        assert said in one.sentence(key)
        await one.confirm()
        assert one.is_open()
    assert len(place.entries(code)) == 1
    assert not (tmp_path / "label.pdf").exists()


async def test_a_place_that_is_none_is_said_under_it(place: Place) -> None:
    code = place.roller()
    async with hand(place, lambda app: app.perform("label", [code])) as one:
        assert not one.shown("place")
        await one.fill(printer=A_PLACE)
        assert (one.shown("place"), one.shown("to")) == (True, False)
        await one.fill(place="tcp://")
        await one.confirm()
        assert one.is_open()
        assert "HOST:PORT" in one.sentence("place")
    assert queue.newest_jobs(place.station) == ()


async def test_a_file_that_cannot_be_written_is_said_under_its_field(place: Place, tmp_path: Path) -> None:
    code = place.roller()
    async with hand(place, lambda app: app.perform("label", [code])) as one:
        await one.fill(to=str(tmp_path / "none" / "label.png"))
        assert "Writes 1 label to" in one.line("result").replace("\n", " ")
        await one.confirm()
        assert one.is_open()
        assert one.sentence("to")
        assert not one.line("error")


def with_printer(folder: Path, at: str) -> Place:
    return Place(folder, Printing(cache=folder, book=MemoryBook(PrinterPage({"desk": at}))))


async def test_a_label_goes_through_the_queue_to_the_printer(tmp_path: Path) -> None:
    with EmulatedPrinter() as printer:
        place = with_printer(tmp_path, str(printer.place))
        codes = [place.roller() for _ in range(2)]
        async with hand(place, lambda app: app.perform("label", codes)) as one:
            assert not one.shown("to")
            assert "Prints 2 labels on desk." in one.line("result").replace("\n", " ")
            await one.confirm()
            assert not one.is_open()
            assert one.app.done[0].message == "2 labels for desk in the print queue."
            await one.until(lambda: bool(one.app.endings))
            assert one.app.endings[0] == "desk confirms 2 labels."
        assert len(printer.printed) == 2
        assert [type(place.entries(code)[-1]) for code in codes] == [LabelPrinted] * 2
        place.station.store.close()


async def test_a_printer_that_fails_keeps_the_label_in_the_queue_and_out_of_the_record(
    tmp_path: Path,
) -> None:
    place = with_printer(tmp_path, f"file:{tmp_path}/none")
    code = place.roller()
    async with hand(place, lambda app: app.perform("label", [code])) as one:
        await one.confirm()
        await one.until(lambda: bool(one.app.endings))
        assert "no such device" in one.app.endings[0]
    assert [row.state for row in queue.newest_jobs(place.station)] == ["failed"]
    assert len(place.entries(code)) == 1
    place.station.store.close()


async def test_two_confirms_at_once_ask_for_one_batch(tmp_path: Path) -> None:
    place = with_printer(tmp_path, f"file:{tmp_path}/none")
    code = place.roller()
    async with hand(place, lambda app: app.perform("label", [code])) as one:
        await one.pilot.press("ctrl+s", "ctrl+s", "escape")
        await one.until(lambda: bool(one.app.endings))
    assert len(queue.newest_jobs(place.station)) == 1
    place.station.store.close()


@pytest.fixture
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than two labels in one batch."""
    for module in ("labelling", "ordering"):
        monkeypatch.setattr(f"rollertrack.services.labels.{module}.MOST_LABELS", 2)


@pytest.mark.usefixtures("two_at_once")
@pytest.mark.parametrize("pieces", [2, 3, 5])
async def test_a_box_of_more_labels_than_a_batch_holds_is_received_with_all_of_them(
    tmp_path: Path, pieces: int
) -> None:
    place = with_printer(tmp_path, f"pdf:{tmp_path}")
    (product,) = products.add_product(place.station, {"name": "Titan", "length": "0.5"}).codes
    async with hand(place, lambda app: app.perform("receive", (), product)) as one:
        await one.fill(pieces=str(pieces), lot="A1", labels="desk")
        await one.confirm()
        assert not one.is_open()
        assert one.app.done[0].warnings == ()
        batches = -(-pieces // 2)
        await one.until(lambda: len(one.app.endings) == batches)
    assert {row.state for row in queue.newest_jobs(place.station)} == {"sent"}
    assert len({row.code for row in queue.newest_jobs(place.station)}) == pieces
    place.station.store.close()


async def test_a_box_whose_labels_no_printer_can_print_is_not_received(tmp_path: Path) -> None:
    book = MemoryBook(PrinterPage({"desk": {"place": f"pdf:{tmp_path}", "media": "nothing"}}))
    place = Place(tmp_path, Printing(cache=tmp_path, book=book))
    (product,) = products.add_product(place.station, {"name": "Titan", "length": "0.5"}).codes
    async with hand(place, lambda app: app.perform("receive", (), product)) as one:
        await one.fill(pieces="3", lot="A1", labels="desk")
        await one.confirm()
        assert one.is_open()
        assert one.sentence("labels")
    assert stock_records.list_packs(place.station) == []
    place.station.store.close()
