"""What a search over rollers finds, in which order; and deeds to all that were found."""

import pytest
from harness.stations import clock_of, ready_roller

from rollertrack.domain.quantities import DAY
from rollertrack.domain.words import State
from rollertrack.errors import BadCode, BadInput
from rollertrack.services import exporting, keeping, lists, people, registering, using
from rollertrack.services.labels.listing import label_listing
from rollertrack.services.station import Station
from rollertrack.services.using import Use


def _add(station: Station, **facts: str) -> str:
    return registering.add(station, {"length": "0.25", **facts}).codes[0]


def _found(station: Station, search: str, state: State | None = None) -> list[str]:
    return [row.code for row in lists.rows_for_list(station, search=search, state=state)]


@pytest.mark.parametrize(
    ("facts", "search"),
    [
        ({"name": "evening"}, "EVEN"),
        ({"lot": "A1-77"}, "a1-77"),
        ({"maker": "Äther"}, "äTH"),
        ({"model": "Titan 540"}, "540 tit"),
        ({"expiry": "2027-01-31"}, "2027-01"),
        ({"expiry": "2027-01-31"}, "01/2027"),
        ({"expiry": "2027-01-31"}, "jan 2027"),
    ],
)
def test_it_looks_in_all_that_tells_rollers_apart(
    station: Station, facts: dict[str, str], search: str
) -> None:
    code = _add(station, **facts)
    _add(station, name="other")
    assert _found(station, search) == [code]
    assert _found(station, f"{search} nowhere") == []


def test_a_roller_is_found_by_its_person(station: Station) -> None:
    ann = people.add_person(station, "Änn Smith").codes[0]
    own, _free = ready_roller(station), ready_roller(station)
    using.use(station, own, Use(person=ann))
    for search in ("änn", "ÄNN smith", ann, f"{ann[:3]}-{ann[3:6]}", "smi"):
        assert _found(station, search) == [own], search
    assert _found(station, "ann jones") == []


def test_a_state_is_a_word_of_a_search(station: Station) -> None:
    used, fresh = ready_roller(station), ready_roller(station)
    using.use(station, used, Use())
    assert _found(station, "dirty") == [used]
    assert _found(station, "ready") == [fresh]
    keeping.retire(station, fresh, "worn")
    assert _found(station, "") == [used]
    assert _found(station, "retired") == _found(station, "", State.RETIRED) == [fresh]


def test_whole_words_come_before_parts_whatever_the_order(station: Station) -> None:
    part, whole = _add(station, name="aaa eyelid"), _add(station, name="zzz eye")
    assert _found(station, "eye") == [whole, part]
    assert lists.listing(station, search="eye", sort="name").codes == [whole, part]
    assert lists.listing(station, search="e", sort="name").codes == [part, whole]
    assert label_listing(station, search="eye").codes == [whole, part]


def test_the_counts_follow_the_words(station: Station) -> None:
    used = ready_roller(station)
    using.use(station, used, Use())
    new = _add(station, name="evening")
    every = lists.state_counts(station, "")
    assert (every[State.DIRTY], every[State.NEW]) == (1, 1)
    some = lists.state_counts(station, "evening")
    assert {state for state, count in some.items() if count} == {State.NEW}
    assert lists.state_counts(station, new)[State.NEW] == 1


@pytest.mark.parametrize("sort", lists.SORTS)
def test_an_order_is_turned_round(station: Station, sort: str) -> None:
    for name, length in (("a", "0.2"), ("b", "0.3"), ("c", "0.5")):
        code = _add(station, name=name, length=length)
        using.use(station, code, Use(despite="a test"))
        clock_of(station).now += DAY
    forth = lists.listing(station, sort=sort).codes
    back = lists.listing(station, sort=f"{lists.REVERSED}{sort}").codes
    assert sorted(forth) == sorted(back)
    if sort not in {"state", "washed", "uses"}:  # there every roller is alike
        assert list(forth) == list(back)[::-1]


def test_several_are_retired_by_one_deed_or_none_is(station: Station) -> None:
    first, second, third = (ready_roller(station) for _ in range(3))
    keeping.quarantine(station, [first, second], "dropped")
    done = keeping.release(station, [first, second, first], "looked at")
    assert done.codes == (first, second)
    assert "2 rollers are released" in done.message
    keeping.retire(station, third, "worn")
    before = list(exporting.export(station))
    with pytest.raises(BadInput, match="is retired already"):
        keeping.retire(station, [first, third], "worn")
    with pytest.raises(BadInput, match="is not in quarantine"):
        keeping.release(station, [first, second], "looked at")
    with pytest.raises(BadCode, match="at least one"):
        keeping.quarantine(station, [], "dropped")
    assert list(exporting.export(station)) == before
    assert keeping.retire(station, [first, second], "worn").entries == (5, 5)


def test_what_is_retired_already_is_not_retired_again_for_an_earlier_moment(station: Station) -> None:
    code = ready_roller(station)
    before = station.clock()
    clock_of(station).now += DAY
    keeping.retire(station, code, "worn")
    clock_of(station).now += DAY
    with pytest.raises(BadInput, match="is retired already: worn"):
        keeping.retire(station, code, "lost", at=before)
