"""What a key, a scan or a screen leaves behind: nothing, however many there were before."""

import gc
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from harness.house_app import household, press, scan
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.timer import Timer

from rollertrack.services import lists

_ROUNDS = 6
Hands = Callable[[Pilot[None], str], Awaitable[None]]


async def arrows(pilot: Pilot[None], _: str) -> None:
    await press(pilot, "down", "up")


async def scans(pilot: Pilot[None], code: str) -> None:
    await scan(pilot, code)
    await press(pilot, "escape")


async def records(pilot: Pilot[None], _: str) -> None:
    await press(pilot, "enter", "escape")


async def helps(pilot: Pilot[None], _: str) -> None:
    await press(pilot, "question_mark", "escape")


def alive() -> Counter[str]:
    """How many widgets, screens and timers there are, by kind."""
    gc.collect()
    return Counter(type(each).__name__ for each in gc.get_objects() if isinstance(each, DOMNode | Timer))


def watchers(pilot: Pilot[None]) -> int:
    """How many things wait for a value of any widget of any screen to change."""
    nodes: list[Any] = [
        pilot.app,
        *(node for screen in pilot.app.screen_stack for node in screen.walk_children(with_self=True)),
    ]
    return sum(len(each) for node in nodes for each in getattr(node, "__watchers", {}).values())


@pytest.mark.parametrize("hands", [arrows, scans, records, helps])
async def test_what_is_done_again_and_again_leaves_nothing_behind(hands: Hands, tmp_path: Path) -> None:
    house = household(tmp_path / "a.db")
    code = lists.roller_rows(house.station, lists.listing(house.station).ids)[0].code
    async with house.app().run_test() as pilot:
        await press(pilot)
        for _ in range(2):
            await hands(pilot, code)
        before, watched, shown = alive(), watchers(pilot), len(pilot.app.screen_stack)
        for _ in range(_ROUNDS):
            await hands(pilot, code)
        assert len(pilot.app.screen_stack) == shown
        assert watchers(pilot) <= watched
        more = alive() - before
        # A screen that was left just now may not be gone yet; what grows with each round is a leak.
        assert {kind: count for kind, count in more.items() if count >= _ROUNDS} == {}
