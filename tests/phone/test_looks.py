"""How the pages look: the colours of the terminal, small files, no word that no wing of words knows."""

import re

from rollertrack.domain.words import Word
from rollertrack.phone.pages import HERE
from rollertrack.tui.palette import ink

CSS = (HERE / "static" / "phone.css").read_text("utf-8")


def test_the_words_have_the_colours_of_the_terminal() -> None:
    light, _, dark = CSS.partition("@media(prefers-color-scheme:dark)")
    for sheet, is_dark in ((light, False), (dark, True)):
        for word in Word:
            colours = ink(word, is_dark)
            name = word.name.lower()
            assert f"--{name}:{colours.letters};" in sheet
            assert f"--{name}-tint:{colours.tint}" in sheet


def test_the_script_and_the_styles_are_small_and_load_nothing() -> None:
    script = (HERE / "static" / "phone.js").read_text("utf-8")
    assert len(script.encode()) <= 5 * 1024
    assert len(CSS.encode()) <= 5 * 1024
    assert "http" not in script + CSS
    assert not re.search(r"eval|innerHTML|document\.write|localStorage", script)


def test_templates_hold_markup_and_no_sentences() -> None:
    for path in (HERE / "templates").iterdir():
        text = re.sub(r"\{[{%].*?[%}]\}|<[^>]*>", " ", path.read_text("utf-8"), flags=re.DOTALL)
        assert re.findall(r"[A-Za-z]{3,}", text) in ([], ["RollerTrack"]), path
