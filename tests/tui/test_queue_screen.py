from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from harness.house_app import MINUTE, House, app_of, press, scan, settle, text
from harness.idle import held_up
from harness.label_printers import EmulatedPrinter
from harness.printing_app import (
    HeldPrinter,
    Listener,
    calm,
    enqueued,
    jobs,
    print_house,
    rows,
    said,
    tap,
    until,
)
from textual.pilot import Pilot
from textual.widgets import OptionList

from rollertrack.services import lists
from rollertrack.services.labels import queue
from rollertrack.store import print_queue
from rollertrack.tui.dialogs import ConfirmDialog, PrintTrouble
from rollertrack.tui.forms import print_requests
from rollertrack.tui.screens.queue import QueueScreen
from rollertrack.tui.screens.record import RecordScreen
from rollertrack.tui.screens.verdict import VerdictScreen

SIZE = (120, 40)


@pytest.fixture
def printer() -> Iterator[EmulatedPrinter]:
    with EmulatedPrinter() as printer:
        yield printer


@pytest.fixture
def house(tmp_path: Path, printer: EmulatedPrinter) -> House:
    return print_house(tmp_path, {"desk": str(printer.place)})


def codes(house: House, most: int = 6) -> list[str]:
    return [row.code for row in lists.rows_for_list(house.station)][:most]


def states(house: House) -> list[str]:
    return [row.state for row in rows(house)]


async def opened(pilot: Pilot[None]) -> None:
    await settle(pilot)
    await tap(pilot, "f8")
    assert isinstance(pilot.app.screen, QueueScreen)


async def test_jobs_from_before_are_told_once_and_not_printed_by_themselves(
    house: House, printer: EmulatedPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    enqueued(house, *codes(house, 3))
    app = house.app()
    listener = Listener(app, monkeypatch)
    async with app.run_test(size=SIZE) as pilot:
        await calm(pilot)
        assert listener.heard == ["3 labels from before are not printed; F8 shows the print queue."]
        await tap(pilot, "f8")
        assert text(pilot).count("waiting") == 4
        assert states(house) == ["waiting"] * 3
        await tap(pilot, "z")
        assert states(house) == ["confirmed"] * 3
        assert listener.heard[1:] == ["desk confirms 3 labels."]
    assert len(printer.printed) == 3


async def test_a_printer_that_fails_holds_the_rest_and_one_key_prints_only_what_is_missing(
    house: House, printer: EmulatedPrinter
) -> None:
    printer.lasts = 2
    enqueued(house, *codes(house, 4))
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await tap(pilot, "z")
        # The second was printed, but its answer stuck behind the end of the paper.
        assert states(house) == ["confirmed", "sent", "failed", "waiting"]
        assert "paper" in text(pilot)
        printer.paper, printer.lasts = "plenty", None
        await tap(pilot, "z")
        assert states(house) == ["confirmed", "sent", "confirmed", "confirmed"]
    assert len(printer.printed) == 4


async def test_a_failure_elsewhere_asks_what_to_do(house: House, printer: EmulatedPrinter) -> None:
    printer.paper = "out"
    batch = enqueued(house, *codes(house, 2))
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        app_of(pilot).print_batch(batch)
        await until(pilot, lambda: isinstance(pilot.app.screen, PrintTrouble))
        told = " ".join(text(pilot).split())
        assert "desk (tcp://" in told
        assert "the paper is out; put in" in told
        assert "0 of 2 labels sent, 2 left in the queue" in told
        assert "z Try again f8 Queue esc Later" in told
        await tap(pilot, "z")
        await until(pilot, lambda: isinstance(pilot.app.screen, PrintTrouble))
        printer.paper = "plenty"
        await tap(pilot, "z")
        await until(pilot, lambda: states(house) == ["confirmed"] * 2)
        assert not isinstance(pilot.app.screen, PrintTrouble)


async def test_a_failure_elsewhere_leads_to_the_queue_or_leaves_the_labels_in_it(
    house: House, printer: EmulatedPrinter
) -> None:
    printer.cover_open = True
    batch = enqueued(house, *codes(house, 1))
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        for key in ("escape", "f8"):
            app_of(pilot).attempt(print_requests.go_on, app_of(pilot), batch)
            await until(pilot, lambda: isinstance(pilot.app.screen, PrintTrouble))
            await tap(pilot, key)
        assert isinstance(pilot.app.screen, QueueScreen)
        assert states(house) == ["failed"]
        assert "cover" in said(pilot, "detail") or "cover" in text(pilot)


async def test_a_stop_lets_the_rest_wait_and_going_on_prints_it(
    house: House, printer: EmulatedPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    enqueued(house, *codes(house, 5))
    app = house.app()
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        print_one = app.backend.run_printing

        async def stopped_after_two(*args: Any) -> Any:
            if len(printer.printed) == 2:
                app.printing.stop()
            return await print_one(*args)

        monkeypatch.setattr(app.backend, "run_printing", stopped_after_two)
        await tap(pilot, "z")
        await until(pilot, lambda: app.printing.progress is None)
        assert states(house) == ["confirmed"] * 3 + ["waiting"] * 2
        await tap(pilot, "z")
        await until(pilot, lambda: states(house) == ["confirmed"] * 5)
    assert len(printer.printed) == 5


async def test_the_screen_stays_awake_while_a_printer_does_not_answer(tmp_path: Path) -> None:
    with HeldPrinter() as printer:
        house = print_house(tmp_path, {"desk": str(printer.place)}, timeout=20)
        enqueued(house, *codes(house, 2))
        async with house.app().run_test(size=SIZE) as pilot:
            await opened(pilot)
            with held_up("printing"):
                await pilot.press("z")
                await until(pilot, lambda: "printing" in said(pilot, "running"))
                assert "printing 0/2" in text(pilot).splitlines()[0]
                await scan(pilot, codes(house)[0])
                assert isinstance(pilot.app.screen, VerdictScreen)
                await press(pilot, "escape", "w")
                assert "stops after this label" in said(pilot, "running")
                printer.let_go.set()
            await until(pilot, lambda: app_of(pilot).printing.progress is None)
            assert states(house) == ["confirmed", "waiting"]


async def test_one_label_or_a_whole_batch_is_cancelled(house: House) -> None:
    enqueued(house, *codes(house, 4))
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await tap(pilot, "down", "x")
        assert states(house) == ["cancelled", "waiting", "waiting", "waiting"]
        await tap(pilot, "home", "x")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        assert "3 labels" in text(pilot)
        await tap(pilot, "escape")
        assert states(house).count("waiting") == 3
        await tap(pilot, "x")
        await tap(pilot, "tab", "enter")
        assert states(house) == ["cancelled"] * 4
        await tap(pilot, "z")
        assert states(house) == ["cancelled"] * 4


async def test_what_is_finished_is_cleared_and_what_is_not_stays(house: House) -> None:
    enqueued(house, *codes(house, 2))
    enqueued(house, *codes(house, 1))
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await tap(pilot, "end", "z")
        assert sorted(states(house)) == ["confirmed", "confirmed", "waiting"]
        await tap(pilot, "c")
        assert states(house) == ["waiting"]
        await tap(pilot, "home", "x", "c")
        assert "The print queue is empty" in text(pilot)


async def test_jobs_of_another_program_show_by_themselves(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        assert jobs(house) == []
        enqueued(house, *codes(house, 1))
        app_of(pilot).on_second()
        await calm(pilot)
        assert "waiting" in text(pilot)


async def test_the_cursor_stays_on_its_job_while_others_are_printed(house: House) -> None:
    enqueued(house, *codes(house, 4))
    async with house.app().run_test(size=SIZE) as pilot:
        await opened(pilot)
        await tap(pilot, "down", "down", "z")
        options = pilot.app.screen.query_one("#list", OptionList)
        assert options.highlighted == 2
        assert states(house) == ["confirmed"] * 4
        await tap(pilot, "enter")
        assert isinstance(pilot.app.screen, RecordScreen)


async def test_a_job_cut_off_by_a_crash_reads_as_failed_and_is_told(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    enqueued(house, *codes(house, 1))
    (job,) = queue.newest_jobs(house.station)
    store, now = house.station.store, house.station.clock()
    with store.transaction():  # the last that a sender writes before the power goes
        assert print_queue.claim(store.database, {job.id: ""}, now, now + MINUTE)
    house.later(3_600_000_000)
    app = house.app()
    listener = Listener(app, monkeypatch)
    async with app.run_test(size=SIZE) as pilot:
        await calm(pilot)
        assert "1 label from before is not printed; F8 shows the print queue." in listener.heard
        await tap(pilot, "f8", "down")
        assert "failed" in text(pilot)
        assert "look whether it printed" in said(pilot, "detail")
        await tap(pilot, "z")
        assert states(house) == ["confirmed"]


async def test_a_narrow_list_has_room_for_why_a_label_failed(house: House, printer: EmulatedPrinter) -> None:
    printer.paper = "out"
    enqueued(house, *codes(house, 2))
    async with house.app().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await tap(pilot, "z")
        assert text(pilot).count("The paper is out; put in") == 2  # in the list, and of the batch
        assert said(pilot, "detail").splitlines() == [
            "The paper is out; put in a new roll.", "2 labels not sent: z prints, x cancels.",
        ]  # fmt: skip
