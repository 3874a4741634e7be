"""The print queue between processes: one that is killed while it sends, and two that print one batch."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from harness.escpos_decoder import grey, qr_texts
from harness.label_printers import EmulatedPrinter
from harness.print_house import StallingPrinter, recorded, rollers
from harness.ready_workers import workers
from harness.stations import HOUR, Clock, clock_of, station_at

from rollertrack.domain.print_jobs import JobState
from rollertrack.errors import BadInput
from rollertrack.services import upkeep
from rollertrack.services.labels import batches, ordering, queue
from rollertrack.services.labels.printer_settings import MemoryBook, PrinterPage, Printing
from rollertrack.services.labels.queue import LOST
from rollertrack.services.labels.requests import Batch, PrintRequest
from rollertrack.services.station import Station

WORKER = "print_worker.py"
SMALL = "50x25"


@contextmanager
def station_of(path: Path, clock: Clock | None = None, printer: str = "") -> Iterator[Station]:
    page = PrinterPage({"desk": printer} if printer else {})
    with station_at(path, clock) as station:
        yield station.changed(printing=Printing(path.parent / "cache", MemoryBook(page)))


def call(path: Path, batch: Batch, station: Station) -> list[str]:
    """What a process is told to print a batch, at the moment of the station's clock."""
    return [str(path), str(batch.id), str(clock_of(station).now), batch.printer]


def labels(printer: EmulatedPrinter) -> list[str]:
    return [text for picture in printer.printed for text in set(qr_texts(grey(picture)))]


def test_a_process_killed_while_it_sends_loses_nothing_and_prints_nothing_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with StallingPrinter(after=1) as printer, station_of(path) as station:
        codes = rollers(station, 4)
        request = PrintRequest(printer=str(printer.place), media=SMALL)
        batch = ordering.enqueue(station, codes, request)
        with workers(WORKER, [call(path, batch, station)]) as (worker,):
            assert printer.stalled.wait(60)
            worker.process.kill()
            assert worker.rest().split() == ["confirmed", "1"]
        printer.goes_on.set()
        later = Clock(clock_of(station).now)
        with station_of(path, later, batch.printer) as after:
            assert [row.state for row in queue.newest_jobs(after)] == [
                JobState.CONFIRMED, JobState.SENDING, JobState.WAITING, JobState.WAITING,
            ]  # fmt: skip
            with pytest.raises(BadInput, match="is being sent now"):
                queue.retry(after, [batch.id + 1])
            later.now += HOUR
            row = queue.newest_jobs(after)[1]
            assert (row.state, row.note) == (JobState.FAILED, LOST)
            assert batches.print_left(after).codes == tuple(codes[1:])
            assert labels(printer) == codes
            assert [recorded(after, code) for code in codes] == [[""]] * 4
            assert {row.state for row in queue.newest_jobs(after)} == {JobState.CONFIRMED}
            assert upkeep.verify(after).fault == ""


def test_two_processes_that_print_one_batch_print_each_label_once(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with EmulatedPrinter() as printer, station_of(path) as station:
        codes = rollers(station, 40)
        batch = ordering.enqueue(station, codes, PrintRequest(printer=str(printer.place), media=SMALL))
        with workers(WORKER, [call(path, batch, station)] * 2) as started:
            told = [each.rest().splitlines() for each in started]
        numbers = [int(line.split()[1]) for lines in told for line in lines]
        assert sorted(numbers) == [row.id for row in queue.newest_jobs(station)]
        assert sorted(labels(printer)) == sorted(codes)
        assert {row.attempts for row in queue.newest_jobs(station)} == {1}
        assert [recorded(station, code) for code in codes] == [[""]] * 40
        assert upkeep.verify(station).fault == ""
