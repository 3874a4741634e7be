"""The care slip at the terminal: read, turned, handed over with an entry; and as pictures."""

from pathlib import Path
from typing import Any

import pytest
from harness.house_app import House, app_of, household, press, settle, text
from harness.pictures import Altered
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from rollertrack.domain.events import CareGiven
from rollertrack.services import people
from rollertrack.tui.forms.form import Form
from rollertrack.tui.screens.care import CareScreen
from rollertrack.tui.screens.handing_over import HandingOverScreen


@pytest.fixture
def house(tmp_path: Path) -> House:
    return household(tmp_path / "a.db")


async def on_care(pilot: Pilot[None]) -> CareScreen:
    await settle(pilot)
    app_of(pilot).open_screen("care")
    await settle(pilot)
    assert isinstance(pilot.app.screen, CareScreen)
    return pilot.app.screen


def shows(pilot: Pilot[None], kind: type[Screen[Any]]) -> bool:
    return isinstance(pilot.app.screen, kind)


def given(house: House) -> list[tuple[str, str]]:
    (me,) = [row.code for row in people.list_persons(house.station)]
    with house.station.store.reading() as journal:
        payloads = [each.payload for each in journal.stream(me)]
    return [(each.which, each.how) for each in payloads if isinstance(each, CareGiven)]


async def test_a_slip_is_read_turned_and_handed_over(house: House, tmp_path: Path) -> None:
    async with house.app().run_test(size=(80, 24)) as pilot:
        await on_care(pilot)
        assert "After needling" in text(pilot)
        assert "not reviewed" in text(pilot)
        await press(pilot, "left")
        assert "Before needling" in text(pilot)
        assert "24 h SkinPen" not in text(pilot)
        await press(pilot, "m")
        assert "24 h SkinPen" in text(pilot)
        assert "ouci.dntb.gov.ua" not in text(pilot)
        await press(pilot, "pagedown", "pagedown")
        assert "ouci.dntb.gov.ua" in text(pilot)
        await press(pilot, "i")
        assert shows(pilot, Form)
        assert "logs nothing" in text(pilot)
        await press(pilot, "ctrl+s")
        assert shows(pilot, HandingOverScreen)
        await press(pilot, "enter")
        assert type(pilot.app.screen) is CareScreen
        assert given(house) == []
        await press(pilot, "escape", "f3", "c", "ctrl+s")
        assert "After needling · for “me”" in text(pilot)
        assert "enter given" in text(pilot)
        await press(pilot, "left", "i")  # it is this slip that is handed over, once
        assert shows(pilot, HandingOverScreen)
        assert "After needling" in text(pilot)
        await press(pilot, "escape")
        assert given(house) == []  # left without a word it was not given
        await press(pilot, "c", "ctrl+s", "enter")
        assert given(house) == [("after", "on the screen")]
        await press(pilot, "c", "tab", "right")
        pilot.app.screen.query_one("#field-to Input", Input).value = str(tmp_path / "slip.pdf")
        await settle(pilot)
        await press(pilot, "ctrl+s")
        for _ in range(50):  # the page is typeset first
            if not shows(pilot, Form):
                break
            await settle(pilot)
        assert given(house)[1:] == [("after", "on paper")]
        assert (tmp_path / "slip.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("keys", [("m",), ("i",)], ids=["slip", "form"])
async def test_a_slip(altered: Altered, house: House, keys: tuple[str, ...]) -> None:
    async def hands(pilot: Pilot[None]) -> None:
        await on_care(pilot)
        await press(pilot, *keys)

    assert not await altered(house.app(), hands)
