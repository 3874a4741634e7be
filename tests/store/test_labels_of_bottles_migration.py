"""A database that kept nothing of what the labels of bottles say opens, and holds what it held."""

from contextlib import closing
from pathlib import Path

from harness.store_rows import BEFORE_LABELS, SOLUTION, append, fill, outsider, rows, verified

from rollertrack.domain import events as ev
from rollertrack.store.store import Store


def test_an_older_database_gets_the_columns_and_keeps_its_journal(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.db")
    before, solutions = rows(path), rows(path, "solution")
    with outsider(path) as connection:
        for statement in BEFORE_LABELS:
            connection.execute(statement)
    with closing(Store(path)) as store, store.transaction() as journal:
        assert (rows(path), rows(path, "solution")) == (before, solutions)
        append(journal, SOLUTION, ev.ToppedUp())
    assert verified(path).fault == ""
