"""What is due, in the words and the groups a person thinks in."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from rollertrack.domain.code import shown
from rollertrack.domain.quantities import plural
from rollertrack.domain.rows import DueRow
from rollertrack.wording.dates import date_of, local_day, short_moment, spoken_day

OVERDUE, TODAY, WEEK, MONTH, LATER = "Overdue", "Today", "This week", "This month", "Later"
_ORDER = (OVERDUE, TODAY, WEEK, MONTH, LATER)
_WEEK, _MONTH = 7, 30
_WORDS = {"wash": "disinfect"}


def due_word(what: str) -> str:
    """What is to be done, as people call it."""
    return _WORDS.get(what, what)


def due_when(line: DueRow, now: int, *, to_the_minute: bool) -> str:
    """When it is due; since when, to the minute where that is asked for, once it is overdue."""
    return short_moment(line.on, now) if to_the_minute and line.on <= now else date_of(line.on, now)


def due_cells(line: DueRow) -> tuple[str, ...]:
    """What is due in the columns of a list that names every date in full."""
    return spoken_day(line.on), line.what, shown(line.code), line.name, line.because


def nothing_due(days: int) -> str:
    """That so many days ask for nothing."""
    return f"Nothing is due within {plural(days, 'day')}."


def grouped(lines: Iterable[DueRow], now: int) -> Iterator[tuple[str, Sequence[DueRow]]]:
    """The lines by group, the nearest first; a wash is owed from the moment of the use."""
    ordered = sorted(lines, key=lambda line: (_ORDER.index(group_of(line, now)), line.on, line.code))
    for name, each in groupby(ordered, key=lambda line: group_of(line, now)):
        yield name, list(each)


def group_of(line: DueRow, now: int) -> str:
    """The group of one line."""
    if line.on <= now:
        return OVERDUE
    return _by_day(local_day(line.on), local_day(now))


def _by_day(day: date, today: date) -> str:
    bounds = ((TODAY, 0), (WEEK, _WEEK), (MONTH, _MONTH))
    return next((name for name, days in bounds if day <= today + timedelta(days=days)), LATER)
