import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from rollertrack.domain.events import Agent, DisinfectionEnded, Event, PolicySet, Used, Voided, voided_entries
from rollertrack.domain.journal_form import read_row
from rollertrack.domain.roller import fold
from rollertrack.domain.words import State, Word
from rollertrack.errors import BadInput
from rollertrack.sample.goods import initials
from rollertrack.sample.lives import Fate, fate_of
from rollertrack.sample.writing import MOST_ROLLERS, SampleReport, write_sample
from rollertrack.services import checking, exporting, lists, people, policies, records, upkeep
from rollertrack.services.station import Station
from rollertrack.services.washing import is_sealed
from rollertrack.store.journal import all_streams
from rollertrack.store.store import Store

MINUTE = 60_000_000
HOUR = 60 * MINUTE
NOW = 1_795_343_537_123_456

_IN_ANOTHER_PROCESS = """
import sys
from pathlib import Path
from rollertrack.services import exporting
from rollertrack.sample.writing import write_sample
from rollertrack.services.station import Station
from rollertrack.store.store import Store
store = Store(Path(sys.argv[1]))
write_sample(store, rollers=14, seed=3, now=int(sys.argv[2]))
print("\\n".join(map(str, exporting.export(Station(store, lambda: 0, str)))))
"""


class Samples:
    """Writes samples into files of one test, and closes them after it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stores: list[Store] = []

    def write(self, rollers: int, seed: int = 1, now: int = NOW) -> Station:
        store = Store(self._folder / f"{len(self._stores)}.db")
        self._stores.append(store)
        write_sample(store, rollers=rollers, seed=seed, now=now)
        return Station(store, lambda: now, lambda letters: letters[0])

    def close(self) -> None:
        for store in self._stores:
            store.close()


@pytest.fixture
def samples(tmp_path: Path) -> Iterator[Samples]:
    written = Samples(tmp_path)
    yield written
    written.close()


@dataclass
class Large:
    """A sample of 250 rollers, and what was said while it was written."""

    station: Station
    report: SampleReport
    progress: list[tuple[int, int]]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Large]:
    store = Store(tmp_path_factory.mktemp("sample") / "a.db")
    progress: list[tuple[int, int]] = []
    report = write_sample(store, rollers=250, now=NOW, progress=lambda *done: progress.append(done))
    yield Large(Station(store, lambda: NOW, lambda letters: letters[0]), report, progress)
    store.close()


@pytest.fixture(scope="module")
def events(large: Large) -> list[Event]:
    """Every event of the large sample."""
    with large.station.store.reading():
        return [read_row(row) for _, rows in all_streams(large.station.store.database) for row in rows]


def exported(station: Station) -> str:
    return "\n".join(map(str, exporting.export(station)))


def words_of(station: Station) -> Counter[Word]:
    now = station.clock()
    codes = [row.code for row in lists.rows_for_list(station)]
    return Counter(records.show(station, code).standing.word(now) for code in codes)


def test_the_same_seed_and_moment_write_the_same_journal(samples: Samples) -> None:
    assert exported(samples.write(20)) == exported(samples.write(20))


def test_five_minutes_are_one_moment(samples: Samples) -> None:
    start = NOW - NOW % (5 * MINUTE)
    first = exported(samples.write(12, now=start))
    assert exported(samples.write(12, now=start + 5 * MINUTE - 1)) == first
    assert exported(samples.write(12, now=start + 5 * MINUTE)) != first


def test_another_process_writes_the_same_journal(samples: Samples, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _IN_ANOTHER_PROCESS, str(tmp_path / "other.db"), str(NOW)],
        env={**os.environ, "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == exported(samples.write(14, seed=3)) + "\n"


def test_another_seed_tells_another_story(samples: Samples) -> None:
    assert exported(samples.write(12, seed=1)) != exported(samples.write(12, seed=2))


@pytest.mark.parametrize("hours", range(0, 24, 3))
def test_twelve_rollers_show_every_word_at_any_hour_of_the_day(samples: Samples, hours: int) -> None:
    station = samples.write(12, seed=hours, now=NOW + hours * HOUR)
    assert set(words_of(station)) == set(Word)
    counts = lists.overview(station).counts
    assert all(counts[each] for each in (State.READY, State.DIRTY, State.STALE, State.SOAKING, State.STOP))


@pytest.mark.parametrize("seed", range(1, 5))
def test_the_bench_looks_alive(samples: Samples, seed: int) -> None:
    seen = lists.overview(samples.write(48, seed))
    assert seen.counts[State.READY] == 9
    assert seen.counts[State.DIRTY] == 2
    assert seen.counts[State.STALE] > 20
    assert seen.counts[State.STOP] + seen.counts[State.RETIRED] >= 9
    assert seen.debt.oldest is not None
    assert (NOW - seen.debt.oldest) // HOUR == 14
    assert len(seen.soaks) == 2
    left = [soak.due_at - NOW for soak in seen.soaks]
    assert all(0 < each <= 30 * MINUTE for each in left)


def test_every_reason_to_stop_is_seen(samples: Samples) -> None:
    station = samples.write(48)
    reasons = {row.detail for row in lists.rows_for_list(station, state=State.STOP)}
    named = ("used up", "expired", "d old", "quarantined", "failed inspection", "two persons")
    assert [name for name in named if not any(name in reason for reason in reasons)] == []


def test_the_first_person_may_use_their_roller_now(samples: Samples) -> None:
    station = samples.write(48)
    owner = next(row.code for row in people.list_persons(station) if row.label == "A.")
    own = [row.code for row in lists.rows_for_list(station) if row.bound_to == owner]
    assert len(own) == 1
    assert checking.check(station, own[0], person=owner).verdict.word is Word.USE


def test_people_make_mistakes_and_enter_things_late(events: list[Event]) -> None:
    uses = [event.payload for event in events if isinstance(event.payload, Used)]
    assert {use.word for use in uses if use.despite} >= {Word.STOP, Word.WASH}
    assert any(use.acknowledged for use in uses)
    assert any(event.payload.early for event in events if isinstance(event.payload, DisinfectionEnded))
    assert any(isinstance(event.payload, Voided) for event in events)
    assert any(event.recorded_at - event.at > 6 * HOUR for event in events)


def test_nobody_disinfects_what_lies_sealed_and_some_look_fails(events: list[Event]) -> None:
    """Nobody disinfects what lies sterile in its pack; a failed look is the last."""
    streams: dict[str, list[Event]] = {}
    for event in events:
        streams.setdefault(event.stream, []).append(event)
    sealed = [
        entries for code, entries in streams.items() if code[0] == "R" and is_sealed(fold(code, entries))
    ]
    assert sealed
    for entries in sealed:
        voided = voided_entries(entries)
        assert not any(isinstance(e.payload, Agent | Used) and e.seq not in voided for e in entries)
    failed = [fold(code, entries).failed_inspection for code, entries in streams.items() if code[0] == "R"]
    assert any(failed)


def test_two_years_pass_and_nothing_lies_ahead(events: list[Event]) -> None:
    assert all(event.at <= event.recorded_at <= NOW for event in events)
    assert NOW - min(event.at for event in events) > 700 * 24 * HOUR
    assert not any(isinstance(event.payload, PolicySet) for event in events)


def test_a_sample_proves_whole_before_and_after_a_change_of_policy(samples: Samples) -> None:
    station = samples.write(60)
    assert upkeep.verify(station).fault == ""
    policies.set_policy(station, "uses.to-0.30", "4")
    upkeep.rebuild(station)
    assert upkeep.verify(station).fault == ""


def test_the_report_counts_what_was_written(large: Large) -> None:
    station = large.station
    assert large.report == SampleReport(250, len(people.list_persons(station)), upkeep.verify(station).events)
    assert sum(lists.overview(station).counts.values()) == 250
    assert large.progress == [(240, 250), (250, 250)]


def test_a_few_rollers_belong_to_me_alone(samples: Samples) -> None:
    station = samples.write(5)
    assert [person.label for person in people.list_persons(station)] == ["me"]


def test_a_used_database_is_left_alone(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.db")
    write_sample(store, rollers=1, now=NOW)
    store.close()
    again = Store(tmp_path / "a.db")
    before = exported(Station(again, lambda: NOW, lambda letters: letters[0]))
    with pytest.raises(BadInput, match=r"a\.db exists already"):
        write_sample(again, rollers=1, now=NOW)
    assert exported(Station(again, lambda: NOW, lambda letters: letters[0])) == before
    again.close()


@pytest.mark.parametrize("rollers", [0, -1, MOST_ROLLERS + 1])
def test_a_number_of_rollers_out_of_range_is_refused(tmp_path: Path, rollers: int) -> None:
    store = Store(tmp_path / "a.db")
    with pytest.raises(BadInput, match=r"rollers: .* is out of range; 1 to 1,000,000 is right"):
        write_sample(store, rollers=rollers, now=NOW)
    store.close()


def test_every_fate_comes_to_some_roller() -> None:
    assert {fate_of(number) for number in range(48 + 40)} == set(Fate)


def test_initials_go_on_after_the_alphabet() -> None:
    assert [initials(number) for number in (0, 1, 25, 26, 27, 701, 702)] == [
        "A.", "M.", "X.", "A. A.", "A. M.", "X. X.", "A. A. A.",
    ]  # fmt: skip
    assert len({initials(number) for number in range(20_000)}) == 20_000
