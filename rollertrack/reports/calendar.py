"""What is due as a calendar (RFC 5545): whole days, each event the same at every writing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

PRODUCT_ID = "-//RollerTrack//due//EN"
_OWNER = "x-rollertrack-database"
KEPT_CANCELLED = timedelta(days=90)
"""For how long a calendar tells that something is not due any more."""
_MORNING = timedelta(hours=9)
_MOST_NUMBER = 2**31 - 2
"""Beyond the next number, calendars count no further."""
_LAST_YEAR = 9998


class Entry(NamedTuple):
    """An event of one day; `uid` names it for ever, `number` grows whenever what it says changes."""

    uid: str
    day: date
    title: str
    number: int
    text: str = ""
    cancelled_at: datetime | None = None


class Written(NamedTuple):
    """A calendar as it was written: which database's it is, empty in old ones, and its events."""

    database: str
    entries: Sequence[Entry]


def calendar(entries: Iterable[Entry], now: datetime, database: str = "") -> bytes:
    """Events as a file for calendars, written at a moment in UTC; it names the database it tells of."""
    from icalendar import Alarm, Calendar, Event

    made = Calendar()
    made.add("prodid", PRODUCT_ID)
    made.add("version", "2.0")
    if database:
        made.add(_OWNER, database)
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("sequence", entry.number)
        event.add("dtstamp", now)
        event.add("last-modified", entry.cancelled_at or now)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", entry.title)
        if entry.text:
            event.add("description", entry.text)
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE")
        event.add("status", "CANCELLED" if entry.cancelled_at else "CONFIRMED")
        if entry.cancelled_at is None:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", entry.title)
            alarm.add("trigger", _MORNING)
            event.add_component(alarm)
        made.add_component(event)
    return bytes(made.to_ical())


def written_before(data: bytes) -> Written | None:
    """A calendar that was written here; None for any other file, ValueError for one changed since."""
    from icalendar import Calendar

    try:
        found = Calendar.from_ical(data)
        if str(found.get("prodid", "")) != PRODUCT_ID:
            return None
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):
        return None
    try:
        return Written(str(found.get(_OWNER, "")), [_read(each) for each in found.walk("VEVENT")])
    except (KeyError, AttributeError, TypeError):
        raise ValueError from None


def _read(event: Mapping[str, object]) -> Entry:
    """An event as it is written here; an error for any other."""
    day, changed = event["dtstart"].dt, event["last-modified"].dt  # type: ignore[attr-defined]
    number, is_cancelled = int(str(event["sequence"])), str(event["status"]) == "CANCELLED"
    if type(day) is not date or day.year > _LAST_YEAR or not 0 <= number <= _MOST_NUMBER:
        raise ValueError
    if type(changed) is not datetime or changed.tzinfo is None:
        raise ValueError
    return Entry(
        str(event["uid"]), day, str(event["summary"]), number,
        str(event.get("description", "")), changed if is_cancelled else None,
    )  # fmt: skip


def following(entries: Iterable[Entry], before: Iterable[Entry], now: datetime) -> list[Entry]:
    """The events as they follow those written before, so that a calendar takes each change.

    The number of one that says what it said stays; one that is not due any more is told as cancelled for 90
    days.
    """
    known = {entry.uid: entry for entry in before}
    found = [_numbered(entry, known.pop(entry.uid, None)) for entry in entries]
    for entry in known.values():
        if entry.cancelled_at is None:
            found.append(entry._replace(cancelled_at=now, number=entry.number + 1))
        elif now - entry.cancelled_at < KEPT_CANCELLED:
            found.append(entry)
    return found


def _numbered(entry: Entry, before: Entry | None) -> Entry:
    """The event with the number it had, a higher one where anything of it changed.

    One that is over stays what it was and where it stood: only that it is cancelled is told of it.
    """
    if before is None:
        return entry
    if entry.cancelled_at is not None:
        entry = entry._replace(day=before.day, title=before.title, text=before.text)
    is_same = entry._replace(number=0, cancelled_at=None) == before._replace(number=0, cancelled_at=None)
    is_same = is_same and (entry.cancelled_at is None) is (before.cancelled_at is None)
    return entry._replace(number=before.number if is_same else max(entry.number, before.number + 1))
