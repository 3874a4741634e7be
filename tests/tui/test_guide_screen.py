"""The guide at the terminal: turned with the arrows, its sources on a key, and as pictures."""

from pathlib import Path

import pytest
from harness.house_app import House, app_of, household, press, settle, text
from harness.pictures import Altered
from textual.pilot import Pilot

from rollertrack.domain.guide_table import BY_CONCERN, SOURCES
from rollertrack.tui.screens.guide import GuideScreen

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return household(tmp_path / "a.db")


async def on_guide(pilot: Pilot[None]) -> GuideScreen:
    """From the palette, as everything without a key is reached."""
    await settle(pilot)
    wanted = next(
        each
        for each in app_of(pilot).get_system_commands(pilot.app.screen)
        if each.title == "Needle length guide"
    )
    wanted.callback()
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, GuideScreen)
    return screen


async def test_the_arrows_choose_and_a_key_shows_the_sources(house: House) -> None:
    async with house.app().run_test(size=(80, 24)) as pilot:
        screen = await on_guide(pilot)
        assert "Choose a concern" in text(pilot)
        assert "Nobody has measured which length suits home use." in text(pilot)
        await press(pilot, "right", "right", "down", "right", "right")
        assert screen.chosen == ("fine lines", "forehead")
        assert "0.5  by 3/4 · 3/3" in text(pilot)
        await press(pilot, "left", "up", "left")
        assert screen.chosen == ("product absorption", "face")
        await press(pilot, "left", "left")
        assert screen.chosen == ("hair", "face")
        assert "At home " in text(pilot)
        await press(pilot, "m")
        assert "PMC8776974" in text(pilot)
        before = text(pilot)
        assert "theeliteclinic.com" not in before
        await press(pilot, "pagedown")
        assert "theeliteclinic.com" in text(pilot)
        await press(pilot, "pageup")
        assert text(pilot) == before
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, GuideScreen)


async def test_what_lies_below_is_a_key_away_where_anything_does(house: House) -> None:
    for size, is_told in zip(SIZES, (True, False), strict=True):
        async with house.app().run_test(size=size) as pilot:
            await on_guide(pilot)
            await press(pilot, *["right"] * 3, "down", *["right"] * 7)
            assert ("pgdn more" in text(pilot)) is is_told
            assert ("SkinPen’s instructions" in text(pilot)) is not is_told
            if is_told:
                await press(pilot, "pagedown")
                assert "SkinPen’s instructions" in text(pilot)


async def test_every_address_of_a_source_stands_whole(house: House) -> None:
    async with house.app().run_test(size=(80, 24)) as pilot:
        await on_guide(pilot)
        await press(pilot, *["right"] * 3, "m")
        said = ""
        for _ in range(4):
            said += "".join(text(pilot).split())
            await press(pilot, "pagedown")
        for named in BY_CONCERN["acne scars"]:
            assert SOURCES[named.source].address in said


async def test_the_guide(altered: Altered, house: House) -> None:
    async def hands(pilot: Pilot[None]) -> None:
        await on_guide(pilot)
        await press(pilot, "right", "right", "right", "down", *["right"] * 7)

    assert not await altered(house.app(), hands)
