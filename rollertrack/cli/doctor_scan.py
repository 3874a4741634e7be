"""`doctor scanner`: one test code on the screen or on paper, and what a scan of it tells."""

import sys
from typing import Any, TextIO

from rollertrack.cli.context import Context
from rollertrack.cli.key_reader import keys_of, raw_terminal, read_scan
from rollertrack.cli.output import answering
from rollertrack.cli.shown_codes import code_lines, show, size_lacking
from rollertrack.diagnostics import printer as test_print
from rollertrack.diagnostics.health import all_well
from rollertrack.diagnostics.scan_report import Key, ScanReport, hear, report
from rollertrack.domain.code import TEST_PAYLOAD
from rollertrack.errors import BadInput
from rollertrack.wiring import printing_of

_LINES_OF_TEXT = 3
_LONGEST = 4_096


def scanner(context: Context) -> int:
    """Show or print one test code, read a scan of it, say what the scanner does; status 1 for a fault."""
    at_terminal = sys.stdin is not None and sys.stdin.isatty()
    if printed := _print_card(context):
        with answering(after_deed=True):
            context.out.say(printed)
        if not at_terminal:
            context.out.document({"message": printed})
            return 0
    elif at_terminal:
        _show_code(_stage(context))
    found = report(_scan_typed(context) if at_terminal else _scan_piped(), hear)
    context.out.say(f"Arrived: {found.arrived}", *(check.line for check in found.checks))
    context.out.document(_document(found))
    return 0 if all_well(found.checks) else 1


def _stage(context: Context) -> TextIO:
    """Where people look: a JSON document must stay alone on standard output."""
    return sys.stderr if context.out.as_json else sys.stdout


def _print_card(context: Context) -> str:
    """Print or write the test code where that was asked for; a sentence on it, empty where it was not."""
    typed = context.arguments
    if typed.printer and typed.to:
        raise BadInput("to", "give either --printer or --to, not both")
    if not (typed.printer or typed.to):
        return ""
    printing = printing_of(context.settings)
    card = test_print.scanner_card(printing, typed.printer, typed.media, to_file=typed.to is not None)
    if typed.to:
        return f"Wrote the test code to {test_print.write(card, typed.to, force=typed.force)}."
    outcome = test_print.send(printing, card)
    return f"The test code: {outcome.state}" + (f", {outcome.note}." if outcome.note else ".")


def _show_code(stage: TextIO) -> None:
    lines = code_lines(TEST_PAYLOAD)
    if lacking := size_lacking(stage, lines, _LINES_OF_TEXT):
        columns, rows = lacking
        raise BadInput(
            "terminal",
            f"the test code needs {columns} by {rows} characters in UTF-8; make it larger,"
            " or print the code with --printer NAME or --to FILE.png",
        )
    show(stage, lines)


def _scan_typed(context: Context) -> list[Key]:
    stage = _stage(context)
    try:
        with raw_terminal(sys.stdin.fileno(), stage) as wait:
            # Told once nothing that is typed can be lost.
            stage.write("Scan the code now; Ctrl+C leaves.")
            stage.flush()
            return read_scan(wait)
    except ImportError:
        stage.write("Scan the code now, then press Enter.\n")
        stage.flush()
        return _scan_piped()
    finally:
        stage.write("\n")


def _scan_piped() -> list[Key]:
    """The keys of one line that comes from elsewhere, without times."""
    if sys.stdin is None:
        return []
    line = sys.stdin.buffer.readline(_LONGEST)
    return list(keys_of(line.decode("utf-8", "replace")))


def _document(found: ScanReport) -> dict[str, Any]:
    match = found.match
    return {
        "understood": found.understood,
        "arrived": found.arrived,
        "scanner_layout": match.scanner,
        "computer_layouts": list(match.computers),
        "case": match.case.value,
        "before": match.before,
        "after": match.after,
        "lost": match.lost,
        "extra": match.extra,
        "ends_with": found.ends_with,
        "milliseconds": found.speed._asdict() if found.speed else None,
        "checks": [check.facts for check in found.checks],
    }
