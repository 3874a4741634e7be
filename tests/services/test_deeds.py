"""Deeds one by one: what they write, what they refuse, and what they must not forget."""

import socket
from pathlib import Path
from random import Random

import pytest
from harness.stations import DAY, HOUR, MINUTE, Clock, clock_of, me, ready_roller, station_at

from rollertrack.domain import person as persons
from rollertrack.domain.code import Kind, make
from rollertrack.domain.events import Used
from rollertrack.domain.verdict import Refused
from rollertrack.domain.words import State, Word
from rollertrack.errors import BadInput, ChangedMeanwhile, DeviceFailed, StoreFailed
from rollertrack.services import (
    checking,
    exporting,
    keeping,
    lists,
    people,
    policies,
    registering,
    upkeep,
    using,
    washing,
)
from rollertrack.services.due import due as what_is_due
from rollertrack.services.labels import labelling, requests
from rollertrack.services.preview import rehearse
from rollertrack.services.solutions import SolutionFacts, add_solution, edit_solution
from rollertrack.services.station import Station
from rollertrack.services.using import Use
from rollertrack.services.washing import Bath
from rollertrack.store.store import Store
from rollertrack.wording.dates import local_day


def sessions(station: Station, person: str) -> int:
    with station.store.reading() as journal:
        folded = persons.fold(person, journal.stream(person))
        assert folded is not None
        return len(folded.sessions)


def uses(station: Station, code: str) -> int:
    return checking.check(station, code).uses


def last_use(station: Station, code: str) -> Used:
    with station.store.reading() as journal:
        return next(each.payload for each in reversed(journal.stream(code)) if isinstance(each.payload, Used))


def test_one_that_lies_aside_for_that_reason_already_keeps_all_from_being_written(station: Station) -> None:
    first, other = (registering.add(station, {"length": "0.5"}).codes[0] for _ in range(2))
    clock_of(station).now += HOUR
    keeping.quarantine(station, first, "fell")
    for codes in (first, [other, first]):
        with pytest.raises(BadInput, match="in quarantine already, for this reason: fell"):
            keeping.quarantine(station, codes, " fell ")
    assert keeping.quarantine(station, other, "fell").entries
    assert keeping.quarantine(station, first, "wet").entries
    past = clock_of(station).now - HOUR // 2
    assert keeping.quarantine(station, first, "wet", at=past).entries  # it lay aside before that, too
    keeping.release(station, first, "dry")
    assert keeping.quarantine(station, first, "wet").entries


def test_a_first_start_cut_short_is_made_up_for_by_the_next(tmp_path: Path) -> None:
    Store(tmp_path / "a.db").close()
    with station_at(tmp_path / "a.db") as station:
        assert [row.label for row in people.list_persons(station)] == ["me"]
    with station_at(tmp_path / "a.db") as station:
        assert [row.label for row in people.list_persons(station)] == ["me"]


def test_a_use_seen_too_late_is_changed_meanwhile(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station, station_at(tmp_path / "a.db", Clock()) as other:
        code = ready_roller(station)
        clock_of(other).now = clock_of(station).now
        seen = checking.check(station, code).head
        keeping.note(other, code, "handle is loose")
        with pytest.raises(ChangedMeanwhile, match=r"^changed meanwhile: note: handle is loose\. Look again"):
            using.use(station, code, Use(), seen=seen)
        assert uses(station, code) == 0
        using.use(station, code, Use(), seen=checking.check(station, code).head)
        assert uses(station, code) == 1


def test_a_person_added_in_the_same_transaction_ends_the_standing_in(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = ready_roller(station)
        with station.store.transaction():
            people.add_person(station, "you")
            with pytest.raises(BadInput, match="person: name who it is used on"):
                using.use(station, code, Use())
        assert uses(station, code) == 0


def test_bulk_keeps_what_went_well_and_only_that(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        first, second = ready_roller(station), ready_roller(station)
        with station.store.transaction():
            using.use(station, first, Use())
            with pytest.raises(Refused):
                using.use(station, second, Use())
            keeping.note(station, second, "kept")
        assert (uses(station, first), uses(station, second), sessions(station, me(station))) == (1, 0, 1)
        assert not upkeep.verify(station).fault


def test_a_rehearsal_says_what_would_be_and_writes_nothing(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = ready_roller(station)
        before = list(exporting.export(station))
        assert "Logged use 1" in rehearse(station, using.use, code, Use()).message
        assert list(exporting.export(station)) == before
        assert checking.check(station, code).verdict.word is Word.USE


def test_a_reason_is_kept_only_where_the_gate_did_not_allow_it(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = ready_roller(station)
        using.use(station, code, Use(despite="just in case"))
        assert last_use(station, code).despite == ""
        done = using.use(station, code, Use(despite="it had to be"))
        assert last_use(station, code).despite == "it had to be"
        assert done.warnings[0].startswith("Logged against WASH FIRST: ")


def test_a_use_with_care_keeps_how_it_was_allowed(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = ready_roller(station, "1.0")
        with pytest.raises(Refused, match=r"^USE WITH CARE: .* Nothing was logged\.$") as refused:
            using.use(station, code, Use())
        assert refused.value.at_prompt.endswith(" Nothing was logged; --ack acknowledges it.")
        using.use(station, code, Use(acknowledged=True, despite="both"))
        payload = last_use(station, code)
        assert (payload.word, payload.acknowledged, payload.despite) == ("USE WITH CARE", True, "")


def test_an_undone_use_and_its_session_go_and_come_together(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code, person = ready_roller(station), me(station)
        used = using.use(station, code, Use()).entries[0]
        for turn, number in enumerate((used, used + 1, used + 2, used + 3, used + 4)):
            keeping.undo(station, code, "wrong", entry=number)
            assert uses(station, code) == sessions(station, person) == turn % 2
        assert not upkeep.verify(station).fault


def test_undoing_twice_takes_back_two_entries(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = ready_roller(station)
        using.use(station, code, Use())
        keeping.note(station, code, "one")
        assert keeping.undo(station, code, "x").message.endswith("note: one.")
        assert keeping.undo(station, code, "x").message.endswith("used.")
        assert (uses(station, code), sessions(station, me(station))) == (0, 0)


def test_a_session_cannot_be_undone_or_brought_back_without_its_use(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code, person = ready_roller(station), me(station)
        using.use(station, code, Use())
        with pytest.raises(BadInput, match="a session is undone with its use"):
            keeping.undo(station, person, "x")
        keeping.undo(station, code, "x")
        with pytest.raises(BadInput, match="a session is undone with its use"):
            keeping.undo(station, person, "x", entry=3)
        assert (uses(station, code), sessions(station, person)) == (0, 0)


def test_a_registration_goes_only_alone_however_it_is_undone(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = registering.add(station, {"length": "0.5"}).codes[0]
        keeping.undo(station, code, "wrong roller")
        keeping.undo(station, code, "right after all", entry=2)
        keeping.note(station, code, "soft")
        for number in (1, 3):
            with pytest.raises(BadInput, match="carries other entries"):
                keeping.undo(station, code, "again", entry=number)
        assert [row.code for row in lists.rows_for_list(station)] == [code]


@pytest.mark.parametrize("offset", ["-23:59:30", "+23:59:30", "-00:00:30", "+05:45", "-09:30"])
def test_any_offset_of_a_time_can_be_read_again(offset: str, tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = ready_roller(station)
        keeping.note(station, code, "late", at=f"2026-06-01T12:00:00{offset}")
        assert checking.check(station, code).verdict.word is Word.USE
        assert not upkeep.verify(station).fault


def test_a_soak_ended_early_does_not_count(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = registering.add(station, {"length": "0.25"}).codes[0]
        washing.soak(station, [code], Bath("alcohol"))
        clock_of(station).now += 9 * MINUTE
        done = washing.done(station, [code], early=True)
        assert "incomplete: it lasted 9 min of 10 min" in done.message
        assert checking.check(station, code).verdict.word is Word.WASH


def test_a_mended_solution_that_reads_the_same_is_bad_input(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = add_solution(station, SolutionFacts("alcohol", "70")).codes[0]
        with pytest.raises(BadInput, match="already reads so"):
            edit_solution(station, code, SolutionFacts(strength="70"))


@pytest.mark.parametrize(
    ("facts", "because", "after"),
    [
        (SolutionFacts("glutaraldehyde", "2.4"), "open for 14 days", 14 * DAY),
        (SolutionFacts("glutaraldehyde", "2.4", expiry="2027-01-01"), "expiry", None),
        (SolutionFacts("alcohol", "70"), "", None),
    ],
)
def test_a_solution_is_to_be_discarded_when_its_life_or_its_date_ends(
    station: Station, facts: SolutionFacts, because: str, after: int | None
) -> None:
    opened = station.clock()
    code = add_solution(station, facts).codes[0]
    every = [line for line in what_is_due(station, 365).lines if line.code == code]
    assert [line.what for line in every if line.what == "test"] == (["test"] if after else [])
    found = [line for line in every if line.what == "discard"]
    assert [(line.what, line.because) for line in found] == ([("discard", because)] if because else [])
    if after is not None:
        assert found[0].on == opened + after
        within = after // DAY - 1  # a day of the calendar goes on to its end
        assert [line.what for line in what_is_due(station, within).lines] == ["test"]
        assert what_is_due(station, within).later == 1
        assert what_is_due(station, within + 1).later == 0


def test_a_code_is_found_as_it_is_shown(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        first, _ = registering.add(station, {"length": "0.5", "name": "a-b"}, count=2).codes
        shown = f"{first[:3]}-{first[3:6]}-{first[6:]}"
        for search in (shown, shown.lower(), first[:5], f"{first[:3]}-{first[3:5]}"):
            assert [row.code for row in lists.rows_for_list(station, search=search)] == [first]
        assert len(lists.rows_for_list(station, search="a-b")) == 2
        assert lists.rows_for_list(station, search="%") == lists.rows_for_list(station, search="_") == []
        assert len(lists.rows_for_list(station, search="-")) == 2


def test_policy_set_computes_every_standing_anew(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = ready_roller(station)
        using.use(station, code, Use())
        policies.set_policy(station, "uses.to-0.30", "1")
        row = lists.roller_row(station, code)
        assert row is not None
        assert (row.state, row.detail) == (State.STOP, "used up 1/1")
        assert not upkeep.verify(station).fault


def test_nothing_is_printed_for_a_deed_that_would_be_refused(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = ready_roller(station)
        request = requests.PrintRequest(to=str(tmp_path / "label.png"))
        nobody = make(Kind.OPERATOR, Random("nobody").choice)
        with pytest.raises(BadInput, match=r"at: .* lies in the future"):
            labelling.label(station, [code], request, at="2099-01-01T12:00")
        with pytest.raises(BadInput, match="no operator is registered"):
            labelling.label(station, [code], request, operator=nobody)
        assert not (tmp_path / "label.png").exists()


def test_a_printer_that_fails_writes_no_event(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with station_at(tmp_path / "a.db") as station:
        code = ready_roller(station)
        before = list(exporting.export(station))
        with pytest.raises(DeviceFailed):
            labelling.label(station, [code], requests.PrintRequest(printer=f"tcp://127.0.0.1:{port}"))
        assert list(exporting.export(station)) == before


def test_rebuild_refuses_a_journal_that_is_not_whole(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        ready_roller(station)
        database = station.store.database
        database.execute_sql("DROP TRIGGER event_no_delete")
        database.execute_sql("DELETE FROM event WHERE kind = 'disinfected'")
        with pytest.raises(
            StoreFailed, match=r"^The journal itself is damaged: .*the end of the stream was cut"
        ):
            upkeep.rebuild(station)


def test_a_late_entry_is_marked_and_the_past_is_asked_as_it_was(tmp_path: Path) -> None:
    with station_at(tmp_path / "a.db") as station:
        code = ready_roller(station)
        moment = clock_of(station).now
        clock_of(station).now += 2 * DAY
        assert checking.check(station, code).verdict.word is Word.WASH
        assert checking.check(station, code, at=moment).verdict.word is Word.USE
        using.use(station, code, Use(), at=moment + HOUR)
        assert checking.check(station, code, at=moment).uses == 0
        assert checking.check(station, code).verdict.findings[0].rule == "dirty"


@pytest.mark.parametrize(("day", "told"), [(-1, True), (0, False), (1, False)])
def test_what_is_registered_after_its_expiry_is_told(station: Station, day: int, told: bool) -> None:
    expiry = local_day(clock_of(station).now + day * DAY).isoformat()
    done = registering.add(station, {"length": "0.25", "expiry": expiry})
    assert ("Its pack has expired: the gate will say STOP." in done.warnings) is told
