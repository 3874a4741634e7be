"""Action cards from scan to record: the flow on the real store, without a screen."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

import pytest
import pytest_asyncio
from harness.house_app import DAY, MINUTE, SECOND, House

from rollertrack.domain.cards import Action
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.events import Event, Retired, Used
from rollertrack.domain.words import Word
from rollertrack.errors import StoreFailed
from rollertrack.services import carding, checking, keeping, people, policies
from rollertrack.services.backend import Backend
from rollertrack.services.labels import proving
from rollertrack.services.station import Done
from rollertrack.store.journal import all_streams
from rollertrack.tui.scanning.scan_flow import ScanFlow
from rollertrack.tui.scanning.scan_results import ScanResult
from rollertrack.tui.scanning.scan_session import ECHO, PAIRING, Want
from rollertrack.wording import scans

USED, SOAK, DONE = Action.USED.code, Action.SOAK.code, Action.DONE.code
FAULT, BIN, UNDO = Action.FAULT.code, Action.BIN.code, Action.UNDO.code


@dataclass
class Scanner:
    """A flow on a house, and what it showed and did."""

    house: House
    shown: list[ScanResult] = field(default_factory=list)
    did: list[Done] = field(default_factory=list)
    slow: int = 0
    """How long the screen takes to show a card."""
    flow: ScanFlow = field(init=False)

    def __post_init__(self) -> None:
        self.flow = ScanFlow(Backend(self.house.open), self.house.clock, self.show, self.did.append)

    async def show(self, result: ScanResult) -> None:
        self.house.later(self.slow)
        self.shown.append(result)

    async def scan(self, *codes: str, gap: int = 3 * SECOND, at_speed: bool = False) -> ScanResult:
        """Scans one after the other; the last card."""
        for code in codes:
            await self.flow.take(code, at_speed=at_speed)
            self.house.later(gap)
        return self.shown[-1]

    def entries(self) -> int:
        return sum(len(rows) for _, rows in all_streams(self.house.station.store.database))

    def newest(self, code: str) -> Event:
        with self.house.station.store.reading() as journal:
            return journal.stream(code)[-1]

    def uses(self, code: str) -> int:
        return checking.check(self.house.station, code).uses

    def failed(self, code: str) -> bool:
        return self.newest(code).kind == "inspected"

    def soaking(self, *codes: str) -> list[bool]:
        return [self.newest(code).kind == "disinfection_started" for code in codes]


@pytest_asyncio.fixture
async def scanner(tmp_path: Path) -> AsyncIterator[Scanner]:
    scanner = Scanner(House(tmp_path / "a.db"))
    yield scanner
    scanner.flow.backend.close()


# Order, and once


@pytest.mark.parametrize("card_first", [True, False])
async def test_a_use_by_card_before_or_after_the_roller(scanner: Scanner, card_first: bool) -> None:
    code = scanner.house.fresh()
    result = await scanner.scan(*((USED, code) if card_first else (code, USED)))
    assert scanner.uses(code) == 1
    assert (result.headline, result.word) == ("USED ✓", Word.WASH)
    assert result.text[0] == f"Logged use 1 of 8 of {shown(code)}. It now owes a wash."
    assert [done.deed for done in scanner.did] == ["use"]


async def test_a_card_is_spent_by_the_roller_it_acted_on(scanner: Scanner) -> None:
    first, second = scanner.house.fresh("one"), scanner.house.fresh("two")
    result = await scanner.scan(FAULT, first, second)
    assert [scanner.failed(code) for code in (first, second)] == [True, False]
    assert (result.code, result.word, result.headline) == (second, Word.USE, "")


async def test_the_same_card_for_the_next_roller_is_not_for_the_last_one(scanner: Scanner) -> None:
    first, second = scanner.house.fresh("one"), scanner.house.fresh("two")
    await scanner.scan(FAULT, first, FAULT, second)
    assert [done.codes for done in scanner.did] == [(first,), (second,)]


async def test_a_card_acts_on_the_roller_that_fills_the_screen(scanner: Scanner) -> None:
    first, second = scanner.house.fresh("one"), scanner.house.fresh("two")
    await scanner.scan(first, second, FAULT)
    assert [scanner.failed(code) for code in (first, second)] == [False, True]


async def test_one_wave_read_twice_counts_once(scanner: Scanner) -> None:
    code = scanner.house.fresh()
    for scan in (USED, USED, code, code):
        await scanner.scan(scan, gap=SECOND)
    assert scanner.uses(code) == 1
    assert scanner.shown[-1].headline == "USED ✓"
    assert scanner.shown[-1].note == scans.ECHOED


async def test_the_card_waved_once_more_after_its_deed_waits_for_another_roller(scanner: Scanner) -> None:
    code = scanner.house.fresh()
    result = await scanner.scan(code, USED, USED)
    assert scanner.uses(code) == 1
    assert result.pending is not None
    assert result.pending.want is Want.ROLLER


async def test_scans_at_once_are_taken_in_their_order(scanner: Scanner) -> None:
    codes = [scanner.house.fresh(f"n{each}") for each in range(3)]
    scans = [scan for code in codes for scan in (FAULT, code)]
    await asyncio.gather(*(scanner.flow.take(scan) for scan in scans))
    assert [done.codes for done in scanner.did] == [(code,) for code in codes]


# Persons and operators


@pytest.mark.parametrize("order", list(permutations(("used", "roller", "person"))), ids="-".join)
async def test_a_person_before_between_or_after(scanner: Scanner, order: tuple[str, ...]) -> None:
    codes = {"used": USED, "roller": scanner.house.fresh(), "person": scanner.house.person("B.")}
    await scanner.scan(*(codes[each] for each in order))
    assert scanner.uses(codes["roller"]) == 1
    assert scanner.newest(codes["roller"]).person == codes["person"]


async def test_where_nobody_is_named_the_card_says_so_and_waits(scanner: Scanner) -> None:
    code = scanner.house.fresh()
    scanner.house.person("B.")
    result = await scanner.scan(code, USED)
    assert result.headline == "USED ?"
    assert result.pending is not None
    assert result.pending.line(scanner.house.now - 3 * SECOND) == (
        "USED: scan the card of the person it is used on · 20 s"
    )
    assert scanner.uses(code) == 0


async def test_a_clinic_wants_the_operator_card_and_goes_on_by_itself(scanner: Scanner) -> None:
    code, operator = scanner.house.roller(), scanner.house.operator()
    policies.set_policy(scanner.house.station, "profile", "clinic")
    result = await scanner.scan(code, SOAK)
    assert result.pending is not None
    assert "scan your operator card first" in result.pending.line(scanner.house.now)
    assert scanner.soaking(code) == [False]
    await scanner.scan(operator)
    assert scanner.soaking(code) == [True]
    assert scanner.newest(code).operator == operator
    assert scanner.flow.backend.operator == operator


async def test_an_operator_takes_no_card_out_of_the_hand(scanner: Scanner) -> None:
    code, operator = scanner.house.fresh(), scanner.house.operator()
    await scanner.scan(USED, operator, code)
    assert scanner.uses(code) == 1
    assert scanner.newest(code).operator == operator


async def test_the_card_of_who_is_closed_says_so_and_changes_nothing(scanner: Scanner) -> None:
    gone, here = scanner.house.operator("Ben"), scanner.house.operator("Kim")
    people.close_named(scanner.house.station, Kind.OPERATOR, gone)
    await scanner.scan(here)
    result = await scanner.scan(gone)
    assert result.text == (scans.CLOSED_HERE,)
    assert scanner.flow.backend.operator == here


# The second scan


def me(house: House) -> str:
    """The person who was there first."""
    return next(row.code for row in people.list_persons(house.station) if row.label == people.ME)


async def warned(scanner: Scanner, code: str) -> ScanResult:
    """The warning, with the clock where the second scan begins to count."""
    result = await scanner.scan(USED, code, gap=0)
    assert result.pending is not None
    assert result.pending.want is Want.AGAIN
    assert scanner.uses(code) == 0
    return result


async def test_a_second_scan_counts_from_a_second_and_a_half_on(scanner: Scanner) -> None:
    code = scanner.house.fresh("body", "1.0")
    assert (await warned(scanner, code)).word is Word.CARE
    scanner.house.later(ECHO)
    await scanner.scan(USED)
    payload = scanner.newest(code).payload
    assert isinstance(payload, Used)
    assert (payload.acknowledged, payload.despite) == (True, "")


async def test_a_scan_too_soon_is_said_and_counts_nothing(scanner: Scanner) -> None:
    code = scanner.house.fresh("body", "1.0")
    await warned(scanner, code)
    scanner.house.later(ECHO - 1)
    result = await scanner.scan(USED, gap=0)
    assert result.note == scans.TOO_SOON
    assert result.word is Word.CARE
    assert result.pending is not None
    assert result.pending.line(scanner.house.now).endswith("· counts in 2 s")
    assert scanner.uses(code) == 0
    scanner.house.later(ECHO)
    await scanner.scan(USED)
    assert scanner.uses(code) == 1


async def test_a_long_wave_of_readings_never_confirms(scanner: Scanner) -> None:
    code = scanner.house.roller()
    await scanner.scan(code)
    await scanner.scan(*[USED] * 12, gap=ECHO - 1)
    assert scanner.uses(code) == 0


async def test_a_second_reading_that_waited_its_turn_does_not_confirm(scanner: Scanner) -> None:
    code = scanner.house.roller()
    await scanner.scan(code)
    scanner.slow = 3 * SECOND
    await asyncio.gather(scanner.flow.take(USED), scanner.flow.take(USED))
    assert scanner.uses(code) == 0


async def test_against_the_advice_the_record_says_so(scanner: Scanner) -> None:
    code = scanner.house.fresh()
    keeping.inspect(scanner.house.station, code, fail="a needle is bent")
    result = await warned(scanner, code)
    assert result.word is Word.STOP
    scanner.house.later(2 * SECOND)
    result = await scanner.scan(USED)
    payload = scanner.newest(code).payload
    assert isinstance(payload, Used)
    assert (payload.word, payload.despite) == (Word.STOP, carding.DESPITE)
    assert any(line.startswith("Logged against STOP") for line in result.text)


async def test_a_warning_that_turned_is_given_anew(scanner: Scanner) -> None:
    code = scanner.house.fresh("body", "1.0")
    await warned(scanner, code)
    keeping.inspect(scanner.house.station, code, fail="a needle is bent")
    scanner.house.later(3 * SECOND)
    result = await scanner.scan(USED)
    assert (result.word, scanner.uses(code)) == (Word.STOP, 0)
    await scanner.scan(USED)
    assert scanner.uses(code) == 1


@pytest.mark.parametrize("other", ["roller", "person", "solution", "bin", "operator", "action"])
async def test_a_warning_stands_for_the_next_scan_only(scanner: Scanner, other: str) -> None:
    house, code = scanner.house, scanner.house.roller()
    others: dict[str, Callable[[], str]] = {
        "roller": house.fresh, "person": house.person, "solution": house.solution, "bin": house.bin,
        "operator": house.operator, "action": lambda: UNDO,
    }  # fmt: skip
    between = others[other]()
    await scanner.scan(me(house), code, USED)
    assert scanner.flow.session.pending is not None
    assert scanner.flow.session.pending.want is Want.AGAIN
    await scanner.scan(between)
    await scanner.scan(USED)
    assert scanner.uses(code) == 0


async def test_what_was_let_go_is_said(scanner: Scanner) -> None:
    code = scanner.house.roller()
    result = await scanner.scan(code, USED, scanner.house.fresh("other"))
    assert result.note == scans.let_go(Action.USED)


async def test_another_card_takes_the_place_of_the_one_before(scanner: Scanner) -> None:
    code = scanner.house.fresh()
    result = await scanner.scan(USED, FAULT)
    assert result.note == scans.let_go(Action.USED)
    await scanner.scan(code)
    assert [done.deed for done in scanner.did] == ["inspect"]


@pytest.mark.parametrize("misread", ["RKDTLBNEB", "RKDTLBNEE", "TBBBBBBBT"])
async def test_a_scan_that_says_nothing_leaves_the_card_in_sight(scanner: Scanner, misread: str) -> None:
    code = scanner.house.fresh()
    result = await scanner.scan(USED, misread)
    assert result.pending is not None
    assert result.pending.line(scanner.house.now) == "USED: scan a roller · 14 s"
    await scanner.scan(code)
    assert scanner.uses(code) == 1


@pytest.mark.parametrize("misread", ["RKDTLBNEB", "RKDTLBNEE", "TBBBBBBBT"])
async def test_a_warning_driven_off_the_screen_is_let_go(scanner: Scanner, misread: str) -> None:
    code = scanner.house.roller()
    result = await scanner.scan(USED, code, misread)
    assert result.pending is None
    await scanner.scan(USED)
    assert scanner.uses(code) == 0


# Into the soak


@pytest.mark.parametrize("card_first", [True, False])
async def test_one_roller_is_soaked_at_once_or_listed_first(scanner: Scanner, card_first: bool) -> None:
    code = scanner.house.roller()
    if card_first:
        result = await scanner.scan(SOAK, code)
        assert scanner.soaking(code) == [False]
        assert result.text == (f"For the soak:  {shown(code)}",)
        await scanner.scan(SOAK)
    else:
        await scanner.scan(code, SOAK)
    assert scanner.soaking(code) == [True]


@pytest.mark.parametrize("start", ["jar", "card"])
async def test_a_jar_takes_any_number_of_rollers_and_starts_once(scanner: Scanner, start: str) -> None:
    jar = scanner.house.solution()
    codes = [scanner.house.roller(f"n{each}") for each in range(5)]
    await scanner.scan(jar, *codes, gap=19 * SECOND)
    assert scanner.soaking(*codes) == [False] * 5
    result = await scanner.scan(jar if start == "jar" else SOAK)
    assert scanner.soaking(*codes) == [True] * 5
    assert {scanner.newest(code).solution for code in codes} == {jar}
    assert [done.codes for done in scanner.did] == [tuple(codes)]
    assert result.headline == "INTO SOAK ✓"
    assert all(shown(code) in " ".join(result.text) for code in codes)


async def test_several_rollers_are_listed_before_they_are_soaked(scanner: Scanner) -> None:
    codes = [scanner.house.roller("one"), scanner.house.roller("two")]
    result = await scanner.scan(*codes, SOAK)
    assert scanner.soaking(*codes) == [False, False]
    assert all(shown(code) in result.text[0] for code in codes)
    await scanner.scan(SOAK)
    assert scanner.soaking(*codes) == [True, True]


async def test_a_jar_at_the_end_starts_a_soak_begun_by_its_card(scanner: Scanner) -> None:
    jar, code = scanner.house.solution(), scanner.house.roller()
    await scanner.scan(SOAK, code, jar)
    assert scanner.newest(code).solution == jar


async def test_another_jar_takes_the_place_of_the_first_and_starts_nothing(scanner: Scanner) -> None:
    jars, code = [scanner.house.solution(), scanner.house.solution()], scanner.house.roller()
    await scanner.scan(jars[0], code, jars[1])
    assert scanner.soaking(code) == [False]
    await scanner.scan(jars[1])
    assert scanner.newest(code).solution == jars[1]


async def test_rollers_scanned_before_the_jar_go_into_it(scanner: Scanner) -> None:
    jar, codes = scanner.house.solution(), [scanner.house.roller("one"), scanner.house.roller("two")]
    await scanner.scan(*codes, jar)
    assert scanner.soaking(*codes) == [False, False]
    await scanner.scan(jar)
    assert scanner.soaking(*codes) == [True, True]


async def test_a_jar_read_twice_starts_nothing(scanner: Scanner) -> None:
    jar, code = scanner.house.solution(), scanner.house.roller()
    await scanner.scan(code)
    await scanner.scan(jar, jar, jar, gap=SECOND)
    assert scanner.soaking(code) == [False]


async def test_one_that_soaks_already_holds_up_nobody(scanner: Scanner) -> None:
    codes = [scanner.house.roller(name) for name in ("one", "two", "three")]
    scanner.house.soak(codes[1])
    scanner.house.later(SECOND)
    before = len(scanner.did)
    result = await scanner.scan(SOAK, *codes[:2])
    assert result.note == f"{shown(codes[1])} in a soak already: left out."
    await scanner.scan(codes[2], SOAK)
    assert scanner.did[before].codes == (codes[0], codes[2])


async def test_those_scanned_before_that_soak_already_are_left_out(scanner: Scanner) -> None:
    codes = [scanner.house.roller(name) for name in ("one", "two")]
    scanner.house.soak(codes[0])
    result = await scanner.scan(*codes, SOAK)
    assert result.note == f"{shown(codes[0])} in a soak already: left out."
    await scanner.scan(SOAK)
    assert scanner.soaking(codes[1]) == [True]
    assert [done.codes for done in scanner.did] == [(codes[1],)]


# Done, not ok, bin, undo


async def test_done_early_wants_a_second_scan(scanner: Scanner) -> None:
    code = scanner.house.roller()
    scanner.house.soak(code)
    result = await scanner.scan(DONE, code)
    assert result.word is Word.WAIT
    assert result.pending is not None
    assert result.pending.line(scanner.house.now).startswith("DONE once more takes it out as incomplete")
    result = await scanner.scan(DONE)
    assert (result.headline, result.word) == ("DONE ✓", Word.WASH)
    assert "incomplete" in result.text[0]


async def test_done_in_time_says_use(scanner: Scanner) -> None:
    code = scanner.house.roller()
    scanner.house.soak(code)
    scanner.house.later(10 * MINUTE)
    result = await scanner.scan(code, DONE)
    assert (result.headline, result.word) == ("DONE ✓", Word.USE)


async def test_what_no_scan_can_mend_is_told_as_large(scanner: Scanner) -> None:
    code = scanner.house.fresh()
    result = await scanner.scan(DONE, code)
    assert (result.headline, result.pending) == ("DONE ✗", None)
    assert "is not soaking" in result.text[0]
    assert (await scanner.scan(code)).headline == ""


async def test_not_ok_stops_the_roller_and_does_not_have_to_be_dismissed(scanner: Scanner) -> None:
    result = await scanner.scan(FAULT, scanner.house.fresh())
    assert (result.headline, result.word, result.stays) == ("NOT OK ✓", Word.STOP, False)


@pytest.mark.parametrize("order", list(permutations(("bin", "card", "roller"))), ids="-".join)
async def test_the_bin_scanned_takes_the_roller(scanner: Scanner, order: tuple[str, ...]) -> None:
    scanner.house.bin("yellow")
    codes = {"card": BIN, "roller": scanner.house.fresh(), "bin": scanner.house.bin("red")}
    await scanner.scan(*(codes[each] for each in order))
    payload = scanner.newest(codes["roller"]).payload
    assert isinstance(payload, Retired)
    assert payload.bin == codes["bin"]


async def test_undo_takes_back_what_a_card_did_and_no_more(scanner: Scanner) -> None:
    code = scanner.house.fresh()
    result = await scanner.scan(code, USED, code, UNDO)
    assert scanner.uses(code) == 0
    assert result.text[0].endswith(": used.")
    await scanner.scan(UNDO)
    assert [done.deed for done in scanner.did] == ["use", "undo"]


async def test_undo_takes_back_the_use_and_not_the_proof_of_the_label(scanner: Scanner) -> None:
    code = scanner.house.fresh()
    scanner.house.label(code)
    await scanner.scan(USED, code)
    await scanner.scan(code, at_speed=True)
    await scanner.scan(UNDO)
    assert scanner.uses(code) == 0


async def test_undo_of_something_old_wants_a_second_scan(scanner: Scanner) -> None:
    code = scanner.house.fresh()
    await scanner.scan(code, USED)
    scanner.house.later(DAY)
    result = await scanner.scan(code, UNDO)
    assert (result.headline, scanner.uses(code)) == ("UNDO ?", 1)
    assert result.text == (f"The newest entry of {shown(code)} is 24 h old: used.",)
    await scanner.scan(UNDO)
    assert scanner.uses(code) == 0


async def test_an_unknown_card_does_nothing_and_is_named(scanner: Scanner) -> None:
    before = scanner.entries()
    result = await scanner.scan(scanner.house.fresh(), "TBBBBBBBT")
    assert result.headline == "UNKNOWN ✗"
    assert "no action card of this program" in result.text[0]
    assert scanner.entries() == before + 2


# Time


def states(house: House) -> dict[str, tuple[list[str], str]]:
    """Scans that leave something waiting, and the scan that would complete it."""
    house.person("B.")
    house.bin("yellow")
    up, soaking = house.roller("up"), house.roller("soaking")
    house.soak(up)
    house.later(10 * MINUTE)
    house.soak(soaking)
    fresh, dirty, jar = house.fresh(), house.roller("dirty"), house.solution()
    return {
        "used": ([me(house), USED], fresh),
        "used-person": ([USED, fresh], me(house)),
        "used-again": ([me(house), dirty, USED], USED),
        "soak": ([SOAK, dirty], SOAK),
        "jar": ([jar, dirty], jar),
        "several": ([dirty, fresh, SOAK], SOAK),
        "done": ([DONE], up),
        "done-again": ([soaking, DONE], DONE),
        "not-ok": ([FAULT], fresh),
        "bin": ([house.bin("red"), BIN], fresh),
        "bin-bin": ([fresh, BIN], house.bin("blue")),
        "undo": ([UNDO], fresh),
        "roller": ([fresh], FAULT),
    }


STATES = (
    "used", "used-person", "used-again", "soak", "jar", "several", "done", "done-again", "not-ok", "bin",
    "bin-bin", "undo", "roller",
)  # fmt: skip


@pytest.mark.parametrize("state", STATES)
async def test_time_alone_forgets_and_never_writes(scanner: Scanner, state: str) -> None:
    scans, last = states(scanner.house)[state]
    before = scanner.entries()
    await scanner.scan(*scans)
    scanner.house.later(PAIRING - 3 * SECOND)
    result = await scanner.scan(last)
    assert scanner.entries() == before
    assert not result.is_deed


@pytest.mark.parametrize("state", STATES)
async def test_just_in_time_is_in_time(scanner: Scanner, state: str) -> None:
    scans, last = states(scanner.house)[state]
    before = scanner.entries()
    await scanner.scan(*scans)
    scanner.house.later(PAIRING - 3 * SECOND - 1)
    result = await scanner.scan(last)
    assert scanner.entries() > before
    assert result.is_deed


async def test_a_clock_set_back_lets_go(scanner: Scanner) -> None:
    code = scanner.house.fresh()
    await scanner.scan(USED)
    scanner.house.later(-MINUTE)
    before = scanner.entries()
    await scanner.scan(code)
    assert scanner.entries() == before


# Labels


async def test_a_label_is_proven_by_its_scan_at_speed_only(scanner: Scanner) -> None:
    code = scanner.house.fresh()
    scanner.house.label(code)
    result = await scanner.scan(code)
    assert (result.note, scanner.newest(code).kind) == ("", "label_printed")
    scanner.house.later(MINUTE)
    result = await scanner.scan(code, at_speed=True)
    assert (result.note, result.word, scanner.newest(code).kind) == (
        "Label proven: it reads.",
        Word.USE,
        "label_proven",
    )
    scanner.house.later(MINUTE)
    assert (await scanner.scan(code, at_speed=True)).note == ""


async def test_an_old_label_is_told_and_its_record_shown(scanner: Scanner) -> None:
    code = scanner.house.fresh()
    scanner.house.label(code)
    scanner.house.label(code, mark="B")
    result = await scanner.scan(code, at_speed=True)
    assert (result.alarm, result.word) == ("OLD LABEL", Word.USE)
    assert "destroy this one" in result.note
    result = await scanner.scan(f"B{code}", at_speed=True)
    assert (result.alarm, scanner.newest(code).kind) == ("", "label_proven")


async def test_a_label_that_cannot_be_noted_hides_no_verdict(
    scanner: Scanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = scanner.house.fresh()
    scanner.house.label(code)

    def fail(*_: object) -> Done:
        raise StoreFailed("the disk is full")

    monkeypatch.setattr(proving, "prove", fail)
    result = await scanner.scan(code, at_speed=True)
    assert result.word is Word.USE
    assert "cannot be told" in result.note


async def test_an_unclaimed_label_is_a_stop_that_offers_to_register(scanner: Scanner) -> None:
    result = await scanner.scan("DRKDTLBNEB", at_speed=True)
    assert result.word is Word.STOP
    assert result.offer is not None
    assert result.offer.key == "ctrl+n"
    assert result.claim == ("DRKDTLBNEB", True)
    result = await scanner.scan("RKDTLBNEB")
    assert result.claim == ("RKDTLBNEB", False)
    assert (await scanner.scan("PBBBBBBBP")).claim is None


# Trouble


async def test_a_deed_that_the_store_cannot_take_says_so(
    scanner: Scanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = scanner.house.fresh()

    def fail(*_: object, **__: object) -> Done:
        raise StoreFailed("the disk is full")

    monkeypatch.setattr(keeping, "inspect", fail)
    result = await scanner.scan(FAULT, code)
    assert (result.headline, result.text) == ("NOT OK ✗", ("The disk is full.",))
    assert scanner.did == []
