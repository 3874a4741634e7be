"""Backup and restore beside stations that go on working, and after a kill: nothing acknowledged is lost."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from harness.stations import Clock, clock_of, ready_roller, station_at

from rollertrack.errors import BadInput, ChangedMeanwhile, StoreFailed
from rollertrack.services import keeping, upkeep
from rollertrack.services.station import Station
from rollertrack.store.store import Store

RESTORES = 4
NOTES_BETWEEN = 12


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with station_at(tmp_path / "a.db") as station:
        yield station


def notes(path: Path) -> list[str]:
    with closing(Store(path, create=False)) as store, store.reading():
        query = "SELECT json_extract(data, '$.text') FROM event WHERE kind = 'noted'"
        return [text for (text,) in store.database.execute_sql(query).fetchall()]


class Writer(threading.Thread):
    """A station that writes a note for each permit, and keeps those that were acknowledged."""

    def __init__(self, path: Path, code: str, name: str, clock: Clock) -> None:
        super().__init__(name=name)
        self._path, self._code, self._clock = path, code, clock
        self.permits = threading.Semaphore(0)
        self.acknowledged: list[str] = []
        self.replaced = 0

    def run(self) -> None:
        with station_at(self._path, self._clock, self.name) as station:
            for number in range(RESTORES * NOTES_BETWEEN):
                self.permits.acquire()
                try:
                    keeping.note(station, self._code, f"{self.name} {number}")
                except ChangedMeanwhile:
                    self.replaced += 1
                except StoreFailed as error:
                    assert "locked" in error.message
                else:
                    self.acknowledged.append(f"{self.name} {number}")


def test_what_others_log_during_a_restore_is_in_the_database_or_in_the_one_that_is_kept(
    station: Station, tmp_path: Path
) -> None:
    path, code = station.store.path, ready_roller(station)
    upkeep.backup(station, str(tmp_path / "b.db"))
    writers = [Writer(path, code, name, clock_of(station)) for name in ("left", "right")]
    for writer in writers:
        writer.start()
    for _ in range(RESTORES):
        for writer in writers:
            writer.permits.release(NOTES_BETWEEN)
        upkeep.restore(str(tmp_path / "b.db"), path, clock_of(station).now)
    for writer in writers:
        writer.join()
    kept = sorted(tmp_path.glob("a.db.before-restore-*"))
    assert len(kept) == RESTORES
    found = [text for each in (path, *kept) for text in notes(each)]
    written = [text for writer in writers for text in writer.acknowledged]
    assert sorted(found) == sorted(written)
    assert all(writer.acknowledged and writer.replaced <= RESTORES for writer in writers)
    assert upkeep.verify(station).fault == ""
    left = sorted(each.name for each in tmp_path.iterdir() if each not in kept)
    assert [name for name in left if "restoring" in name or "partial" in name] == []


def test_an_open_program_is_told_once_that_its_database_was_replaced(
    station: Station, tmp_path: Path
) -> None:
    code = ready_roller(station)
    upkeep.backup(station, str(tmp_path / "b.db"))
    upkeep.restore(str(tmp_path / "b.db"), station.store.path, clock_of(station).now)
    with pytest.raises(ChangedMeanwhile, match=r"a\.db was replaced by a backup .* look again\. Nothing"):
        keeping.note(station, code, "decided on what was there before")
    keeping.note(station, code, "looked again")
    assert notes(station.store.path) == ["looked again"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a process cannot be killed so on Windows")
@pytest.mark.parametrize("where", ["_pour", "_name", "sync_folder"])
def test_a_backup_that_is_killed_leaves_no_half_file_under_its_name(
    where: str, station: Station, tmp_path: Path
) -> None:
    ready_roller(station)
    program = f"""
import os, signal, sys
from pathlib import Path
from rollertrack.store.store import Store
from rollertrack.services import upkeep
from rollertrack.services.station import Station
from rollertrack.store import copies
def die(*given):
    if {where!r} == "_pour":
        given[0].backup(given[1], pages=3, progress=lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    os.kill(os.getpid(), signal.SIGKILL)
copies.{where} = die
upkeep.backup(Station(Store(Path(sys.argv[1])), lambda: 1, str), sys.argv[2])
"""
    target = tmp_path / "b.db"
    words = [sys.executable, "-c", program, str(station.store.path), str(target)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    if where == "sync_folder":
        assert upkeep.restore(str(target), tmp_path / "c.db", 1).deed == "restore"
    else:
        assert not target.exists()
        assert list(tmp_path.glob("b.db.partial-*"))
    assert upkeep.verify(station).fault == ""
    target.unlink(missing_ok=True)
    upkeep.backup(station, str(target))
    assert not list(tmp_path.glob("b.db.partial-*"))


def test_a_restore_that_is_killed_leaves_the_database_as_it_was(station: Station, tmp_path: Path) -> None:
    code = ready_roller(station)
    upkeep.backup(station, str(tmp_path / "b.db"))
    keeping.note(station, code, "after the backup")
    program = """
import os, signal, sys
from pathlib import Path
from rollertrack.services import upkeep
from rollertrack.store import copies
steps = 0
patience = copies._patience
def dying():
    def waited(status, left, pages):
        global steps
        steps += 1
        if steps > 9 and left < pages // 2 and pages > 9:
            os.kill(os.getpid(), signal.SIGKILL)
    return waited
def write_over(*given):
    copies._patience = dying
    return whole(*given)
whole, copies.write_over = copies.write_over, write_over
upkeep.restore(sys.argv[1], Path(sys.argv[2]), 1)
"""
    words = [sys.executable, "-c", program, str(tmp_path / "b.db"), str(station.store.path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert notes(station.store.path) == ["after the backup"]
    keeping.note(station, code, "and it goes on")
    assert upkeep.verify(station).fault == ""


@pytest.mark.parametrize(
    "name", ["a.db", "a.db-wal", "a.db-shm", "a.db-journal", "a.db-busy", "dangling", "there.db", "none/b.db"]
)
def test_a_backup_is_never_put_on_anything(name: str, station: Station, tmp_path: Path) -> None:
    ready_roller(station)
    target = tmp_path / name
    (tmp_path / "dangling").symlink_to(tmp_path / "elsewhere.db")
    (tmp_path / "there.db").write_text("precious")
    station.store.close()  # then no log lies beside it
    with closing(Store(tmp_path / "a.db")) as store:
        there = {each.name for each in tmp_path.iterdir()}
        with pytest.raises(BadInput, match=r"exists already|name of the database's own|does not exist"):
            upkeep.backup(Station(store, lambda: 1, str), str(target))
        assert {each.name for each in tmp_path.iterdir()} == there
    assert (tmp_path / "there.db").read_text() == "precious"
    assert not (tmp_path / "elsewhere.db").exists()


def test_two_backups_to_one_name_at_once_write_over_nothing(
    station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready_roller(station)
    target = tmp_path / "b.db"

    link = os.link

    def other_was_first(partial: Path, final: Path) -> None:
        final.write_text("the other's")
        link(partial, final)

    monkeypatch.setattr(os, "link", other_was_first)
    with pytest.raises(StoreFailed, match="File exists"):
        upkeep.backup(station, str(target))
    assert target.read_text() == "the other's"
    assert not list(tmp_path.glob("*.partial-*"))


def test_a_disk_without_links_gets_its_backup_too(
    station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready_roller(station)

    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    upkeep.backup(station, str(tmp_path / "b.db"))
    assert sorted(each.name for each in tmp_path.glob("b.db*")) == ["b.db"]
