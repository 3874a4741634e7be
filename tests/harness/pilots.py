"""Pilots that lose no time: what a program would do over and over, and nobody could see, is done once.

Nothing of it changes what a test can see: every widget is laid out, styled and painted as ever.
"""

import asyncio
from contextvars import copy_context
from functools import partial
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.screen import Screen

from harness.idle import WatchedLoop, until_idle

_paint = Screen._compositor_refresh
_parse = Stylesheet._parse_rules
_parsed: dict[tuple[object, ...], list[RuleSet]] = {}


def without_waste(patch: pytest.MonkeyPatch) -> None:
    """For as long as the patch lasts."""
    patch.setattr("textual.app.wait_for_idle", until_idle)
    patch.setattr("textual.pilot.wait_for_idle", until_idle)
    patch.setattr("textual.pilot.Pilot._wait_for_screen", _until_screen_is_idle)
    patch.setattr(Screen, "_compositor_refresh", _paint_once)
    patch.setattr(Stylesheet, "_parse_rules", _parse_once)


async def _until_screen_is_idle(*_: object, **__: object) -> bool:
    """Textual asks each widget whether it is idle: hundreds of messages a key. The loop knows of them all."""
    await until_idle()
    return True


def _paint_once(screen: Screen[Any]) -> None:
    """Paint when nothing is left to do: a screen that opens is painted half a dozen times until then."""
    loop = asyncio.get_running_loop()
    if not isinstance(loop, WatchedLoop):
        _paint(screen)
        return
    screen._dirty_widgets.clear()  # the compositor knows the regions by now, and keeps them until painted
    loop.once_before_idle(screen, partial(copy_context().run, _painted, screen))


def _painted(screen: Screen[Any]) -> None:
    try:
        _paint(screen)
    except Exception as error:  # where Textual's own painting is caught
        screen.app._handle_exception(error)


def _parse_once(
    self: Stylesheet,
    css: str,
    read_from: tuple[str, str],
    is_default_rules: bool = False,
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    """Read the styles of a widget once for each theme, not once for each app; nothing alters read rules."""
    key = (css, read_from, is_default_rules, tie_breaker, scope, *self._variables.items())
    if key not in _parsed:
        _parsed[key] = _parse(self, css, read_from, is_default_rules, tie_breaker, scope)
    return _parsed[key]
