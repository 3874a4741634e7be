"""What a hand does to a form: fill fields, confirm, and wait until the program has answered."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input, Static

from harness.form_app import Deed, FormApp, Place
from rollertrack.tui.forms.fields import DropDown, Field, Picker
from rollertrack.tui.forms.form import Form

_LONG = 120.0
"""Seconds after which what must come never comes, however slow the machine."""


class Hand:
    """A pilot that waits for answers rather than for time."""

    def __init__(self, app: FormApp, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot

    async def until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + _LONG
        while not holds():
            assert time.monotonic() < end, f"the program did not answer within {_LONG:.0f} seconds"
            await self.pilot.pause()

    async def settle(self) -> None:
        await self.until(lambda: not self._asking())
        await self.pilot.pause()

    def _asking(self) -> bool:
        nothing_shown = len(self.app.screen_stack) == 1 and not self.app.finished
        return nothing_shown or any(
            not worker.is_finished for worker in self.app.workers if worker.group in {"look", "submit"}
        )

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def fill(self, **answers: str | bool) -> None:
        for key, answer in answers.items():
            control = self.app.screen.query_one(f"#field-{key}").query("Input, Picker, DropDown").first()
            assert control.display
            control.focus()
            if isinstance(control, Picker):
                control.value = "yes" if answer is True else "" if answer is False else answer
            elif isinstance(control, Input | DropDown):
                control.value = str(answer)
            await self.pilot.pause()
            await self.settle()

    async def fill_without_waiting(self, key: str, answer: str) -> None:
        self.app.screen.query_one(f"#field-{key} Input", Input).value = answer
        await self.pilot.pause()

    async def confirm(self) -> None:
        await self.press("ctrl+s")

    def is_open(self) -> bool:
        return isinstance(self.app.screen, Form)

    def shown(self, key: str) -> bool:
        return bool(self.app.screen.query_one(f"#field-{key}").display)

    def sentence(self, key: str) -> str:
        return self.app.screen.query_one(f"#field-{key}", Field).sentence

    def question(self, key: str) -> str:
        return self.app.screen.query_one(f"#field-{key}", Field).question

    def line(self, name: str) -> str:
        return self._text(self.app.screen.query_one(f"#form-{name}", Static))

    @staticmethod
    def _text(widget: Static) -> str:
        return str(widget.render())


@asynccontextmanager
async def hand(place: Place, deed: Deed, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Hand]:
    """The deed under way, its first screen shown and at rest."""
    app = FormApp(place, deed)
    async with app.run_test(size=size) as pilot:
        one = Hand(app, pilot)
        await one.settle()
        yield one
