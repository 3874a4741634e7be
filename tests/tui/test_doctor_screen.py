"""The doctor in the terminal: a check a line with what to do, looked at once, also where a check fails."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from harness.house_app import House, app_of, household, settle, text
from harness.pictures import Altered

from rollertrack.diagnostics.health import Check, bad, doubt, good

SIZES = [(80, 24), (120, 40)]
LONG = "an advice of many words that no line of eighty cells holds, so that it must go on below itself"
CHECKS = (
    good("clock", "it is right."),
    doubt("[b]printers[/b]", "none is set.", LONG),
    bad("database", "gone."),
)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return household(tmp_path / "a.db")


async def test_how_it_looks(altered: Altered, house: House) -> None:
    app = house.app()
    app.checkup = lambda: CHECKS

    async def hands(pilot: Any) -> None:
        await settle(pilot)
        app.open_screen("doctor")
        await settle(pilot)

    assert not await altered(app, hands)


async def test_it_looks_once_and_tells_all(house: House) -> None:
    app, looks = house.app(), list[int]()

    def checkup() -> Sequence[Check]:
        looks.append(1)
        return CHECKS

    app.checkup = checkup
    async with app.run_test(size=SIZES[0]) as pilot:
        await settle(pilot)
        app.open_screen("doctor")
        await settle(pilot)
        seen = text(pilot)
        assert "✓ clock" in seen
        assert "! [b]printers[/b]" in seen
        assert "✗ database" in seen
        assert " ".join(seen.split()).count(LONG) == 1
        house.roller()
        app_of(pilot).on_second()
        await settle(pilot)
    assert looks == [1]
