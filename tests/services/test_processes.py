"""Several stations at once, each a process of its own, and one that is killed at its work."""

from pathlib import Path

import pytest
from harness.ready_workers import workers
from harness.stations import HOUR, Clock, clock_of, me, ready_roller, station_at

from rollertrack.domain import person as persons
from rollertrack.services import checking, policies, upkeep

WORKER = "station_worker.py"


def lines_of(calls: list[list[str]]) -> list[list[str]]:
    with workers(WORKER, calls) as started:
        return [each.rest().splitlines() for each in started]


def test_uses_logged_at_once_are_neither_lost_nor_doubled(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with station_at(path) as station:
        code, now = ready_roller(station), str(clock_of(station).now)
        mine, theirs = lines_of([["log_uses", str(path), code, "40", now]] * 2)
        entries = sorted(int(line.removeprefix("used ")) for line in mine + theirs)
        assert entries == list(range(3, 83))
        assert checking.check(station, code).uses == 80
        assert upkeep.verify(station).fault == ""
        with station.store.reading() as journal:
            assert len(journal.stream(me(station))) == 81


def test_the_limit_of_uses_holds_between_two_stations(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with station_at(path) as station:
        code = ready_roller(station)
        policies.set_policy(station, "age.days", "365")
        policies.set_policy(station, "freshness.hours", "168")
        mine, theirs = lines_of([["until_used_up", str(path), code, "0", "0"]] * 2)
        assert len(mine + theirs) == 10
        with station.store.reading() as journal:
            used = [event for event in journal.stream(code) if event.kind == "used"]
        assert len(used) == 10
        assert upkeep.verify(station).fault == ""


@pytest.mark.parametrize("attempt", range(4))
def test_two_rollers_cannot_slip_past_one_persons_skin_clock(attempt: int, tmp_path: Path) -> None:
    path = tmp_path / f"{attempt}.db"
    with station_at(path) as station:
        first, second = ready_roller(station), ready_roller(station)
        now = str(clock_of(station).now)
        answers = lines_of([["ask_and_use", str(path), code, "1", now] for code in (first, second)])
        assert sorted(line.split()[0] for lines in answers for line in lines) == ["refused", "used"]
        assert ["refused USE WITH CARE"] in answers
        with station.store.reading() as journal:
            folded = persons.fold(me(station), journal.stream(me(station)))
            assert folded is not None
            assert len(folded.sessions) == 1


@pytest.mark.parametrize("attempt", range(4))
def test_stations_that_start_together_on_a_new_database_share_one_person(
    attempt: int, tmp_path: Path
) -> None:
    path = tmp_path / "new" / f"{attempt}.db"
    assert lines_of([["count_persons", str(path), "", "0", "1"]] * 3) == [["me"]] * 3
    with station_at(path, Clock()) as station:
        assert upkeep.verify(station).events == 1


@pytest.mark.parametrize("acknowledged", [1, 2, 3, 5, 8, 13, 21, 34])
def test_a_station_that_is_killed_loses_nothing_it_acknowledged(acknowledged: int, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with station_at(path) as station:
        code, now = ready_roller(station), clock_of(station).now
    # One writer: two that never rest would starve each other out of the lock.
    with workers(WORKER, [["log_uses", str(path), code, "100000", str(now)]]) as started:
        (worker,) = started
        heard = [worker.stdout.readline() for _ in range(acknowledged)]
        worker.process.kill()
        heard += worker.rest().splitlines(keepends=True)
    with station_at(path, Clock(now + HOUR)) as station:
        assert upkeep.verify(station).fault == ""
        with station.store.reading() as journal:
            used = {f"used {event.seq}\n" for event in journal.stream(code) if event.kind == "used"}
            assert len(journal.stream(me(station))) == 1 + len(used)
        assert {line for line in heard if line.endswith("\n")} <= used
        assert len(used) >= acknowledged
