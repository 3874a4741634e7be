"""Reports: what was used, washed, worn out, kept in stock and paid in a span of time, as numbers."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

from rollertrack.domain import pack as packs
from rollertrack.domain import product as products
from rollertrack.domain.ends import ends_of
from rollertrack.domain.reports import Cell, Period, Report, UseWash, Washed, band_of, washes_after
from rollertrack.errors import BadInput
from rollertrack.files import named_file
from rollertrack.labels import files
from rollertrack.services import stock as shelf
from rollertrack.services import times
from rollertrack.services.station import Done, Station
from rollertrack.store import report_queries as queries
from rollertrack.store import stock_queries
from rollertrack.store.journal import Journal
from rollertrack.wording import reports as say
from rollertrack.wording.dates import local_day
from rollertrack.wording.stock import stock_document

USUAL_DAYS = 91
"""How long a span is when none is named: thirteen weeks."""
_MOST_YEARS = 30
BAND_NAMES = ("to_030", "to_050", "to_100", "over_100", "no_needles")


def period(station: Station, begin: str | None = None, end: str | None = None) -> Period:
    """A span by its first and its last day, as typed; the last thirteen weeks when none is named."""
    now = station.clock()
    today = local_day(now)
    last = today if end is None else times.day(end, "to")
    first = last - timedelta(days=USUAL_DAYS - 1) if begin is None else times.day(begin, "from")
    for field, day in (("to", last), ("from", first)):
        if day > today:
            raise BadInput(field, f"{day.isoformat()} lies in the future; a day that has begun is right")
    if last < first:
        raise BadInput("to", "lies before --from; a later day is right")
    if (last - first).days > _MOST_YEARS * 366:
        raise BadInput("from", f"{first.isoformat()} is too long ago; at most {_MOST_YEARS} years are right")
    return span_of(first, last, now)


def span_of(first: date, last: date, now: int) -> Period:
    """From the first instant of a day to the last of another, and no further than now."""
    return Period(times.day_begins(first), min(now, times.day_begins(last + timedelta(days=1)) - 1))


def spans_back(station: Station, count: int) -> Period:
    """The thirteen weeks that end today, or those so many spans before."""
    now = station.clock()
    last = local_day(now) - timedelta(days=USUAL_DAYS * count)
    return span_of(last - timedelta(days=USUAL_DAYS - 1), last, now)


def report(station: Station, name: str, span: Period) -> Report:
    """One report by its name; BadInput for another name."""
    if name not in _MAKERS:
        raise BadInput("report", f"“{name[:40]}” is not known; one of {', '.join(_MAKERS)} is right")
    with station.store.reading() as journal:
        return _MAKERS[name](station, journal, span)


def write_csv(station: Station, made: Report, to: str, *, force: bool = False) -> Done:
    """Write the rows of a report for a spreadsheet."""
    from rollertrack.reports.tables import csv_bytes

    path = named_file("csv", to)
    files.check_target(path, field="csv", force=force)
    rows = [["" if cell is None else str(cell) for cell in row] for row in made.rows]
    files.write_whole(path, csv_bytes(made.columns, rows), force=force)
    return Done("report", (), station.clock(), say.rows_written(len(rows), Path(path)))


def _uses(station: Station, _: Journal, span: Period) -> Report:
    counted: dict[date, Counter[int]] = defaultdict(Counter)
    for use in queries.uses_between(station.store.database, span.since, span.until):
        day = local_day(use.at)
        counted[day - timedelta(days=day.weekday())][band_of(use.length)] += 1
    rows: list[tuple[Cell, ...]] = []
    for week in _weeks(span):
        bands = counted[week]
        each = tuple(bands[band] for band in (0, 1, 2, 3, -1))
        rows.append((week.isoformat(), *each, sum(each)))
    return Report("uses", span, ("week", *BAND_NAMES, "uses"), tuple(rows))


def _weeks(span: Period) -> Iterator[date]:
    """The Monday of every week that the span touches."""
    first, last = local_day(span.since), local_day(span.until)
    week = first - timedelta(days=first.weekday())
    while week <= last:
        yield week
        week += timedelta(days=7)


def washes_of(station: Station, span: Period) -> list[UseWash]:
    """The uses of a span that count, by roller, each with the disinfection after it."""
    database, found = station.store.database, []
    washes = defaultdict(list)
    for wash in queries.washes_of_used(database, span.since, span.until):
        washes[wash.roller].append(wash)
    retired = queries.retired(database)
    every = queries.uses_of_used(database, span.since, span.until)
    for roller, uses in groupby(every, key=lambda use: use.roller):
        told = washes_after(list(uses), washes[roller], retired.get(roller), _same_day)
        found += [each for each in told if span.since <= each.use.at <= span.until]
    return found


def _same_day(one: int, other: int) -> bool:
    return local_day(one) == local_day(other)


def _washing(station: Station, _: Journal, span: Period) -> Report:
    counted = Counter(each.outcome for each in washes_of(station, span))
    whole = counted.total()
    rows = tuple(
        (outcome.value, counted[outcome], round(100 * counted[outcome] / whole, 1) if whole else 0.0)
        for outcome in Washed
    )
    return Report("washing", span, ("disinfected", "uses", "percent"), rows)


_USED_UP, _AGE, _EXPIRY, _HARM, _EARLY = "used_up", "age", "expiry", "harm", "early"
_LIMITS = {"uses": _USED_UP, "age": _AGE, "expiry": _EXPIRY, "sterile": _EXPIRY}


def _why_ended(journal: Journal, row: queries.EndedRow) -> str:
    """What had ended a roller's use when it was retired; early where nothing had."""
    _, harms, limits = ends_of(journal.roller(row.code), journal.policy())
    reached = [end for end in (*harms, *limits) if end.at <= row.retired_at]
    if not reached:
        return _EARLY
    return _LIMITS.get(min(reached, key=lambda end: end.at).rule, _HARM)


def _life(station: Station, journal: Journal, span: Period) -> Report:
    database = station.store.database
    ended = queries.retired_between(database, span.since, span.until)
    journal.read_ahead(row.code for row in ended)
    names = {row["code"]: row["name"] for row in stock_queries.products(database)}
    groups: dict[str, list[queries.EndedRow]] = defaultdict(list)
    for row in ended:
        groups[names.get(row.product) or say.length_name(row.length)].append(row)
    rows = []
    for name in sorted(groups):
        members = groups[name]
        why = Counter(_why_ended(journal, row) for row in members)
        limits = [row.uses_limit for row in members if row.uses_limit is not None]
        rows.append((
            name, len(members), round(sum(row.uses for row in members) / len(members), 1),
            max(limits, default=None), *(why[each] for each in (_USED_UP, _AGE, _EXPIRY, _HARM, _EARLY)),
        ))  # fmt: skip
    columns = ("what", "retired", "uses_mean", "uses_limit", _USED_UP, _AGE, _EXPIRY, _HARM, _EARLY)
    return Report("life", span, columns, tuple(rows))


_STOCKED = (
    "product", "name", "sealed", "expired", "in_use", "soaking", "dirty", "held", "ordered", "order_point",
    "advice", "order_by",
)  # fmt: skip


def _stock(station: Station, _: Journal, span: Period) -> Report:
    database = station.store.database
    came: Counter[str] = Counter()
    for pack in stock_queries.packs(database):
        if span.since <= pack["received_at"] <= span.until:
            came[pack["product"]] += pack["pieces"]
    opened = Counter(product for product, _ in queries.pieces_opened_between(database, *span))
    rows = []
    for row in shelf.stock(station):
        document = stock_document(row, span.until)
        rows.append((*(document[name] for name in _STOCKED), came[row.code], opened[row.code]))
    return Report("stock", span, (*_STOCKED, "received", "opened"), tuple(rows), say.STOCK_NOW)


def _cost(station: Station, journal: Journal, span: Period) -> Report:
    """What went into service at its price, what a use cost, what was retired before its life was over."""
    database, prices = station.store.database, _Prices(journal)
    opened: dict[str, list[str]] = defaultdict(list)
    for product, pack in queries.pieces_opened_between(database, *span):
        opened[product].append(pack)
    ended: dict[str, list[queries.EndedRow]] = defaultdict(list)
    for row in queries.retired_between(database, *span):
        ended[row.product].append(row)
    uses = queries.pieces_used_between(database, *span)
    rows: list[tuple[Cell, ...]] = []
    for each in stock_queries.products(database):
        code = each["code"]
        if opened[code] or ended[code] or uses.get(code):
            name, used = each["name"], uses.get(code, 0)
            rows += _costs_of(code, name, opened[code], ended[code], used, prices)
    columns = ("product", "currency", "opened", "without_price", "paid", "uses", "a_use", "retired_early")
    return Report("cost", span, columns, tuple(rows), () if rows else say.NO_PRICES)


def _costs_of(
    product: str, name: str, packs_opened: list[str], gone: list[queries.EndedRow], uses: int,
    prices: "_Prices",
) -> Iterator[tuple[Cell, ...]]:  # fmt: skip
    """A row for each currency that pieces of a product were paid in."""
    paid, lost, counted = Counter[str](), Counter[str](), Counter[str]()
    for pack in packs_opened:
        price, currency = prices.of(product, pack)
        counted[currency] += 1
        paid[currency] += price or 0
    spent, used = Counter[str](), Counter[str]()
    for row in gone:
        price, currency = prices.of(product, row.pack)
        counted[currency] += 0
        if price is not None:
            spent[currency] += price
            used[currency] += row.uses
            if row.uses_limit and row.uses < row.uses_limit:
                lost[currency] += round(price * (row.uses_limit - row.uses) / row.uses_limit)
    unpriced = sum(prices.of(product, pack)[0] is None for pack in packs_opened)
    for place, currency in enumerate(sorted(counted) or [""]):
        a_use = say.amount(round(spent[currency] / used[currency])) if used[currency] else None
        # What no currency tells apart stands in the first row alone.
        yield (
            name, currency, counted[currency], 0 if place else unpriced, say.amount(paid[currency]),
            0 if place else uses, a_use, say.amount(lost[currency]),
        )  # fmt: skip


class _Prices:
    """What a piece cost, by its pack, else by its product."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._known: dict[tuple[str, str], tuple[int | None, str]] = {}

    def of(self, product: str, pack: str) -> tuple[int | None, str]:
        """The price in minor units and its currency; None where none is on record."""
        if (product, pack) not in self._known:
            self._known[product, pack] = self._found(product, pack)
        return self._known[product, pack]

    def _found(self, product: str, pack: str) -> tuple[int | None, str]:
        came = packs.fold(pack, self._journal.stream(pack)) if pack else None
        if came is not None and came.facts.price is not None:
            return came.facts.price, came.facts.currency
        bought = products.fold(product, self._journal.stream(product))
        if bought is not None and bought.facts.price is not None:
            return bought.facts.price, bought.facts.currency
        return None, ""


_MAKERS = {"uses": _uses, "washing": _washing, "life": _life, "stock": _stock, "cost": _cost}
NAMES = tuple(_MAKERS)
"""The reports there are."""
