"""What was kept of a database that another file was put in the place of, while it was open."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from rollertrack.domain.journal_form import Row
from rollertrack.store.database import as_it_stands
from rollertrack.store.erasable import hashes_before, texts_for

KEPT = "before-replacement"

Anchor = tuple[str, int, str]
"""An entry that is on record: its stream, its place in it, its hash."""


def kept_copies(path: Path) -> list[Path]:
    """The copies that lie beside a database, the oldest name first."""
    begins = f"{path.name}.{KEPT}-"
    try:
        return sorted(
            each for each in path.parent.iterdir()
            if each.name.startswith(begins) and each.name.removeprefix(begins).isdecimal()
        )  # fmt: skip
    except OSError:
        return []  # a folder that may be passed through and not listed


def kept_apart(database: Any, copies: Sequence[Path]) -> list[Path]:
    """Those of some copies that end in entries which an open database lacks, or that cannot be read."""
    return [copy for copy in copies if _has_more(copy, database)]


def _has_more(copy: Path, database: Any) -> bool:
    try:
        with closing(as_it_stands(copy)) as connection:
            ends = connection.execute("SELECT code, head, hash FROM stream").fetchall()
    except sqlite3.Error:
        return True
    return lacks(database.execute_sql, ends)


def lacks(execute: Any, anchors: Sequence[Anchor]) -> bool:
    """Whether one of some entries is not on record."""
    query = "SELECT 1 FROM event WHERE stream = ? AND seq = ? AND hash = ?"
    try:
        return any(
            execute(query, anchor).fetchone() is None and not _stood_before(execute, anchor)
            for anchor in anchors
        )
    except sqlite3.Error:
        return True


def _stood_before(execute: Any, anchor: Anchor) -> bool:
    """Whether an entry is on record whose texts were moved out of its row since, which changed its hash."""
    stream, place, ended = anchor
    moved = "SELECT 1 FROM rewritten WHERE stream = ? AND entries >= ?"
    if execute(moved, (stream, place)).fetchone() is None:
        return False
    query = f"SELECT {', '.join(Row._fields)} FROM event WHERE stream = ? AND seq <= ? ORDER BY seq"
    rows = [Row(*each) for each in execute(query, (stream, place))]
    return ended in (hashes_before(rows, texts_for(execute, rows)) or ())
