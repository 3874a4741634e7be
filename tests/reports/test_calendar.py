"""A calendar of what is due: as calendars read it, the same at every writing, and whom it tells what."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from harness.stations import DAY, HOUR, QUICK_BATH, Clock, station_at
from icalendar import Calendar

from rollertrack.errors import BadInput
from rollertrack.reports.calendar import Entry, calendar, following, written_before
from rollertrack.services import keeping, people, registering, using, washing
from rollertrack.services.due import due
from rollertrack.services.due_calendar import MOST_SINGLE, write_calendar
from rollertrack.services.snoozing import snooze
from rollertrack.services.station import Station
from rollertrack.services.using import Use
from rollertrack.wording.dates import local_day

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
ONE = Entry("replace-R@rollertrack", date(2026, 12, 1), "Replace R", 3)
GOLDEN = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//RollerTrack//due//EN\r
BEGIN:VEVENT\r
SUMMARY:Replace R\r
DTSTART;VALUE=DATE:20261201\r
DTEND;VALUE=DATE:20261202\r
DTSTAMP:20261128T120000Z\r
UID:replace-R@rollertrack\r
SEQUENCE:3\r
CLASS:PRIVATE\r
LAST-MODIFIED:20261128T120000Z\r
STATUS:CONFIRMED\r
TRANSP:TRANSPARENT\r
BEGIN:VALARM\r
ACTION:DISPLAY\r
DESCRIPTION:Replace R\r
TRIGGER:PT9H\r
END:VALARM\r
END:VEVENT\r
END:VCALENDAR\r
"""


def events(path: Path) -> dict[str, dict[str, str]]:
    """The events of a file by their names, as a calendar reads them."""
    data = path.read_bytes()
    assert max(map(len, data.split(b"\r\n"))) <= 75
    found: dict[str, dict[str, str]] = {}
    for event in Calendar.from_ical(data).walk("VEVENT"):
        each: Any = event
        found[str(each["uid"])] = {
            "day": each["dtstart"].dt.isoformat(),
            "title": str(each["summary"]),
            "status": str(each["status"]),
            "number": str(each["sequence"]),
            "text": str(each.get("description", "")),
        }
    return found


def dirty(station: Station, name: str) -> str:
    code = registering.add(station, {"length": "0.5", "name": name}).codes[0]
    washing.disinfect(station, code, QUICK_BATH)
    using.use(station, code, Use(acknowledged=True, despite="x"))
    return code


def test_the_bytes_are_those_that_calendars_were_told_first() -> None:
    assert calendar([ONE], NOW) == GOLDEN
    assert written_before(GOLDEN) == ("", [ONE])
    assert written_before(calendar([ONE], NOW, "ab12")) == ("ab12", [ONE])


@pytest.mark.parametrize(
    "data", [b"", b"hello", GOLDEN.replace(b"RollerTrack", b"Others"), b"\xff\x00", GOLDEN[:90]]
)
def test_what_is_no_calendar_of_ours_is_none(data: bytes) -> None:
    assert not written_before(data)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SEQUENCE:3", "SEQUENCE:2147483647"), ("SEQUENCE:3", "SEQUENCE:-1"), ("SEQUENCE:3", "SEQUENCE:x"),
        ("SEQUENCE:3", "X-OTHER:3"), ("LAST-MODIFIED:20261128T120000Z", "LAST-MODIFIED:20261128T120000"),
        ("LAST-MODIFIED:20261128T120000Z", "LAST-MODIFIED;VALUE=DATE:20261128"),
        ("DTSTART;VALUE=DATE:20261201", "DTSTART;VALUE=DATE:99991231"),
        ("DTSTART;VALUE=DATE:20261201", "DTSTART;VALUE=DATE:20261301"),
        ("DTSTART;VALUE=DATE:20261201", "DTSTART:20261201T100000Z"), ("UID:", "X-OTHER:"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("status", ["CONFIRMED", "CANCELLED"])
def test_a_calendar_changed_by_hand_is_one_sentence_and_stays(
    station: Station, tmp_path: Path, before: str, after: str, status: str
) -> None:
    path = tmp_path / "a.ics"
    content = GOLDEN.replace(b"CONFIRMED", status.encode())
    path.write_bytes(content)
    write_calendar(station, str(path))  # as it was written, it is taken
    content = content.replace(before.encode(), after.encode())
    path.write_bytes(content)
    with pytest.raises(BadInput, match="was changed since RollerTrack wrote it") as raised:
        write_calendar(station, str(path))
    assert (raised.value.field, path.read_bytes()) == ("ics", content)


@pytest.mark.parametrize(("number", "taken"), [("0", True), ("2147483646", True), ("2147483647", False)])
def test_numbers_stay_where_calendars_can_count(
    station: Station, tmp_path: Path, number: str, *, taken: bool
) -> None:
    path = tmp_path / "a.ics"
    path.write_bytes(GOLDEN.replace(b"SEQUENCE:3", b"SEQUENCE:" + number.encode()))
    if taken:
        write_calendar(station, str(path))
        assert events(path)[ONE.uid]["number"] == str(int(number) + 1)
    else:
        with pytest.raises(BadInput):
            write_calendar(station, str(path))


def test_a_calendar_belongs_to_the_database_it_tells_of(
    station: Station, clock: Clock, tmp_path: Path
) -> None:
    code, path, old = dirty(station, "evening"), tmp_path / "a.ics", tmp_path / "old.ics"
    write_calendar(station, str(path))
    before = path.read_bytes()
    with station_at(tmp_path / "b.db", clock, "other dice") as other:
        dirty(other, "morning")
        with pytest.raises(BadInput, match="is the calendar of another database") as raised:
            write_calendar(other, str(path))
        assert (raised.value.field, path.read_bytes()) == ("ics", before)
        old.write_bytes(GOLDEN)  # of a time when calendars named none
        write_calendar(other, str(old))
        with pytest.raises(BadInput):
            write_calendar(station, str(old))
    clock.now -= DAY  # what is entered by a clock that went back changes nothing of whose it is
    registering.add(station, {"length": "0.5"})
    write_calendar(station, str(path))
    assert events(path)[f"replace-{code}@rollertrack"]["status"] == "CONFIRMED"


@pytest.mark.parametrize("digest", [False, True])
def test_a_shorter_look_ahead_cancels_nothing_that_is_due(
    station: Station, clock: Clock, tmp_path: Path, *, digest: bool
) -> None:
    code, path = dirty(station, "evening"), tmp_path / "a.ics"
    (late,) = registering.add(station, {"length": "0.2", "expiry": "2027-03-01"}).codes
    clock.now += HOUR
    write_calendar(station, str(path), digest=digest)
    first = events(path)
    assert len(first) == 3
    write_calendar(station, str(path), within_days=3, digest=digest)
    assert events(path) == first
    (new,) = registering.add(station, {"length": "0.2", "expiry": "2027-03-02"}).codes
    write_calendar(station, str(path), within_days=3, digest=digest)
    assert set(events(path)) == set(first), f"{new} is behind them, and was not told of"
    keeping.retire(station, late, "lost")
    washing.disinfect(station, code, QUICK_BATH)
    write_calendar(station, str(path), within_days=3, digest=digest)
    told = {name: each["status"] for name, each in events(path).items()}
    assert sorted(told[name] for name in first) == ["CANCELLED", "CANCELLED", "CONFIRMED"]


@pytest.mark.parametrize("digest", [False, True])
def test_the_number_grows_with_what_the_event_says_alone(
    station: Station, clock: Clock, tmp_path: Path, *, digest: bool
) -> None:
    code, path = dirty(station, "evening"), tmp_path / "a.ics"
    write_calendar(station, str(path), digest=digest)
    first = events(path)
    clock.now += 1
    keeping.note(station, code, "x")
    write_calendar(station, str(path), digest=digest)
    assert events(path) == first
    snooze(station, code, "wash", "2027-02-01", "on holiday")
    write_calendar(station, str(path), digest=digest)
    after = events(path)
    moved = {name for name in first if after[name] != first[name]}
    assert len(moved) == 1
    assert all(int(after[name]["number"]) > int(first[name]["number"]) for name in moved)


def test_a_number_never_falls_and_grows_with_each_change() -> None:
    moved = ONE._replace(day=date(2026, 12, 2))
    assert following([ONE], [ONE._replace(number=5)], NOW)[0].number == 5
    assert following([moved], [ONE], NOW)[0].number == 4
    assert following([moved._replace(number=9)], [ONE], NOW)[0].number == 9
    (gone,) = following([], [ONE], NOW)
    assert (gone.cancelled_at, gone.number) == (NOW, 4)
    assert following([ONE], [gone], NOW)[0] == ONE._replace(number=5)
    almost, over = NOW + timedelta(days=90, seconds=-1), NOW + timedelta(days=90)
    assert following([], [gone], almost) == [gone]
    assert following([], [gone], over) == []


def test_it_tells_what_is_due_by_code_and_never_of_whom(station: Station, tmp_path: Path) -> None:
    (me,) = people.list_persons(station)
    people.edit_person(station, me.code, label="Hannah Example")
    code = dirty(station, "Hannah's roller; blue, old")
    path = tmp_path / "a.ics"
    done = write_calendar(station, str(path))
    found = events(path)
    assert set(found) == {f"{what}-{code}@rollertrack" for what in ("wash", "replace")}
    assert done.message == f"Wrote 2 events to {path}."
    assert {line.what: local_day(line.on).isoformat() for line in due(station, 365).lines} == {
        name.split("-")[0]: each["day"] for name, each in found.items()
    }
    assert b"Hannah" not in path.read_bytes()
    write_calendar(station, str(path), names=True)
    assert "Hannah's roller; blue, old" in events(path)[f"wash-{code}@rollertrack"]["title"]
    assert b"Hannah Example" not in path.read_bytes()


def test_what_is_over_is_told_once_more_and_what_is_put_off_moves(
    station: Station, clock: Clock, tmp_path: Path
) -> None:
    code, path = dirty(station, "evening"), tmp_path / "a.ics"
    write_calendar(station, str(path))
    first = events(path)
    clock.now += DAY
    snooze(station, code, "wash", "2027-02-01", "on holiday")
    write_calendar(station, str(path))
    moved = events(path)[f"wash-{code}@rollertrack"]
    assert (moved["day"], moved["status"]) == ("2027-02-01", "CONFIRMED")
    assert int(moved["number"]) > int(first[f"wash-{code}@rollertrack"]["number"])
    assert b"on holiday" not in path.read_bytes()
    standing = events(path)
    keeping.retire(station, code, "worn")
    write_calendar(station, str(path))
    over = events(path)
    assert {each["status"] for each in over.values()} == {"CANCELLED"}
    for name, each in over.items():
        assert (each["day"], each["title"]) == (standing[name]["day"], standing[name]["title"])
    write_calendar(station, str(tmp_path / "b.ics"))
    (alone,) = events(tmp_path / "b.ics").items()
    assert (alone[0], alone[1]["title"]) == (f"replace-{code}@rollertrack", over[alone[0]]["title"])
    assert "mm" in alone[1]["title"]
    clock.now += 91 * DAY
    write_calendar(station, str(path))
    assert events(path) == {}


def test_many_become_a_digest(station: Station, tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    registering.add(station, {"length": "0.5", "expiry": "2027-06"}, count=MOST_SINGLE)
    write_calendar(station, str(path))
    assert len(events(path)) == MOST_SINGLE
    registering.add(station, {"length": "0.5", "expiry": "2027-06"})
    write_calendar(station, str(path))
    found = [each for each in events(path).values() if each["status"] == "CONFIRMED"]
    assert [each["title"] for each in found] == [f"Replace {MOST_SINGLE + 1} rollers"]
    assert found[0]["text"].endswith("and 10 more")


def test_a_digest_says_of_all_that_is_overdue_that_it_is(
    station: Station, clock: Clock, tmp_path: Path
) -> None:
    registering.add(station, {"length": "0.5", "expiry": "2026-06"}, count=2)
    registering.add(station, {"length": "0.5", "expiry": "2026-05"})
    write_calendar(station, str(tmp_path / "a.ics"), digest=True)
    (found,) = events(tmp_path / "a.ics").values()
    assert found["title"] == "Overdue: Replace 3 rollers"
    assert found["day"] == local_day(clock.now).isoformat()


def test_what_is_not_ours_is_never_written_over(station: Station, tmp_path: Path) -> None:
    foreign, link, folder = tmp_path / "b.ics", tmp_path / "c.ics", tmp_path / "d.ics"
    foreign.write_bytes(GOLDEN.replace(b"RollerTrack", b"Others"))
    link.symlink_to(foreign)
    folder.mkdir()
    for path in (foreign, link, folder, Path("/dev/null"), tmp_path / "no" / "a.ics", tmp_path / "station.db",
                 tmp_path / "x.txt", tmp_path / "x"):  # fmt: skip
        with pytest.raises(BadInput) as raised:
            write_calendar(station, str(path))
        assert raised.value.field == "ics"
    assert foreign.read_bytes() == GOLDEN.replace(b"RollerTrack", b"Others")
