"""Persons by their labels, where a command asks for one."""

import pytest

from rollertrack.domain.code import Kind, shown
from rollertrack.errors import BadCode, BadInput
from rollertrack.services import people
from rollertrack.services.station import Station, read_code


def test_a_person_may_be_named_by_a_label_that_only_one_has(station: Station) -> None:
    ann = people.add_person(station, "Ann K.").codes[0]
    with station.store.reading():
        assert read_code(station, " ann k. ", Kind.PERSON) == ann
        with pytest.raises(BadCode, match="a code has nine letters"):
            read_code(station, "ann", Kind.PERSON)
        with pytest.raises(BadCode, match="a code has nine letters"):
            read_code(station, "ann k.", Kind.ROLLER)
    other = people.add_person(station, "ANN K.").codes[0]
    with (
        station.store.reading(),
        pytest.raises(BadInput, match=f"^person: .*{shown(other)}.* have the label"),
    ):
        read_code(station, "Ann K.", Kind.PERSON, "person")
