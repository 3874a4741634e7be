import socket
import threading
from pathlib import Path

import pytest
from tui_forms_app import Place
from tui_forms_pilot import hand

from rollertrack.domain.events import LabelPrinted
from rollertrack.services import labelling
from rollertrack.services.printing import MemoryBook, PrinterPage, Printing
from rollertrack.tui import deeds
from rollertrack.tui.widgets.label_preview import LabelPreview


class SlowPrinter:
    """Takes a job on a socket, and keeps it waiting until `let_go`."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.place = f"tcp://127.0.0.1:{self._server.getsockname()[1]}"
        self.let_go = threading.Event()
        self.job = b""
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        connection, _ = self._server.accept()
        with connection:
            self.let_go.wait(20)
            while part := connection.recv(65536):
                self.job += part

    def close(self) -> None:
        self.let_go.set()
        self._thread.join(20)
        self._server.close()


async def test_a_label_is_written_to_a_file(place: Place, tmp_path: Path) -> None:
    code, target = place.roller(), tmp_path / "[red]label.png"
    async with hand(place, lambda app: deeds.label(app, [code])) as one:
        await one.fill(to=str(target), copies="2")
        assert "Writes 2 labels to" in one.line("result").replace("\n", " ")
        assert not target.exists()
        await one.confirm()
        assert not one.is_open()
    assert target.read_bytes().startswith(b"\x89PNG")
    last = place.entries(code)[-1]
    assert isinstance(last, LabelPrinted)
    assert last.copies == 2


async def test_the_very_picture_is_shown_for_each_paper(place: Place) -> None:
    code = place.roller()
    async with hand(place, lambda app: deeds.label(app, [code]), (120, 40)) as one:
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
    async with hand(place, lambda app: deeds.label(app, [code])) as one:
        await one.fill(to=str(tmp_path / "label.pdf"))
        await one.fill(**{key: typed})
        assert said in one.sentence(key)
        await one.confirm()
        assert one.is_open()
    assert len(place.entries(code)) == 1
    assert not (tmp_path / "label.pdf").exists()


async def test_a_file_that_cannot_be_written_is_said_under_its_field(place: Place, tmp_path: Path) -> None:
    code = place.roller()
    async with hand(place, lambda app: deeds.label(app, [code])) as one:
        await one.fill(to=str(tmp_path / "none" / "label.png"))
        assert "Writes 1 label to" in one.line("result").replace("\n", " ")
        await one.confirm()
        assert one.is_open()
        assert one.sentence("to")
        assert not one.line("error")


async def test_a_printer_that_fails_is_said_in_the_form_and_not_in_the_record(tmp_path: Path) -> None:
    place = Place(tmp_path, Printing(tmp_path, MemoryBook(PrinterPage({"desk": f"file:{tmp_path}/none"}))))
    code = place.roller()
    async with hand(place, lambda app: deeds.label(app, [code])) as one:
        assert not one.shown("to")
        await one.confirm()
        assert one.is_open()
        assert "no such device" in one.sentence("printer").replace("\n", " ")
    assert len(place.entries(code)) == 1
    place.station.store.close()


async def test_the_program_stays_awake_while_a_printer_keeps_it_waiting(tmp_path: Path) -> None:
    printer = SlowPrinter()
    place = Place(tmp_path, Printing(tmp_path, MemoryBook(PrinterPage({"slow": printer.place})), timeout=20))
    codes = [place.roller() for _ in range(3)]
    async with hand(place, lambda app: deeds.label(app, codes)) as one:
        await one.pilot.press("ctrl+s")
        await one.fill_without_waiting("copies", "2")
        await one.pilot.press("ctrl+s", "escape")
        assert one.is_open()
        assert not one.app.done
        printer.let_go.set()
        await one.until(lambda: not one.is_open())
    printer.close()
    assert printer.job
    assert [len(place.entries(code)) for code in codes] == [2, 2, 2]
    place.station.store.close()
