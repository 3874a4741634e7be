"""The screens of printing as pictures, at the two sizes they are drawn for."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.fake_computer import BROTHER, EPSON, computer, install, plug_in, usb_printer
from harness.house_app import House, settle
from harness.label_printers import EmulatedPrinter
from harness.pictures import Altered
from harness.printing_app import calm, enqueued, print_house, tap
from textual.pilot import Pilot

from rollertrack.labels.label_facts import qr_text
from rollertrack.labels.qr import matrix
from rollertrack.labels.raster import symbol
from rollertrack.services import lists
from rollertrack.services.labels import drawing, labelling, ordering, proving, queue, requests, sending
from rollertrack.services.labels.queue import progress
from rollertrack.tui.dialogs import PrintTrouble
from rollertrack.tui.screens.printers import PrintersScreen

pytestmark = pytest.mark.usefixtures("_symbols_only")


@pytest.fixture
def _symbols_only(monkeypatch: pytest.MonkeyPatch) -> None:
    # A label's words are drawn in the fonts of the machine; its QR code is the same everywhere.
    monkeypatch.setattr(drawing, "render", lambda facts, *_, **__: symbol(matrix(qr_text(facts.code, None))))


@pytest.fixture
def printer() -> Iterator[EmulatedPrinter]:
    with EmulatedPrinter() as printer:
        yield printer


@pytest.fixture
def house(tmp_path: Path, printer: EmulatedPrinter) -> House:
    return print_house(tmp_path, {"desk": str(printer.place), "shelf": "file:/dev/none"})


def codes(house: House) -> list[str]:
    return [row.code for row in lists.rows_for_list(house.station)]


async def test_labels(altered: Altered, house: House) -> None:
    labelling.label(house.station, codes(house)[:3], requests.PrintRequest(printer="desk"))
    proving.prove(house.station, codes(house)[1])

    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await tap(pilot, "f7", "space", "down", "space", "space")

    assert not await altered(house.app(), hands)


async def test_labels_with_something_wrong(altered: Altered, house: House) -> None:
    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await tap(pilot, "f7", "right", "w", "tab", "tab", "x", "ctrl+s")

    assert not await altered(house.app(), hands)


async def test_a_picture_dot_for_dot(altered: Altered, house: House) -> None:
    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await tap(pilot, "f7", "v")

    assert not await altered(house.app(), hands)


def queued(house: House) -> None:
    """Every state a job can be in, but the one under way."""
    every = codes(house)
    labelling.label(house.station, every[:2], requests.PrintRequest(printer="desk"))
    enqueued(house, *every[2:4])
    queue.cancel(house.station, [row.id for row in queue.newest_jobs(house.station)][:1])
    broken = ordering.enqueue(house.station, every[3:], requests.PrintRequest(printer="shelf", copies=2))
    sending.print_next(house.station, broken.id)


async def test_the_queue(altered: Altered, house: House) -> None:
    queued(house)

    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await tap(pilot, "f8", "down")

    assert not await altered(house.app(), hands)


async def test_the_queue_while_it_prints(altered: Altered, house: House) -> None:
    batch = enqueued(house, *codes(house))
    sending.print_next(house.station, batch)
    app = house.app()

    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        app.printing.progress = progress(house.station, batch)
        await tap(pilot, "f8")
        await calm(pilot)

    assert not await altered(app, hands)


async def test_the_queue_when_it_is_empty(altered: Altered, house: House) -> None:
    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await tap(pilot, "f8")

    assert not await altered(house.app(), hands)


async def test_a_printer_that_failed(altered: Altered, house: House) -> None:
    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        pilot.app.push_screen(PrintTrouble("Desk is out of paper. 3 of 12 labels sent, 9 left in the queue."))
        await calm(pilot)

    assert not await altered(house.app(), hands)


@pytest.mark.parametrize("names", [("down", "i"), ("a",), ("down", "enter")], ids=["asked", "add", "mend"])
async def test_the_printers(
    altered: Altered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...]
) -> None:
    install(tmp_path / "bin", "lp")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    places = {"desk": "tcp://192.0.2.7:9100", "shelf": "file:/dev/none", "office": "cups:laser"}
    house = print_house(tmp_path, places)

    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await tap(pilot, "f7", "ctrl+o", *names)

    assert not await altered(house.app(), hands)


async def test_no_printer(altered: Altered, tmp_path: Path) -> None:
    house = print_house(tmp_path, {})

    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        pilot.app.push_screen(PrintersScreen())
        await calm(pilot)

    assert not await altered(house.app(), hands)


@pytest.mark.parametrize("names", [(), ("end", "up", "up"), ("enter",)], ids=["first", "troubled", "chosen"])
async def test_the_printers_of_this_computer(
    altered: Altered, tmp_path: Path, names: tuple[str, ...]
) -> None:
    house = print_house(tmp_path, {})
    plug_in(tmp_path, "lp0", EPSON)
    plug_in(tmp_path, "lp1", BROTHER)
    odd = usb_printer(0x0416, 0x5011, "[red]Thermal printer of a very long name[/]")
    house.printing.computer = computer(tmp_path, odd, queues=["QL-820NWB", "Office_Laser"])

    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await tap(pilot, "f7", "ctrl+o", *names)

    assert not await altered(house.app(), hands)


async def test_no_printer_of_this_computer(altered: Altered, tmp_path: Path) -> None:
    house = print_house(tmp_path, {})
    house.printing.computer = computer(tmp_path)

    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await tap(pilot, "f7", "ctrl+o")

    assert not await altered(house.app(), hands)


async def test_labels_without_a_printer(altered: Altered, tmp_path: Path) -> None:
    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await tap(pilot, "f7")

    assert not await altered(print_house(tmp_path, {}).app(), hands)


async def test_a_kind_of_printer_whose_library_is_missing(
    altered: Altered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "serial", None)
    house = print_house(tmp_path, {"line": "serial:/dev/ttyUSB0"})

    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await tap(pilot, "f7", "ctrl+o", "enter")

    assert not await altered(house.app(), hands)
