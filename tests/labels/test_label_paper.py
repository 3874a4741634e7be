"""Pictures turned and moved on the paper."""

import pytest
from harness.label_languages import pictures
from hypothesis import example, given
from hypothesis import strategies as st

from rollertrack.errors import BadInput
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.media import Media
from rollertrack.labels.places import NetworkPlace
from rollertrack.labels.printer import Printer
from rollertrack.labels.printers.alignment import on_paper, shifted, turned

DIE_CUT = Media("test", 16, 8, dpi=254, margin=0)
ROLL = Media("test", 16, None, dpi=254, margin=0)
PLACE = NetworkPlace("printer")


def dots(picture: Bitmap) -> set[tuple[int, int]]:
    return {(x, y) for y in range(picture.height) for x in range(picture.width) if picture.black(x, y)}


def drawn(width: int, height: int, *black: tuple[int, int]) -> Bitmap:
    rows = [sum(1 << (width - 1 - x) for x, at in black if at == y) << -width % 8 for y in range(height)]
    return Bitmap(width, height, b"".join(row.to_bytes((width + 7) // 8) for row in rows))


@given(pictures)
def test_a_quarter_turn_puts_the_top_on_the_right(picture: Bitmap) -> None:
    lying = turned(picture)
    assert (lying.width, lying.height) == (picture.height, picture.width)
    assert dots(lying) == {(picture.height - 1 - y, x) for x, y in dots(picture)}


@given(pictures, st.integers(-5, 5), st.integers(-5, 5), st.booleans())
@example(drawn(8, 3, (0, 0)), 0, 5, False)
@example(drawn(8, 3), 0, -5, True)
def test_a_moved_picture_keeps_every_dot_or_is_refused(
    picture: Bitmap, across: int, down: int, endless: bool
) -> None:
    height = picture.height + (max(0, down) if endless else 0)
    wanted = {(x + across, y + down) for x, y in dots(picture)}
    fits = all(0 <= x < picture.width and 0 <= y < height for x, y in wanted)
    if not fits:
        with pytest.raises(BadInput, match=r"printer: its offset_[xy] would push the label off the paper"):
            shifted(picture, across, down, endless=endless)
        return
    moved = shifted(picture, across, down, endless=endless)
    assert (moved.width, dots(moved)) == (picture.width, wanted)
    assert moved.height == height


def test_the_offset_of_a_printer_is_in_whole_dots_of_the_media() -> None:
    picture = drawn(16, 8, (3, 2))
    (moved,) = on_paper(Printer("", PLACE, offset_x=0.5, offset_y=-0.24), [picture], DIE_CUT)
    assert dots(moved) == {(8, 0)}


def test_a_turned_label_is_moved_as_the_paper_is_fed() -> None:
    standing = Media("test", 16, 8, dpi=254, margin=0, turned=True)
    (moved,) = on_paper(Printer("", PLACE, offset_x=-0.1), [drawn(16, 8, (3, 2))], standing)
    assert (moved.width, moved.height, dots(moved)) == (8, 16, {(4, 3)})


def test_copies_stay_in_their_order() -> None:
    first, second = drawn(16, 8, (3, 2)), drawn(16, 8, (5, 5))
    printer = Printer("", PLACE, offset_y=0.1)
    moved = on_paper(printer, [first, first, second], ROLL)
    assert [dots(picture) for picture in moved] == [{(3, 3)}, {(3, 3)}, {(5, 6)}]
    assert {picture.height for picture in moved} == {9}


def test_a_printer_without_offset_gets_the_very_picture() -> None:
    picture = drawn(16, 8, (3, 2))
    assert on_paper(Printer("", PLACE), [picture], ROLL) == [picture]
