"""Rules of one's own: within bounds, told where they are looser than the source and decide."""

from decimal import Decimal

import pytest
from harness.gate import HOME, NEW, STOP, USE, WASH, asked, first_used, rested, uses
from harness.histories import DAY, HOUR, NOON, Step, registered, soaked

from rollertrack.domain import events as ev
from rollertrack.domain.own_rules import OWN, is_looser, looser_than, more_is_looser
from rollertrack.domain.policy import PROFILES, Policy, checked_setting
from rollertrack.domain.policy_table import EDITABLE
from rollertrack.domain.verdict import Verdict
from rollertrack.errors import BadInput

_NUMBERS = [row for row in EDITABLE if row.unit in {"uses", "days", "hours", "minutes", "percent", "mm"}]


LONG: Step = (NOON - DAY, registered("1.5"))


def _rested(length: str, ago: int, policy: Policy) -> Verdict:
    return asked(NEW, who=rested(length, ago=ago), policy=policy)


def own(verdict: Verdict) -> list[str]:
    return [finding.message for finding in verdict.findings if finding.rule == OWN]


@pytest.mark.parametrize("row", _NUMBERS, ids=lambda row: row.key)
def test_of_every_number_it_is_known_which_way_is_looser(row: object) -> None:
    assert isinstance(more_is_looser(row.key), bool)  # type: ignore[attr-defined]


def test_a_key_nobody_has_thought_about_is_no_silent_guess() -> None:
    with pytest.raises(KeyError):
        more_is_looser("moon.phase")


_BY_KEY = {row.key: row for row in EDITABLE}


@pytest.mark.parametrize(
    ("key", "value", "usual", "looser"),
    [
        ("freshness.hours", "25", "24", True), ("freshness.hours", "24", "24", False),
        ("freshness.hours", "23", "24", False), ("floor.hours", "23", "24", True),
        ("floor.hours", "25", "24", False), ("uses.to-0.30", "11", "10", True),
        ("interval.scalp.days", "6", "7", True), ("interval.scalp.max-length", "2", "1.5", True),
        ("length.professional", "none", "1.0", True), ("length.professional", "0.5", "none", False),
        ("length.professional", "1.1", "1.0", True), ("agent.alcohol.minutes", "9", "10", True),
        ("agent.alcohol.strength-min", "55", "60", True), ("agent.alcohol.strength-max", "95", "90", True),
        ("agent.bleach.strength-assumed", "0.5", "none", True), ("agent.quat.solution-days", "2", "1", True),
        ("agent.soap.role", "disinfects", "cleans", True),
        ("agent.alcohol.role", "cleans", "disinfects", False),
        ("use.operator", "no", "yes", True), ("use.operator", "yes", "no", False),
        ("clinic.sterile-needles", "no", "yes", True), ("agent.usual", "quat", "alcohol", False),
        ("due.days", "none", "14", True),
    ],
)  # fmt: skip
def test_looser_allows_more_or_asks_for_less(key: str, value: str, usual: str, looser: bool) -> None:
    assert is_looser(_BY_KEY[key], value, usual) is looser


@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_of_a_profile_is_looser_than_itself(profile: str) -> None:
    assert list(looser_than(Policy(profile), Policy(profile))) == []


def test_a_looser_window_is_told_where_it_decides_and_nowhere_else() -> None:
    policy = Policy("home", {"freshness.hours": "72"})
    said = "By your own rule: 72 h (a disinfection stays fresh); usual is 24 h."
    steps = [NEW, (NOON, soaked())]
    fresh, decided, over = (
        asked(*steps, now=NOON + each, policy=policy) for each in (DAY, DAY + 1, 3 * DAY + 1)
    )
    assert (fresh.word, own(fresh)) == (USE, [])
    assert (decided.word, own(decided)) == (USE, [said])
    assert (over.word, own(over)) == (WASH, [said])
    assert decided.to_acknowledge == ()


def test_a_stricter_rule_of_ones_own_is_not_pointed_at() -> None:
    verdict = asked(
        NEW, (NOON, soaked()), now=NOON + 2 * HOUR, policy=Policy("home", {"freshness.hours": "1"})
    )
    assert (verdict.word, own(verdict)) == (WASH, [])


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"uses.to-0.50": "20"}, lambda policy: asked(*uses(8), policy=policy)),
        ({"age.days": "365"}, lambda policy: asked(*first_used(91 * DAY), policy=policy)),
        ({"floor.hours": "12"}, lambda policy: _rested("0.25", 13 * HOUR, policy)),
        ({"interval.to-0.50.days": "7"}, lambda policy: _rested("0.5", 8 * DAY, policy)),
        ({"length.professional": "none"}, lambda policy: asked(LONG, policy=policy)),
    ],
)  # fmt: skip
def test_each_rule_that_lets_something_pass_is_named(changes: dict[str, str], verdict: object) -> None:
    loose, usual = verdict(Policy("home", changes)), verdict(HOME)  # type: ignore[operator]
    assert usual.word.rank > loose.word.rank
    assert len(own(loose)) == 1
    assert own(usual) == []


def test_two_rules_that_decide_together_are_both_told() -> None:
    policy = Policy("home", {"freshness.hours": "72", "uses.to-0.50": "20"})
    verdict = asked(*uses(8), now=NOON + DAY, policy=policy)
    assert len(own(verdict)) == 2


@pytest.mark.parametrize(
    ("wash", "told"),
    [
        (soaked(), False),
        (soaked(1, required=60), True),
        (soaked(required=600, strength=Decimal("55")), True),
        (soaked(required=600, strength=Decimal("70")), False),
        (soaked(required=600, agent="soap"), True),
        (soaked(30, required=1_200, agent="glutaraldehyde", strength=Decimal("2")), False),
    ],
)
def test_a_wash_that_counted_by_a_rule_of_ones_own_says_so(wash: ev.Disinfected, told: bool) -> None:
    verdict = asked(NEW, (NOON, wash))
    assert verdict.word is USE
    assert bool(own(verdict)) is told


def test_what_stops_for_another_reason_owes_nothing_to_a_rule_of_ones_own() -> None:
    lost = (NOON, ev.Retired(reason="lost"))
    verdict = asked(NEW, (NOON, soaked()), lost, policy=Policy("home", {"age.days": "99"}))
    assert (verdict.word, own(verdict)) == (STOP, [])


@pytest.mark.parametrize(
    ("key", "least", "most"),
    [
        ("uses.to-0.30", 1, 100), ("uses.cartridge", 1, 10), ("age.days", 1, 365),
        ("freshness.hours", 1, 168),
        ("floor.hours", 12, 720), ("session.minutes", 1, 480), ("interval.under-2.00.days", 7, 365),
        ("interval.from-2.00.days", 14, 365), ("agent.alcohol.minutes", 1, 720),
        ("agent.opa.minutes", 12, 720),
        ("agent.glutaraldehyde.minutes", 20, 720), ("agent.bleach.solution-days", 1, 1),
    ],
)  # fmt: skip
def test_every_number_has_sane_bounds(key: str, least: int, most: int) -> None:
    assert checked_setting(key, str(least)) == (key, str(least))
    assert checked_setting(key, str(most)) == (key, str(most))
    for beyond in (least - 1, most + 1):
        with pytest.raises(BadInput, match=rf"^{key}: .*{least:,} to {most:,} is right"):
            checked_setting(key, str(beyond))


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("row", EDITABLE, ids=lambda row: row.key)
def test_the_source_itself_lies_within_the_bounds(row: object, profile: str) -> None:
    value = Policy(profile).text(row.key)  # type: ignore[attr-defined]
    if value != "none":
        assert checked_setting(row.key, value)[1] == value  # type: ignore[attr-defined]
