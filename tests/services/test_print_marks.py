"""The mark of a label's generation: a reprint takes the next, a job that is tried again keeps its own."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from harness.print_house import DESK, SENT, Device, only_device, print_house, recorded, rollers, said
from harness.stations import me

from rollertrack.errors import BadInput, DeviceFailed, StoreFailed
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.printer import BrokenOff, NotSent
from rollertrack.services.labels import batches, labelling, ordering, queue, sending
from rollertrack.services.labels.requests import PrintRequest
from rollertrack.services.station import Station


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> Device:
    return only_device(monkeypatch)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with print_house(tmp_path / "a.db") as station:
        yield station


def fail(station: Station, code: str) -> None:
    with pytest.raises(DeviceFailed):
        labelling.label(station, [code], DESK)


def marks(station: Station) -> list[str]:
    """The marks of the queue, the first job first."""
    return [row.mark for row in sorted(queue.newest_jobs(station), key=lambda row: row.id)]


def test_a_reprint_takes_the_next_mark_also_in_a_file(
    station: Station, device: Device, tmp_path: Path
) -> None:
    (code,) = rollers(station, 1)
    labelling.label(station, [code], DESK)
    labelling.label(station, [code], DESK)
    labelling.label(station, [code], PrintRequest(to=str(tmp_path / "label.png")))
    labelling.label(station, [code], DESK)
    assert device.labels == [code, "D" + code, "F" + code]
    assert recorded(station, code) == ["", "D", "E", "F"]


def test_what_is_no_roller_bears_no_mark(station: Station, device: Device) -> None:
    for _ in range(2):
        labelling.label(station, [me(station)], DESK)
    assert device.labels == [me(station)] * 2


def test_a_job_that_is_tried_again_keeps_its_mark(station: Station, device: Device) -> None:
    (code,) = rollers(station, 1)
    labelling.label(station, [code], DESK)
    device.orders = [NotSent("off"), BrokenOff("it hung up"), SENT]
    fail(station, code)
    with pytest.raises(DeviceFailed):
        batches.print_left(station)
    batches.print_left(station)
    assert device.labels == [code] + ["D" + code] * 3
    assert recorded(station, code) == ["", "D"]


def test_two_that_wait_share_a_mark_until_the_first_is_sent(station: Station, device: Device) -> None:
    (code,) = rollers(station, 1)
    for _ in range(2):
        ordering.enqueue(station, [code], DESK)
    assert marks(station) == ["", ""]
    sending.print_next(station)
    sending.print_next(station)
    assert device.labels == [code, "D" + code]
    assert recorded(station, code) == marks(station) == ["", "D"]


def test_a_mark_that_a_lost_label_may_bear_is_passed_over(station: Station, device: Device) -> None:
    (code,) = rollers(station, 1)
    device.orders = [BrokenOff("it hung up")]
    fail(station, code)
    ordering.enqueue(station, [code], DESK)
    assert marks(station) == ["", "D"]
    sending.print_next(station)
    assert device.labels == [code, "D" + code]
    # The older label is not to look newer than the one on record.
    batches.print_left(station)
    assert device.labels[-1] == "E" + code
    assert recorded(station, code) == ["D", "E"]


def test_a_mark_that_nothing_bears_is_used(station: Station, device: Device) -> None:
    (code,) = rollers(station, 1)
    device.orders = [NotSent("off")]
    fail(station, code)
    labelling.label(station, [code], DESK)
    assert device.labels == [code, code]
    batches.print_left(station)
    assert device.labels[-1] == "D" + code


def test_a_cancelled_label_that_may_be_printed_keeps_its_mark(station: Station, device: Device) -> None:
    (code,) = rollers(station, 1)
    device.orders = [BrokenOff("it hung up")]
    fail(station, code)
    done = queue.cancel(station, queue.unsent(station))
    assert done.message.startswith("Cancelled")
    assert queue.newest_jobs(station)[0].note == "part of it may be printed"
    labelling.label(station, [code], DESK)
    assert device.labels[-1] == "D" + code


def test_a_cancelled_label_that_may_be_printed_keeps_its_mark_though_it_is_cleared(
    station: Station, device: Device
) -> None:
    (code,) = rollers(station, 1)
    device.orders = [BrokenOff("it hung up")]
    fail(station, code)
    queue.cancel(station, [1])
    assert queue.clear(station).message == "Removed 1 finished job from the queue."
    assert queue.newest_jobs(station) == ()
    with pytest.raises(BadInput, match="1 is not in the queue"):
        queue.retry(station, [1])
    assert queue.clear(station).message == "Removed 0 finished jobs from the queue."
    labelling.label(station, [code], DESK)
    assert device.labels[-1] == "D" + code


def test_a_label_in_doubt_stays_in_doubt_when_a_later_try_does_not_reach_the_printer(
    station: Station, device: Device
) -> None:
    (code,) = rollers(station, 1)
    device.orders = [BrokenOff("it hung up"), NotSent("it is off")]
    fail(station, code)
    with pytest.raises(DeviceFailed):
        batches.print_left(station)
    assert queue.newest_jobs(station)[0].note == "it is off; part of it may be printed"
    labelling.label(station, [code], DESK)
    assert device.labels[-1] == "D" + code


def test_a_file_bears_no_mark_that_was_sent_while_it_was_written(
    station: Station, device: Device, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (code,) = rollers(station, 1)
    written: list[str] = []

    def write(_path: Path, pictures: list[Bitmap], *_: object, **_options: object) -> None:
        written.append(said(pictures[0]))
        if not device.jobs:
            labelling.label(station, [code], DESK)

    monkeypatch.setattr("rollertrack.services.labels.files.files.write", write)
    labelling.label(station, [code], PrintRequest(to=str(tmp_path / "label.png")))
    assert device.labels == [code]
    assert written == [code, "D" + code]
    assert recorded(station, code) == ["", "D"]


def test_a_file_that_was_written_and_cannot_be_recorded_says_so(
    station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (code,) = rollers(station, 1)
    monkeypatch.setattr("rollertrack.store.database.BUSY_SECONDS", 0)
    with print_house(tmp_path / "a.db") as hasty, closing(sqlite3.connect(tmp_path / "a.db")) as lock:
        lock.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreFailed, match=r"x.png was written, but not recorded: .* is locked"):
            labelling.label(hasty, [code], PrintRequest(to=str(tmp_path / "x.png")))
