from typing import Any

from textual.app import App, ComposeResult

from rollertrack.domain.words import Word
from rollertrack.labels.bitmap import Bitmap
from rollertrack.tui import palette
from rollertrack.tui.widgets.big_word import BigWord
from rollertrack.tui.widgets.label_preview import LabelPreview

SMALL = Bitmap(4, 3, bytes([0b1001_0000, 0b0110_0000, 0b1111_0000]))
WIDE = Bitmap(384, 240, bytes([0b1010_1010]) * (48 * 240))


class PreviewApp(App[None]):
    def __init__(self, bitmap: Bitmap | None) -> None:
        super().__init__()
        self.bitmap = bitmap

    def compose(self) -> ComposeResult:
        yield LabelPreview(self.bitmap)
        yield BigWord(id="word")


def lines(app: PreviewApp) -> list[Any]:
    preview = app.query_one(LabelPreview)
    return [preview.render_line(y) for y in range(preview.size.height)]


async def test_a_label_is_black_on_white_with_a_margin() -> None:
    app = PreviewApp(SMALL)
    async with app.run_test():
        assert [line.text.rstrip() for line in lines(app)[:4]] == ["", "  ▀▄▄▀", "  ▀▀▀▀", ""]
        sheet, *beside = lines(app)[1]
        assert sheet.text == "  ▀▄▄▀  "
        assert (sheet.style.color.name, sheet.style.bgcolor.name) == ("#000000", "#ffffff")
        assert all(piece.style.bgcolor.name != "#ffffff" for piece in beside)


async def test_a_large_label_scrolls_both_ways() -> None:
    app = PreviewApp(WIDE)
    async with app.run_test(size=(80, 24)) as pilot:
        preview = app.query_one(LabelPreview)
        preview.focus()
        await pilot.press("end")
        await pilot.pause()
        preview.scroll_to(x=380, animate=False)
        assert preview.max_scroll_y > 90
        assert preview.max_scroll_x > 300
        assert lines(app)[0].cell_length == preview.size.width


async def test_a_coarser_label_fits_the_screen() -> None:
    app = PreviewApp(WIDE)
    async with app.run_test(size=(80, 24)) as pilot:
        preview = app.query_one(LabelPreview)
        preview.show(WIDE, scale=6)
        await pilot.pause()
        assert preview.virtual_size == (384 // 6 + 4, 240 // 12 + 2)
        assert preview.max_scroll_x == 0


async def test_showing_nothing_leaves_nothing() -> None:
    app = PreviewApp(WIDE)
    async with app.run_test():
        app.query_one(LabelPreview).show(None)
        assert {line.text.strip() for line in lines(app)} == {""}


async def test_the_word_stands_there_once_as_plain_text_and_changes() -> None:
    app = PreviewApp(None)
    async with app.run_test(size=(80, 40)) as pilot:
        for theme in palette.THEMES:
            app.register_theme(theme)
        word = app.query_one(BigWord)
        assert word.size.height == 0
        word.word = Word.USE
        await pilot.pause()
        assert word.size.height == 12
        assert word.render().plain.splitlines()[-1].strip() == "✓  USE  ✓"
        word.word = Word.STOP
        for theme in palette.THEMES:
            app.theme = theme.name
            assert str(word.render().spans[0].style) == f"bold {palette.ink(Word.STOP, theme.dark).letters}"
