"""Clocks that are put forward or back: a soak counts what surely ran, and no use is forgotten."""

from dataclasses import replace

import pytest
from harness.stations import DAY, HOUR, MINUTE, QUICK_BATH, SECOND, clock_of, me, ready_roller

from rollertrack.domain.beat import Beat
from rollertrack.domain.code import Kind
from rollertrack.domain.events import POLICY_STREAM
from rollertrack.domain.words import State, Word
from rollertrack.errors import BadCode, BadInput, NotNow, Questioned
from rollertrack.services import (
    checking,
    keeping,
    lists,
    people,
    policies,
    records,
    registering,
    upkeep,
    using,
    washing,
)
from rollertrack.services.station import Station
from rollertrack.services.using import Use
from rollertrack.services.washing import Bath


def word(station: Station, code: str) -> Word:
    """The gate's word; the list, which knows no person, says nothing milder of the roller itself."""
    answer = checking.check(station, code)
    row = lists.roller_row(station, code)
    assert row is not None
    assert row.state is State.READY or not answer.verdict.may_use
    assert row.state is not State.READY or answer.verdict.word is not Word.WASH
    return answer.verdict.word


@pytest.mark.parametrize("behind", [2 * DAY, 4 * MINUTE, 1])
def test_a_use_by_a_clock_behind_is_owed_until_it_is_washed(station: Station, behind: int) -> None:
    code, clock = ready_roller(station), clock_of(station)
    clock.now -= behind
    using.use(station, code, Use(despite="in a hurry"))
    clock.now += behind + MINUTE
    assert word(station, code) is Word.WASH
    clock.now += 30 * DAY
    washing.soak(station, [code], QUICK_BATH)
    clock.now += 10 * MINUTE
    washing.done(station, [code])
    assert {each.rule for each in checking.check(station, code).verdict.findings} <= {"floor", "interval"}
    clock.now += 45 * DAY
    washing.disinfect(station, [code], QUICK_BATH)
    assert word(station, code) is Word.USE
    assert upkeep.verify(station).fault == ""


def test_a_session_by_a_clock_behind_shortens_no_rest_on_any_roller(station: Station) -> None:
    used, other, clock = ready_roller(station), ready_roller(station), clock_of(station)
    clock.now += MINUTE
    keeping.note(station, used, "looked at")
    clock.now -= 60 * DAY
    using.use(station, used, Use(despite="in a hurry"))
    clock.now += 60 * DAY + MINUTE
    assert word(station, other) is Word.WAIT
    clock.now += 3 * HOUR
    keeping.undo(station, used, "clock was wrong")
    using.use(station, used, Use(despite="in a hurry"), at=clock.now - 3 * HOUR)
    answer = checking.check(station, other)
    assert "rest-unknown" not in {each.rule for each in answer.verdict.findings}
    assert answer.verdict.word is Word.WAIT


# A soak and the boot clock


def _put_in(station: Station, ticks: int | None, machine: str = "m", boot: str = "b") -> str:
    code = registering.add(station, {"length": "0.25"}).codes[0]
    washing.soak(_beating(station, ticks, machine, boot), [code], QUICK_BATH)
    return code


def _beating(station: Station, ticks: int | None, machine: str = "m", boot: str = "b") -> Station:
    return station.changed(beat=lambda: Beat(machine, boot, ticks) if ticks is not None else Beat())


def test_a_clock_put_forward_does_not_end_a_soak(station: Station) -> None:
    code, clock = _put_in(station, 5 * HOUR), clock_of(station)
    clock.now += HOUR
    soon = _beating(station, 5 * HOUR + SECOND)
    verdict = checking.check(soon, code).verdict
    assert verdict.word is Word.WAIT
    assert "9 min 59 s left (the clock was changed meanwhile)" in verdict.findings[0].message
    with pytest.raises(NotNow, match="another 9 min 59 s: the clock was changed"):
        washing.done(soon, [code])
    clock.now += 9 * MINUTE + 59 * SECOND
    washing.done(_beating(station, 5 * HOUR + 10 * MINUTE), [code])
    assert word(station, code) is Word.USE


def test_taken_out_early_after_a_clock_was_put_forward_it_says_what_is_sure(station: Station) -> None:
    code = _put_in(station, 5 * HOUR)
    clock_of(station).now += HOUR
    done = washing.done(_beating(station, 5 * HOUR + SECOND), [code], early=True)
    assert "only 0 min of 10 min of it are sure: the clock was changed meanwhile" in done.message
    assert word(station, code) is Word.WASH


def test_the_moment_typed_at_the_end_is_measured_too(station: Station) -> None:
    code, clock = _put_in(station, 5 * HOUR), clock_of(station)
    clock.now += 2 * HOUR  # one of them ran
    later = _beating(station, 6 * HOUR)
    with pytest.raises(NotNow):
        washing.done(later, [code], at=clock.now - 50 * MINUTE - SECOND)
    washing.done(later, [code], at=clock.now - 50 * MINUTE)
    assert word(station, code) is Word.USE


@pytest.mark.parametrize(
    ("passed", "ticks", "boot", "machine", "counts"),
    [
        (10 * MINUTE, 5 * HOUR + 10 * MINUTE, "b", "m", True),
        (10 * MINUTE, 5 * HOUR + 10 * MINUTE - SECOND, "b", "m", True),  # two readings, one after the other
        (10 * MINUTE, 5 * HOUR + 10 * MINUTE - SECOND - 1, "b", "m", False),
        (8 * HOUR, 13 * HOUR, "b", "m", True),  # it slept, and the boot clock with it counted
        (20 * MINUTE, 12 * MINUTE, "c", "m", True),  # restarted; twelve minutes since then are sure
        (20 * MINUTE, 9 * MINUTE, "c", "m", False),
        (20 * MINUTE, 90 * HOUR, "c", "m", True),
        (9 * MINUTE, 90 * HOUR, "c", "m", False),  # never more than the wall clock says
        (20 * MINUTE, 90 * HOUR, "c", "n", False),  # another computer
        (20 * MINUTE, 9 * MINUTE, "b", "m", False),  # a boot clock that went back was restarted
        (20 * MINUTE, None, "", "", True),  # no boot clock: the wall clock must do
    ],
)
def test_a_soak_counts_what_surely_ran(
    station: Station, passed: int, ticks: int | None, boot: str, machine: str, counts: bool
) -> None:
    code = _put_in(station, 5 * HOUR)
    clock_of(station).now += passed
    later = _beating(station, ticks, machine, boot)
    if counts:
        washing.done(later, [code])
    else:
        with pytest.raises(NotNow, match="Nothing was logged"):
            washing.done(later, [code])
        washing.done(later, [code], early=True)
    assert word(station, code) is (Word.USE if counts else Word.WASH)


@pytest.mark.parametrize(
    ("passed", "ticks", "boot", "counts"),
    [
        (12 * HOUR, 11 * MINUTE, "c", True),
        (12 * HOUR + 1, 11 * MINUTE, "c", False),  # restarted: eleven minutes are sure, and a day may be it
        (DAY, 11 * MINUTE, "c", False),
        (DAY, 11 * MINUTE, "", False),  # a boot clock without a name of the start
        (DAY, 5 * HOUR + 11 * MINUTE, "b", True),  # not restarted: the clock was put forward
    ],
)
def test_of_what_is_not_sure_a_soak_counts_the_least_to_be_long_enough_and_the_most_to_be_too_long(
    station: Station, passed: int, ticks: int, boot: str, counts: bool
) -> None:
    code = _put_in(station, 5 * HOUR)
    clock_of(station).now += passed
    later = _beating(station, ticks, boot=boot)
    assert {each.rule for each in checking.check(later, code).verdict.findings} >= (
        {"take-out"} if counts else {"soak"}
    )
    said = washing.done(later, [code]).message
    assert ("is not known to be good" in said) is not counts
    assert word(station, code) is (Word.USE if counts else Word.WASH)


def test_a_soak_of_a_version_that_read_no_boot_clock_ends_by_the_wall_clock(station: Station) -> None:
    code = _put_in(station, None)
    clock_of(station).now += 10 * MINUTE
    washing.done(_beating(station, HOUR), [code])
    assert word(station, code) is Word.USE


def test_a_clock_put_back_while_it_soaked_keeps_what_ran(station: Station) -> None:
    code, clock = _put_in(station, 5 * HOUR), clock_of(station)
    clock.now -= 3 * MINUTE
    later = _beating(station, 5 * HOUR + 10 * MINUTE)
    assert "take-out" in {each.rule for each in checking.check(later, code).verdict.findings}
    washing.done(later, [code])
    assert word(station, code) is Word.USE


# One entry with the clock ahead


def test_an_entry_ahead_elsewhere_stops_nothing_and_can_be_undone_everywhere(station: Station) -> None:
    code, clock = ready_roller(station), clock_of(station)
    clock.now += 365 * DAY
    policies.set_policy(station, "age.days", "60")
    operator = people.add_named(station, Kind.OPERATOR, "Dr. B").codes[0]
    sharps = people.add_named(station, Kind.BIN, "Room 2").codes[0]
    clock.now -= 365 * DAY
    assert word(station, code) is Word.USE
    assert lists.overview(station).counts[State.READY] == 1
    for stream in (POLICY_STREAM, "policy", operator, sharps):
        if stream == "policy":
            with pytest.raises(BadInput, match="no entry left"):
                keeping.undo(station, stream, "clock was wrong")
        else:
            keeping.undo(station, stream, "clock was wrong")
    assert policies.policy_in_force(station).text("age.days") == "90"
    with pytest.raises(BadCode, match="no operator"):
        using.use(station, code, Use(), operator=operator)
    with pytest.raises(BadCode, match="no sharps bin"):
        keeping.retire(station, code, "worn", sharps_bin=sharps)
    assert people.list_named(station, Kind.OPERATOR) == []
    assert upkeep.verify(station).fault == ""


def test_an_entry_ahead_on_the_roller_or_its_person_stops_and_is_undone(station: Station) -> None:
    code, other, clock = ready_roller(station), ready_roller(station), clock_of(station)
    clock.now += 365 * DAY
    keeping.note(station, code, "looked at")
    clock.now -= 365 * DAY
    assert word(station, code) is Word.STOP
    assert word(station, other) is Word.USE
    keeping.undo(station, code, "clock was wrong")
    assert word(station, code) is Word.USE
    clock.now += 365 * DAY
    people.edit_person(station, me(station), contraindications=["eczema"])
    clock.now -= 365 * DAY
    assert word(station, other) is Word.STOP
    keeping.undo(station, me(station), "clock was wrong")
    assert word(station, other) is Word.USE


# A moment of the past


def test_before_it_was_on_record_it_is_a_stop(station: Station) -> None:
    clock = clock_of(station)
    since = clock.now
    code = registering.add(station, {"length": "0.25", "sterile": True}).codes[0]
    clock.now += DAY
    assert checking.check(station, code, at=since).verdict.word is Word.USE
    verdict = checking.check(station, code, at=since - 1).verdict
    assert verdict.word is Word.STOP
    assert "not on record yet" in verdict.findings[0].message


def test_the_rules_are_those_of_the_moment(station: Station) -> None:
    code, clock = ready_roller(station), clock_of(station)
    clock.now += 3 * HOUR
    policies.set_policy(station, "freshness.hours", "1")
    assert word(station, code) is Word.WASH
    assert checking.check(station, code, at=clock.now - 1).verdict.word is Word.USE
    assert checking.check(station, code, at=clock.now).verdict.word is Word.WASH
    using.use(station, code, Use(), at=clock.now - 1)


def test_the_agent_is_judged_by_the_rules_of_the_moment(station: Station) -> None:
    code, clock = ready_roller(station), clock_of(station)
    policies.set_policy(station, "agent.alcohol.minutes", "20")
    clock.now += HOUR
    assert washing.disinfect(station, [code], Bath("alcohol", minutes="10")).warnings
    assert not washing.disinfect(
        station, [code], Bath("alcohol", minutes="10", cleaned=True), at=clock.now - HOUR - 1
    ).warnings


# A wash that would have begun before the use


@pytest.mark.parametrize(
    ("ago", "asked"), [(0, True), (5 * MINUTE, True), (10 * MINUTE - 1, True), (10 * MINUTE, False)]
)
def test_a_wash_that_would_have_begun_before_the_use_is_asked_about(
    station: Station, ago: int, asked: bool
) -> None:
    code = ready_roller(station)
    clock_of(station).now += 2 * HOUR
    using.use(station, code, Use())
    clock_of(station).now += ago
    if not asked:
        washing.disinfect(station, [code], QUICK_BATH)
        assert "dirty" not in {each.rule for each in checking.check(station, code).verdict.findings}
        return
    with pytest.raises(Questioned, match="Was the use earlier") as raised:
        washing.disinfect(station, [code], QUICK_BATH)
    assert raised.value.message.endswith("and log it again with its time.")
    assert "--at" in raised.value.at_prompt
    assert "--before-use" in raised.value.at_prompt
    assert len(records.log(station, code)) == 3
    washing.disinfect(station, [code], replace(QUICK_BATH, before_use=True))
    assert word(station, code) is Word.WASH


def test_the_other_way_on_is_to_log_the_use_with_its_time(station: Station) -> None:
    code, clock = ready_roller(station), clock_of(station)
    clock.now += 2 * HOUR
    using.use(station, code, Use())
    keeping.undo(station, code, "it was earlier")
    using.use(station, code, Use(), at=clock.now - 10 * MINUTE)
    washing.disinfect(station, [code], QUICK_BATH)
    assert "dirty" not in {each.rule for each in checking.check(station, code).verdict.findings}
    washing.disinfect(station, [code], QUICK_BATH, at=clock.now - 60 * MINUTE)


def _used_by_a_clock_behind(station: Station) -> str:
    """A roller used just now, while the clock was two days behind; it is right again."""
    code, clock = ready_roller(station), clock_of(station)
    clock.now -= 2 * DAY
    using.use(station, code, Use(despite="in a hurry"))
    clock.now += 2 * DAY + MINUTE
    return code


@pytest.mark.parametrize("wait", [0, HOUR])
def test_a_wash_told_after_a_use_by_a_clock_behind_is_questioned(station: Station, wait: int) -> None:
    code, clock = _used_by_a_clock_behind(station), clock_of(station)
    clock.now += wait
    with pytest.raises(Questioned, match=r"used when the clock had gone back \(entry \d+\)"):
        washing.disinfect(station, [code], QUICK_BATH)
    washing.disinfect(station, [code], replace(QUICK_BATH, before_use=True))
    assert word(station, code) is Word.WASH
    # A right entry since says that the use was before it: what began after that is clean.
    clock.now += 10 * MINUTE - 1
    with pytest.raises(Questioned):
        washing.disinfect(station, [code], QUICK_BATH)
    clock.now += 1
    washing.disinfect(station, [code], QUICK_BATH)
    assert lists.rows_for_list(station)[0].state is State.READY


def test_the_way_on_is_to_log_the_use_again_with_its_time(station: Station) -> None:
    code, clock = _used_by_a_clock_behind(station), clock_of(station)
    clock.now += HOUR
    keeping.undo(station, code, "the clock was wrong")
    using.use(station, code, Use(despite="in a hurry"), at=clock.now - HOUR - MINUTE)
    washing.disinfect(station, [code], QUICK_BATH)
    assert lists.rows_for_list(station)[0].state is State.READY


def test_a_soak_told_late_is_no_cure_of_a_use_by_a_clock_behind(station: Station) -> None:
    code, clock = _used_by_a_clock_behind(station), clock_of(station)
    washing.soak(station, [code], QUICK_BATH, at=clock.now - 10 * MINUTE)
    washing.done(station, [code])
    assert word(station, code) is Word.WASH
    clock.now += MINUTE
    washing.soak(station, [code], QUICK_BATH)
    clock.now += 10 * MINUTE
    washing.done(station, [code])
    assert lists.rows_for_list(station)[0].state is State.READY
