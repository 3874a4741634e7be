"""A second box begins with what the first one says, but for what stands on each box."""

import pytest
from harness.stations import clock_of

from rollertrack.errors import BadInput
from rollertrack.services import lists, registering
from rollertrack.services.station import Station

BOX: dict[str, str | bool] = {
    "length": "0.5", "maker": "Tivrek", "lot": "A1", "expiry": "2030-01-31", "sterile": True,
}  # fmt: skip


def _names(station: Station) -> list[str]:
    return [row.name for row in lists.roller_rows(station, lists.listing(station, sort="name").ids)]


def test_rollers_of_a_box_are_numbered(station: Station) -> None:
    registering.add(station, BOX | {"name": "box A"}, count=3)
    assert _names(station) == ["box A 1", "box A 2", "box A 3"]
    registering.add(station, BOX | {"name": "box A 4"}, count=2)
    assert _names(station)[3:] == ["box A 4", "box A 5"]


def test_numbers_go_on_as_they_are_written(station: Station) -> None:
    codes = registering.add(station, BOX | {"name": "box 00"}, count=11).codes
    assert _names(station)[::5] == ["box 00", "box 05", "box 10"]
    assert registering.another(station, codes[0]).facts.name == "box 11"


@pytest.mark.parametrize(("length", "fits"), [(77, True), (78, False)])
def test_a_name_that_leaves_no_room_for_its_number_is_refused(
    station: Station, length: int, fits: bool
) -> None:
    if fits:
        registering.add(station, BOX | {"name": "x" * length}, count=10)
        return
    with pytest.raises(BadInput, match="name: has 81 characters; at most 80 fit"):
        registering.add(station, BOX | {"name": "x" * length}, count=10)
    assert _names(station) == []


@pytest.mark.parametrize(("name", "count", "names"), [("one", 1, ["one"]), ("", 2, ["Tivrek", "Tivrek"])])
def test_one_alone_and_those_without_a_name_get_no_number(
    station: Station, name: str, count: int, names: list[str]
) -> None:
    registering.add(station, BOX | {"name": name}, count=count)
    assert _names(station) == names


def test_another_box_goes_on_counting_and_asks_for_its_own_lot(station: Station) -> None:
    codes = registering.add(station, BOX | {"name": "box A"}, count=10).codes
    clock_of(station).now += 1
    registering.add(station, BOX | {"name": "box AB 77"})
    like = registering.another(station, codes[2])
    assert (like.facts.name, like.number) == ("box A 11", 10)
    assert (like.facts.lot, like.facts.expiry) == ("", None)
    assert (like.facts.maker, like.facts.sterile, str(like.facts.length)) == ("Tivrek", True, "0.50")


@pytest.mark.parametrize(("name", "then"), [("evening", "evening 2"), ("evening 7", "evening 8"), ("", "")])
def test_another_of_one_roller_is_told_from_it(station: Station, name: str, then: str) -> None:
    code = registering.add(station, BOX | {"name": name}).codes[0]
    like = registering.another(station, code)
    assert (like.facts.name, like.number) == (then, 1)
