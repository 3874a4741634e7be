"""Labels on pages at their true size: on label sheets place by place, or on A4 to be cut out."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rollertrack.errors import BadInput
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.media import PAGES, Grid, Media
from rollertrack.labels.pages.pdf import Outline, Page, Picture, document

A4 = PAGES["A4"]
_EDGE_MM = 10.0
_GAP_MM = 3.0
_ROUNDING_MM = 0.25
_MOST_OFFSET_MM = 50.0
_LEAST_SCALE, _MOST_SCALE = 80.0, 125.0

Spot = tuple[int, int, Bitmap]
"""Where a label stands on its page: column and row of its top left dot."""


class Fit(NamedTuple):
    """How a printer needs its pages laid to come out true: mm to the right and down, and percent.

    A page is scaled about its top left corner first and moved then.
    """

    right: float = 0.0
    down: float = 0.0
    scale: float = 100.0

    def checked(self) -> "Fit":
        """The same, or BadInput when no printer can be that far off."""
        # Written so that "not a number" fails too.
        if not all(abs(mm) <= _MOST_OFFSET_MM for mm in (self.right, self.down)):
            fault = f"{self.right:g}, {self.down:g} mm is out of range"
            raise BadInput("offset", f"{fault}; {-_MOST_OFFSET_MM:g} to {_MOST_OFFSET_MM:g} mm is right")
        if not _LEAST_SCALE <= self.scale <= _MOST_SCALE:
            fault = f"{self.scale:g} % is out of range"
            raise BadInput("scale", f"{fault}; {_LEAST_SCALE:g} to {_MOST_SCALE:g} percent is right")
        return self

    @property
    def factor(self) -> float:
        """The scale as a number to multiply with."""
        return self.scale / 100

    def laid(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page goes; all in mm."""
        return x * self.factor + self.right, y * self.factor + self.down


def pdf(
    bitmaps: Sequence[Bitmap], media: Media, *,
    start: int = 1, offset: tuple[float, float] = (0.0, 0.0), scale: float = 100.0,
) -> bytes:  # fmt: skip
    """A PDF of as many pages as the labels need, each dot of a label as large as on the media.

    On a sheet with a grid the first label takes the `start`-th place, counted from 1 at the top left, row
    by row; the next pages begin at 1. Other media are laid on A4 with lines to cut along. `offset` (mm to
    the right and down) and `scale` (percent, about the top left corner) make up for a printer's faults.
    Raises BadInput when a label does not fit its place, or would leave the page.
    """
    fit = Fit(*offset, scale).checked()
    if media.grid is not None:
        pages = placed(bitmaps, media, start)
        size = (media.grid.page_width, media.grid.page_height)
    else:
        pages, size = pages_of(bitmaps, media), A4
    return document((_page(spots, media, size, fit) for spots in pages), "RollerTrack labels")


def page_named(name: str) -> tuple[float, float]:
    """The width and height of a page in mm by its name, in any case; BadInput lists the known ones."""
    sizes = {known.casefold(): size for known, size in PAGES.items()}
    size = sizes.get(name.strip().casefold())
    if size is None:
        raise BadInput("page", f"“{name[:20]}” is not known; {' or '.join(PAGES)} is right")
    return size


def corners(grid: Grid) -> list[tuple[float, float]]:
    """The top left corner of every place of a sheet in mm, in the order they are filled."""
    return [
        (grid.left + column * grid.across, grid.top + row * grid.down)
        for row in range(grid.rows)
        for column in range(grid.columns)
    ]


def placed(bitmaps: Sequence[Bitmap], media: Media, start: int) -> Iterator[list[Spot]]:
    """The labels on the places of a sheet from the `start`-th on, page by page."""
    places = [(media.dots(x), media.dots(y)) for x, y in corners(_grid_of(media, start))]
    for bitmap in bitmaps:
        if bitmap.width > media.width or bitmap.height > (media.length or bitmap.height):
            raise BadInput("media", f"a label is larger than one of {media.name}; larger labels are right")
    first = start - 1
    for begin in range(-first, len(bitmaps), len(places)):
        page = bitmaps[max(0, begin) : begin + len(places)]
        yield [(x, y, bitmap) for (x, y), bitmap in zip(places[max(0, -begin) :], page, strict=False)]


def _grid_of(media: Media, start: int) -> Grid:
    if media.grid is None:
        raise BadInput("media", f"{media.name} is no sheet of labels")
    if not 1 <= start <= media.grid.positions:
        raise BadInput(
            "start", f"{start} is out of range; {media.name} has places 1 to {media.grid.positions}"
        )
    return media.grid


def pages_of(bitmaps: Sequence[Bitmap], media: Media) -> Iterator[list[Spot]]:
    """The labels left to right and top to bottom on A4, page by page, with room to cut between them."""
    width, height = (media.dots(mm) for mm in A4)
    edge, gap = media.dots(_EDGE_MM), media.dots(_GAP_MM)
    x = y = edge
    row_height = 0
    page: list[Spot] = []
    for bitmap in bitmaps:
        if bitmap.width > width - 2 * edge or bitmap.height > height - 2 * edge:
            raise BadInput("to", "a label is larger than an A4 page; a PNG file is right")
        if x + bitmap.width > width - edge:
            x, y, row_height = edge, y + row_height + gap, 0
        if y + bitmap.height > height - edge:
            yield page
            x, y, row_height, page = edge, edge, 0, []
        page.append((x, y, bitmap))
        x += bitmap.width + gap
        row_height = max(row_height, bitmap.height)
    yield page


def _page(spots: Sequence[Spot], media: Media, size: tuple[float, float], fit: Fit) -> Page:
    pictures = [_picture(spot, media, fit) for spot in spots]
    _check_inside(pictures, size, media.mm(media.margin), fit)
    return Page(*size, pictures, () if media.grid else _cut_lines(pictures))


def _picture(spot: Spot, media: Media, fit: Fit) -> Picture:
    left, top, bitmap = spot
    x, y = fit.laid(media.mm(left), media.mm(top))
    width, height = media.mm(bitmap.width) * fit.factor, media.mm(bitmap.height) * fit.factor
    # On whole dots again: a printer would make some modules of a code wider than others otherwise.
    return Picture(media.mm(media.dots(x)), media.mm(media.dots(y)), width, height, bitmap)


def _check_inside(pictures: Sequence[Picture], size: tuple[float, float], margin: float, fit: Fit) -> None:
    """BadInput when ink would leave the page; the blank edge of a label may."""
    over = {
        "left": max((-p.x for p in pictures), default=0.0),
        "top": max((-p.y for p in pictures), default=0.0),
        "right": max((p.x + p.width - size[0] for p in pictures), default=0.0),
        "bottom": max((p.y + p.height - size[1] for p in pictures), default=0.0),
    }
    edge = max(over, key=over.__getitem__)
    if over[edge] > margin + _ROUNDING_MM:
        fault = f"a label would leave the page by {over[edge]:.1f} mm at the {edge}"
        if fit == Fit():
            raise BadInput("media", f"{fault}; other measures of the sheet are right")
        raise BadInput("offset" if fit.scale == Fit().scale else "scale", f"{fault}; a smaller one is right")


def _cut_lines(pictures: Iterable[Picture]) -> list[Outline]:
    half = _GAP_MM / 2
    return [Outline(at.x - half, at.y - half, at.width + _GAP_MM, at.height + _GAP_MM) for at in pictures]
