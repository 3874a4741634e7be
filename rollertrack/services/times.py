"""Moments and dates as people type them; the zone of the machine where none is given."""

import calendar
import re
from datetime import UTC, date, datetime, timedelta

from rollertrack.domain.quantities import SECOND
from rollertrack.errors import BadInput
from rollertrack.wording.dates import local

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_LENGTH_OF_DAY = len("2026-11-22")
_MONTH = re.compile(r"\d{4}-\d{2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def micros(moment: datetime) -> int:
    """An aware moment as microseconds UTC."""
    return (moment - _EPOCH) // _MICROSECOND


def in_micros(seconds: float) -> int:
    """Seconds as the microseconds that instants are counted in."""
    return int(seconds * SECOND)


def at_offset(instant: int) -> int:
    """The machine's offset at an instant, in minutes."""
    return _whole_minutes(local(instant).utcoffset())


def _whole_minutes(offset: timedelta | None) -> int:
    """An offset in minutes, its seconds cut off: rounded down, −23:59:30 would be a whole day."""
    return int((offset or timedelta()) / timedelta(minutes=1))


def offset_after(found: date) -> int:
    """The machine's offset at the end of a day, in minutes: daylight saving differs from day to day."""
    end = datetime(found.year, found.month, found.day) + timedelta(days=1)  # noqa: DTZ001 - local time is meant
    return _whole_minutes(end.astimezone().utcoffset())


def moment(text: str, now: int, field: str = "at") -> tuple[int, int]:
    """A past moment and its offset in minutes, from ISO 8601; local time without an offset."""
    right = "ISO 8601 is right, such as 2026-11-22T10:30"
    try:
        parsed = datetime.fromisoformat(text.strip())
        aware = parsed if parsed.tzinfo else parsed.astimezone()
        instant = micros(aware)
        is_clear = parsed.tzinfo is not None or _happens_once(parsed)
    except (ValueError, OverflowError, OSError):
        raise BadInput(field, f"“{text[:40]}” is not a moment; {right}") from None
    if not is_clear:
        raise BadInput(
            field, f"“{text[:40]}” happens twice or never as clocks change; add an offset, such as +01:00"
        )
    if not _FIRST_YEAR <= aware.year <= _LAST_YEAR:
        raise BadInput(field, f"the year {aware.year} is out of range; {right}")
    if instant > now:
        raise BadInput(field, f"“{text[:40]}” lies in the future; a moment that has passed is right")
    if len(text.strip()) <= _LENGTH_OF_DAY:
        raise BadInput(field, f"“{text[:40]}” lacks the time of day; {right}")
    return instant, _whole_minutes(aware.utcoffset())


def _happens_once(naive: datetime) -> bool:
    """Whether a local time names one moment: clocks put back repeat an hour, put forward they skip one."""
    first, second = (naive.replace(fold=fold).astimezone() for fold in (0, 1))
    return first.utcoffset() == second.utcoffset()


def day(text: str, field: str) -> date:
    """A date from YYYY-MM-DD, or the last day of a month from YYYY-MM, as packs print it."""
    typed = text.strip()
    right = "YYYY-MM-DD or YYYY-MM is right, such as 2027-05-31"
    try:
        if _MONTH.fullmatch(typed):
            year, month = (int(part) for part in typed.split("-"))
            found = date(year, month, calendar.monthrange(year, month)[1])
        elif _DAY.fullmatch(typed):
            found = date.fromisoformat(typed)
        else:
            raise BadInput(field, f"“{text[:40]}” is not a date; {right}")
    except (ValueError, calendar.IllegalMonthError):
        raise BadInput(field, f"“{text[:40]}” is not a date of the calendar; {right}") from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise BadInput(field, f"the year {found.year} is out of range; {right}")
    return found
