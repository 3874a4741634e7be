"""What is due as a calendar file: an event a thing, or a digest of each day; no person's label in it."""

import os
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from rollertrack.domain.rows import DueRow
from rollertrack.errors import BadInput, DeviceFailed
from rollertrack.files import named_file
from rollertrack.labels import files
from rollertrack.reports.calendar import KEPT_CANCELLED, Entry, calendar, following, written_before
from rollertrack.services.due import due
from rollertrack.services.station import Done, Station
from rollertrack.store import queries
from rollertrack.wording import due as say
from rollertrack.wording.dates import local_day, utc

AHEAD = 365
"""Days that a calendar looks ahead where nobody says."""
MOST_SINGLE = 29
"""Events beyond which a day and a kind have one together."""
_MOST_BYTES = 50 * 1024 * 1024
_DOMAIN = "@rollertrack"
_EVER = 36_500
_NAME = 32
"""Digits of the hash of its first entry that name a database."""


def write_calendar(
    station: Station, to: str, *, within_days: int = AHEAD, digest: bool = False, names: bool = False
) -> Done:
    """Write what is due to a file that calendars import; one that was written here before is replaced.

    What stood in that one is told on while it is due, however far off, and then as cancelled. With `names`
    the titles tell how rollers are called, and else only code and length.
    """
    path = named_file("ics", to)
    made = _made(station, _own_calendar(station, path), within_days, digest=digest, names=names)
    files.write_whole(path, made.as_bytes(), force=True)
    live = sum(entry.cancelled_at is None for entry in made.events)
    return Done("due calendar", (), made.now, say.calendar_written(live, len(made.events) - live, path))


def calendar_of(station: Station, within_days: int, *, digest: bool = False, names: bool = False) -> bytes:
    """What is due as a calendar that follows no other."""
    return _made(station, [], within_days, digest=digest, names=names).as_bytes()


class _Made(NamedTuple):
    events: Sequence[Entry]
    now: int
    database: str

    def as_bytes(self) -> bytes:
        """The file for calendars."""
        return calendar(self.events, utc(self.now), self.database)


def _made(station: Station, before: Sequence[Entry], within_days: int, *, digest: bool, names: bool) -> _Made:
    with station.store.reading():
        now = station.clock()
        lines = _lines(station, before, within_days, now)
        is_digest = digest or len(lines) > MOST_SINGLE
        if is_digest:
            events = list(_digest(station, lines, now))
        else:
            events = [*_singles(station, lines, names=names), *_ended(station, now)]
        database = queries.beginning(station.store.database)[:_NAME]
    return _Made(following(_once(events), before, utc(now)), now, database)


def _lines(station: Station, before: Sequence[Entry], within_days: int, now: int) -> list[DueRow]:
    """What is due within some days, and what was told of before and is due behind them."""
    found = due(station, within_days)
    lines = [*found.lines, *found.snoozed]
    if told := {entry.uid for entry in before if entry.cancelled_at is None}:
        here = {(line.what, line.code) for line in lines}
        ever = due(station, _EVER)
        later = (line for line in (*ever.lines, *ever.snoozed) if (line.what, line.code) not in here)
        lines += [line for line in later if told & {_uid(line.what, line.code), _uid(*_place(line, now))}]
    return lines


def _uid(what: str, which: str) -> str:
    return f"{what.replace(' ', '-')}-{which}{_DOMAIN}"


def _own_calendar(station: Station, path: Path) -> Sequence[Entry]:
    """What a file that is to be replaced told; BadInput for what is no calendar of this database."""
    if path.suffix.lower() != ".ics":
        raise BadInput("ics", f"{path.name!r} should end in .ics; every calendar opens that")
    try:
        files.check_target(path, field="ics", force=True)
    except DeviceFailed as error:
        raise BadInput("ics", error.message) from None
    folder = path.parent
    if not folder.is_dir():
        raise BadInput("ics", f"{folder} is no folder; name a file in one that is there")
    if not os.access(folder, os.W_OK):
        raise BadInput("ics", f"nothing may be written into {folder}; name a file elsewhere")
    if not path.exists():
        return []
    try:
        is_small = path.stat().st_size <= _MOST_BYTES
        found = written_before(path.read_bytes()) if is_small else None
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise BadInput("ics", f"{path} cannot be read: {why}; name another file") from None
    except ValueError:
        raise BadInput("ics", f"{path} was changed since RollerTrack wrote it; name another file") from None
    if found is None:
        raise BadInput("ics", f"{path} is no calendar that RollerTrack wrote; name another file")
    with station.store.reading():
        if found.database and not queries.holds_hash(station.store.database, found.database):
            raise BadInput("ics", f"{path} is the calendar of another database; name another file")
    return found.entries


def _day_line(line: DueRow) -> int:
    """The instant whose day a line stands on: what is put off comes when it is due again."""
    return line.on if line.snoozed_until is None else line.snoozed_until


def _singles(station: Station, lines: Sequence[DueRow], *, names: bool) -> Iterator[Entry]:
    database = station.store.database
    codes = [line.code for line in lines]
    lengths, heads = queries.lengths(database, codes), queries.heads(database, codes)
    for line in lines:
        title = say.event_title(line, lengths.get(line.code), with_name=names)
        yield Entry(_uid(line.what, line.code), local_day(_day_line(line)), title, heads.get(line.code, 0))


def _digest(station: Station, lines: Sequence[DueRow], now: int) -> Iterator[Entry]:
    """An event for each kind and day, and one for all that is overdue of a kind, which stands on today."""
    number, today = queries.entry_count(station.store.database), local_day(now)

    def place(line: DueRow) -> tuple[str, str]:
        return _place(line, now)

    for (what, when), each in groupby(sorted(lines, key=lambda line: (place(line), line.code)), key=place):
        same = tuple(each)
        day = today if when == "overdue" else local_day(_day_line(same[0]))
        title = say.digest_title(what, len(same), is_overdue=when == "overdue")
        yield Entry(_uid(what, when), day, title, number, say.digest_text(same))


def _place(line: DueRow, now: int) -> tuple[str, str]:
    """The kind and the day that have one event of a digest."""
    is_late = line.late_from <= now and line.snoozed_until is None
    return line.what, "overdue" if is_late else local_day(_day_line(line)).isoformat()


def _ended(station: Station, now: int) -> Iterator[Entry]:
    """What rollers retired and solutions discarded of late were due for, as cancelled."""
    database = station.store.database
    since = now - KEPT_CANCELLED // timedelta(microseconds=1)
    ended = [
        *(("replace", code, at) for code, at in queries.retired_since(database, since)),
        *(
            ("discard", row["code"], row["discarded_at"])
            for row in queries.solutions(database)
            if row["discarded_at"] is not None and row["discarded_at"] >= since
        ),
    ]
    codes = [code for _, code, _ in ended]
    lengths, heads = queries.lengths(database, codes), queries.heads(database, codes)
    for what, code, at in ended:
        line = DueRow(code, "", what, at, "", at)
        title = say.event_title(line, lengths.get(code))
        yield Entry(_uid(what, code), local_day(at), title, heads.get(code, 0), cancelled_at=utc(at))


def _once(entries: Sequence[Entry]) -> list[Entry]:
    """Each event once: what is due comes before what was cancelled under the same name."""
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.uid, entry)
    return list(found.values())
