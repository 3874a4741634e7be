"""What a disinfection must end with to count, sealed packs, and the autoclave: by deed and by card."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from harness.stations import DAY, HOUR, MINUTE, QUICK_BATH, clock_of, station_at

from rollertrack.domain import events as ev
from rollertrack.domain.cards import Action
from rollertrack.domain.words import Word
from rollertrack.errors import BadInput, NotNow
from rollertrack.services import checking, policies, registering, upkeep, using, washing
from rollertrack.services.carding import ScanAgain, act
from rollertrack.services.solutions import SolutionFacts, add_solution, log_strip
from rollertrack.services.station import Done, Station
from rollertrack.services.washing import Bath, Ending

BLEACH = Bath("bleach", strength="0.53", minutes="10", cleaned=True)
LOAD = Bath("autoclave", minutes="30", cleaned=True, load="12")


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with station_at(tmp_path / "a.db") as found:
        yield found
        assert upkeep.verify(found).fault == ""


def roller(station: Station, **facts: str | bool) -> str:
    code = registering.add(station, {"length": "0.25", **facts}).codes[0]
    clock_of(station).now += HOUR
    return code


def soaked(station: Station, bath: Bath, ending: Ending) -> tuple[str, Done]:
    code = roller(station)
    washing.soak(station, [code], bath)
    clock_of(station).now += HOUR // 2
    return code, washing.done(station, [code], ending=ending)


def word(station: Station, code: str) -> Word:
    return checking.check(station, code).verdict.word


def newest(station: Station, code: str) -> ev.Payload:
    with station.store.reading() as journal:
        return journal.stream(code)[-1].payload


# The rinse


@pytest.mark.parametrize(
    ("ending", "counts"),
    [
        (Ending(), False),
        (Ending(rinsed=True), True),
        (Ending(rinse="sterile water"), True),
        (Ending(rinse="no"), False),
        (Ending(rinse=" None "), False),
        (Ending(rinsed=True, rinse="none"), True),
    ],
)
def test_bleach_counts_only_when_a_rinse_is_logged(station: Station, ending: Ending, counts: bool) -> None:
    code, done = soaked(station, BLEACH, ending)
    assert word(station, code) is (Word.USE if counts else Word.WASH)
    assert ("no rinse was logged after the bleach" in done.message) is not counts
    late = roller(station)
    washing.disinfect(
        station,
        [late],
        Bath("bleach", strength="0.53", minutes="10", rinse=ending.rinse, rinsed=ending.rinsed),
    )
    assert word(station, late) is (Word.USE if counts else Word.WASH)


def test_a_rinse_told_before_the_soak_is_none(station: Station) -> None:
    bath = Bath("bleach", strength="0.53", minutes="10", rinse="boiled water")
    code, _ = soaked(station, bath, Ending())
    assert word(station, code) is Word.WASH


def test_alcohol_asks_for_no_rinse(station: Station) -> None:
    code, done = soaked(station, Bath("alcohol"), Ending())
    assert word(station, code) is Word.USE
    assert done.message.endswith("is disinfected.")


@pytest.mark.parametrize("agent", ["opa", "glutaraldehyde", "peroxide-hld"])
def test_a_high_level_disinfectant_counts_only_when_a_rinse_is_logged(station: Station, agent: str) -> None:
    policies.set_policy(station, f"agent.{agent}.role", "disinfects")
    clock_of(station).now += MINUTE
    jar = add_solution(station, SolutionFacts(agent=agent)).codes[0]
    log_strip(station, jar, passed=True)
    for ending, expected in ((Ending(rinsed=True), Word.USE), (Ending(), Word.WASH)):
        code, _ = soaked(station, Bath(solution=jar), ending)
        assert word(station, code) is expected


def test_the_rule_can_be_changed_and_what_was_logged_stays(station: Station) -> None:
    code, _ = soaked(station, BLEACH, Ending())
    policies.set_policy(station, "agent.bleach.rinse", "no")
    clock_of(station).now += MINUTE
    assert word(station, code) is Word.WASH
    other, _ = soaked(station, BLEACH, Ending())
    assert word(station, other) is Word.USE


def test_an_entry_of_old_that_knew_no_rinse_reads_as_it_did(station: Station) -> None:
    code = roller(station)
    now = clock_of(station).now
    with station.store.transaction() as journal:
        old = ev.Disinfected(agent="bleach", required=600, seconds=600)
        journal.append(code, old, now, now, 0)
    assert word(station, code) is Word.USE


# The autoclave


@pytest.mark.parametrize(
    ("indicator", "said", "word_after"),
    [
        ("passed", "passed", Word.USE), ("PASS", "passed", Word.USE), ("failed", "failed", Word.WASH),
        ("fail", "failed", Word.WASH), ("unread", "", Word.WASH), ("", "", Word.WASH),
    ],
)  # fmt: skip
def test_a_load_counts_only_when_its_indicator_was_read_and_passed(
    station: Station, indicator: str, said: str, word_after: Word
) -> None:
    code, _ = soaked(station, LOAD, Ending(indicator=indicator))
    assert word(station, code) is word_after
    payload = newest(station, code)
    assert isinstance(payload, ev.DisinfectionEnded)
    assert payload.indicator == said
    late = roller(station)
    bath = Bath("steam", minutes="30", load="12", indicator=indicator)
    done = washing.disinfect(station, [late], bath)
    assert word(station, late) is word_after
    assert done.message.startswith("Recorded 30 min in the autoclave")
    recorded = newest(station, late)
    assert isinstance(recorded, ev.Disinfected)
    assert (recorded.agent, recorded.load, recorded.indicator) == ("autoclave", "12", said)


def test_a_load_too_short_does_not_count(station: Station) -> None:
    for minutes, expected in (("29", Word.WASH), ("30", Word.USE)):
        code = roller(station)
        washing.disinfect(station, [code], Bath("autoclave", minutes=minutes, indicator="passed", load="1"))
        assert word(station, code) is expected


def test_a_load_without_a_number_is_asked_for_it(station: Station) -> None:
    code = roller(station)
    done = washing.disinfect(station, [code], Bath("autoclave", minutes="30", indicator="passed"))
    assert any("No load number" in warning for warning in done.warnings)
    assert any("do not stand an autoclave" in warning for warning in done.warnings)


def test_an_indicator_of_another_word_is_bad_input(station: Station) -> None:
    code = roller(station)
    with pytest.raises(BadInput, match="indicator: “green” is not known; passed, failed or unread is right"):
        washing.disinfect(station, [code], Bath("autoclave", minutes="30", indicator="green"))


# A sealed pack


def test_a_sealed_piece_is_not_soaked_unasked(station: Station) -> None:
    code = roller(station, sterile=True)
    for deed in (washing.soak, washing.disinfect):
        with pytest.raises(NotNow, match=r"lies sterile in its sealed pack.* was opened\.$") as caught:
            deed(station, [code], Bath("soap", minutes="10"))
        assert caught.value.exit_status == 1
        assert caught.value.at_prompt.endswith("say that the pack was opened (--opened).")
    assert word(station, code) is Word.USE
    assert checking.check(station, code).head == 1


def test_a_sealed_piece_among_others_holds_them_all(station: Station) -> None:
    packed, plain = roller(station, sterile=True), roller(station)
    with pytest.raises(NotNow):
        washing.soak(station, [plain, packed], Bath("alcohol"))
    assert checking.check(station, plain).head == 1


def test_said_to_be_opened_the_pack_is_logged_as_opened_when_it_began(station: Station) -> None:
    code = roller(station, sterile=True)
    washing.disinfect(station, [code], Bath("alcohol", minutes="10", opened=True))
    with station.store.reading() as journal:
        _, opened, _ = journal.stream(code)
    assert (opened.payload, opened.at) == (ev.Opened(), clock_of(station).now - 10 * MINUTE)
    assert word(station, code) is Word.USE
    clock_of(station).now += DAY + MINUTE
    assert word(station, code) is Word.WASH


@pytest.mark.parametrize("before", ["opened", "used", "disinfected"])
def test_what_was_opened_used_or_disinfected_is_sealed_no_more(station: Station, before: str) -> None:
    code = roller(station, sterile=True)
    if before == "opened":
        registering.open_pack(station, code)
    elif before == "used":
        using.use(station, code, using.Use())
    else:
        washing.soak(station, [code], Bath("alcohol", opened=True))
        clock_of(station).now += 10 * MINUTE
        washing.done(station, [code])
    clock_of(station).now += HOUR
    washing.soak(station, [code], Bath("alcohol"))
    assert word(station, code) is Word.WAIT


# By card


def test_the_card_asks_for_the_rinse_and_the_second_scan_says_it(station: Station) -> None:
    code = roller(station)
    washing.soak(station, [code], BLEACH)
    clock_of(station).now += 10 * MINUTE
    with pytest.raises(ScanAgain, match="comes out of bleach: rinse it") as again:
        act(station, Action.DONE, [code])
    assert word(station, code) is not Word.USE
    act(station, Action.DONE, [code], warned=again.value.warnings)
    assert word(station, code) is Word.USE


def test_too_early_the_card_says_only_that(station: Station) -> None:
    code = roller(station)
    washing.soak(station, [code], BLEACH)
    clock_of(station).now += 9 * MINUTE
    with pytest.raises(ScanAgain, match="must soak for another") as again:
        act(station, Action.DONE, [code])
    clock_of(station).now += MINUTE
    with pytest.raises(ScanAgain, match="rinse it"):
        act(station, Action.DONE, [code], warned=again.value.warnings)


def test_a_card_cannot_say_what_the_indicator_said(station: Station) -> None:
    code = roller(station)
    washing.soak(station, [code], LOAD)
    clock_of(station).now += 30 * MINUTE
    with pytest.raises(BadInput, match="take it out by hand"):
        act(station, Action.DONE, [code])


def test_the_card_asks_before_a_sealed_piece_is_soaked(station: Station) -> None:
    packed, plain = roller(station, sterile=True), roller(station)
    with pytest.raises(ScanAgain, match="sealed pack") as again:
        act(station, Action.SOAK, [plain, packed])
    assert word(station, packed) is Word.USE
    act(station, Action.SOAK, [plain, packed], warned=again.value.warnings)
    assert (word(station, packed), word(station, plain)) == (Word.WAIT, Word.WAIT)


# Told as before a use


@pytest.mark.parametrize(("late", "is_refused"), [(-1, False), (0, True), (MINUTE, True)])
def test_what_was_before_a_use_cannot_have_begun_after_it(
    station: Station, late: int, is_refused: bool
) -> None:
    code, clock = roller(station), clock_of(station)
    before_use = replace(QUICK_BATH, before_use=True)
    using.use(station, code, using.Use(despite="in a hurry", acknowledged=True))
    clock.now += 10 * MINUTE + late
    if is_refused:
        with pytest.raises(BadInput, match=r"^before-use: .* was last used .* say when it ended"):
            washing.disinfect(station, [code], before_use)
        assert newest(station, code).kind == "used"
    else:
        washing.disinfect(station, [code], before_use)
        assert word(station, code) is Word.WASH
    assert word(station, code) is not Word.USE


def test_what_was_never_used_may_be_told_as_before_a_use(station: Station) -> None:
    code = roller(station)
    washing.disinfect(station, [code], replace(QUICK_BATH, before_use=True))
    assert word(station, code) is Word.USE


# Told beside a soak


def test_a_disinfection_told_of_a_time_in_which_it_soaked_is_refused(station: Station) -> None:
    code, clock = roller(station), clock_of(station)
    washing.soak(station, [code], QUICK_BATH)
    clock.now += 2 * MINUTE
    with pytest.raises(BadInput, match=r"^code: .* lies in a soak since .*; take it out first"):
        washing.disinfect(station, [code], QUICK_BATH)
    washing.done(station, [code], early=True)
    out = clock.now
    clock.now += 10 * MINUTE - 1
    before = upkeep.verify(station)
    with pytest.raises(BadInput, match=r"^minutes: .* lay in a soak until .* end at .* at the earliest"):
        washing.disinfect(station, [code], QUICK_BATH)
    assert upkeep.verify(station) == before
    clock.now = out + 10 * MINUTE
    washing.disinfect(station, [code], QUICK_BATH)
    assert word(station, code) is Word.USE


def test_what_only_cleans_may_be_told_beside_a_soak(station: Station) -> None:
    code = roller(station)
    washing.soak(station, [code], QUICK_BATH)
    washing.disinfect(station, [code], Bath("ultrasonic", minutes="5"))
    assert newest(station, code).kind == "disinfected"


def test_one_told_before_a_soak_that_was_entered_late_no_longer_counts(station: Station) -> None:
    code, clock = roller(station, sterile=False), clock_of(station)
    washing.disinfect(station, [code], QUICK_BATH)
    assert word(station, code) is not Word.WASH
    washing.soak(station, [code], QUICK_BATH, at=clock.now - 5 * MINUTE)
    washing.done(station, [code], early=True, at=clock.now - 4 * MINUTE)
    assert word(station, code) is Word.WASH
