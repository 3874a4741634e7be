"""The tables of the print queue: they come to old databases, are claimed by one, and travel with a copy."""

import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from harness.event_rows import GOLDEN_ROWS
from harness.store_rows import NOW, ROLLER, fill, outsider, rows, verified

from rollertrack.domain.journal_form import FIRST_HASH, chain_hash
from rollertrack.domain.print_jobs import JobState
from rollertrack.store import database, print_queue
from rollertrack.store.copies import copy_database
from rollertrack.store.opening import open_database
from rollertrack.store.store import Store

JOB: dict[str, Any] = {
    "code": ROLLER, "title": "evening", "what": "label", "printer": "desk", "media": "58mm", "copies": 1,
    "flag": False, "start": None, "mark": "", "operator": None, "at": None, "at_offset": 0,
    "created_at": NOW, "changed_at": NOW,
}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(fill(tmp_path / "a.db"))) as store:
        yield store


def states(store: Store) -> dict[int, JobState]:
    with store.reading():
        return {job.id: job.state for job in print_queue.newest(store.database, 99)}


OF_THE_FIRST_VERSION = 37
"""How many of the golden rows; those behind them hold kinds and fields that came later."""


def written_by_version_0_1(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database as the first version left it: its first migration alone, and its rows."""
    folder = path.with_name("first version")
    folder.mkdir()
    name = "0001_journal.py"
    (folder / name).write_bytes((database.MIGRATIONS / name).read_bytes())
    with monkeypatch.context() as before:
        before.setattr(database, "MIGRATIONS", folder)
        open_database(path).close()
    with outsider(path) as connection:
        for row in _chained(list(GOLDEN_ROWS)[:OF_THE_FIRST_VERSION]):
            connection.execute(f"INSERT INTO event VALUES ({', '.join('?' * len(row))})", row)
            head = (row[0], row[1], row[-1], max(row[3], row[4]))
            connection.execute("INSERT OR REPLACE INTO stream VALUES (?, ?, ?, ?)", head)
    return path


def _chained(golden: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Golden rows as one history: numbered and chained anew, without what refers to a number."""
    last: dict[str, tuple[int, str]] = {}
    for row in golden:
        if row[2] not in {"voided", "session"} and "mark" not in json.loads(row[8]):
            seq, prev = last.get(row[0], (0, FIRST_HASH))
            content = (row[0], seq + 1, *row[2:9])
            last[row[0]] = seq + 1, chain_hash(prev, content)
            yield (*content, prev, last[row[0]][1])


def test_a_database_of_the_first_version_gets_a_queue_after_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written_by_version_0_1(tmp_path / "a.db", monkeypatch)
    before = rows(path)
    with closing(Store(path)) as store:
        with store.transaction():
            known = next(row[0] for row in before if row[0].startswith("R"))
            print_queue.add(store.database, [{**JOB, "code": known}])
        store.rebuild()
        assert states(store) == {1: JobState.WAITING}
    # Texts about people have moved out of their rows, which changed the hashes behind them.
    assert [row[:8] for row in rows(path)] == [row[:8] for row in before]
    assert verified(path).fault == ""
    copy = tmp_path / "a.db.before-migration-1"
    assert rows(copy) == before
    with outsider(copy) as connection:
        assert not connection.execute("SELECT * FROM sqlite_master WHERE name = 'print_job'").fetchall()


def test_a_job_that_is_not_finished_is_shown_however_old_it_is(store: Store) -> None:
    with store.transaction():
        for _ in range(3):
            print_queue.add(store.database, [JOB, JOB])
        for number in (1, 3, 4, 5, 6):
            print_queue.put(store.database, number, JobState.SENT, "", NOW, doubtful=False)
        print_queue.put(store.database, 4, JobState.FAILED, "", NOW, doubtful=False)
        print_queue.put(store.database, 3, JobState.SENDING, "", NOW, doubtful=False)
        assert [job.id for job in print_queue.newest(store.database, 1)] == [5, 3, 4, 2]


def test_the_numbers_of_jobs_are_never_given_twice(store: Store) -> None:
    with store.transaction():
        assert print_queue.add(store.database, [JOB] * 3) == 1
        for number in (1, 2, 3):
            print_queue.put(store.database, number, JobState.CANCELLED, "", NOW, doubtful=False)
        assert print_queue.remove_finished(store.database) == 3
        assert print_queue.add(store.database, [JOB]) == 4


def test_all_of_some_jobs_are_claimed_or_none(store: Store) -> None:
    with store.transaction():
        print_queue.add(store.database, [JOB] * 3)
        assert print_queue.claim(store.database, {1: "D"}, NOW, NOW + 9)
        assert not print_queue.claim(store.database, {1: "", 2: ""}, NOW, NOW + 9)
        assert not print_queue.claim(store.database, {99: ""}, NOW, NOW + 9)
    assert states(store) == {1: JobState.SENDING, 2: JobState.WAITING, 3: JobState.WAITING}
    with store.reading():
        job = print_queue.jobs(store.database, [1])[1]
    assert (job.mark, job.attempts, job.lease_until) == ("D", 1, NOW + 9)


def test_of_many_that_claim_one_job_at_once_one_gets_it(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.db")
    with closing(Store(path)) as store, store.transaction():
        print_queue.add(store.database, [JOB] * 5)
    together = threading.Barrier(4)
    claims: list[int] = []

    def claim_all() -> None:
        with closing(Store(path)) as mine:
            together.wait()
            for number in range(1, 6):
                with mine.transaction():
                    if print_queue.claim(mine.database, {number: ""}, NOW, NOW + 9):
                        claims.append(number)

    threads = [threading.Thread(target=claim_all) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claims) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("meanwhile", "outcome", "then"),
    [
        (None, JobState.SENT, JobState.SENT),
        (None, JobState.FAILED, JobState.FAILED),
        (JobState.WAITING, JobState.CONFIRMED, JobState.CONFIRMED),
        (JobState.WAITING, JobState.FAILED, JobState.WAITING),
        (JobState.CANCELLED, JobState.SENT, JobState.SENT),
        (JobState.CANCELLED, JobState.FAILED, JobState.CANCELLED),
    ],
)
def test_a_late_sender_is_believed_when_it_printed_and_not_when_it_failed(
    meanwhile: JobState | None, outcome: JobState, then: JobState, store: Store
) -> None:
    with store.transaction():
        print_queue.add(store.database, [JOB])
        print_queue.claim(store.database, {1: ""}, NOW, NOW + 9)
        if meanwhile:
            print_queue.put(store.database, 1, meanwhile, "", NOW, doubtful=False)
        print_queue.finish(store.database, 1, 1, outcome, "", NOW, doubtful=False)
    assert states(store) == {1: then}


def test_an_outcome_of_an_earlier_attempt_counts_no_more(store: Store) -> None:
    with store.transaction():
        print_queue.add(store.database, [JOB])
        for _ in range(2):
            print_queue.claim(store.database, {1: ""}, NOW, NOW + 9)
            print_queue.put(store.database, 1, JobState.WAITING, "", NOW, doubtful=False)
        print_queue.claim(store.database, {1: ""}, NOW, NOW + 9)
        assert not print_queue.finish(store.database, 1, 2, JobState.SENT, "", NOW, doubtful=False)
    assert states(store) == {1: JobState.SENDING}


def test_the_queue_is_none_of_the_business_of_verify_and_rebuild(store: Store, tmp_path: Path) -> None:
    with store.transaction():
        print_queue.add(store.database, [JOB] * 2)
        print_queue.remember_next_free(store.database, "office", "l7160", 5)
    before = rows(store.path, "print_job")
    assert verified(store.path).fault == ""
    store.rebuild()
    assert rows(store.path, "print_job") == before
    copy_database(store.database, tmp_path / "copy.db")
    with closing(Store(tmp_path / "copy.db")) as copy:
        assert states(copy) == {1: JobState.WAITING, 2: JobState.WAITING}
        with copy.reading():
            assert print_queue.next_free(copy.database, "office", "l7160") == 5
