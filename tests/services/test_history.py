"""A history says on whom and by whom, and what a mend changed."""

from collections.abc import Callable

import pytest
from harness.stations import ready_roller

from rollertrack.domain.code import Kind, shown
from rollertrack.services import keeping, people, records, registering, solutions, using
from rollertrack.services.station import Station
from rollertrack.services.using import Use
from rollertrack.wording.records import entry_cells, people_text


def test_an_entry_names_its_people_by_label_with_the_code_behind(station: Station) -> None:
    ann = people.add_person(station, "Ann [red]").codes[0]
    kim = people.add_named(station, Kind.OPERATOR, "Kim").codes[0]
    code = ready_roller(station)
    using.use(station, code, Use(person=ann), operator=kim)
    used = records.log(station, code)[0]
    told = f"on “Ann [red]” {shown(ann)} · by “Kim” {shown(kim)}"
    assert people_text(used) == told
    assert told in entry_cells(used)
    assert records.show(station, code).history[0] == used
    assert people_text(records.log(station, code)[-1]) == ""


def _roller(station: Station) -> str:
    code = registering.add(station, {"length": "0.25", "lot": "A1", "name": "one"}).codes[0]
    facts: dict[str, str | bool] = {
        "lot": "Z9",
        "length": "0.5",
        "expiry": "2027-01-31",
        "sterile": True,
        "name": "",
    }
    registering.edit(station, code, facts)
    return code


def _person(station: Station) -> str:
    code = people.add_person(station, "Ann").codes[0]
    people.edit_person(station, code, label="Anna")
    return code


def _solution(station: Station) -> str:
    code = solutions.add_solution(station, solutions.SolutionFacts("alcohol", "70", lot="A")).codes[0]
    solutions.edit_solution(station, code, solutions.SolutionFacts(strength="80", lot="B"))
    return code


def _bin(station: Station) -> str:
    code = people.add_named(station, Kind.BIN, "yellow").codes[0]
    people.edit_named(station, Kind.BIN, code, "red")
    return code


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (_roller, "mended: length 0.25 mm → 0.50 mm, name one → none, lot A1 → Z9,"
                  " expiry none → 31 Jan 2027, sterile no → yes"),
        (_person, "mended: label Ann → Anna"),
        (_solution, "mended: strength 70 % → 80 %, lot A → B"),
        (_bin, "mended: label yellow → red"),
    ],
)  # fmt: skip
def test_a_mend_says_what_it_changed(station: Station, make: Callable[[Station], str], told: str) -> None:
    assert records.log(station, make(station))[0].text == told


def test_a_mend_after_one_undone_is_told_against_what_held(station: Station) -> None:
    code = registering.add(station, {"length": "0.25", "lot": "A1"}).codes[0]
    registering.edit(station, code, {"lot": "B2"})
    keeping.undo(station, code, "wrong roller")
    registering.edit(station, code, {"lot": "C3"})
    assert records.log(station, code)[0].text == "mended: lot A1 → C3"
