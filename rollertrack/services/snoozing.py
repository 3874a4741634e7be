"""What is due and put off, with a reason and a day."""

from collections.abc import Sequence
from datetime import timedelta

from rollertrack.domain import events as ev
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.snoozes import SNOOZABLE, Snooze, said_already
from rollertrack.domain.text import NOTE_LIMIT, excerpt, required_line
from rollertrack.errors import BadCode, BadInput
from rollertrack.services.due import due_on
from rollertrack.services.station import Deed, Done, Station, deed, once, read_code
from rollertrack.services.times import day, day_begins
from rollertrack.wording.dates import a_year_on, local_day, spoken_day
from rollertrack.wording.due import (
    due_after,
    due_again,
    due_at_once,
    due_word,
    not_due,
    put_off,
    put_off_already,
    snoozable,
)

_OF_SOLUTIONS = frozenset({"discard", "test"})
_AT_ONCE = frozenset({"today", "now"})


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
        words = ", ".join(due_word(each) for each in SNOOZABLE)
        raise BadInput("what", f"“{excerpt(what, 30)}” is never due; one of {words} is right")
    why = required_line("reason", reason, NOTE_LIMIT)
    with deed(station, at, operator) as now:
        instant = _until(until, now.recorded_at)
        things = dict(_thing(now, text, known) for text in ([codes] if isinstance(codes, str) else codes))
        streams, names = tuple(things), list(things.values())
        if instant is None:
            gone = [
                (stream, entry)
                for stream in streams
                for entry in _standing(now, stream, things[stream], known)
            ]
            entries = [now.append(stream, ev.Voided(entry=entry, reason=why)).seq for stream, entry in gone]
            return Done("snooze", streams, now.at, due_again(names, known), tuple(entries))
        payload = ev.Snoozed(what=known, until=instant, reason=why)
        for stream, name in things.items():
            _must_be_due(now, stream, name, payload)
            if said_already(ev.effective(now.journal.stream(stream)), payload):
                raise BadInput("code", put_off_already(name, known, instant, why))
        entries = [now.append(stream, payload).seq for stream in streams]
        return Done("snooze", streams, now.at, put_off(names, known, instant), tuple(entries))


def _standing(now: Deed, stream: str, name: str, what: str) -> Sequence[int]:
    """The entries that put a thing off until a day to come; BadInput where none does."""
    found = [
        each.seq
        for each in ev.effective(now.journal.stream(stream))
        if isinstance(each.payload, ev.Snoozed)
        and each.payload.what == what
        and each.payload.until > now.recorded_at
    ]
    if not found:
        raise BadInput(
            "until", f"{due_word(what)} of {name} is not put off; a day from tomorrow on puts it off"
        )
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


def _must_be_due(now: Deed, stream: str, name: str, payload: ev.Snoozed) -> None:
    """Refuse what puts nothing off: it is not due, or only after the day that was named."""
    on = due_on(now.station, stream, payload.what)
    if on is None:
        raise BadInput("what", not_due(payload.what, name))
    if not Snooze(payload.what, now.at, payload.until, payload.reason).holds(payload.what, on, now.at):
        raise BadInput("what", due_at_once(payload.what, name, on))
    if payload.until <= on:
        raise BadInput("until", due_after(payload.what, name, on, payload.until))


def _thing(now: Deed, text: str, what: str) -> tuple[str, str]:
    """The stream of a roller, a solution or a product, and how it is called."""
    if what == "order":
        from rollertrack.services.stock_names import name_of, product_of

        product = product_of(now.journal, name_of(now.station, text))
        return product.code, product.facts.name
    if what in _OF_SOLUTIONS:
        from rollertrack.domain.solution import fold

        code = read_code(now.station, text, Kind.SOLUTION)
        if fold(code, now.journal.stream(code)) is None:
            raise BadCode(f"no solution is registered under {shown(code)}")
        return code, shown(code)
    code = now.roller(text).code
    return code, shown(code)
