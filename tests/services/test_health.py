"""The health questions and reactions as deeds: what is logged, what the gate makes of it."""

import pytest
from harness.stations import DAY, HOUR, clock_of, me, ready_roller

from rollertrack.domain.code import Kind
from rollertrack.domain.trace import Question
from rollertrack.domain.verdict import Refused
from rollertrack.domain.words import Word
from rollertrack.errors import BadInput, ChangedMeanwhile
from rollertrack.services import (
    checking,
    health,
    incidents,
    keeping,
    people,
    person_files,
    policies,
    recalling,
    records,
    registering,
    using,
)  # fmt: skip
from rollertrack.services.station import Station
from rollertrack.services.using import Use
from rollertrack.wording import persons as words


def _rules(station: Station, code: str, person: str, **said: object) -> set[str]:
    verdict = checking.check(station, code, person=person, **said).verdict  # type: ignore[arg-type]
    return {each.rule for each in verdict.findings if each.word is not Word.USE}


def _clinic(station: Station) -> str:
    for key, value in (("profile", "clinic"), ("use.operator", "no")):
        policies.set_policy(station, key, value)
    return registering.add(station, {"length": "0.25", "sterile": True, "lot": "L1"}).codes[0]


def test_answers_are_logged_as_all_that_holds(station: Station) -> None:
    ann = people.add_person(station, "Ann", ["eczema", "cold sore"]).codes[0]
    done = health.ask(station, ann, ["Eczema", "accutane", "rosacia"])
    assert done.message.endswith(": eczema, isotretinoin, rosacia.")
    assert done.warnings == (
        "No longer noted: cold sore.",
        "Contraindication “rosacia” is kept as it is; nearest: rosacea.",
    )
    assert people.person_facts(station, ann).contraindications == ("eczema", "isotretinoin", "rosacia")
    assert records.log(station, ann)[0].text == "health questions asked: eczema, isotretinoin, rosacia"
    assert health.ask(station, ann, none=True).message.endswith(": nothing holds.")
    assert people.person_facts(station, ann).contraindications == ()
    keeping.undo(station, ann, "the wrong person")
    assert people.person_facts(station, ann).contraindications == ("eczema", "isotretinoin", "rosacia")
    for names, none, said in (
        ([], False, "^contraindication: say what holds, or that nothing does$"),
        ([""], False, "say what holds, or that nothing does"),
        (["eczema", "Lupus"], True, "nothing holds, and eczema, connective tissue disease; one of the two"),
    ):
        with pytest.raises(BadInput, match=said) as refused:
            health.ask(station, ann, names, none=none)
        assert refused.value.at_prompt.endswith(" (--none says that nothing does)")


def test_a_use_in_a_clinic_logs_the_answers_with_it_or_nothing(station: Station) -> None:
    code, ann = _clinic(station), me(station)
    with pytest.raises(Refused, match="The health questions were never asked"):
        using.use(station, code, Use(ann))
    assert _rules(station, code, ann) == {"unasked"}
    assert _rules(station, code, ann, answers=()) == set()
    assert _rules(station, code, ann, answers=("Lupus",)) == {"contraindication"}
    with pytest.raises(Refused):
        using.use(station, code, Use(ann, answers=("lupus",)))
    assert person_files.show_person(station, ann).person.asked is None  # all of it, or nothing of it
    seen = Use(ann, answers=("lupus",), acknowledged=True, seen_rules=("unasked",))
    with pytest.raises(ChangedMeanwhile):
        using.use(station, code, seen)
    using.use(station, code, Use(ann, answers=("lupus",), acknowledged=True, area="face", concern="pores"))
    file = person_files.show_person(station, ann)
    assert file.person.asked is not None
    assert file.conditions == (("connective tissue disease", 5),)
    assert [(each.concern, each.lot, each.area) for each in file.sessions] == [("pores", "L1", "face")]
    assert [(each.code, each.uses) for each in file.rollers] == [(code, 1)]


def test_a_session_of_before_tells_its_concern_by_its_use(station: Station) -> None:
    from rollertrack.domain import events as ev
    from rollertrack.services.station import deed

    code, ann = ready_roller(station), me(station)
    with deed(station) as now:
        entry = now.append(code, ev.Used(word="USE", area="face", concern="hair"), person=ann)
        now.append(ann, ev.Session(roller=code, entry=entry.seq, area="face"))
    assert [each.concern for each in person_files.show_person(station, ann).sessions] == ["hair"]


def test_a_reaction_asks_for_care_until_the_incident_about_it_is_closed(station: Station) -> None:
    code, ann = ready_roller(station), me(station)
    using.use(station, code, Use(ann))
    clock_of(station).now += 60 * DAY
    health.react(station, ann, "red for a week")
    other = ready_roller(station)
    assert _rules(station, other, ann) == {"reaction"}
    before = clock_of(station).now
    incident = recalling.recall(station, Question("person", ann), "her skin").codes[0]
    clock_of(station).now += HOUR
    assert _rules(station, other, ann) == {"reaction"}
    incidents.close(station, incident, "healed")
    assert _rules(station, other, ann) == set()
    assert person_files.show_person(station, ann).person.reactions[0].is_over
    assert _rules(station, other, ann, at=before) == {"reaction"}  # as it was known then
    keeping.undo(station, incident, "not yet")
    assert _rules(station, other, ann) == {"reaction"}
    incidents.close(station, incident, "healed now")
    clock_of(station).now += HOUR
    health.react(station, ann, "red again")
    assert _rules(station, other, ann) == {"reaction"}
    assert _rules(station, other, people.add_person(station, "B.").codes[0]) == set()


def test_an_incident_about_the_roller_of_a_reaction_ends_it_too(station: Station) -> None:
    code, ann = ready_roller(station), me(station)
    using.use(station, code, Use(ann))
    clock_of(station).now += 60 * DAY
    health.react(station, ann, "red")
    incident = recalling.recall(station, Question("roller", code), "it hurts").codes[0]
    incidents.close(station, incident, "bent needle")
    assert person_files.show_person(station, ann).person.reactions[0].is_over


def test_a_person_is_told_with_every_rest_and_only_what_is_asked_here(station: Station) -> None:
    ann = me(station)
    using.use(station, ready_roller(station), Use(ann, area="face"))
    told = words.person_lines(person_files.show_person(station, ann))
    assert [name for name, _ in told] == ["Rests until", "", "Reactions"]
    assert (told[0][1][0], told[1][1][0]) == ("◔", "!")
    health.ask(station, ann, ["eczema"])
    told = words.person_lines(person_files.show_person(station, ann))
    assert [name for name, _ in told] == ["Rests until", "", "Ask first", "Asked", "Reactions"]
    people.add_named(station, Kind.OPERATOR, "K.")
    assert person_files.show_person(station, ann).operators == {}


def _told(station: Station, person: str) -> tuple[tuple[str, ...], dict[str, str]]:
    file = person_files.show_person(station, person)
    return words.in_short(file), dict(words.person_lines(file))


def test_what_stops_every_roller_is_said_of_the_person_as_the_gate_says_it(station: Station) -> None:
    ann, code = me(station), ready_roller(station)
    health.ask(station, ann, ["eczema", "active infection"])
    short, told = _told(station, ann)
    assert checking.check(station, code, person=ann).verdict.word is Word.STOP
    assert short[0] == "✗ STOP for every roller: active infection."
    assert "Ask a professional first: eczema." in short
    assert told["Stops"] == "✗ STOP for every roller: active infection; not on infected skin"
    assert told["Ask first"] == "eczema (named by 7 of 11 lists)"
    assert words.person_document(person_files.show_person(station, ann))["stops"] == ["active infection"]
    health.ask(station, ann, ["eczema", "no active infection"])  # over: it asks for care alone
    short, told = _told(station, ann)
    assert checking.check(station, code, person=ann).verdict.word is Word.CARE
    assert "Stops" not in told
    assert not any("STOP" in line for line in short)


def test_a_scan_of_a_person_tells_of_a_fresh_reaction_and_of_questions_that_are_due(station: Station) -> None:
    code, ann = _clinic(station), me(station)
    short, told = _told(station, ann)
    assert short[-1] == "The health questions were never asked."
    assert told["Asked"] == "never · due"
    health.ask(station, ann, none=True)
    health.react(station, ann, "red")
    clock_of(station).now += 90 * DAY - HOUR
    assert _rules(station, code, ann) == {"reaction"}
    assert _told(station, ann)[0][-1] == "The skin reacted 89 d ago, and no incident about it is closed."
    clock_of(station).now += HOUR
    assert _told(station, ann)[0] == ("The skin has rested.",)
    clock_of(station).now += 90 * DAY
    assert _told(station, ann)[0] == ("The skin has rested.",)
    clock_of(station).now += 1
    assert _rules(station, code, ann) == {"unasked"}
    short, told = _told(station, ann)
    assert short[-1] == "The health questions were asked 180 d ago."
    assert told["Asked"].endswith(", 180 d ago · due")


def test_a_use_of_before_goes_by_what_was_noted_then_and_tells_what_was_noted_since(station: Station) -> None:
    code, ann = ready_roller(station), me(station)
    before = clock_of(station).now
    clock_of(station).now += DAY
    health.ask(station, ann, ["active infection"])
    asked = clock_of(station).now
    assert _rules(station, code, ann) == {"infection"}
    assert _rules(station, code, ann, at=asked) == {"infection"}
    assert _rules(station, code, ann, at=asked - 1) == set()
    verdict = checking.check(station, code, person=ann, at=before).verdict
    assert verdict.word is Word.USE
    told = {each.rule: each.message for each in verdict.findings}
    assert told["noted-since"] == "Noted for this person only later: active infection."
    now = checking.check(station, code, person=ann).verdict
    assert "noted-since" not in {each.rule for each in now.findings}
    with pytest.raises(Refused, match="Not on infected skin"):
        using.use(station, code, Use(ann), at=asked)
    using.use(station, code, Use(ann), at=before)
    used = next(line for line in records.log(station, code) if line.kind == "used")
    assert "against" not in used.text
    assert people.person_facts(station, ann).contraindications == ("active infection",)
