"""Labels on A4 pages at their true size, for any office printer."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from PIL import Image, ImageDraw

from rollertrack.errors import BadInput
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.media import Media
from rollertrack.labels.raster import to_image

_A4_MM = (210.0, 297.0)
_EDGE_MM = 10.0
_GAP_MM = 3.0

Spot = tuple[int, int, Bitmap]
"""Where a label stands on its page: column and row of its top left dot."""


def pdf(bitmaps: Sequence[Bitmap], media: Media) -> bytes:
    """A PDF of as many A4 pages as needed, each dot of a label as large as on the media.

    To come out at true size it must be printed at 100 %, not fitted to the page.
    """
    pages = [_page(spots, media) for spots in pages_of(bitmaps, media)]
    file = BytesIO()
    pages[0].save(
        file, "PDF", save_all=True, append_images=pages[1:], resolution=media.dpi, title="RollerTrack labels"
    )
    return file.getvalue()


def pages_of(bitmaps: Sequence[Bitmap], media: Media) -> Iterator[list[Spot]]:
    """The labels placed left to right and top to bottom, page by page, with room to cut between them."""
    width, height = (media.dots(mm) for mm in _A4_MM)
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


def _page(spots: Sequence[Spot], media: Media) -> Image.Image:
    page = Image.new("1", (media.dots(_A4_MM[0]), media.dots(_A4_MM[1])), 1)
    pen = ImageDraw.Draw(page)
    half = media.dots(_GAP_MM) // 2
    for x, y, bitmap in spots:
        page.paste(to_image(bitmap), (x, y))
        # A hairline to cut along.
        pen.rectangle((x - half, y - half, x + bitmap.width + half, y + bitmap.height + half), outline=0)
    return page
