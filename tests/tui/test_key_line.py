from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.pilot import Pilot

from rollertrack.tui.widgets.lines import KeyLine


class KeysApp(App[None]):
    BINDINGS = [  # noqa: RUF012 - as Textual declares it
        Binding("a", "note('a')", "add", tooltip="Add one"),
        Binding("b", "note('b')", "bind", tooltip="Bind it"),
        Binding("c", "note('c')", "clear"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.bells = 0
        self.greyed: set[str] = set()
        self.hidden: set[str] = set()

    def compose(self) -> ComposeResult:
        yield KeyLine()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action != "note":
            return True
        return False if parameters[0] in self.hidden else None if parameters[0] in self.greyed else True

    def action_note(self, key: str) -> None:
        self.heard.append(key)

    def bell(self) -> None:
        self.bells += 1


@asynccontextmanager
async def shown(width: int = 80) -> AsyncIterator[tuple[KeysApp, KeyLine, Pilot[Any]]]:
    app = KeysApp()
    async with app.run_test(size=(width, 10), tooltips=True) as pilot:
        await pilot.pause()
        yield app, app.query_one(KeyLine), pilot


def said(line: KeyLine) -> str:
    return line.render().plain.rstrip()


async def test_where_there_is_room_a_line_says_first_that_anything_may_be_scanned() -> None:
    async with shown() as (_, line, _pilot):
        assert said(line) == "scan anything, any time   a add  b bind  c clear"


async def test_where_there_is_no_room_the_last_keys_give_way() -> None:
    async with shown(23) as (_, line, _pilot):
        assert said(line) == "a add b bind c clear"
    async with shown(22) as (_, line, _pilot):
        assert said(line) == "a add b bind"


async def test_a_line_shows_the_keys_that_work_now_and_none_is_made_anew() -> None:
    async with shown() as (app, line, pilot):
        app.hidden.add("b")
        app.screen.refresh_bindings()
        await pilot.pause()
        assert "b bind" not in said(line)
        assert "a add  c clear" in said(line)


@pytest.mark.parametrize(("at", "heard"), [("a add", ["a"]), ("bind", ["b"]), ("  b", []), ("scan", [])])
async def test_a_click_presses_the_key_it_is_on(at: str, heard: list[str]) -> None:
    async with shown() as (app, line, pilot):
        await pilot.click(line, offset=(1 + said(line).index(at), 0))
        await pilot.pause()
        assert app.heard == heard


async def test_a_click_on_a_key_that_does_not_work_now_rings() -> None:
    async with shown() as (app, line, pilot):
        app.greyed.add("b")
        app.screen.refresh_bindings()
        await pilot.pause()
        await pilot.click(line, offset=(1 + said(line).index("b bind"), 0))
        assert (app.heard, app.bells) == ([], 1)


async def test_the_key_under_the_mouse_says_what_it_does() -> None:
    async with shown() as (_, line, pilot):
        for at, does in (("a add", "Add one"), ("bind", "Bind it"), ("c clear", None), ("scan", None)):
            await pilot.hover(line, offset=(1 + said(line).index(at), 0))
            assert line.tooltip == does
        await pilot.hover(line, offset=(1 + said(line).index("bind"), 0))
        await pilot.hover(line, offset=(5, -3))
        assert line.tooltip is None
