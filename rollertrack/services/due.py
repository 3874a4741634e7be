"""What is due: washes, soaks that are over, solutions, what is used up, replacements, orders."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rollertrack.domain.quantities import DAY, ago
from rollertrack.domain.rows import DueRow
from rollertrack.domain.snoozes import from_text, snoozed
from rollertrack.domain.standing import forecast, last_good
from rollertrack.domain.words import State
from rollertrack.services.due_solutions import Found, solutions_due
from rollertrack.services.station import Station
from rollertrack.services.stocked import has_products
from rollertrack.store import queries
from rollertrack.store.derived_rollers import Row, standing_of


@dataclass(frozen=True, slots=True)
class Due:
    """What is due within some days, by date, what of it is put off, and how much has a date behind them."""

    lines: Sequence[DueRow]
    later: int
    snoozed: Sequence[DueRow] = ()

    def overdue(self, now: int) -> Sequence[DueRow]:
        """What was left too long and nobody has put off."""
        return [line for line in self.lines if line.late_from <= now]


def due(station: Station, within_days: int) -> Due:
    """What must be done within some days, by date; overdue first, and apart what is put off."""
    with station.store.reading() as journal:
        now = station.clock()
        until = now + within_days * DAY
        others = [*solutions_due(station, journal.policy(), now)]
        if has_products(station):
            from rollertrack.services.due_orders import orders_due  # home buys nothing by product

            others += orders_due(station, now)
        found = [*_rollers_due(station.store.database, now, until)]
        found += [each for each in others if each[0].on < until]
        later = queries.due_count(station.store.database, now, until)
        later += sum(line.on >= until for line, _ in others)
    lines, put_off = _told_apart(found, now)
    return Due(lines, later, put_off)


def _told_apart(found: Iterable[Found], now: int) -> tuple[list[DueRow], list[DueRow]]:
    lines, put_off = [], []
    for line, kept in found:
        snooze = snoozed(from_text(kept), line.what, line.on, now) if kept else None
        if snooze is None:
            lines.append(line)
        else:
            put_off.append(replace(line, snoozed_until=snooze.until, why=snooze.reason))
    by_date = (sorted(each, key=lambda line: (line.on, line.code)) for each in (lines, put_off))
    return next(by_date), next(by_date)


def _rollers_due(database: Any, now: int, until: int) -> Iterator[Found]:
    for row in queries.rows_in_state(database, now, State.DIRTY):
        since = row["dirty_since"]
        yield _line(row, "wash", since, f"used {ago(now - since)}", since + _LEFT)
    for row in queries.soaking(database, now):
        too_long = row["soak_ends"] or row["soaking_until"]
        yield _line(row, "take out", row["soaking_until"], f"soak in {row['soak_agent']}", too_long)
    first_bin = queries.first_bin_at(database)
    for row in queries.due_rollers(database, now, until):
        seen = forecast(standing_of(row), now)
        if (on := last_good(seen.on)) is not None:
            is_over = first_bin is not None and on < now
            yield _line(row, "bin" if is_over else "replace", on, seen.because, on)
    if first_bin is not None:
        for row in queries.retired_unbinned(database, first_bin):
            on = row["retired_at"]
            yield _line(row, "bin", on, f"retired {ago(now - on)}", on + _LEFT)


_LEFT = DAY
"""After a use or a retirement: what was not done within a day was forgotten."""


def _line(row: Row, what: str, on: int, because: str, late_from: int) -> Found:
    return DueRow(row["code"], row["name"], what, on, because, late_from), row["snoozes"]
