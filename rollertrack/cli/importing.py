"""`import`: a file of any program, first without writing anything."""

from typing import Any

from rollertrack.cli.context import Context
from rollertrack.domain.text import excerpt
from rollertrack.services import importing
from rollertrack.services.importing import KNOWN, NEW, SKIPPED, WRONG, How, Plan
from rollertrack.wording import importing as say

_BAD = 2


def import_file(context: Context) -> int:
    """What becomes of each row; written with --commit alone. Status 2 where a row is wrong."""
    typed = context.arguments
    how = How(tuple(typed.columns or ()), typed.encoding, typed.delimiter, typed.dates)
    plan = importing.planned(context.station, typed.file, how)
    message, codes = "", []
    wrong = plan.of(WRONG)
    is_stopped = bool(wrong) and not typed.skip_bad
    if typed.commit and not is_stopped:
        done = importing.import_file(
            context.station, typed.file, how, skip_bad=typed.skip_bad, **context.when_and_who
        )
        message, codes = done.message, list(done.codes)
    elif is_stopped:
        message = say.wrong_rows(len(wrong), wrong[0].line, wrong[0].text).at_prompt
    context.out.document(
        _document(plan) | {"committed": typed.commit and not is_stopped, "codes": codes, "message": message}
    )
    _say(context, plan)
    context.out.say(message or "Nothing was written; --commit does it.")
    return _BAD if is_stopped else 0


def _say(context: Context, plan: Plan) -> None:
    table = plan.source.table
    doubtful = table.doubtful
    seen = (doubtful.number, excerpt(" ".join(doubtful.cells), 60)) if doubtful else None
    context.out.say(
        say.read_as(table.encoding, table.delimiter, seen),
        say.columns_text(table.columns, plan.source.used).at_prompt,
    )
    if unused := say.unused_text(table.columns, plan.source.used):
        context.out.say(unused)
    context.out.table([(f"line {each.line}", each.fate, each.text) for each in plan.fates])
    numbers = [len(plan.of(fate)) for fate in (NEW, KNOWN, SKIPPED, WRONG)]
    context.out.say(f"{say.counts(numbers[0], plan.rollers, *numbers[1:])}.")


def _document(plan: Plan) -> dict[str, Any]:
    table = plan.source.table
    return {
        "rows": [{"line": each.line, "fate": each.fate, "text": each.text} for each in plan.fates],
        "columns": {
            field: [table.columns[place] for place in places] for field, places in plan.source.used.items()
        },
        "encoding": table.encoding, "delimiter": table.delimiter,
        "doubtful_line": table.doubtful.number if table.doubtful else None,
        **{fate: len(plan.of(fate)) for fate in (NEW, KNOWN, SKIPPED, WRONG)},
        "rollers": plan.rollers,
    }  # fmt: skip
