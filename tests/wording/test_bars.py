"""Bars: as long as what they stand for, and nothing that was counted is drawn as nothing."""

from hypothesis import given
from hypothesis import strategies as st

from rollertrack.wording.bars import SHADES, bar, stacked

COUNTS = st.integers(0, 10_000)


def test_the_edges() -> None:
    assert bar(0, 10, 8) == ""
    assert bar(10, 10, 8) == "█" * 8
    assert bar(5, 10, 8) == "█" * 4
    assert bar(1, 10_000, 8) == "▏"
    assert bar(3, 0, 8) == ""
    assert stacked((0, 0), 5, 10) == ""
    assert stacked((1, 1, 0, 0), 2, 10) == "█████▓▓▓▓▓"
    assert stacked((1, 9_999, 1, 1), 10_002, 10) == "█▓▓▓▓▓▓▓▒░"


@given(st.lists(COUNTS, min_size=4, max_size=4), st.integers(0, 10_000), st.integers(4, 60))
def test_every_part_is_seen_and_no_bar_is_longer_than_its_scale(
    parts: list[int], more: int, width: int
) -> None:
    most = sum(parts) + more
    drawn = stacked(parts, most, width)
    assert len(drawn) <= width
    for shade, part in zip(SHADES, parts, strict=True):
        assert (shade in drawn) is (part > 0)
    assert len(bar(sum(parts), most, width)) <= width
    assert bool(bar(sum(parts), most, width)) is (sum(parts) > 0)


@given(COUNTS, COUNTS, st.integers(1, 60))
def test_what_is_more_is_never_shorter(one: int, other: int, width: int) -> None:
    most = max(one, other)
    shorter, longer = (bar(each, most, width) for each in sorted((one, other)))
    assert len(shorter) <= len(longer)
