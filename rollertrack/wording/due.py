"""What is due, in the words and the groups a person thinks in."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from rollertrack.domain.code import shown
from rollertrack.domain.quantities import DAY, millimetres, plural
from rollertrack.domain.rows import DueRow
from rollertrack.domain.snoozes import SNOOZABLE
from rollertrack.domain.text import excerpt
from rollertrack.wording.dates import date_of, local_day, short_moment, spoken_day
from rollertrack.wording.due_words import due_word

__all__ = [
    "LATER",
    "MONTH",
    "OVERDUE",
    "SNOOZED",
    "TODAY",
    "WEEK",
    "Alike",
    "alike",
    "calendar_written",
    "digest_text",
    "digest_title",
    "due_after",
    "due_again",
    "due_because",
    "due_behind",
    "due_cells",
    "due_code",
    "due_later",
    "due_when",
    "due_word",
    "event_title",
    "group_of",
    "grouped",
    "never_due",
    "not_due",
    "not_put_off",
    "nothing_due",
    "put_off",
    "put_off_already",
    "several_because",
    "several_cells",
    "several_text",
    "snoozable",
    "snooze_subject",
    "snooze_title",
]

OVERDUE, TODAY, WEEK, MONTH = "Overdue", "Today", "Within a week", "Within a month"
LATER, SNOOZED = "Later", "Snoozed"
_ORDER = (OVERDUE, TODAY, WEEK, MONTH, LATER)
_WEEK, _MONTH = 7, 30
_THINGS = {"order": "product", "discard": "solution", "test": "solution"}
"""What is not a roller."""


def snoozable(text: str) -> str | None:
    """What may be put off, by its name here or as people call it; None for nothing of the kind."""
    typed = " ".join(text.lower().replace("-", " ").replace("_", " ").split())
    return next((what for what in SNOOZABLE if typed in {what, due_word(what)}), None)


def due_when(line: DueRow, now: int, *, to_the_minute: bool) -> str:
    """When it is due; since when, to the minute where that is asked for, once it is overdue."""
    return short_moment(line.on, now) if to_the_minute and line.on <= now else date_of(line.on, now)


def due_code(line: DueRow) -> str:
    """The code of what is due; a product goes by its name, and its letters stand on nothing."""
    return "" if line.what == "order" else shown(line.code)


def due_cells(line: DueRow) -> tuple[str, ...]:
    """What is due in the columns of a list that names every date in full."""
    return spoken_day(line.on), due_word(line.what), due_code(line), line.name, due_because(line)


def due_because(line: DueRow) -> str:
    """Why it is due; of what is put off until when, and why that."""
    if line.snoozed_until is None:
        return line.because
    return f"until {spoken_day(line.snoozed_until)}: {line.why}"


def several_cells(several: "Alike", now: int) -> tuple[str, ...]:
    """Things of one kind in the same columns: since when the oldest is due, how many there are."""
    first = several.lines[0]
    oldest = f"from {spoken_day(first.on)}" if first.on <= now else spoken_day(first.on)
    return oldest, due_word(first.what), several_text(several), "", several_because(several, now)


def several_text(several: "Alike") -> str:
    """How many things a line stands for."""
    return plural(len(several.lines), _THINGS.get(several.lines[0].what, "roller"))


def several_because(several: "Alike", now: int) -> str:
    """Why they are due, where it is the same of all; else how long the oldest has been."""
    first = several.lines[0]
    if len({due_because(line) for line in several.lines}) == 1:
        return due_because(first)
    days = (now - first.on) // DAY
    return f"oldest {days:,} d" if days > 0 else ""


def nothing_due(days: int) -> str:
    """That so many days ask for nothing."""
    return "Nothing is due today." if days == 0 else f"Nothing is due within {plural(days, 'day')}."


def due_later(count: int) -> str:
    """How much has a date behind the days asked about."""
    return f"{plural(count, 'more date')} later."


def due_behind(count: int) -> str:
    """How many of those that are due later are so far off that no line tells of them."""
    return f"  {count:,} of them in more than a year"


@dataclass(frozen=True, slots=True)
class Alike:
    """Things to do of one kind in one group, the oldest first."""

    lines: tuple[DueRow, ...]


def alike(lines: Iterable[DueRow]) -> Iterator[DueRow | Alike]:
    """The lines of a group by date; of one kind too many to read are one, where its oldest stands."""
    ordered = sorted(lines, key=lambda line: (line.on, SNOOZABLE.index(line.what), line.code))
    count = Counter(line.what for line in ordered)
    told = set()
    for line in ordered:
        if count[line.what] < _ALIKE:
            yield line
        elif line.what not in told:
            told.add(line.what)
            yield Alike(tuple(each for each in ordered if each.what == line.what))


_ALIKE = 5


def grouped(lines: Iterable[DueRow], now: int) -> Iterator[tuple[str, Sequence[DueRow]]]:
    """The lines by group, the nearest first; a wash is due from the moment of the use."""
    ordered = sorted(lines, key=lambda line: (_ORDER.index(group_of(line, now)), line.on, line.code))
    for name, each in groupby(ordered, key=lambda line: group_of(line, now)):
        yield name, list(each)


def group_of(line: DueRow, now: int) -> str:
    """The group of one line."""
    if line.late_from <= now:
        return OVERDUE
    if line.on <= now:
        return TODAY
    return _by_day(local_day(line.on), local_day(now))


def _by_day(day: date, today: date) -> str:
    bounds = ((TODAY, 0), (WEEK, _WEEK), (MONTH, _MONTH))
    return next((name for name, days in bounds if day <= today + timedelta(days=days)), LATER)


def snooze_title(what: str) -> str:
    """What is put off, at the head of a form."""
    return f"Put off: {due_word(what)}"


def snooze_subject(lines: Sequence[DueRow]) -> str:
    """Whose it is that is put off: one by code and name, several by their number."""
    if len(lines) > 1:
        return several_text(Alike(tuple(lines)))
    return " · ".join(filter(None, (due_code(lines[0]), lines[0].name)))


def put_off(things: Sequence[str], what: str, until: int) -> str:
    """That something is put off, and until when."""
    told = f"Put off until {spoken_day(until)}: {due_word(what)} · {_named(things)}."
    return f"{told} The gate says what it said before."


def due_again(things: Sequence[str], what: str) -> str:
    """That nothing puts something off any more."""
    return f"Put off no more: {due_word(what)} · {_named(things)}."


def put_off_already(thing: str, what: str, until: int, why: str) -> str:
    """That the very same was said before."""
    return f"{due_word(what)} of {thing} is put off until {spoken_day(until)} already: {why}"


def _named(things: Sequence[str]) -> str:
    return things[0] if len(things) == 1 else f"{len(things):,} things"


def never_due(typed: str) -> str:
    """That nothing of that name is ever due."""
    words = ", ".join(due_word(each) for each in SNOOZABLE)
    return f"“{excerpt(typed, 30)}” is never due; one of {words} is right"


def not_put_off(what: str, name: str) -> str:
    """That nothing is there to be taken back."""
    return f"{due_word(what)} of {name} is not put off; a day from tomorrow on puts it off"


def not_due(what: str, name: str) -> str:
    """That there is nothing to put off."""
    return f"{due_word(what)} is not due of {name}; `due` lists what is"


def due_after(what: str, name: str, on: int, until: int) -> str:
    """That something is due only after the day until which it was to be put off."""
    return (
        f"{due_word(what)} of {name} is not due before {spoken_day(on)}; {spoken_day(until)} puts nothing"
        " off, a day after that does"
    )


_CALLS = {
    "wash": "Disinfect", "take out": "Take out", "discard": "Discard", "test": "Dip a test strip into",
    "bin": "Put into the bin:", "replace": "Replace", "order": "Order",
}  # fmt: skip
_MOST_CODES = 20


def event_title(line: DueRow, length: Decimal | None, *, with_name: bool = False) -> str:
    """What is due as a calendar tells it: code and length, the name only where that is asked for.

    A calendar leaves the house, and reasons may hold what somebody wrote of a person; so it tells none.
    """
    is_named = with_name or line.what in _THINGS
    what = " · ".join(filter(None, (due_code(line), millimetres(length), line.name if is_named else "")))
    return f"{_CALLS[line.what]} {what}"


def digest_title(what: str, count: int, *, is_overdue: bool) -> str:
    """How many things of a kind are due on a day, or overdue."""
    things = plural(count, _THINGS.get(what, "roller"))
    return f"{'Overdue: ' if is_overdue else ''}{_CALLS[what]} {things}"


def digest_text(lines: Sequence[DueRow]) -> str:
    """Which they are, by code, as far as one reads."""
    named = [due_code(line) or line.name for line in lines[:_MOST_CODES]]
    more = f" and {len(lines) - _MOST_CODES:,} more" if lines[_MOST_CODES:] else ""
    return f"{', '.join(named)}{more}"


def calendar_written(events: int, cancelled: int, path: object) -> str:
    """That a calendar is written, and how much of it only says that something is over."""
    over = f", {cancelled:,} of them cancelled" if cancelled else ""
    return f"Wrote {plural(events + cancelled, 'event')}{over} to {path}."
