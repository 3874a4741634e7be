"""One deed puts aside all that a trace finds; what two incidents hold stays until both let go."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest
from harness.stations import DAY, HOUR, MINUTE, clock_of, me, station_at

from rollertrack.domain import events as ev
from rollertrack.domain.code import Kind, kind_of, make, shown
from rollertrack.domain.trace import Question, Reach
from rollertrack.domain.words import Word
from rollertrack.errors import BadCode, BadInput, NothingFound
from rollertrack.services import (
    checking,
    health,
    incident_files,
    incidents,
    keeping,
    people,
    recalling,
    records,
    registering,
    solutions,
    upkeep,
    using,
    washing,
)
from rollertrack.services.solutions import SolutionFacts
from rollertrack.services.station import Station
from rollertrack.services.using import Use
from rollertrack.services.washing import Bath
from rollertrack.store.store import Store

LOT = Question("lot", "A12")


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with station_at(tmp_path / "a.db") as made:
        yield made
        assert upkeep.verify(made).fault == ""


def roller(station: Station, lot: str = "A-12", **facts: str) -> str:
    typed = {"length": "0.25", "maker": "Titan", "lot": lot, **facts}
    code = registering.add(station, dict(typed)).codes[0]
    clock_of(station).now += MINUTE
    return code


def word(station: Station, code: str) -> tuple[Word, str]:
    """What the gate says of a roller, and why in its first sentence."""
    verdict = checking.check(station, code).verdict
    return verdict.word, verdict.findings[0].message if verdict.findings else ""


def recall(station: Station, question: Question = LOT, **reach: object) -> str:
    """The code of the incident."""
    clock_of(station).now += MINUTE
    done = recalling.recall(station, question, "the maker's letter", Reach(**reach))  # type: ignore[arg-type]
    return done.codes[0]


def recalled(station: Station, incident: str) -> set[str]:
    return set(incident_files.show_incident(station, incident).held)


def test_what_was_recalled_is_a_stop_with_the_reason(station: Station) -> None:
    first, second, other = roller(station), roller(station, "a12"), roller(station, "B7")
    washing.disinfect(station, [first, other], Bath("alcohol", minutes="10", cleaned=True))
    incident = recall(station)
    assert kind_of(incident) is Kind.INCIDENT
    assert recalled(station, incident) == {first, second}
    assert word(station, first) == (Word.STOP, "Recalled: the maker's letter.")
    assert word(station, other)[0] is not Word.STOP


def test_a_second_recall_adds_only_what_is_new(station: Station) -> None:
    first = roller(station)
    incident = recall(station)
    second = roller(station)
    done = recalling.recall(station, LOT, "a second letter")
    assert done.codes == (incident, second)
    assert done.message == (
        f"Put aside 1 roller more: incident {shown(incident)}; 1 was put aside before. 0 persons to tell."
    )
    log = [line.text for line in incident_files.show_incident(station, incident).history]
    assert log == [
        "widened: a second letter · 1 roller, 0 persons",
        "opened: the maker's letter · 1 roller, 0 persons",
    ]
    assert len(incident_files.list_incidents(station)) == 1
    assert recalled(station, incident) == {first, second}


def test_a_recall_that_finds_nothing_new_writes_nothing(station: Station) -> None:
    roller(station)
    incident = recall(station)
    with closing(Store(station.store.path)) as other:
        before = other.change_mark()
        done = recalling.recall(station, Question("lot", "a.12"), "again")
        assert (done.codes, done.entries) == ((incident,), ())
        assert done.message == f"Nothing new: incident {shown(incident)}; 1 was put aside before."
        with station.store.reading() as journal:
            assert len(journal.stream(incident)) == 1
        assert other.change_mark() >= before


def test_what_was_released_is_not_put_aside_again(station: Station) -> None:
    code = roller(station)
    incident = recall(station)
    incidents.release(station, incident, "another lot on the pack", [code])
    assert recalling.recall(station, LOT, "again").entries == ()
    assert word(station, code)[0] is not Word.STOP


def test_a_recall_that_was_undone_on_a_roller_is_made_again(station: Station) -> None:
    code = roller(station)
    recall(station)
    keeping.undo(station, code, "the wrong one")
    assert word(station, code)[0] is not Word.STOP
    assert recalling.recall(station, LOT, "again").codes[1:] == (code,)


def test_after_its_end_the_same_lot_opens_another_incident(station: Station) -> None:
    code = roller(station)
    first = recall(station)
    incidents.close(station, first, "all are well")
    second = recall(station)
    assert second != first
    assert recalled(station, second) == {code}


def test_what_is_retired_is_listed_and_left_alone(station: Station) -> None:
    code = roller(station)
    keeping.retire(station, code, "worn")
    done = recalling.recall(station, LOT, "a letter")
    assert done.codes == (done.codes[0],)
    assert "1 is retired already" in done.message
    found = incident_files.show_incident(station, done.codes[0])
    assert (found.incident.rollers, found.held) == ((code,), frozenset())


def test_a_retirement_that_was_undone_is_put_aside_by_the_next_recall(station: Station) -> None:
    code = roller(station)
    keeping.retire(station, code, "worn")
    recall(station)
    keeping.undo(station, code, "the wrong one")
    assert recalling.recall(station, LOT, "again").codes[1:] == (code,)


def test_what_had_the_lot_is_put_aside_too(station: Station) -> None:
    code = roller(station)
    registering.edit(station, code, {"lot": "B7"})
    undone = roller(station)
    keeping.undo(station, undone, "never bought")
    assert recalled(station, recall(station)) == {code, undone}
    assert word(station, code)[0] is Word.STOP


def test_mates_and_those_in_doubt_only_where_it_is_said(station: Station) -> None:
    has, mate = roller(station), roller(station, "C9", maker="Crown")
    doubtful, near = roller(station, ""), roller(station, "AI2")
    washing.soak(station, [has, mate], Bath("alcohol", cleaned=True))
    done = recalling.recall(station, LOT, "a letter")
    assert done.codes[1:] == (has,)
    assert done.warnings == (
        "Not put aside: 1 near, 1 without a lot, 1 beside them in a bath. Look at their packs.",
    )
    assert recalling.recall(station, LOT, "x", Reach(doubtful=True)).codes[1:] == (doubtful,)
    done = recalling.recall(station, LOT, "x", Reach(also=(near,)))
    assert (done.codes[1:], done.warnings) == ((near,), ("Not put aside: 1 beside them in a bath.",))
    assert recalling.recall(station, LOT, "x", Reach(mates=True)).codes[1:] == (mate,)


def test_what_is_named_beside_must_be_of_the_trace(station: Station) -> None:
    roller(station)
    other = roller(station, "Z1", maker="Crown")
    with pytest.raises(BadInput, match=f"also: {shown(other)} is not in this trace"):
        recall(station, also=(other,))


def test_a_lot_that_nothing_carries_names_what_is_near(station: Station) -> None:
    roller(station, "AI2")
    with pytest.raises(NothingFound, match=r"Nothing carries A12; near it: AI2 \(1\)\.") as refused:
        recall(station)
    assert refused.value.exit_status == 1
    with pytest.raises(NothingFound, match=r"^Nothing carries Z9\.$"):
        recall(station, Question("lot", "Z9"))
    assert incident_files.list_incidents(station) == []


def test_persons_are_to_be_told_those_of_mates_with_the_mates(station: Station) -> None:
    ann, bea = (people.add_person(station, label).codes[0] for label in ("ann", "bea"))
    has, mate = roller(station), roller(station, "C9")
    washing.soak(station, [has, mate], Bath("alcohol", cleaned=True))
    clock_of(station).now += HOUR
    washing.done(station, [has, mate])
    using.use(station, has, Use(ann))
    using.use(station, mate, Use(bea, despite="x"))
    incident = recall(station)
    assert incident_files.show_incident(station, incident).incident.persons == (ann,)
    recall(station, mates=True)
    assert incident_files.show_incident(station, incident).incident.persons == (ann, bea)


def test_a_solution_is_discarded_and_its_washes_are_looked_at_anew(station: Station) -> None:
    jar = solutions.add_solution(station, SolutionFacts("alcohol", "70")).codes[0]
    code = roller(station, "")
    washing.soak(station, [code], Bath("alcohol", jar, cleaned=True))
    done = recalling.recall(station, Question("solution", jar), "cloudy")
    assert f" Discarded {shown(jar)}." in done.message
    (row,) = incident_files.list_incidents(station)
    assert (row.cause, row.about, row.rollers) == ("solution", jar, 1)
    assert recalling.recall(station, Question("solution", jar), "again").entries == ()


def test_what_two_incidents_hold_stays_until_both_let_go(station: Station) -> None:
    jar = solutions.add_solution(station, SolutionFacts("alcohol", "70")).codes[0]
    code = roller(station)
    washing.soak(station, [code], Bath("alcohol", jar, cleaned=True))
    clock_of(station).now += HOUR
    washing.done(station, [code])
    of_lot, of_jar = recall(station), recall(station, Question("solution", jar))
    done = incidents.release(station, of_lot, "another lot")
    assert done.message == f"Recorded the release of {shown(code)}; another entry still holds it."
    assert word(station, code)[0] is Word.STOP
    assert recalled(station, of_jar) == {code}
    clock_of(station).now += MINUTE
    incidents.release(station, of_jar, "the strip was wrong")
    assert word(station, code)[0] is not Word.STOP


def test_a_plain_release_lifts_the_newest_recall_alone(station: Station) -> None:
    jar = solutions.add_solution(station, SolutionFacts("alcohol", "70")).codes[0]
    code = roller(station)
    washing.soak(station, [code], Bath("alcohol", jar, cleaned=True))
    first, second = recall(station), recall(station, Question("solution", jar))
    keeping.release(station, code, "looked at")
    assert (recalled(station, first), recalled(station, second)) == ({code}, set())
    clock_of(station).now += MINUTE
    keeping.release(station, code, "looked at again")
    assert recalled(station, first) == set()


def test_a_release_of_all_restores_every_word_and_leaves_a_quarantine(station: Station) -> None:
    codes = [roller(station) for _ in range(3)]
    keeping.quarantine(station, codes[0], "fell")
    before = [word(station, code)[0] for code in codes]
    incident = recall(station)
    assert [word(station, code)[0] for code in codes] == [Word.STOP] * 3
    done = incidents.release(station, incident, "another lot")
    assert set(done.codes) == set(codes)
    assert [word(station, code)[0] for code in codes] == before
    with pytest.raises(BadInput, match="keeps no roller aside"):
        incidents.release(station, incident, "again")


def test_one_is_released_by_one(station: Station) -> None:
    first, second = roller(station), roller(station)
    incident = recall(station)
    incidents.release(station, incident, "another lot", [first])
    assert recalled(station, incident) == {second}
    with pytest.raises(BadInput, match=f"{shown(first)} is not put aside by {shown(incident)}"):
        incidents.release(station, incident, "x", [first])


def test_a_recall_is_all_or_nothing(station: Station) -> None:
    for _ in range(3):
        roller(station)
    with (
        patch("rollertrack.services.recalling.say.recalled", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        recall(station)
    assert incident_files.list_incidents(station) == []
    with station.store.reading() as journal:
        assert journal.rollers_in("x") == []


def test_a_recall_asked_twice_with_one_id_counts_once(station: Station) -> None:
    roller(station)
    asked = station.changed(uid="the same")
    first = recalling.recall(asked, LOT, "a letter")
    assert recalling.recall(asked, LOT, "a letter") == first
    assert len(incident_files.list_incidents(station)) == 1


def test_a_plan_writes_nothing_and_says_what_would_be(station: Station) -> None:
    code = roller(station)
    plan = recalling.planned(station, LOT)
    assert (plan.aside, plan.incident, plan.is_new) == ((code,), "", True)
    assert incident_files.list_incidents(station) == []
    assert word(station, code)[0] is not Word.STOP


@pytest.mark.parametrize("cause", ["injury", "other"])
def test_the_cause_is_said_or_follows_from_the_question(station: Station, cause: str) -> None:
    code = roller(station)
    recall(station, Question("roller", code), cause=cause)
    (row,) = incident_files.list_incidents(station)
    assert (row.cause, row.about) == (cause, code)
    with pytest.raises(BadInput, match="cause: “weather” is not known; one of lot, solution"):
        recall(station, cause="weather")


def test_who_was_told_and_how(station: Station) -> None:
    code, ann = roller(station), me(station)
    washing.disinfect(station, [code], Bath("alcohol", minutes="10", cleaned=True))
    using.use(station, code, Use(ann))
    incident = recall(station)
    assert incident_files.show_incident(station, incident).incident.untold == (ann,)
    bea = people.add_person(station, "bea").codes[0]
    stranger = incidents.tell(station, incident, bea, "by letter")
    assert stranger.warnings == (f"{shown(bea)} is not among those that {shown(incident)} touched.",)
    told = incidents.tell(station, incident, ann, "by telephone")
    assert told.message == f"Told {shown(ann)} “me”; everybody was told."
    keeping.undo(station, incident, "nobody answered")
    assert incident_files.show_incident(station, incident).incident.untold == (ann,)


def test_closing_says_what_is_left_and_is_said_once(station: Station) -> None:
    code, ann = roller(station), me(station)
    washing.disinfect(station, [code], Bath("alcohol", minutes="10", cleaned=True))
    using.use(station, code, Use(ann))
    incident = recall(station)
    done = incidents.close(station, incident, "the maker was wrong")
    assert done.warnings == ("1 person was not told.", "1 roller stays put aside until released.")
    with pytest.raises(BadInput, match="is closed already: the maker was wrong"):
        incidents.close(station, incident, "again")
    keeping.undo(station, incident, "not yet")
    assert incident_files.show_incident(station, incident).incident.closed_at is None


def test_an_incident_stays_on_record(station: Station) -> None:
    roller(station)
    incident = recall(station)
    with pytest.raises(BadInput, match="an incident stays on record"):
        keeping.undo(station, incident, "by mistake")


def test_an_incident_that_is_not_on_record_is_unknown(station: Station) -> None:
    with pytest.raises(BadCode, match="no incident is registered"):
        incident_files.show_incident(station, make(Kind.INCIDENT, station.choose))


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001, "a\x1b[31m"])
def test_a_recall_has_a_reason(station: Station, reason: str) -> None:
    roller(station)
    with pytest.raises(BadInput, match=r"^reason: "):
        recalling.recall(station, LOT, reason)
    assert incident_files.list_incidents(station) == []


def test_a_reaction_names_the_session_that_it_is_laid_to(station: Station) -> None:
    code, ann = roller(station), me(station)
    washing.disinfect(station, [code], Bath("alcohol", minutes="10", cleaned=True))
    used = using.use(station, code, Use(ann)).entries[0]
    done = health.react(station, ann, "red for a week")
    with station.store.reading() as journal:
        payload = journal.stream(ann)[done.entries[0] - 1].payload
    assert vars(payload) == {"text": "red for a week", "roller": code, "entry": used}
    with pytest.raises(BadInput, match=r"session: entry 1 of .* is no session"):
        health.react(station, ann, "red", 1)
    nobody = people.add_person(station, "bea").codes[0]
    assert health.react(station, nobody, "itches").entries == (2,)


def test_a_reaction_told_late_is_laid_to_a_session_before_it_and_the_trace_names_its_roller(
    station: Station,
) -> None:
    ann, codes, clock = me(station), [roller(station), roller(station)], clock_of(station)
    uses = []
    for code in codes:
        washing.disinfect(station, [code], Bath("alcohol", minutes="10", cleaned=True))
        using.use(station, code, Use(ann, despite="only here", acknowledged=True))
        uses.append(clock.now)
        clock.now += 10 * DAY

    def laid_to(at: int | None, session: int | None = None) -> str:
        entry = health.react(station, ann, "red", session, at=at).entries[0]
        with station.store.reading() as journal:
            payload = journal.stream(ann)[entry - 1].payload
        assert isinstance(payload, ev.Reaction)
        return payload.roller

    first, second = uses
    assert [laid_to(at) for at in (first - 1, first, second - 1, second, None)] == [
        "", codes[0], codes[0], codes[1], codes[1]
    ]  # fmt: skip
    sessions = [line.seq for line in records.log(station, ann) if line.kind == "session"]
    assert [laid_to(None, each) for each in (*sessions, 0)] == [codes[1], codes[0], ""]
    assert laid_to(second - 1, min(sessions)) == codes[0]
    with pytest.raises(BadInput, match=r"session: entry .* is a session of .*, after the reaction"):
        laid_to(second - 1, max(sessions))
    clock.now = first - DAY  # the clock has gone back: what happens now came after all of it
    assert laid_to(None) == codes[1]


def test_a_recall_of_a_person_puts_aside_what_touched_them(station: Station) -> None:
    code, ann = roller(station), me(station)
    using.use(station, code, Use(ann, despite="x"))
    clock_of(station).now += DAY
    recall(station, Question("person", ann))
    (row,) = incident_files.list_incidents(station)
    assert (row.cause, row.about, row.rollers, row.persons) == ("reaction", ann, 1, 1)
    assert word(station, code)[0] is Word.STOP
