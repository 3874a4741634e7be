"""What is derived from the streams of products and packs: a row of each.

Their folds are loaded with the first of these streams: a check of a roller has none.
"""

from collections.abc import Sequence
from typing import Any

from rollertrack.domain.events import Event
from rollertrack.domain.snoozes import as_text
from rollertrack.store.hundredths import hundredths

Row = dict[str, Any]


def product_row(code: str, events: Sequence[Event]) -> Row | None:
    """The row of a product, None while none is registered."""
    from rollertrack.domain import product

    folded = product.fold(code, events)
    if folded is None:
        return None
    facts = folded.facts
    days = [order.expected for order in folded.orders if order.expected]
    return {
        "code": folded.code,
        "name": facts.name,
        "name_key": product.name_key(facts.name),
        "form": facts.form,
        "length": hundredths(facts.length),
        "maker": facts.maker,
        "model": facts.model,
        "sterile": facts.sterile,
        "single_use": facts.single_use,
        "coded": facts.coded,
        "pack_size": facts.pack_size,
        "reorder_level": facts.reorder_level,
        "delivery_days": facts.delivery_days,
        "ordered": folded.ordered,
        "expected": min(days).isoformat() if days else None,
        "barcodes": "".join(f" {name} " for name in sorted(folded.barcodes)),
        "registered_at": folded.registered_at,
        "closed_at": folded.closed_at,
        "snoozes": as_text(folded.snoozes),
    }


def pack_row(code: str, events: Sequence[Event]) -> Row | None:
    """The row of a pack, None while none was received."""
    from rollertrack.domain import pack
    from rollertrack.domain.lots import norm

    folded = pack.fold(code, events)
    if folded is None:
        return None
    facts = folded.facts
    return {
        "code": folded.code,
        "product": facts.product,
        "lot": facts.lot,
        "lot_norm": norm(facts.lot),
        "expiry": facts.expiry.isoformat() if facts.expiry else None,
        "expires_at": folded.expires_at,
        "received_at": folded.received_at,
        "coded": facts.coded,
        "pieces": facts.pieces,
        "left": folded.left,
        "held": folded.held,
    }
