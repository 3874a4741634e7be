"""The database fails in every way a machine knows: one sentence, status 3, nothing half done."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from harness.command_calls import Answer, World

from rollertrack.errors import StoreFailed
from rollertrack.store import database as opening
from rollertrack.store.opening import open_as_it_stands
from rollertrack.store.store import Store

# The rights of files hold for root only without its privilege to pass over them.
AS_ANYONE: tuple[str, ...] = (
    ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
)
needs_setpriv = pytest.mark.skipif(
    bool(AS_ANYONE) and not shutil.which("setpriv"), reason="root passes over the rights of files"
)


BLOCK = 512
"""So many bytes of each file a disk takes at a time, until it is full."""


def failed(answer: Answer, *told: str) -> None:
    assert (answer.status, answer.out) == (3, "")
    assert answer.err.count("\n") == 1
    assert "Traceback" not in answer.err
    assert "Errno" not in answer.err
    for each in told:
        assert each in answer.err


@pytest.mark.parametrize("words", [["list"], ["check", "{ready}"], ["note", "{ready}", "x"], ["verify"]])
def test_a_file_that_is_no_database(words: list[str], world: World) -> None:
    world.database.write_text("milk, eggs, alcohol 70 %\n")
    failed(world.run(*words), str(world.database), "is not a RollerTrack database; name another file.")
    assert world.database.read_text() == "milk, eggs, alcohol 70 %\n"


def test_a_failure_is_one_json_document_too(world: World) -> None:
    world.database.write_text("x" * 5000)
    answer = world.run("check", "{ready}", "--json")
    assert answer.status == 3
    assert answer.document == {
        "error": answer.err.rstrip("\n"), "title": "Database", "exit_status": 3,
    }  # fmt: skip


def _nothing(path: Path) -> None:
    path.unlink()


def _no_bytes(path: Path) -> None:
    path.write_bytes(b"")


def _no_table(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE x (y)")
        connection.execute("DROP TABLE x")


def _no_entry(path: Path) -> None:
    path.unlink()
    Store(path).close()


@pytest.mark.parametrize("left", [_nothing, _no_bytes, _no_table, _no_entry])
def test_only_add_begins_a_database(left: Callable[[Path], None], world: World) -> None:
    left(world.database)
    before = world.database.read_bytes() if world.database.exists() else None
    told = "There is no database at" if before is None else "holds no entry;"
    for words in (
        ["list"], ["check", "{ready}"], ["show", "{ready}"], ["verify"], ["export"], ["export", "--json"],
        ["backup", "{new}"], ["rebuild"], ["policy", "show"], ["policy", "set", "freshness.hours", "12"],
        ["person", "add", "--label", "ann"], ["note", "{ready}", "x"], ["queue"], ["person", "list"],
        ["cards", "--media", "50x25", "--to", "{picture}"], ["outage", "--to", "{page}"],
    ):  # fmt: skip
        answer = world.call(*words)
        assert (answer.status, answer.err.count("\n")) == (3, 1), words
        assert told in answer.err
        assert str(world.database) in answer.err
    assert (world.database.read_bytes() if world.database.exists() else None) == before
    assert not Path(world.names["new"]).exists()
    assert not Path(world.names["picture"]).exists()
    world.done("add", "--length", "0.5")
    assert [row["label"] for row in world.done("person", "list", "--json").document["persons"]] == ["me"]


def test_printers_and_paper_need_no_database(world: World) -> None:
    world.database.unlink()
    world.done("printer", "add", "bench", "--place", "pipe:cat", "--media", "50x25")
    world.done("printer", "list")
    world.done("calibrate", "--to", str(world.folder / "test.png"), "--media", "50x25")
    world.done("cards", "--to", "{page}")
    assert not world.database.exists()


def test_a_folder(world: World) -> None:
    failed(world.run("--database", str(world.folder), "list"), "is a folder; name a database file in it.")


def test_the_database_of_another_program_is_left_as_it_is(world: World) -> None:
    theirs = world.folder / "theirs.db"
    with closing(sqlite3.connect(theirs)) as connection:
        connection.execute("CREATE TABLE event (title TEXT)")
        connection.execute("CREATE TABLE stream (x)")
        connection.commit()
    before = theirs.read_bytes()
    for words in (["list"], ["add", "--length", "0.5"], ["rebuild"], ["restore", "{backup}"]):
        failed(world.run("--database", str(theirs), *words), "is a database of another program")
    assert theirs.read_bytes() == before


def test_the_database_of_a_newer_program_is_left_as_it_is(world: World) -> None:
    with closing(sqlite3.connect(world.database)) as connection:
        connection.execute("INSERT INTO schema_migration (name, applied) VALUES ('0999_later', '2030')")
        connection.commit()
    before = world.database.read_bytes()
    failed(world.run("note", "{ready}", "x"), "newer RollerTrack (it knows 0999_later)", "update this one")
    assert world.database.read_bytes() == before


def test_an_older_database_is_copied_then_migrated(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = world.folder / "migrations"
    shutil.copytree(opening.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    up = 'def up(migrator, db):\n    db.execute_sql("ALTER TABLE roller ADD COLUMN colour TEXT")\n'
    (folder / "0998_colour.py").write_text(up)
    before = world.journal()
    monkeypatch.setattr(opening, "MIGRATIONS", folder)
    world.done("list")
    assert world.journal() == before
    monkeypatch.undo()
    kept = world.folder / "a.db.before-migration-1"
    assert world.done("--database", str(kept), "export").out == before
    failed(world.call("list"), "newer RollerTrack (it knows 0998_colour)")


def test_a_damaged_database(world: World) -> None:
    content = world.database.read_bytes()
    world.database.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))
    failed(world.run("list"), str(world.database), "is damaged; restore your last backup.")


@needs_setpriv
@pytest.mark.parametrize("words", [["note", "{ready}", "x"], ["rebuild"], ["add", "--length", "1"]])
def test_a_file_that_may_only_be_read(words: list[str], world: World) -> None:
    before = world.journal()
    world.database.chmod(0o444)
    failed(world.run(*words, under=AS_ANYONE), str(world.database), "read-only")
    world.database.chmod(0o644)
    assert world.journal() == before


@needs_setpriv
def test_a_folder_that_may_only_be_read(world: World) -> None:
    before = world.journal()
    world.folder.chmod(0o555)
    failed(world.run("note", "{ready}", "x", under=AS_ANYONE), str(world.database))
    adding = ["--database", str(world.folder / "b.db"), "add", "--length", "1"]
    failed(world.run(*adding, under=AS_ANYONE), "b.db")
    assert world.run("check", "{ready}", under=AS_ANYONE).out == world.done("check", "{ready}").out
    world.folder.chmod(0o777)
    assert world.journal() == before


@needs_setpriv
def test_a_file_that_may_not_be_read(world: World) -> None:
    world.database.chmod(0o000)
    failed(world.run("list", under=AS_ANYONE), str(world.database))
    world.database.chmod(0o666)
    (world.folder / "shut").mkdir(mode=0o000)
    path = world.folder / "shut" / "a.db"
    failed(world.run("--database", str(path), "list", under=AS_ANYONE), "may not be opened by you")


@pytest.mark.parametrize("place", ["/proc/none/a.db", "{database}/a.db", "{folder}/" + "x" * 300])
def test_a_place_where_no_database_can_be(place: str, world: World) -> None:
    path = place.format(database=world.database, folder=world.folder)
    failed(world.run("--database", path, "list"), path)


def test_a_new_database_and_its_folder_are_their_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "place" / "a.db"
    World(tmp_path).run("--database", str(path), "add", "--length", "0.5", mask=0)
    modes = [oct(each.stat().st_mode & 0o777) for each in (path, path.parent, path.parent.parent)]
    assert modes == ["0o600", "0o700", "0o700"]


def test_the_usual_place_is_the_users_data_folder(tmp_path: Path) -> None:
    world = World(tmp_path)
    assert world.run("add", "--length", "1", more={"ROLLERTRACK_DATABASE": ""}).status == 0
    found = list(tmp_path.rglob("rollertrack.db"))
    assert [oct(path.stat().st_mode & 0o777) for path in found] == ["0o600"]


@pytest.mark.parametrize("blocks", [0, 8, 40, 64, 100])
def test_a_full_disk_leaves_all_of_a_deed_or_nothing(blocks: int, world: World) -> None:
    before = world.journal()
    answer = world.run("note", "{ready}", "x" * 2_000, "--json", largest_file=blocks * BLOCK)
    entries = world.journal()
    if answer.status == 0:
        assert len(entries.splitlines()) == len(before.splitlines()) + 1
    else:
        assert answer.status == 3
        assert re.search(r"the disk is full|Nothing was changed", answer.err)
        assert answer.err.count("\n") == 1
        assert entries == before
    assert world.done("verify").out.startswith("All agree")


@pytest.mark.parametrize("words", [["backup", "{new}"], ["label", "{ready}", "--to", "{picture}"]])
def test_a_full_disk_leaves_no_half_file(words: list[str], world: World) -> None:
    before, there = world.journal(), sorted(world.folder.iterdir())
    failed(world.run(*words, largest_file=4 * BLOCK))
    assert (world.journal(), sorted(world.folder.iterdir())) == (before, there)


READS = (["check", "{ready}"], ["log", "{ready}"], ["list"], ["show", "{dirty}"], ["export"], ["verify"])


def left_by_a_kill(world: World, *, shared_memory: bool) -> None:
    """A note that stands in the log beside the file alone, as a program leaves it that was killed."""
    note = (
        "import os, sys; from rollertrack.cli.main import main;"
        "from rollertrack.store.store import Store; Store.close = lambda store: os._exit(9);"
        "main(['note', sys.argv[1], 'in the log alone'])"
    )
    words = [sys.executable, "-c", note, world.names["ready"]]
    subprocess.run(words, env=world.environment, check=False, cwd=world.folder)
    assert world.database.with_name("a.db-wal").stat().st_size
    if not shared_memory:
        world.database.with_name("a.db-shm").unlink()


@pytest.mark.parametrize("killed", [None, True, False])
def test_a_full_disk_is_read_as_it_stands(killed: bool | None, world: World) -> None:
    if killed is not None:
        left_by_a_kill(world, shared_memory=killed)
    kept = world.folder / "kept"
    kept.mkdir()
    for file in world.folder.glob("a.db*"):
        shutil.copy(file, kept)
    answers = [world.run(*words, largest_file=0 * BLOCK) for words in READS]
    for words in (["note", "{ready}", "x"], ["backup", "{new}"], ["label", "{ready}", "--to", "{picture}"]):
        failed(world.run(*words, largest_file=0 * BLOCK), str(world.folder))
    for file in kept.iterdir():
        if not file.name.endswith("-shm"):
            assert (world.folder / file.name).read_bytes() == file.read_bytes()
    expected = [world.call(*words) for words in READS]
    assert _told(answers) == _told(expected)
    assert ("in the log alone" in answers[1].out) is (killed is not None)


_AGE = re.compile(r"\d+ (s|min|h|d)\b| +")


def _told(answers: list[Answer]) -> list[tuple[int, str]]:
    """What commands answered, but for ages and the columns they stand in: those go on between two calls."""
    return [(each.status, _AGE.sub("", each.out)) for each in answers]


@needs_setpriv
@pytest.mark.parametrize("killed", [None, True, False])
def test_a_disk_that_can_only_be_read_is_read_as_it_stands(killed: bool | None, world: World) -> None:
    if killed is not None:
        left_by_a_kill(world, shared_memory=killed)
    for file in world.folder.glob("a.db*"):
        file.chmod(0o444)
    world.folder.chmod(0o555)
    answers = [world.run(*words, under=AS_ANYONE) for words in READS]
    failed(world.run("note", "{ready}", "x", under=AS_ANYONE), "a.db")
    world.folder.chmod(0o755)
    for file in world.folder.glob("a.db*"):
        file.chmod(0o644)
    expected = [world.call(*words) for words in READS]
    assert _told(answers) == _told(expected)
    assert ("in the log alone" in answers[1].out) is (killed is not None)


def test_a_file_that_is_written_while_it_is_read_as_it_stands_is_not_believed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = opening.version_of

    def slow(connection: sqlite3.Connection, path: Path) -> list[str]:
        with path.open("ab") as file:
            file.write(bytes(4096))
        return real(connection, path)

    monkeypatch.setattr(opening, "version_of", slow)
    with pytest.raises(StoreFailed, match=r"is being written by another program; try again\."):
        open_as_it_stands(world.database)


def test_a_database_that_another_program_holds(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0)
    before = world.journal()
    with closing(sqlite3.connect(world.database, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        for words in (["note", "{ready}", "x"], ["use", "{ready}"], ["rebuild"], ["restore", "{backup}"]):
            failed(world.call(*words), "is locked by another program; close it or try again")
        assert world.done("check", "{ready}").status == 0
        holder.execute("ROLLBACK")
    assert world.journal() == before
    assert world.done("verify").status == 0


def test_a_server_is_not_spoken_to(world: World) -> None:
    answer = world.run("list", more={"ROLLERTRACK_DATABASE": "postgresql://desk/rollers"})
    assert (answer.status, answer.err.split(":")[0]) == (2, "database")


@pytest.mark.parametrize("blocks", [16, 64, 80, 96, 112, 128])
def test_a_disk_that_fills_up_while_labels_are_printed_says_what_came_out(blocks: int, world: World) -> None:
    answer = world.run("label", "{ready}", "--printer", "pipe:cat", largest_file=blocks * BLOCK)
    if answer.status:
        failed(answer, "the disk is full")
        assert ("was sent" in answer.err) is ("Nothing was changed" not in answer.err)
    assert world.done("verify").out.startswith("All agree")
