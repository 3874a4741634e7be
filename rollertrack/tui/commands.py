"""Every deed and every screen as a command of the palette."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from textual.app import SystemCommand
from textual.screen import Screen

from rollertrack.domain.code import shown
from rollertrack.tui.deed_table import ROLLER_DEEDS, SCREENS, STATION_DEEDS, DeedRow
from rollertrack.tui.host import Host
from rollertrack.tui.screens.live import RollerScreen


def of(host: Host, screen: Screen[Any]) -> Iterator[SystemCommand]:
    """The commands that work on a screen, deeds to its roller first."""
    if isinstance(screen, RollerScreen) and (code := screen.roller):
        for row in ROLLER_DEEDS:
            title = f"{row.name.replace('_', ' ').capitalize()} · {shown(code)}"
            yield SystemCommand(title, _keyed(row), partial(screen.action_deed, row.name))
    for row in STATION_DEEDS:
        yield SystemCommand(_title(row), _keyed(row), partial(host.do, row.name))
    for row in SCREENS:
        yield SystemCommand(_title(row), _keyed(row), partial(host.action_open, row.name))
    yield SystemCommand("Help", "Explain what is focused  (?)", host.action_explain)
    yield SystemCommand("Theme", "Choose the colours", host.action_change_theme)
    yield SystemCommand("Quit", "Leave RollerTrack  (ctrl+q)", host.action_quit)


def _title(row: DeedRow) -> str:
    return row.label[:1].upper() + row.label[1:]


def _keyed(row: DeedRow) -> str:
    return f"{row.does}  ({row.key})" if row.key else row.does
