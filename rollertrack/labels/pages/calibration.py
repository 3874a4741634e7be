"""Test pages: what a printer does to a length and to a place, made visible."""

from collections.abc import Iterator

from rollertrack.errors import BadInput
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.layouts.layout import Face
from rollertrack.labels.media import Grid, Media
from rollertrack.labels.pages.canvas import Align, Canvas
from rollertrack.labels.pages.pdf import Page, Picture, document
from rollertrack.labels.pages.sheet import Fit, corners

_BAR = 100.0
_EDGE = 5.0
"""From the edge of the paper to the rulers: few printers reach closer."""
_TICKS = ((10, 3.6), (5, 2.4), (1, 1.4))
_PANEL = (136.0, 129.0)
_ROLL_MM = 40.0
"""The length of the test label on a roll without an end."""
_SMALLEST = 1.5
"""Text on a test label; a smaller name is left out."""
_WIDE_ENOUGH, _HIGH_ENOUGH = 36.0, 16.0
"""For a second line of text on a test label."""


def calibration(media: Media, *, offset: tuple[float, float] = (0.0, 0.0), scale: float = 100.0) -> bytes:
    """A PDF of one page with the outline of every label of a sheet, rulers, and how to correct the printer.

    It is printed with the correction in force, so that a second page shows whether it is right.
    Raises BadInput for media that are no sheet.
    """
    grid = media.grid
    if grid is None:
        raise BadInput("media", f"{media.name} is no sheet of labels")
    fit = Fit(*offset, scale).checked()
    width, height = grid.page_width, grid.page_height
    picture = page_picture(media, grid, fit)
    laid = Picture(*fit.laid(0, 0), width * fit.factor, height * fit.factor, picture)
    return document([Page(width, height, [laid])], "RollerTrack calibration")


def page_picture(media: Media, grid: Grid, fit: Fit) -> Bitmap:
    """The page as a picture, before any correction."""
    canvas = Canvas(grid.page_width, grid.page_height, media.dpi)
    panel = _panel_of(canvas)
    wide, high = media.mm(media.width), media.mm(media.length or media.width)
    for place, (x, y) in enumerate(corners(grid), 1):
        canvas.box(x, y, wide, high, 0.15)
        middle = x + wide / 2, y + high / 2
        if panel is None or not _holds(panel, *middle):
            canvas.text(middle[0], middle[1] + 1.2, str(place), 3.4, align=Align.CENTRE)
    _rulers(canvas, _EDGE)
    if panel is not None:
        _panel(canvas, panel, media.name, fit)
    return canvas.bitmap()


def calibration_picture(media: Media) -> Bitmap:
    """A test label for a roll or a single label: a frame on the outermost dots, with rulers in mm."""
    length = media.length or media.dots(_ROLL_MM)
    canvas = Canvas(media.mm(media.width), media.mm(length), media.dpi)
    canvas.box(0, 0, canvas.width, canvas.height, 0.3)
    _rulers(canvas, 0.3)
    middle, baseline = canvas.width / 2, canvas.height / 2 + 2.2
    size = canvas.largest([media.name], Face.BOLD, canvas.width - 16, 3.4)
    if size >= _SMALLEST:
        canvas.text(middle, baseline, media.name, size, Face.BOLD, align=Align.CENTRE)
    if canvas.width >= _WIDE_ENOUGH and canvas.height >= _HIGH_ENOUGH:
        canvas.text(middle, baseline + 3.8, f"{media.width} × {length} dots", 2.4, align=Align.CENTRE)
    return canvas.bitmap()


def _rulers(canvas: Canvas, edge: float) -> None:
    """A ruler along the top and one along the left; both count from the corner of the page."""
    for mm, length in _marks(edge, canvas.width):
        canvas.line(mm, edge, mm, edge + length, 0.12)
        if mm % 10 == 0 and mm + 3 < canvas.width:
            _number(canvas, mm + 0.5, edge + _TICKS[0][1] + 0.4, mm)
    for mm, length in _marks(edge, canvas.height):
        canvas.line(edge, mm, edge + length, mm, 0.12)
        if mm % 10 == 0 and mm + 1 < canvas.height:
            _number(canvas, edge + _TICKS[0][1] + 0.4, mm + 0.75, mm)


def _number(canvas: Canvas, x: float, baseline: float, mm: int) -> None:
    canvas.blank(x, baseline - 1.8, 1.4 * len(str(mm)), 2.0)
    canvas.text(x, baseline, str(mm), 2.1)


def _marks(edge: float, end: float) -> Iterator[tuple[int, float]]:
    """Every whole mm between the edges with the length of its tick."""
    for mm in range(int(edge) + 1, int(end - edge) + 1):
        yield mm, next(length for step, length in _TICKS if mm % step == 0)


def _panel_of(canvas: Canvas) -> tuple[float, float] | None:
    """Where in the middle of the page the words begin; None on a page too small for them."""
    x, y = (canvas.width - _PANEL[0]) / 2, (canvas.height - _PANEL[1]) / 2
    return (x, y) if min(x, y) >= _EDGE else None


def _holds(panel: tuple[float, float], x: float, y: float) -> bool:
    """Whether a number at a place would touch the words."""
    around = 4.0
    return all(
        begin - around < at < begin + size + around
        for begin, size, at in zip(panel, _PANEL, (x, y), strict=True)
    )


def _panel(canvas: Canvas, panel: tuple[float, float], name: str, fit: Fit) -> None:
    """The two bars to measure and the words, on a white field in the middle."""
    (x, y), (wide, high) = panel, _PANEL
    canvas.blank(x, y, wide, high)
    canvas.box(x, y, wide, high, 0.4)
    canvas.text(x + 8, y + 11, "Calibration", 7.5, Face.BOLD)
    canvas.text(x + wide - 8, y + 11, name, 4.2, Face.BOLD, room=60, align=Align.RIGHT)
    now = f"printed with offset_x {fit.right:g} mm, offset_y {fit.down:g} mm, scale {fit.scale:g} %"
    canvas.text(x + 8, y + 17, now, 3.2)
    _bars(canvas, x + 8, y + 21.5)
    _words(canvas, x + 18, y + 37, fit)


def _bars(canvas: Canvas, x: float, y: float) -> None:
    """One bar across and one down, each 100 mm between the outsides of its end marks."""
    canvas.fill(x, y, _BAR, 1.2)
    canvas.fill(x, y, 1.2, _BAR)
    canvas.fill(x + _BAR - 0.4, y, 0.4, 4)
    canvas.fill(x, y + _BAR - 0.4, 4, 0.4)
    canvas.text(x + _BAR, y + 7.5, "this bar is 100 mm long", 3.0, align=Align.RIGHT)
    canvas.text(x + 5.5, y + _BAR, "and so is this one", 3.0)


def _words(canvas: Canvas, x: float, y: float, fit: Fit) -> None:
    steps = (
        ("Print this page at 100 %", "“actual size” in the print dialogue, never “fit to page”."),
        ("Measure both bars", f"scale = {fit.scale:g} × 100 ÷ the mm you measure; of two different results"
         " take the middle."),
        ("Lay the page on a sheet of labels", "and hold both against the light.\n"
         f"offset_x = {fit.right:g} + the mm that the outlines lie too far to the left.\n"
         f"offset_y = {fit.down:g} + the mm that they lie too high.\n"
         "Too far to the right, or too low, counts as minus."),
        ("Put the three numbers in the printer’s settings", "under its name, and print this page again:"
         " the outlines now lie on the labels."),
    )  # fmt: skip
    for number, (what, how) in enumerate(steps, 1):
        canvas.text(x, y, str(number), 4.2, Face.BOLD)
        canvas.text(x + 6, y, what, 3.8, Face.BOLD)
        y += 5.2
        for line in how.split("\n"):
            y = canvas.paragraph(x + 6, y, line, 3.3, _PANEL[0] - 32, 4.7)
        y += 3.4
