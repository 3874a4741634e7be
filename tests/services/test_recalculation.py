"""A change of the policy over many rollers: in batches, others in between; the gate never waits."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from harness.stations import cut_off, station_at

from rollertrack.diagnostics import database as diagnosis
from rollertrack.domain.words import Word
from rollertrack.errors import BadInput, StoreFailed
from rollertrack.services import checking, keeping, lists, policies, registering, upkeep
from rollertrack.services.labels import outage
from rollertrack.services.station import Station
from rollertrack.store import database, recalculation
from rollertrack.store.store import Store
from rollertrack.wording.records import debt_texts

ROLLERS = 7
LIMIT = "uses.to-0.30"


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recalculation, "ROLLERS_A_BATCH", 2)
    monkeypatch.setattr(recalculation, "ROLLERS_A_DEED", 2)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with station_at(tmp_path / "a.db") as station:
        policies.set_policy(station, LIMIT, "8")
        registering.add(station, {"length": "0.25"}, count=ROLLERS)
        yield station


def limits(station: Station) -> list[int | None]:
    rows = station.store.database.execute_sql("SELECT uses_limit FROM roller ORDER BY code")
    return [limit for (limit,) in rows]


def interrupted(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    cut_off(station, monkeypatch, LIMIT, "9")


def test_a_change_of_the_policy_reaches_every_roller(station: Station) -> None:
    done = policies.set_policy(station, LIMIT, "9")
    assert limits(station) == [9] * ROLLERS
    assert not station.store.is_recalculating()
    assert policies.RECALCULATING not in done.warnings
    assert not upkeep.verify(station).fault


def test_the_doctor_tells_of_lists_behind_the_policy(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, behind = station.store.path, "by the policy before its last change"
    interrupted(station, monkeypatch)
    assert any(behind in check.said for check in diagnosis.look(path).checks)
    station.store.recalculate()
    assert not any(behind in check.said for check in diagnosis.look(path).checks)


def test_others_do_their_deeds_between_two_batches(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = [row.code for row in lists.rows_for_list(station)]
    noted: list[str] = []
    with closing(Store(station.store.path)) as other:

        def turn(_seconds: float) -> None:
            code = codes[len(noted)]
            noted.append(keeping.note(station.changed(store=other), code, "in between").codes[0])

        monkeypatch.setattr("time.sleep", turn)
        policies.set_policy(station, LIMIT, "9")
    # Each of them carried a batch of its own, so that both came to the end sooner.
    assert noted == codes[: len(noted)]
    assert len(noted) > 0
    assert limits(station) == [9] * ROLLERS
    assert not upkeep.verify(station).fault


def test_what_a_crash_left_is_told_judged_rightly_and_ended_by_the_next_deeds(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted(station, monkeypatch)
    assert limits(station) == [9] * 2 + [8] * (ROLLERS - 2)
    with closing(Store(station.store.path)) as store:
        later = station.changed(store=store)
        assert store.is_recalculating()
        assert debt_texts(lists.overview(later), later.clock())[0] == "the list is being recalculated"
        assert not upkeep.verify(later).fault
        last = max(row.code for row in lists.rows_for_list(later))
        assert checking.check(later, last).uses_limit == 9
        for _ in range(ROLLERS // 2):
            assert store.is_recalculating()
            keeping.note(later, last, "goes on with it")
        assert not store.is_recalculating()
        assert "recalculat" not in debt_texts(lists.overview(later), later.clock())[0]
        assert limits(later) == [9] * ROLLERS
        assert not upkeep.verify(later).fault


def test_a_row_that_was_calculated_is_proved_while_the_others_wait(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted(station, monkeypatch)
    database = station.store.database
    database.execute_sql("UPDATE roller SET uses_limit = 3 WHERE code = (SELECT min(code) FROM roller)")
    assert "uses_limit in the list differs" in upkeep.verify(station).fault


def test_a_second_change_begins_anew(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted(station, monkeypatch)
    policies.set_policy(station, LIMIT, "7")
    assert limits(station) == [7] * ROLLERS
    assert not station.store.is_recalculating()


def test_rebuilding_ends_it_too(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted(station, monkeypatch)
    upkeep.rebuild(station)
    assert not station.store.is_recalculating()
    assert limits(station) == [9] * ROLLERS


def test_a_failure_behind_the_first_batch_says_that_the_policy_is_set(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    def moved(_seconds: float) -> None:
        station.store.path.rename(station.store.path.with_name("away.db"))

    monkeypatch.setattr("time.sleep", moved)
    done = policies.set_policy(station, LIMIT, "9")
    assert done.message == f"{LIMIT} is now 9."
    assert policies.RECALCULATING in done.warnings


def test_a_home_never_sees_it(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recalculation, "ROLLERS_A_BATCH", ROLLERS + 1)

    def waited(_seconds: float) -> None:
        pytest.fail("one batch is no reason to wait")

    monkeypatch.setattr("time.sleep", waited)
    policies.set_policy(station, LIMIT, "9")
    assert limits(station) == [9] * ROLLERS
    assert checking.check(station, lists.rows_for_list(station)[0].code).verdict.word is Word.WASH


def test_a_change_taken_back_reaches_every_roller_too(station: Station) -> None:
    policies.set_policy(station, LIMIT, "9")
    done = keeping.undo(station, "POLICY", "typed wrongly")
    assert limits(station) == [8] * ROLLERS
    assert done.warnings == ()
    assert not station.store.is_recalculating()


def test_an_interrupt_behind_the_first_batch_is_answered_with_what_is_left(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", interrupt)
    done = policies.set_policy(station, LIMIT, "9")
    assert (done.message, done.warnings) == (f"{LIMIT} is now 9.", (policies.RECALCULATING,))
    assert keeping.undo(station, "POLICY", "typed wrongly").warnings == (policies.RECALCULATING,)


def test_asked_once_more_what_a_crash_left_is_done(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted(station, monkeypatch)
    with pytest.raises(BadInput, match="is 9 already"):
        policies.set_policy(station, LIMIT, "9")
    assert limits(station) == [9] * ROLLERS


def test_a_deed_carries_little_of_it(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted(station, monkeypatch)
    monkeypatch.setattr(recalculation, "ROLLERS_A_DEED", 1)
    keeping.note(station, max(row.code for row in lists.rows_for_list(station)), "x")
    assert limits(station) == [9] * 3 + [8] * (ROLLERS - 4) + [9]  # one more, and its own


def test_paper_says_nothing_by_the_policy_before(
    station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted(station, monkeypatch)
    outage.outage_sheet(station, str(tmp_path / "a.pdf"))
    assert limits(station) == [9] * ROLLERS


def test_no_paper_is_written_while_the_lists_stay_behind(
    station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted(station, monkeypatch)
    with closing(Store(station.store.path)) as holding, holding.transaction():
        monkeypatch.setattr(database, "BUSY_SECONDS", 0)
        with pytest.raises(StoreFailed, match="Nothing was written"):
            outage.outage_sheet(station, str(tmp_path / "a.pdf"))
    assert not (tmp_path / "a.pdf").exists()


def test_inside_a_deed_nothing_is_waited_for(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted(station, monkeypatch)
    with station.store.transaction():
        assert not station.store.recalculate()
