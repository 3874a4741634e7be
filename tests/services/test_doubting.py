"""A solution found wrong later takes its disinfections back, and gives them back when that was wrong."""

import shutil
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path

import pytest
from harness.stations import DAY, HOUR, MINUTE, clock_of, me, station_at

from rollertrack.domain.events import Doubted, Voided, voided_entries
from rollertrack.domain.words import State, Word
from rollertrack.errors import BadInput
from rollertrack.services import checking, health, keeping, lists, policies, registering, upkeep, washing
from rollertrack.services.preview import rehearse
from rollertrack.services.solutions import (
    SolutionFacts,
    add_solution,
    discard_solution,
    edit_solution,
    log_strip,
)
from rollertrack.services.station import Station
from rollertrack.services.washing import Bath, Ending
from rollertrack.wording.dates import iso

Deed = Callable[[Station, str], object]


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with station_at(tmp_path / "a.db") as found:
        yield found
        assert upkeep.verify(found).fault == ""


def jar_of(station: Station, **facts: str) -> str:
    said = {"agent": "alcohol", "strength": "70"} | facts
    return add_solution(station, SolutionFacts(**said), at=clock_of(station).now - 2 * HOUR).codes[0]


def washed(station: Station, jar: str, count: int = 1) -> list[str]:
    """Rollers just out of ten minutes in a jar."""
    codes = list(registering.add(station, {"length": "0.25"}, count=count).codes)
    clock_of(station).now += HOUR
    washing.disinfect(station, codes, Bath(solution=jar, minutes="10", cleaned=True, rinse="boiled water"))
    return codes


def word(station: Station, code: str, at: int | None = None) -> Word:
    return checking.check(station, code, at=at).verdict.word


def doubts(station: Station, code: str) -> list[str]:
    """The reasons that stand on a roller."""
    with station.store.reading() as journal:
        entries = journal.stream(code)
        gone = voided_entries(entries)
        return [
            each.payload.reason
            for each in entries
            if isinstance(each.payload, Doubted) and each.seq not in gone
        ]


def newest(station: Station, jar: str) -> int:
    with station.store.reading() as journal:
        return len(journal.stream(jar))


def undo(station: Station, jar: str, entry: int | None = None) -> str:
    return keeping.undo(station, jar, "a mistake", entry=entry).message


def long_soaked(station: Station, jar: str, hours: int = 6) -> str:
    """A roller taken out of a jar after some hours, of a contact time of minutes."""
    code = registering.add(station, {"length": "0.25"}).codes[0]
    clock_of(station).now += HOUR
    washing.soak(station, [code], Bath(solution=jar, cleaned=True))
    clock_of(station).now += hours * HOUR
    washing.done(station, [code], ending=Ending(rinsed=True))
    return code


def ago(station: Station, micros: int) -> int:
    return clock_of(station).now - micros


FOUND: dict[str, tuple[Deed, str]] = {
    "weak": (lambda s, jar: edit_solution(s, jar, SolutionFacts(strength="50")), "50 % alcohol is too weak"),
    "strong": (lambda s, jar: edit_solution(s, jar, SolutionFacts(strength="96")), "too strong"),
    "another agent": (lambda s, jar: edit_solution(s, jar, SolutionFacts(agent="quat")), "holds quat, not"),
    "expired": (
        lambda s, jar: edit_solution(s, jar, SolutionFacts(expiry="2026-12-31")), "expired on 31 Dec 2026"),
    "opened later": (
        lambda s, jar: edit_solution(s, jar, SolutionFacts(opened=ago(s, MINUTE))), "was not open yet"),
    "failed before": (lambda s, jar: log_strip(s, jar, passed=False, at=ago(s, HOUR)), "last test strip"),
    "failed after": (lambda s, jar: log_strip(s, jar, passed=False), "next test strip"),
    "discarded": (lambda s, jar: discard_solution(s, jar, "cloudy", at=ago(s, HOUR)), "was discarded"),
}  # fmt: skip


@pytest.mark.parametrize("found", FOUND)
def test_what_is_found_wrong_takes_the_disinfection_back_and_undoing_it_gives_it_back(
    station: Station, found: str
) -> None:
    jar, other = jar_of(station), jar_of(station)
    (apart,), (code,) = washed(station, other), washed(station, jar)
    deed, reason = FOUND[found]
    done = deed(station, jar)
    assert word(station, code) is Word.WASH
    assert word(station, apart) is Word.USE
    assert reason in doubts(station, code)[0]
    assert "as found later" in checking.check(station, code).verdict.findings[0].message
    row = lists.roller_row(station, code)
    assert row is not None and row.state is State.STALE
    assert "1 roller" not in str(done)
    assert f"last disinfection of {code[:3]}-{code[3:6]}-{code[6:]} no longer counts" in str(done)
    assert "counts again" in undo(station, jar)
    assert (word(station, code), doubts(station, code)) == (Word.USE, [])


def test_many_rollers_are_counted_and_each_gets_one_entry(station: Station) -> None:
    jar = jar_of(station)
    codes = washed(station, jar, 40)
    before = [checking.check(station, code).head for code in codes]
    done = edit_solution(station, jar, SolutionFacts(strength="50"))
    assert done.message.endswith("The last disinfection of 40 rollers no longer counts.")
    assert [checking.check(station, code).head for code in codes] == [head + 1 for head in before]
    assert {word(station, code) for code in codes} == {Word.WASH}
    assert undo(station, jar).endswith("The last disinfection of 40 rollers counts again.")


def test_what_changes_nothing_of_the_disinfection_writes_nothing(station: Station) -> None:
    jar = jar_of(station)
    (code,) = washed(station, jar)
    head = checking.check(station, code).head
    edit_solution(station, jar, SolutionFacts(lot="B", expiry="2099-01", strength="80"))
    edit_solution(station, jar, SolutionFacts(opened=ago(station, 2 * HOUR)))
    log_strip(station, jar, passed=True)
    discard_solution(station, jar, "used up")
    assert checking.check(station, code).head == head
    assert word(station, code) is Word.USE


def test_a_doubt_stays_while_any_reason_stands(tmp_path: Path) -> None:
    with station_at(tmp_path / "begun.db") as station:
        jar = jar_of(station)
        (code,) = washed(station, jar)
        first = newest(station, jar) + 1
        for found in FOUND:
            FOUND[found][0](station, jar)
        clock = clock_of(station)
    entries = range(first, first + len(FOUND))
    for last in permutations(entries, 2):
        path = Path(shutil.copy(tmp_path / "begun.db", tmp_path / f"{last}.db"))
        with station_at(path, clock) as station:
            for entry in entries:
                if entry not in last:
                    undo(station, jar, entry)
            assert (word(station, code), len(doubts(station, code))) == (Word.WASH, 1)
            undo(station, jar, last[0])
            assert (word(station, code), len(doubts(station, code))) == (Word.WASH, 1)
            undo(station, jar, last[1])
            assert (word(station, code), doubts(station, code)) == (Word.USE, [])
            _bring_back(station, jar, first, len(FOUND))
            assert word(station, code) is Word.WASH
            assert upkeep.verify(station).fault == ""


def _bring_back(station: Station, jar: str, first: int, count: int) -> None:
    for entry in range(first, first + count):
        with station.store.reading() as journal:
            entries = journal.stream(jar)
            gone = voided_entries(entries)
            void = next(
                each.seq
                for each in entries
                if isinstance(each.payload, Voided) and each.payload.entry == entry and each.seq not in gone
            )
        undo(station, jar, void)


def test_a_strip_that_failed_reaches_back_to_the_last_that_passed(station: Station) -> None:
    jar = jar_of(station)
    (before,) = washed(station, jar)
    clock_of(station).now += MINUTE
    log_strip(station, jar, passed=True)
    (between,) = washed(station, jar)
    log_strip(station, jar, passed=False)
    assert (word(station, before), word(station, between)) == (Word.USE, Word.WASH)
    # One that passed and was entered late parts them anew.
    log_strip(station, jar, passed=True, at=ago(station, 5 * MINUTE))
    assert word(station, between) is Word.USE


def test_a_strip_that_was_needed_and_is_taken_back_takes_the_disinfection_along(station: Station) -> None:
    policies.set_policy(station, "profile", "clinic")
    jar = jar_of(station, agent="opa", strength="0.55")
    log_strip(station, jar, passed=True, at=ago(station, HOUR))
    code = registering.add(station, {"form": "handpiece", "lot": "1"}).codes[0]
    operator = _operator(station)
    clock_of(station).now += HOUR
    bath = Bath(solution=jar, minutes="12", cleaned=True, rinse="sterile water")
    washing.disinfect(station, [code], bath, operator=operator)
    health.ask(station, me(station), none=True)
    assert checking.check(station, code, person=me(station)).verdict.word is Word.USE
    undo(station, jar)
    assert checking.check(station, code, person=me(station)).verdict.word is Word.WASH
    assert "no passed test strip" in doubts(station, code)[0]


def _operator(station: Station) -> str:
    from rollertrack.domain.code import Kind
    from rollertrack.services import people

    return people.add_named(station, Kind.OPERATOR, "Dr. B").codes[0]


def test_the_registration_itself_can_be_the_mistake(station: Station) -> None:
    jar = jar_of(station)
    (code,) = washed(station, jar)
    undo(station, jar)
    assert word(station, code) is Word.WASH
    assert "is not on record" in doubts(station, code)[0]
    undo(station, jar, 2)
    assert word(station, code) is Word.USE


def test_a_roller_in_the_jar_right_now_is_told_too(station: Station) -> None:
    jar = jar_of(station)
    code = registering.add(station, {"length": "0.25"}).codes[0]
    washing.soak(station, [code], Bath(solution=jar))
    assert word(station, code) is Word.WAIT
    edit_solution(station, jar, SolutionFacts(strength="50"))
    verdict = checking.check(station, code).verdict
    assert verdict.word is Word.WASH
    assert "which will not count: as found later, 50 % alcohol is too weak" in verdict.findings[0].message
    clock_of(station).now += 10 * MINUTE
    assert "It must soak again" in washing.done(station, [code]).message
    assert word(station, code) is Word.WASH
    undo(station, jar)
    assert word(station, code) is Word.USE


def test_only_rollers_whose_last_disinfection_it_was(station: Station) -> None:
    jar, other = jar_of(station), jar_of(station)
    (code,) = washed(station, jar)
    clock_of(station).now += HOUR
    washing.disinfect(station, [code], Bath(solution=other, minutes="10"))
    head = checking.check(station, code).head
    assert "no longer counts" not in edit_solution(station, jar, SolutionFacts(strength="50")).message
    assert (word(station, code), checking.check(station, code).head) == (Word.USE, head)
    # The one that counted turns out to be another roller's: the doubtful one must not come back unseen.
    assert "no longer counts" in keeping.undo(station, code, "wrong roller").message
    assert word(station, code) is Word.WASH


def test_the_disinfection_before_in_the_same_jar_does_not_stand_in(station: Station) -> None:
    jar = jar_of(station)
    (code,) = washed(station, jar)
    clock_of(station).now += HOUR
    washing.disinfect(station, [code], Bath(solution=jar, minutes="10"))
    edit_solution(station, jar, SolutionFacts(strength="50"))
    assert word(station, code) is Word.WASH
    keeping.undo(station, code, "logged twice")
    assert word(station, code) is Word.WASH
    with station.store.reading() as journal:
        found = [each.payload.entries for each in journal.stream(code) if isinstance(each.payload, Doubted)]
    assert found == [(2, 3)]


def test_a_disinfection_after_it_in_a_good_jar_is_enough(station: Station) -> None:
    jar = jar_of(station)
    (code,) = washed(station, jar)
    edit_solution(station, jar, SolutionFacts(strength="50"))
    clock_of(station).now += HOUR
    washing.disinfect(station, [code], Bath("alcohol", minutes="10"))
    assert word(station, code) is Word.USE


def test_it_never_was_clean_also_when_asked_about_the_time_before(station: Station) -> None:
    jar = jar_of(station)
    (code,) = washed(station, jar)
    then = clock_of(station).now
    assert word(station, code, at=then) is Word.USE
    clock_of(station).now += HOUR
    edit_solution(station, jar, SolutionFacts(strength="50"))
    assert word(station, code, at=then) is Word.WASH


def test_a_strip_entered_late_for_a_past_moment(station: Station) -> None:
    jar = jar_of(station)
    (code,) = washed(station, jar)
    done = log_strip(station, jar, passed=False, at=iso(ago(station, 30 * MINUTE)))
    assert "no longer counts" in done.message
    assert word(station, code) is Word.WASH


def test_a_jar_that_turns_out_to_have_died_while_it_was_in_it(station: Station) -> None:
    jar = jar_of(station)
    (code,) = washed(station, jar)
    done = discard_solution(station, jar, "cloudy", at=ago(station, MINUTE))
    assert "no longer counts" in done.message
    assert word(station, code) is Word.WASH
    undo(station, jar)
    discard_solution(station, jar, "cloudy", at=ago(station, 0))
    assert word(station, code) is Word.USE


def test_what_the_policy_says_later_is_no_fact_of_the_jar(station: Station) -> None:
    jar = jar_of(station)
    (code,) = washed(station, jar)
    clock_of(station).now += MINUTE
    policies.set_policy(station, "agent.alcohol.strength-min", "80")
    edit_solution(station, jar, SolutionFacts(lot="B"))
    assert word(station, code) is Word.USE
    edit_solution(station, jar, SolutionFacts(strength="75"))
    assert word(station, code) is Word.USE


def test_a_strength_that_was_typed_is_not_the_bottles(station: Station) -> None:
    jar = jar_of(station, strength="90")
    code = registering.add(station, {"length": "0.25"}).codes[0]
    clock_of(station).now += HOUR
    washing.disinfect(station, [code], Bath(solution=jar, strength="70", minutes="10"))
    edit_solution(station, jar, SolutionFacts(strength="80"))
    assert word(station, code) is Word.USE
    edit_solution(station, jar, SolutionFacts(strength="30"))
    assert word(station, code) is Word.WASH


def test_a_doubt_is_no_entry_to_undo_by_hand(station: Station) -> None:
    jar = jar_of(station)
    (code,) = washed(station, jar)
    edit_solution(station, jar, SolutionFacts(strength="50"))
    for entry in (3,):
        with pytest.raises(BadInput, match="a doubt goes when what raised it is mended"):
            keeping.undo(station, code, "x", entry=entry)
    assert "entry 2" in keeping.undo(station, code, "wrong roller").message


def test_retired_and_shared_rollers_are_told_as_well(station: Station) -> None:
    jar = jar_of(station)
    (code,) = washed(station, jar)
    keeping.retire(station, code, "bent")
    assert "no longer counts" in edit_solution(station, jar, SolutionFacts(strength="50")).message
    assert word(station, code) is Word.STOP


def test_a_rehearsal_tells_how_many_and_writes_nothing(station: Station) -> None:
    jar = jar_of(station)
    codes = washed(station, jar, 3)
    told = rehearse(station, edit_solution, jar, SolutionFacts(strength="50"))
    assert "of 3 rollers no longer counts" in told.message
    assert {word(station, code) for code in codes} == {Word.USE}


def test_an_old_jar_reaches_rollers_that_went_stale_long_ago(station: Station) -> None:
    jar = jar_of(station)
    (code,) = washed(station, jar)
    clock_of(station).now += 400 * DAY
    assert "no longer counts" in edit_solution(station, jar, SolutionFacts(strength="50")).message
    assert [each.reason for each in [*_doubted(station, code)]] == [doubts(station, code)[0]]


def _doubted(station: Station, code: str) -> Iterator[Doubted]:
    with station.store.reading() as journal:
        yield from (each.payload for each in journal.stream(code) if isinstance(each.payload, Doubted))


# A soak lasts as long as it lasted, not as long as was asked of it


def test_a_soak_past_the_life_that_its_solution_turns_out_to_have_is_taken_back(station: Station) -> None:
    jar = jar_of(station, agent="bleach", strength="0.53")
    short, long = long_soaked(station, jar, 1), long_soaked(station, jar, 6)
    assert (word(station, short), word(station, long)) == (Word.USE, Word.USE)
    # Opened so that its day ends in the middle of the long soak, and after the short one.
    edit_solution(station, jar, SolutionFacts(opened=ago(station, 3 * HOUR) - DAY))
    assert (word(station, short), word(station, long)) == (Word.USE, Word.WASH)
    assert doubts(station, long) == ["it lay in it for longer than that was good"]
    undo(station, jar)
    assert (word(station, long), doubts(station, long)) == (Word.USE, [])


@pytest.mark.parametrize(("hours", "counts"), [(2, True), (3, False)])
def test_a_solution_mended_while_a_soak_runs_is_heard_when_it_ends(
    station: Station, hours: int, counts: bool
) -> None:
    jar = jar_of(station, agent="bleach", strength="0.53")
    code = registering.add(station, {"length": "0.25"}).codes[0]
    clock_of(station).now += HOUR
    washing.soak(station, [code], Bath(solution=jar, cleaned=True))
    begun = clock_of(station).now
    clock_of(station).now += MINUTE
    edit_solution(station, jar, SolutionFacts(opened=begun + 5 * HOUR // 2 - DAY))
    assert doubts(station, code) == []
    clock_of(station).now = begun + hours * HOUR
    said = washing.done(station, [code], ending=Ending(rinsed=True)).message
    assert ("is disinfected" in said) is counts
    assert ("longer than that was good" in said) is not counts
    assert word(station, code) is (Word.USE if counts else Word.WASH)
