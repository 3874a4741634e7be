"""Labels that fold round a handle: a code on both sides, and a blank strip between them."""

import pytest
from harness.escpos_decoder import grey, qr_texts
from harness.label_strategies import every_media, facts, links, marks, media
from hypothesis import assume, given, settings
from test_label_layout import assert_sound, assert_white_margins

from rollertrack.errors import BadInput
from rollertrack.labels import fonts
from rollertrack.labels.label_facts import LabelFacts, qr_text
from rollertrack.labels.layouts.flag import place_flag
from rollertrack.labels.layouts.layout import Layout, Rule, Symbol, Text
from rollertrack.labels.media import MEDIA, Media, media_named
from rollertrack.labels.rendering import render

IP = "http://192.168.1.20:8765"
ROLLER = LabelFacts("RKDTLBNEB", "evening", "roller")


def flag(paper: Media, mark: str = "") -> Layout:
    return place_flag(ROLLER, qr_text(ROLLER.code, None, mark), paper, fonts.measure, mark=mark)


def symbols(layout: Layout) -> list[Symbol]:
    return [item for item in layout.items if isinstance(item, Symbol)]


@given(facts, media, links, marks)
@settings(max_examples=120, deadline=None)
def test_a_flag_is_sound_and_both_its_codes_are_read(
    facts: LabelFacts, media: Media, link: str | None, mark: str
) -> None:
    payload = qr_text(facts.code, link, mark)
    try:
        layout = place_flag(facts, payload, media, fonts.measure, mark=mark)
    except BadInput as error:
        assert error.field == "media"
        assume(False)
    assert_sound(layout, media.margin)
    picture = render(facts, media, link, mark=mark, flag=True)
    assert_white_margins(picture, media.margin)
    assert qr_texts(grey(picture)) == [payload] * 2


@pytest.mark.parametrize(
    ("name", "fold"),
    [("80mm", 25), ("62x29", 25), ("57x32", 25), ("17x54", 20), ("l7160", 25), ("50x25", 20)],
)
def test_across_a_label_nothing_stands_where_it_goes_round_the_handle(name: str, fold: int) -> None:
    paper = MEDIA[name]
    layout = flag(paper)
    left, right = (paper.width - paper.dots(fold)) // 2, (paper.width + paper.dots(fold)) // 2
    for item in layout.items:
        if not isinstance(item, Rule):
            assert item.box.right <= left or item.box.x >= right
    first, second = symbols(layout)
    assert first.box.x == paper.width - second.box.right
    assert first.box.y == second.box.y
    assert first.box.width <= paper.dots(18.5), "a larger code only makes a larger flag"


@pytest.mark.parametrize(
    ("width", "length", "dpi", "module", "link"),
    [
        (100, 12, 300, None, None),  # letters in threes, taller than the code beside them
        (45, None, 300, None, IP), (45, None, 203, 2, IP), (45, None, 203, 3, IP),  # a small quiet zone
    ],
)  # fmt: skip
def test_the_margin_stays_white_where_it_is_broader_than_the_quiet_zone(
    width: float, length: float | None, dpi: int, module: int | None, link: str | None
) -> None:
    table = {"width": width, "margin": 2.0, "dpi": dpi} | ({"length": length} if length else {})
    paper = media_named("own", own={"own": table})
    layout = place_flag(ROLLER, qr_text(ROLLER.code, link), paper, fonts.measure, module=module)
    assert_sound(layout, paper.margin)
    picture = render(ROLLER, paper, link, flag=True, module=module)
    assert_white_margins(picture, paper.margin)
    assert qr_texts(grey(picture)) == [qr_text(ROLLER.code, link)] * 2


def test_along_a_narrow_roll_the_second_side_is_upside_down() -> None:
    paper = MEDIA["58mm"]
    layout = flag(paper)
    first, second = symbols(layout)
    assert second.box.y - first.box.bottom == paper.dots(25)
    assert layout.level == "H"
    assert first.box.x == paper.width - second.box.right
    letters = [item for item in layout.items if isinstance(item, Text)]
    assert [item.upside_down for item in letters] == [False, True]
    # Turned round as a whole, the label is the same again.
    picture = grey(render(ROLLER, paper, flag=True))
    box = letters[0].box
    upper = picture.crop((box.x, box.y, box.right, box.bottom))
    box = letters[1].box
    assert upper.tobytes() == picture.crop((box.x, box.y, box.right, box.bottom)).rotate(180).tobytes()


def test_across_a_tall_label_both_sides_stand_in_the_middle() -> None:
    paper = MEDIA["l7160"]
    layout = flag(paper)
    sides = [item.box for item in layout.items if not isinstance(item, Rule)]
    above = min(box.y for box in sides)
    below = layout.height - paper.margin - max(box.bottom for box in sides)
    assert abs(above - below) <= 1


def test_the_fold_is_marked_at_both_edges_in_the_very_middle() -> None:
    for paper in (MEDIA["62x29"], MEDIA["58mm"]):
        layout = flag(paper)
        marked = [item.box for item in layout.items if isinstance(item, Rule)]
        assert len(marked) == 2
        for box in marked:
            across, along = 2 * box.x + box.width - layout.width, 2 * box.y + box.height - layout.height
            assert min(abs(across), abs(along)) <= 1


def test_both_sides_show_the_letters_with_their_mark() -> None:
    for paper in (MEDIA["17x54"], MEDIA["62x29"], MEDIA["58mm"]):
        said = [item.text for item in flag(paper, "D").items if isinstance(item, Text)]
        half = len(said) // 2
        assert "-".join(said[:half]) == "-".join(said[half:]) == "D·RKD-TLB-NEB"


@pytest.mark.parametrize("name", ["25x13", "30x20", "l4731"])
def test_a_label_too_short_to_fold_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match=rf"media: {name} is .* mm wide, too little for a flag"):
        flag(media_named(name))


def test_a_flag_that_one_printer_cannot_print_small_enough_fits_with_a_proven_module() -> None:
    paper = media_named("30x20", 203)
    with pytest.raises(BadInput, match="too little for a flag"):
        flag(paper)
    layout = place_flag(ROLLER, ROLLER.code, paper, fonts.measure, module=2)
    assert symbols(layout)[0].module == 2


def test_every_paper_gives_a_flag_or_says_why_not() -> None:
    fits = set()
    for paper in every_media():
        try:
            flag(paper)
            fits.add(paper.name)
        except BadInput as error:
            assert "too little for a flag" in error.reason
    assert {"58mm", "80mm", "62x29", "17x54", "57x32", "50x25"} <= fits
