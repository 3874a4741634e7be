"""The desk: reads wait for no deed, and every lane lets go of a file that was replaced."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from harness.stations import Clock, me, ready_roller, station_at

from rollertrack.services import checking, keeping, lists, people, records
from rollertrack.services.backend import Backend
from rollertrack.services.station import Done, Station, deed
from rollertrack.store.copies import copy_file
from rollertrack.store.store import Store


class Place:
    """A database with a roller, and a desk at it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = Clock()
        with station_at(path, self.clock) as station:
            self.code = ready_roller(station)
            self.person = me(station)

    def open(self) -> Station:
        return Station(Store(self.path), self.clock, lambda letters: letters[0])

    def run(self, work: Callable[[Backend], object]) -> None:
        async def at_the_desk() -> None:
            backend = Backend(self.open)
            try:
                await work(backend)  # type: ignore[misc]
            finally:
                backend.close()

        asyncio.run(at_the_desk())


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "a.db")


def test_a_scan_does_not_wait_behind_a_deed_that_waits_for_the_lock(place: Place) -> None:
    async def work(backend: Backend) -> None:
        with closing(Store(place.path)) as other:
            with other.transaction():
                waiting = asyncio.ensure_future(backend.run(keeping.note, place.code, "waits"))
                answer = await backend.run(checking.check, place.code)
                assert answer.code == place.code
                assert not waiting.done()
            await waiting
        history = await backend.run(records.log, place.code)
        assert any("waits" in line.text for line in history)

    place.run(work)


def test_what_reads_first_and_writes_then_is_done_once_and_as_one(place: Place) -> None:
    lanes = []

    def read_and_write(station: Station) -> Done:
        lanes.append(threading.current_thread().name.split("_")[0])
        with station.store.reading():
            people.list_persons(station)
        with deed(station):
            return keeping.note(station, place.code, "once")

    async def work(backend: Backend) -> None:
        await backend.run(read_and_write)
        history = await backend.run(records.log, place.code)
        assert ["once" in line.text for line in history].count(True) == 1

    place.run(work)
    assert lanes == ["reading", "store"]


def test_a_deed_is_seen_by_the_next_read_and_turns_the_change_mark(place: Place) -> None:
    async def work(backend: Backend) -> None:
        before = await backend.run(lists.change_mark)
        assert await backend.run(lists.change_mark) == before
        await backend.run(keeping.note, place.code, "seen")
        assert await backend.run(lists.change_mark) != before
        assert any("seen" in line.text for line in await backend.run(records.log, place.code))

    place.run(work)


def test_every_lane_lets_go_of_a_file_that_was_replaced(place: Place) -> None:
    async def work(backend: Backend) -> None:
        await backend.run(keeping.note, place.code, "before")
        await backend.run_drawing(lists.overview)
        await backend.run_printing(lists.overview)
        newer = place.path.with_name("newer.db")
        copy_file(place.path, newer)
        newer.rename(place.path)
        mark = await backend.run(lists.change_mark)
        assert "was replaced" in await backend.run(lists.news)
        await backend.run(keeping.note, place.code, "after")
        assert await backend.run(lists.change_mark) != mark
        assert sum("note" in line.kind for line in await backend.run(records.log, place.code)) == 2

    place.run(work)


def test_a_desk_that_looks_leaves_a_file_that_is_whole_by_itself(place: Place) -> None:
    async def work(backend: Backend) -> None:
        await backend.run(keeping.note, place.code, "on the stick")
        assert place.path.with_name("a.db-wal").stat().st_size > 0
        backend.look()
        await backend.run(_to_write)
        assert place.path.with_name("a.db-wal").stat().st_size == 0

    place.run(work)


def _nothing(_: Station) -> None: ...


def _to_write(station: Station) -> None:
    """Takes its turn where deeds are done, and does none."""
    with station.store.transaction():
        pass
