"""Persons by their labels, where a command asks for one."""

import pytest

from rollertrack.domain.code import Kind, shown
from rollertrack.errors import BadCode, BadInput
from rollertrack.services import codes, health, keeping, people, registering
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


def test_a_scan_names_a_person_by_their_label_whatever_was_noted_since(station: Station) -> None:
    ann = people.add_person(station, "Carla", ["active infection"]).codes[0]
    health.ask(station, ann, ["rosacea"])
    assert codes.identify(station, ann).label == "Carla"
    people.edit_person(station, ann, label="C.", contraindications=["eczema"])
    assert codes.identify(station, ann).label == "C."
    assert ("label", "C.") in codes.describe(station, ann)
    keeping.undo(station, ann, "no", entry=4)
    assert codes.identify(station, ann).label == "Carla"
    sharps = people.add_named(station, Kind.BIN, "yellow").codes[0]
    people.edit_named(station, Kind.BIN, sharps, "red")
    keeping.undo(station, sharps, "it is yellow")
    assert codes.identify(station, sharps).label == "yellow"
    roller = registering.add(station, {"name": "evening", "length": "0.5"}).codes[0]
    keeping.note(station, roller, "rattles")
    assert codes.identify(station, roller).label == "evening"


def test_a_note_on_a_person_is_refused_with_what_there_is_instead(station: Station) -> None:
    ann = people.add_person(station, "Ann").codes[0]
    with pytest.raises(BadInput, match=r"a note is written on a roller, and this is a person$") as refused:
        keeping.note(station, ann, "hates lavender")
    assert "(`person react` notes" in refused.value.at_prompt
    with pytest.raises(BadCode, match="is a person, not a roller"):
        keeping.quarantine(station, ann, "no")
