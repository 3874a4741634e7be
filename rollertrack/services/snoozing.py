"""What is due and put off, with a reason and a day."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from rollertrack.domain import events as ev
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.snoozes import Snooze, snoozed
from rollertrack.domain.text import NOTE_LIMIT, excerpt, required_line
from rollertrack.errors import BadCode, BadInput
from rollertrack.services.due import due_on
from rollertrack.services.station import Deed, Done, Station, deed, once, read_code
from rollertrack.services.times import day, day_begins
from rollertrack.wording.dates import a_year_on, local_day, spoken_day
from rollertrack.wording.due import (
    due_after,
    due_again,
    never_due,
    not_due,
    not_put_off,
    put_off,
    put_off_already,
    snoozable,
)

_AT_ONCE = frozenset({"today", "now"})
_OF_SOLUTIONS = frozenset({"discard", "test"})


@once
def snooze(
    station: Station, codes: str | Sequence[str], what: str, until: str, reason: str, *,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Put off what is due of one or several things until a day, for a reason; the gate heeds none of it.

    `what` is what lists of what is due call it, `until` a day after today and at most a year ahead. `today`
    takes back what puts it off, which is due again at once.
    """
    known = snoozable(what)
    if known is None:
        raise BadInput("what", never_due(what))
    why = required_line("reason", reason, NOTE_LIMIT)
    with deed(station, at, operator) as now:
        instant = _until(until, now.recorded_at)
        read = [_thing(now, text, known) for text in ([codes] if isinstance(codes, str) else codes)]
        things = list({thing.stream: thing for thing in read}.values())
        streams, names = tuple(each.stream for each in things), [each.name for each in things]
        if instant is None:
            gone = [
                (each.stream, entry) for each in things for entry in _standing(each, known, now.recorded_at)
            ]
            entries = [now.append(stream, ev.Voided(entry=entry, reason=why)).seq for stream, entry in gone]
            return Done("snooze", streams, now.at, due_again(names, known), tuple(entries))
        payload = ev.Snoozed(what=known, until=instant, reason=why)
        for each in things:
            _must_be_due(now, each, payload)
        entries = [now.append(stream, payload).seq for stream in streams]
        return Done("snooze", streams, now.at, put_off(names, known, instant), tuple(entries))


class _Thing(NamedTuple):
    """A roller, a solution or a product: its stream, how it is called, what of it is put off."""

    stream: str
    name: str
    snoozes: Sequence[Snooze]


def _must_be_due(now: Deed, thing: _Thing, payload: ev.Snoozed) -> None:
    """Refuse what puts nothing off: it is not due, or only after the day that was named, or it was said."""
    on = due_on(now.station, thing.stream, payload.what)
    if on is None:
        raise BadInput("what", not_due(payload.what, thing.name))
    if payload.until <= on:
        raise BadInput("until", due_after(payload.what, thing.name, on, payload.until))
    last = snoozed(thing.snoozes, payload.what, now.recorded_at)
    if last is not None and (last.until, last.reason) == (payload.until, payload.reason):
        raise BadInput("code", put_off_already(thing.name, payload.what, payload.until, payload.reason))


def _standing(thing: _Thing, what: str, now: int) -> Sequence[int]:
    """The entries that put a thing off until a day to come; BadInput where none does."""
    found = [each.entry for each in thing.snoozes if each.what == what and each.until > now]
    if not found:
        raise BadInput("until", not_put_off(what, thing.name))
    return found


def _until(text: str, now: int) -> int | None:
    """The first instant of a day to come, a year ahead at most; None for today."""
    today = local_day(now)
    wanted = today if text.strip().lower() in _AT_ONCE else day(text, "until")
    last = a_year_on(today)
    if wanted == today:
        return None
    if not today < wanted <= last:
        right = (
            f"{spoken_day(day_begins(today + timedelta(days=1)))} to {spoken_day(day_begins(last))} is right"
        )
        was = "has passed; today takes back what puts it off" if wanted < today else "is far"
        raise BadInput("until", f"“{excerpt(text)}” {was}; {right}")
    return day_begins(wanted)


def _thing(now: Deed, text: str, what: str) -> _Thing:
    """What is meant, by a code, or a product by its name."""
    if what == "order":
        from rollertrack.services.stock_names import name_of, product_of

        product = product_of(now.journal, name_of(now.station, text))
        return _Thing(product.code, product.facts.name, product.snoozes)
    if what in _OF_SOLUTIONS:
        from rollertrack.domain.solution import fold

        code = read_code(now.station, text, Kind.SOLUTION)
        if (solution := fold(code, now.journal.stream(code))) is None:
            raise BadCode(f"no solution is registered under {shown(code)}")
        return _Thing(code, shown(code), solution.snoozes)
    roller = now.roller(text)
    return _Thing(roller.code, shown(roller.code), roller.snoozes)
