"""A deed counts once: asked again with its id, or when the answer of the disk was lost."""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from harness.stations import QUICK_BATH, station_at

from rollertrack.deeds.options import WHO
from rollertrack.deeds.table import DEEDS, Deed, load
from rollertrack.domain.cards import Action
from rollertrack.errors import BadInput, Unsure
from rollertrack.services import carding, keeping, policies, registering, using, washing
from rollertrack.services.backend import Backend
from rollertrack.services.preview import rehearse
from rollertrack.services.station import Done, Station, said_before
from rollertrack.services.upkeep import verify
from rollertrack.services.using import Use
from rollertrack.store.lookups import KEPT_FOR

LOST = 100


def roller(station: Station) -> str:
    (code,) = registering.add(station, {"length": "0.25"}).codes
    return code


def entries(station: Station, code: str) -> list[str]:
    with station.store.reading() as journal:
        return [event.kind for event in journal.stream(code)]


def asked(station: Station) -> int:
    return int(station.store.database.execute_sql("SELECT count(*) FROM deed").fetchone()[0])


def losing_answers(station: Station, monkeypatch: pytest.MonkeyPatch, times: int = 1) -> None:
    """Let so many commits be written and then fail."""
    database = station.store.database
    commit, left = database.commit, [times]

    def lost() -> None:
        commit()
        if left[0]:
            left[0] -= 1
            raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(database, "commit", lost)


def test_asked_again_with_the_same_id_a_deed_says_what_it_said(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = roller(station)
        washing.disinfect(station, [code], QUICK_BATH)
        asking = station.changed(uid="one")
        first = using.use(asking, code, Use(acknowledged=True))
        assert using.use(asking, code, Use(acknowledged=True)) == first
        assert said_before(station, "one") == first
        assert said_before(station, "two") is None
        assert entries(station, code).count("used") == 1
        assert verify(station).fault == ""


def test_what_was_refused_is_judged_anew(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = roller(station)
        asking = station.changed(uid="one")
        with pytest.raises(BadInput):
            keeping.note(asking, code, "")
        assert keeping.note(asking, code, "now").entries == (2,)


def test_a_hundred_lost_answers_are_a_hundred_facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = roller(station)
        for number in range(LOST):
            with monkeypatch.context() as lossy:
                losing_answers(station, lossy)
                done = keeping.note(station, code, f"note {number}")
            assert done.entries == (number + 2,)
        assert entries(station, code) == ["registered", *["noted"] * LOST]
        assert asked(station) == LOST + 1
        assert verify(station).fault == ""


def test_a_commit_that_fails_twice_says_that_it_is_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing() -> NoReturn:
        raise sqlite3.OperationalError("disk I/O error")

    with station_at(tmp_path / "a.db") as station:
        code = roller(station)
        with monkeypatch.context() as broken:
            broken.setattr(station.store.database, "commit", failing)
            with pytest.raises(Unsure, match=r"not known whether this was logged") as told:
                keeping.note(station, code, "fell")
        assert "othing was" not in told.value.message
        assert entries(station, code) == ["registered"]


def test_a_card_a_change_of_the_policy_and_a_deed_of_screens_count_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = roller(station)
        deeds: tuple[Callable[[], Done], ...] = (
            lambda: carding.act(station, Action.SOAK, [code]),
            lambda: policies.set_policy(station, "age.days", "60"),
            lambda: keeping.quarantine(station, code, "fell"),
        )
        for deed in deeds:
            with monkeypatch.context() as lossy:
                losing_answers(station, lossy)
                deed()
        assert entries(station, code) == ["registered", "disinfection_started", "quarantined"]
        assert entries(station, "POLICY") == ["set"]


def test_the_backend_asks_again_with_the_same_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.db"
    with station_at(path) as station:
        code = roller(station)

    def opened() -> Station:
        opening = station_at(path)
        found = opening.__enter__()
        losing_answers(found, monkeypatch)
        return found

    async def noted() -> Any:
        backend = Backend(opened)
        try:
            return await backend.run(keeping.note, code, "seen")
        finally:
            await asyncio.to_thread(backend.close)

    assert asyncio.run(noted()).entries == (2,)
    with station_at(path) as station:
        assert entries(station, code) == ["registered", "noted"]


def test_a_rehearsal_keeps_nothing(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = roller(station)
        before = asked(station)
        asking = station.changed(uid="one")
        rehearse(asking, keeping.note, code, "seen")
        assert asked(station) == before
        assert keeping.note(asking, code, "seen").entries == (2,)


def test_what_was_said_is_kept_for_thirty_days(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = roller(station)
        keeping.note(station.changed(uid="old"), code, "one")
        now = station.clock()
        keeping.note(station.changed(uid="new", clock=lambda: now + KEPT_FOR + 1), code, "two")
        assert said_before(station, "old") is None
        assert said_before(station, "new") is not None


@pytest.mark.parametrize("deed", [each for each in DEEDS if WHO in each.options], ids=lambda deed: deed.name)
def test_every_deed_of_the_table_counts_once(deed: Deed) -> None:
    # A label is a job with its number, a change of the policy is counted inside, no fact pairs a phone, and a
    # slip is read: that it was handed over is a deed of its own.
    if deed.name not in {"label", "policy", "pair_phone", "care"}:
        assert hasattr(load(deed.service), "__wrapped__")


def test_a_row_that_no_program_wrote_is_named(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        roller(station)
        station.store.database.execute_sql("UPDATE deed SET codes = '{'")
        assert "what a deed said: its codes" in verify(station).fault
