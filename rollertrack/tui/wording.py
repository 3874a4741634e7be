"""Instants in few words, for lists; all in local time unless a zone is given."""

from datetime import UTC, date, datetime, tzinfo

_MICROS = 1_000_000
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
