"""Verify the journal and what is derived from it; rebuild what is derived."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from rollertrack.domain.events import POLICY_STREAM, Event
from rollertrack.domain.journal_form import FIRST_HASH, Damaged, Row, chain_hash, read_row
from rollertrack.domain.policy import Policy, policy_of
from rollertrack.store import tables
from rollertrack.store.database import missing_triggers
from rollertrack.store.derived import TABLES, derived_row, head_row
from rollertrack.store.journal import all_streams, stream_rows, upsert, write_derived
from rollertrack.store.pairing import Pairing

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Verified:
    """What verify found: how much it read, and the first fault, empty when there is none."""

    streams: int
    events: int
    fault: str = ""


def verify(database: Any) -> Verified:
    """Read every row: the chain of hashes, the strict form, and the derived rows against a fresh fold."""
    with _any_text(database):
        return _verified(database)


@contextmanager
def _any_text(database: Any) -> Iterator[None]:
    """Read text that is not UTF-8 too: it stands for a row to be named, not for a failure."""
    connection = database.connection()
    usual, connection.text_factory = connection.text_factory, lambda raw: raw.decode(errors="surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = usual


def _verified(database: Any) -> Verified:
    streams = events = 0
    policy = policy_of(_readable(stream_rows(database, POLICY_STREAM)))
    heads = _heads(database)
    pairs = Pairing()
    for code, rows in all_streams(database):
        streams, events = streams + 1, events + len(rows)
        fault = _chain_fault(rows) or _head_fault(rows[-1], heads.pop(code, None))
        if fault or (fault := _derived_fault(database, code, rows, policy)):
            return Verified(streams, events, fault)
        pairs.add(code, [read_row(row) for row in rows])
    fault = _gone(heads) or _orphan_fault(database) or pairs.fault() or _trigger_fault(database)
    return Verified(streams, events, fault)


def _heads(database: Any) -> dict[str, tuple[int, str]]:
    return {code: (head, last) for code, head, last, _ in _tuples(database, tables.StreamRow)}


def _gone(heads: Mapping[str, Any]) -> str:
    return f"{min(heads)}: every entry of this stream is gone" if heads else ""


def _readable(rows: list[Row]) -> list[Event]:
    try:
        return [read_row(row) for row in rows]
    except Damaged:
        return []


def _chain_fault(rows: list[Row]) -> str:
    before = FIRST_HASH
    for place, row in enumerate(rows, 1):
        where = f"{row.stream} entry {row.seq}"
        if row.seq != place:
            return f"{where}: entry {place} is missing or out of order"
        if row.prev_hash != before:
            return f"{where}: it does not follow the entry before it; one was altered, dropped or reordered"
        if not _hash_fits(before, row):
            return f"{where}: its content was altered after it was written"
        try:
            read_row(row)
        except Damaged as damage:
            return f"{where}: {damage}"
        before = row.hash
    return ""


def _hash_fits(before: str, row: Row) -> bool:
    return _has_types(row) and row.hash == chain_hash(before, tuple(row[:9]))


def _has_types(row: Row) -> bool:
    """Whether every column holds what this program writes there: SQLite lets an outsider write anything."""
    texts = (row.stream, row.kind, row.data, row.prev_hash, row.hash)
    named = (row.operator, row.person, row.solution)
    return (
        all(type(text) is str for text in texts)
        and all(code is None or type(code) is str for code in named)
        and type(row.at) is type(row.recorded_at) is int
    )


def _head_fault(last: Row, head: tuple[int, str] | None) -> str:
    if head is None:
        return f"{last.stream}: no head is kept for this stream; run `rollertrack rebuild`"
    if (last.seq, last.hash) != tuple(head):
        return f"{last.stream} entry {last.seq}: the head says entry {head[0]}; the end of the stream was cut"
    return ""


def _derived_fault(database: Any, code: str, rows: list[Row], policy: Policy) -> str:
    if code == POLICY_STREAM:
        return ""
    table = TABLES[code[0]]
    expected = derived_row(code, [read_row(row) for row in rows], policy)
    if expected is None:
        left = database.execute(table.select(table.code).where(table.code == code)).fetchone()
        return f"{code}: it is in the list without a registration; run `rollertrack rebuild`" if left else ""
    columns = [getattr(table, name) for name in expected]
    kept = database.execute(table.select(*columns).where(table.code == code)).fetchone()
    if kept is None:
        return f"{code}: its row in the list is missing; run `rollertrack rebuild`"
    pairs = zip(expected.items(), kept, strict=True)
    wrong = next((name for (name, value), found in pairs if found != value), None)
    return f"{code}: {wrong} in the list differs from the journal; run `rollertrack rebuild`" if wrong else ""


def _orphan_fault(database: Any) -> str:
    known = set(_heads(database))
    for table in set(TABLES.values()):
        for (code,) in database.execute(table.select(table.code)):
            if code not in known or TABLES.get(code[:1]) is not table:
                return f"{code}: it is in the list and not in the journal; run `rollertrack rebuild`"
    return ""


def _trigger_fault(database: Any) -> str:
    missing = missing_triggers(database)
    return f"the trigger {missing[0]} is gone: the journal is not protected any more" if missing else ""


def _tuples(database: Any, table: Any) -> list[tuple[Any, ...]]:
    return list(database.execute(table.select()))


def rebuild(database: Any) -> tuple[int, int]:
    """Derive everything anew from the journal; the numbers of streams and events read.

    Damaged when the journal itself is not whole: heads derived anew would hide that its end was cut.
    """
    _prove_journal(database)
    policy = policy_of([read_row(row) for row in stream_rows(database, POLICY_STREAM)])
    for table in tables.DERIVED:
        table.delete().execute(database)
    streams = events = 0
    for batch in _batches(database):
        streams, events = streams + len(batch), events + sum(len(rows) for _, rows in batch)
        read = [(code, [read_row(row) for row in rows]) for code, rows in batch]
        hashes = [rows[-1].hash for _, rows in batch]
        heads = [head_row(*stream, last) for stream, last in zip(read, hashes, strict=True)]
        upsert(database, tables.StreamRow, heads)
        write_derived(database, read, policy)
    return streams, events


def _prove_journal(database: Any) -> None:
    heads = _heads(database)
    with _any_text(database):
        for code, rows in all_streams(database):
            head = heads.pop(code, None)
            if fault := _chain_fault(rows) or (head and _head_fault(rows[-1], head)):
                raise Damaged(fault)
    if heads:
        raise Damaged(_gone(heads))


def _batches(database: Any) -> Iterator[list[tuple[str, list[Row]]]]:
    batch: list[tuple[str, list[Row]]] = []
    for stream in all_streams(database):
        batch.append(stream)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
