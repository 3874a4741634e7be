"""The wall sheet: every action card on one page, to be scanned with gloves on."""

from collections.abc import Sequence
from typing import NamedTuple

from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.layouts.layout import Face
from rollertrack.labels.pages.canvas import CAPITALS, Align, Canvas
from rollertrack.labels.pages.pdf import Page, Picture, document
from rollertrack.labels.pages.sheet import page_named

_DPI = 600
_EDGE = 12.0
_HEAD = 21.0
_FOOT = 12.0
_GAP = 6.0
_COLUMNS = 2
_BAND = 17.0
_TEXTS = 12.5
"""Room for the two lines under a code."""
_TITLE = "Action cards"
_RULES = (
    "A card waits 20 seconds for its roller, and a roller for its card; then the scan is forgotten.",
    "What it did stands on the screen. Scanned by mistake? UNDO takes the newest entry back.",
)


class WallCard(NamedTuple):
    """One card: its code, the word on it, what it does, and in which order to scan."""

    code: str
    word: str
    does: str
    order: str


def wall_sheet(cards: Sequence[WallCard], page: str = "A4") -> bytes:
    """A PDF of one page with every card: a large code, its word, what it does."""
    width, height = page_named(page)
    picture = wall_picture(cards, (width, height))
    return document(
        [Page(width, height, [Picture(0, 0, width, height, picture)])], f"RollerTrack {_TITLE.lower()}"
    )


def wall_picture(cards: Sequence[WallCard], size: tuple[float, float]) -> Bitmap:
    """The page as a picture of 600 dots per inch."""
    canvas = Canvas(*size, _DPI)
    _head(canvas)
    rows = -(-len(cards) // _COLUMNS)
    wide = (canvas.width - 2 * _EDGE - (_COLUMNS - 1) * _GAP) / _COLUMNS
    high = (canvas.height - 2 * _EDGE - _HEAD - _FOOT - (rows - 1) * _GAP) / rows
    sizes = (
        canvas.largest([card.word for card in cards], Face.BOLD, wide - 8, _BAND * 0.8),
        canvas.largest([card.does for card in cards], Face.BOLD, wide - 5, 3.7),
        canvas.largest([card.order for card in cards], Face.REGULAR, wide - 5, 3.2),
    )
    for place, card in enumerate(cards):
        row, column = divmod(place, _COLUMNS)
        x, y = _EDGE + column * (wide + _GAP), _EDGE + _HEAD + row * (high + _GAP)
        _card(canvas, card, (x, y, wide, high), sizes)
    _foot(canvas)
    return canvas.bitmap()


def _head(canvas: Canvas) -> None:
    canvas.text(_EDGE, _EDGE + 8.5, _TITLE, 10.5, Face.BOLD)
    canvas.text(canvas.width - _EDGE, _EDGE + 8.5, "RollerTrack", 4.6, Face.BOLD, align=Align.RIGHT)
    how = "Scan a card and then the roller, or the roller and then the card."
    canvas.text(_EDGE, _EDGE + 15.5, how, 4.4)


def _card(
    canvas: Canvas, card: WallCard, place: tuple[float, float, float, float], sizes: tuple[float, ...]
) -> None:
    x, y, wide, high = place
    middle = x + wide / 2
    word, does, order = sizes
    canvas.fill(x, y, wide, _BAND)
    baseline = y + (_BAND + CAPITALS * word) / 2
    canvas.text(middle, baseline, card.word, word, Face.BOLD, align=Align.CENTRE, inverse=True)
    canvas.box(x, y, wide, high, 0.35)
    side = min(wide, high - _BAND - _TEXTS)
    canvas.symbol(middle - side / 2, y + _BAND, side, card.code)
    canvas.text(middle, y + high - 9.0, card.does, does, Face.BOLD, align=Align.CENTRE)
    canvas.text(middle, y + high - 4.0, card.order, order, align=Align.CENTRE)


def _foot(canvas: Canvas) -> None:
    y = canvas.height - _EDGE - _FOOT + 7.2
    for line in _RULES:
        canvas.text(_EDGE, y, line, 3.3)
        y += 4.7
