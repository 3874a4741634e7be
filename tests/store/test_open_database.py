"""Opening a file: what is ours, what is not, what is older or newer; each failure is one sentence."""

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from harness.store_rows import NOW, ROLLER, append, fill, outsider, rows, verified

from rollertrack.domain.events import Noted
from rollertrack.errors import StoreFailed
from rollertrack.store import database
from rollertrack.store.store import Store

SECOND = """
def up(migrator, db):
    db.execute_sql("ALTER TABLE roller ADD COLUMN colour TEXT")
"""
BROKEN = """
def up(migrator, db):
    db.execute_sql("ALTER TABLE roller ADD COLUMN colour TEXT")
    db.execute_sql("ALTER TABLE nothing ADD COLUMN colour TEXT")
"""


def opened(path: Path, *, create: bool = True) -> None:
    Store(path, create=create).close()


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def newer_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the migrations of a program one migration ahead."""
    folder = tmp_path / "migrations"
    shutil.copytree(database.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "0002_colour.py").write_text(SECOND)
    monkeypatch.setattr(database, "MIGRATIONS", folder)
    yield folder


def test_a_new_database_and_its_folders_are_their_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "one" / "two" / "a.db"
    with closing(Store(path)) as store:
        assert store.is_new
        sides = [path.with_name(path.name + suffix) for suffix in ("-wal", "-shm")]
        assert [oct(side.stat().st_mode & 0o777) for side in (path, *sides)] == ["0o600"] * 3
    assert [oct(folder.stat().st_mode & 0o777) for folder in path.parents[:2]] == ["0o700"] * 2


def test_an_empty_file_is_a_database_that_was_just_begun_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.touch()
    path.chmod(0o640)
    with closing(Store(path)) as store:
        assert store.is_new
    assert oct(path.stat().st_mode & 0o777) == "0o640"


def test_a_database_is_new_until_something_is_entered(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    opened(path)
    with closing(Store(path)) as store:
        assert store.is_new
    fill(tmp_path / "b.db")
    with closing(Store(tmp_path / "b.db")) as store:
        assert not store.is_new


@pytest.mark.parametrize("content", [b"shopping list\n", b"SQLite format 3\0" + b"\xff" * 4080, b"\0" * 5000])
def test_a_file_that_is_no_database_is_refused_and_left_alone(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)
    with pytest.raises(StoreFailed, match=r"is not a RollerTrack database|is damaged"):
        opened(path)
    assert path.read_bytes() == content


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreFailed, match=r"is a folder; name a database file in it\."):
        opened(tmp_path)


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_database_of_another_program_stays_byte_for_byte(mode: str, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with outsider(path) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
        connection.execute("CREATE TABLE event (title TEXT)")
        connection.execute("INSERT INTO event VALUES ('party')")
        # As a program leaves it that is still open, or was killed.
        kept = tmp_path / "killed"
        kept.mkdir()
        for file in tmp_path.glob("a.db*"):
            shutil.copy(file, kept)
    for theirs in (path, kept / "a.db"):
        before = digest(theirs)
        with pytest.raises(StoreFailed, match=r"is a database of another program; name another file\."):
            opened(theirs)
        assert digest(theirs) == before
        assert rows(theirs) == [("party",)]


def test_a_file_that_must_exist_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreFailed, match="There is no database at"):
        opened(tmp_path / "a.db", create=False)
    assert not (tmp_path / "a.db").exists()


def test_the_words_of_a_path_are_not_taken_for_the_failure(tmp_path: Path) -> None:
    (tmp_path / "locked").write_text("a file, not a folder")
    path = tmp_path / "locked" / "disk full" / "read-only.db"
    with pytest.raises(StoreFailed, match=r"what stands there as its folder is a file\.$"):
        opened(path)


def test_a_name_too_long_for_the_disk_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreFailed, match=r"its name is too long for this disk\.$"):
        opened(tmp_path / ("a" * 300))


def test_a_database_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.db")
    with outsider(path) as connection:
        connection.execute("INSERT INTO schema_migration (name, applied) VALUES ('0099_wings', '2030-01-01')")
    before = digest(path)
    with pytest.raises(StoreFailed, match=r"newer RollerTrack \(it knows 0099_wings\); update this one"):
        opened(path)
    assert digest(path) == before


def test_a_program_that_a_newer_one_overtook_reads_on_and_writes_nothing(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.db")
    with closing(Store(path)) as store:
        before = rows(path)
        with outsider(path) as connection:
            connection.execute("INSERT INTO schema_migration (name, applied) VALUES ('0099_wings', '')")
        with (
            pytest.raises(StoreFailed, match=r"by a newer RollerTrack \(it knows 0099_wings\); end this one"),
            store.transaction() as journal,
        ):
            append(journal, ROLLER, Noted(text="too late"), NOW)
        with store.reading() as journal:
            assert journal.stream(ROLLER)
    assert rows(path) == before


@pytest.mark.usefixtures("newer_program")
def test_an_older_database_is_migrated_after_a_copy_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    with monkeypatch.context() as before:
        before.setattr(database, "MIGRATIONS", Path(database.__file__).with_name("migrations"))
        fill(path)
        old = rows(path)
    with closing(Store(path)) as store:
        assert not store.is_new
        store.database.execute_sql("SELECT colour FROM roller")
    copy = tmp_path / "a.db.before-migration-1"
    assert oct(copy.stat().st_mode & 0o777) == "0o600"
    assert rows(copy) == rows(path) == old
    with pytest.raises(sqlite3.OperationalError, match="colour"), outsider(copy) as connection:
        connection.execute("SELECT colour FROM roller")
    opened(path)
    assert [file.name for file in tmp_path.glob("a.db.before*")] == [copy.name]


def test_a_migration_that_fails_changes_nothing(
    tmp_path: Path, newer_program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    with monkeypatch.context() as before:
        before.setattr(database, "MIGRATIONS", Path(database.__file__).with_name("migrations"))
        fill(path)
    (newer_program / "0002_colour.py").write_text(BROKEN)
    with pytest.raises(StoreFailed, match=r"could not be brought up to date \(.*nothing was changed"):
        opened(path)
    with pytest.raises(sqlite3.OperationalError, match="colour"), outsider(path) as connection:
        connection.execute("SELECT colour FROM roller")
    monkeypatch.undo()
    assert not verified(path).fault


@pytest.mark.usefixtures("newer_program")
def test_of_two_stations_that_migrate_at_once_one_makes_the_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    with monkeypatch.context() as before:
        before.setattr(database, "MIGRATIONS", Path(database.__file__).with_name("migrations"))
        fill(path)
    failures: list[BaseException] = []
    together = threading.Barrier(2)

    def start() -> None:
        together.wait()
        try:
            opened(path)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(list(tmp_path.glob("a.db.before*"))) == 1


def test_a_database_that_another_station_is_just_beginning_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    path.touch()
    with outsider(path) as other:
        other.execute("BEGIN IMMEDIATE")
        with monkeypatch.context() as hasty, pytest.raises(StoreFailed, match="is locked by another program"):
            hasty.setattr(database, "BUSY_SECONDS", 0)
            opened(path)
        waits: list[float] = []

        def wait(seconds: float) -> None:
            waits.append(seconds)
            other.execute("COMMIT")

        monkeypatch.setattr("rollertrack.store.opening.time.sleep", wait)
        opened(path)
    assert len(waits) == 1


def test_text_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.db")
    with outsider(path) as connection:
        connection.execute("UPDATE roller SET name = CAST(x'ff' AS TEXT)")
    with (
        closing(Store(path)) as store,
        pytest.raises(StoreFailed, match="rollertrack verify"),
        store.reading(),
    ):
        store.database.execute_sql("SELECT name FROM roller").fetchall()


def test_a_store_that_closes_leaves_no_side_files(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(Store(path)) as store, store.transaction() as journal:
        journal.append(ROLLER, Noted(text="x"), 1, 1, 0)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.db"]
