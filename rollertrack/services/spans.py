"""The span of time that a report counts, as typed or as turned to."""

from datetime import date, timedelta

from rollertrack.domain.reports import Period
from rollertrack.errors import BadInput
from rollertrack.services import times
from rollertrack.services.station import Station
from rollertrack.wording.dates import local_day

USUAL_DAYS = 91
"""How long a span is when none is named: thirteen weeks."""
_MOST_YEARS = 30


def period(station: Station, begin: str | None = None, end: str | None = None) -> Period:
    """A span by its first and its last day, as typed; the last thirteen weeks when none is named."""
    now = station.clock()
    today = local_day(now)
    last = today if end is None else times.day(end, "to")
    first = last - timedelta(days=USUAL_DAYS - 1) if begin is None else times.day(begin, "from")
    for field, day in (("to", last), ("from", first)):
        if day > today:
            raise BadInput(field, f"{day.isoformat()} lies in the future; a day that has begun is right")
    if last < first:
        raise BadInput(
            "to",
            "lies before the first day; a later day is right",
            at_prompt="lies before --from; a later day is right",
        )
    if (last - first).days > _MOST_YEARS * 366:
        raise BadInput("from", f"{first.isoformat()} is too long ago; at most {_MOST_YEARS} years are right")
    return span_of(first, last, now)


def span_of(first: date, last: date, now: int) -> Period:
    """From the first instant of a day to the last of another, and no further than now."""
    return Period(times.day_begins(first), min(now, times.day_begins(last + timedelta(days=1)) - 1))


def spans_back(station: Station, count: int) -> Period:
    """The thirteen weeks that end today, or those so many spans before."""
    now = station.clock()
    last = local_day(now) - timedelta(days=USUAL_DAYS * count)
    return span_of(last - timedelta(days=USUAL_DAYS - 1), last, now)
