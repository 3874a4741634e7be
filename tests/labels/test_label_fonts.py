"""Fonts: what this computer has, and what is left without any."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.escpos_decoder import grey, qr_texts
from harness.label_strategies import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, features

from rollertrack.labels import fonts
from rollertrack.labels.label_facts import LabelFacts, one_line
from rollertrack.labels.layouts.layout import Face
from rollertrack.labels.media import MEDIA
from rollertrack.labels.rendering import render

NOBODY_HAS = "\U00012000"  # a cuneiform sign


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer without a font, then the real one again."""
    monkeypatch.setattr(fonts, "folders", lambda: iter(()))
    caches = (fonts.installed, fonts.candidates, fonts.runs, fonts.measure)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


def drawn(text: str, size: int, face: Face) -> Image.Image:
    image = Image.new("1", (6000, 3 * size), 1)
    pen = ImageDraw.Draw(image)
    pen.fontmode = "1"
    fonts.draw(pen, (2 * size, 2 * size), text, size, face, 0)
    return image


@given(
    st.sampled_from(HOSTILE[1:3]) | st.text("AVTo.Ły0Ωж -", min_size=1, max_size=60),
    st.sampled_from((15, 24, 48)), st.sampled_from(Face),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_what_is_drawn_is_as_wide_as_what_was_measured(text: str, size: int, face: Face) -> None:
    box = drawn(text, size, face).point(lambda dot: 255 * (not dot)).getbbox()
    if box is not None:
        # The side of a letter may lean over its own end by a little.
        assert box[2] - 2 * size <= fonts.measure(text, size, face) + size // 8


@given(st.text(max_size=30).map(one_line), st.sampled_from(Face))
@settings(max_examples=100, deadline=None)
def test_the_runs_of_a_text_put_together_are_the_text(text: str, face: Face) -> None:
    assert "".join(part for _, part in fonts.runs(text, face)) == text


def test_characters_that_no_font_has_are_named_once() -> None:
    assert fonts.missing("evening, Ärger & Łódź: 0.50 mm\u00a0") == ""
    assert fonts.missing(f"{NOBODY_HAS}a b{NOBODY_HAS}\n") == NOBODY_HAS


def test_the_fonts_in_use_are_files() -> None:
    assert all(Path(name).is_file() for name in fonts.found())


@pytest.mark.usefixtures("no_fonts")
def test_without_any_font_on_the_computer_labels_still_print() -> None:
    assert fonts.found() == ()
    facts = LabelFacts("RKDTLBNEB", "Ärger 顔 🙂 שלום", "roller", person="Ł.")
    assert set(qr_texts(grey(render(facts, MEDIA["58mm"])))) == {"RKDTLBNEB"}


@pytest.mark.usefixtures("no_fonts")
def test_without_any_font_the_characters_that_are_lost_are_told() -> None:
    assert fonts.missing("evening 0.50 mm") == ""
    assert fonts.missing("night 顔 顔 🙂") == "顔🙂"


@pytest.mark.parametrize(
    ("text", "from_the_left"),
    [
        ("evening Ł顔", "evening Ł顔"),
        ("שלום", "םולש"),
        ("שלום עולם", "םלוע םולש"),
        ("Anna שלום עולם 12", "Anna 12 םלוע םולש"),
        ("שלום Anna עולם 12", "12 םלוע Anna םולש"),
        ("12 שלום Anna", "Anna םולש 12"),
        ("א\u05b8ב", "בא\u05b8"),
    ],
)
def test_words_from_the_right_are_turned_round(text: str, from_the_left: str) -> None:
    assert fonts.turned_round(text) == from_the_left


@pytest.mark.parametrize(("shapes", "given"), [(False, "םולש"), (True, "שלום")])
def test_only_where_pillow_cannot_shape_it_gets_a_word_turned_round(
    shapes: bool, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pen, heard = ImageDraw.Draw(Image.new("1", (1, 1))), list[str]()
    monkeypatch.setattr(features, "check", lambda _: shapes)
    monkeypatch.setattr(pen, "text", lambda _, text, **__: heard.append(text))
    fonts.draw(pen, (0, 0), "שלום", 24, Face.REGULAR, 0)
    assert heard == [given]
