"""Texts about people move out of the journal's rows, where they can be erased; their hashes take their place.

The chain of each stream that held one is hashed anew, and `rewritten` keeps how it ended before: as long as
none of its texts is erased, the old chain can be made of the new one and compared. A stream that is not whole
stays as it is, for verify to go on telling it. Why something about a person was taken back is told of them
too, and so is why rollers were recalled, where that began with them: such rows name them from here on.
"""

import json
import secrets
from collections.abc import Iterator
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

from peewee import IntegerField, Model, TextField

_FIRST = "0" * 64
_OF_A_PERSON = {
    "registered": ("label",), "amended": ("label",), "noted": ("text",), "reaction": ("text",),
    "care_given": ("how",), "voided": ("reason",),
}  # fmt: skip
_OF_OTHERS = {
    "used": ("note", "despite"), "told": ("how",), "voided": ("reason",), "opened": ("reason",),
    "widened": ("reason",), "closed": ("outcome",), "recalled": ("reason",), "released": ("reason",),
}  # fmt: skip
_OF_INCIDENTS = frozenset({"opened", "widened", "closed"})
_COLUMNS = "stream, seq, kind, at, recorded_at, operator, person, solution, data, prev_hash, hash"
_NO_UPDATE = (
    "CREATE TRIGGER event_no_update BEFORE UPDATE ON event"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
)
_TEXT_NO_UPDATE = (
    "CREATE TRIGGER erasable_no_update BEFORE UPDATE ON erasable"
    " BEGIN SELECT RAISE(ABORT, 'a text may be erased and never altered'); END"
)


class Erasable(Model):
    reference = TextField(primary_key=True)
    person = TextField(index=True)
    salt = TextField()
    text = TextField()

    class Meta:
        table_name = "erasable"
        without_rowid = True


class Rewritten(Model):
    stream = TextField(primary_key=True)
    entries = IntegerField()
    hash = TextField()

    class Meta:
        table_name = "rewritten"
        without_rowid = True


def up(_migrator: Any, db: Any) -> None:
    tables = (Erasable, Rewritten)
    with db.bind_ctx(tables):
        db.create_tables(tables, safe=False)
    db.execute_sql("DROP TRIGGER event_no_update")
    heads = {code: (head, last) for code, head, last in db.execute_sql("SELECT code, head, hash FROM stream")}
    found = db.execute_sql(f"SELECT {_COLUMNS} FROM event ORDER BY stream, seq").fetchall()
    began = {row[0]: about for row in found if (about := _began_with(row))}
    for code, rows in groupby(found, key=itemgetter(0)):
        _move(db, code, list(rows), heads.get(code), began)
    db.execute_sql(_NO_UPDATE)
    db.execute_sql(_TEXT_NO_UPDATE)


def _move(
    db: Any, code: Any, rows: list[tuple[Any, ...]], head: tuple[int, str] | None, began: dict[Any, Any]
) -> None:
    owned = [(*row[:6], person, *row[7:]) for row, person in zip(rows, _persons(rows, began), strict=True)]
    moved = [_moved(row) for row in owned]
    if not any(texts for _, texts in moved) or not _is_whole(rows, head):
        return
    before = _FIRST
    for row, (data, texts) in zip(owned, moved, strict=True):
        facts = (*row[:8], data)
        own = _hash(before, facts)
        if (data, before, own) != row[8:]:
            db.execute_sql(
                "UPDATE event SET person = ?, data = ?, prev_hash = ?, hash = ? WHERE stream = ? AND seq = ?",
                (row[6], data, before, own, row[0], row[1]),
            )
        for text in texts:
            db.execute_sql("INSERT INTO erasable (reference, person, salt, text) VALUES (?, ?, ?, ?)", text)
        before = own
    db.execute_sql("INSERT INTO rewritten VALUES (?, ?, ?)", (code, len(rows), rows[-1][10]))
    db.execute_sql("UPDATE stream SET hash = ? WHERE code = ?", (before, code))


def _persons(rows: list[tuple[Any, ...]], began: dict[Any, Any]) -> Iterator[Any]:
    """Whom each row names, or is about in the end: one that takes another back, one of a recall."""
    persons: dict[Any, Any] = {}
    for row in rows:
        persons[row[1]] = row[6]
        if row[6] is None:
            if row[2] == "voided":
                persons[row[1]] = persons.get(_fact(row, "entry", int))
            elif row[2] in _OF_INCIDENTS:
                persons[row[1]] = began.get(row[0])
            elif row[2] in {"recalled", "released"}:
                persons[row[1]] = began.get(_fact(row, "incident", str))
        yield persons[row[1]]


def _began_with(row: tuple[Any, ...]) -> Any:
    """The person whom an incident began with, of the row that opened it."""
    is_opening = type(row[0]) is str and row[0].startswith("I") and row[2] == "opened"
    query = _fact(row, "query", list) if is_opening else None
    return _fact(row, "about", str) if query and query[0] == "person" else None


def _fact(row: tuple[Any, ...], name: str, kind: type) -> Any:
    try:
        found = json.loads(row[8]).get(name)
    except (ValueError, RecursionError, TypeError, AttributeError):
        return None
    return found if type(found) is kind else None


def _moved(row: tuple[Any, ...]) -> tuple[Any, list[tuple[str, str, str, str]]]:
    """The content of a row with hashes for its texts, and those texts as they are kept."""
    stream, kind, person, data = row[0], row[2], row[6], row[8]
    is_own = type(stream) is str and stream.startswith("P")
    about, names = (stream, _OF_A_PERSON) if is_own else (person, _OF_OTHERS)
    if type(about) is not str or type(kind) is not str or kind not in names or type(data) is not str:
        return data, []
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        return data, []
    if not data.isascii() or _written(values) != data:
        return data, []  # not as this program writes: the row before could not be made of the one behind
    texts = []
    for name in names[kind] if type(values) is dict else ():
        text = values.get(name)
        if type(text) is str and text and not any(map(_is_surrogate, text)):
            salt = secrets.token_hex(16)
            reference = sha256(f"{salt}:{text}".encode()).hexdigest()
            values[name] = {"sha256": reference}
            texts.append((reference, about, salt, text))
    return (_written(values), texts) if texts else (data, [])


def _written(values: Any) -> str:
    return json.dumps(values, sort_keys=True, separators=(",", ":"))


def _is_surrogate(char: str) -> bool:
    return "\ud800" <= char <= "\udfff"


def _is_whole(rows: list[tuple[Any, ...]], head: tuple[int, str] | None) -> bool:
    """Whether a stream proves whole: what does not must not be borne out by a new chain."""
    before = _FIRST
    for place, row in enumerate(rows, 1):
        if row[1] != place or row[9] != before or row[10] != _hash(before, row[:9]):
            return False
        before = row[10]
    return head == (len(rows), before)


def _hash(before: str, facts: tuple[Any, ...]) -> str:
    content = json.dumps(list(facts), separators=(",", ":"))
    return sha256(f"{before}{content}".encode()).hexdigest()
