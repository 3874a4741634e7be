"""The outage sheet: a row per roller on paper, for the hours when the computer is down."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rollertrack.domain.code import shown
from rollertrack.domain.quantities import plural
from rollertrack.domain.words import State
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.layouts.layout import Face
from rollertrack.labels.pages.canvas import CAPITALS, Align, Canvas
from rollertrack.labels.pages.pdf import Page, Picture, document
from rollertrack.labels.pages.sheet import page_named

_DPI = 600
_EDGE = 10.0
_HEAD = 29.0
_FOOT = 9.0
_ROW = 17.0
_SYMBOL = 16.5
_TITLE = "Outage sheet"
_AFTERWARDS = "Afterwards scan each row, enter what is ticked with its time, then destroy this sheet."

# Columns: where they begin and how wide they are, from the left edge of the page.
_FACTS = (28.0, 51.0)
_STATE = (82.5, 25.5)
_TIMED = ((111.5, "used"), (130.0, "into soak"), (148.5, "out of soak"))
_FAULT = 168.5
_WHO = 181.5
_TICK = 4.5
_TIME = (_TICK + 1.2, 10.3)
"""The line for a time beside a box: where it begins and how long it is."""


class OutageRow(NamedTuple):
    """A roller as it stood at the time of printing: its state, and why or until when in a few words."""

    code: str
    name: str
    length: str
    person: str
    state: str
    stops: bool
    detail: str


def outage_sheet(rows: Sequence[OutageRow], as_of: str, chosen: str = "", page: str = "A4") -> bytes:
    """A PDF of pages with a row per roller, and boxes to tick for what happens meanwhile.

    `as_of` is the time of printing in words, `chosen` says which rollers these are when not all.
    """
    size = page_named(page)
    pictures = outage_pictures(rows, as_of, chosen, size)
    return document(
        (Page(*size, [Picture(0, 0, *size, picture)]) for picture in pictures),
        f"RollerTrack {_TITLE.lower()}",
    )


def outage_pictures(
    rows: Sequence[OutageRow], as_of: str, chosen: str, size: tuple[float, float]
) -> Iterator[Bitmap]:
    """The pages one by one as pictures of 600 dots per inch."""
    subject = plural(len(rows), "roller") + (f" · {chosen}" if chosen else "")
    most = rows_on_a_page(size)
    count = max(1, -(-len(rows) // most))
    for number in range(1, count + 1):
        on_it = rows[(number - 1) * most : number * most]
        yield _page(on_it, size, as_of, subject, f"page {number} of {count}")


def rows_on_a_page(size: tuple[float, float]) -> int:
    """How many rollers a page of that width and height in mm has room for."""
    return int((size[1] - 2 * _EDGE - _HEAD - _FOOT) / _ROW)


def _page(
    rows: Sequence[OutageRow], size: tuple[float, float], as_of: str, subject: str, number: str
) -> Bitmap:
    canvas = Canvas(*size, _DPI)
    _head(canvas, as_of, subject)
    for place, row in enumerate(rows):
        _row(canvas, row, _EDGE + _HEAD + place * _ROW)
    baseline = canvas.height - _EDGE - 1.5
    canvas.text(_EDGE, baseline, _AFTERWARDS, 3.2)
    canvas.text(canvas.width - _EDGE, baseline, number, 3.2, Face.BOLD, align=Align.RIGHT)
    return canvas.bitmap()


def _head(canvas: Canvas, as_of: str, subject: str) -> None:
    right, baseline = canvas.width - _EDGE, _EDGE + 7.5
    canvas.text(_EDGE, baseline, _TITLE, 9.5, Face.BOLD)
    canvas.text(right, baseline, f"as of {as_of}", 6.0, Face.BOLD, align=Align.RIGHT)
    baseline += 6.3
    canvas.text(_EDGE, baseline, subject, 3.6, room=95)
    canvas.text(right, baseline, "What happened after that is not on this sheet.", 3.6, align=Align.RIGHT)
    above, baseline = _EDGE + _HEAD - 5.4, _EDGE + _HEAD - 1.8
    canvas.text(_FACTS[0], above, "roller", 2.8, Face.BOLD)
    canvas.text(_STATE[0], above, "at that time", 2.8, Face.BOLD)
    for x, name in (*_TIMED, (_FAULT, "not ok"), (_WHO, "who")):
        canvas.text(x, above, name, 2.8, Face.BOLD)
    for x, _ in _TIMED:
        canvas.text(x + _TIME[0], baseline, "time", 2.5)
    canvas.line(_EDGE, _EDGE + _HEAD, right, _EDGE + _HEAD, 0.5)


def _row(canvas: Canvas, row: OutageRow, y: float) -> None:
    # In threes, as no label holds it: a scan of this sheet says nothing of the label on the roller.
    canvas.symbol(_EDGE, y + (_ROW - _SYMBOL) / 2, _SYMBOL, shown(row.code))
    _facts(canvas, row, y)
    _state(canvas, row, y)
    top = y + (_ROW - _TICK) / 2
    for x in (*(x for x, _ in _TIMED), _FAULT):
        canvas.box(x, top, _TICK, _TICK)
    for x, _ in _TIMED:
        canvas.line(x + _TIME[0], top + _TICK, x + sum(_TIME), top + _TICK)
    right = canvas.width - _EDGE
    canvas.line(_WHO, top + _TICK, right, top + _TICK)
    canvas.line(_EDGE, y + _ROW, right, y + _ROW, 0.1)


def _facts(canvas: Canvas, row: OutageRow, y: float) -> None:
    left, room = _FACTS
    used = canvas.text(left, y + 5.2, shown(row.code), 3.9, Face.CODE)
    canvas.text(left + room, y + 5.2, row.length, 3.7, Face.BOLD, align=Align.RIGHT, room=room - used - 2)
    canvas.text(left, y + 9.9, row.name, 3.4, room=room)
    canvas.text(left, y + 14.4, row.person or "no person yet", 3.0, room=room)


def _state(canvas: Canvas, row: OutageRow, y: float) -> None:
    left, room = _STATE
    size = canvas.largest(tuple(State), Face.BOLD, room, 3.8)
    baseline = y + 5.2
    if row.stops:
        canvas.fill(left, baseline - CAPITALS * size - 1.1, room, CAPITALS * size + 2.2)
    canvas.text(left + row.stops, baseline, row.state, size, Face.BOLD, inverse=row.stops)
    canvas.paragraph(left, y + 10.2, row.detail, 2.9, room, 4.0, most=2)
