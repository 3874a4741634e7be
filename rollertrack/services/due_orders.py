"""When products are to be ordered."""

from collections.abc import Iterator

from rollertrack.domain.quantities import DAY
from rollertrack.domain.rows import DueRow
from rollertrack.domain.stock import Advice, StockRow
from rollertrack.services.due_days import late_from
from rollertrack.services.station import Station
from rollertrack.services.stock import stock
from rollertrack.store.stock_queries import products
from rollertrack.wording.stock import order_because


def orders_due(station: Station, now: int) -> Iterator[tuple[DueRow, str]]:
    """What is to be ordered and by when, with what its product keeps of snoozes."""
    kept = {row["code"]: row["snoozes"] for row in products(station.store.database)}
    for row in stock(station):
        if row.ordering.advice in {Advice.NOW, Advice.BY}:
            on = now + _days_left(row) * DAY
            late = on if row.ordering.is_low else late_from(on)
            yield DueRow(row.code, row.name, "order", on, order_because(row), late), kept[row.code]


def _days_left(row: StockRow) -> int:
    """In how many days to order; none or fewer once it is time."""
    found = row.ordering
    days = found.outlook.order_in if found.outlook else None
    return min(days or 0, 0) if found.is_low else days or 0
