"""The reports of goods: how far their life went, what lies there, what they cost."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from rollertrack.domain import pack as packs
from rollertrack.domain import product as products
from rollertrack.domain.ends import ends_of
from rollertrack.domain.reports import Cell, Period, Report
from rollertrack.services import stock as shelf
from rollertrack.services.station import Station
from rollertrack.store import report_queries as queries
from rollertrack.store import stock_queries
from rollertrack.store.journal import Journal
from rollertrack.wording import reports as say
from rollertrack.wording.stock import stock_document

_USED_UP, _AGE, _EXPIRY, _HARM, _EARLY = "used_up", "age", "expiry", "harm", "early"
_LIMITS = {"uses": _USED_UP, "age": _AGE, "expiry": _EXPIRY, "sterile": _EXPIRY}


def _why_ended(journal: Journal, row: queries.EndedRow) -> str:
    """What had ended a roller's use when it was retired; early where nothing had."""
    _, harms, limits, _ = ends_of(journal.roller(row.code), journal.policy())
    reached = [end for end in (*harms, *limits) if end.at <= row.retired_at]
    if not reached:
        return _EARLY
    return _LIMITS.get(min(reached, key=lambda end: end.at).rule, _HARM)


def life_report(station: Station, journal: Journal, span: Period) -> Report:
    """How much of their life the rollers had reached that were retired, and what had ended it."""
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
    "product", "name", "sealed", "expired", "in_use", "soaking", "dirty", "over", "held", "ordered",
    "order_point", "advice", "order_by",
)  # fmt: skip


def stock_report(station: Station, _: Journal, span: Period) -> Report:
    """What lies there now, and what came and was opened in the span."""
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


def cost_report(station: Station, journal: Journal, span: Period) -> Report:
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
