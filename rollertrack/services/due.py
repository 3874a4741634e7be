"""What is due: washes, soaks that are over, solutions, what is used up, replacements, orders."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rollertrack.domain.quantities import ago
from rollertrack.domain.rows import DueRow
from rollertrack.domain.snoozes import from_text, snoozed
from rollertrack.domain.standing import forecast, last_good
from rollertrack.domain.words import State
from rollertrack.services.due_days import days_end, late_from
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
    """What must be done up to the end of a day to come, by date; overdue first, and apart what is put off."""
    with station.store.reading():
        now = station.clock()
        until = days_end(now, within_days)
        others = _others_due(station, now)
        found = [*_rollers_due(station.store.database, now, until)]
        found += [each for each in others if each[0].on < until]
        later = queries.due_count(station.store.database, now, until)
        later += sum(line.on >= until for line, _ in others)
    lines, put_off = _told_apart(found, now)
    return Due(lines, later, put_off)


def due_on(station: Station, code: str, what: str) -> int | None:
    """When one thing is or was due of a roller, a solution or a product; None where it is not."""
    with station.store.reading():
        now = station.clock()
        row = queries.roller(station.store.database, code)
        found = _others_due(station, now) if row is None else _of_roller(station.store.database, row, now)
        return next((line.on for line, _ in found if line.code == code and line.what == what), None)


def _others_due(station: Station, now: int) -> list[Found]:
    """What is due of solutions and products, whenever."""
    with station.store.reading() as journal:
        found = [*solutions_due(station, journal.policy(), now)]
        if has_products(station):
            from rollertrack.services.due_orders import orders_due  # home buys nothing by product

            found += orders_due(station, now)
        return found


def _told_apart(found: Iterable[Found], now: int) -> tuple[list[DueRow], list[DueRow]]:
    lines, put_off = [], []
    for line, kept in found:
        snooze = snoozed(from_text(kept), line.what, now) if kept else None
        if snooze is None:
            lines.append(line)
        else:
            put_off.append(replace(line, snoozed_until=snooze.until, why=snooze.reason))
    by_date = (sorted(each, key=lambda line: (line.on, line.code)) for each in (lines, put_off))
    return next(by_date), next(by_date)


def _rollers_due(database: Any, now: int, until: int) -> Iterator[Found]:
    for row in queries.rows_in_state(database, now, State.DIRTY):
        yield _wash(row, now)
    for row in queries.soaking(database, now):
        yield _take_out(row)
    first_bin = queries.first_bin_at(database)
    for row in queries.due_rollers(database, now, until):
        yield from _worn_out(row, now, has_bin=first_bin is not None)
    if first_bin is not None:
        for row in queries.retired_unbinned(database, first_bin):
            yield _retired(row, now)


def _of_roller(database: Any, row: Row, now: int) -> Iterator[Found]:
    """All that one roller is due for, whenever."""
    state, first_bin = standing_of(row).state(now), queries.first_bin_at(database)
    if state is State.DIRTY:
        yield _wash(row, now)
    if state in {State.SOAKING, State.TAKE_OUT}:
        yield _take_out(row)
    yield from _worn_out(row, now, has_bin=first_bin is not None)
    if first_bin is not None and state is State.RETIRED and row["retired_at"] >= first_bin and not row["bin"]:
        yield _retired(row, now)


def _wash(row: Row, now: int) -> Found:
    since = row["dirty_since"]
    return _line(row, "wash", since, f"used {ago(now - since)}")


def _take_out(row: Row) -> Found:
    on = row["soaking_until"]
    too_long = late_from(on) if row["soak_ends"] is None else min(row["soak_ends"], late_from(on))
    return _line(row, "take out", on, f"soak in {row['soak_agent']}", too_long)


def _worn_out(row: Row, now: int, *, has_bin: bool) -> Iterator[Found]:
    seen = forecast(standing_of(row), now)
    if (on := last_good(seen.on)) is not None:
        yield _line(row, "bin" if has_bin and on < now else "replace", on, seen.because)


def _retired(row: Row, now: int) -> Found:
    on = row["retired_at"]
    return _line(row, "bin", on, f"retired {ago(now - on)}")


def _line(row: Row, what: str, on: int, because: str, late: int | None = None) -> Found:
    from_when = late_from(on) if late is None else late
    return DueRow(row["code"], row["name"], what, on, because, from_when), row["snoozes"]
