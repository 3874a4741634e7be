"""Which facts a label shows, and how: the most important always, none ever cut into another."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from harness.escpos_decoder import grey, qr_texts
from hypothesis import given, settings
from hypothesis import strategies as st

from rollertrack.errors import BadInput
from rollertrack.labels import fonts, raster
from rollertrack.labels.label_facts import LabelFacts, qr_text
from rollertrack.labels.layouts.layout import Face, Layout, Rule, Text, Tick
from rollertrack.labels.media import MEDIA, Media, media_named
from rollertrack.labels.printers.escpos import encode
from rollertrack.labels.qr import matrix
from rollertrack.labels.rendering import place, render

ROLLER = LabelFacts(
    "RKDTLBNEB", "evening", "roller", Decimal("0.50"), 3, 8, date(2027, 1, 2), "age limit 90 d"
)
FULL = replace(ROLLER, person="A.", lot="L-4711", expiry=date(2028, 5, 31), notice="Wipe dry")
ROLL = MEDIA["58mm"]


def shown(known: LabelFacts, paper: Media, mark: str = "") -> Layout:
    return place(known, qr_text(known.code, None, mark), paper, fonts.measure, mark=mark)


def texts(layout: Layout) -> list[str]:
    return [item.text.replace("\u00a0", " ") for item in layout.items if isinstance(item, Text)]


def size_of(layout: Layout, text: str) -> int:
    return next(item.size for item in layout.items if isinstance(item, Text) and item.text == text)


@pytest.mark.parametrize("name", ["58mm", "80mm"])
def test_a_roll_shows_everything(name: str) -> None:
    layout = shown(FULL, MEDIA[name])
    assert {
        "RKD-TLB-NEB", "0.50 mm", "evening", "Only for A.", "Replace by", "2 Jan 2027", "age limit 90 d",
        "3 of 8 uses", "lot L-4711", "Wipe dry",
    } <= set(texts(layout))  # fmt: skip
    assert len([item for item in layout.items if isinstance(item, Tick)]) == 8


@pytest.mark.parametrize(
    ("name", "dpi", "facts"),
    [
        ("25x13", 203, {"RKD", "TLB", "NEB"}),
        ("30x20", 203, {"RKD-TLB-NEB", "0.50 mm", "Only for A.", "2 Jan 2027"}),
        ("50x25", 203, {"RKD-TLB-NEB", "0.50 mm", "Only for A.", "2 Jan 2027", "evening"}),
        ("40x30", 203, {"RKD-TLB-NEB", "0.50 mm", "Only for A.", "2 Jan 2027", "evening"}),
        ("57x32", 300, {"RKD-TLB-NEB", "0.50 mm", "Only for A.", "2 Jan 2027", "evening"}),
        ("62x29", 300, {"RKD-TLB-NEB", "0.50 mm", "Only for A.", "2 Jan 2027", "evening"}),
        ("17x54", 300, {"RKD-TLB-NEB", "0.50 mm", "Only for A.", "2 Jan 2027", "evening"}),
    ],
)
def test_a_small_label_shows_what_matters_most(name: str, dpi: int, facts: set[str]) -> None:
    assert facts <= set(texts(shown(FULL, media_named(name, dpi))))


@pytest.mark.parametrize("name", sorted(MEDIA))
def test_lot_and_expiry_outrank_the_disclaimer_where_both_do_not_fit(name: str) -> None:
    reminder = "a reminder, not medical advice; disinfected is not sterile"
    pack = replace(FULL, lot="LOT-2027-4711", expiry=date(2027, 1, 2), notice=reminder)
    said = " ".join(texts(shown(pack, MEDIA[name])))
    if "reminder" in said:
        assert "LOT-2027-4711" in said
        assert "2 Jan 2027" in said
        assert "Expires" in said


def test_the_needle_length_is_the_largest_text() -> None:
    for name in ("58mm", "80mm", "62x29", "50x25", "40x30", "57x32"):
        layout = shown(FULL, MEDIA[name])
        assert size_of(layout, "0.50 mm") == max(i.size for i in layout.items if isinstance(i, Text)), name


@given(st.decimals(Decimal("0.05"), Decimal("5.00"), places=2), st.sampled_from(sorted(MEDIA)))
@settings(max_examples=60, deadline=None)
def test_a_length_a_date_and_a_code_are_whole_or_not_there(length: Decimal, name: str) -> None:
    layout = shown(replace(FULL, length=length, replace_by=date(2027, 12, 28)), MEDIA[name])
    said = texts(layout)
    assert any(text in {"RKD-TLB-NEB", "RKD"} for text in said)
    assert {text for text in said if text.endswith("mm")} <= {f"{length:.2f} mm"}
    assert {text for text in said if "2027" in text} <= {"28 Dec 2027"}
    assert not any("…" in text for text in said)


def test_every_use_has_a_box_and_the_used_ones_are_ticked() -> None:
    ticks = [item.ticked for item in shown(ROLLER, ROLL).items if isinstance(item, Tick)]
    assert ticks == [True] * 3 + [False] * 5


def test_a_roller_used_beyond_its_limit_has_every_box_ticked() -> None:
    layout = shown(replace(ROLLER, uses=11), ROLL)
    assert [item.ticked for item in layout.items if isinstance(item, Tick)] == [True] * 8
    assert "11 of 8 uses" in texts(layout)


def test_too_many_uses_for_boxes_are_still_counted_in_words() -> None:
    layout = shown(replace(ROLLER, uses_limit=100), ROLL)
    assert not [item for item in layout.items if isinstance(item, Tick)]
    assert "3 of 100 uses" in texts(layout)


def test_a_long_name_is_wrapped_and_then_ends_in_an_ellipsis() -> None:
    layout = shown(replace(ROLLER, name="one two three four five six seven eight nine ten"), ROLL)
    assert any(text.startswith("one two") for text in texts(layout))
    assert not any("…" in text for text in texts(layout))
    assert any(text.endswith("…") for text in texts(shown(replace(ROLLER, name="x" * 80), MEDIA["50x25"])))


def test_a_name_that_has_no_line_of_its_own_stands_after_the_length() -> None:
    items = {item.text: item.box for item in shown(FULL, MEDIA["17x54"]).items if isinstance(item, Text)}
    assert items["evening"].x > items["0.50 mm"].right
    assert items["0.50 mm"].y < items["evening"].bottom <= items["0.50 mm"].bottom


def test_on_a_narrow_label_the_person_stands_alone_in_the_bar() -> None:
    said = texts(shown(replace(FULL, person="Magda B."), MEDIA["30x20"]))
    assert "Magda B." in said
    assert "Only for Magda B." in texts(shown(replace(FULL, person="Magda B."), MEDIA["50x25"]))


def test_a_generation_mark_stands_before_the_code() -> None:
    assert "D·RKD-TLB-NEB" in texts(shown(ROLLER, MEDIA["50x25"], "D"))
    items = shown(ROLLER, MEDIA["25x13"], "D").items
    stacked = [item for item in items if isinstance(item, Text) and item.face is Face.CODE]
    assert [item.text for item in stacked] == ["D·RKD", "TLB", "NEB"]
    assert len({item.box.right for item in stacked}) == 1


@pytest.mark.parametrize(
    ("facts", "head", "rest"),
    [
        (LabelFacts("PRSTUBDEK", "A. (home)", "person"), "A. (home)", "person"),
        (LabelFacts("BRSTUBDEK", "Kitchen", "sharps bin"), "Kitchen", "sharps bin"),
        (LabelFacts("RKDTLBNEB", "pen", "handpiece"), "Handpiece", "pen"),
        (
            LabelFacts(
                "SRSTUBDEK",
                "alcohol 70 %",
                "solution",
                lot="7",
                opened=date(2026, 11, 1),
                expiry=date(2027, 5, 31),
            ),
            "alcohol 70 %",
            "solution, lot 7, opened 1 Nov 2026, exp 31 May 2027",
        ),
        (LabelFacts("TRSTUBDEK", "SOAK", "action card", notice="then rollers"), "SOAK", "then rollers"),
        (LabelFacts("TRSTUBDEK", "", "action card", action="SOAK"), "SOAK", "TRS-TUB-DEK"),
    ],
)
def test_other_records_are_known_by_their_name(facts: LabelFacts, head: str, rest: str) -> None:
    layout = shown(facts, MEDIA["62x29"])
    assert head in texts(layout)
    assert rest in " ".join(texts(layout))
    assert size_of(layout, head) == max(i.size for i in layout.items if isinstance(i, Text))


def test_an_action_is_huge() -> None:
    layout = shown(LabelFacts("TRSTUBDEK", "", "action card", action="USED"), ROLL)
    assert size_of(layout, "USED") >= ROLL.dots(9)


def test_a_blank_label_has_its_code_and_a_line_to_write_on() -> None:
    layout = shown(LabelFacts("RKDTLBNEB", "", "roller", blank=True), MEDIA["50x25"])
    assert set(texts(layout)) == {"Name", "RKD-TLB-NEB"}
    (line,) = (item.box for item in layout.items if isinstance(item, Rule))
    assert line.width > MEDIA["50x25"].dots(20)


def test_what_does_not_fit_is_refused_with_numbers_and_a_way_out() -> None:
    for paper in (replace(ROLL, name="tiny", length=80), MEDIA["l4731"]):
        with pytest.raises(BadInput, match=r"media: .* gives .* mm, and a code of \d+ characters needs"):
            render(ROLLER, paper, "http://192.168.1.20:8765")
    with pytest.raises(BadInput, match="a larger label, a shorter link base or none, or a finer"):
        render(ROLLER, ROLL, "http://" + "long." * 300 + "example")
    with pytest.raises(BadInput, match="link base: 8014 characters are too long for a QR code"):
        render(ROLLER, ROLL, "http://" + "x" * 7997)


def test_the_symbol_for_screens_has_one_dot_a_module() -> None:
    symbol = raster.symbol(matrix(ROLLER.code))
    assert (symbol.width, symbol.height) == (29, 29)
    assert qr_texts(grey(symbol).resize((290, 290))) == [ROLLER.code]


def test_the_same_facts_give_the_same_bytes() -> None:
    one, other = (encode([render(ROLLER, ROLL)]) for _ in range(2))
    assert one == other
