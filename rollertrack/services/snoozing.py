"""What is due and put off, with a reason and a day."""

from collections.abc import Sequence
from datetime import timedelta

from rollertrack.domain import events as ev
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.snoozes import SNOOZABLE
from rollertrack.domain.text import NOTE_LIMIT, excerpt, required_line
from rollertrack.errors import BadCode, BadInput
from rollertrack.services.station import Deed, Done, Station, deed, once, read_code
from rollertrack.services.times import day, day_begins
from rollertrack.wording.dates import a_year_on, local_day, spoken_day
from rollertrack.wording.due import put_off, snoozable
from rollertrack.wording.due_words import due_word

_OF_SOLUTIONS = frozenset({"discard", "test"})


@once
def snooze(
    station: Station, codes: str | Sequence[str], what: str, until: str, reason: str, *,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Put off what is due of one or several things until a day, for a reason; the gate heeds none of it.

    `what` is what lists of what is due call it, `until` a day after today and at most a year ahead.
    """
    known = snoozable(what)
    if known is None:
        words = ", ".join(due_word(each) for each in SNOOZABLE)
        raise BadInput("what", f"“{excerpt(what, 30)}” is never due; one of {words} is right")
    why = required_line("reason", reason, NOTE_LIMIT)
    with deed(station, at, operator) as now:
        payload = ev.Snoozed(what=known, until=_until(until, now.recorded_at), reason=why)
        things = [_thing(now, text, known) for text in ([codes] if isinstance(codes, str) else codes)]
        entries = [now.append(stream, payload).seq for stream, _ in things]
        message = put_off([name for _, name in things], known, payload.until)
        return Done("snooze", tuple(stream for stream, _ in things), now.at, message, tuple(entries))


def _until(text: str, now: int) -> int:
    """The first instant of a day to come, a year ahead at most."""
    wanted, today = day(text, "until"), local_day(now)
    last = a_year_on(today)
    if not today < wanted <= last:
        first = today + timedelta(days=1)
        right = f"{spoken_day(day_begins(first))} to {spoken_day(day_begins(last))} is right"
        raise BadInput("until", f"“{excerpt(text)}” {'has passed' if wanted <= today else 'is far'}; {right}")
    return day_begins(wanted)


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
