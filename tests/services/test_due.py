"""What is due: bins, strips, orders, and what was put off."""

import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from harness.event_rows import BIN
from harness.histories import JAR
from harness.stations import DAY, HOUR, QUICK_BATH, SECOND, Clock, station_at
from harness.stock_house import stocked

from rollertrack.domain.code import Kind, shown
from rollertrack.domain.events import Snoozed, effective
from rollertrack.domain.quantities import plural
from rollertrack.domain.rows import DueRow
from rollertrack.domain.snoozes import SNOOZABLE, Snooze, as_text, from_text, snoozed
from rollertrack.errors import BadCode, BadInput
from rollertrack.services import bins, keeping, lists, people, products, registering, using, washing
from rollertrack.services.due import due
from rollertrack.services.policies import set_policy
from rollertrack.services.snoozing import snooze
from rollertrack.services.solutions import (
    SolutionFacts,
    add_solution,
    discard_solution,
    edit_solution,
    log_strip,
    top_up,
)
from rollertrack.services.station import Station
from rollertrack.services.times import day_begins
from rollertrack.services.upkeep import verify
from rollertrack.services.using import Use
from rollertrack.services.washing import Bath
from rollertrack.wording.dates import iso_day, local_day, spoken_moment
from rollertrack.wording.due import TODAY, WEEK, group_of
from rollertrack.wording.due_words import due_word

MONTH = 30


def kinds(station: Station, days: int = MONTH) -> list[tuple[str, str]]:
    return [(line.what, line.code) for line in due(station, days).lines]


def spent(station: Station) -> str:
    """A roller that is used up."""
    code = registering.add(station, {"length": "0.5", "max_uses": "1"}).codes[0]
    washing.disinfect(station, code, QUICK_BATH)
    using.use(station, code, Use(despite="only here"))
    return code


def a_bin(station: Station) -> str:
    return people.add_named(station, Kind.BIN, "kitchen").codes[0]


def in_days(station: Station, days: int) -> str:
    return iso_day(station.clock() + days * DAY) or ""


def test_what_is_used_up_is_replaced_where_no_bin_is_and_binned_where_one_is(
    station: Station, clock: Clock
) -> None:
    code = spent(station)
    clock.now += 1
    assert kinds(station) == [("replace", code)]
    sharps = a_bin(station)
    assert kinds(station) == [("bin", code)]
    assert [row.code for row in lists.unbinned(station)] == [code]
    bins.into_bin(station, sharps, code)
    assert (kinds(station), lists.unbinned(station)) == ([], [])
    assert [row.code for row in bins.show_bin(station, sharps).rollers] == [code]


def test_what_was_retired_without_a_bin_is_missed_since_there_is_one(station: Station, clock: Clock) -> None:
    before, since = (registering.add(station, {"length": "0.5"}).codes[0] for _ in range(2))
    keeping.retire(station, before, "lost")
    assert [row.code for row in lists.unbinned(station)] == [before]
    clock.now += 1
    sharps = a_bin(station)
    keeping.retire(station, since, "worn")
    assert kinds(station) == [("bin", since)]
    midnight = day_begins(local_day(clock.now) + timedelta(days=1))
    assert due(station, 0).overdue(midnight - 1) == []
    assert [line.code for line in due(station, 1).overdue(midnight)] == [since]
    done = bins.into_bin(station, sharps, [since])
    assert kinds(station) == []
    keeping.undo(station, since, "another bin", entry=done.entries[0])
    assert kinds(station) == [("bin", since)]


def test_a_bin_takes_nothing_twice_and_nothing_once_it_is_gone(station: Station) -> None:
    code, sharps = spent(station), a_bin(station)
    bins.into_bin(station, sharps, code)
    with pytest.raises(BadInput, match="already"):
        bins.into_bin(station, sharps, code)
    done = bins.collect(station, sharps, "Clean & Co", receipt="R 44")
    with pytest.raises(BadInput, match="taken away already"):
        bins.collect(station, sharps, "Clean & Co")
    with pytest.raises(BadInput, match="closed"):
        bins.into_bin(station, sharps, spent(station))
    assert bins.show_bin(station, sharps).receipt == "R 44"
    keeping.undo(station, sharps, "the other bin", entry=done.entries[0])
    assert bins.show_bin(station, sharps).row.collected_at is None
    bins.into_bin(station, sharps, spent(station))
    with pytest.raises(BadCode, match="no sharps bin"):
        bins.collect(station, BIN, "x")
    with pytest.raises(BadInput, match="hauler"):
        bins.collect(station, sharps, " ")


def test_what_is_put_off_comes_back_on_its_day(station: Station, clock: Clock) -> None:
    code = spent(station)
    clock.now += HOUR
    done = snooze(station, code, "replace", in_days(station, 3), "on holiday")
    assert "Put off until" in done.message
    found = due(station, MONTH)
    assert (found.lines, found.overdue(clock.now)) == ([], [])
    (put_off,) = found.snoozed
    assert (put_off.what, put_off.why) == ("replace", "on holiday")
    assert put_off.snoozed_until is not None
    clock.now = put_off.snoozed_until - 1
    assert kinds(station) == []
    clock.now += 1
    assert kinds(station) == [("replace", code)]


def test_a_debt_made_after_the_word_was_said_is_another_one(station: Station, clock: Clock) -> None:
    code = registering.add(station, {"length": "0.25"}).codes[0]
    washing.disinfect(station, code, QUICK_BATH)
    using.use(station, code, Use(acknowledged=True))
    clock.now += DAY
    assert [line.what for line in due(station, 0).overdue(clock.now)] == ["wash"]
    snooze(station, code, "disinfect", in_days(station, 30), "in the autoclave")
    assert [line.what for line in due(station, 0).lines] == []
    washing.disinfect(station, code, QUICK_BATH)
    clock.now += HOUR
    using.use(station, code, Use(despite="only here"))
    assert [line.what for line in due(station, 0).lines] == ["wash"]


def test_of_each_thing_the_last_word_counts() -> None:
    first, second = (Snooze("bin", entry, 18 - entry, "x") for entry in (3, 5))
    other = Snooze("replace", 4, 100, "y")
    for said in ([first, other, second], [second, other, first]):  # told late, it stands before the first
        kept = as_text(said)
        assert set(from_text(kept)) == {second, other}
        assert snoozed(said, "bin", 12) == snoozed(from_text(kept), "bin", 12) == second
        assert snoozed(from_text(kept), "bin", 13) is None
    assert from_text("") == ()
    assert from_text("bin\t1\tsoon\tx\nhalf") == ()


@pytest.mark.parametrize(
    ("what", "until", "reason", "field"),
    [
        ("sleep", 1, "x", "what"), ("bin", -1, "x", "until"),
        ("bin", 366, "x", "until"), ("bin", 1, " ", "reason"),
    ],
)  # fmt: skip
def test_what_cannot_be_put_off_is_refused(
    station: Station, what: str, until: int, reason: str, field: str
) -> None:
    code = spent(station)
    with pytest.raises(BadInput) as raised:
        snooze(station, code, what, in_days(station, until), reason)
    assert raised.value.field == field


@pytest.mark.parametrize("days", [1, 365])
def test_a_day_to_a_year_may_be_put_off(station: Station, clock: Clock, days: int) -> None:
    code, _ = spent(station), a_bin(station)
    clock.now += 1
    assert snooze(station, code, "into-the-bin", in_days(station, days), "x").entries


def all_due(station: Station, clock: Clock) -> dict[str, str]:
    """The code of a thing for each kind that may be due; each is."""
    dirty, soaking, old = (registering.add(station, {"length": "0.2"}).codes[0] for _ in range(3))
    washing.disinfect(station, dirty, QUICK_BATH)
    using.use(station, dirty, Use(acknowledged=True))
    washing.soak(station, soaking, Bath("alcohol", cleaned=True))
    registering.edit(station, old, {"expiry": in_days(station, 1)})
    worn, _ = spent(station), a_bin(station)
    jar = add_solution(station, SolutionFacts("quat")).codes[0]
    opa = add_solution(station, SolutionFacts("opa", "0.55")).codes[0]
    product = products.add_product(station, {"name": "Titan", "length": "0.5", "reorder_level": "1"}).codes[0]
    clock.now += HOUR
    own = {
        "wash": dirty, "take out": soaking, "discard": jar, "test": opa, "bin": worn, "replace": old,
        "order": product,
    }  # fmt: skip
    assert set(own) == set(SNOOZABLE)
    return own


def test_every_kind_goes_by_a_code_of_its_own_and_by_both_its_names(station: Station, clock: Clock) -> None:
    own = all_due(station, clock)
    for what, code in own.items():
        named = "titan" if what == "order" else code
        own_words = (what, what.replace(" ", "-"), due_word(what).upper(), due_word(what).replace(" ", "_"))
        for place, word in enumerate(own_words):
            assert snooze(station, named, word, in_days(station, 3), f"as {place}").codes == (code,)
    assert {(line.what, line.code) for line in due(station, MONTH).snoozed} == set(own.items())
    with pytest.raises(BadCode):
        snooze(station, own["bin"], "discard", in_days(station, 1), "x")
    with pytest.raises(BadCode):
        snooze(station, own["discard"], "wash", in_days(station, 1), "x")
    with pytest.raises(BadCode, match="no solution"):
        snooze(station, JAR, "discard", in_days(station, 1), "x")


@pytest.mark.parametrize("what", SNOOZABLE)
@pytest.mark.parametrize("today", ["today", "Now", None])
def test_whatever_was_put_off_is_taken_back_in_one_way(
    station: Station, clock: Clock, what: str, today: str | None
) -> None:
    things = all_due(station, clock)
    own = "Titan" if what == "order" else things[what]
    until = today or in_days(station, 0)
    with pytest.raises(BadInput, match="is not put off") as raised:
        snooze(station, own, what, until, "back")
    assert raised.value.field == "until"
    for days in (9, 5):
        snooze(station, own, what, in_days(station, days), "away")
    if what == "wash":
        snooze(station, own, "replace", in_days(station, 200), "away")
    done = snooze(station, [own, own], what, until, "back")
    assert done.message.startswith("Put off no more: ")
    (code,) = done.codes
    with station.store.reading() as journal:
        left = [each.payload.what for each in effective(journal.stream(code))
                if isinstance(each.payload, Snoozed)]  # fmt: skip
    assert left == (["replace"] if what == "wash" else [])
    assert verify(station).fault == ""
    with pytest.raises(BadInput, match="is not put off"):
        snooze(station, own, what, until, "back")


def test_what_is_taken_back_is_due_again_and_one_of_several_that_is_not_put_off_keeps_all(
    station: Station, clock: Clock
) -> None:
    code, other = spent(station), spent(station)
    clock.now += HOUR
    snooze(station, code, "replace", in_days(station, 3), "on holiday")
    with pytest.raises(BadInput, match=shown(other)):
        snooze(station, [code, other], "replace", "today", "back")
    assert kinds(station) == [("replace", other)]
    snooze(station, code, "replace", "today", "back")
    assert sorted(kinds(station)) == sorted([("replace", code), ("replace", other)])
    assert due(station, MONTH).snoozed == []


def test_the_same_word_twice_is_written_once(station: Station, clock: Clock) -> None:
    things = all_due(station, clock)
    code, dirty, until = things["bin"], things["wash"], in_days(station, 3)
    snooze(station, code, "bin", until, "away")
    with pytest.raises(BadInput, match=r"into the bin of .* is put off until .* already: away"):
        snooze(station, code, "bin", until, "away")
    assert snooze(station, code, "bin", until, "ill").entries
    assert snooze(station, code, "bin", in_days(station, 4), "ill").entries
    snooze(station, dirty, "wash", until, "away")
    with pytest.raises(BadInput, match="already"):
        snooze(station, dirty, "wash", until, "away")
    using.use(station, dirty, Use(despite="only here"))  # another debt
    assert snooze(station, dirty, "wash", until, "away").entries


def test_what_is_not_due_before_the_day_is_not_put_off(station: Station) -> None:
    (code,) = registering.add(station, {"length": "0.2", "expiry": in_days(station, 5)}).codes
    with pytest.raises(BadInput, match=r"until: replace of .* is not due before") as raised:
        snooze(station, code, "replace", in_days(station, 5), "x")
    assert raised.value.field == "until"
    with pytest.raises(BadInput, match="what: disinfect is not due of") as raised:
        snooze(station, code, "wash", in_days(station, 9), "x")
    assert due(station, MONTH).snoozed == []
    snooze(station, code, "replace", in_days(station, 6), "x")
    assert [line.code for line in due(station, MONTH).snoozed] == [code]


def test_the_days_are_those_of_the_calendar(station: Station, clock: Clock) -> None:
    """What is due may be done all its day, and is overdue from the next one on; a horizon ends with a day."""
    clock.now = day_begins(local_day(clock.now) + timedelta(days=1)) + 4 * HOUR
    code, _ = spent(station), a_bin(station)
    wet = registering.add(station, {"length": "0.2"}).codes[0]
    washing.disinfect(station, wet, QUICK_BATH)
    using.use(station, wet, Use(acknowledged=True))
    for days in (7, 8):
        registering.add(station, {"length": "0.2", "expiry": in_days(station, days)})
    clock.now += 1
    today = due(station, 0)
    assert {line.code: group_of(line, clock.now) for line in today.lines} == {code: TODAY, wet: TODAY}
    assert (today.later, today.overdue(clock.now)) == (3, [])
    midnight = day_begins(local_day(clock.now) + timedelta(days=1))
    for instant, overdue in ((midnight - 1, 0), (midnight, 2)):
        clock.now = instant
        found = due(station, 6)
        assert len(found.overdue(clock.now)) == overdue
    clock.now = midnight - 1
    for within, there, later in ((6, 0, 3), (7, 1, 2), (30, 1, 1)):
        found = due(station, within)
        week = [line for line in found.lines if group_of(line, clock.now) == WEEK]
        assert (len(week), found.later) == (there, later)


def test_a_strip_is_wanted_a_day_after_the_last_and_one_that_failed_ends_the_bottle(
    station: Station, clock: Clock
) -> None:
    set_policy(station, "profile", "clinic")
    jar = add_solution(station, SolutionFacts("opa", "0.55")).codes[0]
    assert kinds(station, 1) == [("test", jar)]
    log_strip(station, jar, passed=True)
    clock.now += DAY - 1
    assert kinds(station, 1) == []
    clock.now += 1
    assert kinds(station, 1) == [("test", jar)]
    log_strip(station, jar, passed=False)
    clock.now += 1
    assert kinds(station, 1) == [("discard", jar)]
    assert [line.because for line in due(station, 1).lines] == ["its strip failed"]
    midnight = day_begins(local_day(clock.now) + timedelta(days=1))
    assert [len(due(station, 1).overdue(now)) for now in (midnight - 1, midnight)] == [0, 1]


def test_a_bottle_with_a_short_life_is_due_by_it(station: Station, clock: Clock) -> None:
    jar = add_solution(station, SolutionFacts("quat")).codes[0]
    assert kinds(station, 2) == [("discard", jar)]
    midnight = day_begins(local_day(clock.now) + timedelta(days=2))
    assert due(station, 2).overdue(midnight - 1) == []
    assert [line.code for line in due(station, 2).overdue(midnight)] == [jar]


@pytest.mark.parametrize(("days", "life"), [("1", 1), ("6", 6), ("7", 7), ("8", 7), (None, 7)])
def test_the_shorter_of_the_policys_life_and_the_labels_holds_and_topping_up_makes_it_no_longer(
    station: Station, clock: Clock, days: str | None, life: int
) -> None:
    set_policy(station, "agent.quat.solution-days", "7")
    jar = add_solution(station, SolutionFacts("quat", "2", listing="VAH 123", use_days=days)).codes[0]
    opened, told = clock.now, plural(life, "day")
    clock.now += HOUR
    done = top_up(station, jar)
    assert done.message.endswith(f"use it until {spoken_moment(opened + life * DAY)}, as before.")
    (line,) = due(station, MONTH).lines
    assert (line.what, line.on, line.because) == ("discard", opened + life * DAY, f"open for {told}")
    (row,) = lists.list_solutions(station)
    assert (row.listing, row.topped_up_at) == ("VAH 123", clock.now)
    assert row.use_days == (int(days) if days else None)
    code = registering.add(station, {"length": "0.25"}).codes[0]
    said = []
    for began in (opened + life * DAY, opened + life * DAY + SECOND):
        clock.now = began
        is_over = lists.list_solutions(station)[0].spent_since is not None
        clock.now += 600 * SECOND
        done = washing.disinfect(station, code, Bath("", solution=jar, minutes="10"))
        said.append((is_over, f"was open for longer than {told}" in str(done)))
    assert said == [(False, False), (True, True)]
    at = opened + life * DAY
    assert "use it until" in top_up(station, jar, at=at).message
    assert f"its life is over since {spoken_moment(at)}" in top_up(station, jar, at=at + 1).message


def test_the_days_of_a_label_are_mended_and_what_was_washed_after_them_no_longer_counts(
    station: Station, clock: Clock
) -> None:
    jar = add_solution(station, SolutionFacts("alcohol", "70")).codes[0]
    code = registering.add(station, {"length": "0.25"}).codes[0]
    clock.now += 3 * DAY
    washing.disinfect(station, code, Bath("", solution=jar, minutes="10"))
    assert "no longer counts" in edit_solution(station, jar, SolutionFacts(use_days="2")).message
    assert "counts again" in edit_solution(station, jar, SolutionFacts(use_days="")).message
    for wrong in ("0", "3651", "a week", "1.5", "-1"):
        with pytest.raises(BadInput) as raised:
            edit_solution(station, jar, SolutionFacts(use_days=wrong))
        assert raised.value.field == "use-days"
    assert edit_solution(station, jar, SolutionFacts(use_days="3650")).entries


def test_what_was_thrown_away_is_not_topped_up(station: Station) -> None:
    jar = add_solution(station, SolutionFacts("soap")).codes[0]
    assert top_up(station, jar).message.endswith("-" + jar[-3:] + ".")
    discard_solution(station, jar, "cloudy")
    with pytest.raises(BadInput, match="is discarded; open another"):
        top_up(station, jar)


def test_what_is_to_be_ordered_is_due(tmp_path: Path) -> None:
    house = stocked(tmp_path / "a.db")
    station = house.station
    lines: dict[str, DueRow] = {line.name: line for line in due(station, 365).lines if line.what == "order"}
    now = station.clock()
    assert sorted(lines) == ["Crown 540", "Pen tip 36", "Titan 192"]
    assert lines["Titan 192"].on < now
    assert lines["Crown 540"].on > now
    assert lines["Pen tip 36"].because == "84 left, your level is 90"
    late = {line.name for line in due(station, 365).overdue(now) if line.what == "order"}
    assert late == {"Pen tip 36", "Titan 192"}
    snooze(station, "Titan 192", "order", in_days(station, 7), "no money")
    assert "Titan 192" not in {line.name for line in due(station, 365).overdue(now)}
    products.order_product(station, "Pen tip 36", "40")
    assert "Pen tip 36" not in {line.name for line in due(station, 365).lines}


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"])
@pytest.mark.parametrize("expiry", ["2027-06-30", "2027-03-28", "2027-10-31", "2027-12-31"])
def test_a_printed_date_is_over_with_its_own_day_whatever_the_clocks_do_till_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str, expiry: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    clock = Clock()
    with station_at(tmp_path / "a.db", clock) as station:
        jar = add_solution(station, SolutionFacts("alcohol", "70", expiry=expiry)).codes[0]
        code = registering.add(station, {"length": "0.5", "expiry": expiry}).codes[0]
        on = {line.code: line.on for line in due(station, 365).lines}
        assert {local_day(each).isoformat() for each in (on[jar], on[code])} == {expiry}
        over = day_begins(date.fromisoformat(expiry) + timedelta(days=1))
        for clock.now, is_over in ((over - SECOND, False), (over, True)):
            (row,) = lists.list_solutions(station)
            assert row.is_expired is is_over
            assert ("discard", jar) in kinds(station)
            assert bool(due(station, 1).overdue(clock.now)) is is_over
