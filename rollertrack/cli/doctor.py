"""`doctor` and `doctor printer`."""

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rollertrack.cli.context import Context
from rollertrack.cli.output import answering
from rollertrack.diagnostics import printer as test_print
from rollertrack.diagnostics.doctor import checkup_of
from rollertrack.diagnostics.health import Check, all_well
from rollertrack.diagnostics.printer import COARSEST, FINEST, Strip
from rollertrack.domain.text import whole_number
from rollertrack.errors import RollerTrackError
from rollertrack.services.labels.printer_settings import Printing
from rollertrack.settings import DATABASE_VARIABLE, Settings
from rollertrack.wiring import printing_of, system_clock

if TYPE_CHECKING:
    from rollertrack.labels.printer import Printer


def everything(context: Context) -> int:
    """Look at everything a station needs; status 1 when something does not work."""
    checks = []
    for check in _checkup(context):
        context.out.say(check.line)
        checks.append(check)
    well = all_well(checks)
    context.out.document({"ok": well, "checks": [check.facts for check in checks]})
    return 0 if well else 1


def _checkup(context: Context) -> Iterator[Check]:
    try:
        return of_station(context.settings)
    except RollerTrackError as error:
        named = context.database or os.environ.get(DATABASE_VARIABLE)
        return checkup_of(Settings(database=named), None, system_clock(), error)


def of_station(settings: Settings) -> Iterator[Check]:
    """Every check of a station with these settings."""
    return checkup_of(settings, printing_of(settings), system_clock())


def printer(context: Context) -> int:
    """Print one strip of codes at rising sizes; the smallest that is scanned back becomes the setting."""
    typed, printing = context.arguments, printing_of(context.settings)
    if typed.module is not None:
        module = whole_number("module", typed.module, FINEST, COARSEST)
        return _keep(context, printing, printing.printer(typed.name), module)
    strip = test_print.strip(printing, typed.name, typed.media, to_file=typed.to is not None)
    dots = ", ".join(map(str, strip.modules))
    if typed.to is not None:
        written = test_print.write(strip, typed.to, force=typed.force)
        message = f"Wrote a strip with codes of {dots} dots a module to {written}."
    else:
        outcome = test_print.send(printing, strip)
        message = f"A strip with codes of {dots} dots a module: {outcome.state}"
        message += f", {outcome.note}." if outcome.note else "."
    with answering(after_deed=True):
        context.out.say(message)
    on = strip.printer
    if on and on.name and sys.stdin is not None and sys.stdin.isatty() and not context.out.as_json:
        return _ask(context, printing, strip, on)
    name = on.name if on else ""
    context.out.say(
        f"`rollertrack doctor printer {name or 'NAME'} --module N` keeps the smallest that reads."
    )
    context.out.document({"message": message, "printer": name or None, "modules": list(strip.modules)})
    return 0


def _ask(context: Context, printing: Printing, strip: Strip, on: "Printer") -> int:
    context.out.say(
        "Scan the smallest code that reads, or type the dots under it. Enter alone changes nothing."
    )
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line.strip():
        context.out.say("Nothing was changed.")
        return 0
    return _keep(context, printing, on, test_print.module_read(line, strip))


def _keep(context: Context, printing: Printing, on: "Printer", module: int) -> int:
    message = test_print.keep_module(printing, on, module)
    with answering(after_deed=True):
        context.out.say(message)
        context.out.document({"message": message, "printer": on.name, "module": module})
    return 0
