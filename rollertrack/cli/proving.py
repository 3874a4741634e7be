"""`unproven`."""

from typing import Any

from rollertrack.cli.context import Context
from rollertrack.domain.code import shown
from rollertrack.services.labels import proving
from rollertrack.services.labels.proving import UnprovenRow
from rollertrack.wording.dates import iso, spoken_moment


def unproven(context: Context) -> int:
    """The labels that were not scanned back."""
    rows = proving.unproven(context.station)
    context.out.document({"unproven": [_document(row) for row in rows]})
    if not rows:
        context.out.say("Every label that was printed is proven.")
        return 0
    context.out.table(
        [(shown(row.code, row.mark), row.name, spoken_moment(row.printed_at), row.place) for row in rows]
    )
    return 0


def _document(row: UnprovenRow) -> dict[str, Any]:
    return {**row._asdict(), "printed_at": iso(row.printed_at)}
