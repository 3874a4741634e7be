"""One axis of time with a mark for each thing that is due."""

from collections.abc import Sequence
from datetime import timedelta

from rich.text import Text
from textual.widget import Widget

from rollertrack.domain.rows import DueRow
from rollertrack.wording import dates
from rollertrack.wording.due import due_word

DAYS = 91
_LEAD = 7
_MARKS = {"wash": "~", "take out": "◔", "replace": "▲", "discard": "◇"}
_STEP = 14


class Timeline(Widget):
    """Thirteen weeks from today; what is overdue stands left of today."""

    DEFAULT_CSS = """
    Timeline { height: 4; padding: 0 2; margin-bottom: 1; border-bottom: solid $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[DueRow] = ()
        self._now = 0

    def show(self, lines: Sequence[DueRow], now: int) -> None:
        """Show other marks."""
        self._lines, self._now = lines, now
        self.refresh()

    def render(self) -> Text:
        """Marks, the axis, dates, a legend behind them."""
        width = max(self.size.width, _LEAD + 10)
        text = Text(no_wrap=True)
        text.append("".join(self._marks(width)) + "\n", "bold")
        text.append(self._axis(width) + "\n", "dim")
        text.append(self._dates(width), "dim")
        return text

    def _place(self, day: int, width: int) -> int:
        if day < 0:
            return max(0, _LEAD - 2 + day // 7)
        return min(width - 1, _LEAD + day * (width - _LEAD - 1) // DAYS)

    def _marks(self, width: int) -> list[str]:
        cells = [" "] * width
        today = dates.local_day(self._now)
        for line in self._lines:
            place = self._place((dates.local_day(line.on) - today).days, width)
            taken = cells[place] not in {" ", _MARKS[line.what]}
            cells[place] = "●" if taken else _MARKS[line.what]
        return cells

    def _axis(self, width: int) -> str:
        cells = ["─"] * width
        cells[_LEAD] = "┼"
        for day in range(_STEP, DAYS, _STEP):
            cells[self._place(day, width)] = "┴"
        return "".join(cells)

    def _dates(self, width: int) -> str:
        cells = list("overdue".ljust(width))
        today = dates.local_day(self._now)
        free = 0
        for day in range(0, DAYS, _STEP):
            then = today + timedelta(days=day)
            label = "today" if day == 0 else dates.short_day(then, today)
            start = (self._place(day, width) if day else _LEAD) + 1
            end = start + len(label)
            if start >= free and end <= width:  # a date that would run into the one before is left out
                cells[start:end] = label
                free = end + 1
        return "".join(cells)


def legend() -> str:
    """What the marks mean."""
    return "   ".join(f"{mark} {due_word(what)}" for what, mark in _MARKS.items()) + "   ● several"
