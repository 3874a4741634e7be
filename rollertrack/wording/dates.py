"""Instants, microseconds UTC, as people and documents read them, in the zone of the machine.

The days are spelled here: what `strftime` writes follows the locale.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo

from rollertrack.domain.quantities import MINUTE, full_date, month

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_QUARTER = 15 * MINUTE
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONGEST_SHORT_DAY = len("22 Jan 27")


def local(at: int, zone: tzinfo | None = None) -> datetime:
    """An instant as local time."""
    return (_EPOCH + at * _MICROSECOND).astimezone(zone)


def utc(at: int) -> datetime:
    """An instant as a moment in UTC, to the second."""
    return (_EPOCH + at * _MICROSECOND).replace(microsecond=0)


def local_day(at: int, zone: tzinfo | None = None) -> date:
    """The day of an instant in local time."""
    return local(at, zone).date()


def iso(at: int | None) -> str | None:
    """An instant as ISO 8601 with the local offset, to the second."""
    return None if at is None else local(at).isoformat(timespec="seconds")


def iso_day(at: int | None) -> str | None:
    """The local day of an instant, as ISO 8601."""
    return None if at is None else local_day(at).isoformat()


def now_or_like(now: int) -> str:
    """How a moment may be typed where none means now."""
    then = local(now)
    return f"now, or like {then:%H:%M} or {then.day} {month(then)} {then:%H:%M}"


def spoken_day(at: int | None) -> str:
    """The local day of an instant for people: 2 Jan 2027; empty for none."""
    return "" if at is None else full_date(local_day(at))


def spoken_moment(at: int | None) -> str:
    """The local day and minute of an instant for people; empty for none."""
    if at is None:
        return ""
    then = local(at)
    return f"{full_date(then.date())} {time_of_day(then)}"


def span_text(begun: int | None, ended: int) -> str:
    """From when to when for people: `2 Jan 2027 09:41 to 10:05`, with the day of the end if it is another."""
    if begun is None or local_day(begun) != local_day(ended):
        return f"{spoken_moment(begun)} to {spoken_moment(ended)}"
    return f"{spoken_moment(begun)} to {time_of_day(local(ended))}"


class Moments:
    """Many instants as people read them: each quarter of an hour is looked up once.

    Clocks are put back and forth on a quarter, so that within one all have the same offset.
    """

    def __init__(self) -> None:
        self._quarters: dict[int, tuple[str, int, str]] = {}

    def spoken(self, at: int) -> str:
        """As `spoken_moment` says it."""
        quarter, rest = divmod(at, _QUARTER)
        if quarter not in self._quarters:
            begun = local(quarter * _QUARTER)
            self._quarters[quarter] = (f"{full_date(begun)} {begun:%H:}", begun.minute, _told_apart(begun))
        hour, minute, apart = self._quarters[quarter]
        return f"{hour}{minute + rest // MINUTE:02}{apart}"


def time_of_day(then: datetime, zone: tzinfo | None = None) -> str:
    """Hour and minute: 09:41; with the offset in the hour that happens twice: 02:30+01:00."""
    return f"{then:%H:%M}{_told_apart(then, zone)}"


def _told_apart(then: datetime, zone: tzinfo | None = None) -> str:
    """The offset of a local time that another instant has as well, as clocks are put back; else empty."""
    naive = then.replace(tzinfo=None)
    first, second = naive.replace(tzinfo=zone, fold=0), naive.replace(tzinfo=zone, fold=1)
    if zone is None:
        first, second = first.astimezone(), second.astimezone()
    return "" if first.utcoffset() == second.utcoffset() else then.isoformat()[len(naive.isoformat()) :]


def to_the_second(at: int) -> str:
    """The local time of day of an instant: 09:41:05."""
    then = local(at)
    return f"{then:%H:%M:%S}{_told_apart(then)}"


def days_on(now: int, days: int) -> date:
    """The day that comes in so many days."""
    return local_day(now) + timedelta(days=days)


def a_year_on(day: date) -> date:
    """The same day a year later; the last of February where there is none."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=day.day - 1)


def short_day(then: date, today: date) -> str:
    """A date: `6 Nov`, with the year when it is not today's: `2 Jan 27`."""
    text = f"{then.day} {month(then)}"
    return text if then.year == today.year else f"{text} {then.year % 100:02}"


def when(at: int, now: int, zone: tzinfo | None = None) -> str:
    """A past instant: `today 09:41`, `6 Nov`, `6 Nov 25`."""
    then, today = local(at, zone), local_day(now, zone)
    return f"today {time_of_day(then, zone)}" if then.date() == today else short_day(then.date(), today)


def days_left(at: int, now: int, zone: tzinfo | None = None, counted: int = 99) -> str:
    """A date to come: `due` when reached, `today`, `12 d`, and beyond the days counted `2 Jan 27`."""
    then, today = local_day(at, zone), local_day(now, zone)
    left = (then - today).days
    if at <= now:
        return "due"
    if left == 0:
        return "today"
    return f"{left} d" if left <= counted else short_day(then, today)


def short_moment(at: int, now: int, zone: tzinfo | None = None) -> str:
    """An instant with its time of day: `today 09:41`, `tomorrow 09:41`, `6 Nov 21:10`, `6 Nov 25 21:10`."""
    then, today = local(at, zone), local_day(now, zone)
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((then.date() - today).days)
    return f"{near or short_day(then.date(), today)} {time_of_day(then, zone)}"


def date_of(at: int, now: int, zone: tzinfo | None = None) -> str:
    """The date of an instant: `today`, `2 Jan 27`."""
    then, today = local_day(at, zone), local_day(now, zone)
    return "today" if then == today else short_day(then, today)


def clock(now: int, zone: tzinfo | None = None) -> str:
    """The day and the time of day: `Sun 22 Nov 10:32`."""
    here = local(now, zone)
    return f"{_DAYS[here.weekday()]} {here.day} {month(here)} {time_of_day(here, zone)}"
