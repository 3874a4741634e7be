"""Each screen as a picture, at the two sizes it is drawn for."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from harness.house_app import START, House, household, press, scan, settle, verdict
from textual.pilot import Pilot

from rollertrack.domain.rows import RollerRow
from rollertrack.domain.words import Word
from rollertrack.services import keeping, lists

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


def words(house: House) -> dict[Word, str]:
    """A roller for each word, for someone whose skin is rested."""
    codes = {
        Word.USE: house.fresh("evening"),
        Word.CARE: house.fresh("body", "1.0"),
        Word.WAIT: house.roller("weekend"),
        Word.WASH: house.roller("travel", "0.3"),
        Word.STOP: house.fresh("old blue"),
    }
    house.soak(codes[Word.WAIT])
    keeping.inspect(house.station, codes[Word.STOP], fail="a needle is bent")
    return codes


@pytest.mark.parametrize("word", list(Word))
def test_a_verdict(snap_compare: Any, tmp_path: Path, word: Word, size: tuple[int, int]) -> None:
    house = House(tmp_path / "words.db")
    code = words(house)[word]

    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await scan(pilot, code)
        assert verdict(pilot).result.word is word

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


async def palette(pilot: Pilot[None]) -> None:
    """Open the palette and wait until its search is over: it shows its finds in batches."""
    await settle(pilot)
    await pilot.press("ctrl+p")
    await pilot.pause()
    async with asyncio.timeout(120):
        await pilot.app.workers.wait_for_complete()
    await settle(pilot)


def test_the_palette(snap_compare: Any, house: House, size: tuple[int, int]) -> None:
    assert snap_compare(house.app(), terminal_size=size, run_before=palette)


def test_a_soak_that_is_up(snap_compare: Any, house: House, size: tuple[int, int]) -> None:
    house.soak(rows(house)["travel"].code, rows(house)["scalp, from the summer kit"].code, minutes="30")
    house.now = START + 7 * 60_000_000
    assert snap_compare(house.app(), terminal_size=size, run_before=keys("f2"))
