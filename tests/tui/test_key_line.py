import asyncio

from textual._context import active_message_pump
from textual.app import App, ComposeResult
from textual.binding import Binding

from rollertrack.tui.widgets.key_line import KeyLine


class KeysApp(App[None]):
    BINDINGS = [Binding("a", "bell", "ring")]  # noqa: RUF012 - as Textual declares it

    def compose(self) -> ComposeResult:
        yield KeyLine()


async def test_keys_that_change_twice_at_a_time_are_drawn_once() -> None:
    app = KeysApp()
    async with app.run_test() as pilot:
        line = app.query_one(KeyLine)
        await pilot.pause()
        before = len(line.children)
        # The toolkit runs callbacks of a widget also from the screen's own loop, two at a time.
        active_message_pump.set(line)
        await asyncio.gather(line.recompose(), line.recompose(), line.recompose())
        await pilot.pause()
        assert len(line.children) == before
        assert before >= 2
