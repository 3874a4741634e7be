"""Action cards at the desk: what each scan writes, and what it asks for before it writes."""

from pathlib import Path

import pytest
from harness.stations import DAY, HOUR, MINUTE, SECOND, clock_of, me, ready_roller, station_at

from rollertrack.domain.cards import Action
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.events import (
    DisinfectionEnded,
    DisinfectionStarted,
    Event,
    LabelPrinted,
    LabelProven,
    Retired,
    Used,
    Voided,
)
from rollertrack.domain.words import Word
from rollertrack.errors import BadCode, BadInput
from rollertrack.services import carding, checking, keeping, people, policies, registering, upkeep, washing
from rollertrack.services.carding import ScanAgain, act
from rollertrack.services.keeping import RECENT
from rollertrack.services.solutions import SolutionFacts, add_solution
from rollertrack.services.station import Station, deed
from rollertrack.services.washing import Bath
from rollertrack.store.journal import all_streams


def stream(station: Station, code: str) -> list[Event]:
    with station.store.reading() as journal:
        return list(journal.stream(code))


def total(station: Station) -> int:
    """Every entry of every stream."""
    return sum(len(rows) for _, rows in all_streams(station.store.database))


def newest(station: Station, code: str) -> Event:
    return stream(station, code)[-1]


def later(station: Station, span: int) -> None:
    clock_of(station).now += span


def word(station: Station, code: str) -> Word:
    return checking.check(station, code).verdict.word


def asked(station: Station, action: Action, code: str, **said: str) -> ScanAgain:
    """What a first scan warns of, having written nothing."""
    before = total(station)
    with pytest.raises(ScanAgain) as raised:
        act(station, action, [code], **said)  # type: ignore[arg-type]  # only text is handed in
    assert total(station) == before
    assert f"{action.word} scanned once more" in raised.value.message
    return raised.value


def missing(station: Station, action: Action, code: str, field: str) -> str:
    """What a scan asks for, having written nothing."""
    before = total(station)
    with pytest.raises(BadInput) as raised:
        act(station, action, [code])
    assert total(station) == before
    assert raised.value.field == field
    return raised.value.reason


# USED


def test_used_logs_at_once_where_the_gate_says_use(station: Station) -> None:
    code = ready_roller(station)
    done = act(station, Action.USED, [code])
    payload = newest(station, code).payload
    assert isinstance(payload, Used)
    assert (payload.word, payload.acknowledged, payload.despite) == (Word.USE, False, "")
    assert done.message == f"Logged use 1 of 10 of {shown(code)}. It now owes a wash."


def test_used_with_care_wants_a_second_scan_and_keeps_it_as_the_acknowledgement(station: Station) -> None:
    code = ready_roller(station, "1.0")
    first = asked(station, Action.USED, code)
    assert first.message.startswith(f"USE WITH CARE: {shown(code)}.")
    act(station, Action.USED, [code], warned=first.warnings)
    payload = newest(station, code).payload
    assert isinstance(payload, Used)
    assert (payload.word, payload.acknowledged, payload.despite) == (Word.CARE, True, "")


def test_used_against_the_advice_says_so_in_the_record(station: Station) -> None:
    code = registering.add(station, {"length": "0.25"}).codes[0]
    first = asked(station, Action.USED, code)
    assert "against the advice" in first.message
    done = act(station, Action.USED, [code], warned=first.warnings)
    payload = newest(station, code).payload
    assert isinstance(payload, Used)
    assert (payload.word, payload.acknowledged, payload.despite) == (Word.WASH, False, carding.DESPITE)
    assert done.warnings[0].startswith("Logged against WASH FIRST")


def test_used_warns_anew_where_more_stands_against_it_than_was_told(station: Station) -> None:
    code = ready_roller(station, "1.0")
    first = asked(station, Action.USED, code)
    keeping.inspect(station, code, fail="a needle is bent")
    with pytest.raises(ScanAgain) as raised:
        act(station, Action.USED, [code], warned=first.warnings)
    assert raised.value.message.startswith("STOP")
    assert checking.check(station, code).uses == 0
    act(station, Action.USED, [code], warned=raised.value.warnings)
    assert checking.check(station, code).uses == 1


def test_used_needs_no_more_than_was_told_when_less_stands_against_it(station: Station) -> None:
    code = ready_roller(station, "1.0")
    keeping.quarantine(station, code, "dropped")
    first = asked(station, Action.USED, code)
    keeping.release(station, code, "looked at")
    act(station, Action.USED, [code], warned=first.warnings)
    payload = newest(station, code).payload
    assert isinstance(payload, Used)
    assert (payload.word, payload.acknowledged, payload.despite) == (Word.CARE, True, "")


def test_used_asks_for_the_person_where_there_are_several(station: Station) -> None:
    code = ready_roller(station)
    other = people.add_person(station, "B.").codes[0]
    assert "scan the card of the person" in missing(station, Action.USED, code, "person")
    act(station, Action.USED, [code], person=other)
    assert newest(station, code).person == other


def test_used_on_another_person_stops(station: Station) -> None:
    code = ready_roller(station)
    other = people.add_person(station, "B.").codes[0]
    act(station, Action.USED, [code], person=me(station))
    later(station, 40 * DAY)
    washing.disinfect(station, [code], Bath("alcohol", minutes="10", cleaned=True))
    assert asked(station, Action.USED, code, person=other).message.startswith("STOP")


def clinic(station: Station) -> str:
    """The clinic profile; the code of an operator nobody has scanned yet."""
    policies.set_policy(station, "profile", "clinic")
    return people.add_named(station, Kind.OPERATOR, "K.").codes[0]


def test_a_clinic_asks_for_the_operator(station: Station) -> None:
    code, operator = ready_roller(station), clinic(station)
    with pytest.raises(BadInput) as raised:
        act(station, Action.USED, [code], person=me(station))
    assert (raised.value.field, raised.value.reason) == ("operator", "scan your operator card first")
    assert "operator card" in missing(station, Action.SOAK, code, "operator")
    act(station, Action.SOAK, [code], operator=operator)
    assert newest(station, code).operator == operator


def test_a_closed_operator_is_told_as_such(station: Station) -> None:
    code, operator = ready_roller(station), clinic(station)
    people.close_named(station, Kind.OPERATOR, operator)
    with pytest.raises(BadInput, match="is closed"):
        act(station, Action.SOAK, [code], operator=operator)


# INTO SOAK


def test_one_soak_for_all_in_the_jar_scanned(station: Station) -> None:
    codes = registering.add(station, {"length": "0.5"}, count=3).codes
    jar = add_solution(station, SolutionFacts(agent="alcohol", strength="75", lot="B-7")).codes[0]
    done = act(station, Action.SOAK, [*codes, codes[0]], solution=jar)
    assert done.message.startswith("Soaking ")
    for code in codes:
        event = newest(station, code)
        assert isinstance(event.payload, DisinfectionStarted)
        assert (event.solution, event.payload.agent, event.payload.lot) == (jar, "alcohol", "B-7")


def test_without_a_jar_the_usual_agent_of_the_policy(station: Station) -> None:
    code = registering.add(station, {"length": "0.5"}).codes[0]
    policies.set_policy(station, "agent.usual", "peroxide")
    act(station, Action.SOAK, [code])
    payload = newest(station, code).payload
    assert isinstance(payload, DisinfectionStarted)
    assert payload.agent == "peroxide"
    assert payload.planned == policies.policy_in_force(station).agent("peroxide").contact


def test_one_that_soaks_already_holds_up_all(station: Station) -> None:
    codes = registering.add(station, {"length": "0.5"}, count=2).codes
    act(station, Action.SOAK, [codes[1]])
    before = total(station)
    with pytest.raises(BadInput, match="soaking already"):
        act(station, Action.SOAK, codes)
    assert total(station) == before


def test_a_jar_that_does_not_count_says_so(station: Station) -> None:
    code = registering.add(station, {"length": "0.5"}).codes[0]
    jar = add_solution(station, SolutionFacts(agent="denture")).codes[0]
    with pytest.raises(BadInput, match="no contact time"):
        act(station, Action.SOAK, [code], solution=jar)
    weak = add_solution(station, SolutionFacts(agent="alcohol", strength="30")).codes[0]
    done = act(station, Action.SOAK, [code], solution=weak)
    assert done.warnings[0].startswith("It will not count")
    assert word(station, code) is Word.WASH


# DONE


def soaking(station: Station) -> str:
    code = registering.add(station, {"length": "0.5"}).codes[0]
    washing.soak(station, [code], Bath("alcohol", minutes="10", cleaned=True))
    return code


def test_done_takes_out_when_the_time_is_up(station: Station) -> None:
    code = soaking(station)
    later(station, 10 * MINUTE)
    done = act(station, Action.DONE, [code])
    assert done.message == f"{shown(code)} is disinfected."
    assert word(station, code) is Word.USE


def test_done_too_early_wants_a_second_scan_and_does_not_count(station: Station) -> None:
    code = soaking(station)
    later(station, 10 * MINUTE - SECOND)
    first = asked(station, Action.DONE, code)
    assert "another 1 s" in first.message
    done = act(station, Action.DONE, [code], warned=first.warnings)
    assert "incomplete" in done.message
    payload = newest(station, code).payload
    assert isinstance(payload, DisinfectionEnded)
    assert payload.early
    assert word(station, code) is Word.WASH


def test_done_at_the_second_scan_counts_once_the_time_is_up(station: Station) -> None:
    code = soaking(station)
    later(station, 10 * MINUTE - SECOND)
    first = asked(station, Action.DONE, code)
    later(station, 2 * SECOND)
    act(station, Action.DONE, [code], warned=first.warnings)
    assert word(station, code) is Word.USE


def test_a_warning_about_one_soak_does_not_cover_the_next(station: Station) -> None:
    code = soaking(station)
    first = asked(station, Action.DONE, code)
    washing.done(station, [code], early=True)
    later(station, SECOND)
    washing.soak(station, [code], Bath("alcohol", minutes="30"))
    with pytest.raises(ScanAgain):
        act(station, Action.DONE, [code], warned=first.warnings)


def test_done_where_nothing_soaks(station: Station) -> None:
    code = ready_roller(station)
    assert "is not soaking" in missing(station, Action.DONE, code, "code")


# NOT OK, BIN


def test_not_ok_is_a_failed_inspection(station: Station) -> None:
    code = ready_roller(station)
    act(station, Action.FAULT, [code])
    found = checking.check(station, code).verdict
    assert found.word is Word.STOP
    assert carding.FAULT in found.findings[0].message


def bins(station: Station, count: int) -> list[str]:
    return [people.add_named(station, Kind.BIN, f"bin {each}").codes[0] for each in range(count)]


def binned(station: Station, code: str) -> str:
    payload = newest(station, code).payload
    assert isinstance(payload, Retired)
    assert payload.reason == carding.BINNED
    return payload.bin


def test_bin_takes_the_only_open_one(station: Station) -> None:
    code, (closed, opened) = ready_roller(station), bins(station, 2)
    people.close_named(station, Kind.BIN, closed)
    act(station, Action.BIN, [code])
    assert binned(station, code) == opened


def test_bin_where_none_is_on_record_retires_all_the_same(station: Station) -> None:
    code = ready_roller(station)
    act(station, Action.BIN, [code])
    assert binned(station, code) == ""


def test_bin_asks_which_of_several_and_takes_the_one_scanned(station: Station) -> None:
    code, (_, second) = ready_roller(station), bins(station, 2)
    assert missing(station, Action.BIN, code, "bin").startswith("2 sharps bins are open")
    act(station, Action.BIN, [code], sharps_bin=second)
    assert binned(station, code) == second


def test_bin_scanned_and_closed_is_refused(station: Station) -> None:
    code, (first, _) = ready_roller(station), bins(station, 2)
    people.close_named(station, Kind.BIN, first)
    with pytest.raises(BadInput, match="is closed"):
        act(station, Action.BIN, [code], sharps_bin=first)


# UNDO


def test_undo_takes_back_the_newest_entry_and_says_which(station: Station) -> None:
    code = ready_roller(station)
    act(station, Action.USED, [code])
    later(station, RECENT)
    done = act(station, Action.UNDO, [code])
    assert done.message == f"Undid entry 3 of {shown(code)}: used."
    assert checking.check(station, code).uses == 0
    assert checking.check(station, code).verdict.word is Word.USE


def test_undo_of_something_older_wants_a_second_scan(station: Station) -> None:
    code = ready_roller(station)
    act(station, Action.USED, [code])
    later(station, RECENT + 1)
    first = asked(station, Action.UNDO, code)
    assert first.message.startswith(f"The newest entry of {shown(code)} is 10 min old: used.")
    act(station, Action.UNDO, [code], warned=first.warnings)
    assert checking.check(station, code).uses == 0


def test_undo_after_the_fact_was_entered_goes_by_when_it_was_entered(station: Station) -> None:
    code = ready_roller(station)
    later(station, DAY)
    keeping.inspect(station, code, at=clock_of(station).now - 20 * HOUR)
    assert "inspected" in act(station, Action.UNDO, [code]).message


def test_undo_warned_of_one_entry_takes_back_no_other(station: Station) -> None:
    code = ready_roller(station)
    later(station, HOUR)
    first = asked(station, Action.UNDO, code)
    keeping.note(station, code, "spins well")
    later(station, HOUR)
    with pytest.raises(ScanAgain, match="spins well"):
        act(station, Action.UNDO, [code], warned=first.warnings)


def test_undo_asks_before_a_registration_however_young(station: Station) -> None:
    code = registering.add(station, {"length": "0.5"}).codes[0]
    first = asked(station, Action.UNDO, code)
    act(station, Action.UNDO, [code], warned=first.warnings)
    with pytest.raises(BadCode):
        checking.check(station, code)


@pytest.mark.parametrize("labelled", [False, True])
def test_undo_without_a_number_takes_back_what_the_card_does(
    station: Station, tmp_path: Path, labelled: bool
) -> None:
    """Neither means the entries of a label, which are no deed of the user's."""
    code = ready_roller(station)
    keeping.note(station, code, "spins well")
    deed_before = newest(station, code)
    if labelled:
        with deed(station) as now:
            now.append(code, LabelPrinted(media="62", place="bench", payload=code))
            now.append(code, LabelProven())
    copy = tmp_path / "copy.db"
    upkeep.backup(station, str(copy))
    assert keeping.undone_unasked(station, code) == deed_before.seq
    with station_at(copy) as other:
        by_card = act(other, Action.UNDO, [code])
        assert newest(other, code).payload == Voided(entry=deed_before.seq, reason=carding.UNDONE)
    by_hand = keeping.undo(station, code, carding.UNDONE)
    assert by_hand.message == by_card.message
    assert newest(station, code).payload == Voided(entry=deed_before.seq, reason=carding.UNDONE)


def test_undo_without_a_number_has_nothing_left_once_the_registration_is_undone(station: Station) -> None:
    code = registering.add(station, {"length": "0.5"}).codes[0]
    keeping.undo(station, code, "a mistake")
    assert keeping.undone_unasked(station, code) is None
    with pytest.raises(BadInput, match="has no entry left to undo"):
        keeping.undo(station, code, "a mistake")


# All of them


@pytest.mark.parametrize("action", Action, ids=lambda each: each.name)
def test_a_card_without_a_roller_writes_nothing(station: Station, action: Action) -> None:
    before = total(station)
    with pytest.raises(BadInput, match="needs a roller"):
        act(station, action, [])
    with pytest.raises(BadCode, match="no roller is registered"):
        act(station, action, ["RKDTLBNEB"])
    assert total(station) == before


@pytest.mark.parametrize("action", sorted({*Action} - {Action.SOAK}, key=str), ids=lambda each: each.name)
def test_only_the_soak_takes_several(station: Station, action: Action) -> None:
    codes = registering.add(station, {"length": "0.5"}, count=2).codes
    before = total(station)
    with pytest.raises(BadInput, match="one roller at a time"):
        act(station, action, codes)
    assert total(station) == before
