from textual.app import App, ComposeResult
from textual.binding import Binding

from rollertrack.tui.widgets.lines import KeyLine

_TURNS = 50
"""Far more than the old keys ever need to go."""


class KeysApp(App[None]):
    BINDINGS = [Binding("a", "bell", "ring")]  # noqa: RUF012 - as Textual declares it

    def compose(self) -> ComposeResult:
        yield KeyLine()


async def test_keys_mounted_twice_at_a_time_do_not_end_the_program() -> None:
    app = KeysApp()
    async with app.run_test() as pilot:
        line = app.query_one(KeyLine)
        await pilot.pause()
        keys = len(line.children)
        with line._context():
            await line.mount_all(list(line.compose()))
        assert len(line.children) == 2 * keys
        app.screen.refresh_bindings()
        for _ in range(_TURNS):
            await pilot.pause()
            if len(line.children) == keys:
                break
        assert len(line.children) == keys
