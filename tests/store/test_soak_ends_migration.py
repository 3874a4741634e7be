"""A database of before soaks had an end: its list learns it, and is judged by the rules of now."""

from contextlib import closing
from pathlib import Path

from harness.store_rows import BEFORE_ENDS, DAY, NOW, OTHER, ROLLER, append, fill, outsider, rows, verified

from rollertrack.domain import events as ev
from rollertrack.store import queries
from rollertrack.store.store import Store

HOUR = 3_600_000_000


def test_an_older_database_is_brought_up_to_the_rules_of_now(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.db")
    soak = ev.DisinfectionStarted(agent="alcohol", required=600, planned=600)
    with closing(Store(path)) as store, store.transaction() as journal:
        append(journal, OTHER, soak, NOW + 4 * DAY)
        append(journal, ROLLER, ev.Noted(text="the clock had gone back"), NOW)
    now = rows(path, "roller")
    with outsider(path) as connection:
        for statement in BEFORE_ENDS:
            connection.execute(statement)
        connection.execute("ALTER TABLE roller DROP COLUMN soak_ends")
        connection.execute("DELETE FROM schema_migration WHERE name = '0004_soak_ends'")
        connection.execute("UPDATE roller SET owes = '', clean_until = 1, newest = 1")
    with closing(Store(path)) as store, store.reading():
        kept = {code: queries.roller(store.database, code) for code in (ROLLER, OTHER)}
    found, other = kept[ROLLER], kept[OTHER]
    assert found is not None
    assert other is not None
    assert other["soak_ends"] == NOW + 4 * DAY + 12 * HOUR
    assert found["owes"] == "the clock had gone back"
    assert rows(path, "roller") == now
    assert verified(path).fault == ""


def test_an_older_database_that_cannot_be_read_opens_all_the_same(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.db")
    with outsider(path) as connection:
        for statement in BEFORE_ENDS:
            connection.execute(statement)
        connection.execute("ALTER TABLE roller DROP COLUMN soak_ends")
        connection.execute("DELETE FROM schema_migration WHERE name = '0004_soak_ends'")
        connection.execute("DROP TRIGGER event_no_update")
        connection.execute("UPDATE event SET data = '{' WHERE stream = ? AND seq = 2", (ROLLER,))
    Store(path).close()
    assert f"{ROLLER} entry 2" in verified(path).fault
