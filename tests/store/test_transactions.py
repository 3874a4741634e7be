"""A deed is written whole or not at all, and a store that failed once goes on working."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from harness.store_rows import NOW, OTHER, PERSON, ROLLER, append, fill, outsider, rows, verified

from rollertrack.domain.events import POLICY_STREAM, Noted, PolicySet, Voided
from rollertrack.errors import BadInput, StoreFailed
from rollertrack.store import database
from rollertrack.store.journal import Journal
from rollertrack.store.store import Store

TABLES = (
    "event", "stream", "roller", "person", "solution", "named", "lot_seen", "soak", "touch", "incident",
)  # fmt: skip


class SomethingBroke(Exception):  # noqa: N818 - what a test lets happen
    pass


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return fill(tmp_path / "a.db")


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    return {table: rows(path, table) for table in TABLES}


def note(journal: Journal, code: str, text: str) -> None:
    append(journal, code, Noted(text=text), NOW)


def notes(path: Path) -> list[str]:
    return [row[8].split('"text":"')[1].split('"')[0] for row in rows(path) if row[2] == "noted"]


def break_half_way(store: Store, error: BaseException) -> None:
    with store.transaction() as journal:
        note(journal, ROLLER, "first")
        note(journal, PERSON, "second")
        raise error


@pytest.mark.parametrize("error", [SomethingBroke(), BadInput("at", "no"), KeyboardInterrupt(), SystemExit()])
def test_a_deed_that_fails_half_way_leaves_nothing(error: BaseException, path: Path) -> None:
    before = everything(path)
    with closing(Store(path)) as store:
        with pytest.raises(type(error)):
            break_half_way(store, error)
        assert everything(path) == before
        with store.transaction() as journal:
            note(journal, ROLLER, "after")
    assert sorted(notes(path)) == ["after", "soft handle"]
    assert not verified(path).fault


@pytest.mark.parametrize(
    ("table", "column", "code"),
    [
        ("event", "stream", PERSON),
        ("stream", "code", PERSON),
        ("roller", "code", ROLLER),
        ("person", "code", PERSON),
    ],
)
def test_a_deed_whose_writing_fails_half_way_leaves_nothing(
    table: str, column: str, code: str, path: Path
) -> None:
    before = everything(path)
    refused = f"BEFORE INSERT ON {table} WHEN NEW.{column} = '{code}'"
    with outsider(path) as connection, closing(Store(path)) as store:
        connection.execute(f"CREATE TRIGGER no {refused} BEGIN SELECT RAISE(ABORT, 'no'); END")
        with (
            pytest.raises(StoreFailed, match=r"failed: no\. Nothing was changed\."),
            store.transaction() as journal,
        ):
            note(journal, ROLLER, "first")
            note(journal, PERSON, "second")
        assert everything(path) == before
        connection.execute("DROP TRIGGER no")
        with store.transaction() as journal:
            note(journal, ROLLER, "after")
    assert not verified(path).fault


def test_a_deed_inside_another_takes_back_only_its_own(path: Path) -> None:
    with closing(Store(path)) as store:
        with store.transaction() as journal:
            note(journal, ROLLER, "one")
            with pytest.raises(SomethingBroke):
                break_half_way(store, SomethingBroke())
            with store.transaction() as inner:
                assert inner is journal
                note(inner, ROLLER, "two")
            note(journal, OTHER, "three")
        assert sorted(notes(path)) == ["one", "soft handle", "three", "two"]
    assert not verified(path).fault


def test_deeds_three_deep_each_take_back_their_own(path: Path) -> None:
    with closing(Store(path)) as store, store.transaction() as journal:
        note(journal, ROLLER, "one")
        with pytest.raises(SomethingBroke), store.transaction():
            note(journal, ROLLER, "two")
            with pytest.raises(SomethingBroke):
                break_half_way(store, SomethingBroke())
            assert len(journal.stream(ROLLER)) == 7
            raise SomethingBroke
        assert [event.seq for event in journal.stream(ROLLER)] == [1, 2, 3, 4, 5, 6]
    assert sorted(notes(path)) == ["one", "soft handle"]
    assert not verified(path).fault


def test_a_deed_inside_another_reads_what_was_not_yet_written_and_a_policy_taken_back(path: Path) -> None:
    with closing(Store(path)) as store, store.transaction() as journal:
        append(journal, POLICY_STREAM, PolicySet(key="age.days", value="45"))
        with pytest.raises(SomethingBroke), store.transaction() as inner:
            append(inner, POLICY_STREAM, PolicySet(key="age.days", value="30"))
            assert inner.policy().age_days == 30
            raise SomethingBroke
        assert journal.policy().age_days == 45
        with store.reading() as seen:
            assert seen.policy().age_days == 45
    assert not verified(path).fault


def test_an_outer_deed_that_fails_takes_the_inner_ones_with_it(path: Path) -> None:
    before = everything(path)
    with closing(Store(path)) as store:
        with pytest.raises(SomethingBroke), store.transaction():
            with store.transaction() as journal:
                note(journal, ROLLER, "one")
            raise SomethingBroke
        assert everything(path) == before


def test_a_read_is_one_view_while_another_station_writes(path: Path) -> None:
    with closing(Store(path)) as store, closing(Store(path)) as other:
        with store.reading() as journal:
            assert len(journal.stream(OTHER)) == 1
            with other.transaction() as writing:
                note(writing, ROLLER, "meanwhile")
            assert len(journal.stream(ROLLER)) == 5
        with store.reading() as journal:
            assert len(journal.stream(ROLLER)) == 6


def test_the_change_mark_turns_only_when_another_station_has_written(path: Path) -> None:
    with closing(Store(path)) as store, closing(Store(path)) as other:
        mark = store.change_mark()
        with store.transaction() as journal:
            note(journal, ROLLER, "mine")
        assert store.change_mark() == mark
        with other.transaction() as journal:
            note(journal, ROLLER, "theirs")
        assert store.change_mark() != mark


def test_a_lock_held_too_long_is_one_sentence_and_nothing_is_half_done(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    before = everything(path)
    with closing(Store(path)) as store, outsider(path) as connection:
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreFailed, match="is locked by another program; close it or try again"):
            store.transaction().__enter__()
        with store.reading() as journal:
            assert len(journal.stream(ROLLER)) == 5
        connection.execute("COMMIT")
        assert everything(path) == before
        with store.transaction() as journal:
            append(journal, ROLLER, Voided(entry=4, reason="written twice"))
    assert not verified(path).fault


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (
            "disk I/O error",
            r"It is not known whether this was logged: look at the log before you do it again\.$",
        ),
        ("database or disk is full", r"the disk is full\. Nothing was changed\."),
    ],
)
def test_a_commit_that_fails_does_not_say_more_than_is_known(
    reason: str, told: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing() -> None:
        raise sqlite3.OperationalError(reason)

    with closing(Store(path)) as store:
        with monkeypatch.context() as broken:
            broken.setattr(store.database, "commit", failing)
            with pytest.raises(StoreFailed, match=told), store.transaction() as journal:
                note(journal, ROLLER, "who knows")
        with store.transaction() as journal:
            note(journal, ROLLER, "after")
    assert sorted(notes(path)) == ["after", "soft handle"]
    assert not verified(path).fault


def test_what_fails_before_the_commit_says_that_nothing_was_changed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_journal: Journal) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(Journal, "flush", failing)
    with (
        closing(Store(path)) as store,
        pytest.raises(StoreFailed, match=r"Nothing was changed\.$"),
        store.transaction() as journal,
    ):
        note(journal, ROLLER, "never")
    assert notes(path) == ["soft handle"]
