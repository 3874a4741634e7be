import pytest
from harness.pictures import SIZES, Altered
from harness.roller_rows import SAMPLES
from harness.table_app import TableApp
from textual.app import App, ComposeResult
from textual.containers import Middle

from rollertrack.domain.words import Word
from rollertrack.labels.bitmap import Bitmap
from rollertrack.tui import palette
from rollertrack.tui.widgets.big_word import BigWord
from rollertrack.tui.widgets.label_preview import LabelPreview


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


@pytest.mark.parametrize("light", [False, True], ids=["dark", "light"])
async def test_the_list(altered: Altered, light: bool) -> None:
    app = TableApp(len(SAMPLES), SAMPLES, light=light)
    assert not await altered(app, lambda pilot: pilot.press("down"))


async def test_the_list_narrow_and_wide(altered: Altered) -> None:
    assert not await altered(TableApp(len(SAMPLES), SAMPLES), sizes=[(60, 12), (160, 12)])


@pytest.mark.parametrize("word", list(Word))
async def test_the_word(altered: Altered, word: Word) -> None:
    assert not await altered(WordApp(word))


async def test_the_word_on_a_light_theme(altered: Altered) -> None:
    assert not await altered(WordApp(Word.WASH, light=True), sizes=SIZES[:1])


async def test_a_label(altered: Altered) -> None:
    assert not await altered(LabelApp(), sizes=SIZES[:1])
