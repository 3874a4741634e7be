"""Labels on pages: at their true size, each on its place, none over another or off the page."""

import math
from itertools import combinations

import pytest
from harness.escpos_decoder import qr_texts
from harness.pdf_reader import Drawn, ReadPage, read_pdf
from hypothesis import assume, example, given
from hypothesis import strategies as st

from rollertrack.errors import BadInput
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.label_facts import LabelFacts
from rollertrack.labels.media import MEDIA, Grid, Media
from rollertrack.labels.pages import sheet
from rollertrack.labels.rendering import render

ROLL = MEDIA["58mm"]
CODES = ("RKDTLBNEB", "RSTUBDEFT", "RBBDEFGHO")
LABELS = [render(LabelFacts(code, "evening", "roller"), ROLL) for code in CODES]
SHEET = Media(
    "twelve", width=1500, length=1417, dpi=600, margin=24,
    grid=Grid(210, 297, columns=3, rows=4, left=5, top=10, across=66, down=64),
)  # fmt: skip
DOT = 25.4 / 600


def labels(count: int, media: Media) -> list[Bitmap]:
    """Pictures of the size of a media's labels, each with its number in its first dots."""
    height = media.length or 100
    stride = (media.width + 7) // 8
    return [
        Bitmap(media.width, height, number.to_bytes(2).ljust(stride * height, b"\0"))
        for number in range(1, count + 1)
    ]


def numbers(page: ReadPage) -> list[int]:
    """Which of the numbered labels are on a page, in the order they were put there."""
    return [int.from_bytes(drawn.image.tobytes("raw", "1;I")[:2]) for drawn in page.pictures]


def test_labels_for_scissors_are_dot_for_dot_on_a4_with_lines_to_cut_along() -> None:
    (page,) = read_pdf(sheet.pdf(LABELS, ROLL))
    assert (page.width, page.height) == pytest.approx((210, 297), abs=1e-3)
    assert [drawn.image.tobytes("raw", "1;I") for drawn in page.pictures] == [each.rows for each in LABELS]
    for drawn, (x, y, width, height) in zip(page.pictures, page.outlines, strict=True):
        assert drawn.width == pytest.approx(384 / 203 * 25.4, abs=1e-3)
        assert (drawn.x - x, drawn.y - y) == pytest.approx((1.5, 1.5), abs=1e-3)
        assert (width - drawn.width, height - drawn.height) == pytest.approx((3, 3), abs=1e-3)
    assert set(qr_texts(page.image(203))) == set(CODES)


def test_the_same_labels_make_the_same_file_and_copies_cost_nothing() -> None:
    once, often = sheet.pdf(LABELS, ROLL), sheet.pdf(LABELS * 10, ROLL)
    assert once == sheet.pdf(LABELS, ROLL)
    assert len(often) < 1.5 * len(once)
    assert len(read_pdf(often)) == len(list(sheet.pages_of(LABELS * 10, ROLL))) == 2


def test_viewers_are_asked_to_print_at_true_size() -> None:
    assert b"/ViewerPreferences << /PrintScaling /None >>" in sheet.pdf(LABELS, ROLL)


def test_a_used_sheet_is_filled_up_first() -> None:
    first, second = read_pdf(sheet.pdf(labels(10, SHEET), SHEET, start=6))
    assert numbers(first) == [1, 2, 3, 4, 5, 6, 7]
    assert numbers(second) == [8, 9, 10]
    sixth = 5 + 2 * 66, 10 + 64
    assert (first.pictures[0].x, first.pictures[0].y) == pytest.approx(sixth, abs=DOT)
    assert (second.pictures[0].x, second.pictures[0].y) == pytest.approx((5, 10), abs=DOT)
    assert first.outlines == second.outlines == []


@given(start=st.integers(1, 12), count=st.integers(1, 60))
@example(start=1, count=12)
@example(start=12, count=1)
def test_labels_take_the_places_in_turn_and_no_sheet_too_many(start: int, count: int) -> None:
    pages = list(sheet.placed(labels(count, SHEET), SHEET, start))
    places = [(SHEET.dots(x), SHEET.dots(y)) for x, y in sheet.corners(SHEET.grid)] if SHEET.grid else []
    taken = [places.index(spot[:2]) for page in pages for spot in page]
    assert taken == [number % 12 for number in range(start - 1, start - 1 + count)]
    assert all(pages)


@st.composite
def sheets(draw: st.DrawFn) -> Media:
    """A sheet whose labels fit it."""
    dpi = draw(st.sampled_from((203, 300, 600)))
    width, height = draw(st.sampled_from(((210.0, 297.0), (215.9, 279.4))))
    columns, rows = draw(st.integers(1, 7)), draw(st.integers(1, 20))
    left, top = draw(st.floats(0, 20)), draw(st.floats(0, 20))
    across, down = (width - 2 * left) / columns, (height - 2 * top) / rows
    part = draw(st.floats(0.7, 1))
    dots = math.floor(across * part * dpi / 25.4) - 1, math.floor(down * part * dpi / 25.4) - 1
    assume(min(dots) > 16)
    grid = Grid(width, height, columns, rows, left, top, across, down)
    return Media("own", *dots, dpi=dpi, margin=draw(st.integers(0, 8)), grid=grid)


@given(sheets(), st.data(), st.floats(-6, 6), st.floats(-6, 6), st.floats(95, 105))
def test_labels_on_a_sheet_never_overlap_nor_leave_the_page(
    media: Media, data: st.DataObject, right: float, down: float, scale: float
) -> None:
    assert media.grid is not None
    start = data.draw(st.integers(1, media.grid.positions))
    pictures = labels(data.draw(st.integers(1, 2 * media.grid.positions)), media)
    try:
        pages = read_pdf(sheet.pdf(pictures, media, start=start, offset=(right, down), scale=scale))
    except BadInput as refused:
        assert refused.field in {"offset", "scale"}
        assert "would leave the page by" in refused.reason
        return
    assert [number for page in pages for number in numbers(page)] == list(range(1, len(pictures) + 1))
    margin = media.margin / media.dpi * 25.4
    for page in pages:
        for drawn in page.pictures:
            assert min(drawn.x, drawn.y) > -margin - 0.3
            assert drawn.x + drawn.width < page.width + margin + 0.3
            assert drawn.y + drawn.height < page.height + margin + 0.3
        assert not any(overlap(one, other) for one, other in combinations(page.pictures, 2))


def overlap(one: Drawn, other: Drawn) -> bool:
    """Whether two pictures share more than rounding."""
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return across > 0.01 and down > 0.01


@given(sheets())
def test_without_correction_every_place_of_a_fitting_sheet_is_used(media: Media) -> None:
    assert media.grid is not None
    (page,) = read_pdf(sheet.pdf(labels(media.grid.positions, media), media))
    for drawn, (x, y) in zip(page.pictures, sheet.corners(media.grid), strict=True):
        assert (drawn.x, drawn.y) == pytest.approx((x, y), abs=12.8 / media.dpi)
        assert drawn.width == pytest.approx(media.width / media.dpi * 25.4, abs=1e-3)


def test_a_correction_moves_and_stretches_about_the_top_left_corner() -> None:
    (page,) = read_pdf(sheet.pdf(labels(12, SHEET), SHEET, offset=(1.0, -0.5), scale=101.0))
    (plain,) = read_pdf(sheet.pdf(labels(12, SHEET), SHEET))
    for moved, drawn in zip(page.pictures, plain.pictures, strict=True):
        assert (moved.x, moved.y) == pytest.approx((drawn.x * 1.01 + 1, drawn.y * 1.01 - 0.5), abs=DOT)
        assert (moved.width, moved.height) == pytest.approx(
            (drawn.width * 1.01, drawn.height * 1.01), abs=1e-3
        )


@pytest.mark.parametrize(
    ("offset", "scale", "told"),
    [
        ((-8, 0), 100, r"offset: a label would leave the page by 3\.0 mm at the left"),
        ((0, -12), 100, r"offset: a label would leave the page by 2\.0 mm at the top"),
        ((0, 0), 110, r"scale: a label would leave the page by \d+\.\d mm at the right"),
        ((0, 60), 100, r"offset: 0, 60 mm is out of range; -50 to 50 mm is right"),
        ((math.nan, 0), 100, r"offset: nan, 0 mm is out of range"),
        ((0, 0), 10, r"scale: 10 % is out of range; 80 to 125 percent is right"),
        ((0, 0), math.inf, r"scale: inf % is out of range"),
    ],
)
def test_a_correction_that_costs_ink_is_refused(offset: tuple[float, float], scale: float, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        sheet.pdf(labels(12, SHEET), SHEET, offset=offset, scale=scale)


@pytest.mark.parametrize("start", [0, -1, 13])
def test_a_place_that_the_sheet_has_not_is_refused(start: int) -> None:
    with pytest.raises(BadInput, match=rf"start: {start} is out of range; twelve has places 1 to 12"):
        sheet.pdf(labels(1, SHEET), SHEET, start=start)


def test_a_roll_has_no_places() -> None:
    with pytest.raises(BadInput, match="media: 58mm is no sheet of labels"):
        list(sheet.placed([], ROLL, 1))


@pytest.mark.parametrize("size", [(1501, 100), (100, 1418)])
def test_a_label_larger_than_its_place_is_refused(size: tuple[int, int]) -> None:
    width, height = size
    with pytest.raises(BadInput, match="media: a label is larger than one of twelve"):
        sheet.pdf([Bitmap(width, height, bytes((width + 7) // 8 * height))], SHEET)


def test_a_label_larger_than_a_page_is_refused() -> None:
    with pytest.raises(BadInput, match="to: a label is larger than an A4 page"):
        sheet.pdf([Bitmap(8, 3000, bytes(3000))], ROLL)


@given(st.lists(st.tuples(st.integers(1, 1500), st.integers(1, 2200)), min_size=1, max_size=30))
def test_labels_for_scissors_never_overlap_nor_leave_the_page(sizes: list[tuple[int, int]]) -> None:
    bitmaps = [Bitmap(width, height, bytes((width + 7) // 8 * height)) for width, height in sizes]
    pages = list(sheet.pages_of(bitmaps, ROLL))
    assert [bitmap for page in pages for _, _, bitmap in page] == bitmaps
    for page in pages:
        assert page
        for at, (x, y, bitmap) in enumerate(page):
            assert min(x, y) >= ROLL.dots(10)
            assert x + bitmap.width <= ROLL.dots(210) - ROLL.dots(10)
            assert y + bitmap.height <= ROLL.dots(297) - ROLL.dots(10)
            for left, top, other in page[:at]:
                assert left + other.width < x or top + other.height < y
