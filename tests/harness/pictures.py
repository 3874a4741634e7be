"""Pictures of an app at several sizes of its terminal, compared with those that were accepted.

One app serves all sizes: a story is lived once, and then the terminal is resized, as a user would resize it.
"""

import inspect
import pickle
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Protocol

import pytest
from pytest_textual_snapshot import PseudoApp, PseudoConsole, SVGImageExtension, node_to_report_path
from rich.console import ConsoleDimensions
from syrupy.assertion import SnapshotAssertion
from textual.app import App
from textual.pilot import Pilot

Size = tuple[int, int]
Hands = Callable[[Pilot[Any]], Awaitable[None]]
SIZES: tuple[Size, ...] = ((80, 24), (120, 40))
"""The smallest terminal that the screens are drawn for, and a common one."""


class Altered(Protocol):
    """The sizes at which an app looks otherwise than it was accepted, after what hands did to it."""

    async def __call__(
        self, app: App[Any], hands: Hands | None = None, sizes: Iterable[Size] = SIZES
    ) -> list[str]: ...


@pytest.fixture
def altered(snapshot: SnapshotAssertion, request: pytest.FixtureRequest, _still_cursor: None) -> Altered:
    """What compares an app with its pictures; `--snapshot-update` accepts what it sees."""
    snapshot = snapshot.use_extension(SVGImageExtension)

    async def compare(app: App[Any], hands: Hands | None = None, sizes: Iterable[Size] = SIZES) -> list[str]:
        first, *_ = sizes = list(sizes)
        found: list[str] = []
        async with app.run_test(size=first, tooltips=True, notifications=True) as pilot:
            if hands is not None:
                await hands(pilot)
            for size in sizes:
                await _resized(pilot, size)
                picture = app.export_screenshot(title=app.title, simplify=True)
                name = f"{size[0]}x{size[1]}"
                if not _is_accepted(snapshot, request, name, picture):
                    found.append(name)
        return found

    return compare


async def _resized(pilot: Pilot[Any], size: Size) -> None:
    if pilot.app.size != size:
        await pilot.resize_terminal(*size)
    for _ in range(2):  # a painting may ask for another
        await pilot.pause()
    await pilot.wait_for_scheduled_animations()


def _is_accepted(
    snapshot: SnapshotAssertion, request: pytest.FixtureRequest, name: str, picture: str
) -> bool:
    """Compare, and tell the report in HTML, which shows what differs side by side."""
    is_same = snapshot(name=name) == picture
    before = snapshot.executions[snapshot.num_executions - 1].final_data
    path, line, test = request.node.reportinfo()
    console = PseudoConsole(legacy_windows=False, size=ConsoleDimensions(80, 24))
    told = (
        is_same, str(before), picture, PseudoApp(console), path, line, f"{test} {name}",
        inspect.getdoc(request.node.function) or "", "", before is not None,
    )  # fmt: skip
    report = node_to_report_path(request.node)
    report.with_name(f"{report.name}_{name}").write_bytes(pickle.dumps(told))
    return is_same
