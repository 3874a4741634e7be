"""A database of before texts about people could be erased: after a copy they move, the chain is proved."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from harness.store_rows import (
    COLUMNS,
    NOW,
    PERSON,
    ROLLER,
    append,
    fill,
    outsider,
    rehash,
    rows,
    tampering,
    verified,
)

from rollertrack.domain import events as ev
from rollertrack.domain.journal_form import FIRST_HASH, chain_hash
from rollertrack.store.kept import KEPT
from rollertrack.store.store import Store

BEFORE = (
    "DROP TRIGGER erasable_no_update",
    "DROP TABLE erasable",
    "DROP TABLE rewritten",
    "DELETE FROM schema_migration WHERE name = '0013_erasable'",
)
SECRET = "Annabel Lee, 12 Sea Road"


def _filled(path: Path) -> Path:
    fill(path)
    with closing(Store(path)) as store, store.transaction() as journal:
        append(journal, PERSON, ev.PersonAmended(label=SECRET))
        append(journal, PERSON, ev.Reaction(text=f"red: {SECRET}"))
        append(journal, ROLLER, ev.Used(word="USE", note=f"for {SECRET}"), person=PERSON)
        append(journal, PERSON, ev.Session(roller=ROLLER, entry=6))
        append(journal, ROLLER, ev.Noted(text="of nobody"))
        append(journal, ROLLER, ev.Voided(entry=6, reason=f"not {SECRET}"), person=PERSON)
        append(journal, ROLLER, ev.Voided(entry=8, reason=f"yet {SECRET}"), person=PERSON)
        append(journal, ROLLER, ev.Voided(entry=7, reason="of nobody either"))
    return path


def _as_before(path: Path) -> list[tuple[Any, ...]]:
    """Turn a database of now into one whose rows hold their texts; gives those rows."""
    with tampering(path) as connection:
        texts = dict(connection.execute("SELECT reference, text FROM erasable"))
        found = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM event ORDER BY stream, seq").fetchall()
        ends: dict[str, str] = {}
        for row in found:
            values = json.loads(row[8])
            for name, value in values.items():
                values[name] = texts[value["sha256"]] if isinstance(value, dict) else value
            data = json.dumps(values, sort_keys=True, separators=(",", ":"))
            before = ends.get(row[0], FIRST_HASH)
            person = None if row[2] == "voided" else row[6]  # what was taken back named nobody then
            ends[row[0]] = chain_hash(before, (*row[:6], person, row[7], data))
            connection.execute(
                "UPDATE event SET person = ?, data = ?, prev_hash = ?, hash = ? WHERE stream = ? AND seq = ?",
                (person, data, before, ends[row[0]], row[0], row[1]),
            )
        for code, ended in ends.items():
            connection.execute("UPDATE stream SET hash = ? WHERE code = ?", (ended, code))
    with outsider(path) as connection:
        for statement in BEFORE:
            connection.execute(statement)
        connection.execute("VACUUM")
    return rows(path)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = _filled(tmp_path / "a.db")
    assert any(SECRET in row[8] for row in _as_before(path))
    return path


def _opened(path: Path) -> None:
    with closing(Store(path)) as store, store.reading() as journal:
        labels = [getattr(each.payload, "label", "") for each in journal.stream(PERSON)]
        assert "me" in labels
        assert SECRET in labels


def test_the_texts_move_after_a_copy_and_the_chain_is_proved(old: Path) -> None:
    before, lists = rows(old), {table: rows(old, table) for table in ("roller", "person", "touch")}
    _opened(old)
    copy = old.with_name(f"{old.name}.before-migration-1")
    assert rows(copy) == before
    assert not any(SECRET in row[8] for row in rows(old))
    assert {row[3] for row in rows(old, "erasable")} == {
        "me", SECRET, f"red: {SECRET}", f"for {SECRET}", f"not {SECRET}", f"yet {SECRET}",
    }  # fmt: skip
    assert {row[1] for row in rows(old, "erasable")} == {PERSON}
    assert any("of nobody" in row[8] for row in rows(old))  # no text about anybody: it stays in its row
    ends = {row[0]: (row[1], row[10]) for row in before}
    assert rows(old, "rewritten") == sorted(
        ((code, *max((row[1], row[10]) for row in before if row[0] == code)) for code in (PERSON, ROLLER)),
        key=repr,
    )
    assert len(ends) > len(rows(old, "rewritten"))
    assert {table: rows(old, table) for table in lists} == lists
    assert (verified(old).fault, verified(old).erased) == ("", 0)
    _opened(old)
    assert not old.with_name(f"{old.name}.before-migration-2").exists()


def test_why_something_was_recalled_for_a_person_moves_and_names_them(tmp_path: Path) -> None:
    """As it was written before: no row of a recall named a person."""
    path, incidents = fill(tmp_path / "a.db"), ("IDTLBNEBB", "IDTLBNEBD")
    with closing(Store(path)) as store, store.transaction() as journal:
        for code, query, about in zip(incidents, ("person", "lot"), (PERSON, "L1"), strict=True):
            append(journal, code, ev.IncidentOpened(
                cause="other", reason=f"{SECRET} {query}", about=about, query=(query, about)))  # fmt: skip
            append(journal, ROLLER, ev.Recalled(reason=f"{SECRET} {query}", incident=code))
            append(journal, ROLLER, ev.Released(reason=f"{SECRET} {query}", incident=code))
            append(journal, code, ev.IncidentClosed(outcome=f"{SECRET} {query}"))
    _as_before(path)
    with closing(Store(path)):
        pass
    assert {row[8].count(f"{SECRET} person") for row in rows(path)} == {0}
    assert sum(f"{SECRET} lot" in row[8] for row in rows(path)) == 4
    assert sum(row[3] == f"{SECRET} person" and row[1] == PERSON for row in rows(path, "erasable")) == 4
    assert (verified(path).fault, verified(path).erased) == ("", 0)


def test_what_was_altered_before_is_not_borne_out_by_a_new_chain(old: Path) -> None:
    with tampering(old) as connection:
        connection.execute(
            "UPDATE event SET data = replace(data, 'me', 'ma') WHERE stream = ? AND seq = 1", (PERSON,)
        )
    with closing(Store(old)):
        pass
    assert [row[0] for row in rows(old, "rewritten")] == [ROLLER]
    assert verified(old).fault == f"{PERSON} entry 1: its content was altered after it was written"


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (f"UPDATE rewritten SET hash = '{'0' * 64}' WHERE stream = '{PERSON}'", "held before its texts"),
        (f"UPDATE rewritten SET entries = 99 WHERE stream = '{PERSON}'", "held before its texts were moved"),
        ("INSERT INTO rewritten VALUES ('PBBBBBBBB', 1, '')", "PBBBBBBBB: its texts were moved, and every"),
        ("UPDATE erasable SET text = 'mine' WHERE text = 'me'", "its text was altered after it was written"),
        ("UPDATE erasable SET person = 'PBBBBBBBB' WHERE text = 'me'", "its text was altered after it was"),
        ("UPDATE erasable SET text = x'ff' WHERE text = 'me'", "is not of type str"),
        ("DELETE FROM erasable WHERE text = 'me'", f"{PERSON}: 1 texts about this person are gone, and 0"),
        (f"INSERT INTO erasable VALUES ('x', '{PERSON}', 's', 't')", f"a text about {PERSON} is kept that"),
    ],
)  # fmt: skip
def test_verify_names_what_is_wrong_with_the_texts(old: Path, statement: str, fault: str) -> None:
    _opened(old)
    with tampering(old) as connection:
        connection.execute(statement)
    assert fault in verified(old).fault


def test_a_row_made_up_with_a_hash_that_fits_shows_against_the_chain_of_before(old: Path) -> None:
    _opened(old)
    with tampering(old) as connection:
        last = max(row[1] for row in rows(old) if row[0] == ROLLER)
        made_up = '{"entry":7,"offset":0,"reason":"another"}'
        query = "UPDATE event SET data = ? WHERE stream = ? AND seq = ?"
        connection.execute(query, (made_up, ROLLER, last))
        rehash(connection, ROLLER, last)
        query = (
            "UPDATE stream SET hash = (SELECT hash FROM event WHERE stream = ? AND seq = ?) WHERE code = ?"
        )
        connection.execute(query, (ROLLER, last, ROLLER))
    assert (
        verified(old).fault
        == f"{ROLLER}: it does not hold what it held before its texts were moved out of it"
    )


def test_a_text_may_be_erased_and_never_altered(old: Path) -> None:
    _opened(old)
    with outsider(old) as connection, pytest.raises(sqlite3.IntegrityError, match="never altered"):
        connection.execute("UPDATE erasable SET text = 'another'")


def test_a_copy_kept_before_holds_nothing_that_lacks_now(old: Path) -> None:
    kept = old.with_name(f"{old.name}.{KEPT}-1")
    kept.write_bytes(old.read_bytes())
    with closing(Store(old)) as store:
        assert store.kept_apart() == []
        with store.transaction() as journal:
            journal.erase(PERSON)
            append(journal, PERSON, ev.Forgotten(texts=4), NOW)
        assert store.kept_apart() == [kept]  # what it holds cannot be compared any more


def test_a_rebuild_takes_the_texts_over(old: Path) -> None:
    with closing(Store(old)) as store:
        texts = rows(old, "erasable")
        assert store.rebuild().left == ()
    assert rows(old, "erasable") == texts
    assert verified(old).fault == ""
