"""Label paper: the trade's, and one's own."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollertrack.errors import BadInput
from rollertrack.labels.media import MEDIA, Media, media_named

SHEET = {"width": 60, "length": 30, "page": "A4", "columns": 3, "rows": 9}


def test_rolls_are_as_wide_as_their_print_heads() -> None:
    assert (MEDIA["58mm"].width, MEDIA["80mm"].width) == (384, 576)
    assert MEDIA["58mm"].length is MEDIA["80mm"].length is None


@pytest.mark.parametrize(("name", "width", "length"), [("62x29", 696, 271), ("17x54", 566, 165)])
def test_die_cut_labels_have_the_very_dots_that_a_brother_takes(name: str, width: int, length: int) -> None:
    media = media_named(name)
    assert (media.width, media.length, media.dpi) == (width, length, 300)
    assert media.turned is (name == "17x54")


@pytest.mark.parametrize("name", MEDIA)
@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_another_resolution_keeps_the_size_in_mm(name: str, dpi: int) -> None:
    usual, media = MEDIA[name], media_named(name, dpi)
    assert media.dpi == dpi
    assert abs(media.mm(media.width) - usual.mm(usual.width)) < 0.13
    assert (media.length is None) == (usual.length is None)


@pytest.mark.parametrize("name", [name for name, media in MEDIA.items() if media.grid])
def test_every_label_of_a_sheet_lies_on_the_page_and_on_no_other(name: str) -> None:
    media = MEDIA[name]
    grid, length = media.grid, media.length
    assert grid
    assert length
    assert grid.across >= media.mm(media.width) - 0.05
    assert grid.down >= media.mm(length) - 0.05
    # A sheet lies in the middle of its page.
    right = grid.left + (grid.columns - 1) * grid.across + media.mm(media.width)
    bottom = grid.top + (grid.rows - 1) * grid.down + media.mm(length)
    assert abs(grid.page_width - right - grid.left) < 1.0
    assert abs(grid.page_height - bottom - grid.top) < 1.0


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (" 80MM ", "80mm"), ("58", "58mm"), ("62 x 29", "62x29"), ("62x29mm", "62x29"),
        ("62mm × 29mm", "62x29"), ("29x62", "62x29"), ("54x17", "17x54"), ("L7160", "l7160"),
        ("Avery 5160", "5160"),
    ],
)  # fmt: skip
def test_a_name_is_understood_however_it_is_written(typed: str, name: str) -> None:
    assert media_named(typed).name == name


def test_an_unknown_name_is_answered_with_those_near_it_or_with_all() -> None:
    with pytest.raises(BadInput, match=r"media: “62x30” is not known; did you mean 62x29"):
        media_named("62x30")
    with pytest.raises(BadInput, match=r"media: “A5” is not known; one of 58mm, .*, 5167 is right"):
        media_named("A5")


@given(st.text(max_size=60))
def test_any_name_gives_paper_or_one_sentence(name: str) -> None:
    try:
        assert media_named(name).name in MEDIA
    except BadInput as error:
        assert error.field == "media"


@pytest.mark.parametrize("dpi", [0, -1, 99, 2401])
def test_a_resolution_out_of_range_is_refused(dpi: int) -> None:
    with pytest.raises(BadInput, match=r"dpi: .* is right, such as 203"):
        media_named("58mm", dpi)


def test_own_paper_comes_before_the_trades_and_is_found_case_blind() -> None:
    own = {"Jar": {"width": 40, "length": 20, "margin": 1, "dpi": 203}, "58mm": {"width": 54}}
    assert media_named("jar", own=own) == Media("Jar", 320, 160, 203, 8)
    assert media_named("jar", 300, own).width == 472
    assert media_named("58mm", own=own).width == 432
    assert media_named("80mm", own=own) == MEDIA["80mm"]


@pytest.mark.parametrize(
    ("name", "left", "top"),
    [
        ("l7160", 7.21, 15.15), ("l7651", 4.75, 10.7), ("l4731", 8.6, 13.5), ("5160", 4.7625, 12.7),
        ("5167", 7.143, 12.7),
    ],
)  # fmt: skip
def test_the_labels_of_a_sheet_lie_where_the_maker_cut_them(name: str, left: float, top: float) -> None:
    grid = media_named(name).grid
    assert grid
    assert grid.left == pytest.approx(left)
    assert grid.top == pytest.approx(top)


def test_an_own_sheet_lies_in_the_middle_of_the_page_unless_it_says_otherwise() -> None:
    grid = media_named("s", own={"s": SHEET}).grid
    assert grid
    assert (grid.left, grid.top, grid.across, grid.down, grid.positions) == (15, 13.5, 60, 30, 27)
    grid = media_named("s", own={"s": SHEET | {"left": 5, "top": 4, "across": 65, "down": 31}}).grid
    assert grid
    assert (grid.left, grid.top, grid.across, grid.down) == (5, 4, 65, 31)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({}, "width is missing; 8 to 300 mm is right"),
        ({"width": "40"}, "width is '40'; 8 to 300"),
        ({"width": True}, "width is True; 8 to 300"),
        ({"width": float("nan")}, "width is nan; 8 to 300"),
        ({"width": float("inf")}, "width is inf; 8 to 300"),
        ({"width": 40, "length": 0}, "length is 0; 8 to 300"),
        ({"width": 40, "lenght": 20}, "lenght is not known; one of width, length"),
        ({"width": 40, "dpi": 203.5}, "dpi is 203.5; a whole number"),
        ({"width": 40, "turned": "yes"}, "turned is 'yes'; true or false"),
        ({"width": 10, "margin": 5}, "margin 5 is too much; at most a quarter"),
        ({"width": 40, "rows": 3}, "page is missing, and only a sheet has rows"),
        (SHEET | {"page": "A5"}, "page is 'A5'; A4 or Letter is right"),
        ({"width": 40, "page": "A4", "columns": 1, "rows": 1}, "length is missing"),
        (SHEET | {"columns": 4}, "columns 4 need 240.0 mm; the page has 210 mm"),
        (SHEET | {"rows": 0}, "rows is 0; a whole number from 1 to 50"),
        (SHEET | {"left": 31}, "left 31 is too much; at most 30.0 mm"),
        (SHEET | {"across": 59}, "across is 59; 60 to 210 mm"),
    ],
)
def test_a_table_that_describes_no_paper_is_refused_by_the_name_of_its_key(
    table: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(BadInput, match=f"^media: mine: {sentence}"):
        media_named("mine", own={"mine": table})
