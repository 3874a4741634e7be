"""Operators and bins that were closed by mistake: opened again, refused when open, undone."""

import pytest
from harness.stations import HOUR, clock_of, ready_roller

from rollertrack.domain.code import Kind, shown
from rollertrack.errors import BadInput
from rollertrack.services import keeping, people, records, upkeep
from rollertrack.services.station import Station

KINDS = pytest.mark.parametrize("kind", [Kind.OPERATOR, Kind.BIN])


def closed(station: Station, kind: Kind) -> str:
    code = people.add_named(station, kind, "red").codes[0]
    people.close_named(station, kind, code)
    return code


@KINDS
def test_one_that_was_closed_is_opened_again(station: Station, kind: Kind) -> None:
    code = closed(station, kind)
    assert people.is_closed(station, code)
    done = people.reopen_named(station, kind, code)
    assert shown(code) in done.message
    assert not people.is_closed(station, code)
    assert people.list_named(station, kind)[-1].closed_at is None
    assert records.log(station, code)[0].text == "reopened"
    people.close_named(station, kind, code)
    assert people.is_closed(station, code)
    assert upkeep.verify(station).fault == ""


@KINDS
def test_one_that_is_open_is_not_opened(station: Station, kind: Kind) -> None:
    code = people.add_named(station, kind, "red").codes[0]
    with pytest.raises(BadInput, match="is not closed; there is nothing to reopen"):
        people.reopen_named(station, kind, code)
    assert len(records.log(station, code)) == 1


@KINDS
def test_to_undo_the_reopening_closes_it_and_to_undo_the_closing_opens_it(
    station: Station, kind: Kind
) -> None:
    code = closed(station, kind)
    people.reopen_named(station, kind, code)
    keeping.undo(station, code, "it is full")
    assert people.is_closed(station, code)
    keeping.undo(station, code, "it is not")
    assert not people.is_closed(station, code)


@KINDS
def test_a_closing_entered_late_counts_from_its_entry(station: Station, kind: Kind) -> None:
    """The entry made last decides, whatever the times say."""
    code = closed(station, kind)
    clock_of(station).now += 2 * HOUR
    people.reopen_named(station, kind, code, at=clock_of(station).now - HOUR)
    people.close_named(station, kind, code, at=clock_of(station).now - 2 * HOUR)
    assert people.is_closed(station, code)


def test_a_bin_that_is_open_again_takes_a_roller(station: Station) -> None:
    sharps, code = closed(station, Kind.BIN), ready_roller(station)
    with pytest.raises(BadInput, match="is closed; name an open sharps bin"):
        keeping.retire(station, code, "worn", sharps_bin=sharps)
    people.reopen_named(station, Kind.BIN, sharps)
    assert "is retired" in keeping.retire(station, code, "worn", sharps_bin=sharps).message


def test_an_operator_who_is_back_does_deeds(station: Station) -> None:
    ann, code = closed(station, Kind.OPERATOR), ready_roller(station)
    with pytest.raises(BadInput, match="is closed; name an operator who works here"):
        keeping.note(station, code, "fine", operator=ann)
    people.reopen_named(station, Kind.OPERATOR, ann)
    keeping.note(station, code, "fine", operator=ann)
    assert records.log(station, code)[0].operator == ann


def test_who_is_closed_comes_back_without_being_asked_for(station: Station) -> None:
    """No deed is theirs while they are closed, but the one that opens them again needs no other operator."""
    ben = people.add_named(station, Kind.OPERATOR, "Ben").codes[0]
    as_ben = station.changed(operator=ben)
    people.close_named(as_ben, Kind.OPERATOR, ben)
    assert not people.works_here(station, ben)
    with pytest.raises(BadInput, match="is closed; name an operator who works here"):
        people.add_person(as_ben, "B.")
    people.reopen_named(as_ben, Kind.OPERATOR, ben)
    assert people.works_here(station, ben)
    assert records.log(station, ben)[0].operator is None
    people.add_person(as_ben, "B.")


def test_one_who_is_closed_opens_no_other(station: Station) -> None:
    ben, kim = (people.add_named(station, Kind.OPERATOR, name).codes[0] for name in ("Ben", "Kim"))
    for each in (ben, kim):
        people.close_named(station, Kind.OPERATOR, each)
    with pytest.raises(BadInput, match="is closed; name an operator who works here"):
        people.reopen_named(station, Kind.OPERATOR, kim, operator=ben)
    assert people.is_closed(station, kim)
    people.reopen_named(station, Kind.OPERATOR, kim, operator=kim)
    assert people.works_here(station, kim)


def test_who_is_not_on_record_does_not_work_here(station: Station) -> None:
    ben = people.add_named(station, Kind.OPERATOR, "Ben").codes[0]
    assert people.works_here(station, ben)
    keeping.undo(station, ben, "no such one")
    assert not people.works_here(station, ben)
