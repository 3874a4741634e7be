"""`printer`: the printers of this station."""

from collections.abc import Mapping

from rollertrack.cli.context import Context
from rollertrack.errors import BadInput


def list_printers(context: Context) -> int:
    """Every printer of the settings."""
    from rollertrack.services.labels import printers

    rows = printers.list_printers(context.printing_station)
    context.out.document(
        {
            "printers": [
                {"name": row.name, **row.facts, "paper": row.paper, "usual": row.usual, "fault": row.fault}
                for row in rows
            ]
        }
    )
    if not rows:
        context.out.say(
            "No printer is set; `rollertrack printer find` shows what is plugged in, "
            "`rollertrack printer add NAME --place PLACE` sets one."
        )
        return 0
    context.out.table(
        [
            (row.name, row.place, row.paper, _options(row.facts), "usual" if row.usual else "", row.fault)
            for row in rows
        ]
    )
    return 0


def _options(facts: Mapping[str, str]) -> str:
    return ", ".join(f"{key} {value}" for key, value in facts.items() if key not in {"place", "media"})


def find(context: Context) -> int:
    """Every printer of this computer, with the call that keeps it."""
    from rollertrack.services.labels.discovery import find_printers
    from rollertrack.wording import discovery as say

    findings = find_printers(context.printing_station)
    context.out.document(
        {
            "found": [
                {
                    "title": each.title,
                    "name": each.name,
                    **each.facts,
                    "kept_as": each.kept_as,
                    "trouble": each.trouble,
                    "command": each.command,
                }
                for each in findings.printers
            ],
            "notes": list(findings.notes),
        }
    )
    if context.out.as_json:
        return 0
    if not findings.printers:
        context.out.say(say.NOTHING)
    else:
        rows = [(each.title, say.kept_as(each.kept_as) if each.kept_as else each.command)
                for each in findings.printers]  # fmt: skip
        context.out.table(rows)
    for each in findings.printers:
        if each.trouble:
            context.out.warn(say.found_trouble(each.title, each.trouble))
    for note in findings.notes:
        context.out.warn(note)
    return 0


def add(context: Context) -> int:
    """Keep a new printer in the settings."""
    from rollertrack.services.labels import printers

    name = context.arguments.name
    if any(row.name == name for row in printers.list_printers(context.printing_station)):
        raise BadInput("name", f"“{name[:40]}” is set already; `printer edit` changes it")
    return _save(context)


def edit(context: Context) -> int:
    """Change a printer of the settings; an empty text unsets what it stands for."""
    from rollertrack.services.labels import printers

    name = context.arguments.name
    if not any(row.name == name for row in printers.list_printers(context.printing_station)):
        raise BadInput("name", f"“{name[:40]}” is not known; `printer list` shows what is set")
    return _save(context)


def _save(context: Context) -> int:
    from rollertrack.services.labels import printers

    facts = _facts(context)
    if not facts:
        raise BadInput("place", "give something to set, such as --place tcp://HOST:9100")
    return context.tell(printers.save_printer(context.printing_station, context.arguments.name, facts))


def _facts(context: Context) -> dict[str, str]:
    from rollertrack.services.labels.printers import PRINTER_KEYS

    typed = vars(context.arguments)
    return {key: typed[key] for key in PRINTER_KEYS if typed.get(key) is not None}


def remove(context: Context) -> int:
    """Remove a printer from the settings."""
    from rollertrack.services.labels import printers

    return context.tell(printers.remove_printer(context.printing_station, context.arguments.name))
