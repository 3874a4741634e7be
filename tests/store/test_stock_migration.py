"""A database of before products opens, gets their lists, and holds what it held."""

from contextlib import closing
from pathlib import Path

from harness.store_rows import BEFORE_STOCK, fill, outsider, rows, verified

from rollertrack.store.store import Store


def test_an_older_database_gets_the_lists_and_keeps_its_journal(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.db")
    before, rollers = rows(path), rows(path, "roller")
    with outsider(path) as connection:
        for statement in BEFORE_STOCK:
            connection.execute(statement)
    with closing(Store(path)) as store:
        assert not store.is_new
    assert rows(path) == before
    assert rows(path, "roller") == rollers
    assert [rows(path, table) for table in ("product", "pack")] == [[], []]
    assert verified(path).fault == ""
