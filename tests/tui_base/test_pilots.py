"""What the pilots of these tests leave out is nothing that a test could miss."""

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Static


class Careless(Static):
    """Fails when it is painted, once it is told to."""

    careless = False
    painted = 0

    def render(self) -> str:
        self.painted += 1
        if self.careless:
            raise ZeroDivisionError("painted")
        return f"picture {self.painted}"


class OneApp(App[None]):
    def compose(self) -> ComposeResult:
        yield Careless()


async def test_what_fails_while_it_is_painted_fails_the_test() -> None:
    with pytest.raises(ZeroDivisionError, match="painted"):
        async with OneApp().run_test() as pilot:
            pilot.app.query_one(Careless).careless = True
            pilot.app.query_one(Careless).refresh()
            await pilot.pause()


async def test_what_was_refreshed_is_painted_before_a_pause_ends() -> None:
    async with OneApp().run_test() as pilot:
        widget = pilot.app.query_one(Careless)
        before = widget.painted
        assert before
        for _ in range(3):
            widget.refresh()
        await pilot.pause()
        assert widget.painted > before


async def test_a_theme_put_on_is_read_anew() -> None:
    async with OneApp().run_test() as pilot:
        grounds = []
        for theme in ("textual-dark", "textual-light", "textual-dark"):
            pilot.app.theme = theme
            await pilot.pause()
            grounds.append(pilot.app.screen.styles.background)
        assert grounds[0] == grounds[2] != grounds[1]
