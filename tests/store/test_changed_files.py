"""The file changes under an open store: nothing is written to be lost, nothing is read that is not so."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from harness.store_rows import DAY, NOW, ROLLER, append, fill, rows, verified

from rollertrack.domain.events import Noted
from rollertrack.errors import ChangedMeanwhile, StoreFailed
from rollertrack.store import bond
from rollertrack.store.copies import copy_file, put_in_place
from rollertrack.store.database import Unreadable
from rollertrack.store.store import Store

KILLED = """
import os, sys
sys.path[:0] = {path}
from harness.store_rows import NOW, ROLLER, append
from rollertrack.domain.events import Noted
from rollertrack.store.store import Store
store = Store({database})
for text in {texts}:
    with store.transaction() as journal:
        append(journal, ROLLER, Noted(text=text), NOW)
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return fill(tmp_path / "a.db")


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """A store with a deed of its own, which an older copy of the file lacks."""
    copy_file(path, older(path))
    with closing(Store(path)) as opened:
        note(opened, "its own")
        note(opened, "and the last")
        opened.change_mark()
        yield opened


def older(path: Path) -> Path:
    return path.with_name("older.db")


def note(store: Store, text: str) -> None:
    with store.transaction() as journal:
        append(journal, ROLLER, Noted(text=text), NOW + 9 * DAY)


def notes(path: Path) -> list[str]:
    return [row[8].split('"text":"')[1].split('"')[0] for row in rows(path) if row[2] == "noted"]


def side(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def is_refused(store: Store, match: str) -> None:
    """Whatever is asked, nothing is read and nothing is written."""
    for _ in range(2):
        with pytest.raises(StoreFailed, match=match):
            store.reading().__enter__()
        with pytest.raises(StoreFailed, match=match):
            note(store, "too late")
        with pytest.raises(StoreFailed, match=match):
            store.change_mark()


def moved(path: Path) -> None:
    path.rename(path.with_name("b.db"))


def moved_folder(path: Path) -> None:
    aside = path.parent / "aside"
    aside.mkdir()
    for each in [path, side(path, "-wal"), side(path, "-shm")]:
        each.rename(aside / each.name)


@pytest.mark.parametrize(("move", "where"), [(moved, "b.db"), (moved_folder, "aside/a.db")])
def test_a_file_that_was_moved_away_is_missed_and_found_again(
    move: Callable[[Path], None], where: str, store: Store, path: Path
) -> None:
    move(path)
    is_refused(store, "was moved away: nothing can be read at .*a.db any more. Nothing was logged")
    assert not path.exists()
    assert notes(path.parent / where) == ["soft handle", "its own", "and the last"]
    (path.parent / where).rename(path)
    if where != "b.db":
        for suffix in ("-wal", "-shm"):
            (path.parent / (where + suffix)).rename(side(path, suffix))
    note(store, "back")
    assert notes(path) == ["soft handle", "its own", "and the last", "back"]


def test_a_file_that_was_removed_is_kept_when_the_program_is_left(path: Path) -> None:
    store = Store(path)
    note(store, "its own")
    path.unlink()
    is_refused(store, "was moved away")
    store.close()
    kept = side(path, ".before-replacement-1")
    assert notes(kept) == ["soft handle", "its own"]
    assert not path.exists()
    assert not verified(kept).fault


def by_rename(source: Path, target: Path) -> None:
    source.rename(target)


def in_place(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


def another(path: Path) -> Path:
    """A database that knows none of the entries."""
    target = path.with_name("another.db")
    with closing(Store(target)) as store, store.transaction() as journal:
        append(journal, ROLLER, Noted(text="of another house"), NOW + 20 * DAY)
    return target


@pytest.mark.parametrize("put", [by_rename, in_place])
@pytest.mark.parametrize("source", [older, another])
@pytest.mark.parametrize("settled", [True, False])
def test_a_file_that_lacks_what_is_on_record_is_refused_until_the_program_is_started_again(
    settled: bool, source: Callable[[Path], Path], put: Callable[[Path, Path], None], store: Store, path: Path
) -> None:
    replacement = source(path)
    with closing(Store(replacement)) as other:  # a state of its own: the log was not written on top of it
        note(other, "there")
    if settled:
        store.settle()
    before = notes(replacement)
    put(replacement, path)
    is_refused(store, "lacks entries on record here|was not written for|is not the file that")
    kept = side(path, ".before-replacement-1")
    if put is by_rename:
        assert notes(kept) == ["soft handle", "its own", "and the last"]
        assert not verified(kept).fault
    store.close()
    if settled or put is by_rename:
        with closing(Store(path)) as again:
            note(again, "after a new start")
        assert notes(path) == [*before, "after a new start"]
        assert not verified(path).fault


@pytest.mark.parametrize("put", [by_rename, in_place])
def test_a_newer_copy_of_itself_is_read_anew_and_told_once(
    put: Callable[[Path, Path], None], store: Store, path: Path
) -> None:
    store.settle()
    newer = path.with_name("newer.db")
    copy_file(path, newer)
    with closing(Store(newer)) as elsewhere:
        note(elsewhere, "elsewhere")
    mark = store.change_mark()
    put(newer, path)
    with store.reading() as journal:
        assert len(journal.stream(ROLLER)) == 8
    assert store.change_mark() != mark
    assert "was replaced" in store.news()
    assert store.news() == ""
    note(store, "here")
    assert notes(path) == ["soft handle", "its own", "and the last", "elsewhere", "here"]
    assert not list(path.parent.glob("*before-replacement*"))
    assert not verified(path).fault


@pytest.mark.parametrize("suffixes", [("-wal",), ("-shm",), ("-wal", "-shm")])
@pytest.mark.parametrize("settled", [True, False])
def test_side_files_that_were_removed_lose_nothing(
    settled: bool, suffixes: tuple[str, ...], store: Store, path: Path
) -> None:
    if settled:
        store.settle()
    for suffix in suffixes:
        side(path, suffix).unlink()
    note(store, "afterwards")
    store.close()
    assert notes(path) == ["soft handle", "its own", "and the last", "afterwards"]
    assert not verified(path).fault
    assert not list(path.parent.glob("*before-replacement*"))


@pytest.mark.parametrize("settled", [True, False])
@pytest.mark.parametrize("size", [0, 100, 8192, 40_960])
def test_a_file_that_was_cut_is_refused_and_left_as_it_is(
    size: int, settled: bool, store: Store, path: Path
) -> None:
    if settled:
        store.settle()
    os.truncate(path, size)
    is_refused(store, "was emptied|is damaged|is not a RollerTrack database")
    store.close()
    assert path.stat().st_size == size


def test_a_folder_or_another_programs_file_in_its_place_is_refused_and_what_was_there_kept(
    store: Store, path: Path
) -> None:
    path.unlink()
    path.mkdir()
    is_refused(store, r"is a folder; name a database file in it\. What was on record is kept in .*ment-1")
    path.rmdir()
    path.write_bytes(b"shopping list\n" * 1000)
    is_refused(store, "is not a RollerTrack database")
    store.close()
    assert path.read_bytes() == b"shopping list\n" * 1000
    assert notes(side(path, ".before-replacement-1")) == ["soft handle", "its own", "and the last"]


@pytest.mark.parametrize("act", [moved, moved_folder, Path.unlink])
def test_a_deed_during_which_the_file_goes_is_not_logged(
    act: Callable[[Path], None], store: Store, path: Path
) -> None:
    with (
        pytest.raises(StoreFailed, match=r"while this was being logged\. Nothing was logged"),
        store.transaction() as journal,
    ):
        append(journal, ROLLER, Noted(text="in between"), NOW + 9 * DAY)
        act(path)
    with pytest.raises(StoreFailed, match="was moved away"):
        store.reading().__enter__()


def test_stores_of_one_process_all_let_go_before_one_opens_what_was_put_there(path: Path) -> None:
    with closing(Store(path)) as first, closing(Store(path)) as second:
        newer = path.with_name("newer.db")
        copy_file(path, newer)
        newer.rename(path)
        with pytest.raises(StoreFailed, match="it is being read anew"):
            first.look()
        second.look()
        note(second, "from the second")
        note(first, "from the first")
    assert notes(path) == ["soft handle", "from the second", "from the first"]
    assert not verified(path).fault


def test_a_checkpoint_by_another_station_and_a_touch_are_no_change(store: Store, path: Path) -> None:
    with closing(Store(path)) as other:
        note(other, "theirs")
        store.settle()
        os.utime(path)
        note(store, "mine")
        other.settle()
        note(other, "theirs again")
    assert {"its own", "and the last", "theirs", "mine", "theirs again"} < set(notes(path))
    assert store.news() == ""


def test_what_a_restore_put_in_place_is_read_and_told_once(store: Store, path: Path) -> None:
    fresh = path.with_name("fresh.db")
    copy_file(older(path), fresh)
    put_in_place(fresh, path)
    store.change_mark()
    assert "was replaced by a backup" in store.news()
    assert store.news() == ""
    with pytest.raises(ChangedMeanwhile, match="look again"):
        note(store, "decided on what was there before")
    note(store, "afterwards")
    assert notes(path) == ["soft handle", "afterwards"]
    assert bond.belong_together(path)


def killed_with(path: Path, *texts: str) -> None:
    """A process that logs and is killed: what it logged stands in the log beside the file."""
    folders = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]
    script = KILLED.format(path=folders, database=f"__import__('pathlib').Path({str(path)!r})", texts=texts)
    subprocess.run([sys.executable, "-c", script], check=False)
    assert bond.log_size(path) > 0


def test_the_log_of_a_process_that_was_killed_is_played_back_into_its_own_file(path: Path) -> None:
    killed_with(path, "one", "two")
    with closing(Store(path)) as store:
        note(store, "three")
    assert notes(path) == ["soft handle", "one", "two", "three"]


@pytest.mark.parametrize("deeds", [-1, 1, 2, 5])
@pytest.mark.parametrize("put", [by_rename, in_place])
def test_the_log_of_another_history_is_never_played_back(
    put: Callable[[Path, Path], None], deeds: int, path: Path
) -> None:
    """The file is replaced by one that is older, or went on elsewhere, beside a log with live entries."""
    other = path.with_name("other.db")
    copy_file(path, other)
    with closing(Store(path if deeds < 0 else other)) as store:
        for number in range(abs(deeds)):
            note(store, f"elsewhere {number}")
    killed_with(path, "one", "two", "three")
    log = side(path, "-wal").read_bytes()
    put(other, path)
    before = path.read_bytes()
    for _ in range(2):
        with pytest.raises(Unreadable, match=r"is not the file that a\.db-wal beside it was written for"):
            Store(path)
    assert path.read_bytes() == before
    assert side(path, "-wal").read_bytes() == log
    side(path, "-wal").unlink()
    Store(path).close()
    assert not verified(path).fault


def test_a_database_without_marks_is_opened_with_its_log_and_gets_one_with_the_next_deed(path: Path) -> None:
    with closing(Store(path)) as store:
        store.database.execute_sql("PRAGMA application_id = 0")
        store.settle()
        store.database.execute_sql("UPDATE roller SET name = 'by an older program'")
        for suffix in ("", "-wal"):
            shutil.copy(side(path, suffix), side(path.with_name("b.db"), suffix))
    with closing(Store(path.with_name("b.db"))) as copy:
        assert rows(path.with_name("b.db"), "roller")[0][1] == "by an older program"
        assert bond.mark(copy.database) == 0
        note(copy, "by this one")
        assert bond.mark(copy.database) != 0


def test_a_copy_of_the_file_alone_is_whole_when_the_store_has_settled(store: Store, path: Path) -> None:
    store.settle()
    copy = path.with_name("copied.db")
    shutil.copyfile(path, copy)
    assert notes(copy) == ["soft handle", "its own", "and the last"]
    assert bond.log_size(path) == 0


def test_settling_waits_for_nobody_and_is_made_up_for(store: Store, path: Path) -> None:
    with closing(Store(path)) as other:
        with other.reading() as journal:
            assert journal.stream(ROLLER)
            note(store, "while somebody reads")
            store.settle()
            assert bond.log_size(path) > 0
        store.settle()
        assert bond.log_size(path) == 0
        with other.transaction():
            store.settle()
    assert notes(path)[-1] == "while somebody reads"
