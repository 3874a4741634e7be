"""What must be read whole on a small screen, whatever else is told there."""

from pathlib import Path

import pytest
from harness.house_app import House, household, press, settle, text

SMALL = (80, 24)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return household(tmp_path / "a.db")


async def test_no_message_takes_the_buttons_of_a_form(house: House) -> None:
    """With a field that was refused, and with one message or three below the form; gone, the fields grow."""
    house.roller()
    app = house.app()
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "a", "ctrl+s")
        fields = app.screen.query_one("#form-fields")
        alone = fields.size.height
        for _ in range(3):
            app.notify("ABC can come out of the alcohol.", markup=False, timeout=600)
            await settle(pilot)
            assert "ctrl+s  Log" in text(pilot)
            assert "esc  Leave" in text(pilot)
        assert text(pilot).count("can come out") == 3
        assert fields.size.height == alone - 3
        app.clear_notifications()
        await settle(pilot)
        assert fields.size.height == alone
