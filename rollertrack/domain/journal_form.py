"""The canonical JSON form of an event's payload, its strict reading, and the hash that chains events."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import repeat
from json.encoder import encode_basestring_ascii as _quoted
from typing import Any, NamedTuple

from rollertrack.domain.code import ALPHABET
from rollertrack.domain.erasable import ERASED, HASH, TEXTS
from rollertrack.domain.events import (
    PAYLOADS,
    Count,
    Entries,
    Event,
    Instant,
    Mark,
    Millimetres,
    Money,
    Offset,
    Payload,
    Percent,
    Seconds,
    Tally,
    payloads_of,
)
from rollertrack.errors import BadInput

FIRST_HASH = "0" * 64
_FIRST_INSTANT, _LAST_INSTANT = -62_135_596_800_000_000, 253_402_300_799_999_999
"""The years 1 to 9999: what a date can say."""
_OFFSET = "offset"
_DECODER = json.JSONDecoder()
_NEEDED: Any = object()
"""The default of a fact that must be there."""


class Damaged(ValueError):  # noqa: N818 - named for what the row is
    """A row of the journal that no version of RollerTrack wrote."""


class _Kind(NamedTuple):
    """How a fact is stored: as which type, a number between which two, and what is read from that."""

    stored: type[Any]
    between: tuple[int, int] | None = None
    read: Callable[[Any], Any] | None = None


def _read(values: Iterable[Any], kinds: Iterable[_Kind]) -> list[Any]:
    """What values say that are each stored as their kind tells; all in one loop: journals have many."""
    found = []
    for value, (stored, between, read) in zip(values, kinds, strict=False):
        if type(value) is not stored:
            raise Damaged(f"{value!r} is not of type {stored.__name__}")
        if between is not None and not between[0] <= value <= between[1]:
            raise Damaged(f"{value:,} is out of range; {between[0]:,} to {between[1]:,} is right")
        found.append(value if read is None else read(value))
    return found


def _hundredths(value: int) -> Decimal:
    return Decimal(value).scaleb(-2)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Damaged(str(error)) from error
    if day.isoformat() != text:
        raise Damaged(f"{text!r} is not a date in the form YYYY-MM-DD")
    return day


def _texts(values: list[Any]) -> tuple[str, ...]:
    return tuple(_read(values, repeat(_TEXT)))


def _entries(values: list[Any]) -> tuple[int, ...]:
    return tuple(_read(values, repeat(_COUNT)))


def _mark(text: str) -> str:
    if text not in {"", *ALPHABET}:
        raise Damaged(f"{text!r} is no letter of a label's mark")
    return text


_TEXT, _COUNT = _Kind(str), _Kind(int, (1, 1_000_000))
_SECONDS = _Kind(int, (0, 10 * 366 * 86_400))
_MINUTES = _Kind(int, (-1_439, 1_439))

_KINDS: dict[Any, _Kind] = {
    str: _TEXT,
    bool: _Kind(bool),
    date | None: _Kind(str, read=_day),
    tuple[str, ...]: _Kind(list, read=_texts),
    Mark: _Kind(str, read=_mark),
    Entries: _Kind(list, read=_entries),
    Count: _COUNT,
    Tally: _Kind(int, (0, 1_000_000)),
    Money | None: _Kind(int, (0, 1_000_000_000)),
    Count | None: _COUNT,
    Offset | None: _MINUTES,
    Instant: _Kind(int, (0, _LAST_INSTANT)),
    Instant | None: _Kind(int, (0, 2**62)),
    Seconds: _SECONDS,
    Seconds | None: _SECONDS,
    Millimetres | None: _Kind(int, (5, 500), _hundredths),
    Percent | None: _Kind(int, (1, 10_000), _hundredths),
}


# How each field of every kind of event is stored, and the offset with it.
_FORMS = {
    payload: {name: _KINDS[kind] for name, kind in payload.types.items()} | {_OFFSET: _MINUTES}
    for kinds in PAYLOADS.values()
    for payload in kinds.values()
}


_WRITTEN: dict[type, Callable[[Any], Any]] = {
    Decimal: lambda value: int(value.scaleb(2)),
    date: date.isoformat,
}
"""How a fact is written that is not stored as it is."""


def to_json(event: Event, references: Mapping[str, str] | None = None) -> str:
    """The payload and the offset it was entered in, as canonical JSON: sorted, compact, ASCII, no defaults.

    A fact named in `references` is kept apart: the hash given there stands in its place.
    """
    said = event.payload
    values: dict[str, Any] = {_OFFSET: event.offset}
    for name in said.types:
        if (value := getattr(said, name)) != said.defaults.get(name, _NEEDED):
            write = _WRITTEN.get(type(value))
            values[name] = value if write is None else write(value)
    for name, found in (references or {}).items():
        values[name] = {HASH: found}
    return json.dumps(values, sort_keys=True, separators=(",", ":"))


def from_json(
    stream: str, kind: str, data: str, texts: Mapping[str, str] | None = None
) -> tuple[Payload, int]:
    """The payload and offset of a stored row; Damaged on an unknown kind or field, or a value out of type.

    `texts` holds what is kept apart, by the hashes that stand for it; what is not in it was erased.
    """
    try:
        payload = payloads_of(stream)[kind]
    except KeyError:
        raise Damaged(f"{stream} holds an event of the unknown kind {kind!r}") from None
    values = _object(kind, data)
    values.setdefault(_OFFSET, None)
    form = _FORMS[payload]
    for name in TEXTS.get(payload, ()):
        if type(found := values.get(name)) is dict:
            if found.keys() != {HASH} or type(found[HASH]) is not str:
                raise Damaged(f"the field {name!r} of an event of kind {kind!r} names a text out of form")
            values[name] = (texts or {}).get(found[HASH], ERASED)
    if not values.keys() <= form.keys():
        unknown = values.keys() - form.keys()
        raise Damaged(f"an event of kind {kind!r} has the unknown field {min(unknown)!r}")
    if not payload.needed <= values.keys():
        missing = next(name for name in form if name in payload.needed and name not in values)
        raise Damaged(f"an event of kind {kind!r} lacks the field {missing!r}")
    try:
        facts = dict(zip(values, _read(values.values(), map(form.__getitem__, values)), strict=True))
        offset = facts.pop(_OFFSET)
        return payload(**facts), offset
    except Damaged:
        raise
    except (BadInput, ValueError, TypeError, ArithmeticError) as error:
        raise Damaged(f"an event of kind {kind!r} is out of form: {error}") from error


def _object(kind: str, data: str) -> dict[str, Any]:
    try:
        found, end = _DECODER.raw_decode(data)
        if end != len(data):
            found = json.loads(data)
    except (ValueError, RecursionError):
        # Beside what is no JSON: a number of thousands of digits, brackets nested without end.
        raise Damaged(f"an event of kind {kind!r} is not JSON") from None
    if type(found) is not dict:
        raise Damaged(f"{found!r} is not of type dict")
    return found


class Row(NamedTuple):
    """An event as the journal keeps it."""

    stream: str
    seq: int
    kind: str
    at: int
    recorded_at: int
    operator: str | None
    person: str | None
    solution: str | None
    data: str
    prev_hash: str
    hash: str


def chained(event: Event, prev_hash: str, references: Mapping[str, str] | None = None) -> Row:
    """The row of an event behind the one whose hash is given; takes what `to_json` takes."""
    facts = (
        event.stream, event.seq, event.kind, event.at, event.recorded_at,
        event.operator, event.person, event.solution, to_json(event, references),
    )  # fmt: skip
    return Row(*facts, prev_hash, chain_hash(prev_hash, facts))


def chain_hash(prev_hash: str, facts: tuple[Any, ...]) -> str:
    """SHA-256 over the hash before and every column of the event."""
    from hashlib import sha256  # loads OpenSSL, which a mere reading does not need

    # The same text as that of json.dumps, in a third of the time: every entry of a journal is proved by it.
    content = ",".join([
        _quoted(fact) if isinstance(fact, str) else "null" if fact is None else int.__repr__(fact)
        for fact in facts
    ])  # fmt: skip
    return sha256(f"{prev_hash}[{content}]".encode()).hexdigest()


_TEXT_OR_NONE = frozenset({str, type(None)})


def is_instant(value: object) -> bool:
    """Whether a value is an instant that can be shown: whole microseconds UTC of the years 1 to 9999."""
    return type(value) is int and _FIRST_INSTANT <= value <= _LAST_INSTANT


def misfit(row: Row) -> str:
    """The first column that does not hold what this program writes there; empty when all do.

    SQLite lets an outsider write a value of any type into any column.
    """
    if (
        type(row[0]) is str and type(row[1]) is int and type(row[2]) is str
        and type(row[3]) is int and _FIRST_INSTANT <= row[3] <= _LAST_INSTANT
        and type(row[4]) is int and _FIRST_INSTANT <= row[4] <= _LAST_INSTANT
        and type(row[8]) is str and type(row[9]) is str and type(row[10]) is str
        and _TEXT_OR_NONE.issuperset(map(type, row[5:8]))
    ):  # fmt: skip
        return ""  # as nearly always: to ask each by its name takes four times as long
    texts = {"stream", "kind", "data", "prev_hash", "hash"}
    for name, value in zip(Row._fields, row, strict=True):
        if name in texts:
            fits = type(value) is str
        elif name in {"at", "recorded_at"}:
            fits = is_instant(value)
        elif name == "seq":
            fits = type(value) is int
        else:
            fits = value is None or type(value) is str
        if not fits:
            return name
    return ""


def read_row(row: Row, texts: Mapping[str, str] | None = None) -> Event:
    """The event of a stored row, with the texts that are kept apart; Damaged when it is out of form."""
    if column := misfit(row):
        raise Damaged(f"its {column} is of the wrong kind")
    payload, offset = from_json(row.stream, row.kind, row.data, texts)
    return Event(
        row.stream, row.seq, row.at, row.recorded_at, payload, offset, row.operator, row.person, row.solution
    )
