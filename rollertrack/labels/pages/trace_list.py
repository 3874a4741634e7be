"""A trace on paper: a row for each thing found, with a box to tick once it is put aside, or told."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.layouts.layout import Face
from rollertrack.labels.pages.canvas import Align, Canvas
from rollertrack.labels.pages.pdf import Page, Picture, document
from rollertrack.labels.pages.sheet import page_named

_DPI = 300
_EDGE = 10.0
_HEAD = 27.0
_FOOT = 8.0
_ROW = 8.0
_BOX = 4.2
_TITLE = "Trace"
_FOOTER = "Tick what is put aside and who was told. Persons stand by their code: keep this sheet locked away."

# Columns: where they begin and how wide they are, from the left edge of the page.
_WHAT = (16.5, 20.0)
_CODE = (38.0, 26.0)
_NAME = (65.5, 30.0)
_WHEN = (97.0, 40.0)
_WHY = 138.5


class TraceLine(NamedTuple):
    """A row of the list in words; one with a `title` alone stands over others."""

    what: str = ""
    code: str = ""
    name: str = ""
    when: str = ""
    why: str = ""
    title: str = ""


def trace_list(
    lines: Sequence[TraceLine], subject: str, counts: Sequence[str], as_of: str, page: str = "A4"
) -> bytes:
    """A PDF of pages with a row for each line; `counts` stand above them, `as_of` is the time in words."""
    size = page_named(page)
    pictures = trace_pictures(lines, subject, counts, as_of, size)
    return document(
        (Page(*size, [Picture(0, 0, *size, picture)]) for picture in pictures),
        f"RollerTrack {_TITLE.lower()}",
    )


def trace_pictures(
    lines: Sequence[TraceLine], subject: str, counts: Sequence[str], as_of: str, size: tuple[float, float]
) -> Iterator[Bitmap]:
    """The pages one by one as pictures."""
    most = int((size[1] - 2 * _EDGE - _HEAD - _FOOT) / _ROW)
    count = max(1, -(-len(lines) // most))
    for number in range(1, count + 1):
        canvas = Canvas(*size, _DPI)
        _head(canvas, subject, counts, as_of)
        for place, line in enumerate(lines[(number - 1) * most : number * most]):
            _row(canvas, line, _EDGE + _HEAD + place * _ROW)
        baseline = canvas.height - _EDGE - 1.5
        canvas.text(_EDGE, baseline, _FOOTER, 3.0)
        canvas.text(
            canvas.width - _EDGE, baseline, f"page {number} of {count}", 3.0, Face.BOLD, align=Align.RIGHT
        )
        yield canvas.bitmap()


def _head(canvas: Canvas, subject: str, counts: Sequence[str], as_of: str) -> None:
    right, baseline = canvas.width - _EDGE, _EDGE + 7.5
    width = canvas.text(right, baseline, f"as of {as_of}", 5.0, Face.BOLD, align=Align.RIGHT)
    canvas.text(_EDGE, baseline, f"{_TITLE}: {subject}", 7.0, Face.BOLD, room=right - _EDGE - width - 4)
    for place, line in enumerate(counts):
        canvas.text(_EDGE, baseline + 6.2 + 4.8 * place, line, 3.4, room=right - _EDGE)
    canvas.line(_EDGE, _EDGE + _HEAD, right, _EDGE + _HEAD, 0.5)


def _row(canvas: Canvas, line: TraceLine, y: float) -> None:
    right, baseline = canvas.width - _EDGE, y + 5.2
    if line.title:
        canvas.text(_EDGE, baseline, line.title, 3.8, Face.BOLD, room=right - _EDGE)
        return
    canvas.box(_EDGE, y + (_ROW - _BOX) / 2, _BOX, _BOX)
    canvas.text(_WHAT[0], baseline, line.what, 3.2, Face.BOLD, room=_WHAT[1])
    canvas.text(_CODE[0], baseline, line.code, 3.2, Face.CODE, room=_CODE[1])
    for (left, room), text in ((_NAME, line.name), (_WHEN, line.when), ((_WHY, right - _WHY), line.why)):
        canvas.text(left, baseline, text, 3.0, room=room)
    canvas.line(_EDGE, y + _ROW, right, y + _ROW, 0.1)
