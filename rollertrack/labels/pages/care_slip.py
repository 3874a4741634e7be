"""The care slip on the roll of a label printer: as wide as the roll, as long as it needs."""

from collections.abc import Sequence

from rollertrack.errors import BadInput
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.layouts.layout import Face
from rollertrack.labels.media import Media
from rollertrack.labels.pages.canvas import Canvas

_TITLE, _TOPIC, _TEXT, _SMALL = 5.0, 3.4, 3.4, 2.8
_LEADING = 1.3
_BETWEEN = 1.8
_NARROWEST = 40.0
"""What is narrower breaks every line twice, in mm."""


def care_strip(title: str, lines: Sequence[tuple[str, str]], footer: Sequence[str], media: Media) -> Bitmap:
    """The slip as one label; BadInput for paper that it does not fit."""
    width = media.mm(media.width)
    height = _draw(Canvas(width, 1.0, media.dpi), title, lines, footer, media.mm(media.margin))
    room = None if media.length is None else media.mm(media.length)
    if media.grid is not None or width < _NARROWEST or (room is not None and room < height):
        raise BadInput(
            "media", f"{media.name} has no room for the slip; a roll such as 58mm or 80mm is right, or a PDF"
        )
    canvas = Canvas(width, room or height, media.dpi)
    _draw(canvas, title, lines, footer, media.mm(media.margin))
    return canvas.bitmap()


def _draw(
    canvas: Canvas, title: str, lines: Sequence[tuple[str, str]], footer: Sequence[str], edge: float
) -> float:
    """Draw it from the top; how long it came out, in mm."""
    room = canvas.width - 2 * edge
    y = edge + _TITLE
    canvas.text(edge, y, title, _TITLE, Face.BOLD, room=room)
    y += 1.8
    canvas.line(edge, y, canvas.width - edge, y, 0.4)
    y += _TOPIC + 1.5
    for topic, text in lines:
        y = canvas.paragraph(edge, y, topic, _TOPIC, room, _TOPIC * _LEADING, face=Face.BOLD)
        y = canvas.paragraph(edge, y, text, _TEXT, room, _TEXT * _LEADING) + _BETWEEN
    canvas.line(edge, y - _TEXT, canvas.width - edge, y - _TEXT)
    for line in footer:
        y = canvas.paragraph(edge, y, line, _SMALL, room, _SMALL * _LEADING)
    return y + edge
