"""What is derived from the streams: pure functions, from the events of a stream to its rows.

Most streams have one row in a list; a roller has rows beside it, one for each lot, bath and use that it had.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from rollertrack.domain import incident, person, solution
from rollertrack.domain.code import Kind
from rollertrack.domain.counting import newest_instant
from rollertrack.domain.events import (
    POLICY_STREAM,
    Event,
    NamedRegistered,
    closed_at,
    collected_at,
    effective,
)
from rollertrack.domain.policy import Policy
from rollertrack.domain.snoozes import as_text
from rollertrack.domain.stream_names import StreamKind
from rollertrack.store.derived_rollers import BESIDE, Beside, roller_row, roller_rows, rows_beside
from rollertrack.store.derived_stock import pack_row, product_row
from rollertrack.store.hundredths import hundredths

__all__ = [
    "BESIDE",
    "TABLES",
    "Beside",
    "Derived",
    "Row",
    "derived",
    "head_row",
    "person_row",
    "roller_row",
    "rows_beside",
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
    Kind.INCIDENT: "incident",
}
"""The table that a stream's row is kept in, by the first letter of its name."""


class Derived(NamedTuple):
    """What is derived from a stream: its row, None while nothing is registered there, and those beside it.

    Without rows `beside` what stands there stays: they follow from the stream alone, whatever the policy.
    """

    row: Row | None
    beside: Beside | None = None


def derived(stream: str, events: Sequence[Event], policy: Policy) -> Derived:
    """All that is derived from a stream."""
    if stream == POLICY_STREAM:
        return Derived(None)
    if stream[0] == Kind.ROLLER:
        return Derived(*roller_rows(stream, events, policy))
    return Derived(_ROWS.get(stream[0], _named_row)(stream, events))


def head_row(stream: str, events: Sequence[Event], last_hash: str, newest: int | None = None) -> Row:
    """The row that keeps the head of a stream; `newest` is its newest instant, where that is known."""
    instant = newest_instant(events) if newest is None else newest
    return {"code": stream, "head": len(events), "hash": last_hash, "newest": instant}


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
        "expires_at": folded.expires_at,
        "opened_at": folded.opened_at,
        "discarded_at": folded.discarded_at,
        "last_strip_at": last_strip[0],
        "last_strip_passed": last_strip[1],
        "snoozes": as_text(folded.snoozes),
        "listing": folded.listing,
        "use_days": folded.use_days,
        "topped_up_at": folded.topped_up_at,
    }


def _incident_row(folded: incident.Incident | None) -> Row | None:
    if folded is None:
        return None
    return {
        "code": folded.code,
        "cause": folded.cause,
        "about": folded.about,
        "reason": folded.reason,
        "question": incident.question_of(folded.query),
        "opened_at": folded.opened_at,
        "closed_at": folded.closed_at,
        "rollers": len(folded.rollers),
        "persons": len(folded.persons),
        "untold": len(folded.untold),
    }


def _named_row(code: str, events: Sequence[Event]) -> Row | None:
    counting = effective(events)
    labelled = [each for each in counting if isinstance(each.payload, NamedRegistered)]
    labels = [each.payload.label for each in labelled if isinstance(each.payload, NamedRegistered)]
    if not labels:
        return None
    return {
        "code": code,
        "label": labels[-1],
        "closed_at": closed_at(counting),
        "registered_at": min(each.at for each in labelled),
        "collected_at": collected_at(counting),
    }


_ROWS: dict[str, Callable[[str, Sequence[Event]], Row | None]] = {
    Kind.PERSON: lambda code, events: person_row(person.fold(code, events)),
    Kind.SOLUTION: _solution_row,
    Kind.INCIDENT: lambda code, events: _incident_row(incident.fold(code, events)),
    StreamKind.PRODUCT: product_row,
    StreamKind.PACK: pack_row,
}
