"""The print queue: what is asked for is checked, waits, is printed once, and tells what became of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from harness.print_house import DESK, OFFICE, SENT, Device, only_device, print_house, recorded, rollers
from harness.stations import HOUR, MINUTE, clock_of, me

from rollertrack.domain.cards import Action
from rollertrack.domain.code import Kind
from rollertrack.domain.print_jobs import JobRow, JobState
from rollertrack.errors import BadCode, BadInput, ChangedMeanwhile, DeviceFailed, StoreFailed
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.label_facts import LabelFacts
from rollertrack.labels.printer import BrokenOff, NotSent
from rollertrack.labels.rendering import render
from rollertrack.services import exporting, keeping, people, registering, solutions, upkeep
from rollertrack.services.labels import batches, labelling, ordering, queue, sending
from rollertrack.services.labels.drawing import Drawn, draw
from rollertrack.services.labels.printer_settings import MemoryBook, PrinterPage
from rollertrack.services.labels.queue import LOST
from rollertrack.services.labels.requests import PrintRequest
from rollertrack.services.solutions import SolutionFacts
from rollertrack.services.station import Station


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> Device:
    return only_device(monkeypatch)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with print_house(tmp_path / "a.db") as station:
        yield station


def states(station: Station) -> list[JobState]:
    """The states of the queue, the first job first."""
    return [row.state for row in sorted(queue.newest_jobs(station), key=lambda row: row.id)]


def printed(station: Station, batch: int | None = None) -> JobRow:
    row = sending.print_next(station, batch)
    assert row is not None
    return row


def test_labels_wait_and_are_printed_in_the_order_asked(station: Station, device: Device) -> None:
    codes = rollers(station, 3)
    batch = ordering.enqueue(station, codes, DESK)
    assert (batch.jobs, batch.printer) == (3, "desk")
    assert device.jobs == []
    assert [row.code for row in queue.newest_jobs(station)] == codes
    assert set(states(station)) == {JobState.WAITING}
    assert [recorded(station, code) for code in codes] == [[], [], []]
    rows = [printed(station, batch.id) for _ in codes]
    assert device.jobs == [[code] for code in codes]
    assert [row.state for row in rows] == [JobState.CONFIRMED] * 3
    assert sending.print_next(station, batch.id) is None
    assert [recorded(station, code) for code in codes] == [[""], [""], [""]]
    assert upkeep.verify(station).fault == ""


def test_the_record_says_where_by_whom_and_when(station: Station, device: Device) -> None:
    (code,) = rollers(station, 1)
    ann = people.add_named(station, Kind.OPERATOR, "ann").codes[0]
    earlier = clock_of(station).now
    clock_of(station).now += HOUR
    ordering.enqueue(station, [code], replace(DESK, copies=2), at=earlier, operator=ann)
    people.close_named(station, Kind.OPERATOR, ann)
    printed(station)
    assert device.jobs == [[code, code]]
    with station.store.reading() as journal:
        event = journal.stream(code)[-1]
    assert (event.at, event.operator) == (earlier, ann)
    assert vars(event.payload) == {
        "media": "58mm", "place": "desk (tcp://127.0.0.1:9)", "payload": code, "copies": 2, "mark": "",
    }  # fmt: skip


def test_a_label_says_what_is_true_when_it_is_printed(
    station: Station, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    del device
    named: list[str] = []

    def spy(*args: Any, **kwargs: Any) -> Drawn:
        drawn = draw(*args, **kwargs)
        named.append(drawn.facts.name)
        return drawn

    monkeypatch.setattr("rollertrack.services.labels.documents.draw", spy)
    (code,) = rollers(station, 1)
    ordering.enqueue(station, [code], DESK)
    registering.edit(station, code, {"name": "morning"})
    printed(station)
    assert named == ["morning"]


def test_a_label_is_drawn_once_for_its_preview_its_order_and_its_print(
    station: Station, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def counted(facts: LabelFacts, *args: Any, **kwargs: Any) -> Bitmap:
        drawn.append(facts.name)
        return render(facts, *args, **kwargs)

    monkeypatch.setattr("rollertrack.services.labels.drawing.render", counted)
    codes = rollers(station, 2)
    labelling.preview(station, codes[0], printer="desk")
    labelling.label(station, codes, DESK)
    assert (len(drawn), device.labels) == (2, codes)
    # Its second label bears a mark, and is another picture.
    labelling.label(station, codes[:1], DESK)
    assert len(drawn) == 3


def test_what_was_drawn_before_is_forgotten_when_it_grows_large(
    station: Station, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    del device
    monkeypatch.setattr("rollertrack.services.labels.drawing._MOST_KEPT", 1)
    for code in rollers(station, 3):
        labelling.preview(station, code, printer="desk")
    assert len(station.printing.pictures) == 1


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (PrintRequest(printer="nowhere"), "printer"),
        (PrintRequest(printer="desk", media="A7"), "media"),
        (PrintRequest(printer="desk", media="l7160"), "media"),
        (PrintRequest(printer="desk", copies=0), "copies"),
        (PrintRequest(printer="desk", copies=100), "copies"),
        (PrintRequest(printer="desk", start=2), "start"),
        (PrintRequest(printer="office", start=22), "start"),
        (PrintRequest(printer="office", start=0), "start"),
        (PrintRequest(to="label.gif"), "to"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_waits(
    asked: PrintRequest, field: str, station: Station, device: Device
) -> None:
    (code,) = rollers(station, 1)
    with pytest.raises(BadInput) as refused:
        labelling.label(station, [code], asked)
    assert refused.value.field == field
    assert queue.newest_jobs(station) == ()
    with pytest.raises(BadInput):
        labelling.label_blanks(station, 3, asked)
    assert queue.newest_jobs(station) == ()
    assert not station.store.database.execute_sql("SELECT * FROM blank").fetchall()
    assert device.jobs == []


def test_one_bad_code_keeps_all_labels_out(station: Station, device: Device) -> None:
    (code, old) = rollers(station, 2)
    keeping.retire(station, old, "worn")
    for bad in (old, "RKDTLBNEB", "RKDTLBNEE", "x"):
        with pytest.raises(BadInput):
            ordering.enqueue(station, [code, bad], DESK)
    with pytest.raises(BadCode):
        ordering.enqueue(station, [], DESK)
    assert queue.newest_jobs(station) == ()
    assert device.jobs == []


def test_more_labels_than_a_batch_takes_are_refused(station: Station) -> None:
    codes = ordering.set_apart_blanks(station, 500)
    with pytest.raises(BadInput, match="501 labels at once"):
        ordering.enqueue(station, [*codes, *rollers(station, 1)], DESK, what="blank")


def test_a_label_for_everything_that_has_a_code(station: Station, device: Device) -> None:
    codes = [
        *rollers(station, 1),
        me(station),
        people.add_named(station, Kind.OPERATOR, "ann").codes[0],
        people.add_named(station, Kind.BIN, "yellow").codes[0],
        solutions.add_solution(station, SolutionFacts("alcohol", "70")).codes[0],
        *(action.code for action in Action),
    ]
    done = labelling.label(station, codes, DESK)
    assert device.labels == codes
    assert len(done.entries) == 1
    assert [row.title for row in queue.newest_jobs(station)][1:5] == ["me", "ann", "yellow", "70 % alcohol"]


def test_things_that_are_done_with_get_no_label(station: Station) -> None:
    ann = people.add_named(station, Kind.OPERATOR, "ann").codes[0]
    people.close_named(station, Kind.OPERATOR, ann)
    jar = solutions.add_solution(station, SolutionFacts("alcohol")).codes[0]
    solutions.discard_solution(station, jar, "old")
    for code in (ann, jar):
        with pytest.raises(BadInput, match="it gets no label"):
            ordering.enqueue(station, [code], DESK)


def test_blank_labels_bear_codes_of_their_own_and_write_no_record(station: Station, device: Device) -> None:
    done = labelling.label_blanks(station, 3, DESK)
    assert device.labels == list(done.codes)
    assert len(set(done.codes)) == 3
    assert done.entries == ()
    assert {row.what for row in queue.newest_jobs(station)} == {"blank"}
    assert all(recorded(station, code) == [] for code in done.codes)


def test_a_failure_is_told_in_the_row_and_the_rest_waits(station: Station, device: Device) -> None:
    codes = rollers(station, 3)
    device.orders = [SENT, NotSent("desk: it is out of paper")]
    with pytest.raises(DeviceFailed) as failed:
        labelling.label(station, codes, DESK)
    assert failed.value.message == (
        "desk: it is out of paper. 1 of 3 labels came out, 2 left; `rollertrack queue retry` goes on."
    )
    rows = queue.newest_jobs(station)
    assert [(row.state, row.note) for row in rows] == [
        (JobState.SENT, "it never answers"),
        (JobState.FAILED, "desk: it is out of paper"),
        (JobState.WAITING, ""),
    ]
    assert [recorded(station, code) for code in codes] == [[""], [], []]


def test_only_what_is_missing_is_printed_again(station: Station, device: Device) -> None:
    codes = rollers(station, 3)
    device.orders = [SENT, BrokenOff("desk: it hung up")]
    with pytest.raises(DeviceFailed):
        labelling.label(station, codes, DESK)
    assert queue.newest_jobs(station)[1].note == "desk: it hung up; part of it may be printed"
    done = batches.print_left(station)
    assert device.labels == [codes[0], codes[1], codes[1], codes[2]]
    assert done.codes == (codes[1], codes[2])
    assert [row.attempts for row in queue.newest_jobs(station)] == [1, 2, 1]
    assert batches.print_left(station).message == "Nothing is left to print."
    assert len(device.jobs) == 4


def test_a_printer_that_fails_keeps_no_other_waiting(station: Station, device: Device) -> None:
    first, second = rollers(station, 2)
    for asked in (DESK, OFFICE):
        ordering.enqueue(station, [first, second], asked)
    device.orders = [NotSent("desk: it is off")]
    with pytest.raises(
        DeviceFailed, match=r"^office confirms 2 labels\. .*desk: it is off\. 0 of 2 labels came out"
    ):
        batches.print_left(station)
    assert states(station) == [JobState.FAILED, JobState.WAITING, JobState.CONFIRMED, JobState.CONFIRMED]


def test_what_fails_of_several_batches_is_counted_in_all_of_them(station: Station, device: Device) -> None:
    for code in rollers(station, 2):
        ordering.enqueue(station, [code], DESK)
    device.orders = [NotSent("desk: it is off"), NotSent("desk: it is off")]
    with pytest.raises(DeviceFailed) as failed:
        batches.print_left(station)
    assert failed.value.message == (
        "desk: it is off. 0 of 2 labels came out, 2 left; `rollertrack queue retry` goes on."
    )
    assert states(station) == [JobState.FAILED, JobState.FAILED]


def test_a_job_named_is_retried_with_the_rest_of_its_batch_alone(station: Station, device: Device) -> None:
    codes = rollers(station, 2)
    device.orders = [NotSent("off"), NotSent("off")]
    for _ in range(2):
        with pytest.raises(DeviceFailed):
            labelling.label(station, codes, DESK)
    first = min(row.id for row in queue.newest_jobs(station))
    batches.print_left(station, [first])
    assert states(station) == [JobState.CONFIRMED, JobState.CONFIRMED, JobState.FAILED, JobState.WAITING]


def test_a_roller_that_was_retired_meanwhile_fails_with_the_sentence(
    station: Station, device: Device
) -> None:
    codes = rollers(station, 2)
    batch = ordering.enqueue(station, codes, DESK)
    keeping.retire(station, codes[0], "worn")
    row = printed(station, batch.id)
    assert (row.state, row.attempts) == (JobState.FAILED, 0)
    assert row.note.endswith("is retired; it gets no label")
    assert device.jobs == []
    assert printed(station, batch.id).state is JobState.CONFIRMED


def test_a_printer_that_was_removed_meanwhile_fails_with_the_sentence(station: Station) -> None:
    ordering.enqueue(station, rollers(station, 1), DESK)
    bare = station.changed(printing=station.printing.changed(book=MemoryBook(PrinterPage())))
    assert "“desk” is not known" in printed(bare).note


def test_a_sheet_in_a_printer_of_rolls_fails_and_nothing_is_in_doubt(
    station: Station, device: Device
) -> None:
    ordering.enqueue(station, rollers(station, 1), OFFICE)
    device.orders = [BadInput("media", "l7160 is a sheet")]
    row = printed(station)
    assert (row.state, row.note) == (JobState.FAILED, "media: l7160 is a sheet")


def test_jobs_are_cancelled_and_forgotten(station: Station, device: Device) -> None:
    codes = rollers(station, 3)
    device.orders = [SENT, NotSent("off")]
    with pytest.raises(DeviceFailed):
        labelling.label(station, codes, DESK)
    first, second, third = (row.id for row in queue.newest_jobs(station))
    assert queue.unsent(station) == [second, third]
    with pytest.raises(BadInput, match="cannot be cancelled: it is sent"):
        queue.cancel(station, [second, first])
    assert states(station)[1:] == [JobState.FAILED, JobState.WAITING]
    queue.cancel(station, [second, third])
    assert sending.print_next(station) is None
    with pytest.raises(BadInput, match="ask for the label again"):
        queue.retry(station, [second])
    assert queue.clear(station).message == "Removed 3 finished jobs from the queue."
    assert queue.newest_jobs(station) == ()
    assert ordering.enqueue(station, codes, DESK).id > third


@pytest.mark.parametrize("ids", [[], [99]])
def test_only_jobs_of_the_queue_can_be_retried_or_cancelled(ids: list[int], station: Station) -> None:
    for deed in (queue.retry, queue.cancel):
        with pytest.raises(BadInput) as refused:
            deed(station, ids)
        assert refused.value.field == "job"


def test_a_sent_job_is_never_tried_again(station: Station, device: Device) -> None:
    labelling.label(station, rollers(station, 1), DESK)
    (row,) = queue.newest_jobs(station)
    with pytest.raises(BadInput, match="cannot be tried again: it is printed"):
        queue.retry(station, [row.id])
    assert len(device.jobs) == 1


def test_an_interrupt_between_labels_leaves_the_rest_waiting(station: Station, device: Device) -> None:
    codes = rollers(station, 3)
    told: list[tuple[int, int, int]] = []

    def progress(row: JobRow, done: int, of: int) -> None:
        told.append((row.id, done, of))
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(batches.Stopped) as stopped:
        labelling.label(station, codes, DESK, progress=progress)
    assert (stopped.value.exit_status, told) == (130, [(1, 1, 3), (2, 2, 3)])
    assert "2 of 3 labels came out, 1 left" in stopped.value.message
    assert states(station) == [JobState.CONFIRMED, JobState.CONFIRMED, JobState.WAITING]
    assert len(device.jobs) == 2


def test_an_interrupt_in_the_middle_of_a_label_is_a_failure_in_doubt(
    station: Station, device: Device
) -> None:
    codes = rollers(station, 2)
    device.orders = [KeyboardInterrupt()]
    with pytest.raises(batches.Stopped):
        labelling.label(station, codes, DESK)
    row = queue.newest_jobs(station)[0]
    assert (row.state, row.note) == (
        JobState.FAILED, "it was stopped while it was sent; look whether it printed",
    )  # fmt: skip


def test_a_fault_of_the_program_leaves_no_job_under_way(station: Station, device: Device) -> None:
    device.orders = [ZeroDivisionError()]
    with pytest.raises(ZeroDivisionError):
        labelling.label(station, rollers(station, 1), DESK)
    assert states(station) == [JobState.FAILED]


def test_a_job_whose_sender_is_gone_fails_once_its_lease_is_over(
    station: Station, device: Device, tmp_path: Path
) -> None:
    (code,) = rollers(station, 1)
    batch = ordering.enqueue(station, [code], DESK)
    seen: list[tuple[JobState, str]] = []
    clock = clock_of(station)

    def meanwhile() -> None:
        with print_house(tmp_path / "a.db", clock) as other:
            seen.append((states(other)[0], ""))
            told = batches.print_left(other).message
            assert told.endswith("1 label may be on the way from another program; look again in a minute.")
            with pytest.raises(BadInput, match="it is being sent now"):
                queue.retry(other, [batch.id])
            clock.now += HOUR
            row = queue.newest_jobs(other)[0]
            seen.append((row.state, row.note))

    device.orders = [meanwhile]
    assert printed(station).state is JobState.CONFIRMED
    assert seen == [(JobState.SENDING, ""), (JobState.FAILED, LOST)]
    assert states(station) == [JobState.CONFIRMED]


def test_a_late_sender_is_believed_and_the_label_not_printed_again(
    station: Station, device: Device, tmp_path: Path
) -> None:
    (code,) = rollers(station, 1)
    batch = ordering.enqueue(station, [code], DESK)
    clock = clock_of(station)

    def meanwhile() -> None:
        clock.now += HOUR
        with print_house(tmp_path / "a.db", clock) as other:
            queue.retry(other, [batch.id])

    device.orders = [meanwhile]
    printed(station)
    assert states(station) == [JobState.CONFIRMED]
    assert sending.print_next(station) is None
    assert recorded(station, code) == [""]


def test_a_late_sender_who_failed_does_not_disturb_the_next(
    station: Station, device: Device, tmp_path: Path
) -> None:
    (code,) = rollers(station, 1)
    batch = ordering.enqueue(station, [code], DESK)
    clock = clock_of(station)

    def meanwhile() -> None:
        clock.now += HOUR
        with print_house(tmp_path / "a.db", clock) as other:
            queue.retry(other, [batch.id])
            printed(other)
        raise BrokenOff("desk: it hung up")

    device.orders = [meanwhile]
    assert printed(station).state is JobState.CONFIRMED
    assert recorded(station, code) == [""]


def test_a_late_sender_who_failed_counts_nothing_that_it_did_not_send(
    station: Station, device: Device, tmp_path: Path
) -> None:
    (code,) = rollers(station, 1)
    batch = ordering.enqueue(station, [code], DESK)
    clock = clock_of(station)

    def meanwhile() -> None:
        clock.now += HOUR
        with print_house(tmp_path / "a.db", clock) as other:
            queue.retry(other, [batch.id])
        raise BrokenOff("desk: it hung up")

    device.orders = [meanwhile]
    assert batches.print_batch(station, batch).message == "desk confirms 1 label."
    assert device.labels == [code, code]
    assert recorded(station, code) == [""]


def test_a_job_sent_while_the_clock_ran_ahead_is_not_under_way_for_ever(
    station: Station, device: Device, tmp_path: Path
) -> None:
    ordering.enqueue(station, rollers(station, 1), DESK)
    clock = clock_of(station)
    seen: list[JobRow] = []

    def meanwhile() -> None:
        with print_house(tmp_path / "a.db", clock) as other:
            for back in (MINUTE, 1_000 * HOUR):
                clock.now -= back
                seen.extend(queue.newest_jobs(other))

    device.orders = [meanwhile]
    assert printed(station).state is JobState.CONFIRMED
    assert [(row.state, row.note) for row in seen] == [(JobState.SENDING, ""), (JobState.FAILED, LOST)]


def test_a_label_in_doubt_that_can_be_drawn_no_more_stays_in_doubt(station: Station, device: Device) -> None:
    (code,) = rollers(station, 1)
    device.orders = [BrokenOff("desk: it hung up")]
    with pytest.raises(DeviceFailed):
        labelling.label(station, [code], DESK)
    keeping.retire(station, code, "worn")
    with pytest.raises(DeviceFailed, match="is retired; it gets no label; part of it may be printed"):
        batches.print_left(station)


def test_a_label_that_was_sent_and_cannot_be_recorded_says_so(
    station: Station, device: Device, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (code,) = rollers(station, 1)
    ordering.enqueue(station, [code], DESK)
    monkeypatch.setattr("rollertrack.store.database.BUSY_SECONDS", 0)
    with ExitStack() as others, print_house(tmp_path / "a.db", clock_of(station)) as hasty:
        lock = others.enter_context(closing(sqlite3.connect(tmp_path / "a.db")))
        device.orders = [lambda: lock.execute("BEGIN IMMEDIATE")]
        with pytest.raises(StoreFailed, match=r"was sent, but not recorded: .* is locked.*try again\.$"):
            sending.print_next(hasty)
    clock_of(station).now += HOUR
    assert [row.note for row in queue.newest_jobs(station)] == [LOST]


def test_a_database_that_fails_in_the_middle_of_a_batch_tells_how_many_came_out(
    station: Station, device: Device, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = rollers(station, 3)
    monkeypatch.setattr("rollertrack.store.database.BUSY_SECONDS", 0)
    with ExitStack() as others, print_house(tmp_path / "a.db", clock_of(station)) as hasty:
        lock = others.enter_context(closing(sqlite3.connect(tmp_path / "a.db")))

        def progress(_row: JobRow, done: int, _of: int) -> None:
            if done == 2:
                lock.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreFailed, match=r"^After 2 labels came out: .* is locked.*try again\.$"):
            labelling.label(hasty, codes, DESK, progress=progress)
    assert device.labels == codes[:2]


def test_a_blank_label_is_not_printed_again_once_a_roller_bears_its_code(
    station: Station, device: Device
) -> None:
    device.orders = [BrokenOff("desk: it hung up")]
    with pytest.raises(DeviceFailed):
        labelling.label_blanks(station, 1, DESK)
    (row,) = queue.newest_jobs(station)
    registering.add(station, {"length": "0.5"}, code=row.code)
    with pytest.raises(DeviceFailed, match=r"a roller bears .* already; print its own label"):
        batches.print_left(station)
    assert device.labels == [row.code]


def test_what_waited_in_a_backup_may_be_printed_since(
    station: Station, device: Device, tmp_path: Path
) -> None:
    first, second = rollers(station, 2)
    labelling.label(station, [first], DESK)
    batch = ordering.enqueue(station, [first, second], DESK)
    sending.print_next(station, batch.id)
    upkeep.backup(station, str(tmp_path / "b.db"))
    sending.print_next(station, batch.id)
    upkeep.restore(str(tmp_path / "b.db"), tmp_path / "a.db", clock_of(station).now)
    assert [(row.state, row.note) for row in queue.newest_jobs(station)] == [
        (JobState.CONFIRMED, ""), (JobState.FAILED, upkeep.FROM_BACKUP), (JobState.CONFIRMED, "")
    ]  # fmt: skip
    assert sending.print_next(station) is None
    with pytest.raises(ChangedMeanwhile, match="was replaced by a backup"):
        labelling.label(station, [second], DESK)
    labelling.label(station, [second], DESK)
    assert device.labels[-2:] == [second, f"D{second}"]
    assert upkeep.verify(station).fault == ""


def test_a_closed_operator_does_not_keep_the_queue_from_being_tidied(
    station: Station, device: Device
) -> None:
    ann = people.add_named(station, Kind.OPERATOR, "ann").codes[0]
    device.orders = [NotSent("off")]
    with pytest.raises(DeviceFailed):
        labelling.label(station, rollers(station, 1), DESK, operator=ann)
    people.close_named(station, Kind.OPERATOR, ann)
    staffed = station.changed(operator=ann)
    queue.retry(staffed, [1])
    queue.cancel(staffed, [1])
    queue.clear(staffed)
    assert queue.newest_jobs(staffed) == ()


def test_the_queue_is_no_part_of_the_journal(station: Station, device: Device, tmp_path: Path) -> None:
    codes = rollers(station, 2)
    device.orders = [NotSent("off")]
    exported = list(exporting.export(station))
    with pytest.raises(DeviceFailed):
        labelling.label(station, codes, DESK)
    assert list(exporting.export(station)) == exported
    before = queue.newest_jobs(station)
    upkeep.rebuild(station)
    assert queue.newest_jobs(station) == before
    assert upkeep.verify(station).fault == ""
    upkeep.backup(station, str(tmp_path / "copy.db"))
    with print_house(tmp_path / "copy.db") as copy:
        assert queue.newest_jobs(copy) == before
