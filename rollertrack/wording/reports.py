"""Reports in words: titles, what each row says, its bar."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from rollertrack.domain.quantities import full_date, plural
from rollertrack.domain.reports import Cell, Period, Report
from rollertrack.wording.bars import bar, stacked
from rollertrack.wording.dates import local_day, short_day

STOCK_NOW = ("The stock is that of now; received and opened are those of the span.",)
NO_PRICES = ("No piece of a product went into service, was used or was retired in this span.",)
TITLES = {
    "uses": "Uses a week", "washing": "Disinfected after a use", "life": "Life reached before retired",
    "stock": "Stock", "cost": "Cost",
}  # fmt: skip
WEEK = 7
_PART = "…"
"""Behind the first day of a week of which a span holds a part."""
LEGEND = "█ to 0.30 mm  ▓ to 0.50  ▒ to 1.00  ░ over"
NOTHING = {
    "uses": "No use in this span.", "washing": "No use in this span.",
    "life": "No roller was retired in this span.", "stock": "No product on record.", "cost": NO_PRICES[0],
}  # fmt: skip


class BarLine(NamedTuple):
    """A row of a report: what it is of, its bar, its numbers."""

    name: str
    bar: str
    text: str


def span_text(span: Period) -> str:
    """A span by its first and last day."""
    first, last = local_day(span.since), local_day(span.until)
    begins = short_day(first, last) if first.year == last.year else full_date(first)
    return f"{begins} – {full_date(last)}"


def length_name(hundredths: int | None) -> str:
    """Rollers that belong to no product, by their length."""
    return "no needles" if hundredths is None else f"{Decimal(hundredths).scaleb(-2):.2f} mm"


def amount(minor: int) -> str:
    """An amount in whole and hundredths, without its currency."""
    whole, part = divmod(minor, 100)
    return f"{whole}.{part:02}"


def report_lines(report: Report, width: int) -> list[BarLine]:
    """The rows of a report as bars of at most so many cells."""
    return list(_LINES[report.name](report, width))


def explained(report: Report) -> list[str]:
    """What must be known to read the bars of a report."""
    if report.name != "uses":
        return []
    parts = any(row["days"] != WEEK for row in report.documents())
    return [LEGEND, *([f"{_PART} not the whole week lies in the span"] if parts else [])]


def is_empty(report: Report) -> bool:
    """Whether it counts nothing at all."""
    counted = {"uses": "uses", "washing": "uses"}.get(report.name)
    if counted is None:
        return not report.rows
    place = report.columns.index(counted)
    return not any(row[place] for row in report.rows)


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _use_lines(report: Report, width: int) -> Iterator[BarLine]:
    most = max((_number(row[-1]) for row in report.rows), default=0)
    for week, days, *cells in report.rows:
        parts = [_number(cell) for cell in cells[:4]]
        bare, whole = _number(cells[4]), _number(cells[5])
        told = " · ".join(f"{part:,}" for part in parts) if whole else ""
        also = f" · {bare:,} without needles" if bare else ""
        day = date.fromisoformat(str(week))
        name = f"{day.day:>2} {short_day(day, day).split(' ')[1]}{'' if days == WEEK else f' {_PART}'}"
        yield BarLine(name, stacked(parts, most, width), f"{whole:>6,}    {told}{also}".rstrip())


def _wash_lines(report: Report, width: int) -> Iterator[BarLine]:
    most = max((_number(row[1]) for row in report.rows), default=0)
    for outcome, uses, percent in report.rows:
        yield BarLine(str(outcome), bar(_number(uses), most, width), f"{_number(uses):>6,}  {percent:>5} %")


def _life_lines(report: Report, width: int) -> Iterator[BarLine]:
    for document in report.documents():
        mean, limit = document["uses_mean"], document["uses_limit"]
        used = mean if isinstance(mean, float) else 0.0
        scale = float(limit) if isinstance(limit, int) else used
        of = f"{used:g} of {limit}" if limit is not None else f"{used:g}"
        why = [
            f"{_number(document[key]):,} {word}" for key, word in _ENDS.items() if document[key]
        ]  # fmt: skip
        rest = ", ".join(why)
        yield BarLine(str(document["what"]), bar(used, scale, width),
                      f"{of}   {plural(_number(document['retired']), 'roller')}: {rest}")  # fmt: skip


_ENDS = {
    "used_up": "used up", "age": "by age", "expiry": "expired", "harm": "damaged or shared",
    "early": "before their time",
}  # fmt: skip


def _stock_lines(report: Report, width: int) -> Iterator[BarLine]:
    most = max((_number(document["sealed"]) for document in report.documents()), default=0)
    for document in report.documents():
        told = [f"{_number(document['sealed']):,} sealed", f"{_number(document['in_use']):,} in use"]
        told += [f"{_number(document[key]):,} {word}" for key, word in _STOCKED.items() if document[key]]
        yield BarLine(str(document["name"]), bar(_number(document["sealed"]), most, width), ", ".join(told))


_STOCKED = {
    "dirty": "to wash", "over": "for the bin", "held": "kept aside", "expired": "expired",
    "ordered": "ordered", "received": "received", "opened": "opened",
}  # fmt: skip


def _cost_lines(report: Report, width: int) -> Iterator[BarLine]:
    most = max((_minor(document["paid"]) for document in report.documents()), default=0)
    for document in report.documents():
        money = str(document["currency"] or "")
        told = [f"{_money(document['paid'], money)} for {plural(_number(document['opened']), 'piece')}"]
        if document["a_use"] is not None:
            told.append(f"{_money(document['a_use'], money)} a use")
        if _minor(document["retired_early"]):
            told.append(f"{_money(document['retired_early'], money)} retired early")
        if document["without_price"]:
            told.append(f"{_number(document['without_price']):,} without a price")
        yield BarLine(str(document["product"]), bar(_minor(document["paid"]), most, width), " · ".join(told))


def _money(cell: Cell, currency: str) -> str:
    return f"{Decimal(str(cell)):,} {currency}".rstrip()


def _minor(cell: Cell) -> int:
    return int(Decimal(str(cell or 0)).scaleb(2))


_LINES = {
    "uses": _use_lines, "washing": _wash_lines, "life": _life_lines, "stock": _stock_lines,
    "cost": _cost_lines,
}  # fmt: skip


def csv_preview(report: Report) -> str:
    """What a file of it will hold."""
    return f"Writes {plural(len(report.rows), 'row')} of {span_text(report.period)}, a column each number."
