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
from rollertrack.store.journal import all_streams, stream_batches, stream_rows, upsert, write_derived
from rollertrack.store.pairing import Pairing


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
        try:
            read = _read_whole(rows)
        except Damaged as damage:
            return Verified(streams, events, str(damage))
        fault = _head_fault(rows[-1], heads.pop(code, None)) or _derived_fault(database, code, read, policy)
        if fault:
            return Verified(streams, events, fault)
        pairs.add(code, read)
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


def _read_whole(rows: list[Row]) -> list[Event]:
    """The events of a stream; Damaged names the first row that breaks its chain or is out of form."""
    before = FIRST_HASH
    events = []
    for place, row in enumerate(rows, 1):
        where = f"{row.stream} entry {row.seq}"
        if fault := _chain_fault(place, before, row):
            raise Damaged(f"{where}: {fault}")
        try:
            events.append(read_row(row))
        except Damaged as damage:
            raise Damaged(f"{where}: {damage}") from damage
        before = row.hash
    return events


def _chain_fault(place: int, before: str, row: Row) -> str:
    if row.seq != place:
        return f"entry {place} is missing or out of order"
    if row.prev_hash != before:
        return "it does not follow the entry before it; one was altered, dropped or reordered"
    return "" if _hash_fits(before, row) else "its content was altered after it was written"


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


def _derived_fault(database: Any, code: str, events: list[Event], policy: Policy) -> str:
    if code == POLICY_STREAM:
        return ""
    table = TABLES[code[0]]
    expected = derived_row(code, events, policy)
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
    for batch in stream_batches(database):
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
            _read_whole(rows)
            if head and (fault := _head_fault(rows[-1], head)):
                raise Damaged(fault)
    if heads:
        raise Damaged(_gone(heads))
