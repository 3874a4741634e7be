"""The screens by name; each is imported and built when it is first wanted."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from rollertrack.tui.screens.live import LiveScreen

if TYPE_CHECKING:
    from rollertrack.services.lists import Opening
    from rollertrack.tui.scanning.scan_results import ScanResult
    from rollertrack.tui.screens.bench import BenchScreen
    from rollertrack.tui.screens.verdict import VerdictScreen


def bench(first: "Opening | None" = None) -> "BenchScreen":
    """The first screen, with its first rows when they are read already."""
    from rollertrack.tui.screens.bench import BenchScreen

    return BenchScreen(first)


def verdict(result: "ScanResult") -> "VerdictScreen":
    """A scan over everything."""
    from rollertrack.tui.screens.verdict import VerdictScreen

    return VerdictScreen(result)


def record(code: str) -> LiveScreen:
    """One roller."""
    from rollertrack.tui.screens.record import RecordScreen

    return RecordScreen(code)


def due() -> LiveScreen:
    """What is due."""
    from rollertrack.tui.screens.due import DueScreen

    return DueScreen()


def soaks() -> LiveScreen:
    """What soaks."""
    from rollertrack.tui.screens.soaks import SoaksScreen

    return SoaksScreen()


def people() -> LiveScreen:
    """The persons."""
    from rollertrack.tui.screens.registers import PeopleScreen

    return PeopleScreen()


def solutions() -> LiveScreen:
    """The bottles and jars."""
    from rollertrack.tui.screens.registers import SolutionsScreen

    return SolutionsScreen()


def operators() -> LiveScreen:
    """Who works here."""
    from rollertrack.tui.screens.registers import OperatorsScreen

    return OperatorsScreen()


def labels() -> LiveScreen:
    """Labels to print."""
    from rollertrack.tui.screens.labels import LabelsScreen

    return LabelsScreen()


def queue() -> LiveScreen:
    """The print queue."""
    from rollertrack.tui.screens.queue import QueueScreen

    return QueueScreen()


def printers() -> LiveScreen:
    """The printers."""
    from rollertrack.tui.screens.printers import PrintersScreen

    return PrintersScreen()


def help_on(screen: Screen[Any]) -> Screen[None]:
    """What a screen and its focused part are, and every key that works there."""
    from rollertrack.tui.screens.help import HelpScreen

    return HelpScreen(screen)


BY_NAME: dict[str, Callable[[], LiveScreen]] = {
    "due": due,
    "soaks": soaks,
    "people": people,
    "solutions": solutions,
    "operators": operators,
    "labels": labels,
    "queue": queue,
    "printers": printers,
}
