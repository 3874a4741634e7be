"""What is due, in the groups a person thinks in; pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from rollertrack.domain.rows import DueRow
from rollertrack.wording import dates

OVERDUE, TODAY, WEEK, MONTH, LATER = "Overdue", "Today", "This week", "This month", "Later"
_ORDER = (OVERDUE, TODAY, WEEK, MONTH, LATER)
_WEEK, _MONTH = 7, 30


def grouped(lines: Iterable[DueRow], now: int) -> Iterator[tuple[str, Sequence[DueRow]]]:
    """The lines by group, the nearest first; a wash is owed from the moment of the use."""
    ordered = sorted(lines, key=lambda line: (_ORDER.index(group_of(line, now)), line.on, line.code))
    for name, each in groupby(ordered, key=lambda line: group_of(line, now)):
        yield name, list(each)


def group_of(line: DueRow, now: int) -> str:
    """The group of one line."""
    if line.on <= now:
        return OVERDUE
    return _by_day(dates.local(line.on).date(), dates.local(now).date())


def _by_day(day: date, today: date) -> str:
    bounds = ((TODAY, 0), (WEEK, _WEEK), (MONTH, _MONTH))
    return next((name for name, days in bounds if day <= today + timedelta(days=days)), LATER)
