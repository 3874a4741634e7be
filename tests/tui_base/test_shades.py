from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from rollertrack.labels.bitmap import Bitmap
from rollertrack.tui.widgets.label_preview import DARKEST, LabelPreview, shades

WIDE = Bitmap(384, 240, bytes([0b1010_1010]) * (48 * 240))


@st.composite
def bitmaps(draw: st.DrawFn) -> Bitmap:
    width, height = draw(st.integers(1, 40)), draw(st.integers(1, 40))
    stride = (width + 7) // 8
    padding = (1 << stride * 8 - width) - 1
    rows = ((draw(st.integers(0, (1 << stride * 8) - 1)) & ~padding).to_bytes(stride) for _ in range(height))
    return Bitmap(width, height, b"".join(rows))


@given(bitmaps(), st.integers(1, 9))
def test_a_square_is_as_dark_as_it_holds_black_dots(bitmap: Bitmap, scale: int) -> None:
    found = shades(bitmap, scale)
    assert len(found) % 2 == 0
    assert len(found) - (-(-bitmap.height // scale)) in {0, 1}
    for row, squares in enumerate(found):
        assert len(squares) == -(-bitmap.width // scale)
        for column, shade in enumerate(squares):
            black = sum(
                bitmap.black(x, y)
                for y in range(row * scale, min((row + 1) * scale, bitmap.height))
                for x in range(column * scale, min((column + 1) * scale, bitmap.width))
            )
            assert abs(shade - black * DARKEST / scale**2) <= 0.5


class WholeApp(App[None]):
    def compose(self) -> ComposeResult:
        yield LabelPreview()


async def test_a_whole_label_stays_in_sight_whatever_the_size() -> None:
    app = WholeApp()
    async with app.run_test(size=(60, 30)) as pilot:
        preview = app.query_one(LabelPreview)
        preview.show(WIDE, scale=None)
        for size in ((60, 30), (30, 30), (120, 12)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            shown = preview.virtual_size
            assert shown.width <= size[0]
            assert shown.height <= size[1]
            assert max(shown.width * 2, shown.height * 4) >= min(size)
