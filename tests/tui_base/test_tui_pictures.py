from typing import Any

import pytest
from harness.roller_rows import SAMPLES
from harness.table_app import TableApp
from textual.app import App, ComposeResult
from textual.containers import Middle

from rollertrack.domain.words import Word
from rollertrack.labels.bitmap import Bitmap
from rollertrack.tui import palette
from rollertrack.tui.widgets.big_word import BigWord
from rollertrack.tui.widgets.label_preview import LabelPreview

SIZES = [(80, 24), (120, 40)]


class WordApp(App[None]):
    """One word over the whole screen, on its quiet tint."""

    def __init__(self, word: Word, light: bool = False) -> None:
        super().__init__()
        self.word = word
        self.chosen = palette.LIGHT if light else palette.DARK

    def compose(self) -> ComposeResult:
        yield Middle(BigWord(self.word))

    def on_mount(self) -> None:
        self.register_theme(self.chosen)
        self.theme = self.chosen.name
        self.screen.styles.background = palette.ink(self.word, self.chosen.dark).tint


class LabelApp(App[None]):
    """A picture of rings on a sheet smaller than the screen."""

    def compose(self) -> ComposeResult:
        yield LabelPreview(rings(64, 32))

    def on_mount(self) -> None:
        self.register_theme(palette.DARK)
        self.theme = palette.DARK.name


def rings(width: int, height: int) -> Bitmap:
    """Nested frames, two dots thick and two apart."""
    depths = [[min(x, y, width - 1 - x, height - 1 - y) for x in range(width)] for y in range(height)]
    bits = ["".join("1" if depth % 4 < 2 else "0" for depth in row) for row in depths]
    return Bitmap(width, height, b"".join(int(row, 2).to_bytes(width // 8) for row in bits))


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("light", [False, True], ids=["dark", "light"])
def test_the_list(snap_compare: Any, size: tuple[int, int], light: bool) -> None:
    app = TableApp(len(SAMPLES), SAMPLES, light=light)
    assert snap_compare(app, terminal_size=size, press=["down"])


@pytest.mark.parametrize("width", [60, 160])
def test_the_list_narrow_and_wide(snap_compare: Any, width: int) -> None:
    assert snap_compare(TableApp(len(SAMPLES), SAMPLES), terminal_size=(width, 12))


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("word", list(Word))
def test_the_word(snap_compare: Any, word: Word, size: tuple[int, int]) -> None:
    assert snap_compare(WordApp(word), terminal_size=size)


def test_the_word_on_a_light_theme(snap_compare: Any) -> None:
    assert snap_compare(WordApp(Word.WASH, light=True), terminal_size=(80, 24))


def test_a_label(snap_compare: Any) -> None:
    assert snap_compare(LabelApp(), terminal_size=(80, 24))
