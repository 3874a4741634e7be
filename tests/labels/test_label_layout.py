"""Every label on every paper: whole, readable, nothing over anything else."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest
from harness.escpos_decoder import decode, grey, qr_texts
from harness.label_strategies import every_media, facts, links, marks, media
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from rollertrack.errors import BadInput
from rollertrack.labels import fonts
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.label_facts import LabelFacts, qr_text
from rollertrack.labels.layouts.blocks import CAPITALS_BEGIN
from rollertrack.labels.layouts.layout import Box, Face, Layout, Measure, Symbol, Text, Tick
from rollertrack.labels.layouts.symbols import floors
from rollertrack.labels.media import MEDIA, Media, media_named
from rollertrack.labels.printers.escpos import encode
from rollertrack.labels.qr import QUIET_ZONE
from rollertrack.labels.rendering import place, render

ROLLER = LabelFacts(
    "RKDTLBNEB", "evening", "roller", Decimal("0.50"), 3, 8, date(2027, 1, 2), "age limit 90 d", "A."
)
IP = "http://192.168.1.20:8765"


def wide(text: str, size: int, face: Face) -> int:
    """A made-up font of square letters, wider than any real one."""
    return len(text) * size + (face is Face.BOLD)


def laid_out(
    known: LabelFacts, paper: Media, link: str | None = None, measure: Measure = fonts.measure, mark: str = ""
) -> Layout:
    return place(known, qr_text(known.code, link, mark), paper, measure, mark=mark)


def texts(layout: Layout) -> set[str]:
    return {item.text.replace("\u00a0", " ") for item in layout.items if isinstance(item, Text)}


def symbols(layout: Layout) -> list[Symbol]:
    return [item for item in layout.items if isinstance(item, Symbol)]


def apart(one: Box, other: Box) -> bool:
    return one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y


def assert_sound(layout: Layout, margin: int) -> None:
    """Ink within the margins, and nothing in anything else's room; two codes may share a quiet zone."""
    for item in layout.items:
        ink = item.ink if isinstance(item, Symbol) else item.box
        assert ink.x >= margin
        assert ink.y >= margin
        assert ink.right <= layout.width - margin
        assert ink.bottom <= layout.height - margin
        assert apart(item.box, Box(0, layout.height, layout.width, 1))
    for one, other in combinations(layout.items, 2):
        room = one.ink if isinstance(one, Symbol) and isinstance(other, Symbol) else one.box
        assert apart(room, other.box), (one, other)


def assert_white_margins(picture: Bitmap, margin: int) -> None:
    for y in range(picture.height):
        row = int.from_bytes(picture.row(y)) >> (picture.stride * 8 - picture.width)
        edge = y < margin or y >= picture.height - margin
        sides = row & ((1 << margin) - 1) or row >> (picture.width - margin)
        assert not (row if edge else sides), f"ink in the margin of row {y}"


@given(facts, media, links, marks, st.sampled_from((fonts.measure, wide)))
@settings(max_examples=400, deadline=None)
def test_nothing_overlaps_and_nothing_leaves_the_paper(
    facts: LabelFacts, media: Media, link: str | None, mark: str, measure: Measure
) -> None:
    try:
        layout = laid_out(facts, media, link, measure, mark)
    except BadInput as error:
        assert error.field == "media"
        return
    assert layout.width == media.width
    assert media.length in {None, layout.height}
    assert_sound(layout, media.margin)


@given(facts, media)
@settings(max_examples=100, deadline=None)
def test_text_is_never_wider_than_its_box(facts: LabelFacts, media: Media) -> None:
    try:
        layout = laid_out(facts, media)
    except BadInput:
        assume(False)
    for item in layout.items:
        if isinstance(item, Text):
            assert fonts.measure(item.text, item.size, item.face) + 2 * item.inset <= item.box.width


@given(facts, media, links, marks)
@settings(max_examples=150, deadline=None)
def test_a_printed_label_reads_back_as_its_code(
    facts: LabelFacts, media: Media, link: str | None, mark: str
) -> None:
    try:
        picture = render(facts, media, link, mark=mark)
    except BadInput:
        assume(False)
    assert_white_margins(picture, media.margin)
    (printed,) = decode(encode([picture]))
    assert set(qr_texts(grey(printed))) == {qr_text(facts.code, link, mark)}


@pytest.mark.parametrize("paper", every_media(), ids=lambda paper: f"{paper.name}-{paper.dpi}")
@pytest.mark.parametrize("link", [None, "http://rt", IP])
def test_every_paper_has_a_sound_label_of_whole_dots_that_a_scanner_reads(
    paper: Media, link: str | None
) -> None:
    try:
        layout = laid_out(ROLLER, paper, link)
    except BadInput as error:
        # Only the smallest label of all is too small for a link, and too fine for a coarse printer.
        assert paper.name == "l4731"
        assert link or paper.dpi == 203
        assert "a larger label" in error.reason
        return
    assert_sound(layout, paper.margin)
    for symbol in symbols(layout):
        modules = symbol.box.width // symbol.module
        assert symbol.box.width == symbol.box.height == symbol.module * modules
        assert symbol.ink.width == symbol.module * (modules - 2 * QUIET_ZONE)
        assert paper.mm(symbol.module) >= 0.33
        assert symbol.module >= 3


@pytest.mark.parametrize(
    ("name", "dpi", "link", "level", "codes", "module"),
    [
        ("58mm", 203, None, "H", 2, 5),
        ("58mm", 203, IP, "H", 2, 4),
        ("62x29", 300, None, "H", 2, 5),
        ("62x29", 300, IP, "H", 1, 6),
        ("57x32", 300, IP, "Q", 2, 5),
        ("50x25", 203, IP, "H", 1, 4),
        ("25x13", 203, None, "H", 1, 3),
        ("25x13", 203, "http://rt", "Q", 1, 3),
        ("25x13", 203, IP, "M", 1, 3),
        ("25x13", 300, None, "H", 1, 5),
        ("l4731", 600, None, "H", 1, 8),
    ],
)
def test_codes_are_two_where_two_fit_then_as_strong_as_fits(
    name: str, dpi: int, link: str | None, level: str, codes: int, module: int
) -> None:
    layout = laid_out(ROLLER, media_named(name, dpi), link)
    found = [symbol.module for symbol in symbols(layout)]
    assert (layout.level, found) == (level, [module] * codes)


def test_one_code_alone_has_more_modules_than_it_needs_where_they_stay_large() -> None:
    layout = laid_out(ROLLER, MEDIA["50x25"])
    (symbol,) = symbols(layout)
    assert (layout.modules, symbol.module) == (29, 5)


def test_what_a_printer_was_proved_with_replaces_the_least_module() -> None:
    tiny = media_named("25x13", 203)
    assert symbols(place(ROLLER, "RKDTLBNEB", tiny, fonts.measure, module=2))[0].module == 3
    fine = symbols(place(ROLLER, qr_text("RKDTLBNEB", IP), tiny, fonts.measure, module=2))
    assert fine[0].module == 2
    with pytest.raises(BadInput, match=r"media: 25x13 gives 25\.0 x 13\.0 mm"):
        place(ROLLER, "RKDTLBNEB", tiny, fonts.measure, module=6)
    for wrong in (1, 21):
        with pytest.raises(BadInput, match=f"module: {wrong} is out of range; 2 to 20 dots are right"):
            place(ROLLER, "RKDTLBNEB", tiny, fonts.measure, module=wrong)


TWINS = [
    (paper, link)
    for paper in every_media()
    for link in (None, "http://rt", IP)
    if paper.name != "l4731" and len(symbols(laid_out(ROLLER, paper, link))) > 1
]


@given(st.sampled_from(TWINS), st.floats(0, 1), st.sampled_from((0x00, 0xFF)))
@settings(max_examples=150, deadline=None)
@example((media_named("62x29"), None), 0.5, 0xFF)
@example((media_named("62x29"), None), 0.5, 0x00)
@example((media_named("58mm"), None), 0.05, 0xFF)
@example((media_named("58mm"), IP), 0.8, 0x00)
def test_a_label_with_two_codes_is_read_wherever_a_streak_of_a_twentieth_is_wiped_across_it(
    twin: tuple[Media, str | None], where: float, ink: int
) -> None:
    paper, link = twin
    picture = streaked(render(ROLLER, paper, link), where, ink)
    assert qr_text(ROLLER.code, link) in qr_texts(grey(picture))


def test_a_column_with_hardly_room_for_a_letter_still_has_the_code() -> None:
    paper = media_named("sliver", own={"sliver": {"width": 16, "length": 15, "margin": 0.0}})
    facts = LabelFacts("RKDTLBNEB", "", "roller", Decimal("2.25"), person="My long roller")
    layout = laid_out(facts, paper, "https://aaaaa.example")
    assert_sound(layout, paper.margin)
    assert {"RKD", "TLB", "NEB"} <= texts(layout)


@pytest.mark.parametrize(("dpi", "least"), [(203, [4, 3]), (300, [4]), (400, [6]), (600, [8])])
def test_no_module_is_finer_than_four_dots_or_a_third_of_a_millimetre_but_where_it_must(
    dpi: int, least: list[int]
) -> None:
    assert floors(media_named("58mm", dpi), None) == least


def test_a_label_too_small_is_told_with_the_least_module_there_is() -> None:
    paper = media_named("tiny", own={"tiny": {"width": 12, "length": 12}})
    needs = "needs 15.3 x 10.9 mm at 3 dots a module; a larger label, or a finer printer is right"
    with pytest.raises(BadInput, match=re.escape(needs)):
        laid_out(ROLLER, paper)


def test_a_single_code_is_no_larger_than_anybody_needs() -> None:
    paper = media_named("flat", own={"flat": {"width": 100, "length": 40, "dpi": 600}})
    (symbol,) = symbols(laid_out(ROLLER, paper, f"https://{'a' * 100}.example"))
    assert symbol.box.width <= paper.dots(28)


@pytest.mark.parametrize(("uses", "ticks"), [(1, 1), (40, 40), (41, 0)])
def test_there_is_a_box_for_each_use_unless_there_are_too_many(uses: int, ticks: int) -> None:
    layout = laid_out(replace(ROLLER, uses_limit=uses), MEDIA["80mm"])
    assert sum(isinstance(item, Tick) for item in layout.items) == ticks


@pytest.mark.parametrize("name", ["50x25", "62x29"])
def test_the_first_capitals_are_level_with_the_ink_of_the_code(name: str) -> None:
    layout = laid_out(LabelFacts("RKDTLBNEB", "evening", "roller", Decimal("0.50"), 3, 8), MEDIA[name])
    first = next(item for item in layout.items if isinstance(item, Text))
    assert first.box.y + round(first.size * CAPITALS_BEGIN) == symbols(layout)[0].ink.y


def test_below_a_single_code_the_letters_stand_at_the_end_of_the_label() -> None:
    paper = media_named("standing", own={"standing": {"width": 10, "length": 30, "dpi": 300}})
    layout = laid_out(ROLLER, paper)
    (symbol,) = symbols(layout)
    assert symbol.box.width > paper.width / 2, "it stands above the text"
    assert max(item.box.bottom for item in layout.items) == (paper.length or 0) - paper.margin


def test_rolls_have_two_codes_whatever_the_link() -> None:
    names = {paper.name for paper, link in TWINS if link == IP}
    assert {"58mm", "80mm", "57x32", "40x30", "l7160"} <= names


# A code of 21 modules has too few of them to lose two rows.
SINGLES = [("50x25", None), ("50x25", IP), ("62x29", IP), ("30x20", "http://rt"), ("5160", IP)]


@pytest.mark.parametrize(("name", "link"), SINGLES)
@pytest.mark.parametrize("ink", [0x00, 0xFF])
def test_a_single_code_is_read_with_a_streak_below_its_middle_and_its_letters_are_taller(
    name: str, link: str | None, ink: int
) -> None:
    layout = laid_out(ROLLER, MEDIA[name], link)
    (symbol,) = symbols(layout)
    assert layout.level == "H"
    picture = render(ROLLER, MEDIA[name], link)
    # Between the corner squares; through one of them, no level of correction helps.
    y = symbol.ink.y + symbol.module * (len_modules(symbol) // 2 + 2)
    wiped = streaked(picture, y / picture.height, ink)
    assert qr_text(ROLLER.code, link) in qr_texts(grey(wiped))
    letters = [item.size for item in layout.items if isinstance(item, Text) and item.face is Face.CODE]
    assert min(letters) >= 1.5 * streak_height(picture)


def len_modules(symbol: Symbol) -> int:
    return symbol.ink.width // symbol.module


def streak_height(picture: Bitmap) -> int:
    return -(-picture.height // 20)


def streaked(picture: Bitmap, where: float, ink: int) -> Bitmap:
    """The picture with a band over the whole width, a twentieth of its height, all black or all white."""
    high = streak_height(picture)
    top = round(where * (picture.height - high))
    rows = picture.rows
    band = bytes([ink]) * (picture.stride * high)
    start = top * picture.stride
    return Bitmap(picture.width, picture.height, rows[:start] + band + rows[start + len(band) :])
