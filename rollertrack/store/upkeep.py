"""Verify the file, the journal, and what is derived from it."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from rollertrack.domain.code import Kind
from rollertrack.domain.events import POLICY_STREAM, Event
from rollertrack.domain.journal_form import FIRST_HASH, Damaged, Row, chain_hash, misfit, read_row
from rollertrack.domain.policy import policy_of
from rollertrack.store import recalculation
from rollertrack.store.database import Database
from rollertrack.store.derived import TABLES, Derived, derived, head_row
from rollertrack.store.journal import all_streams, stream_rows
from rollertrack.store.references import Named, Pairing
from rollertrack.store.schema import schema_fault
from rollertrack.store.side_tables import beside_fault, orphans_beside, side_fault
from rollertrack.store.text_proof import TextProof, texts_of

_HEADS = "SELECT code, head, hash, newest FROM stream"


class Head(NamedTuple):
    """What the store keeps of the end of a stream."""

    seq: int
    hash: str
    newest: int


@dataclass(frozen=True, slots=True)
class Verified:
    """What verify found: how much it read, and the first fault, empty when there is none."""

    streams: int
    events: int
    fault: str = ""
    erased: int = 0
    """How many texts about people were erased on purpose."""


def verify(database: Database) -> Verified:
    """Read every page and every row, and say what is wrong first.

    The file itself; the chain of hashes and the strict form of every entry; the derived rows against a fresh
    fold; that every code an entry names has a record; the queue; the schema.
    """
    with any_text(database):
        try:
            return Verified(0, 0, fault) if (fault := _file_fault(database)) else _verified(database)
        except sqlite3.Error as error:
            if "malformed" not in str(error):
                raise
            return Verified(0, 0, f"the file is damaged ({error}); restore your last backup")


def _file_fault(database: Database) -> str:
    """What is wrong with the pages of the file, and what helps: the journal may be whole all the same."""
    if not (fault := _page_fault(database)):
        return ""
    try:
        prove_journal(database)
    except (Damaged, sqlite3.Error):
        return f"the file is damaged ({fault}); restore your last backup"
    return f"the file is damaged beside the journal ({fault}); run `rollertrack rebuild`"


def _page_fault(database: Database, table: str = "") -> str:
    """The first thing that SQLite finds wrong with its pages, of all or of one table; empty when none."""
    try:
        about = f"('{table}')" if table else "(1)"
        said = database.execute_sql(f"PRAGMA integrity_check{about}").fetchone()[0]
    except sqlite3.Error as error:
        if "malformed" not in str(error):
            raise
        said = str(error)
    return "" if said == "ok" else " ".join(str(said).split()).removeprefix("*** in database main *** ")


@contextmanager
def any_text(database: Database) -> Iterator[None]:
    """Read text that is not UTF-8 too: it stands for a row to be named, not for a failure."""
    connection = database.connection()
    usual, connection.text_factory = connection.text_factory, lambda raw: raw.decode(errors="surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = usual


def _verified(database: Database) -> Verified:
    streams = events = 0
    policy = policy_of(readable(stream_rows(database, POLICY_STREAM)))
    calculated = recalculation.done_until(database)
    heads = _heads(database)
    pairs = Pairing()
    named = Named()
    texts = TextProof(database)
    for code, rows in all_streams(database):
        streams, events = streams + 1, events + len(rows)
        try:
            read = _read_whole(rows, texts.of(rows))
        except Damaged as damage:
            return Verified(streams, events, str(damage))
        head = heads.pop(code, None)
        texts.add(code, rows, read)  # before what lists say of it, which an altered text makes wrong too
        fault = _head_fault(rows[-1], head) or texts.altered or _newest_fault(code, read, head)
        if fault := fault or _derived_fault(database, code, derived(code, read, policy), calculated):
            return Verified(streams, events, fault)
        pairs.add(code, read)
        named.add(code, read)
    fault = (
        _gone(heads)
        or _orphan_fault(database)
        or named.fault()
        or orphans_beside(database, set(_heads(database)))
        or pairs.fault()
        or texts.fault()
        or side_fault(database, named.streams)
        or schema_fault(database)
    )
    return Verified(streams, events, fault, texts.erased)


def _heads(database: Database) -> dict[str, Head]:
    return {code: Head(*kept) for code, *kept in database.execute_sql(_HEADS)}


def _newest_fault(code: str, events: list[Event], head: Head | None) -> str:
    if head is None or head.newest == head_row(code, events, head.hash)["newest"]:
        return ""
    return f"{code}: newest in the list differs from the journal; run `rollertrack rebuild`"


def _gone(heads: Mapping[str, Any]) -> str:
    return f"{min(heads, key=str)}: every entry of this stream is gone" if heads else ""


def readable(rows: list[Row]) -> list[Event]:
    """The events of some rows; none when one of them cannot be read."""
    try:
        return [read_row(row) for row in rows]  # those of the policy hold no text about anybody
    except Damaged:
        return []


def _read_whole(rows: list[Row], texts: Mapping[str, str]) -> list[Event]:
    """The events of a stream; Damaged names the first row that breaks its chain or is out of form.

    `texts` holds what is kept apart of them.
    """
    before = FIRST_HASH
    events = []
    for place, row in enumerate(rows, 1):
        where = f"{row.stream} entry {row.seq}"
        if fault := _chain_fault(place, before, row):
            raise Damaged(f"{where}: {fault}")
        try:
            events.append(read_row(row, texts))
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
    return not misfit(row) and row.hash == chain_hash(before, tuple(row[:9]))


def _head_fault(last: Row, head: Head | None) -> str:
    """What the head says against the end of a stream; none kept says that its end cannot be proved.

    Nothing can derive a head anew: it would bear out a stream whose end was cut off.
    """
    if head is None:
        return f"{last.stream}: no head is kept for this stream, its end may be cut; restore your last backup"
    if (last.seq, last.hash) != (head.seq, head.hash):
        return (
            f"{last.stream} entry {last.seq}: the head says entry {head.seq}; the end of the stream was cut"
        )
    return ""


def _derived_fault(database: Database, code: str, right: Derived, calculated: str) -> str:
    if right.beside is not None and (fault := beside_fault(database, code, right.beside)):
        return fault
    if code == POLICY_STREAM or (code[0] == Kind.ROLLER and code > calculated):
        return ""
    table, expected = TABLES[code[0]], right.row
    if expected is None:
        left = database.execute_sql(f"SELECT code FROM {table} WHERE code = ?", (code,)).fetchone()
        return f"{code}: it is in the list without a registration; run `rollertrack rebuild`" if left else ""
    query = f"SELECT {', '.join(expected)} FROM {table} WHERE code = ?"
    kept = database.execute_sql(query, (code,)).fetchone()
    if kept is None:
        return f"{code}: its row in the list is missing; run `rollertrack rebuild`"
    pairs = zip(expected.items(), kept, strict=True)
    wrong = next((name for (name, value), found in pairs if found != value), None)
    return f"{code}: {wrong} in the list differs from the journal; run `rollertrack rebuild`" if wrong else ""


def _orphan_fault(database: Database) -> str:
    known = set(_heads(database))
    for table in set(TABLES.values()):
        for (code,) in database.execute_sql(f"SELECT code FROM {table}"):
            if code not in known or TABLES.get(code[:1]) != table:
                return f"{code}: it is in the list and not in the journal; run `rollertrack rebuild`"
    return ""


def prove_journal(database: Database) -> None:
    """Damaged when the journal itself is not whole."""
    for _ in whole_streams(database, kept_heads(database)):
        pass


def whole_streams(
    database: Database, heads: Mapping[str, Head]
) -> Iterator[tuple[str, list[Row], list[Event]]]:
    """Every stream with its rows and what they say; Damaged at the first that the heads do not bear out.

    A stream may lack its head: that is no fault of what is left of it, and remains to be told.
    """
    if fault := _page_fault(database, "event"):
        raise Damaged(fault)
    left = dict(heads)
    with any_text(database):
        for code, rows in all_streams(database):
            head = left.pop(code, None)
            events = _read_whole(rows, texts_of(database, rows))
            if head and (fault := _head_fault(rows[-1], head)):
                raise Damaged(fault)
            yield code, rows, events
    if left:
        raise Damaged(_gone(left))


def kept_heads(database: Database) -> dict[str, Head]:
    """The heads that can be read; those on a damaged page are lost."""
    heads: dict[str, Head] = {}
    with suppress(sqlite3.Error):
        for code, *kept in database.execute_sql(_HEADS):
            heads[code] = Head(*kept)
    return heads
