"""What a trace finds: each trap that a recall may fall into, by its name."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from harness.stations import DAY, HOUR, MINUTE, clock_of, me, station_at

from rollertrack.domain.code import Kind, make, shown
from rollertrack.domain.events import Registered
from rollertrack.domain.trace import Question, Trace, TraceRow, merged
from rollertrack.errors import BadCode, BadInput
from rollertrack.services import (
    keeping,
    people,
    recalling,
    registering,
    solutions,
    trace_questions,
    tracing,
    using,
    washing,
)
from rollertrack.services.solutions import SolutionFacts
from rollertrack.services.station import Station, deed
from rollertrack.services.trace_questions import Asked
from rollertrack.services.using import Use
from rollertrack.services.washing import Bath
from rollertrack.store.store import Store
from rollertrack.wording.dates import span_text
from rollertrack.wording.traces import when, why


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with station_at(tmp_path / "a.db") as made:
        yield made


def roller(station: Station, lot: str = "", **facts: str) -> str:
    typed = {"length": "0.5", "maker": "Titan", "model": "T9", "lot": lot, **facts}
    return registering.add(station, dict(typed)).codes[0]


def person(station: Station, label: str) -> str:
    return people.add_person(station, label).codes[0]


def bottle(station: Station, agent: str = "alcohol", lot: str = "") -> str:
    return solutions.add_solution(station, SolutionFacts(agent, "70", lot)).codes[0]


def use(station: Station, code: str, on: str, at: int | None = None) -> int:
    later(station)
    return using.use(station, code, Use(on, despite="as it was"), at=at).entries[0]


def soak(station: Station, *codes: str, jar: str | None = None, at: int | None = None) -> int:
    """Into the jar; the instant at which it began."""
    begun = clock_of(station).now if at is None else at
    washing.soak(station, codes, Bath("alcohol", jar, cleaned=True), at=at)
    return begun


def out(station: Station, *codes: str, at: int | None = None) -> int:
    ended = clock_of(station).now if at is None else at
    washing.done(station, codes, early=True, at=at)
    return ended


def later(station: Station, by: int = MINUTE) -> int:
    clock_of(station).now += by
    return clock_of(station).now


def lot(station: Station, text: str = "A12") -> Trace:
    return tracing.trace(station, Question("lot", text)).trace


def of_solution(station: Station, code: str, *, last_pass: bool = False) -> Trace:
    return tracing.trace(station, Question("solution", code, last_pass=last_pass)).trace


def test_a_lot_is_the_same_however_it_is_written(station: Station) -> None:
    same = {roller(station, text) for text in ("A12", "a-12", " A 12", "a/1.2", "Ａ１２")}
    roller(station, "A121")
    assert set(lot(station, "a_12").sets["has"]) == same


def test_a_lot_that_was_mended_away_is_found_under_its_old_name(station: Station) -> None:
    code = roller(station, "A12")
    registering.edit(station, code, {"lot": "B7"})
    found = lot(station)
    assert (found.sets["has"], found.sets["had"]) == ((), (code,))
    assert lot(station, "B7").sets["has"] == (code,)


def test_a_lot_that_was_mended_to_the_recalled_one_has_it(station: Station) -> None:
    code = roller(station, "B7")
    registering.edit(station, code, {"lot": "A-12"})
    assert lot(station).sets["has"] == (code,)
    assert lot(station, "B7").sets["had"] == (code,)


def test_a_pack_with_two_lots_mended_is_found_under_each(station: Station) -> None:
    code = roller(station, "A12")
    for text in ("B7", "C9"):
        registering.edit(station, code, {"lot": text})
    assert [lot(station, text).sets["had"] for text in ("A12", "B7")] == [(code,), (code,)]
    assert lot(station, "C9").sets["has"] == (code,)


def test_a_mend_that_was_taken_back_had_the_lot(station: Station) -> None:
    code = roller(station, "B7")
    entry = registering.edit(station, code, {"lot": "A12"}).entries[0]
    keeping.undo(station, code, "misread", entry=entry)
    assert (lot(station).sets["has"], lot(station).sets["had"]) == ((), (code,))
    assert lot(station, "B7").sets["has"] == (code,)


def test_a_mend_that_came_back_has_the_lot(station: Station) -> None:
    code = roller(station, "B7")
    entry = registering.edit(station, code, {"lot": "A12"}).entries[0]
    void = keeping.undo(station, code, "misread", entry=entry).entries[0]
    keeping.undo(station, code, "it was right", entry=void)
    assert lot(station).sets["has"] == (code,)


def test_a_registration_that_was_taken_back_had_the_lot(station: Station) -> None:
    code = roller(station, "A12")
    keeping.undo(station, code, "the wrong pack")
    found = tracing.trace(station, Question("lot", "A12"))
    assert (found.trace.sets["has"], found.trace.sets["had"]) == ((), (code,))
    assert code not in found.rollers


def test_a_mend_of_something_else_leaves_the_lot_as_it_is(station: Station) -> None:
    code = roller(station, "A12")
    registering.edit(station, code, {"name": "evening"})
    assert (lot(station).sets["has"], lot(station).sets["had"]) == ((code,), ())


@pytest.mark.parametrize("alike", ["AI2", "al2", "A-I2", "A1Z", "AIZ"])
def test_what_looks_alike_is_near_and_nothing_more(station: Station, alike: str) -> None:
    asked = "A1Y" if "Z" in alike else "A12"
    has, near = roller(station, asked), roller(station, alike)
    found = lot(station, asked)
    assert (found.sets["has"], found.sets["near"], found.sets["had"]) == ((has,), (near,), ())


def test_o1l_and_011_are_near_each_other(station: Station) -> None:
    letters, digits = roller(station, "O1L"), roller(station, "011")
    assert lot(station, "O1L").sets["has"] == (letters,)
    assert lot(station, "O1L").sets["near"] == (digits,)
    assert lot(station, "011").sets["near"] == (letters,)


def test_a_near_lot_that_was_mended_is_still_near(station: Station) -> None:
    code = roller(station, "AI2")
    registering.edit(station, code, {"lot": "B7"})
    assert lot(station).sets["near"] == (code,)


def test_what_has_no_lot_and_the_same_make_cannot_be_ruled_out(station: Station) -> None:
    roller(station, "A12")
    doubtful = {roller(station), roller(station, "-"), roller(station, maker="TITAN ", model=" t9")}
    for other in ({"model": "T8"}, {"maker": "Crown"}, {"length": "0.25"}):
        roller(station, **other)
    assert set(lot(station).sets["cannot_be_ruled_out"]) == doubtful


def test_what_has_no_lot_and_is_of_the_same_product_cannot_be_ruled_out(station: Station) -> None:
    box, other = "MKDTLBNEB", "MKDTLBNEE"
    codes = [make(Kind.ROLLER, station.choose) for _ in range(3)]
    pieces = (("A12", "Titan", box), ("", "Crown", box), ("", "Pen", other))
    with deed(station) as now:
        for code, (text, maker, product) in zip(codes, pieces, strict=True):
            now.append(code, Registered(length=Decimal("0.50"), maker=maker, lot=text, product=product))
    found = lot(station)
    assert (found.sets["has"], found.sets["cannot_be_ruled_out"]) == ((codes[0],), (codes[1],))


def test_a_lot_that_was_cleared_leaves_a_roller_in_doubt(station: Station) -> None:
    roller(station, "A12")
    code = roller(station, "C9")
    registering.edit(station, code, {"lot": ""})
    assert lot(station).sets["cannot_be_ruled_out"] == (code,)


def test_the_make_of_a_roller_that_had_the_lot_counts_as_well(station: Station) -> None:
    code = roller(station, "A12")
    registering.edit(station, code, {"lot": "B7"})
    doubtful = roller(station)
    assert lot(station).sets["cannot_be_ruled_out"] == (doubtful,)


def test_no_roller_without_a_lot_is_of_a_lot_that_nothing_carries(station: Station) -> None:
    roller(station)
    assert not any(lot(station, "Z99").sets.values())


def test_persons_are_those_of_uses_that_count(station: Station) -> None:
    code, ann, bea = roller(station, "A12"), person(station, "ann"), person(station, "bea")
    use(station, code, ann)
    entry = use(station, code, bea)
    keeping.undo(station, code, "the wrong one", entry=entry)
    found = lot(station)
    assert (found.sets["persons"], found.sets["persons_taken_back"]) == ((ann,), (bea,))


def test_a_person_of_both_a_use_and_one_taken_back_is_touched(station: Station) -> None:
    code, ann = roller(station, "A12"), person(station, "ann")
    entry = use(station, code, ann)
    use(station, code, ann)
    keeping.undo(station, code, "logged twice", entry=entry)
    found = lot(station)
    assert (found.sets["persons"], found.sets["persons_taken_back"]) == ((ann,), ())


def test_a_use_whose_undoing_was_undone_touches_again(station: Station) -> None:
    code, ann = roller(station, "A12"), person(station, "ann")
    entry = use(station, code, ann)
    void = keeping.undo(station, code, "never", entry=entry).entries[0]
    keeping.undo(station, code, "it was", entry=void)
    assert lot(station).sets["persons"] == (ann,)


def test_a_roller_that_is_retired_is_found_with_its_persons(station: Station) -> None:
    code, ann = roller(station, "A12"), person(station, "ann")
    use(station, code, ann)
    keeping.retire(station, code, "worn")
    found = lot(station)
    assert (found.sets["has"], found.sets["persons"]) == ((code,), (ann,))


def test_what_lay_in_the_same_jar_at_once_is_a_mate(station: Station) -> None:
    jar, code, mate = bottle(station), roller(station, "A12"), roller(station, "C9")
    alone = roller(station, "C9")
    soak(station, code, jar=jar)
    later(station)
    soak(station, mate, jar=jar)
    later(station)
    out(station, code, mate)
    later(station)
    soak(station, alone, jar=jar)
    assert lot(station).sets["mates"] == (mate,)


def test_one_that_went_in_as_the_other_came_out_is_no_mate(station: Station) -> None:
    jar, code, after = bottle(station), roller(station, "A12"), roller(station, "C9")
    soak(station, code, jar=jar)
    later(station)
    out(station, code)
    soak(station, after, jar=jar)  # at the very instant
    assert lot(station).sets["mates"] == ()
    later(station, 1)
    out(station, after)
    before = roller(station, "D1")
    soak(station, before, jar=jar)
    later(station)
    out(station, before)
    soak(station, code, jar=jar)
    assert lot(station).sets["mates"] == ()


def test_a_microsecond_together_makes_mates(station: Station) -> None:
    jar, code, mate = bottle(station), roller(station, "A12"), roller(station, "C9")
    soak(station, code, jar=jar)
    begun = soak(station, mate, jar=jar, at=later(station))
    out(station, code, at=begun + 1) if later(station, 1) else None
    assert lot(station).sets["mates"] == (mate,)


def test_another_jar_makes_no_mates(station: Station) -> None:
    first, second = bottle(station, lot="K7"), bottle(station, lot="K7")  # two of one maker's lot
    code, other = roller(station, "A12"), roller(station, "C9")
    soak(station, code, jar=first)
    soak(station, other, jar=second)
    assert lot(station).sets["mates"] == ()


def test_a_soak_that_is_open_now_has_no_end(station: Station) -> None:
    jar, code, mate = bottle(station), roller(station, "A12"), roller(station, "C9")
    soak(station, code, jar=jar)
    later(station, 30 * DAY)
    soak(station, mate, jar=jar)
    assert lot(station).sets["mates"] == (mate,)


def test_a_bath_without_a_solution_is_that_of_one_deed(station: Station) -> None:
    code, mate, other = roller(station, "A12"), roller(station, "C9"), roller(station, "D1")
    soak(station, code, mate)
    later(station, 1)
    soak(station, other)
    assert lot(station).sets["mates"] == (mate,)


def test_a_soak_that_was_taken_back_makes_no_mates_and_is_listed(station: Station) -> None:
    jar, code, mate = bottle(station), roller(station, "A12"), roller(station, "C9")
    washing.soak(station, [code], Bath("alcohol", jar, cleaned=True))
    entry = washing.soak(station, [mate], Bath("alcohol", jar, cleaned=True)).entries[0]
    keeping.undo(station, mate, "another jar", entry=entry)
    found = lot(station)
    assert found.sets["mates"] == ()
    assert [(row.code, row.by) for row in found.rows if row.what == "mate taken back"] == [(mate, code)]


def test_an_end_that_was_taken_back_leaves_the_soak_open(station: Station) -> None:
    jar, code, mate = bottle(station), roller(station, "A12"), roller(station, "C9")
    soak(station, code, jar=jar)
    later(station)
    ended = washing.done(station, [code], early=True).entries[0]
    keeping.undo(station, code, "it still lies there", entry=ended)
    later(station, HOUR)
    soak(station, mate, jar=jar)
    assert lot(station).sets["mates"] == (mate,)


def test_a_disinfection_told_afterwards_spans_two_soaks(station: Station) -> None:
    jar, code = bottle(station), roller(station, "A12")
    mates = [roller(station, "C9"), roller(station, "C9")]
    for mate in mates:
        soak(station, mate, jar=jar)
        later(station, 5 * MINUTE)
        out(station, mate)
        later(station)
    washing.disinfect(station, [code], Bath("alcohol", jar, minutes="15", cleaned=True))
    assert lot(station).sets["mates"] == tuple(sorted(mates))


def test_an_end_that_was_entered_for_before_the_beginning_ends_nothing(station: Station) -> None:
    jar, code, mate = bottle(station), roller(station, "A12"), roller(station, "C9")
    begun = soak(station, code, jar=jar)
    later(station)
    with pytest.raises(BadInput):
        out(station, code, at=begun - 1)
    later(station, DAY)
    soak(station, mate, jar=jar)
    assert lot(station).sets["mates"] == (mate,)


def test_persons_of_mates_are_those_from_the_first_shared_soak_on(station: Station) -> None:
    jar, code, mate = (
        bottle(station),
        roller(station, "A12"),
        roller(station, "C9", form="handpiece", length=""),
    )
    before, at_once, after = (person(station, label) for label in ("ann", "bea", "cyd"))
    use(station, mate, before)
    later(station)
    begun = soak(station, code, mate, jar=jar)
    later(station)
    out(station, code, mate)
    use(station, mate, at_once, at=begun)  # in the very instant
    entry = use(station, mate, person(station, "dot"))
    keeping.undo(station, mate, "wrong", entry=entry)
    use(station, mate, after)
    assert set(lot(station).sets["persons_of_mates"]) == {at_once, after}


def test_a_handpiece_touches_all_its_persons(station: Station) -> None:
    code = roller(station, "A12", form="handpiece", length="")
    nine = {person(station, f"p{number}") for number in range(9)}
    for each in nine:
        use(station, code, each)
    assert set(lot(station).sets["persons"]) == nine


def test_mates_of_mates_are_a_second_trace(station: Station) -> None:
    first, second = bottle(station), bottle(station)
    code, mate, far = roller(station, "A12"), roller(station, "C9"), roller(station, "D1")
    soak(station, code, mate, jar=first)
    later(station)
    out(station, code, mate)
    soak(station, mate, far, jar=second)
    assert lot(station).sets["mates"] == (mate,)
    assert tracing.trace(station, Question("roller", mate)).trace.sets["mates"] == tuple(sorted((code, far)))


def test_two_persons_with_labels_alike_are_two(station: Station) -> None:
    code = roller(station, "A12", form="handpiece", length="")
    both = {person(station, "ann"), person(station, "ann")}
    for each in both:
        use(station, code, each)
    assert set(lot(station).sets["persons"]) == both


def test_the_night_in_which_the_clock_is_put_back_has_one_order(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    clock_of(station).now = 1_824_685_200_000_000  # 2027-10-28, some days before
    jar, code, mate = bottle(station), roller(station, "A12"), roller(station, "C9")
    clock_of(station).now = 1_825_000_000_000_000
    washing.soak(station, [code], Bath("alcohol", jar, cleaned=True), at="2027-10-31T02:10+02:00")
    washing.done(station, [code], early=True, at="2027-10-31T02:40+02:00")
    washing.soak(station, [mate], Bath("alcohol", jar, cleaned=True), at="2027-10-31T02:20+01:00")
    assert lot(station).sets["mates"] == ()  # 02:20 of the hour that came again is after 02:40 of the first


# A solution


def test_a_solution_touches_until_the_next_good_disinfection_elsewhere(station: Station) -> None:
    bad, good = bottle(station), bottle(station)
    code = roller(station, form="handpiece", length="")
    before, between, at_once, after = (person(station, label) for label in ("a", "b", "c", "d"))
    use(station, code, before)
    later(station)
    soak(station, code, jar=bad)
    later(station, 20 * MINUTE)
    out(station, code)
    use(station, code, between)
    use(station, code, at_once)
    soak(station, code, jar=good)  # in the very instant of the use: it was not in it yet
    later(station, 20 * MINUTE)
    out(station, code)
    use(station, code, after)
    found = of_solution(station, bad)
    assert (found.sets["rollers"], set(found.sets["persons"])) == ((code,), {between, at_once})
    assert [row.code for row in found.rows if row.what == "used after a wash elsewhere"] == [after]


def test_a_disinfection_elsewhere_that_does_not_count_ends_nothing(station: Station) -> None:
    bad, good = bottle(station), bottle(station)
    code, ann = roller(station), person(station, "ann")
    soak(station, code, jar=bad)
    later(station, 20 * MINUTE)
    out(station, code)
    soak(station, code, jar=good)
    later(station)
    out(station, code)  # too early: it does not count
    use(station, code, ann)
    assert of_solution(station, bad).sets["persons"] == (ann,)


def test_a_good_disinfection_in_the_same_solution_ends_nothing(station: Station) -> None:
    bad, code, ann = bottle(station), roller(station), person(station, "ann")
    for _ in range(2):
        soak(station, code, jar=bad)
        later(station, 20 * MINUTE)
        out(station, code)
    use(station, code, ann)
    assert of_solution(station, bad).sets["persons"] == (ann,)


def test_since_the_last_pass_before_the_newest_failed_strip(station: Station) -> None:
    jar, early, late = bottle(station), roller(station), roller(station)
    long = roller(station)
    soak(station, early, jar=jar)
    later(station, 20 * MINUTE)
    out(station, early)
    soak(station, long, jar=jar)
    later(station)
    solutions.log_strip(station, jar, passed=True)
    later(station)
    out(station, long)
    soak(station, late, jar=jar)
    later(station, 20 * MINUTE)
    out(station, late)
    solutions.log_strip(station, jar, passed=False)
    later(station)
    solutions.log_strip(station, jar, passed=True)  # a newer one that passed clears nothing before it
    assert set(of_solution(station, jar).sets["rollers"]) == {early, long, late}
    assert set(of_solution(station, jar, last_pass=True).sets["rollers"]) == {long, late}


def test_without_a_pass_before_it_a_failed_strip_speaks_of_all_since_the_opening(station: Station) -> None:
    jar, code = bottle(station), roller(station)
    soak(station, code, jar=jar)
    later(station)
    solutions.log_strip(station, jar, passed=False)
    assert of_solution(station, jar, last_pass=True).sets["rollers"] == (code,)


def test_a_strip_that_was_taken_back_is_none(station: Station) -> None:
    jar, code = bottle(station), roller(station)
    soak(station, code, jar=jar)
    later(station)
    out(station, code)
    entry = solutions.log_strip(station, jar, passed=True).entries[0]
    keeping.undo(station, jar, "another jar", entry=entry)
    later(station)
    solutions.log_strip(station, jar, passed=False)
    assert of_solution(station, jar, last_pass=True).sets["rollers"] == (code,)


def test_a_bath_in_it_that_was_taken_back_is_listed_and_touches_nobody(station: Station) -> None:
    jar, code, ann = bottle(station), roller(station), person(station, "ann")
    entry = washing.soak(station, [code], Bath("alcohol", jar, cleaned=True)).entries[0]
    keeping.undo(station, code, "another jar", entry=entry)
    use(station, code, ann)
    found = of_solution(station, jar)
    assert not any(found.sets.values())
    assert [(row.what, row.code) for row in found.rows] == [("bath taken back", code)]


# A person, an operator, a span


def test_a_person_leads_to_their_rollers_and_to_whom_those_touched(station: Station) -> None:
    jar, first, second = bottle(station), bottle(station), bottle(station)
    code = roller(station, form="handpiece", length="")
    ann, bea = person(station, "ann"), person(station, "bea")
    for solution in (first, jar):
        soak(station, code, jar=solution)
        later(station, 20 * MINUTE)
        out(station, code)
        later(station)
    use(station, code, ann)
    use(station, code, bea)
    soak(station, code, jar=second)
    found = tracing.trace(station, Question("person", ann)).trace
    assert (found.sets["has"], set(found.sets["persons"])) == ((code,), {ann, bea})
    assert found.solutions == (jar,)  # what it lay in before its last good wash does not matter any more


def test_a_person_is_traced_back_for_as_long_as_the_policy_says(station: Station) -> None:
    old, new, ann = roller(station), roller(station), person(station, "ann")
    use(station, old, ann)
    later(station, 91 * DAY)
    use(station, new, ann)
    assert tracing.trace(station, Question("person", ann)).trace.sets["has"] == (new,)
    everything = Question("person", ann, since=0)
    assert set(tracing.trace(station, everything).trace.sets["has"]) == {old, new}


def test_an_operator_leads_to_what_they_used_and_disinfected(station: Station) -> None:
    kim = people.add_named(station, Kind.OPERATOR, "Kim").codes[0]
    used, washed, other = roller(station), roller(station), roller(station)
    ann = me(station)
    using.use(station, used, Use(ann, despite="x"), operator=kim)
    washing.soak(station, [washed], Bath("alcohol", cleaned=True), operator=kim)
    begun = later(station, DAY)
    use(station, other, ann)
    by_kim = tracing.trace(station, Question("operator", kim)).trace
    assert (set(by_kim.sets["rollers"]), by_kim.sets["persons"]) == ({used, washed}, (ann,))
    that_day = tracing.trace(station, Question("span", since=begun)).trace
    assert set(that_day.sets["rollers"]) == {other, washed}  # what still lies in its soak was in it that day


def test_a_span_finds_what_lay_in_a_bath_all_the_while_and_not_what_touches_it_at_an_end(
    station: Station,
) -> None:
    code = roller(station)
    begun = later(station)
    washing.soak(station, [code], Bath("alcohol", cleaned=True))
    ended = later(station, 3 * DAY)
    out(station, code)

    def rollers(since: int, until: int) -> tuple[str, ...]:
        return tracing.trace(station, Question("span", since=since, until=until)).trace.sets["rollers"]

    assert rollers(begun + DAY, begun + 2 * DAY) == (code,)
    assert rollers(ended, ended + DAY) == (code,)
    assert rollers(begun - DAY, begun) == (code,)
    assert rollers(ended + 1, ended + DAY) == ()
    assert rollers(begun - DAY, begun - 1) == ()


def test_an_operator_leads_to_what_they_took_out(station: Station) -> None:
    kim, sam = (people.add_named(station, Kind.OPERATOR, name).codes[0] for name in ("Kim", "Sam"))
    code, other = roller(station), roller(station)
    begun = later(station)
    washing.soak(station, [code, other], Bath("alcohol", cleaned=True), operator=kim)
    ended = later(station, DAY)
    washing.done(station, [code], early=True, operator=sam)

    def rollers(who: str, since: int | None = None) -> set[str]:
        return set(tracing.trace(station, Question("operator", who, since=since)).trace.sets["rollers"])

    assert rollers(sam) == {code}
    assert rollers(kim) == {code, other}
    assert rollers(sam, ended) == {code}
    assert rollers(sam, ended + 1) == set()
    assert rollers(kim, begun + 1) == {code}, "it ended after that, and Kim had begun it"


def test_a_span_over_midnight_names_both_days_and_the_hour_that_happens_twice_its_offsets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    night = int(datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp()) * 1_000_000  # 02:30+02:00
    assert span_text(night, night + 20 * MINUTE) == "25 Oct 2026 02:30+02:00 to 02:50+02:00"
    assert span_text(night, night + HOUR) == "25 Oct 2026 02:30+02:00 to 02:30+01:00"
    assert span_text(night - 3 * HOUR, night) == "24 Oct 2026 23:30 to 25 Oct 2026 02:30+02:00"
    assert span_text(night + 4 * HOUR, night + 5 * HOUR) == "25 Oct 2026 05:30 to 06:30"
    bath = TraceRow("mates", "RKDTLBNEB", 2, night - 3 * HOUR, night)
    assert when(bath) == "24 Oct 2026 23:30 to 25 Oct 2026 02:30+02:00"


def test_one_that_looked_like_it_and_has_no_lot_now_is_said_so_and_counted_once(station: Station) -> None:
    roller(station, "O1L")
    near = roller(station, "011")
    registering.edit(station, near, {"lot": ""})
    traced = lot(station, "O1L")
    assert near in traced.sets["near"]
    (row,) = (row for row in traced.rows if row.code == near)
    assert why(row) == "lot 011: the same at a glance, now none"
    done = recalling.recall(station, Question("lot", "O1L"), "a letter")
    assert done.warnings == ("Not put aside: 1 near. Look at their packs.",)


# What is asked


@pytest.mark.parametrize("text", ["", "  ", "-", " / . "])
def test_a_lot_without_a_letter_or_digit_is_no_lot(station: Station, text: str) -> None:
    with pytest.raises(BadInput, match=r"lot: give the letters and digits on the pack"):
        trace_questions.read_question(station, Asked(lot=text))


def test_a_code_of_another_kind_says_what_traces_it(station: Station) -> None:
    code = roller(station)
    with pytest.raises(
        BadInput, match=f"{shown(code)} is a roller; the code of a solution is right"
    ) as error:
        trace_questions.read_question(station, Asked(solution=code))
    assert error.value.at_prompt == f"solution: {shown(code)} is a roller; --roller traces it"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Asked(), "trace: say what to trace"),
        (Asked(lot="A", person="P"), "person: give either lot or person, not both"),
        (Asked(lot="A", begin="2026-01-01"), "from: a lot is traced whole"),
        (Asked(lot="A", last_pass=True), "since-last-pass: is asked of a solution"),
        (Asked(begin="2026-02-01", end="2026-01-01"), "to: lies before the first moment"),
        (Asked(begin="2099-01-01"), "from: “2099-01-01” lies in the future"),
        (Asked(begin="soon"), "from: “soon” is not a moment"),
        (Asked(lot="A\x1b[2J"), "lot: holds the invisible character U.001B"),
        (Asked(roller="RKDTLBNEE"), "roller: the check letter of RKD-TLB-NEE does not fit"),
    ],
)
def test_what_does_not_fit_is_one_sentence(station: Station, asked: Asked, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        trace_questions.read_question(station, asked)


def test_a_person_may_be_named_by_the_label_where_one_has_it(station: Station) -> None:
    assert trace_questions.read_question(station, Asked(person=" me ")).about == me(station)
    for _ in range(2):
        person(station, "ann")
    with pytest.raises(BadInput, match="have the label “ann”; give the code of one"):
        trace_questions.read_question(station, Asked(person="ann"))
    with pytest.raises(BadCode, match="person: a code has nine letters"):
        trace_questions.read_question(station, Asked(person="nobody"))


def test_a_code_that_is_not_on_record_is_unknown(station: Station) -> None:
    with pytest.raises(BadCode, match="no roller is registered under RKD-TLB-NEB"):
        trace_questions.read_question(station, Asked(roller="RKDTLBNEB"))


def test_a_day_is_meant_whole(station: Station) -> None:
    asked = trace_questions.read_question(station, Asked(begin="2026-12-01", end="2026-12-01"))
    assert asked.since is not None
    assert asked.until is not None
    assert asked.until - asked.since == DAY - 1


# Never less


def test_what_is_entered_later_takes_nothing_away(station: Station) -> None:
    """The property of a recall, along one long life: has, had and doubtful together never shrink."""
    has, doubtful = roller(station, "A12"), roller(station)
    wanted = {has, doubtful}
    steps: tuple[Callable[[], object], ...] = (
        lambda: registering.edit(station, has, {"lot": "B7"}),
        lambda: registering.edit(station, has, {"maker": "Crown", "model": ""}),
        lambda: keeping.undo(station, has, "mistake"),
        lambda: keeping.retire(station, has, "worn"),
        lambda: keeping.note(station, doubtful, "looked at"),
        lambda: keeping.quarantine(station, doubtful, "fell"),
        lambda: registering.edit(station, has, {"lot": ""}),
    )
    for step in steps:
        later(station)
        step()
        sets = lot(station).sets
        assert wanted <= {*sets["has"], *sets["had"], *sets["cannot_be_ruled_out"]}


def test_every_roller_is_of_some_lot_or_of_none(station: Station) -> None:
    everything = {roller(station, text) for text in ("A12", "B7", "b-7", "")}
    found = set()
    for text in ("A12", "B7"):
        sets = lot(station, text).sets
        found |= {*sets["has"], *sets["cannot_be_ruled_out"]}
    assert found == everything


def test_people_read_the_uses_of_a_roller_on_a_person_as_one_line(station: Station) -> None:
    code, ann, bea = (
        roller(station, "A12", form="handpiece", length=""),
        person(station, "a"),
        person(station, "b"),
    )
    for each in (ann, ann, bea, ann):
        later(station, DAY)
        use(station, code, each)
    found = lot(station)
    lines = [row for row in merged(found.rows) if row.what == "used"]
    assert {(row.code, row.times) for row in lines} == {(ann, 3), (bea, 1)}
    first = next(row for row in lines if row.code == ann)
    assert first.at is not None
    assert first.until is not None
    assert first.until - first.at == 3 * DAY + 3 * MINUTE
    assert when(first).startswith("3 times, ")
    assert len([row for row in found.rows if row.what == "used"]) == 4  # programs read each


def test_a_trace_writes_nothing(station: Station) -> None:
    code = roller(station, "A12")
    with closing(Store(station.store.path)) as other:
        before = other.change_mark()
        lot(station)
        tracing.trace(station, Question("roller", code))
        assert other.change_mark() == before
