"""A person is forgotten: the texts go from every page, the codes stay, and verify says what was erased."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from harness.histories import BEA
from harness.house_app import DAY, House
from harness.store_rows import rows, verified

from rollertrack.domain import events as ev
from rollertrack.domain.code import shown
from rollertrack.domain.erasable import ERASED, TEXTS
from rollertrack.domain.events import PAYLOADS
from rollertrack.domain.trace import Question
from rollertrack.errors import BadCode, BadInput
from rollertrack.services import (
    caring,
    checking,
    exporting,
    forgetting,
    health,
    incident_files,
    incidents,
    keeping,
    lists,
    people,
    person_files,
    recalling,
    records,
    upkeep,
)  # fmt: skip
from rollertrack.services.station import Station
from rollertrack.store.store import Store
from rollertrack.wording.persons import forgetting_preview, forgotten
from rollertrack.wording.records import people_text

LABEL, NOTE, WHY, HOW = "Zuleika Q.", "hates lavender", "that was Zoe's", "rang 0171 555"
SAID = (LABEL, "Zuleika", NOTE, WHY, HOW, "burns by Zeus")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A person of whom much is written, on whom a roller was used twice, once mistaken."""
    house = House(tmp_path / "a.db")
    ann = people.add_person(house.station, "Zuleika", ["rosacea"]).codes[0]
    people.edit_person(house.station, ann, label=LABEL)
    health.ask(house.station, ann, ["rosacea", "eczema"])
    roller = house.roller("evening", lot="L1")
    for _ in range(2):
        house.wash(roller)
        house.use(roller, person=ann, note=NOTE)
        house.later(20 * DAY)
    keeping.undo(house.station, roller, WHY)
    health.react(house.station, ann, "burns by Zeus")
    incident = recalling.recall(house.station, Question("lot", "L1"), "a letter").codes[0]
    incidents.tell(house.station, incident, ann, HOW)
    yield house
    house.station.store.close()


def _ann(house: House) -> str:
    return next(row.code for row in people.list_persons(house.station) if row.label != "me")


def _bytes(path: Path) -> bytes:
    return b"".join(each.read_bytes() for each in sorted(path.parent.iterdir()) if each.is_file())


def test_every_text_goes_from_every_page_and_every_code_stays(house: House) -> None:
    ann, path = _ann(house), house.path
    heads = {row[0]: row[1] for row in rows(path, "stream")}
    assert upkeep.verify(house.station).fault == ""
    done = forgetting.forget(house.station, ann)
    assert done.message.startswith(f"Forgot {shown(ann)}: 8 texts erased, the label among them. The code, ")
    assert done.warnings == ()
    house.station.store.close()
    house.station = house.open()
    held = _bytes(path)
    assert [text for text in SAID if text.encode() in held] == []
    assert {row[0]: row[1] for row in rows(path, "stream")} == {**heads, ann: heads[ann] + 1}
    found = upkeep.verify(house.station)
    assert (found.fault, found.erased) == ("", 8)
    file = person_files.show_person(house.station, ann)
    assert file.person.label == ERASED
    assert file.person.contraindications == ("rosacea", "eczema")
    assert len(file.sessions) == 1
    assert [each.text for each in file.person.reactions] == [ERASED]
    assert {row.label for row in people.list_persons(house.station)} == {"me", ERASED}
    assert len(lists.rows_for_list(house.station, search="erased")) == 1
    told = [line.text for line in records.log(house.station, ann)]
    assert told[0] == "forgotten: 8 texts erased"
    assert f"mended: label, {ERASED}" in told


def test_the_gate_says_the_same_of_a_person_who_is_forgotten(house: House) -> None:
    ann = _ann(house)
    roller = house.fresh()
    before = checking.check(house.station, roller, person=ann).verdict
    forgetting.forget(house.station, ann)
    assert checking.check(house.station, roller, person=ann).verdict == before


def test_it_cannot_be_taken_back_and_not_be_done_twice(house: House) -> None:
    ann = _ann(house)
    forgetting.forget(house.station, ann)
    last = records.log(house.station, ann)[0].seq
    with pytest.raises(BadInput, match="what was erased does not come back"):
        keeping.undo(house.station, ann, "sorry", entry=last)
    with pytest.raises(BadInput, match="is forgotten already; nothing is left to erase"):
        forgetting.forget(house.station, ann)
    with pytest.raises(BadCode, match="no person is registered"):
        forgetting.forget(house.station, BEA)


def test_a_new_label_counts_and_can_be_forgotten_in_its_turn(house: House) -> None:
    ann = _ann(house)
    forgetting.forget(house.station, ann)
    people.edit_person(house.station, ann, label="Y.")
    assert person_files.show_person(house.station, ann).person.label == "Y."
    mend = next(line.seq for line in records.log(house.station, ann) if line.kind == "amended")
    keeping.undo(house.station, ann, "not theirs", entry=mend)
    assert person_files.show_person(house.station, ann).person.label == ERASED
    assert forgetting.forget(house.station, ann).entries
    found = upkeep.verify(house.station)
    assert (found.fault, found.erased) == ("", 10)


def test_an_edit_of_a_label_taken_back_brings_the_one_before(
    house: House,
) -> None:
    ann = _ann(house)
    mend = next(line.seq for line in records.log(house.station, ann) if line.kind == "amended")
    keeping.undo(house.station, ann, "typed wrongly", entry=mend)
    assert person_files.show_person(house.station, ann).person.label == "Zuleika"
    assert upkeep.verify(house.station).fault == ""


def test_why_a_use_was_taken_back_and_brought_back_goes_with_its_person_alone(house: House) -> None:
    ann, other = _ann(house), people.add_person(house.station, "Yan").codes[0]
    theirs = house.roller("theirs")
    house.wash(theirs)
    house.use(theirs, person=other)
    keeping.undo(house.station, theirs, "since Yan left")
    back = next(line.seq for line in records.log(house.station, theirs) if line.kind == "voided")
    keeping.undo(house.station, theirs, "Yan came back", entry=back)
    keeping.note(house.station, theirs, "of the roller itself")
    forgetting.forget(house.station, ann)
    told = [line.text for line in records.log(house.station, theirs)]
    assert f"entry {back} undone: Yan came back" in told
    done = forgetting.forget(house.station, other)
    told = [line.text for line in records.log(house.station, theirs)]
    assert f"entry {back} undone: {ERASED}" in told
    assert "note: of the roller itself" in told
    assert "what was written of a roller itself, be it theirs" in done.message
    assert upkeep.verify(house.station).fault == ""


def test_how_a_slip_was_handed_over_stays_unless_in_own_words(house: House) -> None:
    ann = _ann(house)
    caring.give_care(house.station, "after", ann, "on paper")
    caring.give_care(house.station, "before", ann, "to her mother")
    forgetting.forget(house.station, ann)
    given = person_files.show_person(house.station, ann).person.care
    assert [each.how for each in given] == ["on paper", ERASED]
    assert upkeep.verify(house.station).fault == ""


def test_a_deed_that_fails_erases_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = _ann(house)

    def fail(*_: object) -> None:
        raise BadInput("code", "no")

    with monkeypatch.context() as patch, pytest.raises(BadInput):
        patch.setattr("rollertrack.store.erasable.erase_beside", fail)
        forgetting.forget(house.station, ann)
    assert person_files.show_person(house.station, ann).person.label == LABEL
    assert upkeep.verify(house.station).fault == ""


def test_an_export_holds_the_texts_beside_the_rows_until_they_are_erased(house: House) -> None:
    ann = _ann(house)

    def labels() -> list[object]:
        lines = [json.loads(str(line)) for line in exporting.export(house.station)]
        own = [line for line in lines if line["stream"] == ann and line["kind"] in {"registered", "amended"}]
        assert all(len(line["data"]["label"]["sha256"]) == 64 for line in own)
        return [line["texts"]["label"] for line in own]

    assert labels() == ["Zuleika", LABEL]
    forgetting.forget(house.station, ann)
    assert labels() == [None, None]


def test_a_backup_of_before_holds_it_still_and_a_restore_brings_it_back(house: House) -> None:
    ann, copy = _ann(house), house.path.with_name("copy.db")
    upkeep.backup(house.station, str(copy))
    forgetting.forget(house.station, ann)
    house.station.store.close()
    upkeep.restore(str(copy), house.path, house.now)
    house.station = house.open()
    assert person_files.show_person(house.station, ann).person.label == LABEL
    assert verified(house.path).fault == ""
    (kept,) = house.path.parent.glob("a.db.before-restore-*")
    assert any(str(kept) in warning for warning in forgetting.forget(house.station, ann).warnings)


def test_another_program_reads_on_without_the_texts(house: House) -> None:
    ann = _ann(house)
    with closing(Store(house.path)) as store:
        other = Station(store, house.clock, house.dice.choice)
        assert person_files.show_person(other, ann).person.label == LABEL
        forgetting.forget(house.station, ann)
        assert person_files.show_person(other, ann).person.label == ERASED


_NO_OWN_WORDS = {
    (ev.Session, "roller"), (ev.Session, "area"), (ev.Session, "concern"), (ev.Reaction, "roller"),
    (ev.Contraindication, "name"), (ev.CareGiven, "which"),
}  # fmt: skip
"""Codes, and what is known of skin: it stays, since the gate goes by it."""


def test_whatever_is_told_of_a_person_in_own_words_may_be_erased() -> None:
    told = {
        (payload, name)
        for payload in PAYLOADS["P"].values()
        for name, kind in payload.types.items()
        if kind is str
    }
    erasable = {(payload, name) for payload, names in TEXTS.items() for name in names}
    assert told - _NO_OWN_WORDS <= erasable


def test_the_texts_are_facts_of_their_kinds() -> None:
    kinds = {payload for each in PAYLOADS.values() for payload in each.values()}
    assert TEXTS.keys() <= kinds
    assert all(payload.types[name] is str for payload, names in TEXTS.items() for name in names)


TOLD = ("Qx bled", "Qx bled more", "Qx is well", "Qx healed", "Qx: one roller alone")


def test_why_rollers_were_recalled_for_a_person_goes_with_them(house: House) -> None:
    ann, path = _ann(house), house.path
    code = next(row.code for row in lists.rows_for_list(house.station))
    question = Question("person", ann)
    incident = recalling.recall(house.station, question, TOLD[0]).codes[0]
    other = house.fresh("other")
    house.use(other, person=ann)
    recalling.recall(house.station, question, TOLD[1])
    keeping.release(house.station, [code], TOLD[4])
    incidents.release(house.station, incident, TOLD[2])
    incidents.close(house.station, incident, TOLD[3])
    lot = recalling.recall(house.station, Question("lot", "L1"), "a second letter").codes[0]
    house.station.store.close()
    house.station = house.open()
    assert {text.encode() in _bytes(path) for text in TOLD} == {True}
    forgetting.forget(house.station, ann)
    house.station.store.close()
    house.station = house.open()
    assert [text for text in TOLD if text.encode() in _bytes(path)] == []
    assert upkeep.verify(house.station).fault == ""
    reasons = {row.code: row.reason for row in incident_files.list_incidents(house.station)}
    assert reasons[incident] == ERASED
    assert reasons[lot] == "a letter", "it began with a lot"
    found = incident_files.show_incident(house.station, incident).incident
    assert (found.reason, found.outcome, found.person) == (ERASED, ERASED, ann)
    told = [line for each in (code, incident) for line in records.log(house.station, each)]
    assert not any("Qx" in line.text for line in told)
    assert people_text(next(line for line in told if line.kind == "recalled" and line.person)).startswith(
        "of "
    )


_OF_INCIDENT = dict.fromkeys(("rollers", "persons", "packs", "query"), "codes, or a lot")
STAYS: dict[type[ev.Payload], dict[str, str]] = {
    ev.Used: dict.fromkeys(("area", "concern"), "of the session")
    | dict.fromkeys(("word", "findings", "inspected"), "words of the gate"),
    ev.Session: dict.fromkeys(("area", "concern"), "of the session") | {"roller": "a code"},
    ev.Contraindication: {"name": "what to ask about"},
    ev.Asked: {"answers": "what to ask about"},
    ev.CareGiven: {"which": "one of two"},
    ev.Reaction: {"roller": "a code"},
    ev.Released: {"incident": "a code"},
    ev.Recalled: {"incident": "a code"},
    ev.IncidentOpened: _OF_INCIDENT | {"cause": "one of a few", "about": "a code, or a lot"},
    ev.IncidentWidened: _OF_INCIDENT,
    ev.LabelPrinted: dict.fromkeys(("media", "place", "payload"), "of the printer"),
    ev.Snoozed: {"what": "one of a few", "reason": "written of a thing"},
    ev.Retired: {"reason": "written of a roller", "bin": "a code"},
    **{kind: {"reason": "written of a roller"} for kind in (ev.Quarantined, ev.Doubted, ev.Inspected)},
}
"""What a payload that may be about a person holds in letters and what forgetting leaves, and why."""
_OF_THINGS = (
    ev.RollerFacts, ev.Opened, ev.Binned, ev.DisinfectionStarted, ev.DisinfectionEnded, ev.Disinfected,
    ev.SolutionRegistered, ev.Tested, ev.ToppedUp, ev.Discarded, ev.NamedRegistered, ev.Closed, ev.Reopened,
    ev.Collected, ev.PolicySet, ev.ProductFacts, ev.BarcodeBound, ev.Ordered, ev.OrderEnded, ev.Counted,
    ev.PackFacts, ev.Taken, ev.WrittenOff, ev.Found,
)  # fmt: skip
"""Of things, operators and the shelf, which no entry about a person is."""


@pytest.mark.parametrize(
    "payload",
    dict.fromkeys(
        kind for kinds in ev.PAYLOADS.values() for kind in kinds.values() if not issubclass(kind, _OF_THINGS)
    ),
    ids=lambda payload: payload.__name__,
)
def test_whatever_tells_of_a_person_is_erased_or_stays_for_a_reason(payload: type[ev.Payload]) -> None:
    in_letters = {name for name, kind in payload.types.items() if kind in (str, tuple[str, ...])}
    erased, stays = set(TEXTS.get(payload, ())), set(STAYS.get(payload, {}))
    assert erased | stays == in_letters
    assert not erased & stays


def test_who_is_asked_to_forget_is_told_what_stays() -> None:
    for said in (forgetting_preview(BEA), forgotten(BEA, 3)):
        for part in (
            "sessions",
            "what to ask about",
            "areas, concerns and conditions",
            "its name, its notes",
        ):
            assert part in said


def test_an_altered_text_is_told_as_that_and_not_as_a_list_that_differs(house: House) -> None:
    ann = _ann(house)
    house.station.store.close()
    with closing(sqlite3.connect(house.path)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("UPDATE erasable SET text = 'Another' WHERE text = ?", (LABEL,))
        raw.commit()
    house.station = house.open()
    assert re.fullmatch(
        f"{ann} entry \\d+: its text was altered after it was written", verified(house.path).fault
    )
