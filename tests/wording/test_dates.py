"""Dates where they are easily wrong: as clocks change, at midnight, at the turn of a year."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollertrack.errors import BadInput
from rollertrack.services import times
from rollertrack.wording import dates

VIENNA = ZoneInfo("Europe/Vienna")
INSTANTS = st.integers(0, 4_102_444_800_000_000)  # 1970 to 2100
TYPABLE = st.integers(978_307_200_000_000, 3_786_912_000_000_000)  # 2001 to 2090


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp() * 1_000_000)


@pytest.fixture
def in_vienna() -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Europe/Vienna"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.parametrize(
    ("instant", "iso", "spoken"),
    [
        ("2026-03-29T00:59:59+00:00", "2026-03-29T01:59:59+01:00", "29 Mar 2026 01:59"),
        ("2026-03-29T01:00:00+00:00", "2026-03-29T03:00:00+02:00", "29 Mar 2026 03:00"),
        ("2026-10-25T00:59:59+00:00", "2026-10-25T02:59:59+02:00", "25 Oct 2026 02:59+02:00"),
        ("2026-10-25T01:00:00+00:00", "2026-10-25T02:00:00+01:00", "25 Oct 2026 02:00+01:00"),
        ("2026-10-24T23:59:59+00:00", "2026-10-25T01:59:59+02:00", "25 Oct 2026 01:59"),
        ("2026-10-25T02:00:00+00:00", "2026-10-25T03:00:00+01:00", "25 Oct 2026 03:00"),
        ("2026-12-31T22:59:59+00:00", "2026-12-31T23:59:59+01:00", "31 Dec 2026 23:59"),
        ("2026-12-31T23:00:00+00:00", "2027-01-01T00:00:00+01:00", "1 Jan 2027 00:00"),
    ],
)
@pytest.mark.usefixtures("in_vienna")
def test_an_instant_is_told_by_the_clock_on_the_wall(instant: str, iso: str, spoken: str) -> None:
    assert dates.iso(at(instant)) == iso
    assert dates.iso_day(at(instant)) == iso[:10]
    assert dates.spoken_moment(at(instant)) == spoken
    day, _, clock = spoken.rpartition(" ")
    assert dates.spoken_day(at(instant)) == day
    assert dates.to_the_second(at(instant)) == iso[11:19] + clock[5:]


@pytest.mark.usefixtures("in_vienna")
def test_the_hour_that_happens_twice_is_told_apart_wherever_a_clock_is_told() -> None:
    first, second = at("2026-10-25T00:30:00+00:00"), at("2026-10-25T01:30:00+00:00")
    for zone in (None, VIENNA):
        told = [
            (dates.when(each, each, zone), dates.short_moment(each, each, zone), dates.clock(each, zone))
            for each in (first, second)
        ]
        assert told == [
            ("today 02:30+02:00", "today 02:30+02:00", "Sun 25 Oct 02:30+02:00"),
            ("today 02:30+01:00", "today 02:30+01:00", "Sun 25 Oct 02:30+01:00"),
        ]


@pytest.mark.usefixtures("in_vienna")
@given(st.integers(at("2026-10-24T22:00:00+00:00"), at("2026-10-25T04:00:00+00:00")))
def test_what_a_form_shows_of_a_moment_is_read_as_that_moment(instant: int) -> None:
    minute = instant - instant % 60_000_000
    assert times.moment(dates.spoken_moment(minute), minute)[0] == minute


@pytest.mark.usefixtures("in_vienna")
@given(TYPABLE, TYPABLE)
def test_what_a_screen_shows_of_the_past_may_be_typed(one: int, other: int) -> None:
    then, now = (each - each % 60_000_000 for each in sorted((one, other)))
    assert times.moment(dates.short_moment(then, now), now)[0] == then
    assert times.day(dates.spoken_day(then), "expiry") == dates.local_day(then)


@pytest.mark.parametrize(
    ("typed", "now", "meant"),
    [
        ("09:41", "2026-11-22T10:32:00+01:00", "2026-11-22T09:41:00+01:00"),
        ("today 9:41", "2026-11-22T10:32:00+01:00", "2026-11-22T09:41:00+01:00"),
        ("Yesterday 23:59", "2026-01-01T00:00:00+01:00", "2025-12-31T23:59:00+01:00"),
        ("22 nov 10:32", "2026-11-22T10:32:00+01:00", "2026-11-22T10:32:00+01:00"),
        ("23 November 10:32", "2026-11-22T10:32:00+01:00", "2025-11-23T10:32:00+01:00"),
        ("29 Feb 12:00", "2026-11-22T10:32:00+01:00", "2024-02-29T12:00:00+01:00"),
        ("2 Jan 26 12:00", "2026-11-22T10:32:00+01:00", "2026-01-02T12:00:00+01:00"),
    ],
)
@pytest.mark.usefixtures("in_vienna")
def test_a_moment_may_be_typed_as_people_say_it(typed: str, now: str, meant: str) -> None:
    assert times.moment(typed, at(now))[0] == at(meant)


@pytest.mark.parametrize(
    "typed", ["31 Feb 10:00", "0 Jan 10:00", "5 Foo 10:00", "22 Nov", "25:00", "tomorrow 9:00"]
)
def test_what_is_no_moment_is_refused_with_what_would_be_right(typed: str) -> None:
    with pytest.raises(BadInput, match="22 Nov 10:30 is right"):
        times.moment(typed, at("2026-11-22T10:32:00+00:00"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("31 May 2027", "2027-05-31"), ("feb 2028", "2028-02-29"), ("2 Jan 27", "2027-01-02")],
)
def test_a_day_may_be_typed_as_it_is_shown(typed: str, meant: str) -> None:
    assert times.day(typed, "expiry").isoformat() == meant


@pytest.mark.usefixtures("in_vienna")
def test_no_instant_has_no_words() -> None:
    assert (dates.iso(None), dates.iso_day(None)) == (None, None)
    assert (dates.spoken_day(None), dates.spoken_moment(None)) == ("", "")


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        ("2026-03-29T00:00:00+01:00", "2026-03-29T23:59:00+02:00", "today 00:00"),
        ("2026-03-28T23:59:00+01:00", "2026-03-29T00:00:00+01:00", "yesterday 23:59"),
        ("2026-03-30T00:00:00+02:00", "2026-03-29T00:00:00+01:00", "tomorrow 00:00"),
        ("2026-03-31T00:00:00+02:00", "2026-03-29T23:59:00+02:00", "31 Mar 00:00"),
        ("2026-12-30T23:59:00+01:00", "2027-01-01T00:00:00+01:00", "30 Dec 26 23:59"),
        ("2026-12-31T23:59:00+01:00", "2027-01-01T00:00:00+01:00", "yesterday 23:59"),
    ],
)
def test_a_near_moment_is_named_by_its_day(then: str, now: str, said: str) -> None:
    assert dates.short_moment(at(then), at(now), VIENNA) == said


@pytest.mark.parametrize(
    ("then", "said"),
    [
        ("2026-10-24T12:00:00+02:00", "due"), ("2026-10-24T12:00:01+02:00", "today"),
        ("2026-10-24T23:59:59+02:00", "today"), ("2026-10-25T00:00:00+02:00", "1 d"),
        # The longest day of the year is one day too.
        ("2026-10-25T23:59:59+01:00", "1 d"), ("2026-10-26T00:00:00+01:00", "2 d"),
        ("2027-01-31T00:00:00+01:00", "99 d"), ("2027-02-01T00:00:00+01:00", "1 Feb 27"),
    ],
)  # fmt: skip
def test_days_to_come_are_days_of_the_calendar(then: str, said: str) -> None:
    assert dates.days_left(at(then), at("2026-10-24T12:00:00+02:00"), VIENNA) == said


def test_a_day_has_its_year_unless_it_is_this_one() -> None:
    now = at("2026-11-22T10:32:00+00:00")
    assert dates.date_of(now, now, UTC) == "today"
    assert dates.date_of(at("2026-01-01T00:00:00+00:00"), now, UTC) == "1 Jan"
    assert dates.date_of(at("2025-12-31T23:59:59+00:00"), now, UTC) == "31 Dec 25"
    assert dates.clock(now, UTC) == "Sun 22 Nov 10:32"


@given(INSTANTS, INSTANTS)
def test_every_date_is_printable_and_no_longer_than_its_column(then: int, now: int) -> None:
    short = dates.date_of(then, now, VIENNA)
    assert len(short) <= dates.LONGEST_SHORT_DAY
    said = (
        short, dates.when(then, now, VIENNA), dates.short_moment(then, now, VIENNA), dates.clock(now, VIENNA),
        dates.days_left(then, now, VIENNA), dates.spoken_moment(then),
    )  # fmt: skip
    assert all(text.isprintable() and text == text.strip() for text in said)


@given(INSTANTS)
def test_an_instant_comes_back_from_its_iso_form_to_the_second(instant: int) -> None:
    text = dates.iso(instant)
    assert text is not None
    assert int(datetime.fromisoformat(text).timestamp()) == instant // 1_000_000


@given(TYPABLE)
def test_many_moments_read_as_each_does(instant: int) -> None:
    assert dates.Moments().spoken(instant) == dates.spoken_moment(instant)


@pytest.mark.usefixtures("in_vienna")
def test_many_moments_are_told_apart_as_clocks_change() -> None:
    moments = dates.Moments()
    night = at("2026-10-24T22:00:00+00:00")
    for minute in range(0, 300, 7):
        instant = night + minute * 60_000_000
        assert moments.spoken(instant) == dates.spoken_moment(instant)
