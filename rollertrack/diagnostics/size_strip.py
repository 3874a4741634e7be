"""Test prints: a strip that finds the smallest code printed and read, and a card that tells of a scanner."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rollertrack.domain.code import MARKS, TEST_CODE, TEST_PAYLOAD
from rollertrack.errors import BadInput
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.layouts.layout import Box, Face, Layout, Measure, Symbol, Text
from rollertrack.labels.media import Media
from rollertrack.labels.qr import QUIET_ZONE, matrix

SIZES = dict(zip((2, 3, 4, 5, 6, 8, 10, 12, 16, 20), MARKS, strict=True))
"""Dots a module, each with the letter that stands before the test code in a symbol of that size."""
_LEAST_MM, _EASY_MM, _MOST_MM = 0.16, 0.75, 1.05
_SIDE = 21 + 2 * QUIET_ZONE
"""Modules of a symbol of ten letters, with its quiet zone."""
_CAPTION_MM = 1.9
_LINE = 1.25
_GAP_MM = 1.0
_RULER_MM = 5.0
_LEAST_LENGTH_WITH_RULER = 25.0


@dataclass(frozen=True, slots=True)
class Stamp:
    """One symbol of the strip with the lines under it."""

    symbol: Symbol
    captions: tuple[Text, Text]

    @property
    def payload(self) -> str:
        """What the symbol holds: its size as a mark, and the test code."""
        return SIZES[self.symbol.module] + TEST_CODE


@dataclass(frozen=True, slots=True)
class Page:
    """One label of a strip, in dots; a roll has but one."""

    width: int
    height: int
    stamps: tuple[Stamp, ...]
    ruler: int
    """Rows at the top that the ruler takes; 0 where there is none."""


def sizes(media: Media) -> tuple[int, ...]:
    """The dots a module worth trying on a media: not finer than any reads, not larger than any needs."""
    room = min(media.width, media.length or media.width) - 2 * media.margin
    return tuple(dots for dots in SIZES if _LEAST_MM <= media.mm(dots) <= _MOST_MM and _SIDE * dots <= room)


def module_of(mark: str) -> int | None:
    """The dots a module of the symbol that carries a mark."""
    return next((dots for dots, letter in SIZES.items() if letter == mark), None)


def place(media: Media, measure: Measure) -> tuple[Page, ...]:
    """The symbols in rising size, left to right and top to bottom, on as many labels as they need.

    BadInput when not even the smallest fits.
    """
    setter = _Setter(media, measure)
    for dots in sizes(media):
        setter.add(dots)
    pages = tuple(setter.pages())
    if not pages:
        raise BadInput("media", f"{media.name} is too small for a test strip; larger paper is right")
    return pages


class _Setter:
    """Fills one label after the other."""

    def __init__(self, media: Media, measure: Measure) -> None:
        self._media = media
        self._measure = measure
        self._size = media.dots(_CAPTION_MM)
        long_enough = media.length is None or media.length >= media.dots(_LEAST_LENGTH_WITH_RULER)
        self._ruler = media.dots(_RULER_MM) if long_enough else 0
        self._done: list[Page] = []
        self._begin()

    def _begin(self) -> None:
        self._stamps: list[Stamp] = []
        self._x = self._media.margin
        self._top = self._y = max(self._media.margin, self._ruler)
        self._row_height = 0

    def add(self, dots: int) -> None:
        """Put a symbol where there is room for it; one that fits on no label is left out."""
        texts = (f"{dots} dots", f"{self._media.mm(dots):.2f} mm")
        side = dots * _SIDE
        width = max(side, *(self._measure(text, self._size, Face.REGULAR) for text in texts))
        height = side + 2 * self._line
        if self._x + width > self._media.width - self._media.margin:
            self._x, self._y, self._row_height = self._media.margin, self._y + self._row_height + self._gap, 0
        if self._overflows(height):
            self._end_page()
        if self._overflows(height) or self._x + width > self._media.width - self._media.margin:
            return
        self._stamps.append(self._stamp(dots, texts, width))
        self._x += width + self._gap
        self._row_height = max(self._row_height, height)

    @property
    def _line(self) -> int:
        return round(self._size * _LINE)

    @property
    def _gap(self) -> int:
        return self._media.dots(_GAP_MM)

    def _overflows(self, height: int) -> bool:
        length = self._media.length
        return length is not None and self._y + height > length - self._media.margin

    def _stamp(self, dots: int, texts: tuple[str, str], width: int) -> Stamp:
        side = dots * _SIDE
        box = Box(self._x + (width - side) // 2, self._y, side, side)
        first, second = (
            self._caption(text, width, self._y + side + place * self._line)
            for place, text in enumerate(texts)
        )
        return Stamp(Symbol(box, dots), (first, second))

    def _caption(self, text: str, room: int, y: int) -> Text:
        width = self._measure(text, self._size, Face.REGULAR)
        return Text(Box(self._x + (room - width) // 2, y, width, self._line), text, self._size, Face.REGULAR)

    def _end_page(self) -> None:
        if self._stamps:
            # A roll is cut below what was printed.
            height = self._media.length or self._y + self._row_height + self._media.margin
            self._done.append(Page(self._media.width, height, tuple(self._stamps), self._ruler))
            self._ruler = 0
        self._begin()

    def pages(self) -> Iterator[Page]:
        """Every label that holds a symbol."""
        self._end_page()
        yield from self._done


def draw(media: Media) -> tuple[Bitmap, ...]:
    """The pictures of the strip, one a label."""
    from rollertrack.labels import fonts

    return tuple(_drawn(page, media) for page in place(media, fonts.measure))


def _drawn(page: Page, media: Media) -> Bitmap:
    from rollertrack.labels import raster

    captions = tuple(text for stamp in page.stamps for text in stamp.captions)
    captions += tuple(_ruler_texts(page, media))
    image = raster.to_image(raster.draw(Layout(page.width, page.height, captions), ()))
    for stamp in page.stamps:
        box = stamp.symbol.box
        alone = Layout(
            box.width, box.height, (Symbol(Box(0, 0, box.width, box.height), stamp.symbol.module),)
        )
        image.paste(raster.to_image(raster.draw(alone, matrix(stamp.payload))), (box.x, box.y))
    for line in ruler_lines(page, media):
        image.paste(0, (line.x, line.y, line.right, line.bottom))
    return raster.from_image(image)


def ruler_lines(page: Page, media: Media) -> Iterator[Box]:
    """The lines of the ruler: one a millimetre from the first dot of the paper, longer at 5 and 10."""
    for mm in range(int(media.mm(page.width)) + 1 if page.ruler else 0):
        x = media.dots(mm)
        if x < page.width:
            long = 3.0 if mm % 10 == 0 else 2.2 if mm % 5 == 0 else 1.4
            yield Box(x, 0, 1, media.dots(long))


def _ruler_texts(page: Page, media: Media) -> Sequence[Text]:
    """The centimetres beside their lines."""
    from rollertrack.labels import fonts

    size = page.ruler // 3
    texts = []
    for mm in range(10, int(media.mm(page.width)) + 1 if page.ruler else 0, 10):
        width = fonts.measure(str(mm), size, Face.REGULAR)
        box = Box(media.dots(mm) + 3, media.dots(1.6), width, round(size * _LINE))
        if box.right <= page.width:
            texts.append(Text(box, str(mm), size, Face.REGULAR))
    return texts


def scanner_card(media: Media) -> Bitmap:
    """One symbol with everything that tells of a scanner, of an easy size; BadInput where it does not fit."""
    from rollertrack.labels import raster

    modules = matrix(TEST_PAYLOAD)
    count = len(modules) + 2 * QUIET_ZONE
    module = min(media.dots(_EASY_MM), min(media.width, media.length or media.width) // count)
    if module < max(1, media.dots(_LEAST_MM)):
        raise BadInput("media", f"{media.name} is too small for the test code; larger paper is right")
    side = module * count
    height = media.length or side
    box = Box((media.width - side) // 2, (height - side) // 2, side, side)
    return raster.draw(Layout(media.width, height, (Symbol(box, module),)), modules)
