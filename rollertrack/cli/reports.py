"""`report`: numbers for people, for programs, for a spreadsheet."""

from functools import partial
from shutil import get_terminal_size

from rollertrack.cli.context import Context
from rollertrack.cli.output import cells
from rollertrack.domain.reports import Report
from rollertrack.services import reporting, sealing, spans
from rollertrack.services.inspection_files import write_inspection
from rollertrack.wording import reports as say
from rollertrack.wording.dates import iso
from rollertrack.wording.seals import seal_line

_LONGEST_BAR, _GAPS = 40, 4


def _report(context: Context, name: str) -> int:
    typed, station = context.arguments, context.station
    context.check_table()
    made, seal = reporting.sealed_report(station, name, spans.period(station, typed.begin, typed.end))
    written = context.write_table(made.columns, reporting.table_rows(made))
    context.out.document({
        "report": made.name, "from": iso(made.period.since), "to": iso(made.period.until),
        "rows": made.documents(), "notes": list(made.notes), "seal": seal,
        "written": [written] if written else [],
    })  # fmt: skip
    if written == "":  # the rows stand on standard output, and nothing beside them
        return 0
    context.out.say(f"{say.TITLES[name]} · {say.span_text(made.period)}")
    if say.is_empty(made):
        context.out.say(say.NOTHING[name])
    else:
        context.out.say(*say.explained(made))
        context.out.table(say.report_lines(made, _room(made)))
        context.out.say(*made.notes)
    context.out.say(seal_line(seal))
    if written is not None:
        context.out.say(written)
    return 0


def _room(made: Report) -> int:
    """The cells that a bar may take of the terminal, beside the longest name and the longest numbers."""
    lines = say.report_lines(made, 1)
    told = max(cells(line.name) for line in lines) + max(cells(line.text) for line in lines)
    return max(1, min(_LONGEST_BAR, get_terminal_size().columns - told - _GAPS))


uses = partial(_report, name="uses")
washing = partial(_report, name="washing")
life = partial(_report, name="life")
stock = partial(_report, name="stock")
cost = partial(_report, name="cost")


def inspection(context: Context) -> int:
    """The inspector's report as a PDF."""
    typed, station = context.arguments, context.station
    span = spans.period(station, typed.begin, typed.end)
    with station.store.reading():
        done = write_inspection(station, typed.place, span, typed.pdf, page=typed.page, force=typed.force)
        seal = sealing.seal(station)
    context.out.document({
        "message": done.message, "from": iso(span.since), "to": iso(span.until), "seal": str(seal),
    })  # fmt: skip
    context.out.say(done.message, seal_line(seal))
    return 0
