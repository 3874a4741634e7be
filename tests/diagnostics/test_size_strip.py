"""The test strip: every symbol reads back at its size, nothing overlaps, nothing leaves the paper."""

from itertools import combinations

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from rollertrack.diagnostics import size_strip
from rollertrack.domain import code
from rollertrack.domain.code import TEST_CODE, TEST_PAYLOAD
from rollertrack.errors import BadInput
from rollertrack.labels import fonts
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.layouts.layout import Box, Face
from rollertrack.labels.media import MEDIA, Media
from rollertrack.labels.qr import QUIET_ZONE, matrix
from rollertrack.labels.raster import from_image, to_image

LARGE = [media for media in MEDIA.values() if media.name != "l4731"]
media = st.builds(
    lambda dpi, width, length: Media(
        "own",
        round(width * dpi / 25.4),
        round(length * dpi / 25.4) if length else None,
        dpi,
        round(dpi / 25.4),
    ),
    st.sampled_from((180, 203, 300, 600)),
    st.floats(14, 110),
    st.none() | st.floats(14, 300),
)


def wide(text: str, size: int, face: Face) -> int:  # noqa: ARG001 - one shape for all fonts
    """A made-up font of square letters, wider than any real one."""
    return len(text) * size


def boxes(page: size_strip.Page) -> list[Box]:
    ruler = [Box(0, 0, page.width, page.ruler)] if page.ruler else []
    stamps = [box for each in page.stamps for box in (each.symbol.box, *(text.box for text in each.captions))]
    return ruler + stamps


def apart(one: Box, other: Box) -> bool:
    return one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y


def cut(bitmap: Bitmap, box: Box) -> Bitmap:
    return from_image(to_image(bitmap).crop((box.x, box.y, box.right, box.bottom)))


def texts_in(bitmap: Bitmap) -> list[str]:
    # The reader is made for photographs, whose finest modules are several pixels.
    picture = to_image(bitmap).convert("L").resize((bitmap.width * 2, bitmap.height * 2))
    return [found.text for found in zxingcpp.read_barcodes(picture)]


@given(media, st.sampled_from((fonts.measure, wide)))
@settings(max_examples=150, deadline=None)
def test_nothing_overlaps_and_nothing_leaves_the_paper(media, measure) -> None:  # type: ignore[no-untyped-def]
    try:
        pages = size_strip.place(media, measure)
    except BadInput as error:
        assert error.field == "media"
        return
    for page in pages:
        assert page.stamps
        assert (page.width, media.length or page.height) == (media.width, page.height)
        for box in boxes(page):
            assert box.x >= 0
            assert box.y >= 0
            assert box.right <= page.width
            assert box.bottom <= page.height
        for one, other in combinations(boxes(page), 2):
            assert apart(one, other), (one, other)


@given(media)
@settings(max_examples=150, deadline=None)
def test_the_sizes_rise_and_each_has_its_own_mark(media: Media) -> None:
    try:
        pages = size_strip.place(media, fonts.measure)
    except BadInput:
        return
    stamps = [stamp for page in pages for stamp in page.stamps]
    modules = [stamp.symbol.module for stamp in stamps]
    assert modules == sorted(set(modules))
    assert len({stamp.payload for stamp in stamps}) == len(stamps)
    for stamp in stamps:
        assert code.find(stamp.payload) == TEST_CODE
        assert size_strip.module_of(code.mark_of(stamp.payload)) == stamp.symbol.module
        assert stamp.symbol.box.width == stamp.symbol.module * (len(matrix(stamp.payload)) + 2 * QUIET_ZONE)


@pytest.mark.parametrize("media", LARGE, ids=lambda media: media.name)
def test_every_symbol_reads_back_and_says_its_size(media: Media) -> None:
    pages = size_strip.place(media, fonts.measure)
    for page, picture in zip(pages, size_strip.draw(media), strict=True):
        assert (picture.width, picture.height) == (page.width, page.height)
        for stamp in page.stamps:
            assert texts_in(cut(picture, stamp.symbol.box)) == [stamp.payload]


def test_a_roll_gets_all_six_sizes_on_one_strip() -> None:
    (page,) = size_strip.place(MEDIA["58mm"], fonts.measure)
    assert [stamp.symbol.module for stamp in page.stamps] == [2, 3, 4, 5, 6, 8]
    assert [text.text for text in page.stamps[2].captions] == ["4 dots", "0.50 mm"]


def test_the_ruler_has_a_line_a_millimetre_from_the_edge_of_the_print() -> None:
    media = MEDIA["80mm"]
    (page,) = size_strip.place(media, fonts.measure)
    lines = list(size_strip.ruler_lines(page, media))
    assert len(lines) == 73
    assert [line.x for line in lines[:3]] == [0, 8, 16]
    assert {line.height for line in lines[::10]} == {media.dots(3.0)}
    (picture,) = size_strip.draw(media)
    assert all(picture.black(line.x, line.bottom - 1) for line in lines)
    assert not any(picture.black(x, 0) for x in range(1, 8))


def test_paper_without_room_is_refused() -> None:
    tiny = Media("tiny", 60, 60, 203, 8)
    with pytest.raises(BadInput, match="tiny is too small for a test strip"):
        size_strip.draw(tiny)
    with pytest.raises(BadInput, match="tiny is too small for the test code"):
        size_strip.scanner_card(Media("tiny", 36, 36, 203, 8))
    assert size_strip.scanner_card(Media("small", 38, 38, 203, 8))


@pytest.mark.parametrize("media", LARGE, ids=lambda media: media.name)
def test_the_card_for_scanners_reads_back(media: Media) -> None:
    picture = size_strip.scanner_card(media)
    assert (picture.width, media.length or picture.height) == (media.width, picture.height)
    assert texts_in(picture) == [TEST_PAYLOAD]


@pytest.mark.parametrize("mark", ["", "R", "?", "DD"])
def test_no_other_mark_names_a_size(mark: str) -> None:
    assert size_strip.module_of(mark) is None
