"""Reports by their names: made for a span of time, sealed, written for a spreadsheet."""

from decimal import Decimal
from typing import Any

from rollertrack.domain.reports import Period, Report
from rollertrack.errors import BadInput
from rollertrack.services import report_goods, report_uses, spans
from rollertrack.services.sealing import seal
from rollertrack.services.station import Done, Station

_MAKERS = {
    "uses": report_uses.uses_report, "washing": report_uses.washing_report,
    "life": report_goods.life_report, "stock": report_goods.stock_report, "cost": report_goods.cost_report,
}  # fmt: skip
NAMES = tuple(_MAKERS)
"""The reports there are."""


def sealed_report(station: Station, name: str, span: Period) -> tuple[Report, str]:
    """A report, and the seal of the journal that it was made of."""
    with station.store.reading():
        return report(station, name, span), str(seal(station))


def report_back(station: Station, name: str, count: int) -> tuple[Report, str]:
    """The same of the thirteen weeks that end today, or of those so many spans before."""
    return sealed_report(station, name, spans.spans_back(station, count))


def report(station: Station, name: str, span: Period) -> Report:
    """One report by its name; BadInput for another name."""
    if name not in _MAKERS:
        raise BadInput("report", f"“{name[:40]}” is not known; one of {', '.join(_MAKERS)} is right")
    with station.store.reading() as journal:
        return _MAKERS[name](station, journal, span)


def write_csv(station: Station, made: Report, to: str, *, force: bool = False) -> Done:
    """Write the rows of a report for a spreadsheet."""
    from rollertrack.services.table_files import write_documents

    message = write_documents(to, made.columns, table_rows(made), force=force)
    return Done("report", (), station.clock(), message)


def table_rows(made: Report) -> list[dict[str, Any]]:
    """The rows of a report for a table, where amounts are numbers."""
    return [
        {name: Decimal(str(cell)) if name in _AMOUNTS and cell else cell for name, cell in each.items()}
        for each in made.documents()
    ]


_AMOUNTS = frozenset({"paid", "a_use", "retired_early"})
