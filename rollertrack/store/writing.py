"""Rows as they are written: entries behind their streams, and what is derived from them."""

from collections.abc import Iterable, Sequence
from typing import Any

from rollertrack.domain.events import POLICY_STREAM
from rollertrack.domain.journal_form import Row
from rollertrack.store.database import Database
from rollertrack.store.derived import BESIDE, TABLES, Beside, Derived

_APPEND = f"INSERT INTO event ({', '.join(Row._fields)}) VALUES ({', '.join('?' * len(Row._fields))})"


def append_rows(database: Database, rows: Sequence[Row]) -> None:
    """Write entries behind those that are there."""
    database.execute_many(_APPEND, rows)


def upsert(database: Database, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, all with the same keys, or bring those with the same code up to date."""
    if rows:
        columns = list(rows[0])
        changing = ", ".join([f"{name} = excluded.{name}" for name in columns if name != "code"])
        database.execute_many(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
            f" ON CONFLICT (code) DO UPDATE SET {changing}",
            [tuple(row.values()) for row in rows],
        )


def write_derived(database: Database, found: Iterable[tuple[str, Derived]]) -> None:
    """Bring the rows derived from streams up to date; a row whose registration was undone goes."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for code, (row, beside) in found:
        if code == POLICY_STREAM:
            continue
        table = TABLES[code[0]]
        if row is not None:
            rows.setdefault(table, []).append(row)
        else:
            database.execute_sql(f"DELETE FROM {table} WHERE code = ?", (code,))
        if beside is not None:
            _write_beside(database, code, beside)
    for table, changed in rows.items():
        upsert(database, table, changed)


def _write_beside(database: Database, code: str, beside: Beside) -> None:
    """Write what differs of the rows beside a roller's, which is little: mostly one entry was added."""
    for table, wanted in beside.items():
        kept = kept_beside(database, table, code)
        if kept != wanted:
            there, due = set(kept), set(wanted)
            remove, insert = _BESIDE[table]
            database.execute_many(remove, [row[:2] for row in kept if row not in due])
            database.execute_many(insert, [row for row in wanted if row not in there])


_BESIDE = {
    table: (
        f"DELETE FROM {table} WHERE roller = ? AND entry = ?",
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
    )
    for table, columns in BESIDE.items()
}
"""How a row of each table is taken away, and put there."""
_SELECTS = {
    table: f"SELECT {', '.join(columns)} FROM {table} WHERE roller = ? ORDER BY entry"
    for table, columns in BESIDE.items()
}


def kept_beside(database: Database, table: str, code: str) -> list[tuple[Any, ...]]:
    """The rows beside a roller's that a table holds, in the order of entry."""
    return list(database.execute_sql(_SELECTS[table], (code,)))
