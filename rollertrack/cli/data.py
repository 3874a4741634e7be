"""`export`, `restore`."""

import json

from rollertrack.cli.context import Context
from rollertrack.errors import StoreFailed
from rollertrack.services import exporting, upkeep
from rollertrack.settings import database_path
from rollertrack.wiring import system_clock
from rollertrack.wording.done import not_all_exported


def export(context: Context) -> int:
    """The journal, a JSON line an entry; with --json, one document. Status 3 where it cannot all be read."""
    if context.arguments.csv is not None:
        return context.write_tables()
    lost: list[str] = []
    lines: list[str] = []
    for line in exporting.export(context.station):
        if not isinstance(line, str):
            lost.append(str(line))
        elif context.arguments.json:
            lines.append(line)
        else:
            context.out.raw_line(line)
    if context.arguments.json:
        context.out.document({"entries": [json.loads(line) for line in lines], "unreadable": lost})
    if not lost:
        return 0
    context.out.fail(StoreFailed(not_all_exported(lost)))
    return StoreFailed.exit_status


def restore(context: Context) -> int:
    """Put a backup in the place of the database."""
    database = database_path(context.settings)
    return context.tell(upkeep.restore(context.arguments.file, database, system_clock()))
