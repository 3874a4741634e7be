"""One key of the terminal serves the pages for phones, shows how to pair with them, and ends them."""

import socket
import urllib.request
from collections.abc import Sequence
from pathlib import Path

import pytest
from harness.house_app import House, app_of, household, press, settle, text
from harness.pictures import Altered
from textual.pilot import Pilot
from textual.widgets import Static

from rollertrack.cli.beside import PagesBeside
from rollertrack.cli.shown_codes import code_lines
from rollertrack.domain.code import Kind, shown
from rollertrack.services import people, phones
from rollertrack.settings import Settings
from rollertrack.tui.dialogs import ConfirmDialog, ErrorDialog
from rollertrack.tui.phones import PhonesScreen
from rollertrack.tui.screens.bench import BenchScreen
from rollertrack.wording.phones import serving_texts

SIZES = [(80, 24), (120, 40)]
ADDRESS = "http://192.168.1.20:8765"


class Drawn:
    """Pages that nobody serves."""

    def __init__(self) -> None:
        self.address = ""

    @property
    def texts(self) -> tuple[str, ...]:
        return serving_texts(self.address)

    def code_lines(self, told: str) -> Sequence[str]:
        return code_lines(told)

    def start(self) -> Sequence[str]:
        self.address = ADDRESS
        return ("Labels hold no link yet.",)

    def stop(self) -> None:
        self.address = ""


@pytest.fixture
def house(tmp_path: Path) -> House:
    return household(tmp_path / "a.db")


@pytest.fixture
def port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def pages(house: House, port: int) -> PagesBeside:
    return PagesBeside(Settings(database=str(house.path)), port)


def page(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
        return str(answer.read().decode())


async def opened(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await press(pilot, "f12")
    assert isinstance(pilot.app.screen, PhonesScreen), pilot.app.screen


async def test_the_pages_are_served_until_they_are_stopped(house: House, port: int) -> None:
    app = house.app()
    app.phones = pages(house, port)
    async with app.run_test(size=SIZES[1]) as pilot:
        await opened(pilot)
        assert "The nine letters of a label" in page(port)
        assert f":{port}" in text(pilot).splitlines()[0]
        await press(pilot, "escape")
        assert isinstance(app.screen, BenchScreen)
        assert "The nine letters of a label" in page(port)
        await press(pilot, "f12", "x")
        assert f":{port}" not in text(pilot).splitlines()[0]
        with pytest.raises(OSError, match="refused"):
            page(port)


async def test_the_pages_end_with_the_program(house: House, port: int) -> None:
    app = house.app()
    app.phones = pages(house, port)
    async with app.run_test(size=SIZES[1]) as pilot:
        await opened(pilot)
        page(port)
    with pytest.raises(OSError, match="refused"):
        page(port)


async def test_leaving_asks_while_phones_find_their_pages_here(house: House) -> None:
    app = house.app()
    app.phones = Drawn()
    async with app.run_test(size=SIZES[0]) as pilot:
        await opened(pilot)
        await press(pilot, "escape", "ctrl+q")
        assert isinstance(app.screen, ConfirmDialog)
        assert "find no page" in " ".join(str(each.render()) for each in app.screen.query(Static))
        await press(pilot, "n")
        assert isinstance(app.screen, BenchScreen)


async def test_a_port_that_is_taken_is_a_sentence_and_nothing_is_served(house: House, port: int) -> None:
    app = house.app()
    app.phones = pages(house, port)
    with socket.create_server(("0.0.0.0", port)):
        async with app.run_test(size=SIZES[0]) as pilot:
            await settle(pilot)
            await press(pilot, "f12")
            assert isinstance(app.screen, ErrorDialog)
            assert f"{port}" in text(pilot)
            assert "in use" in text(pilot)
            assert not app.phones.address


async def test_a_code_pairs_one_phone(house: House) -> None:
    app = house.app()
    app.phones = Drawn()
    async with app.run_test(size=SIZES[1]) as pilot:
        await opened(pilot)
        await press(pilot, "a")
        shown = str(app.screen.query_one("#phones-address", Static).render())
        code = shown.partition(f"{ADDRESS}/pair/")[2].split()[0]
        phones.pair(house.station, code, "mine")
    assert [(row.name, row.operator) for row in phones.list_phones(house.station)] == [("mine", None)]


async def test_a_phone_is_paired_for_who_works_here(house: House) -> None:
    kim = people.add_named(house.station, Kind.OPERATOR, "Kim").codes[0]
    app = house.app()
    app.phones = Drawn()
    async with app.run_test(size=SIZES[0]) as pilot:
        await settle(pilot)
        app.backend.operator = kim
        await opened(pilot)
        await press(pilot, "a")
        told = str(app.screen.query_one("#phones-address", Static).render())
        assert f"What it logs is by {shown(kim)}." in told
        phones.pair(house.station, told.partition("/pair/")[2].split()[0], "hers")
    assert phones.list_phones(house.station)[0].operator == kim


async def test_a_sample_says_how_else_they_are_served(house: House) -> None:
    app = house.app()
    async with app.run_test(size=SIZES[0]) as pilot:
        await settle(pilot)
        await press(pilot, "f12")
        assert isinstance(app_of(pilot).screen, ErrorDialog)
        assert "rollertrack serve" in " ".join(str(each.render()) for each in app.screen.query(Static))


async def test_how_it_looks(altered: Altered, house: House) -> None:
    app = house.app()
    app.phones = Drawn()
    assert not await altered(app, opened)
