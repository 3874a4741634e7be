"""Each screen as a picture, at the two sizes it is drawn for."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from tui_house import START, House, household, press, scan, settle

from rollertrack.services import lists
from rollertrack.services.rows import RollerRow

SIZES = [(80, 24), (120, 40)]
Hands = Callable[[Pilot[None]], Awaitable[None]]

pytestmark = pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])


@pytest.fixture
def house(tmp_path: Path) -> House:
    return household(tmp_path / "a.db")


def rows(house: House) -> dict[str, RollerRow]:
    return {row.name: row for row in lists.rows_for_list(house.station)}


def keys(*names: str) -> Hands:
    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await press(pilot, *names)

    return hands


@pytest.mark.parametrize(
    "names", [(), ("down", "down"), ("right", "right")], ids=["first", "third", "stale-only"]
)
def test_the_bench(snap_compare: Any, house: House, names: tuple[str, ...], size: tuple[int, int]) -> None:
    assert snap_compare(house.app(), terminal_size=size, run_before=keys(*names))


def test_the_bench_without_a_roller(snap_compare: Any, tmp_path: Path, size: tuple[int, int]) -> None:
    app = House(tmp_path / "b.db").app()

    async def sample() -> None: ...

    app.on_sample = sample
    assert snap_compare(app, terminal_size=size, run_before=keys())


def test_the_bench_where_nothing_fits(snap_compare: Any, house: House, size: tuple[int, int]) -> None:
    assert snap_compare(house.app(), terminal_size=size, run_before=keys("slash", *"xyz"))


@pytest.mark.parametrize("name", ["evening", "body", "weekend", "travel", "old blue"])
def test_a_verdict(snap_compare: Any, house: House, name: str, size: tuple[int, int]) -> None:
    # A week on, so that the skin has rested; what was washed then is fresh now.
    code = rows(house)[name].code

    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await scan(pilot, code)

    assert snap_compare(house.app(), terminal_size=size, run_before=hands)


def test_scans_before_stand_above(snap_compare: Any, house: House, size: tuple[int, int]) -> None:
    codes = [row.code for row in rows(house).values()]

    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await scan(pilot, *codes)

    assert snap_compare(house.app(), terminal_size=size, run_before=hands)


def test_a_solution_offered_for_rollers(snap_compare: Any, house: House, size: tuple[int, int]) -> None:
    codes = [rows(house)["travel"].code, house.solution()]

    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await scan(pilot, *codes)

    assert snap_compare(house.app(), terminal_size=size, run_before=hands)


@pytest.mark.parametrize(
    ("names", "what"),
    [
        (("down", "down", "enter"), "record"),
        (("ctrl+d",), "due"),
        (("f2",), "soaks"),
        (("f3",), "people"),
        (("f4",), "solutions"),
        (("f5",), "operators"),
        (("question_mark",), "help"),
        (("ctrl+p",), "palette"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_screen(
    snap_compare: Any, house: House, names: tuple[str, ...], what: str, size: tuple[int, int]
) -> None:
    house.operator()
    house.bin()
    assert what
    assert snap_compare(house.app(), terminal_size=size, run_before=keys(*names))


def test_a_soak_that_is_up(snap_compare: Any, house: House, size: tuple[int, int]) -> None:
    house.soak(rows(house)["travel"].code, rows(house)["scalp, from the summer kit"].code, minutes="30")
    house.now = START + 7 * 60_000_000
    assert snap_compare(house.app(), terminal_size=size, run_before=keys("f2"))
