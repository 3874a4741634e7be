"""`export`, `backup`, `restore`, `verify`, `rebuild`."""

import json
from dataclasses import asdict

from rollertrack.cli.context import Context
from rollertrack.services import upkeep
from rollertrack.wiring import database_path, system_clock


def export(context: Context) -> int:
    """The whole journal, a JSON line an entry; with --json, one document."""
    if context.arguments.json:
        lines = upkeep.export(context.station)
        context.out.document({"entries": [json.loads(line) for line in lines]})
        return 0
    for line in upkeep.export(context.station):
        context.out.raw_line(line)
    return 0


def backup(context: Context) -> int:
    """Write a proved copy."""
    return context.tell(upkeep.backup(context.station, context.arguments.file))


def restore(context: Context) -> int:
    """Put a backup in the place of the database."""
    database = database_path(context.settings)
    return context.tell(upkeep.restore(context.arguments.file, database, system_clock()))


def verify(context: Context) -> int:
    """Prove that journal and lists agree; status 1 and the first bad row when they do not."""
    found = upkeep.verify(context.station)
    context.out.document({"ok": not found.fault, **asdict(found)})
    if found.fault:
        context.out.say(f"FAULT: {found.fault}")
        return 1
    context.out.say(f"All agree: {found.events:,} entries in {found.streams:,} records.")
    return 0


def rebuild(context: Context) -> int:
    """Derive the lists anew."""
    return context.tell(upkeep.rebuild(context.station))
