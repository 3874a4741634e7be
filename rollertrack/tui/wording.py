"""Instants in few words, for lists; all in local time unless a zone is given."""

from datetime import UTC, date, datetime, tzinfo

_MICROS = 1_000_000
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def local(at: int, zone: tzinfo | None = None) -> datetime:
    """An instant in microseconds UTC as local time."""
    return datetime.fromtimestamp(at / _MICROS, UTC).astimezone(zone)


def day(then: date, today: date) -> str:
    """A date: `6 Nov`, with the year when it is not today's: `2 Jan 27`."""
    text = f"{then.day} {_MONTHS[then.month - 1]}"
    return text if then.year == today.year else f"{text} {then.year % 100:02}"


def when(at: int, now: int, zone: tzinfo | None = None) -> str:
    """A past instant: `today 09:41`, `6 Nov`, `6 Nov 25`."""
    then, today = local(at, zone), local(now, zone).date()
    return f"today {then:%H:%M}" if then.date() == today else day(then.date(), today)


def days_left(at: int, now: int, zone: tzinfo | None = None, counted: int = 99) -> str:
    """A date to come: `due` when reached, `today`, `12 d`, and beyond the days counted `2 Jan 27`."""
    then, today = local(at, zone).date(), local(now, zone).date()
    left = (then - today).days
    if at <= now:
        return "due"
    if left == 0:
        return "today"
    return f"{left} d" if left <= counted else day(then, today)


def moment(at: int, now: int, zone: tzinfo | None = None) -> str:
    """An instant with its time of day: `today 09:41`, `tomorrow 09:41`, `6 Nov 21:10`, `6 Nov 25 21:10`."""
    then, today = local(at, zone), local(now, zone).date()
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((then.date() - today).days)
    return f"{near or day(then.date(), today)} {then:%H:%M}"


def date_of(at: int, now: int, zone: tzinfo | None = None) -> str:
    """The date of an instant: `today`, `2 Jan 27`."""
    then, today = local(at, zone).date(), local(now, zone).date()
    return "today" if then == today else day(then, today)


def clock(now: int, zone: tzinfo | None = None) -> str:
    """The day and the time of day: `Sun 22 Nov 10:32`."""
    here = local(now, zone)
    return f"{_DAYS[here.weekday()]} {here.day} {_MONTHS[here.month - 1]} {here:%H:%M}"
