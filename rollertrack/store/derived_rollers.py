"""What is derived from the stream of a roller: its row, and rows beside it for each lot, bath and use."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from rollertrack.domain import roller
from rollertrack.domain.events import Event, voided_entries
from rollertrack.domain.lots import LotSeen, lots_seen
from rollertrack.domain.policy import Policy
from rollertrack.domain.quantities import MONTHS
from rollertrack.domain.snoozes import as_text
from rollertrack.domain.standing import Standing, standing
from rollertrack.domain.touches import Bath, Touch, baths_of, touches_of
from rollertrack.store.hundredths import from_hundredths, hundredths

__all__ = [
    "BESIDE", "Beside", "Row", "from_hundredths", "roller_row", "roller_rows", "rows_beside", "standing_of",
]  # fmt: skip

Row = dict[str, Any]

BESIDE: dict[str, tuple[str, ...]] = {
    "lot_seen": LotSeen._fields,
    "soak": Bath._fields,
    "touch": Touch._fields,
}
"""The tables of what a roller has several of, each with its columns: whose, by which entry, and what."""

Beside = Mapping[str, Sequence[tuple[Any, ...]]]


def roller_rows(code: str, events: Sequence[Event], policy: Policy) -> tuple[Row | None, Beside]:
    """The row of a roller under a policy, and those beside it."""
    folded = roller.fold(code, events)
    return roller_row(folded, standing(folded, policy)), rows_beside(folded, events)


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
        "ref": facts.ref,
        "bin": folded.bin,
        "snoozes": as_text(folded.snoozes),
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


def rows_beside(folded: roller.Roller, events: Sequence[Event]) -> Beside:
    """The lots, baths and uses of a roller; `folded` is what its events come to."""
    gone = voided_entries(events)
    return {
        "lot_seen": lots_seen(folded.code, events, gone),
        "soak": baths_of(folded, events, gone),
        "touch": touches_of(folded.code, events, gone),
    }
