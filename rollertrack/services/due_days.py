"""The days by which it is told what is due: it may be done all its day, and is overdue from the next on."""

from datetime import timedelta

from rollertrack.services.times import day_begins
from rollertrack.wording.dates import local_day


def days_end(now: int, days: int) -> int:
    """The first instant behind today and so many days on."""
    return day_begins(local_day(now) + timedelta(days=days + 1))


def late_from(on: int) -> int:
    """From when on it is overdue: the day after the one on which it was due."""
    return days_end(on, 0)
