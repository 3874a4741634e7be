"""Findings are told apart by the names of their rules: the roller's own, those of the skin, what may turn."""

import inspect
import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

from rollertrack.domain import clock_rules, rules, skin_rules, turning
from rollertrack.domain.clock_rules import CLOCK_RULES
from rollertrack.domain.rules import CONDITION_RULES, foreign
from rollertrack.domain.skin_rules import SKIN_RULES


def _named(source: ModuleType | Callable[..., Any]) -> set[str]:
    return set(re.findall(r'Finding\(\s*"([a-z-]+)"', inspect.getsource(source)))


def test_every_rule_of_the_skin_is_told_apart_from_those_of_the_roller() -> None:
    of_the_clock = {"rest-unknown"}
    assert _named(skin_rules) | of_the_clock == skin_rules.OF_SKIN
    assert _named(clock_rules) & skin_rules.OF_SKIN == of_the_clock
    assert not _named(rules) & skin_rules.OF_SKIN


def test_what_may_turn_with_time_is_told_from_what_never_does_by_its_name() -> None:
    limits = {"uses", "age", "expiry", "sterile"}
    asked = (*turning.TURNING, *turning.TURNING_OF_SKIN)
    assert limits | {name for rule in asked for name in _named(rule)} == turning.MAY_TURN
    others = {*CLOCK_RULES, *CONDITION_RULES, *SKIN_RULES, foreign}.difference(asked)
    assert not turning.MAY_TURN & {name for rule in others for name in _named(rule)}
