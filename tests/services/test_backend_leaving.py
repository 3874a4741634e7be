"""Who leaves waits for deeds, and not for a printer."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from harness.print_house import only_device, print_house, rollers

from rollertrack.domain.print_jobs import JobState
from rollertrack.services.backend import Backend
from rollertrack.services.labels import ordering, queue, sending
from rollertrack.services.labels.requests import PrintRequest
from rollertrack.services.labels.sending import STOPPED
from rollertrack.services.station import Station
from rollertrack.store.store import Store

LONG = 30.0
"""Seconds that nobody should have to wait."""


@contextmanager
def at_work(path: Path) -> Iterator[tuple[Station, Backend]]:
    with print_house(path) as station:
        yield station, Backend(lambda: station.changed(store=Store(path)))


async def test_a_printer_is_not_waited_for_and_its_label_is_in_doubt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device, is_at_it, goes_on = only_device(monkeypatch), threading.Event(), threading.Event()

    def stalls() -> None:
        is_at_it.set()
        goes_on.wait(LONG)

    device.orders.append(stalls)
    with at_work(tmp_path / "a.db") as (station, backend):
        batch = ordering.enqueue(station, rollers(station, 2), PrintRequest(printer="desk", media="50x25"))
        printing = asyncio.ensure_future(backend.run_printing(sending.print_next, batch.id))
        assert await asyncio.to_thread(is_at_it.wait, LONG)
        await backend.run(lambda _: None)
        began = time.monotonic()
        await asyncio.to_thread(backend.close)
        assert time.monotonic() - began < LONG / 2
        first, second = queue.newest_jobs(station)
        assert (first.state, first.note) == (JobState.FAILED, STOPPED)
        assert second.state is JobState.WAITING
        # It came to its end after all, before the program was gone: then that is what happened.
        goes_on.set()
        assert (await printing) is not None
        assert queue.newest_jobs(station)[0].state is JobState.CONFIRMED


async def test_a_deed_that_waits_for_no_device_is_waited_for(tmp_path: Path) -> None:
    is_at_it, goes_on, done = threading.Event(), threading.Event(), list[str]()

    def deed(_: Station) -> None:
        is_at_it.set()
        goes_on.wait(LONG)
        done.append("done")

    with at_work(tmp_path / "a.db") as (_, backend):
        asked = asyncio.ensure_future(backend.run_printing(deed))
        assert await asyncio.to_thread(is_at_it.wait, LONG)
        closing = asyncio.create_task(asyncio.to_thread(backend.close))
        await asyncio.sleep(0.8)  # longer than a printer is waited for
        assert not closing.done()
        goes_on.set()
        await closing
        await asked
        assert done == ["done"]
