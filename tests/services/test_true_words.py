"""What is told of things as they stand: why a roller stops, what owes a wash, whose it is, what is over."""

from decimal import Decimal

import pytest
from harness.stations import DAY, HOUR, MINUTE, QUICK_BATH, clock_of, me, ready_roller

from rollertrack.domain.code import Kind
from rollertrack.domain.words import State, Word
from rollertrack.services import (
    checking,
    keeping,
    lists,
    people,
    policies,
    records,
    registering,
    solutions,
    upkeep,
    using,
    washing,
)
from rollertrack.services.solutions import SolutionFacts
from rollertrack.services.station import Station
from rollertrack.services.using import Use
from rollertrack.services.washing import Bath
from rollertrack.wording.gate import answer_lines
from rollertrack.wording.records import debt_texts, roller_title
from rollertrack.wording.registers import solution_cells, solution_choice, solution_facts
from rollertrack.wording.states import record_lines, record_state


def _rows(station: Station) -> dict[str, str]:
    return {row.code: f"{row.state} {row.detail}".rstrip() for row in lists.rows_for_list(station)}


def _told(station: Station, code: str) -> str:
    return "\n".join(record_lines(records.show(station, code), station.clock()))


def _used_up(station: Station) -> str:
    code = registering.add(station, {"length": "0.25", "max_uses": "1"}).codes[0]
    washing.disinfect(station, [code], QUICK_BATH, at=station.clock() - 1)
    using.use(station, code, Use(despite="it happened"))
    return code


# Why a roller stops


def test_what_holds_a_roller_leads_before_what_wore_it_out(station: Station) -> None:
    code = _used_up(station)
    assert _rows(station)[code] == "stop used up 1/1"
    keeping.quarantine(station, [code], "looks odd")
    assert _rows(station)[code] == "stop quarantined"
    record = records.show(station, code)
    assert record_state(record, station.clock()) == "✗ stop · quarantined"
    assert record.answer.verdict.next_step == "Keep it aside until it is released"
    keeping.release(station, [code], "it is not")
    assert _rows(station)[code] == "stop used up 1/1"
    assert upkeep.verify(station).fault == ""


def test_nothing_is_advised_of_what_is_retired(station: Station) -> None:
    """Not to take it out, not to wash it, and no word on the skin; while in use all of that is said."""
    code = ready_roller(station)
    washing.soak(station, [code], Bath("alcohol"))
    clock_of(station).now += 11 * MINUTE
    before = _told(station, code)
    assert "The contact time is up" in before
    assert "Skin: nothing against a use today" in before
    keeping.retire(station, [code], "lost")
    after = _told(station, code)
    assert "contact time" not in after
    assert "Skin" not in after
    assert [each.rule for each in checking.check(station, code).verdict.findings] == ["retired"]


def test_what_lies_in_a_soak_is_not_called_fresh(station: Station) -> None:
    code = ready_roller(station)
    assert checking.check(station, code).fresh_until is not None
    washing.soak(station, [code], Bath("vodka", minutes="10"))
    answer = checking.check(station, code)
    assert answer.verdict.word is Word.WASH
    assert answer.fresh_until is None


# What owes a wash


def test_a_use_in_the_middle_of_a_soak_is_owed_for(station: Station) -> None:
    code = ready_roller(station)
    using.use(station, code, Use())
    used_at = station.clock()
    assert lists.overview(station).debt.count == 1
    clock_of(station).now += HOUR
    washing.soak(station, [code], Bath("alcohol"))
    assert lists.overview(station).debt.count == 0
    clock_of(station).now += MINUTE
    using.use(station, code, Use(despite="it happened"))
    assert _rows(station)[code] == "soaking won't count"
    debt = lists.overview(station).debt
    assert (debt.count, debt.oldest) == (1, used_at)
    clock_of(station).now += 20 * MINUTE
    assert _rows(station)[code] == "take out won't count"
    assert debt_texts(lists.overview(station), station.clock())[0] == "1 dirty, oldest 1 h"
    assert checking.check(station, code).verdict.word is Word.WASH


def test_a_soak_that_lasts_too_long_leaves_the_debt(station: Station) -> None:
    code = ready_roller(station)
    using.use(station, code, Use())
    washing.soak(station, [code], Bath("alcohol"), at=station.clock())
    ends = records.show(station, code).standing.soak_ends
    assert ends is not None
    clock_of(station).now = ends
    assert lists.overview(station).debt.count == 0
    clock_of(station).now = ends + 1
    assert lists.overview(station).debt.count == 1


# Whose it is


def test_one_answer_says_whose_a_new_roller_is(station: Station) -> None:
    code = ready_roller(station)
    answer = checking.check(station, code)
    assert roller_title(answer).endswith("“me” stands in")
    assert "  Person: bound to no one yet; “me” stands in" in answer_lines(answer)
    named = checking.check(station, code, person=me(station))
    assert roller_title(named).endswith("person “me”")
    using.use(station, code, Use())
    bound = checking.check(station, code)
    assert "  Person: me" in answer_lines(bound)
    assert roller_title(bound).endswith("person “me”")


# Dates to come and dates gone by


def test_a_pack_just_opened_is_not_told_to_be_open_for_too_long(station: Station) -> None:
    policies.set_policy(station, "profile", "clinic")
    facts: dict[str, str | bool] = {"length": "0.5", "sterile": True, "lot": "A"}
    code = registering.add(station, facts).codes[0]
    registering.open_pack(station, code)
    clock_of(station).now += 1
    said = " ".join(
        each.message for each in checking.check(station, code, person=me(station)).verdict.findings
    )
    assert "left (pack opened)." in said
    assert "too long" not in said
    row = next(row for row in lists.rows_for_list(station) if row.code == code)
    assert row.replace_because == "pack opened"
    clock_of(station).now += 2 * DAY
    assert _rows(station)[code] == "stop pack open too long"


def test_no_brackets_stand_in_brackets(station: Station) -> None:
    code = ready_roller(station)
    using.use(station, code, Use())
    lines = answer_lines(checking.check(station, code))
    assert any(line.endswith("(age limit 90 d, convention)") for line in lines)
    clock_of(station).now += 85 * DAY
    told = "\n".join(answer_lines(checking.check(station, code)))
    assert "left (age limit 90 d, convention)." in told


def test_a_solution_says_that_its_date_or_its_life_is_over(station: Station) -> None:
    """Both sides: at the last good instant it expires or says nothing, behind it it is over."""
    facts = SolutionFacts("glutaraldehyde", "2", expiry="2027-02-28")
    code = solutions.add_solution(station, facts).codes[0]
    life = policies.policy_in_force(station).agent("glutaraldehyde").solution_life
    assert life is not None
    last_good = station.clock() + life * 1_000_000
    clock_of(station).now = last_good
    (row,) = lists.list_solutions(station)
    assert (row.is_expired, row.spent_since) == (False, None)
    clock_of(station).now = last_good + 1
    (row,) = lists.list_solutions(station)
    assert row.spent_since == last_good + 1
    assert any(text.startswith("past its life since ") for text in solution_facts(row, station.clock()))
    assert any(", past its life since " in text for text in solution_cells(row))
    assert solution_choice(row).startswith("past its life · 2 % glutaraldehyde")
    clock_of(station).now += 400 * DAY
    (row,) = lists.list_solutions(station)
    assert "expired 28 Feb 2027" in solution_facts(row, station.clock())
    assert "expired 28 Feb 2027" in solution_cells(row)
    assert solution_choice(row).startswith("expired · ")
    assert row.code == code
    assert row.strength == Decimal(2)


# Words of a search, and the order of names


def test_a_search_finds_what_stands_beside_the_state(station: Station) -> None:
    sealed = registering.add(station, {"length": "0.5", "sterile": True}).codes[0]
    old = registering.add(station, {"length": "0.5", "sterile": True, "expiry": "2026-01-31"}).codes[0]
    up, aside = _used_up(station), ready_roller(station)
    keeping.quarantine(station, [aside], "odd")

    def found(search: str) -> set[str]:
        return {row.code for row in lists.rows_for_list(station, search=search)}

    assert found("sealed") == {sealed}
    assert found("seal") == {sealed}
    assert found("expired") == {old}
    assert found("used up") == {up}
    assert found("quarantined") == {aside}
    assert found("stop quar") == {aside}
    assert found("se") == set()
    assert found("recalled") == set()
    assert lists.state_counts(station, "expired")[State.STOP] == 1


def test_a_lot_is_found_however_it_is_written(station: Station) -> None:
    code = registering.add(station, {"length": "0.5", "lot": "A-12"}).codes[0]
    registering.add(station, {"length": "0.5", "lot": "A-2"})
    for search in ("a12", "A-12", "a-1"):
        assert [row.code for row in lists.rows_for_list(station, search=search)] == [code], search


@pytest.mark.parametrize("sort", ["name", "state"])
def test_a_number_at_the_end_of_a_name_orders_as_a_number(station: Station, sort: str) -> None:
    for name in ("Box A 10", "Box A 2", "Box B 1", "Box A"):
        registering.add(station, {"length": "0.5", "name": name})
    rows = lists.roller_rows(station, lists.listing(station, sort=sort).ids)
    assert [row.name for row in rows] == ["Box A", "Box A 2", "Box A 10", "Box B 1"]


def test_labels_of_bins_and_persons_order_their_numbers_as_numbers(station: Station) -> None:
    for label in ("Box 10 b", "box 2 c", "Box 2 a", "Box 010 a"):
        people.add_named(station, Kind.BIN, label)
        people.add_person(station, label)
    wanted = ["Box 2 a", "box 2 c", "Box 010 a", "Box 10 b"]
    assert [row.label for row in people.list_named(station, Kind.BIN)] == wanted
    assert [row.label for row in people.list_persons(station) if row.label != people.ME] == wanted
