"""The policy: the default table word for word, every value with its source, changes only where sound."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollertrack.domain.events import POLICY_STREAM, Event, PolicySet
from rollertrack.domain.policy import (
    AGENT_NAMES,
    PROFILES,
    AgentRule,
    Policy,
    Value,
    checked_setting,
    policy_of,
)
from rollertrack.domain.policy_table import AGENTS, CONVENTION, EDITABLE, NOTICES
from rollertrack.domain.quantities import DAY, HOUR
from rollertrack.errors import BadInput

HOME, CLINIC = Policy("home"), Policy("clinic")

SHORT = Decimal("0.25")

# Key, home, clinic, and whether the number is only convention.
TABLE = (
    # How long a roller lasts
    ("uses.to-0.30", "10", "1", True),
    ("uses.to-0.50", "8", "1", True),
    ("uses.to-1.00", "3", "1", True),
    ("uses.over-1.00", "1", "1", False),
    ("uses.cartridge", "1", "1", False),
    ("age.days", "90", "1", True),
    # In a clinic nothing is due soon by uses, as one use is all; both stay for packs near their expiry.
    ("due.uses-percent", "80", "80", True),
    ("due.days", "14", "14", True),
    ("freshness.hours", "24", "24", False),
    ("clinic.sterile-needles", "no", "yes", False),
    ("soak.longest", "12", "12", True),
    ("agent.usual", "alcohol", "alcohol", False),
    ("soak.cleaned", "no", "no", False),
    # How long skin rests; the eighteen hours are those of a rat's skin after 0.77 mm, so a day is the least
    ("floor.hours", "24", "24", False),
    ("floor.over-0.50.days", "7", "7", True),
    ("session.minutes", "120", "120", True),
    ("interval.to-0.30.days", "2", "2", True),
    ("interval.to-0.50.days", "14", "28", True),
    ("interval.under-2.00.days", "28", "28", True),
    ("interval.from-2.00.days", "42", "42", True),
    ("interval.scalp.days", "7", "7", False),
    ("interval.scalp.max-length", "1.5", "1.5", False),
    ("length.notice", "0.3", "none", False),
    ("length.professional", "1.0", "none", False),
    # What is asked for
    ("use.operator", "no", "yes", False),
    ("use.lot", "no", "yes", False),
    ("ask.days", "none", "180", True),
    ("reaction.days", "90", "90", True),
    # What disinfects
    ("agent.alcohol.role", "disinfects", "disinfects", False),
    ("agent.alcohol.minutes", "10", "10", True),
    ("agent.alcohol.strength-min", "60", "60", False),
    ("agent.alcohol.strength-max", "90", "90", False),
    ("agent.alcohol.strength-assumed", "70", "70", True),
    ("agent.peroxide.role", "disinfects", "not-offered", False),
    ("agent.peroxide.minutes", "10", "10", False),
    ("agent.peroxide.strength-min", "3", "3", False),
    ("agent.peroxide.strength-max", "6", "6", False),
    ("agent.peroxide.strength-assumed", "3", "3", True),
    ("agent.peroxide.solution-warn-days", "180", "180", True),
    ("agent.quat.role", "disinfects", "disinfects", False),
    ("agent.quat.minutes", "10", "10", False),
    ("agent.quat.strength-min", "0.06", "0.06", True),
    ("agent.quat.strength-assumed", "none", "none", False),
    ("agent.quat.solution-days", "1", "1", False),
    ("agent.bleach.role", "disinfects", "not-offered", False),
    ("agent.bleach.minutes", "10", "10", False),
    ("agent.bleach.strength-min", "0.5", "0.5", False),
    ("agent.bleach.strength-assumed", "none", "none", False),
    ("agent.bleach.solution-days", "1", "1", False),
    ("agent.bleach.rinse", "yes", "yes", False),
    ("agent.glutaraldehyde.role", "not-offered", "disinfects", False),
    ("agent.glutaraldehyde.minutes", "20", "20", False),
    ("agent.glutaraldehyde.strength-min", "1.5", "1.5", False),
    ("agent.glutaraldehyde.strength-assumed", "2", "2", False),
    ("agent.glutaraldehyde.solution-days", "14", "14", False),
    ("agent.glutaraldehyde.strip-test", "yes", "yes", False),
    ("agent.glutaraldehyde.rinse", "yes", "yes", False),
    ("agent.opa.role", "not-offered", "disinfects", False),
    ("agent.opa.minutes", "12", "12", False),
    ("agent.opa.strength-min", "0.3", "0.3", False),
    ("agent.opa.strength-assumed", "0.55", "0.55", False),
    ("agent.opa.solution-days", "14", "14", False),
    ("agent.opa.strip-test", "yes", "yes", False),
    ("agent.opa.rinse", "yes", "yes", False),
    ("agent.peroxide-hld.role", "not-offered", "disinfects", False),
    ("agent.peroxide-hld.minutes", "30", "30", False),
    ("agent.peroxide-hld.strength-min", "6", "6", False),
    ("agent.peroxide-hld.strength-assumed", "7.5", "7.5", False),
    ("agent.peroxide-hld.solution-days", "21", "21", False),
    ("agent.peroxide-hld.strip-test", "yes", "yes", False),
    ("agent.peroxide-hld.rinse", "yes", "yes", False),
    ("agent.autoclave.role", "disinfects", "disinfects", False),
    ("agent.autoclave.minutes", "30", "30", False),
    ("agent.autoclave.indicator", "yes", "yes", False),
    ("agent.chlorhexidine.role", "cleans", "cleans", False),
    ("agent.denture.role", "cleans", "cleans", False),
    ("agent.ultrasonic.role", "cleans", "cleans", False),
    ("agent.soap.role", "cleans", "cleans", False),
    ("agent.uv.role", "refused", "refused", False),
    ("agent.boiling.role", "refused", "refused", False),
)


@pytest.mark.parametrize(("key", "home", "clinic", "convention"), TABLE, ids=str)
def test_the_default_of_every_value(key: str, home: str, clinic: str, convention: bool) -> None:
    assert HOME.text(key) == home
    assert CLINIC.text(key) == clinic
    assert next(each for each in HOME.settings() if each.key == key).convention is convention


def test_the_table_holds_every_value_there_is() -> None:
    assert [row.key for row in EDITABLE] == [key for key, *_ in TABLE]


@pytest.mark.parametrize("profile", PROFILES)
def test_every_value_has_a_title_a_unit_and_a_source(profile: str) -> None:
    for setting in Policy(profile).settings():
        assert setting.title
        assert setting.unit
        assert setting.value
        assert len(setting.source) >= len(CONVENTION)
    for row in (*EDITABLE, *NOTICES):
        assert row.source.strip()


@pytest.mark.parametrize(
    ("notice", "said"),
    [
        ("notice.persons", "hard block"),
        ("notice.single-use", "0.5 mm"),
        ("notice.never", "eyelid or inside the orbital rim"),
        ("notice.area", "longest that any chart names"),
        ("notice.after-use", "clean, soak, rinse, dry, store"),
        ("notice.rinse", "not tap water"),
        ("notice.retire-now", "bent"),
        ("notice.unopened", "printed expiry"),
        ("notice.end", "do not take the head off by hand"),
        ("notice.records", "never deleted"),
        ("notice.wording", "reminder, not medical advice; disinfected is not sterile"),
    ],
)
def test_what_cannot_be_set_is_said(notice: str, said: str) -> None:
    settings = {setting.key: setting.value for setting in HOME.settings()}
    assert said in settings[notice]


def test_the_agents_are_those_of_the_design() -> None:
    assert AGENT_NAMES == (
        "alcohol", "peroxide", "quat", "bleach", "glutaraldehyde", "opa", "peroxide-hld",
        "autoclave", "chlorhexidine", "denture", "ultrasonic", "soap", "uv", "boiling",
    )  # fmt: skip
    assert {row.key.split(".")[0] for row in AGENTS} == {"agent"}


def test_an_agents_rule_has_times_in_seconds() -> None:
    assert HOME.agent("alcohol") == AgentRule(
        "alcohol", "disinfects", 600, Decimal(60), Decimal(90), Decimal(70), None, None, False
    )
    assert CLINIC.agent("opa") == AgentRule(
        "opa",
        "disinfects",
        720,
        Decimal("0.3"),
        None,
        Decimal("0.55"),
        solution_life=14 * 86_400,
        strip_test=True,
        rinse=True,
    )
    assert HOME.agent("peroxide").solution_warn == 180 * 86_400
    assert HOME.agent("vodka") == AgentRule("vodka", "unknown")
    assert not HOME.agent("vodka").disinfects
    assert not HOME.agent("soap").disinfects
    assert HOME.agent("alcohol").disinfects
    assert not Policy("home", {"agent.soap.role": "disinfects"}).agent("soap").disinfects


def test_numbers_come_in_the_units_of_the_rules() -> None:
    assert (HOME.freshness, HOME.session_window) == (24 * HOUR, 2 * HOUR)
    assert [HOME.floor(length) for length in (None, Decimal("0.50"), Decimal("0.51"))] == [0, DAY, 7 * DAY]
    assert HOME.interval(Decimal("0.25"), "face") == 2 * DAY
    assert HOME.interval(None, "face") == 0
    assert HOME.length_professional == Decimal("1.0")
    assert CLINIC.length_professional is None
    assert (HOME.stricter, CLINIC.stricter) == (False, True)
    assert (HOME.needs_operator, CLINIC.needs_operator) == (False, True)
    assert (HOME.asks_lot, CLINIC.asks_lot) == (False, True)
    assert HOME.usual_agent == "alcohol"


def test_every_value_of_the_table_is_read_by_one_attribute() -> None:
    attributes = [each.row.key for each in vars(Policy).values() if isinstance(each, Value)]
    assert sorted(attributes) == sorted(
        row.key for row in EDITABLE if row.key == "agent.usual" or not row.key.startswith("agent.")
    )
    read = {name for each in AGENT_NAMES for name, value in HOME.agent(each)._asdict().items() if value}
    assert read == set(AgentRule._fields)


def test_an_attribute_reads_what_was_changed_and_no_row_that_is_not_there() -> None:
    assert (HOME.due_days, Policy("home", {"due.days": "none"}).due_days) == (14, None)
    changed = Policy("home", {"floor.hours": "48"})
    assert (changed.floor_usual, changed.floor_usual, HOME.floor_usual) == (2 * DAY, 2 * DAY, DAY)
    with pytest.raises(KeyError):
        Value("age.day", str, "")


def test_what_is_proposed_first_is_offered_by_the_profile() -> None:
    for policy, usual in (
        (Policy("home", {"agent.usual": "opa"}), "alcohol"),
        (Policy("clinic", {"agent.usual": "opa"}), "opa"),
        (Policy("clinic", {"agent.usual": "bleach"}), "alcohol"),
        (Policy("home", {"agent.alcohol.role": "refused"}), "peroxide"),
        (Policy("clinic", {"agent.alcohol.role": "refused"}), "quat"),
        (Policy("home", {f"agent.{name}.role": "refused" for name in AGENT_NAMES}), "alcohol"),
    ):
        assert policy.usual_agent == usual


def _set(*pairs: tuple[str, str]) -> Policy:
    return policy_of(
        Event(POLICY_STREAM, seq, seq, seq, PolicySet(key=key, value=value))
        for seq, (key, value) in enumerate(pairs, 1)
    )


def test_without_any_change_the_home_profile_holds() -> None:
    assert policy_of([]).profile == "home"
    assert [setting.changed for setting in policy_of([]).settings()].count(True) == 0


def test_the_last_value_set_holds_and_says_that_it_was_set_here() -> None:
    policy = _set(("floor.hours", "20"), ("floor.hours", "24"), ("age.days", "60"))
    assert policy.floor(SHORT) == 24 * HOUR
    assert policy.age_days == 60
    changed = {setting.key: setting for setting in policy.settings() if setting.changed}
    assert set(changed) == {"floor.hours", "age.days"}
    assert changed["age.days"].source == "set here"
    assert not changed["age.days"].convention
    assert not policy.is_convention(Policy.age_days)


def test_the_longer_floor_is_never_shorter_than_the_usual_one() -> None:
    policy = _set(("floor.hours", "240"), ("floor.over-0.50.days", "1"))
    assert policy.floor(SHORT) == policy.floor(Decimal("1.50")) == 10 * DAY


@pytest.mark.parametrize(
    ("length", "area", "days"),
    [("0.30", "scalp", 2), ("0.31", "Scalp ", 7), ("1.50", "SCALP", 7), ("1.51", "scalp", 28),
     ("0.50", "scalpe", 14), ("0.50", "left scalp", 14)],
)  # fmt: skip
def test_the_scalp_rests_for_the_shorter_of_its_own_and_the_usual_time(
    length: str, area: str, days: int
) -> None:
    assert HOME.interval(Decimal(length), area) == days * DAY


def test_each_profile_keeps_its_own_changes() -> None:
    at_home = ("floor.hours", "20")
    in_clinic = ("floor.hours", "30")
    assert _set(at_home, ("profile", "clinic")).floor(SHORT) == 24 * HOUR
    assert _set(at_home, ("profile", "clinic"), in_clinic).floor(SHORT) == 30 * HOUR
    back = _set(at_home, ("profile", "clinic"), in_clinic, ("profile", "home"))
    assert (back.profile, back.floor(SHORT)) == ("home", 20 * HOUR)
    again = _set(at_home, ("profile", "clinic"), in_clinic, ("profile", "home"), ("profile", "clinic"))
    assert (again.profile, again.floor(SHORT)) == ("clinic", 30 * HOUR)


def test_a_key_that_a_later_version_dropped_is_left_alone() -> None:
    assert _set(("moon.phase", "full")).text("floor.hours") == "24"


@pytest.mark.parametrize(
    ("key", "value", "stored"),
    [
        ("profile", "clinic", "clinic"),
        (" Profile ", " HOME ", "home"),
        ("uses.to-0.30", "1", "1"),
        ("uses.to-0.30", "100", "100"),
        ("uses.to-0.30", "007", "7"),
        ("age.days", "365", "365"),
        ("floor.hours", "24", "24"),
        ("due.days", "none", "none"),
        ("due.uses-percent", "100", "100"),
        ("agent.alcohol.minutes", "720", "720"),
        ("agent.alcohol.role", "refused", "refused"),
        ("agent.usual", "quat", "quat"),
        ("agent.usual", "Isopropyl", "alcohol"),
        ("agent.opa.strength-min", "0,3", "0.3"),
        ("agent.opa.strength-min", "0.2", "0.2"),
        ("agent.opa.strength-assumed", "none", "none"),
        ("agent.alcohol.strength-max", "95 %", "95"),
        ("agent.bleach.strength-assumed", "0.53", "0.53"),
        ("use.operator", "yes", "yes"),
        ("length.professional", "none", "none"),
        ("length.professional", "0,5", "0.5"),
        ("length.professional", "0.05", "0.05"),
        ("length.notice", "5", "5"),
    ],
)
def test_a_sound_value_is_stored_in_one_form(key: str, value: str, stored: str) -> None:
    assert checked_setting(key, value) == (key.strip().lower(), stored)


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("profile", "spa", "profile: “spa” is not known; one of home, clinic is right"),
        ("uses.to-0.30", "0", "uses.to-0.30: 0 is out of range; 1 to 100 is right"),
        ("uses.to-0.30", "101", "uses.to-0.30: 101 is out of range; 1 to 100 is right"),
        ("uses.to-0.30", "-3", "uses.to-0.30: -3 is out of range; 1 to 100 is right"),
        ("uses.to-0.30", "many", "uses.to-0.30: “many” is not a whole number; 1 to 100 is right"),
        ("uses.to-0.30", "2.5", "uses.to-0.30: “2.5” is not a whole number; 1 to 100 is right"),
        ("uses.to-0.30", "none", "uses.to-0.30: “none” is not a whole number; 1 to 100 is right"),
        ("uses.to-0.30", "", "uses.to-0.30: “” is not a whole number; 1 to 100 is right"),
        ("floor.hours", "none", "floor.hours: “none” is not a whole number; 12 to 720 is right"),
        ("due.uses-percent", "101", "due.uses-percent: 101 is out of range; 1 to 100 is right"),
        ("agent.alcohol.minutes", "0", "agent.alcohol.minutes: 0 is out of range; 1 to 720 is right"),
        ("agent.opa.strength-min", "0.19", "agent.opa.strength-min: 0.19 is out of range; 0.2 to 10 percent"),
        ("agent.opa.strength-min", "none", "agent.opa.strength-min: “none” is not a number; "),
        ("agent.alcohol.strength-min", "49", "agent.alcohol.strength-min: 49 is out of range; 50 to 100"),
        ("agent.bleach.strength-assumed", "50", "agent.bleach.strength-assumed: 50 is out of range; 0.05 to"),
        ("agent.usual", "vodka", "agent.usual: “vodka” is not known; one of alcohol, peroxide"),
        ("agent.uv.role", "kills", "agent.uv.role: “kills” is not known; one of disinfects, cleans"),
        ("use.operator", "maybe", "use.operator: “maybe” is not known; one of yes, no is right"),
        ("length.professional", "0", "length.professional: 0 is out of range; 0.05 to 5 mm or none is right"),
        ("length.professional", "6", "length.professional: 6 is out of range; 0.05 to 5 mm or none is right"),
        ("length.professional", "nan", "length.professional: “nan” is not a number; 0.05 to 5 mm or none is"),
        ("floor.hour", "20", "policy key: “floor.hour” cannot be set; did you mean floor.hours?"),
        ("notice.rinse", "tap", "policy key: “notice.rinse” cannot be set"),
        ("", "1", "policy key: “” cannot be set; `policy show` lists all"),
        ("agent.vodka.role", "disinfects", "policy key: “agent.vodka.role” cannot be set; "),
    ],
)  # fmt: skip
def test_a_bad_value_is_one_clear_sentence(key: str, value: str, sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        checked_setting(key, value)
    assert caught.value.message.startswith(sentence)
    assert "\n" not in caught.value.message
    assert caught.value.exit_status == 2


@given(st.sampled_from([key for key, *_ in TABLE]), st.text(max_size=20) | st.integers(-10, 10_000).map(str))
def test_whatever_is_stored_the_policy_can_read(key: str, value: str) -> None:
    try:
        pair = checked_setting(key, value)
    except BadInput:
        return
    policy = _set(pair)
    assert policy.text(key) == pair[1]
    for name in AGENT_NAMES:
        policy.agent(name)
    for length in ("0.05", "0.30", "0.31", "1.00", "1.01", "2.00"):
        assert (policy.uses_band("roller", Decimal(length)) or 0) >= 1
        assert policy.interval(Decimal(length), "scalp") > 0
        assert policy.floor(Decimal(length)) > 0
    assert policy.session_window > 0
    assert policy.freshness > 0


def test_every_default_may_be_set_again() -> None:
    for key, home, clinic, _ in TABLE:
        for value in (home, clinic):
            assert checked_setting(key, value) == (key, value)
