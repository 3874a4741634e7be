"""Pilots that lose no time: what a program would do over and over, and nobody could see, is done once.

Nothing of it changes what a test can see: every widget is laid out, styled and painted as ever.
"""

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from harness.idle import until_idle

_parse = Stylesheet._parse_rules
_parsed: dict[tuple[object, ...], list[RuleSet]] = {}


def without_waste(patch: pytest.MonkeyPatch) -> None:
    """For as long as the patch lasts."""
    patch.setattr("textual.app.wait_for_idle", until_idle)
    patch.setattr("textual.pilot.wait_for_idle", until_idle)
    patch.setattr("textual.pilot.Pilot._wait_for_screen", _until_screen_is_idle)
    patch.setattr(Stylesheet, "_parse_rules", _parse_once)
    # The same identity, without a call of Python for each rule and each widget that is styled.
    patch.setattr(RuleSet, "__hash__", object.__hash__)


async def _until_screen_is_idle(*_: object, **__: object) -> bool:
    """Textual asks each widget whether it is idle: hundreds of messages a key. The loop knows of them all."""
    await until_idle()
    return True


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
