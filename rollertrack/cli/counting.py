"""`count`: the shelf, from scans that some scanner kept."""

import re
import sys
from pathlib import Path
from typing import Any

from rollertrack.cli.context import Context
from rollertrack.cli.output import answering
from rollertrack.domain.shelf import Count, Seen, Tick
from rollertrack.errors import BadInput
from rollertrack.services import counting_stock
from rollertrack.services.stock_names import name_of
from rollertrack.wording import counting as say

_MOST_BYTES = 4_000_000
_LINE_ENDS = re.compile(r"[\r\n]+")
"""Nothing else ends a line: a sign between the fields of a maker's barcode is none."""


def count(context: Context) -> int:
    """What the scans come to; written down with --commit alone."""
    typed = context.arguments
    lines = [line for line in map(str.strip, _LINE_ENDS.split(_text(typed.scanned))) if line]
    if len(lines) > counting_stock.MOST_SCANS:
        most = counting_stock.MOST_SCANS
        raise BadInput("scanned", f"holds {len(lines):,} scans; at most {most:,} are right")
    with context.station.store.reading():
        product = name_of(context.station, typed.product) if typed.product else None
        found = counting_stock.counted(context.station, lines, product)
    message = ""
    if typed.commit:
        done = counting_stock.end_count(context.station, lines, product=product, **context.when_and_who)
        message = done.message
    with answering(after_deed=typed.commit):
        _show(context, found)
        context.out.say(message or "Nothing was written; --commit writes it down.")
        context.out.document({**_document(found), "committed": typed.commit, "message": message})
    return 0


def _text(name: str) -> str:
    """The scans of a file, or of standard input."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(_MOST_BYTES).decode(errors="replace")
        path = Path(name)
        if not path.is_file():
            raise BadInput("scanned", f"{name} is no file; a text file with a scan a line is right")
        with path.open("rb") as file:
            return file.read(_MOST_BYTES).decode(errors="replace")
    except OSError as error:
        raise BadInput(
            "scanned", f"{name} cannot be read: {(error.strerror or str(error)).lower()}"
        ) from None


def _show(context: Context, found: Count) -> None:
    now = context.station.clock()
    context.out.say(say.count_total(found))
    lines = [("missing", *say.missing_cells(each, now)) for each in found.missing]
    lines += [
        (say.TICKS[tick], *say.seen_cells(each)[1:], "")
        for tick in (Tick.UNEXPECTED, Tick.UNKNOWN, Tick.OTHER_KIND, Tick.TWICE)
        for each in found.of(tick)
    ]
    if lines:
        context.out.table(lines)


def _document(found: Count) -> dict[str, Any]:
    def codes(tick: Tick) -> list[str]:
        return [say.as_kept(each.code) for each in _once(found.of(tick))]

    return {
        "expected": len(found.expected),
        "found": found.found,
        "missing": [each.code for each in found.missing],
        "unexpected": codes(Tick.UNEXPECTED),
        "unknown": codes(Tick.UNKNOWN),
        "other": codes(Tick.OTHER_KIND),
        "twice": codes(Tick.TWICE),
    }


def _once(seen: Any) -> list[Seen]:
    return list({each.code: each for each in seen}.values())
