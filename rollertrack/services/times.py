"""Moments and dates as people type them; the zone of the machine where none is given."""

import re
from datetime import UTC, date, datetime, timedelta

from rollertrack.domain.quantities import MONTHS, SECOND
from rollertrack.errors import BadInput
from rollertrack.wording.dates import local

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_LENGTH_OF_DAY = len("2026-11-22")
# Compiled where a time is typed, which most commands are not told.
_MONTH = r"\d{4}-\d{2}"
_DAY = r"\d{4}-\d{2}-\d{2}"
_DAY_AS_SHOWN = r"(?:(\d{1,2}) )?([A-Za-z]{3,9}) (\d{4}|\d{2})"
_AS_SHOWN = (
    r"(?:(?:(today|yesterday)|(\d{1,2}) ([a-z]{3,9})(?: (\d{4}|\d{2}))?) )?"
    r"(\d{1,2}:\d{2}(?::\d{2})?)([+-]\d{2}:\d{2})?"
)
_LEAP = 8
"""Years within which every day of a leap year comes."""


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


def day_begins(found: date) -> int:
    """The first instant of a day in the zone of the machine."""
    return micros(datetime(found.year, found.month, found.day).astimezone())


def moment(text: str, now: int, field: str = "at") -> tuple[int, int]:
    """A past moment and its offset in minutes, as ISO 8601 or as screens show it; local without an offset."""
    right = "2026-11-22 10:30 or 22 Nov 10:30 is right"
    try:
        written = _iso_of(text.strip(), now)
        parsed = datetime.fromisoformat(written)
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
    if len(written) <= _LENGTH_OF_DAY:
        raise BadInput(field, f"“{text[:40]}” lacks the time of day; {right}")
    return instant, _whole_minutes(aware.utcoffset())


def _iso_of(text: str, now: int) -> str:
    """A moment as screens show it, in ISO 8601; anything else as it is.

    A day without a year is the last one that was; ValueError for one that the calendar lacks.
    """
    found = re.fullmatch(_AS_SHOWN, text, re.IGNORECASE)
    if found is None:
        return text
    word, number, named, year, clock, offset = found.groups()
    day, today = local(now).date(), local(now).date()
    if word and word.lower() == "yesterday":
        day = today - timedelta(days=1)
    elif number is not None:
        day = _last_day(int(number), _month(named), _year(year) if year else None, today)
    return f"{day.isoformat()}T{clock:0>5}{offset or ''}"


def _last_day(number: int, month: int, year: int | None, today: date) -> date:
    """The day of a year, or the last of that name that was; a leap day may be years ago."""
    if year is not None:
        return date(year, month, number)
    for each in range(today.year, today.year - _LEAP - 1, -1):
        if number <= _days_in(each, month) and date(each, month, number) <= today:
            return date(each, month, number)
    raise ValueError(number)


def _days_in(year: int, month: int) -> int:
    """How many days a month has; ValueError for one that there is not."""
    from calendar import monthrange  # most commands are told no day

    return monthrange(year, month)[1]


def _year(text: str) -> int:
    """A year, also in the two digits that screens show."""
    return int(text) + (_FIRST_YEAR if len(text) == len("27") else 0)


def _month(named: str) -> int:
    """The month that a word of three letters or more begins; ValueError for none."""
    begun = [name.lower().startswith(named.lower()) for name in MONTHS]
    return begun.index(True) + 1


def _happens_once(naive: datetime) -> bool:
    """Whether a local time names one moment: clocks put back repeat an hour, put forward they skip one."""
    first, second = (naive.replace(fold=fold).astimezone() for fold in (0, 1))
    return first.utcoffset() == second.utcoffset()


def day(text: str, field: str) -> date:
    """A date from YYYY-MM-DD or as it is shown, or the last day of a month, as packs print it."""
    typed = text.strip()
    right = "YYYY-MM-DD or YYYY-MM is right, such as 2027-05-31, or 31 May 2027"
    try:
        if shown := re.fullmatch(_DAY_AS_SHOWN, typed):
            number, named, year = shown.groups()
            month = _month(named)
            found = date(_year(year), month, int(number or _days_in(_year(year), month)))
        elif re.fullmatch(_MONTH, typed):
            year, month = (int(part) for part in typed.split("-"))
            found = date(year, month, _days_in(year, month))
        elif re.fullmatch(_DAY, typed):
            found = date.fromisoformat(typed)
        else:
            raise BadInput(field, f"“{text[:40]}” is not a date; {right}")
    except ValueError:
        raise BadInput(field, f"“{text[:40]}” is not a date of the calendar; {right}") from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise BadInput(field, f"the year {found.year} is out of range; {right}")
    return found
