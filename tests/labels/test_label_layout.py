"""Every label: whole, readable, nothing over anything else."""

from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import pytest
from escpos_decoder import decode, grey, qr_texts
from hypothesis import given, settings
from hypothesis import strategies as st
from label_strategies import facts, links

from rollertrack.errors import BadInput
from rollertrack.labels import fonts
from rollertrack.labels.job import print_job, render, render_symbol
from rollertrack.labels.layout import Box, Face, Layout, Symbol, Text, Tick, place
from rollertrack.labels.media import MEDIA, Media
from rollertrack.labels.payload import LabelFacts, qr_text
from rollertrack.labels.qr import QUIET_ZONE, matrix

ROLLER = LabelFacts("RKDTLBNEB", "evening", "roller", Decimal("0.50"), 3, 8)
FINE = Media("300 dpi roll", width=850, length=None, dpi=300, margin=12)
every_media = st.sampled_from((*MEDIA.values(), FINE))


def wide(text: str, size: int, face: Face) -> int:
    """A made-up font of square letters, wider than any real one."""
    return len(text) * size + (face is Face.BOLD)


def apart(one: Box, other: Box) -> bool:
    return one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y


def assert_sound(layout: Layout) -> None:
    for item in layout.items:
        assert item.box.x >= 0
        assert item.box.y >= 0
        assert item.box.right <= layout.width
        assert item.box.bottom <= layout.height
    for one, other in combinations(layout.items, 2):
        assert apart(one.box, other.box), (one, other)


@given(facts, every_media, links, st.sampled_from((fonts.measure, wide)))
@settings(max_examples=150, deadline=None)
def test_nothing_overlaps_and_nothing_leaves_the_paper(facts, media, link, measure) -> None:  # type: ignore[no-untyped-def]
    layout = place(facts, len(matrix(qr_text(facts.code, link))), media, measure)
    assert layout.width == media.width
    assert_sound(layout)


@given(facts, every_media, links)
@settings(max_examples=100, deadline=None)
def test_text_is_never_wider_than_its_box(facts, media, link) -> None:  # type: ignore[no-untyped-def]
    layout = place(facts, len(matrix(qr_text(facts.code, link))), media, fonts.measure)
    for item in layout.items:
        if isinstance(item, Text):
            assert fonts.measure(item.text, item.size, item.face) + item.inset <= item.box.width


@given(facts, every_media, links)
@settings(max_examples=100, deadline=None)
def test_a_printed_label_reads_back_as_its_code(facts, media, link) -> None:  # type: ignore[no-untyped-def]
    (picture,) = decode(print_job([render(facts, media, link)]))
    assert qr_texts(grey(picture)) == [qr_text(facts.code, link)]


@pytest.mark.parametrize("media", [*MEDIA.values(), FINE], ids=lambda media: media.name)
@pytest.mark.parametrize("link", [None, "http://192.168.1.20:8765"])
def test_a_module_is_half_a_millimetre_of_whole_dots_with_a_white_quiet_zone(
    media: Media, link: str | None
) -> None:
    modules = len(matrix(qr_text(ROLLER.code, link)))
    (symbol,) = (i for i in place(ROLLER, modules, media, fonts.measure).items if isinstance(i, Symbol))
    assert symbol.module >= 4
    assert symbol.module >= media.dots(0.5)
    assert symbol.box.width == symbol.box.height == symbol.module * (modules + 2 * QUIET_ZONE)
    picture, quiet, box = render(ROLLER, media, link), symbol.module * QUIET_ZONE, symbol.box
    for y in range(box.y, box.bottom):
        for x in range(box.x, box.right):
            deep = min(x - box.x, box.right - 1 - x, y - box.y, box.bottom - 1 - y)
            assert not (deep < quiet and picture.black(x, y))


def test_every_use_has_a_box_and_the_used_ones_are_ticked() -> None:
    ticks = [i.ticked for i in place(ROLLER, 21, MEDIA["58mm"], fonts.measure).items if isinstance(i, Tick)]
    assert ticks == [True] * 3 + [False] * 5


def test_a_roller_used_beyond_its_limit_has_every_box_ticked() -> None:
    layout = place(replace(ROLLER, uses=11), 21, MEDIA["58mm"], fonts.measure)
    assert [i.ticked for i in layout.items if isinstance(i, Tick)] == [True] * 8
    assert "11 of 8 uses" in {i.text for i in layout.items if isinstance(i, Text)}


def test_too_many_uses_for_boxes_are_still_counted_in_words() -> None:
    layout = place(replace(ROLLER, uses_limit=100), 21, MEDIA["58mm"], fonts.measure)
    assert not [i for i in layout.items if isinstance(i, Tick)]
    assert "3 of 100 uses" in {i.text for i in layout.items if isinstance(i, Text)}


@given(st.decimals(Decimal("0.05"), Decimal("5.00"), places=2), every_media)
@settings(max_examples=60, deadline=None)
def test_a_needle_length_and_a_code_are_never_cut_short(length: Decimal, media: Media) -> None:
    layout = place(replace(ROLLER, length=length), 25, media, fonts.measure)
    texts = {i.text for i in layout.items if isinstance(i, Text)}
    assert {f"{length:.2f} mm", "RKD-TLB-NEB"} <= texts


def test_an_endless_link_is_refused_with_the_name_of_its_setting() -> None:
    with pytest.raises(BadInput, match="link base: makes a QR code too wide for a 58mm label"):
        render(ROLLER, MEDIA["58mm"], "http://" + "long." * 40 + "example")
    with pytest.raises(BadInput, match="link base: 8016 characters are too long for a QR code"):
        render(ROLLER, MEDIA["58mm"], "http://" + "x" * 7997)


def test_a_short_label_keeps_what_matters_most() -> None:
    long = place(ROLLER, 21, MEDIA["58mm"], fonts.measure)
    short = replace(MEDIA["58mm"], length=220)
    layout = place(ROLLER, 21, short, fonts.measure)
    texts = {i.text for i in layout.items if isinstance(i, Text)}
    assert (layout.height, long.height > 220) == (220, True)
    assert {"RKD-TLB-NEB", "0.50 mm"} <= texts
    assert "roller" not in texts
    assert_sound(layout)


def test_paper_too_short_for_a_code_is_refused() -> None:
    with pytest.raises(BadInput, match="media: tiny is too short"):
        place(ROLLER, 21, replace(MEDIA["58mm"], name="tiny", length=100), fonts.measure)


def test_the_symbol_for_screens_has_one_dot_a_module() -> None:
    symbol = render_symbol(ROLLER.code)
    assert (symbol.width, symbol.height) == (29, 29)
    assert qr_texts(grey(symbol).resize((290, 290))) == [ROLLER.code]


def test_the_same_facts_give_the_same_bytes() -> None:
    one, other = (print_job([render(ROLLER, MEDIA["58mm"])]) for _ in range(2))
    assert one == other


def test_without_any_font_on_the_computer_labels_still_print(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_folders", lambda: iter(()))
    caches = (fonts._installed, fonts._candidates, fonts._best)
    for cache in caches:
        cache.cache_clear()
    try:
        picture = render(replace(ROLLER, name="Ärger 顔 🙂 שלום", person="Ł."), MEDIA["58mm"])
        assert qr_texts(grey(picture)) == [ROLLER.code]
    finally:
        for cache in caches:
            cache.cache_clear()
