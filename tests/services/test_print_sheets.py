"""Sheets: a batch is one document, and the next begins where the last one ended."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from harness.print_house import DESK, OFFICE, SENT, Device, only_device, print_house, recorded, rollers

from rollertrack.domain.print_jobs import JobState
from rollertrack.errors import DeviceFailed
from rollertrack.labels.printer import BrokenOff, NotSent
from rollertrack.services import keeping
from rollertrack.services.labels import batches, labelling, ordering, printer_trials, queue, sending
from rollertrack.services.labels.documents import Document, document_of
from rollertrack.services.station import Station


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> Device:
    return only_device(monkeypatch)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with print_house(tmp_path / "a.db") as station:
        yield station


def test_a_batch_is_one_document_and_all_get_its_outcome(station: Station, device: Device) -> None:
    codes = rollers(station, 3)
    told: list[tuple[int, int]] = []
    device.orders = [SENT]
    done = labelling.label(
        station, codes, replace(OFFICE, copies=2), progress=lambda _row, done, of: told.append((done, of))
    )
    assert device.jobs == [[code for code in codes for _ in range(2)]]
    assert told == [(3, 3)]
    assert {(row.state, row.note) for row in queue.newest_jobs(station)} == {
        (JobState.SENT, "it never answers; the next free label on the sheet is no. 7")
    }
    assert "the next free label on the sheet is no. 7" in done.message
    assert [recorded(station, code) for code in codes] == [[""]] * 3


def test_the_next_batch_begins_where_the_last_one_ended(station: Station, device: Device) -> None:
    codes = rollers(station, 5)
    for count in (5, 2, 5, 5, 4, 1):
        labelling.label(station, codes[:count], OFFICE)
    assert device.starts == [1, 6, 8, 13, 18, 1]
    assert "the sheet is used up" in queue.newest_jobs(station)[1].note
    assert "no. 2" in queue.newest_jobs(station)[0].note


def test_a_place_that_is_named_counts_once(station: Station, device: Device) -> None:
    codes = rollers(station, 3)
    batch = ordering.enqueue(station, codes, replace(OFFICE, start=10))
    keeping.retire(station, codes[1], "worn")
    row = sending.print_next(station, batch.id)
    assert row is not None
    assert row.state is JobState.FAILED
    sending.print_next(station, batch.id)
    keeping.undo(station, codes[1], "not worn")
    batches.print_left(station)
    assert device.jobs == [[codes[0], codes[2]], [codes[1]]]
    assert device.starts == [10, 12]


def test_a_document_that_failed_is_printed_again_at_the_same_place(station: Station, device: Device) -> None:
    codes = rollers(station, 2)
    labelling.label(station, codes, OFFICE)
    device.orders = [BrokenOff("office: it hung up")]
    with pytest.raises(DeviceFailed, match="0 of 2 labels came out, 2 left"):
        labelling.label(station, codes, OFFICE)
    assert {row.state for row in queue.newest_jobs(station)[:2]} == {JobState.FAILED}
    batches.print_left(station)
    assert device.starts == [1, 3, 3]
    assert device.jobs[1] == device.jobs[2]


def test_each_printer_and_paper_has_its_own_sheet(station: Station, device: Device) -> None:
    (code,) = rollers(station, 1)
    for media in (None, "5160", "l7160", "5160"):
        labelling.label(station, [code], replace(OFFICE, media=media))
    labelling.label(station, [code], DESK)
    assert device.starts == [1, 1, 2, 2, 1]


def test_a_test_label_takes_a_place_of_its_own(station: Station, device: Device) -> None:
    (code,) = rollers(station, 1)
    labelling.label(station, [code], OFFICE)
    done = printer_trials.test_print(station, "office")
    assert done.message == "office confirms the test label. The next free label on the sheet is no. 3."
    labelling.label(station, [code], OFFICE)
    assert device.starts == [1, 2, 3]


def test_two_batches_drawn_at_once_do_not_meet_on_a_sheet(
    station: Station, device: Device, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = rollers(station, 2)
    batches = [ordering.enqueue(station, [code], OFFICE) for code in (first, second)]
    drawn = "rollertrack.services.labels.sending.document_of"

    def slowly(*args: Any) -> Document:
        document = document_of(*args)
        monkeypatch.setattr(drawn, document_of)
        with print_house(tmp_path / "a.db") as other:
            sending.print_next(other, batches[1].id)
        return document

    monkeypatch.setattr(drawn, slowly)
    sending.print_next(station, batches[0].id)
    assert (device.labels, device.starts) == ([second, first], [1, 2])


def test_a_batch_asked_for_while_another_is_under_way_takes_the_places_after_it(
    station: Station, device: Device, tmp_path: Path
) -> None:
    codes = rollers(station, 3)

    def meanwhile() -> None:
        with print_house(tmp_path / "a.db") as other:
            labelling.label(other, codes[2:], OFFICE)

    device.orders = [meanwhile]
    labelling.label(station, codes[:2], OFFICE)
    labelling.label(station, codes[:1], OFFICE)
    assert device.starts == [1, 3, 4]


def test_places_after_which_others_were_taken_stay_taken_though_nothing_printed(
    station: Station, device: Device, tmp_path: Path
) -> None:
    codes = rollers(station, 2)

    def meanwhile() -> None:
        with print_house(tmp_path / "a.db") as other:
            labelling.label(other, codes[1:], OFFICE)
        raise NotSent("office: it is off")

    device.orders = [meanwhile]
    with pytest.raises(DeviceFailed):
        labelling.label(station, codes[:1], OFFICE)
    batches.print_left(station)
    assert device.starts == [1, 2, 3]


def test_a_test_label_that_failed_leaves_its_place_free(station: Station, device: Device) -> None:
    device.orders = [NotSent("office: it is off")]
    with pytest.raises(NotSent):
        printer_trials.test_print(station, "office")
    printer_trials.test_print(station, "office")
    assert device.starts == [1, 1]
