"""`due`, and what lies in a sharps bin."""

from collections.abc import Iterator, Sequence
from typing import Any

from rollertrack.cli.context import Context
from rollertrack.domain.code import shown
from rollertrack.domain.rows import DueRow
from rollertrack.domain.text import whole_number
from rollertrack.errors import BadInput
from rollertrack.services import bins, due_calendar
from rollertrack.services.due import Due
from rollertrack.services.due import due as what_is_due
from rollertrack.services.policies import recalculation_notes
from rollertrack.wording import due as words
from rollertrack.wording.dates import iso, spoken_day, spoken_moment
from rollertrack.wording.records import roller_cells

_USUAL_DAYS = "30"
_MOST_DAYS_AHEAD = 36_500


def due(context: Context) -> int:
    """What is to be done, in groups by date; status 1 when something is overdue and not put off."""
    typed, station = context.arguments, context.station
    usual = str(due_calendar.AHEAD) if typed.ics is not None else _USUAL_DAYS
    days = whole_number("within", usual if typed.within is None else typed.within, 0, _MOST_DAYS_AHEAD)
    if typed.ics is None and (typed.digest or typed.names):
        raise BadInput("ics", "is missing; --digest and --names say what the calendar of --ics holds")
    context.check_table()
    written: list[str | None] = []
    if context.is_output("ics", typed.ics):
        context.out.data(due_calendar.calendar_of(station, days, digest=typed.digest, names=typed.names))
        written.append("")
    elif typed.ics is not None:
        written.append(
            due_calendar.write_calendar(
                station, typed.ics, within_days=days, digest=typed.digest, names=typed.names
            ).message
        )
    with station.store.reading():
        found, now = what_is_due(station, days), station.clock()
        notes = recalculation_notes(station)
    for note in notes:
        context.out.warn(note)
    documents = [_document(line, words.group_of(line, now)) for line in found.lines]
    put_off = [_document(line, words.SNOOZED) for line in found.snoozed]
    written.append(context.write_table(_COLUMNS, [*documents, *put_off]))
    told = " ".join(filter(None, written))
    overdue = len(found.overdue(now))
    context.out.document(
        {
            "due": documents, "snoozed": put_off,
            "overdue": overdue, "later": found.later, "warnings": list(notes),
            **({"written": told} if told else {}),
        }
    )  # fmt: skip
    if any(each is not None for each in written):
        context.out.say(*filter(None, [told]))
        return 1 if overdue else 0
    _say(context, found, now, days, in_full=typed.all)
    return 1 if overdue else 0


_COLUMNS = ("group", "on", "what", "code", "name", "because", "until", "reason")


def _document(line: DueRow, group: str) -> dict[str, Any]:
    put_off = {"until": iso(line.snoozed_until), "reason": line.why} if line.snoozed_until else {}
    return {
        "code": line.code, "name": line.name, "what": line.what, "on": iso(line.on), "because": line.because,
        "group": group, **put_off,
    }  # fmt: skip


def _say(context: Context, found: Due, now: int, days: int, *, in_full: bool) -> None:
    groups = [*words.grouped(found.lines, now)]
    if found.snoozed:
        groups.append((words.SNOOZED, found.snoozed))
    rows = [(name, list(_rows(lines, now, in_full=in_full))) for name, lines in groups]
    if not found.lines:
        context.out.say(words.nothing_due(days))
    cells = iter(context.out.columns([row for _, each in rows for row in each]))
    for name, each in rows:
        context.out.say(name, *(f"  {next(cells)}" for _ in each))
    if found.later:
        context.out.say(words.due_later(found.later))


def _rows(lines: Sequence[DueRow], now: int, *, in_full: bool) -> Iterator[tuple[str, ...]]:
    """The lines of a group, or one for each kind of which there are many."""
    for line in lines if in_full else words.alike(lines):
        yield words.several_cells(line, now) if isinstance(line, words.Alike) else words.due_cells(line)


def show_bin(context: Context) -> int:
    """A sharps bin, and what lies in it."""
    found = bins.show_bin(context.station, context.arguments.code)
    row = found.row
    context.out.document(
        {
            "code": row.code, "label": row.label, "registered_at": iso(row.registered_at),
            "closed_at": iso(row.closed_at), "collected_at": iso(row.collected_at),
            "hauler": found.hauler or None, "receipt": found.receipt or None,
            "rollers": [
                {"code": each.code, "name": each.name, "lot": each.lot or None, "detail": each.detail}
                for each in found.rollers
            ],
        }
    )  # fmt: skip
    taken = " · ".join(filter(None, (spoken_moment(row.collected_at), found.hauler, found.receipt)))
    fields = (
        ("code", shown(row.code)), ("label", row.label), ("begun", spoken_day(row.registered_at)),
        ("closed", spoken_moment(row.closed_at)), ("taken away", taken),
        ("rollers", f"{len(found.rollers):,}"),
    )  # fmt: skip
    context.out.table([(name, value) for name, value in fields if value])
    if found.rollers:
        context.out.say("")
        context.out.table(map(roller_cells, found.rollers))
    return 0
