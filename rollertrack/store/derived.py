"""What is derived from the streams: one pure function a kind of stream, from events to a row."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from rollertrack.domain import person, roller, solution
from rollertrack.domain.code import Kind
from rollertrack.domain.counting import newest_instant
from rollertrack.domain.events import POLICY_STREAM, Event, NamedRegistered, closed_at, effective
from rollertrack.domain.policy import Policy
from rollertrack.domain.quantities import MONTHS
from rollertrack.domain.standing import Standing, standing
from rollertrack.domain.stream_names import StreamKind
from rollertrack.store.derived_stock import pack_row, product_row
from rollertrack.store.hundredths import from_hundredths, hundredths

__all__ = [
    "TABLES",
    "Row",
    "derived_row",
    "from_hundredths",
    "head_row",
    "person_row",
    "roller_row",
    "standing_of",
]

Row = dict[str, Any]


TABLES: dict[str, str] = {
    Kind.ROLLER: "roller",
    Kind.PERSON: "person",
    Kind.SOLUTION: "solution",
    Kind.OPERATOR: "named",
    Kind.BIN: "named",
    StreamKind.PRODUCT: "product",
    StreamKind.PACK: "pack",
}
"""The table that a stream's row is kept in, by the first letter of its name."""


def derived_row(stream: str, events: Sequence[Event], policy: Policy) -> Row | None:
    """The row derived from a stream, None while nothing is registered there."""
    if stream == POLICY_STREAM:
        return None
    if stream[0] == Kind.ROLLER:
        folded = roller.fold(stream, events)
        return roller_row(folded, standing(folded, policy))
    return _ROWS.get(stream[0], _named_row)(stream, events)


def head_row(stream: str, events: Sequence[Event], last_hash: str, newest: int | None = None) -> Row:
    """The row that keeps the head of a stream; `newest` is its newest instant, where that is known."""
    instant = newest_instant(events) if newest is None else newest
    return {"code": stream, "head": len(events), "hash": last_hash, "newest": instant}


def roller_row(folded: roller.Roller, stands: Standing) -> Row | None:
    """The row of a roller and how it stands under the policy."""
    facts = folded.facts
    if facts is None:
        return None
    words = (folded.code, folded.title, facts.maker, facts.model, facts.lot, *_months(facts.expiry))
    return {
        "code": folded.code,
        "name": folded.title,
        "form": facts.form,
        "length": hundredths(facts.length),
        "lot": facts.lot,
        "search": " ".join(word for word in words if word).casefold(),
        "registered_at": folded.registered_at,
        "label_printed_at": folded.label_printed_at,
        "label_proven_at": folded.label_proven_at,
        "label_mark": folded.label_mark,
        "label_place": folded.labels.place,
        "soaking_since": folded.soak.started_at if folded.soak else None,
        "product": facts.product,
        "pack": facts.pack,
        "in_service_from": folded.in_service_from,
        **stands._asdict(),
    }


def _months(expiry: date | None) -> tuple[str, ...]:
    """The ways in which people type the date on a pack."""
    return (
        ()
        if expiry is None
        else (expiry.isoformat(), f"{expiry:%m/%Y}", f"{MONTHS[expiry.month - 1]} {expiry.year}")
    )


def standing_of(row: Row) -> Standing:
    """The standing kept in a roller's row."""
    return Standing(**{name: row[name] for name in Standing._fields})


def person_row(folded: person.Person | None) -> Row | None:
    """The row of a person, None while nobody is registered."""
    if folded is None:
        return None
    return {
        "code": folded.code,
        "label": folded.label,
        "contraindications": ", ".join(folded.contraindications),
        "sessions": len(folded.sessions),
        "last_session_at": max((session.at for session in folded.sessions), default=None),
    }


def _solution_row(code: str, events: Sequence[Event]) -> Row | None:
    folded = solution.fold(code, events)
    if folded is None:
        return None
    last_strip = folded.strips[-1] if folded.strips else (None, None)
    return {
        "code": code,
        "agent": folded.agent,
        "strength": hundredths(folded.strength),
        "lot": folded.lot,
        "expiry": folded.expiry.isoformat() if folded.expiry else None,
        "opened_at": folded.opened_at,
        "discarded_at": folded.discarded_at,
        "last_strip_at": last_strip[0],
        "last_strip_passed": last_strip[1],
    }


def _named_row(code: str, events: Sequence[Event]) -> Row | None:
    counting = effective(events)
    labels = [each.payload.label for each in counting if isinstance(each.payload, NamedRegistered)]
    return {"code": code, "label": labels[-1], "closed_at": closed_at(counting)} if labels else None


_ROWS: dict[str, Callable[[str, Sequence[Event]], Row | None]] = {
    Kind.PERSON: lambda code, events: person_row(person.fold(code, events)),
    Kind.SOLUTION: _solution_row,
    StreamKind.PRODUCT: product_row,
    StreamKind.PACK: pack_row,
}
