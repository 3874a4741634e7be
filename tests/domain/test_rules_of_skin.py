"""A screen tells the roller's own findings from those of the skin by the names of their rules."""

import inspect
import re
from types import ModuleType

from rollertrack.domain import clock_rules, rules, skin_rules


def _named(module: ModuleType) -> set[str]:
    return set(re.findall(r'Finding\(\s*"([a-z-]+)"', inspect.getsource(module)))


def test_every_rule_of_the_skin_is_told_apart_from_those_of_the_roller() -> None:
    of_the_clock = {"rest-unknown"}
    assert _named(skin_rules) | of_the_clock == skin_rules.OF_SKIN
    assert _named(clock_rules) & skin_rules.OF_SKIN == of_the_clock
    assert not _named(rules) & skin_rules.OF_SKIN
