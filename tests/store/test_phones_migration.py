"""A database of before deeds carried ids and phones were paired opens, and holds what it held."""

from contextlib import closing
from pathlib import Path

from harness.store_rows import BEFORE_TRACES, fill, outsider, rows, verified

from rollertrack.store.store import Store

BEFORE_PHONES = (
    *BEFORE_TRACES,
    "DROP TABLE phone",
    "DROP TABLE pairing",
    "DROP TABLE deed",
    "DROP TABLE link",
    "DELETE FROM schema_migration WHERE name >= '0007' AND name < '0013'",
)


def test_an_older_database_gets_the_tables_and_keeps_its_journal(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.db")
    before = rows(path)
    with outsider(path) as connection:
        for statement in BEFORE_PHONES:
            connection.execute(statement)
    with closing(Store(path)) as store:
        assert not store.is_new
    assert rows(path) == before
    assert [rows(path, table) for table in ("deed", "phone", "pairing", "link")] == [[]] * 4
    assert verified(path).fault == ""


def test_what_is_asked_inside_a_view_is_folded_once_and_a_deed_inside_it_is_seen(tmp_path: Path) -> None:
    from harness.store_rows import NOW, ROLLER, append

    from rollertrack.domain import events as ev

    path = fill(tmp_path / "a.db")
    with closing(Store(path)) as store, store.reading() as journal:
        with store.reading() as inner:
            assert inner is journal
        count = len(journal.stream(ROLLER))
        with store.transaction() as writing:
            append(writing, ROLLER, ev.Noted(text="meanwhile"), NOW)
        with store.reading() as after:
            assert len(after.stream(ROLLER)) == count + 1
