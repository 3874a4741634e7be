"""Deeds on skin: words in one spelling, a dialled pen, infected skin, sessions, and whose a roller is."""

from decimal import Decimal
from typing import Any

import pytest
from harness.stations import DAY, HOUR, MINUTE, QUICK_BATH, clock_of, me, ready_roller

from rollertrack.domain import person as persons
from rollertrack.domain.events import Amended, PersonAmended, Session, Used, Voided
from rollertrack.domain.person import Person
from rollertrack.domain.verdict import Refused
from rollertrack.domain.words import Word
from rollertrack.errors import BadInput
from rollertrack.services import (
    checking,
    keeping,
    lists,
    people,
    records,
    registering,
    upkeep,
    using,
    washing,
)
from rollertrack.services.labels.facts import label_facts
from rollertrack.services.station import Station, deed
from rollertrack.services.using import Use


def folded(station: Station, person: str) -> Person:
    with station.store.reading() as journal:
        found = persons.fold(person, journal.stream(person))
        assert found is not None
        return found


def last_use(station: Station, code: str) -> Used:
    with station.store.reading() as journal:
        return next(each.payload for each in reversed(journal.stream(code)) if isinstance(each.payload, Used))


def last_session(station: Station) -> Session:
    with station.store.reading() as journal:
        events = reversed(journal.stream(me(station)))
        return next(each.payload for each in events if isinstance(each.payload, Session))


def cartridge(station: Station, length: str = "1.5") -> str:
    return registering.add(station, {"length": length, "form": "cartridge", "sterile": True}).codes[0]


def found(station: Station, code: str, **asked: Any) -> set[str]:
    return {each.rule for each in checking.check(station, code, **asked).verdict.findings}


def history(station: Station) -> int:
    """How many entries there are in all."""
    return upkeep.verify(station).events


# Words


def test_known_words_are_kept_in_one_spelling_and_unknown_ones_as_typed(station: Station) -> None:
    code = ready_roller(station)
    done = using.use(station, code, Use(area=" SCALP ", concern="Hair  Loss"))
    assert (last_use(station, code).area, last_use(station, code).concern) == ("scalp", "hair")
    assert last_session(station).area == "scalp"
    assert done.warnings == ()
    other = ready_roller(station)
    clock_of(station).now += 3 * DAY
    washing.disinfect(station, [other], QUICK_BATH)
    done = using.use(station, other, Use(area="scalpe", concern="fine liness"))
    assert last_session(station).area == "scalpe"
    assert done.warnings == (
        "Area “scalpe” is kept as it is; nearest: scalp.",
        "Concern “fine liness” is kept as it is; nearest: fine lines.",
    )


def test_what_is_noted_for_a_person_is_kept_in_one_spelling(station: Station) -> None:
    noted = ["Cold Sores", "coldsore", "Eczema ", "My own", "eczeme"]
    done = people.add_person(station, "Ann", noted)
    assert folded(station, done.codes[0]).contraindications == ("cold sore", "eczema", "my own", "eczeme")
    assert done.warnings == ("Contraindication “eczeme” is kept as it is; nearest: eczema.",)
    people.edit_person(station, done.codes[0], contraindications=["cold-sore"])
    assert folded(station, done.codes[0]).contraindications == ("cold sore",)
    with pytest.raises(BadInput, match="nothing changes"):
        people.edit_person(station, done.codes[0], contraindications=["Cold  Sore"])


def test_where_needles_never_go_is_refused(station: Station) -> None:
    code = ready_roller(station)
    assert checking.check(station, code, area="Eye-Lid").verdict.word is Word.STOP
    before = history(station)
    with pytest.raises(Refused, match="Needles never go on the eyelid"):
        using.use(station, code, Use(area="lids", acknowledged=True))
    assert history(station) == before
    with pytest.raises(Refused, match=r"USE WITH CARE.*lips"):
        using.use(station, code, Use(area="lips"))
    using.use(station, code, Use(area="lips", acknowledged=True))
    assert "never-area" in last_use(station, code).findings


# A pen is dialled


def test_a_dialled_depth_counts_for_skin_and_area(station: Station) -> None:
    code, other = cartridge(station), ready_roller(station)
    clock_of(station).now += DAY
    assert "area" in found(station, code, area="nose")
    assert "area" not in found(station, code, area="nose", depth="0,5")
    using.use(station, code, Use(area="nose", depth="0.25 mm", acknowledged=True))
    session = last_session(station)
    assert (session.length, session.depth) == (Decimal("1.50"), Decimal("0.25"))
    assert last_use(station, code).depth == Decimal("0.25")
    clock_of(station).now += DAY
    washing.disinfect(station, [other], QUICK_BATH)
    assert not found(station, other) & {"floor"}
    clock_of(station).now += DAY
    assert not found(station, other) & {"floor", "interval"}


def test_without_a_depth_the_whole_length_counts(station: Station) -> None:
    code, other = cartridge(station), ready_roller(station)
    using.use(station, code, Use(acknowledged=True))
    assert last_session(station).depth is None
    clock_of(station).now += 6 * DAY
    assert "floor" in found(station, other)


@pytest.mark.parametrize(
    ("form", "length", "depth", "sentence"),
    [
        ("cartridge", "1.5", "1.51", "depth: 1.51 mm is more than its 1.50 mm needles; at most that is"),
        ("cartridge", "1.5", "0.04", "depth: “0.04” is out of range"),
        ("cartridge", "1.5", "deep", "depth: “deep” is not a number"),
        ("roller", "1.5", "0.5", "depth: only a pen's cartridge is dialled; leave the depth out"),
        ("handpiece", "", "0.5", "depth: only a pen's cartridge is dialled; leave the depth out"),
    ],
)  # fmt: skip
def test_a_depth_that_cannot_be_is_one_sentence(
    station: Station, form: str, length: str, depth: str, sentence: str
) -> None:
    code = registering.add(station, {"form": form, "length": length}).codes[0]
    before = history(station)
    with pytest.raises(BadInput) as asked:
        checking.check(station, code, depth=depth)
    with pytest.raises(BadInput) as logged:
        using.use(station, code, Use(depth=depth, despite="in a hurry"))
    for caught in (asked, logged):
        assert caught.value.message.startswith(sentence)
    assert history(station) == before


def test_the_whole_length_may_be_dialled(station: Station) -> None:
    assert checking.check(station, cartridge(station), depth="1.5").verdict.may_use


# Sessions


def test_a_handpiece_starts_no_clock(station: Station) -> None:
    pen = registering.add(station, {"form": "handpiece"}).codes[0]
    clock_of(station).now += HOUR
    washing.disinfect(station, [pen], QUICK_BATH)
    using.use(station, pen, Use())
    assert checking.check(station, ready_roller(station)).verdict.word is Word.USE


def test_two_pieces_within_a_visit_are_one_session(station: Station) -> None:
    first, second, third = (ready_roller(station) for _ in range(3))
    using.use(station, first, Use(area="face"))
    clock_of(station).now += 25 * MINUTE
    with pytest.raises(Refused, match="Second piece in this session, face, 25 min ago"):
        using.use(station, second, Use(area="face"))
    using.use(station, second, Use(area="face", acknowledged=True))
    assert last_use(station, second).word == Word.CARE
    clock_of(station).now += 95 * MINUTE
    with pytest.raises(Refused, match="WAIT"):
        using.use(station, third, Use(area="face", acknowledged=True))


def test_a_session_with_needles_keeps_its_clock_whatever_the_roller_is_called_now(station: Station) -> None:
    code, other = ready_roller(station), ready_roller(station)
    using.use(station, code, Use())
    with deed(station) as now:
        now.append(code, Amended(form="handpiece"))
    clock_of(station).now += 20 * HOUR
    assert "floor" in found(station, other)


# Infected skin


def test_a_use_that_touched_infected_skin_ends_the_roller(station: Station) -> None:
    code = ready_roller(station)
    done = using.use(station, code, Use(infected=True))
    assert "It touched infected skin: never use it again" in done.message
    assert done.warnings[-1].startswith("Note “active infection” for ")
    clock_of(station).now += 30 * DAY
    washing.disinfect(station, [code], QUICK_BATH)
    assert found(station, code) >= {"infected"}
    assert checking.check(station, code).verdict.word is Word.STOP
    row = lists.roller_row(station, code)
    assert row is not None
    assert row.state == "stop"
    assert upkeep.verify(station).fault == ""


def test_an_infection_that_is_noted_is_not_asked_for_again(station: Station) -> None:
    people.edit_person(station, me(station), contraindications=["cold sore"])
    done = using.use(station, ready_roller(station), Use(infected=True, despite="in a hurry"))
    assert not [each for each in done.warnings if each.startswith("Note ")]


def test_nobody_is_needled_while_a_cold_sore_is_noted(station: Station) -> None:
    code = ready_roller(station)
    people.edit_person(station, me(station), contraindications=["Herpes"])
    assert checking.check(station, code).verdict.word is Word.STOP
    people.edit_person(station, me(station), contraindications=[""])
    assert checking.check(station, code).verdict.word is Word.USE


# Whose it is


def test_a_person_is_not_taken_back_while_a_roller_is_set_aside_for_them(station: Station) -> None:
    ann = people.add_person(station, "Ann").codes[0]
    code = registering.add(station, {"length": "0.25"}, person=ann).codes[0]
    people.edit_person(station, ann, label="Anna")
    keeping.undo(station, ann, "wrong name")
    before = history(station)
    with pytest.raises(BadInput, match="cannot be taken back: set aside for them: "):
        keeping.undo(station, ann, "mistake")
    with pytest.raises(BadInput):
        keeping.undo(station, ann, "mistake", entry=1)
    assert history(station) == before
    keeping.undo(station, code, "not hers", entry=2)
    keeping.undo(station, ann, "mistake", entry=1)
    assert [row.label for row in people.list_persons(station)] == ["me"]


def test_me_is_not_taken_back_while_a_session_stands(station: Station) -> None:
    code = ready_roller(station)
    using.use(station, code, Use())
    for entry in (None, 1):
        with pytest.raises(BadInput):
            keeping.undo(station, me(station), "mistake", entry=entry)
    keeping.undo(station, code, "mistake")
    keeping.undo(station, me(station), "mistake", entry=1)
    assert people.list_persons(station) == []


def test_taking_back_the_return_of_a_person_is_taking_back_the_person(station: Station) -> None:
    ann = people.add_person(station, "Ann").codes[0]
    keeping.undo(station, ann, "mistake")
    keeping.undo(station, ann, "no mistake", entry=2)
    registering.add(station, {"length": "0.25"}, person=ann)
    with pytest.raises(BadInput, match="set aside"):
        keeping.undo(station, ann, "mistake", entry=3)


def test_a_database_in_which_the_owner_was_taken_back_opens_and_stops(station: Station) -> None:
    ann = people.add_person(station, "Ann").codes[0]
    code = registering.add(station, {"length": "0.25", "sterile": True}, person=ann).codes[0]
    with deed(station) as now:
        now.append(ann, PersonAmended(label="Anna"))
        now.append(ann, Voided(entry=1, reason="by an older version"))
    answer = checking.check(station, code)
    assert answer.verdict.word is Word.STOP
    assert answer.person == me(station)
    assert "person" in {each.rule for each in answer.verdict.findings}
    people.add_person(station, "Bea")
    answer = checking.check(station, code)
    assert answer.verdict.word is Word.STOP
    assert "ownerless" in {each.rule for each in answer.verdict.findings}
    assert (answer.person, answer.person_label) == (None, None)
    record = records.show(station, code)
    assert (record.bound_to, record.bound_label) == (ann, None)
    assert [row.code for row in lists.rows_for_list(station)] == [code]
    with station.store.reading() as journal:
        assert label_facts(journal, code).person is None
    with pytest.raises(Refused):
        using.use(station, code, Use(person=me(station), acknowledged=True))
    assert upkeep.verify(station).fault == ""


def test_a_roller_set_aside_for_one_and_used_on_another_alone_is_theirs(station: Station) -> None:
    ann = people.add_person(station, "Ann").codes[0]
    code = registering.add(station, {"length": "0.25", "sterile": True}, person=ann).codes[0]
    with pytest.raises(Refused, match="belongs to another person"):
        using.use(station, code, Use(person=me(station)))
    using.use(station, code, Use(person=me(station), despite="the packs were swapped"))
    assert records.show(station, code).bound_to == me(station)
    assert "shared" not in found(station, code, person=me(station))
    assert "person" in found(station, code, person=ann)
