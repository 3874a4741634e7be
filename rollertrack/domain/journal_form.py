"""The canonical JSON form of an event's body, its strict reading, and the hash that chains events."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from rollertrack.domain.code import ALPHABET
from rollertrack.domain.events import (
    BODIES,
    Body,
    Count,
    Entries,
    Event,
    Instant,
    Mark,
    Millimetres,
    Offset,
    Percent,
    Seconds,
    bodies_of,
)
from rollertrack.errors import BadInput

FIRST_HASH = "0" * 64
_OFFSET = "offset"
_NEEDED: Any = object()
"""The default of a fact that must be there."""


class Damaged(ValueError):  # noqa: N818 - named for what the row is
    """A row of the journal that no version of RollerTrack wrote."""


def _plain(kind: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise Damaged(f"{value!r} is not of type {kind.__name__}")
        return value

    return read


def _within(lowest: int, highest: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        number: int = _plain(int)(value)
        if not lowest <= number <= highest:
            raise Damaged(f"{number:,} is out of range; {lowest:,} to {highest:,} is right")
        return number

    return read


def _hundredths(lowest: int, highest: int) -> Callable[[Any], Decimal]:
    read = _within(lowest, highest)
    return lambda value: Decimal(read(value)).scaleb(-2)


def _day(value: Any) -> date:
    text: str = _plain(str)(value)
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Damaged(str(error)) from error
    if day.isoformat() != text:
        raise Damaged(f"{text!r} is not a date in the form YYYY-MM-DD")
    return day


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_plain(str)(each) for each in _plain(list)(value))


def _mark(value: Any) -> str:
    text: str = _plain(str)(value)
    if text not in {"", *ALPHABET}:
        raise Damaged(f"{text!r} is no letter of a label's mark")
    return text


_count = _within(1, 1_000_000)
_seconds = _within(0, 10 * 366 * 86_400)
_offset = _within(-1_439, 1_439)
_instant = _within(0, 2**62)

_READERS: dict[Any, Callable[[Any], Any]] = {
    str: _plain(str),
    bool: _plain(bool),
    date | None: _day,
    tuple[str, ...]: _texts,
    Mark: _mark,
    Entries: lambda value: tuple(_count(each) for each in _plain(list)(value)),
    Count: _count,
    Count | None: _count,
    Offset | None: _offset,
    Instant | None: _instant,
    Seconds: _seconds,
    Seconds | None: _seconds,
    Millimetres | None: _hundredths(5, 500),
    Percent | None: _hundredths(1, 10_000),
}


class _Field(NamedTuple):
    read: Callable[[Any], Any]
    default: Any


def _form(body: type[Body]) -> dict[str, _Field]:
    return {
        name: _Field(_READERS[kind], body.defaults.get(name, _NEEDED)) for name, kind in body.types.items()
    }


# The fields of every kind of event; one at its default is left out of the canonical form.
_FORMS = {body: _form(body) for kinds in BODIES.values() for body in kinds.values()}


def _written(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value.scaleb(2))
    return value.isoformat() if isinstance(value, date) else value


def to_json(event: Event) -> str:
    """The body and the offset it was entered in, as canonical JSON: sorted, compact, ASCII."""
    values = {
        name: _written(value)
        for name, each in _FORMS[type(event.body)].items()
        if (value := getattr(event.body, name)) != each.default
    }
    values[_OFFSET] = event.offset
    return json.dumps(values, sort_keys=True, separators=(",", ":"))


def from_json(stream: str, kind: str, data: str) -> tuple[Body, int]:
    """The body and offset of a stored row; Damaged on an unknown kind or field, or a value out of type."""
    try:
        body = bodies_of(stream)[kind]
    except KeyError:
        raise Damaged(f"{stream} holds an event of the unknown kind {kind!r}") from None
    values = _object(kind, data)
    offset = _offset(values.pop(_OFFSET, None))
    form = _FORMS[body]
    if unknown := values.keys() - form.keys():
        raise Damaged(f"an event of kind {kind!r} has the unknown field {min(unknown)!r}")
    if missing := [name for name, each in form.items() if each.default is _NEEDED and name not in values]:
        raise Damaged(f"an event of kind {kind!r} lacks the field {missing[0]!r}")
    try:
        return body(**{name: form[name].read(value) for name, value in values.items()}), offset
    except Damaged:
        raise
    except (BadInput, ValueError, TypeError, ArithmeticError) as error:
        raise Damaged(f"an event of kind {kind!r} is out of form: {error}") from error


def _object(kind: str, data: str) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        # Beside what is no JSON: a number of thousands of digits, brackets nested without end.
        raise Damaged(f"an event of kind {kind!r} is not JSON") from None
    values: dict[str, Any] = _plain(dict)(found)
    return values


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


def chained(event: Event, prev_hash: str) -> Row:
    """The row of an event behind the one whose hash is given."""
    facts = (
        event.stream, event.seq, event.kind, event.at, event.recorded_at,
        event.operator, event.person, event.solution, to_json(event),
    )  # fmt: skip
    return Row(*facts, prev_hash, chain_hash(prev_hash, facts))


def chain_hash(prev_hash: str, facts: tuple[Any, ...]) -> str:
    """SHA-256 over the hash before and every column of the event."""
    from hashlib import sha256  # loads OpenSSL, which a mere reading does not need

    return sha256((prev_hash + json.dumps(facts, separators=(",", ":"))).encode()).hexdigest()


_FIRST_INSTANT, _LAST_INSTANT = -62_135_596_800_000_000, 253_402_300_799_999_999
"""The years 1 to 9999: what a date can say."""


def is_instant(value: object) -> bool:
    """Whether a value is an instant that can be shown: whole microseconds UTC of the years 1 to 9999."""
    return type(value) is int and _FIRST_INSTANT <= value <= _LAST_INSTANT


def misfit(row: Row) -> str:
    """The first column that does not hold what this program writes there; empty when all do.

    SQLite lets an outsider write a value of any type into any column.
    """
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


def read_row(row: Row) -> Event:
    """The event of a stored row; Damaged when it is out of form."""
    if column := misfit(row):
        raise Damaged(f"its {column} is of the wrong kind")
    body, offset = from_json(row.stream, row.kind, row.data)
    return Event(
        row.stream, row.seq, row.at, row.recorded_at, body, offset, row.operator, row.person, row.solution
    )
