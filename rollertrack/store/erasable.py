"""Texts about people, kept beside the journal, where they can be erased; found by the hashes in its rows."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from rollertrack.domain.erasable import ERASED, HASH, MARK, TEXTS, about, is_own, reference, references_in
from rollertrack.domain.events import Event, payloads_of
from rollertrack.domain.journal_form import FIRST_HASH, Row, chain_hash, read_row
from rollertrack.store.database import Database

Execute = Callable[..., sqlite3.Cursor]
"""Runs one statement with its values, of a database or of a bare connection."""
_NAMED_NOBODY = frozenset({"voided", "opened", "widened", "closed", "recalled", "released"})
_A_QUERY = 500
_TELLING = 4
"""A text as long as that is looked for without quotation marks too: a shorter one may be any word."""


class KeptText(NamedTuple):
    """A text with its salt, the hash that stands for it, and the person it is about."""

    reference: str
    person: str
    salt: str
    text: str


class Rewritten(NamedTuple):
    """A stream whose first `entries` held their texts before; `hash` is how its chain ended then."""

    stream: str
    entries: int
    hash: str


def new_salt() -> str:
    """A salt that nobody foresees."""
    import secrets  # a mere reading salts nothing

    return secrets.token_hex(16)


def texts_apart(event: Event, salt: Callable[[], str]) -> dict[str, KeptText]:
    """What of an entry is kept apart, by the names of its facts, each text under a salt of its own."""
    found = {}
    for name in TEXTS.get(type(event.payload), ()):
        text = getattr(event.payload, name)
        is_told = text and is_own(type(event.payload), text)
        whom = about(event.stream, event.person) if is_told else None
        if whom is not None:
            own = salt()
            found[name] = KeptText(reference(own, text), whom, own, text)
    return found


def named_by(row: Row) -> list[str]:
    """The hashes that stand in a row for texts."""
    return references_in(row.data) if type(row.data) is str else []


def write(database: Database, texts: Sequence[KeptText]) -> None:
    """Keep texts."""
    database.execute_many("INSERT INTO erasable (reference, person, salt, text) VALUES (?, ?, ?, ?)", texts)


def texts_for(execute: Execute, rows: Iterable[Row]) -> dict[str, str]:
    """The texts that rows name and that were not erased, by their hashes; no query where none is named."""
    wanted: list[str] = []
    for row in rows:
        if type(row.data) is str and MARK in row.data:
            wanted += references_in(row.data)
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _A_QUERY):
        block = wanted[start : start + _A_QUERY]
        marks = ", ".join("?" * len(block))
        found.update(execute(f"SELECT reference, text FROM erasable WHERE reference IN ({marks})", block))
    return found


def events_of(database: Database, rows: Sequence[Row]) -> list[Event]:
    """The events of rows with their texts; Damaged for a row out of form."""
    texts = texts_for(database.execute_sql, rows)
    return [read_row(row, texts) for row in rows]


def erase(database: Database, person: str) -> list[str]:
    """Erase every text about a person; gives what was erased, for it to be erased elsewhere."""
    found = database.execute_sql("SELECT text FROM erasable WHERE person = ?", (person,)).fetchall()
    database.execute_sql("DELETE FROM erasable WHERE person = ?", (person,))
    return [text for (text,) in found]


def erase_beside(database: Database, person: str, texts: Iterable[str]) -> None:
    """Erase the same where it was only repeated: in what deeds said, and in the queue of labels."""
    said = "UPDATE deed SET message = ?, warnings = '[]' WHERE"
    database.execute_sql(f"{said} instr(codes, ?) > 0", (ERASED, person))
    for text in set(texts):
        for told in (f"“{text}”", *([text] if len(text) >= _TELLING else [])):
            database.execute_sql(f"{said} instr(message || warnings, ?) > 0", (ERASED, told))
    database.execute_sql("UPDATE print_job SET title = ? WHERE code = ?", (ERASED, person))


def is_apart(rows: Iterable[Row]) -> bool:
    """Whether every text of some rows about people is kept apart; those of a damaged stream stayed in it."""
    for row in rows:
        kind = payloads_of(row.stream)[row.kind]
        held = map(json.loads(row.data).get, TEXTS.get(kind, ()))
        is_in_it = any(isinstance(text, str) and is_own(kind, text) for text in held)
        if is_in_it and about(row.stream, row.person) is not None:
            return False
    return True


def rewritten(database: Database) -> dict[str, Rewritten]:
    """The streams whose texts were moved out of their rows, by their codes."""
    rows = database.execute_sql("SELECT stream, entries, hash FROM rewritten")
    return {row[0]: Rewritten(*row) for row in rows}


def hashes_before(rows: Sequence[Row], texts: dict[str, str]) -> frozenset[str] | None:
    """How the chain of some rows may have ended while they held their texts; None where one is erased.

    Of what was taken back and what belongs to a recall no row named anybody, as this program wrote them; one
    of another hand may have, and names the same still.
    """
    plain, named = FIRST_HASH, FIRST_HASH
    for row in rows:
        values = json.loads(row.data)
        for name, value in values.items():
            if type(value) is dict:
                if value.get(HASH) not in texts:
                    return None
                values[name] = texts[value[HASH]]
        data = json.dumps(values, sort_keys=True, separators=(",", ":"))
        person = None if row.kind in _NAMED_NOBODY else row.person
        plain = chain_hash(plain, (*row[:6], person, row.solution, data))
        named = chain_hash(named, (*row[:8], data))
    return frozenset({plain, named})
