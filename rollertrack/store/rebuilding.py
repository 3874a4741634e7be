"""Rebuild: a database made anew from its journal, put in the place of the one that was."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from rollertrack.domain.events import POLICY_STREAM
from rollertrack.domain.policy import Policy, policy_of
from rollertrack.store import database as files
from rollertrack.store import recalculation
from rollertrack.store.copies import write_over
from rollertrack.store.database import change_mark, epoch, must_not_be_newer
from rollertrack.store.derived import derived, head_row
from rollertrack.store.journal import stream_rows
from rollertrack.store.schema import made_database
from rollertrack.store.upkeep import kept_heads, readable, whole_streams
from rollertrack.store.writing import append_rows, upsert, write_derived

_BESIDE = ("print_job", "sheet", "blank", "deed", "phone", "pairing", "link", "erasable", "rewritten")
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
_TRIES = 5
_STREAMS_A_BATCH = 500
_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid"


class _WrittenMeanwhile(Exception):  # noqa: N818
    """Another program wrote between the reading and the lock."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How much was read, and what could not be mended, in words."""

    streams: int
    events: int
    left: tuple[str, ...] = ()


def rebuild(database: files.Database, path: Path, version: str) -> Rebuilt:
    """Make every page, table and index anew; what is derived is derived from the journal.

    Damaged when the journal itself is not whole. What cannot be derived is taken over as it is, so that
    verify goes on telling what is wrong with it: the head of a stream, which would bear out one whose end
    was cut off, and the triggers, whose loss says that the journal stood open. `version` is the newest
    migration that the caller knows.
    """
    for _ in range(_TRIES):
        fresh = made_database()
        with closing(fresh):
            with database.atomic("DEFERRED"):
                must_not_be_newer(database, path, version)
                rebuilt = _fill(fresh, database)
                mark = change_mark(database)
            try:
                write_over(fresh.connection(), path, partial(_must_be, mark, database))
            except _WrittenMeanwhile:
                continue
            return rebuilt
    raise sqlite3.OperationalError("database is locked")


def _must_be(seen: int, database: files.Database) -> None:
    if change_mark(database) != seen:
        raise _WrittenMeanwhile


def _fill(fresh: files.Database, database: files.Database) -> Rebuilt:
    left = []
    with fresh.atomic():
        for name, _ in fresh.execute_sql(_TRIGGERS).fetchall():
            fresh.execute_sql(f'DROP TRIGGER "{name}"')
        streams, events, headless = _derive(fresh, database)
        if headless:
            left.append(_without_heads(headless))
        left += [_unread(name) for name in _beside(fresh, database) if not _take(fresh, database, name)]
        if not _take(fresh, database, "sqlite_sequence"):
            left.append(_unread("sqlite_sequence"))
        for _, statement in database.execute_sql(_TRIGGERS).fetchall():
            fresh.execute_sql(statement)
    fresh.execute_sql(f"PRAGMA user_version = {epoch(database)}")
    return Rebuilt(streams, events, tuple(left))


def _derive(fresh: files.Database, database: files.Database) -> tuple[int, int, list[str]]:
    heads = kept_heads(database)
    whole = whole_streams(database, heads)
    policy: Policy | None = None
    streams = events = 0
    headless = []
    while batch := list(islice(whole, _STREAMS_A_BATCH)):
        policy = policy or policy_of(readable(stream_rows(database, POLICY_STREAM)))
        rows = [row for _, of_one, _ in batch for row in of_one]
        streams, events = streams + len(batch), events + len(rows)
        append_rows(fresh, rows)
        kept = [head_row(code, found, heads[code].hash) for code, _, found in batch if code in heads]
        headless += [code for code, _, _ in batch if code not in heads]
        upsert(fresh, "stream", kept)
        write_derived(fresh, ((code, derived(code, found, policy)) for code, _, found in batch))
    return streams, events, headless


def _without_heads(codes: Sequence[str]) -> str:
    many = f"{len(codes)} streams have" if len(codes) > 1 else f"{codes[0]} has"
    return f"{many} no head, and the end may be cut"


def _unread(table: str) -> str:
    return f"the table {table} could not be read to its end"


def _beside(fresh: files.Database, database: files.Database) -> Iterator[str]:
    """The tables that are not derived, the journal but for; those of another program are made first."""
    yield from (files.HISTORY, *_BESIDE)
    ours = {name for (name,) in fresh.execute_sql(_TABLES)}
    for name, statement in database.execute_sql(_TABLES.replace("name", "name, sql", 1)).fetchall():
        if name not in {*ours, recalculation.TABLE}:  # all rows are calculated here
            with suppress(sqlite3.Error):
                fresh.execute_sql(statement)
            yield name


def _take(fresh: files.Database, database: files.Database, name: str) -> bool:
    """Take a table over as it is, as far as it can be read; whether that was to its end."""
    rows: list[tuple[Any, ...]] = []
    try:
        cursor = database.execute_sql(f'SELECT * FROM "{name}"')
        for row in cursor:
            rows.append(row)  # noqa: PERF402 - what was read before a damaged page is kept
        whole = True
    except sqlite3.Error:
        whole = False
    fresh.execute_sql(f'DELETE FROM "{name}"')
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        fresh.execute_many(f'INSERT INTO "{name}" VALUES ({marks})', rows)
    return whole
