"""A database from before labels had marks: its list learns them from the journal."""

from contextlib import closing
from pathlib import Path

import pytest
from harness.store_rows import BEFORE_ENDS, DAY, NOW, OTHER, ROLLER, append, fill, outsider, rows, verified

from rollertrack.domain import events as ev
from rollertrack.store import queries
from rollertrack.store.store import Store

_BACK = (
    *BEFORE_ENDS,
    "ALTER TABLE roller DROP COLUMN soak_ends",
    "DELETE FROM schema_migration WHERE name = '0004_soak_ends'",
    "DROP TABLE blank",
    "DROP INDEX roller_unproven",
    "ALTER TABLE roller DROP COLUMN label_mark",
    "ALTER TABLE roller DROP COLUMN label_place",
    "DELETE FROM schema_migration WHERE name = '0003_label_marks'",
)


def _sent(place: str) -> ev.LabelPrinted:
    return ev.LabelPrinted(media="62", place=place, payload=ROLLER)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of before: a label printed twice and taken back once, one taken back for good."""
    path = fill(tmp_path / "a.db")
    with closing(Store(path)) as store, store.transaction() as journal:
        head = len(journal.stream(ROLLER))
        append(journal, ROLLER, _sent("first"), NOW + DAY)
        append(journal, ROLLER, _sent("second"), NOW + 2 * DAY)
        append(journal, ROLLER, _sent("third"), NOW + 3 * DAY)
        append(journal, ROLLER, ev.Voided(entry=head + 3, reason="jam"), NOW + 4 * DAY)
        append(journal, ROLLER, ev.Voided(entry=head + 2, reason="jam"), NOW + 4 * DAY)
        append(journal, ROLLER, ev.Voided(entry=head + 5, reason="it came out after all"), NOW + 5 * DAY)
        append(journal, OTHER, _sent("first"), NOW + DAY)
        append(journal, OTHER, ev.Voided(entry=2, reason="jam"), NOW + DAY)
    with outsider(path) as connection:
        for statement in _BACK:
            connection.execute(statement)
    return path


def test_the_list_knows_place_and_mark_of_the_labels_that_count(old: Path) -> None:
    with closing(Store(old)) as store, store.reading():
        found = queries.unproven(store.database)
    assert found == [(ROLLER, "evening", NOW + 2 * DAY, "second", "")]
    assert verified(old).fault == ""
    assert [path.name for path in old.parent.glob("*before-migration*")]


def test_what_was_migrated_is_what_a_rebuild_makes(old: Path) -> None:
    Store(old).close()
    migrated = rows(old, "roller")
    with closing(Store(old)) as store, store.transaction() as journal:
        append(journal, ROLLER, ev.Noted(text="x"), NOW + 6 * DAY)
        append(journal, OTHER, ev.Noted(text="x"), NOW + 6 * DAY)
    # A note changes nothing but the newest instant on record.
    newest = {NOW + 6 * DAY, NOW + 5 * DAY, NOW + DAY}
    assert [[value for value in row if value not in newest] for row in rows(old, "roller")] == [
        [value for value in row if value not in newest] for row in migrated
    ]


def test_the_unproven_are_found_by_their_index(tmp_path: Path) -> None:
    fill(tmp_path / "a.db")
    with outsider(tmp_path / "a.db") as connection:
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT code FROM roller WHERE label_printed_at IS NOT NULL"
            " AND label_proven_at IS NULL ORDER BY label_printed_at DESC"
        ).fetchall()
    assert "roller_unproven" in str(plan)
