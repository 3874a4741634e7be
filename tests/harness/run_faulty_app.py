"""The terminal UI with a list that cannot be drawn."""

import sys

from textual.strip import Strip

from rollertrack.settings import Settings
from rollertrack.tui.widgets.roller_table import RollerTable
from rollertrack.wiring import terminal_app


def broken(_table: RollerTable, _line: int) -> Strip:
    """Fail as a fault of the program would."""
    raise ZeroDivisionError


setattr(RollerTable, "render_line", broken)  # noqa: B010 - a method is not assigned to
terminal_app(Settings(database=sys.argv[1])).run()
