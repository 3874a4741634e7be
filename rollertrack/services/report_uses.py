"""The reports of uses: how many a week, and how soon after each a roller was disinfected."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from rollertrack.domain.reports import (
    Cell,
    LifeSeen,
    Period,
    Report,
    UseWash,
    Washed,
    band_of,
    washes_after,
)  # fmt: skip
from rollertrack.services.station import Station
from rollertrack.store import report_queries as queries
from rollertrack.store.journal import Journal
from rollertrack.wording.dates import local_day

BAND_NAMES = ("to_030", "to_050", "to_100", "over_100", "no_needles")


def uses_report(station: Station, _: Journal, span: Period) -> Report:
    """Uses a week by needle length; a week without any is a row too."""
    counted: dict[date, Counter[int]] = defaultdict(Counter)
    for use in queries.uses_between(station.store.database, span.since, span.until):
        day = local_day(use.at)
        counted[day - timedelta(days=day.weekday())][band_of(use.length)] += 1
    rows: list[tuple[Cell, ...]] = []
    for week in _weeks(span):
        bands = counted[week]
        each = tuple(bands[band] for band in (0, 1, 2, 3, -1))
        rows.append((week.isoformat(), _days_in(span, week), *each, sum(each)))
    return Report("uses", span, ("week", "days", *BAND_NAMES, "uses"), tuple(rows))


def _days_in(span: Period, week: date) -> int:
    """How many days of a week lie in a span."""
    first, last = local_day(span.since), local_day(span.until)
    return (min(last, week + timedelta(days=6)) - max(first, week)).days + 1


def _weeks(span: Period) -> Iterator[date]:
    """The Monday of every week that the span touches."""
    first, last = local_day(span.since), local_day(span.until)
    week = first - timedelta(days=first.weekday())
    while week <= last:
        yield week
        week += timedelta(days=7)


def washes_of(station: Station, span: Period) -> list[UseWash]:
    """The uses of a span that count, by roller, each with the disinfection after it."""
    database, found = station.store.database, []
    washes = defaultdict(list)
    for wash in queries.washes_of_used(database, span.since, span.until):
        washes[wash.roller].append(wash)
    lives, now = queries.lives_of_used(database, span.since, span.until), station.clock()
    every = queries.uses_of_used(database, span.since, span.until)
    for roller, uses in groupby(every, key=lambda use: use.roller):
        told = washes_after(
            list(uses), washes[roller], lives.get(roller, LifeSeen()).unwashed(now), _same_day
        )
        found += [each for each in told if span.since <= each.use.at <= span.until]
    return found


def _same_day(one: int, other: int) -> bool:
    return local_day(one) == local_day(other)


def washing_report(station: Station, _: Journal, span: Period) -> Report:
    """How many uses were followed by a disinfection within the hour, the same day, later, never."""
    counted = Counter(each.outcome for each in washes_of(station, span))
    whole = counted.total()
    rows = tuple(
        (outcome.value, counted[outcome], round(100 * counted[outcome] / whole, 1) if whole else 0.0)
        for outcome in Washed
    )
    return Report("washing", span, ("disinfected", "uses", "percent"), rows)
