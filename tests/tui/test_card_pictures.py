"""Each state of an action card as a picture, at the two sizes it is drawn for."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from harness.house_app import DAY, MINUTE, SECOND, START, House, pass_second, scan, scan_label, settle
from harness.pictures import Altered
from textual.pilot import Pilot

from rollertrack.domain.cards import Action
from rollertrack.domain.code import Kind
from rollertrack.services import keeping, people, policies

Story = Callable[[House], Iterator[str | int]]
"""The scans of a story in their order; a number is a span of time that passes before the next."""

USED, SOAK, DONE = Action.USED.code, Action.SOAK.code, Action.DONE.code
FAULT, BIN, UNDO = Action.FAULT.code, Action.BIN.code, Action.UNDO.code


def used_waits(_: House) -> Iterator[str | int]:
    yield USED
    yield 3 * SECOND


def used_done(house: House) -> Iterator[str | int]:
    yield USED
    yield 3 * SECOND
    yield house.fresh()


def used_with_care(house: House) -> Iterator[str | int]:
    yield house.fresh("body", "1.0")
    yield USED
    yield 2 * SECOND


def used_too_soon(house: House) -> Iterator[str | int]:
    yield house.roller("travel")
    yield USED
    yield SECOND // 2
    yield USED


def used_stopped(house: House) -> Iterator[str | int]:
    code = house.fresh("old blue")
    keeping.inspect(house.station, code, fail="a needle is bent")
    yield code
    yield USED


def used_despite(house: House) -> Iterator[str | int]:
    yield from used_stopped(house)
    yield 3 * SECOND
    yield USED


def used_needs_person(house: House) -> Iterator[str | int]:
    house.person("B.")
    yield house.fresh()
    yield USED


def soak_needs_operator(house: House) -> Iterator[str | int]:
    policies.set_policy(house.station, "profile", "clinic")
    yield house.roller()
    yield SOAK


def soak_waits(_: House) -> Iterator[str | int]:
    yield SOAK


def soak_jar_waits(house: House) -> Iterator[str | int]:
    yield house.solution()


def soak_collects(house: House) -> Iterator[str | int]:
    yield house.solution()
    for name in ("one", "two", "three"):
        yield house.roller(name)
        yield 5 * SECOND


def soak_lists(house: House) -> Iterator[str | int]:
    yield house.roller("one")
    yield house.roller("two")
    yield SOAK


def soak_done(house: House) -> Iterator[str | int]:
    yield from soak_collects(house)
    yield SOAK


def soak_fails(house: House) -> Iterator[str | int]:
    code = house.roller()
    house.soak(code)
    yield code
    yield SOAK


def done_early(house: House) -> Iterator[str | int]:
    code = house.roller()
    house.soak(code)
    yield code
    yield DONE


def done_done(house: House) -> Iterator[str | int]:
    code = house.roller()
    house.soak(code)
    yield 10 * MINUTE
    yield DONE
    yield code


def not_ok_done(house: House) -> Iterator[str | int]:
    yield house.fresh("old blue")
    yield FAULT


def bin_needs_bin(house: House) -> Iterator[str | int]:
    house.bin("yellow")
    house.bin("red")
    yield house.fresh("old blue")
    yield BIN


def bin_done(house: House) -> Iterator[str | int]:
    yield from bin_needs_bin(house)
    yield next(row.code for row in people.list_named(house.station, Kind.BIN) if row.label == "red")


def undo_done(house: House) -> Iterator[str | int]:
    code = house.fresh()
    house.use(code)
    yield code
    yield UNDO


def undo_old(house: House) -> Iterator[str | int]:
    code = house.fresh()
    house.use(code)
    yield 3 * DAY
    yield code
    yield UNDO


def let_go(house: House) -> Iterator[str | int]:
    yield from used_stopped(house)
    yield 20 * SECOND


def unknown_card(_: House) -> Iterator[str | int]:
    yield "TBBBBBBBT"


def unclaimed(_: House) -> Iterator[str | int]:
    yield "RKDTLBNEB"


STORIES: tuple[Story, ...] = (
    used_waits, used_done, used_with_care, used_too_soon, used_stopped, used_despite, used_needs_person,
    soak_needs_operator, soak_waits, soak_jar_waits, soak_collects, soak_lists, soak_done, soak_fails,
    done_early, done_done, not_ok_done, bin_needs_bin, bin_done, undo_done, undo_old, let_go,
    unknown_card, unclaimed,
)  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
async def test_a_card(altered: Altered, tmp_path: Path, story: Story) -> None:
    house = House(tmp_path / "a.db", now=START)

    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        for step in story(house):
            if isinstance(step, str):
                await scan(pilot, step)
            else:
                house.later(step)
                await pass_second(pilot)

    assert not await altered(house.app(), hands)


@pytest.mark.parametrize("is_old", [False, True], ids=["proven", "old"])
async def test_a_label(altered: Altered, tmp_path: Path, is_old: bool) -> None:
    house = House(tmp_path / "a.db", now=START)
    code = house.fresh()
    house.label(code)
    if is_old:
        house.label(code, mark="B")

    async def hands(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await scan_label(pilot, code)

    assert not await altered(house.app(), hands)
