"""The journal refuses every change, whoever asks."""

import sqlite3
from pathlib import Path

import pytest
from harness.store_rows import COLUMNS, NOW, ROLLER, fill, outsider, rows


def _insert(seq: str) -> str:
    values = f"'{ROLLER}', {seq}, 'noted', {NOW}, {NOW}, NULL, NULL, NULL, '{{}}', '', ''"
    return f"INTO event ({', '.join(COLUMNS)}) VALUES ({values})"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET data = '{}'",
        f"UPDATE OR REPLACE event SET seq = 1 WHERE stream = '{ROLLER}' AND seq = 2",
        f"UPDATE OR IGNORE event SET at = 0 WHERE stream = '{ROLLER}'",
        "DELETE FROM event",
        f"DELETE FROM event WHERE stream = '{ROLLER}' AND seq = 5",
        "INSERT OR REPLACE " + _insert("1"),
        "INSERT OR REPLACE " + _insert("5"),
        "INSERT OR IGNORE " + _insert("5"),
        "REPLACE " + _insert("3"),
        "INSERT " + _insert("3"),
        "INSERT " + _insert("7"),
        "INSERT " + _insert("0"),
        "INSERT " + _insert("-1"),
        "INSERT " + _insert("6.5"),
        "INSERT " + _insert("'6th'"),
        "INSERT " + _insert("2") + " ON CONFLICT (stream, seq) DO UPDATE SET data = '{}'",
    ],
)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_an_outsider_cannot_change_the_journal(statement: str, recursive: str, tmp_path: Path) -> None:
    path = fill(tmp_path / "a.db")
    before = rows(path)
    with outsider(path) as connection:
        connection.execute(f"PRAGMA recursive_triggers = {recursive}")
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement)
    assert rows(path) == before


def test_what_is_refused_ends_no_more_than_its_own_statement(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.db")
    with outsider(path) as connection:
        connection.execute("BEGIN")
        connection.execute("INSERT " + _insert("6"))
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("INSERT " + _insert("8"))
        connection.execute("COMMIT")
    assert [row[1] for row in rows(path) if row[0] == ROLLER] == [1, 2, 3, 4, 5, 6]
