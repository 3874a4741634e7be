"""Each screen as a picture, at the two sizes it is drawn for."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from harness.house_app import START, House, household, press, scan, settle, verdict
from harness.pictures import Altered
from textual.pilot import Pilot

from rollertrack.domain.rows import RollerRow
from rollertrack.domain.words import Word
from rollertrack.services import keeping, lists

Hands = Callable[[Pilot[None]], Awaitable[None]]


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
async def test_the_bench(altered: Altered, house: House, names: tuple[str, ...]) -> None:
    assert not await altered(house.app(), keys(*names))


async def test_the_bench_without_a_roller(altered: Altered, tmp_path: Path) -> None:
    app = House(tmp_path / "b.db").app()

    async def sample() -> None: ...

    app.on_sample = sample
    assert not await altered(app, keys())


async def test_the_bench_where_nothing_fits(altered: Altered, house: House) -> None:
    assert not await altered(house.app(), keys("slash", *"xyz"))


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
async def test_a_verdict(altered: Altered, tmp_path: Path, word: Word) -> None:
    house = House(tmp_path / "words.db")
    code = words(house)[word]

    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await scan(pilot, code)
        assert verdict(pilot).result.word is word

    assert not await altered(house.app(), hands)


async def test_scans_before_stand_above(altered: Altered, house: House) -> None:
    codes = [row.code for row in rows(house).values()]

    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await scan(pilot, *codes)

    assert not await altered(house.app(), hands)


async def test_a_solution_offered_for_rollers(altered: Altered, house: House) -> None:
    codes = [rows(house)["travel"].code, house.solution()]

    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await scan(pilot, *codes)

    assert not await altered(house.app(), hands)


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
async def test_a_screen(altered: Altered, house: House, names: tuple[str, ...], what: str) -> None:
    house.operator()
    house.bin()
    assert what
    assert not await altered(house.app(), keys(*names))


async def palette(pilot: Pilot[None]) -> None:
    """Open the palette and wait until its search is over: it shows its finds in batches."""
    await settle(pilot)
    await pilot.press("ctrl+p")
    await pilot.pause()
    async with asyncio.timeout(120):
        await pilot.app.workers.wait_for_complete()
    await settle(pilot)


async def test_the_palette(altered: Altered, house: House) -> None:
    assert not await altered(house.app(), palette)


async def test_a_soak_that_is_up(altered: Altered, house: House) -> None:
    house.soak(rows(house)["travel"].code, rows(house)["scalp, from the summer kit"].code, minutes="30")
    house.now = START + 7 * 60_000_000
    assert not await altered(house.app(), keys("f2"))
