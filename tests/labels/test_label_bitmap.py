"""The picture itself, its drawing in a terminal, and the strip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollertrack.labels.bitmap import Bitmap, fitting_scale, half_blocks, strip


@st.composite
def bitmaps(draw: st.DrawFn) -> Bitmap:
    width, height = draw(st.integers(1, 40)), draw(st.integers(1, 12))
    stride = (width + 7) // 8
    padding = stride * 8 - width
    rows = [draw(st.integers(0, 2**width - 1)) << padding for _ in range(height)]
    return Bitmap(width, height, b"".join(row.to_bytes(stride) for row in rows))


@given(bitmaps())
def test_half_blocks_at_scale_one_show_every_dot(bitmap: Bitmap) -> None:
    lines = half_blocks(bitmap)
    assert len(lines) == (bitmap.height + 1) // 2
    for y in range(bitmap.height):
        inked = "▀█" if y % 2 == 0 else "▄█"
        assert [char in inked for char in lines[y // 2]] == [bitmap.black(x, y) for x in range(bitmap.width)]


@given(bitmaps(), st.integers(1, 9))
def test_a_square_is_ink_when_half_of_it_is_black(bitmap: Bitmap, scale: int) -> None:
    lines = half_blocks(bitmap, scale)
    for row in range(-(-bitmap.height // scale)):
        for column in range(-(-bitmap.width // scale)):
            dots = [
                bitmap.black(x, y)
                for y in range(row * scale, min((row + 1) * scale, bitmap.height))
                for x in range(column * scale, min((column + 1) * scale, bitmap.width))
            ]
            inked = "▀█" if row % 2 == 0 else "▄█"
            assert (lines[row // 2][column] in inked) == (2 * sum(dots) >= scale * scale)


@given(bitmaps(), st.integers(1, 60))
def test_the_fitting_scale_is_the_least_that_fits(bitmap: Bitmap, columns: int) -> None:
    scale = fitting_scale(bitmap, columns)
    assert len(half_blocks(bitmap, scale)[0]) <= columns
    assert scale == 1 or len(half_blocks(bitmap, scale - 1)[0]) > columns


@given(bitmaps(), st.integers(1, 5))
def test_bands_put_together_are_the_picture(bitmap: Bitmap, height: int) -> None:
    bands = list(bitmap.bands(height))
    assert all(band.height <= height for band in bands)
    assert b"".join(band.rows for band in bands) == bitmap.rows


@given(st.lists(bitmaps(), min_size=2, max_size=4))
def test_a_strip_holds_every_picture_with_a_dashed_line_between(pictures: list[Bitmap]) -> None:
    whole = strip(pictures, gap=5)
    top = 0
    for picture in pictures:
        for y in range(picture.height):
            assert whole.row(top + y).rstrip(b"\0") == picture.row(y).rstrip(b"\0")
        top += picture.height + 5
    assert whole.height == top - 5
    dashes = [whole.black(x, pictures[0].height + 2) for x in range(whole.width // 8 * 8)]
    assert dashes == [x % 8 < 4 for x in range(len(dashes))]


def test_a_strip_of_one_is_the_picture() -> None:
    picture = Bitmap(1, 1, b"\x80")
    assert strip([picture], gap=9) is picture


@pytest.mark.parametrize(
    ("width", "height", "rows"), [(0, 1, b""), (1, 0, b""), (9, 1, b"\0"), (8, 1, b"\0\0")]
)
def test_a_picture_of_the_wrong_size_is_refused(width: int, height: int, rows: bytes) -> None:
    with pytest.raises(ValueError, match=r"dots (is none|need)"):
        Bitmap(width, height, rows)


@pytest.mark.parametrize(("x", "y"), [(-1, 0), (0, -1), (3, 0), (0, 1)])
def test_a_dot_outside_is_refused(x: int, y: int) -> None:
    with pytest.raises(IndexError):
        Bitmap(3, 1, b"\xe0").black(x, y)
