"""Rows that a version before wrote of a disinfection told beside a soak are made anew when it is opened."""

from contextlib import closing
from pathlib import Path

from harness.store_rows import DAY, NOW, PERSON, ROLLER, append, fill, outsider, rows, verified

from rollertrack.domain import events as ev
from rollertrack.store.store import Store

MINUTE = DAY // 1_440
THEN = NOW + 4 * DAY


def test_what_was_told_beside_a_soak_is_no_longer_clean(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.db")
    with closing(Store(path)) as store, store.transaction() as journal:
        append(journal, ROLLER, ev.Used(word="USE"), THEN, person=PERSON)
        append(journal, PERSON, ev.Session(roller=ROLLER, entry=6), THEN)
        append(
            journal, ROLLER, ev.DisinfectionStarted(planned=600, agent="alcohol", required=600), THEN + MINUTE
        )
        append(journal, ROLLER, ev.DisinfectionEnded(early=True), THEN + 2 * MINUTE)
        append(journal, ROLLER, ev.Disinfected(seconds=600, agent="alcohol", required=600), THEN + 3 * MINUTE)
    right = rows(path, "roller")
    with outsider(path) as connection:
        connection.execute("UPDATE roller SET dirty_since = NULL")
        connection.execute("DELETE FROM schema_migration WHERE name = '0009_told_beside_a_soak'")
    with closing(Store(path)):
        pass
    assert rows(path, "roller") == right
    assert verified(path).fault == ""
