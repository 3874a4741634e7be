"""A database from elsewhere starts no program here, writes to no device and calls no host."""

import sqlite3
from contextlib import closing

import pytest
from harness.command_calls import World
from harness.label_printers import EmulatedPrinter

from rollertrack.domain.print_jobs import JobState
from rollertrack.services.labels import ordering, sending
from rollertrack.services.labels.requests import PrintRequest
from rollertrack.settings import Settings
from rollertrack.wiring import terminal_app


def queue_a_job(world: World, printer: str) -> None:
    """What whoever wrote the database may have put into its queue."""
    world.settings('[printers]\ndesk = "tcp://127.0.0.1:1"\n')
    assert world.call("label", "{plain}", "--printer", "desk").status == 3
    with closing(sqlite3.connect(world.database)) as database, database:
        database.execute("UPDATE print_job SET printer = ?, state = 'waiting', note = ''", (printer,))
    world.settings("")


def waits(world: World) -> tuple[str, str]:
    (job,) = world.done("queue", "--json").document["jobs"]
    return job["state"], job["note"]


@pytest.mark.parametrize("words", [(), ("1",)])
@pytest.mark.parametrize("kind", ["pipe:touch {}", "pipe-pdf:touch {}", "file:{}", "png:{}", "pdf:{}"])
def test_a_queue_from_elsewhere_touches_nothing(kind: str, words: tuple[str, ...], world: World) -> None:
    folder = world.folder / "mine"
    folder.mkdir()
    target = folder if kind.startswith("p") and "touch" not in kind else folder / "made"
    queue_a_job(world, kind.format(target))
    for _ in range(2):
        answer = world.call("queue", "retry", *words)
        assert (answer.status, answer.out) == (3, "")
        assert "is no printer of this station's settings" in answer.err
        assert "0 of 1 label came out, 1 left.\n" in answer.err
    assert list(folder.iterdir()) == []
    state, note = waits(world)
    assert state == "waiting"
    assert "is no printer of this station's settings" in note


def test_a_restored_backup_starts_nothing_either(world: World) -> None:
    marker = world.folder / "made"
    queue_a_job(world, f"pipe:touch {marker}")
    world.done("backup", str(world.folder / "foreign.db"))
    world.done("restore", str(world.folder / "foreign.db"))
    assert world.call("queue", "retry").status == 3
    assert not marker.exists()


def test_a_printer_of_the_settings_prints_what_waits_for_its_name_or_its_place(world: World) -> None:
    with EmulatedPrinter() as printer:
        queue_a_job(world, str(printer.place))
        assert world.call("queue", "retry").status == 3
        assert printer.printed == []
        world.settings(f'[printers]\nother = {{place = "{printer.place}", media = "50x25"}}\n')
        world.done("queue", "retry")
        assert len(printer.printed) == 1


def test_a_held_job_keeps_no_other_from_printing_and_can_be_cancelled(world: World) -> None:
    with EmulatedPrinter() as printer:
        queue_a_job(world, "pipe:touch made")
        world.settings('[printers]\ndesk = "tcp://127.0.0.1:1"\n')
        assert world.call("label", "{ready}").status == 3
        world.settings(f'[printers]\ndesk = "{printer.place}"\n')
        assert world.call("queue", "retry").status == 3
        assert len(printer.printed) == 1
        world.done("queue", "cancel", "1")
        assert world.done("queue", "retry").out == "Nothing is left to print.\n"


def test_a_printer_named_by_hand_prints_at_once(world: World) -> None:
    with EmulatedPrinter() as printer:
        world.done("label", "{plain}", "--printer", str(printer.place), "--media", "50x25")
        assert len(printer.printed) == 1


async def test_a_printer_named_on_a_screen_prints_although_another_thread_asked(world: World) -> None:
    with EmulatedPrinter() as printer:
        backend = terminal_app(Settings(database=str(world.database))).backend
        request = PrintRequest(printer=str(printer.place), media="50x25")
        batch = await backend.run_drawing(ordering.enqueue, [world.names["plain"]], request)
        row = await backend.run_printing(sending.print_next, batch.id)
        backend.close()
        assert row is not None
        assert (row.state, row.held) == (JobState.CONFIRMED, False)


@pytest.mark.parametrize("copies", [0, 100, 10**9])
def test_a_number_of_copies_that_nobody_may_ask_for_is_not_printed(copies: int, world: World) -> None:
    with EmulatedPrinter() as printer:
        queue_a_job(world, "desk")
        with closing(sqlite3.connect(world.database)) as database, database:
            database.execute("UPDATE print_job SET copies = ?", (copies,))
        world.settings(f'[printers]\ndesk = "{printer.place}"\n')
        assert "copies: " in world.call("queue", "retry").err
        assert printer.printed == []
