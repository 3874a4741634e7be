"""Plain words for durations, dates, lengths and strengths, the same on every screen."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
"""Times are counted in microseconds."""
_MINUTE, _HOUR, _DAY = MINUTE // SECOND, HOUR // SECOND, DAY // SECOND


def spoken(micros: int) -> str:
    """A duration in its two largest units, rounded up, so that the wait said is enough: 13 h 22 min."""
    seconds = max(0, -(-micros // SECOND))
    if seconds < _MINUTE:
        return f"{seconds} s"
    if seconds < _HOUR:
        return _pair(seconds, _MINUTE, "min", 1, "s")
    if seconds < 2 * _DAY:
        return _pair(seconds, _HOUR, "h", _MINUTE, "min")
    return _pair(seconds, _DAY, "d", _HOUR, "h")


def short(micros: int) -> str:
    """A duration in its largest unit, rounded down: 14 h."""
    seconds = max(0, micros // SECOND)
    for unit, name in ((_DAY, "d"), (_HOUR, "h"), (_MINUTE, "min")):
        if seconds >= unit * (2 if unit == _DAY else 1):
            return f"{seconds // unit} {name}"
    return f"{seconds} s"


def ago(micros: int) -> str:
    """How long since, in its largest unit: just now, 3 s ago."""
    return "just now" if micros < SECOND else f"{short(micros)} ago"


def countdown(micros: int) -> str:
    """Time left on a running soak: 06:12, or 1:06:12."""
    seconds = max(0, -(-micros // SECOND))
    hours, rest = divmod(seconds, _HOUR)
    minutes = f"{rest // _MINUTE:02}:{rest % _MINUTE:02}"
    return f"{hours}:{minutes}" if hours else minutes


def time_left(micros: int) -> str:
    """What is left of a running soak: 06:12 left."""
    return f"{countdown(micros)} left"


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
"""Spelled here: what `strftime` writes follows the locale."""


def month(day: date) -> str:
    """The month of a day in three letters."""
    return MONTHS[day.month - 1][:3]


def full_date(day: date, space: str = " ") -> str:
    """A date no reader can take for another: 2 Jan 2027."""
    return space.join((str(day.day), month(day), str(day.year)))


def end_of_day(day: date, offset: int) -> int:
    """The first instant after a day, at an offset in minutes: what is printed as expiry lasts that day."""
    zone = timezone(timedelta(minutes=offset))
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return (midnight - epoch) // timedelta(microseconds=1) + DAY


def millimetres(length: Decimal | None) -> str:
    """A needle length with its unit, nothing for a part without needles."""
    return "" if length is None else f"{length:.2f} mm"


def dose(agent: str, strength: Decimal | None) -> str:
    """An agent with its strength, as people say it: 70 % alcohol."""
    return agent if strength is None else f"{strength.normalize():f} % {agent}"


def plural(count: int, word: str, many: str = "") -> str:
    """A count and its noun: 1 use, 3 uses, 2 entries."""
    return f"{count:,} {word if count == 1 else many or f'{word}s'}"


def bracketed(text: str) -> str:
    """A text of ours in brackets, its own brackets as a part of the sentence: none stand in others."""
    return f"({text.replace(' (', ', ').replace(')', '')})"


def article(word: str) -> str:
    """A noun with its article: an operator, a roller."""
    return f"an {word}" if word[:1].lower() in "aeiou" else f"a {word}"


def contact_time(seconds: int) -> str:
    """How long an agent works, with every unit that it has: 10 min, 1 h 30 min, 90 s."""
    hours, rest = divmod(seconds, _HOUR)
    if rest % _MINUTE:
        return f"{seconds} s"
    minutes = rest // _MINUTE
    return " ".join(
        part
        for part in (f"{hours} h" if hours else "", f"{minutes} min" if minutes or not hours else "")
        if part
    )


def _pair(seconds: int, unit: int, name: str, small: int, small_name: str) -> str:
    whole, rest = divmod(-(-seconds // small) * small, unit)
    return f"{whole} {name}" + (f" {rest // small} {small_name}" if rest // small else "")
