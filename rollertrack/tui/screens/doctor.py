"""What works here and what does not: a line each, with what to do."""

import asyncio
from collections.abc import Callable, Sequence
from textwrap import wrap

from textual.content import Content

from rollertrack.diagnostics.health import Check, Health
from rollertrack.domain.text import printable
from rollertrack.tui.help import Help
from rollertrack.tui.screens.list_screen import BACK, ListScreen

_AROUND = 6
_INKS = {Health.GOOD: "$verdict-use", Health.DOUBT: "$verdict-care", Health.BAD: "$verdict-stop"}


class DoctorScreen(ListScreen[Check]):
    """Everything a station needs, looked at once; nothing is changed."""

    help = Help(
        "The doctor",
        "Looks at database, settings, fonts, printers, link, clock and terminal, and changes nothing. A line "
        "with ✗ does not work, one with ! wants a look; what to do stands behind it.",
    )
    where = "doctor"
    empty = "Looking …"
    BINDINGS = [BACK]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._found: Sequence[Check] | None = None

    def on_resize(self) -> None:
        """Wrap anew what was found."""
        if self._found is not None:
            self.reread()

    async def read_rows(self) -> Sequence[Check]:
        """What was found as the screen opened: it asks printers, and a deed elsewhere is no reason to."""
        if self._found is None:
            checkup: Callable[[], Sequence[Check]] = self.app.checkup
            self._found = await asyncio.to_thread(checkup)
        return self._found

    def prompt(self, row: Check) -> Content:
        """A check: its sign and what it is of; below it what was seen and what to do."""
        width = self.app.size.width - _AROUND
        said = wrap(printable(row.said), width)
        advice = wrap(printable(row.advice), width)
        return Content("\n").join(
            [
                Content.assemble(
                    (f"{row.health.value} ", f"bold {_INKS[row.health]}"), (row.subject, "bold")
                ),
                *(Content(f"  {line}") for line in said),
                *(Content.styled(f"  {line}", "$foreground 60%") for line in advice),
            ]
        )

    def key(self, row: Check) -> str:
        """What it is of."""
        return row.subject
