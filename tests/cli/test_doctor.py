"""`doctor`: one line a check, whatever is broken, and nothing is changed or made."""

import shutil
import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from harness.command_calls import Answer, World
from harness.label_printers import EmulatedPrinter

from rollertrack.diagnostics import database
from rollertrack.diagnostics.health import Check, Health, good
from rollertrack.diagnostics.machine import Terminal, clock, terminal, zone
from rollertrack.diagnostics.printing import together
from rollertrack.domain.quantities import DAY, HOUR
from rollertrack.domain.standing import CLOCK_TOLERANCE
from rollertrack.services.times import moment
from rollertrack.store import database as opening
from rollertrack.store import disks
from rollertrack.wiring import system_clock

NOW = moment("2026-11-22T10:00:00Z", 2**62)[0]


def line(answer: Answer, subject: str) -> str:
    (found,) = [each for each in answer.out.splitlines() if each[2:].startswith(f"{subject}:")]
    return found


def failing(answer: Answer, subject: str, *told: str) -> None:
    assert (answer.status, answer.err) == (1, "")
    found = line(answer, subject)
    assert found.startswith("✗ ")
    for each in told:
        assert each in found


def test_all_is_well(world: World) -> None:
    before, files = world.database.read_bytes(), sorted(world.folder.iterdir())
    answer = world.run("doctor")
    assert (answer.status, answer.err) == (0, "")
    for subject in (
        "settings",
        "database",
        "sqlite",
        "fonts",
        "printers",
        "link base",
        "clock",
        "time zone",
        "terminal",
    ):
        assert line(answer, subject)[:2] in {"✓ ", "! "}
    assert f"{world.database} opens;" in line(answer, "database")
    assert world.database.read_bytes() == before
    assert [path for path in sorted(world.folder.iterdir()) if path.name != "cache"] == files


def test_as_one_document(world: World) -> None:
    answer = world.run("doctor", "--json")
    assert answer.status == 0
    assert answer.document["ok"] is True
    assert {"subject", "health", "said", "advice"} == set(answer.document["checks"][0])
    assert {each["health"] for each in answer.document["checks"]} <= {"good", "doubt"}


def test_a_database_that_is_not_there_is_not_made(world: World) -> None:
    path = world.folder / "nowhere" / "a.db"
    answer = world.run("--database", str(path), "doctor")
    assert answer.status == 0
    assert line(answer, "database").startswith(f"! database: there is none yet at {path}.")
    assert not path.parent.exists()


def test_an_empty_database_stays_empty(world: World) -> None:
    world.database.write_bytes(b"")
    assert line(world.run("doctor"), "database").startswith("! ")
    assert world.database.read_bytes() == b""


def test_a_file_that_is_no_database(world: World) -> None:
    world.database.write_text("milk, eggs, alcohol 70 %\n")
    answer = world.run("doctor")
    failing(answer, "database", "is not a RollerTrack database; name another file.")
    assert line(answer, "clock").startswith("✓ ")


def test_a_damaged_database(world: World) -> None:
    whole = world.database.read_bytes()
    world.database.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    failing(world.run("doctor"), "database", "is damaged; restore your last backup.")


def test_a_folder_and_a_server(world: World) -> None:
    failing(world.run("--database", str(world.folder), "doctor"), "database", "is a folder")
    failing(world.run("--database", "postgresql://x/y", "doctor"), "database", "is not supported")


def test_the_database_of_a_newer_program(world: World) -> None:
    with closing(sqlite3.connect(world.database)) as connection:
        connection.execute("INSERT INTO schema_migration (name, applied) VALUES ('0999_later', '2030')")
        connection.commit()
    failing(world.run("doctor"), "database", "newer RollerTrack (it knows 0999_later)")


def test_an_older_database_is_left_as_it_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = world.folder / "migrations"
    shutil.copytree(opening.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "0998_colour.py").write_text("def up(migrator, db):\n    raise SystemExit('was migrated')\n")
    monkeypatch.setattr(opening, "MIGRATIONS", folder)
    before = world.database.read_bytes()
    answer = world.call("doctor")
    assert line(answer, "database").startswith("! ")
    assert "of an earlier version" in line(answer, "database")
    assert world.database.read_bytes() == before


def test_a_locked_database(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0)
    with closing(sqlite3.connect(world.database, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        failing(world.call("doctor"), "database", "is locked by another program")


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
proc /proc proc rw 0 0
server:/rollers {place} {kind} rw,relatime 0 0
tmpfs {place}/own tmpfs rw 0 0
"""


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "9p"])
def test_a_network_drive_is_named(kind: str, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    table = world.folder / "mounts"
    table.write_text(MOUNTS.format(place=world.folder, kind=kind))
    monkeypatch.setattr(disks, "MOUNTS", table)
    answer = world.call("doctor")
    assert answer.status == 1
    assert f"it lies on a network drive ({kind})" in answer.out
    with closing(sqlite3.connect(world.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr(opening, "BUSY_SECONDS", 0)
        assert "is locked by another program" in (told := world.call("note", "{ready}", "x").err)
        assert f"on a network drive ({kind})" in told
    (world.folder / "own").mkdir()
    shutil.copy(world.database, world.folder / "own" / "a.db")
    own = world.call("--database", str(world.folder / "own" / "a.db"), "doctor")
    assert "network drive" not in own.out


@pytest.mark.parametrize(
    ("version", "is_good"),
    [
        ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 52, 0), True), ((3, 53, 1), True),
    ],
)  # fmt: skip
def test_the_versions_of_sqlite_that_can_damage_a_log(version: tuple[int, int, int], is_good: bool) -> None:
    assert (database.library(version).health is Health.GOOD) is is_good


def test_a_journal_without_its_triggers(world: World) -> None:
    with closing(sqlite3.connect(world.database)) as connection:
        connection.execute("DROP TRIGGER event_no_delete")
        connection.commit()
    failing(world.run("doctor"), "database", "event_no_delete is gone", "Restore your last backup")


def test_a_database_that_others_can_read(world: World) -> None:
    world.database.chmod(0o644)
    answer = world.run("doctor")
    assert answer.status == 0
    assert f"chmod 600 {world.database}" in answer.out


def test_broken_settings_do_not_hide_the_rest(world: World) -> None:
    world.settings("printers = 3\n")
    answer = world.run("doctor")
    failing(answer, "settings", "printers must be a table", "Mend the file")
    assert line(answer, "database").startswith("✓ ")
    assert "printers:" not in [each[2:].split(" ")[0] for each in answer.out.splitlines()]


def test_broken_settings_that_may_name_the_database(world: World) -> None:
    world.settings("database = ")
    answer = world.run("doctor", more={"ROLLERTRACK_DATABASE": ""})
    failing(answer, "settings", "is not TOML")
    assert "not looked at" in line(answer, "database")


@contextmanager
def closed_port() -> Iterator[int]:
    """A port at which nobody listens."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


def test_every_printer_is_asked_and_told_of(world: World) -> None:
    with EmulatedPrinter() as there, EmulatedPrinter(paper="out") as empty, closed_port() as port:
        world.settings(
            f'[printers]\ndesk = "{there.place}"\nempty = "{empty.place}"\ngone = "tcp://127.0.0.1:{port}"\n'
            'odd = "carrier pigeon"\nlabels = {place = "file:/dev/null", media = "papyrus"}\n'
        )
        answer = world.run("doctor")
        place = str(there.place)
    failing(answer, "printer gone", "refuses the connection")
    failing(answer, "printer empty", "paper is out")
    failing(answer, "printer odd", "carrier pigeon")
    failing(answer, "printer labels", "papyrus")
    assert line(answer, "printer desk").startswith(f"✓ printer desk: {place} on 58mm: ready.")
    assert there.printed == []


def test_printers_are_asked_all_at_once() -> None:
    # Each waits for all others, so one after the other none would ever return.
    barrier = threading.Barrier(10, timeout=10)

    def task() -> Check:
        barrier.wait()
        return good("printer", "ready.")

    assert together([task] * 10, 10.0) == [good("printer", "ready.")] * 10


def test_one_that_hangs_is_left_behind() -> None:
    release = threading.Event()

    def hanging() -> Check:
        release.wait(10)
        return good("a", "")

    try:
        assert together([hanging, lambda: good("b", "")], 0.2) == [None, good("b", "")]
    finally:
        release.set()


@pytest.mark.parametrize("base", ["ftp://x", "http://ünder.example", "192.168.1.20"])
def test_a_link_base_that_makes_no_link(base: str, world: World) -> None:
    world.settings(f'link_base = "{base}"\n')
    failing(world.run("doctor"), "link base", "http")


def test_a_link_base_and_whether_its_host_answers(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rollertrack.diagnostics.printing._HERE", ("nothing",))
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        world.settings(f'link_base = "http://127.0.0.1:{port}"\n')
        answer = world.call("doctor")
        assert line(answer, "link host") == f"✓ link host: 127.0.0.1 answers on port {port}."
    assert "QR version 2, 33 modules wide" in line(answer, "link base")
    with closed_port() as port:
        world.settings(f'link_base = "http://127.0.0.1:{port}"\n')
        answer = world.call("doctor")
    assert answer.status == 0
    assert line(answer, "link host").startswith(f"! link host: 127.0.0.1 does not answer on port {port}.")


def test_a_link_base_that_no_phone_can_reach(world: World) -> None:
    world.settings('link_base = "http://localhost:8765"\n')
    assert line(world.run("doctor"), "link base").startswith("! link base: http://localhost:8765 means this")


def test_a_link_that_a_phone_has_opened(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rollertrack.diagnostics.printing.LINK_PATIENCE", 0.1)
    world.settings('link_base = "http://192.0.2.1:8765/"\n')
    assert line(world.call("doctor"), "link proof").startswith("! link proof: no phone has opened it so far.")
    with closing(sqlite3.connect(world.database)) as connection:
        connection.execute("INSERT INTO link VALUES ('http://192.0.2.1:8765', ?)", (1_800_000_000_000_000,))
        connection.commit()
    said = "✓ link proof: a phone opened it first on 15 Jan 2027 08:00."
    assert line(world.call("doctor"), "link proof") == said


def test_a_link_base_whose_name_many_phones_do_not_find(world: World) -> None:
    world.settings('link_base = "http://rt.local:8765"\n')
    found = line(world.run("doctor"), "link base")
    assert found.startswith("! link base: http://rt.local:8765 is sound; QR version 2")
    assert "Many phones do not find" in found


def test_an_address_that_is_no_longer_of_this_computer(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rollertrack.diagnostics.printing.LINK_PATIENCE", 0.1)
    monkeypatch.setattr("rollertrack.diagnostics.printing.own_addresses", lambda: ("192.168.1.7",))
    world.settings('link_base = "http://192.0.2.1:8765"\n')
    assert "This computer has 192.168.1.7." in line(world.call("doctor"), "link host")


def test_a_name_that_no_font_can_draw(world: World) -> None:
    world.done("add", "--length", "0.5", "--name", "tablet \U00012000")
    found = line(world.run("doctor"), "fonts")
    assert found.startswith("! ")
    assert "\U00012000" in found


def test_an_entry_in_the_future(world: World) -> None:
    with closing(sqlite3.connect(world.database)) as connection:
        connection.execute("UPDATE stream SET newest = ?", (system_clock() + HOUR,))
        connection.commit()
    failing(world.run("doctor"), "clock", "ahead", "Set the clock")


def test_the_clock() -> None:
    assert clock(NOW, None).health is Health.GOOD
    assert clock(NOW, 0).health is Health.GOOD
    assert clock(NOW, NOW + CLOCK_TOLERANCE).health is Health.GOOD
    assert clock(NOW, NOW + CLOCK_TOLERANCE + 1).health is Health.BAD
    assert "31 d" in clock(NOW, NOW - 31 * DAY).said
    assert clock(0, None).said == "it says 1 Jan 1970 00:00, which cannot be."
    assert clock(moment("2099-12-31T00:00:00Z", 2**62)[0] + 400 * DAY, None).health is Health.BAD


def test_the_time_zone(tmp_path: Path) -> None:
    there = tmp_path / "localtime"
    there.write_bytes(b"")
    assert zone(NOW, {}, there) == good("time zone", "UTC, UTC+00:00.")
    assert zone(NOW, {}, tmp_path / "none").health is Health.DOUBT
    assert "“Mars/Phobos”" in zone(NOW, {"TZ": "Mars/Phobos"}, there).said
    assert zone(NOW, {"TZ": "../../etc"}, there).health is Health.DOUBT
    for known in ("Europe/Berlin", ":Europe/Berlin", "CET-1CEST", str(there)):
        assert zone(NOW, {"TZ": known}, there).health is Health.GOOD


def test_the_terminal() -> None:
    known = Terminal(True, 80, 24, "utf-8", {"TERM": "xterm-256color"})
    assert terminal(known).said == "80 by 24 characters, UTF-8, 256 colours."
    assert "all colours" in terminal(known._replace(environment={"TERM": "x", "COLORTERM": "truecolor"})).said
    assert "NO_COLOR" in terminal(known._replace(environment={"TERM": "x", "NO_COLOR": ""})).said
    assert terminal(known._replace(columns=79)).health is Health.DOUBT
    assert terminal(known._replace(lines=23)).health is Health.DOUBT
    assert terminal(known._replace(encoding="ISO-8859-1")).health is Health.DOUBT
    assert terminal(known._replace(environment={})).health is Health.DOUBT
    assert terminal(known._replace(is_terminal=False, encoding="ascii")).health is Health.GOOD


def test_a_computer_without_fonts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rollertrack.labels.fonts.found", lambda: ())
    answer = world.call("doctor")
    assert answer.status == 0
    assert "a small font of the program" in line(answer, "fonts")
    assert "Install the DejaVu or Noto fonts" in line(answer, "fonts")
