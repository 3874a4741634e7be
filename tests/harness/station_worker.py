"""A station in a process of its own: `station_worker.py JOB DATABASE CODE ROUNDS MOMENT`.

It opens the database, says `ready`, waits for a line, works, and says a line for each deed.
"""

import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from rollertrack.domain.verdict import Refused
from rollertrack.domain.words import Word
from rollertrack.errors import RollerTrackError
from rollertrack.services import people, using, washing
from rollertrack.services.station import Station
from rollertrack.services.using import Use
from rollertrack.services.washing import Bath
from rollertrack.settings import Settings
from rollertrack.wiring import open_station

HOUR = 3_600_000_000


def log_uses(station: Station, code: str, rounds: int) -> Iterator[str]:
    """Log uses against the gate, one after another."""
    for _ in range(rounds):
        yield f"used {using.use(station, code, Use(despite='counted')).entries[0]}"


def ask_and_use(station: Station, code: str, _rounds: int) -> Iterator[str]:
    """Log one use, if the gate allows it."""
    try:
        yield f"used {using.use(station, code, Use()).entries[0]}"
    except Refused as refused:
        yield f"refused {refused.verdict.word}"


def until_used_up(station: Station, code: str, _rounds: int) -> Iterator[str]:
    """Wash and use in turn, with the clock of the journal moved on, until the gate says STOP."""
    while True:
        washing.disinfect(station, [code], Bath("alcohol", minutes="10"))
        try:
            yield f"used {using.use(station, code, Use(acknowledged=True)).entries[0]}"
        except Refused as refused:
            if refused.verdict.word is Word.STOP:
                return


def count_persons(station: Station, _code: str, _rounds: int) -> Iterator[str]:
    """Say who is on record."""
    yield " ".join(row.label for row in people.list_persons(station))


JOBS: dict[str, Callable[[Station, str, int], Iterator[str]]] = {
    job.__name__: job for job in (log_uses, ask_and_use, until_used_up, count_persons)
}


def newest_and(hours: int, path: Path) -> Callable[[], int]:
    """A clock that stands some hours after the newest entry, whoever made it: every reading is later."""
    import sqlite3

    def clock() -> int:
        connection = sqlite3.connect(path)
        try:
            newest = connection.execute("SELECT coalesce(max(recorded_at), 0) FROM event").fetchone()[0]
        finally:
            connection.close()
        return int(newest) + hours * HOUR

    return clock


def say(text: str) -> None:
    """One line, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def work(job: str, path: Path, code: str, rounds: int, moment: int) -> None:
    """Open a station when told to, or before, and do the job."""
    clock = (lambda: moment) if moment else newest_and(20, path)
    settings = Settings(database=str(path))
    if job == "count_persons":
        say("ready")
        sys.stdin.readline()
    station = open_station(settings, clock, random.SystemRandom().choice)
    if job != "count_persons":
        say("ready")
        sys.stdin.readline()
    for line in JOBS[job](station, code, rounds):
        say(line)
    station.store.close()


if __name__ == "__main__":
    try:
        work(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
    except RollerTrackError as failure:
        say(f"failed {failure.message}")
