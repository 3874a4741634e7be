"""What works here and what does not: a line each, with what to do."""

import asyncio
from collections.abc import Sequence

from textual.content import Content

from rollertrack.diagnostics.health import Check, Health
from rollertrack.domain.text import printable
from rollertrack.tui.help import Help
from rollertrack.tui.screens.list_screen import BACK, ListScreen

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

    async def read_rows(self) -> Sequence[Check]:
        """What the doctor found; a printer is asked, which may take its time."""
        return await asyncio.to_thread(self.app.checkup)

    def prompt(self, row: Check) -> Content:
        """A check: its sign, what it is of, what was seen, what to do."""
        advice = f"\n  {printable(row.advice)}" if row.advice else ""
        return Content.assemble(
            (f"{row.health.value} ", f"bold {_INKS[row.health]}"), (row.subject, "bold"),
            f"   {printable(row.said)}", (advice, "$foreground 60%"),
        )  # fmt: skip

    def key(self, row: Check) -> str:
        """What it is of."""
        return row.subject
