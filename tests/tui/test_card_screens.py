"""Action cards on the screen: the seconds left, what keys do meanwhile, and what stays."""

from pathlib import Path

import pytest
from harness.house_app import (
    MINUTE,
    SECOND,
    House,
    pass_second,
    press,
    scan,
    scan_label,
    settle,
    text,
    verdict,
)
from textual.pilot import Pilot

from rollertrack.domain.cards import Action
from rollertrack.domain.code import shown
from rollertrack.domain.words import Word
from rollertrack.services import checking, records
from rollertrack.store.journal import all_streams
from rollertrack.tui.screens.bench import BenchScreen
from rollertrack.tui.screens.record import RecordScreen

SIZE = (80, 24)
USED, SOAK, DONE = Action.USED.code, Action.SOAK.code, Action.DONE.code
FAULT, BIN, UNDO = Action.FAULT.code, Action.BIN.code, Action.UNDO.code


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "a.db")


def entries(house: House) -> int:
    return sum(len(rows) for _, rows in all_streams(house.station.store.database))


async def seconds(pilot: Pilot[None], house: House, *spans: int) -> None:
    """Time passes; the app looks up after each span of seconds."""
    for span in spans:
        house.later(span * SECOND)
        await pass_second(pilot)


async def test_the_seconds_run_down_and_the_card_goes(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await scan(pilot, USED)
        assert "USED: scan a roller · 20 s" in text(pilot)
        for left in (19, 18, 17):
            await seconds(pilot, house, 1)
            assert f"USED: scan a roller · {left} s" in text(pilot)
        await seconds(pilot, house, 16)
        assert "USED: scan a roller · 1 s" in text(pilot)
        await seconds(pilot, house, 1)
        assert isinstance(pilot.app.screen, BenchScreen)


@pytest.mark.parametrize("card", list(Action), ids=lambda card: card.name)
async def test_no_time_ever_writes(house: House, card: Action) -> None:
    code = house.roller()
    async with house.app().run_test(size=SIZE) as pilot:
        before = entries(house)
        await scan(pilot, card.code)
        await seconds(pilot, house, 1, 18, 1, 5)
        assert entries(house) == before
        await scan(pilot, code)
        assert entries(house) == before
        assert verdict(pilot).result.word is Word.WASH


async def test_a_warning_let_go_leaves_the_verdict_and_says_so(house: House) -> None:
    code = house.roller()
    async with house.app().run_test(size=SIZE) as pilot:
        await scan(pilot, code, USED)
        assert "USED once more logs it against the advice · counts in 2 s" in text(pilot)
        await seconds(pilot, house, 2)
        assert "logs it against the advice · 18 s" in text(pilot)
        await seconds(pilot, house, 18)
        assert verdict(pilot).result.word is Word.WASH
        assert "USED was let go: nothing was logged" in text(pilot)
        await scan(pilot, USED)
        assert checking.check(house.station, code).uses == 0


async def test_what_a_card_did_fills_the_screen_and_the_record(house: House) -> None:
    code = house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await scan(pilot, code, USED)
        seen = text(pilot)
        for words in ("USED ✓", "Logged use 1 of 8", "Now:  ~ WASH FIRST", "Next:  Soak in 70 % alcohol"):
            assert words in seen
        assert records.show(house.station, code).history[0].kind == "used"
        await scan(pilot, SOAK)
        await scan(pilot, code, SOAK)
        assert "Now:  ◔ WAIT" in text(pilot)


async def test_the_word_after_a_deed_goes_on_by_the_clock(house: House) -> None:
    code = house.roller()
    async with house.app().run_test(size=SIZE) as pilot:
        await scan(pilot, code, SOAK)
        assert "Now:  ◔ WAIT" in text(pilot)
        await seconds(pilot, house, 1)
        house.later(10 * MINUTE)
        await pass_second(pilot)
        assert "Next:  Take it out" in text(pilot)
        assert "INTO SOAK ✓" in text(pilot)


async def test_a_roller_stopped_by_a_card_leaves_at_one_escape(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await scan(pilot, FAULT, house.fresh("one"), BIN, house.fresh("two"), house.fresh("three"))
        assert [card.word for card in verdict(pilot).earlier] == [Word.STOP, Word.STOP]
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, BenchScreen)


@pytest.mark.parametrize("key", ["escape", "enter", "m"])
async def test_a_key_that_leads_elsewhere_lets_the_card_go(house: House, key: str) -> None:
    code = house.roller()
    async with house.app().run_test(size=SIZE) as pilot:
        await scan(pilot, code, USED)
        await seconds(pilot, house, 3)
        await press(pilot, key)
        await scan(pilot, USED)
        assert checking.check(house.station, code).uses == 0
        assert "USED: scan a roller" in text(pilot)


async def test_the_soak_collected_by_cards_can_be_started_by_key(house: House) -> None:
    codes = [house.roller("one"), house.roller("two")]
    async with house.app().run_test(size=SIZE) as pilot:
        await scan(pilot, SOAK, *codes)
        assert "2 rollers: scan more; INTO SOAK again or a jar starts the soak · 20 s" in text(pilot)
        assert f"For the soak:  {shown(codes[0])}  {shown(codes[1])}" in text(pilot)
        await press(pilot, "w", "ctrl+s")
        await settle(pilot)
        assert all(records.show(house.station, code).soak for code in codes)


async def test_a_label_nobody_claimed_becomes_a_roller(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await scan_label(pilot, "RKDTLBNEB")
        assert "ctrl+n  register a roller with this code" in text(pilot)
        await press(pilot, "ctrl+n")
        await press(pilot, *"0.5")
        assert "under RKD-TLB-NEB" in text(pilot)
        await press(pilot, "ctrl+s")
        await settle(pilot)
        assert (verdict(pilot).result.code, verdict(pilot).result.word) == ("RKDTLBNEB", Word.WASH)
        assert records.show(house.station, "RKDTLBNEB").label_proven_at == house.now


async def test_elsewhere_the_same_key_registers_a_roller_with_a_new_code(house: House) -> None:
    code = house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await scan(pilot, code)
        await press(pilot, "ctrl+n")
        await press(pilot, *"0.5", "ctrl+s")
        await settle(pilot)
        assert "register" not in text(pilot)
        assert entries(house) == 4


async def test_the_record_opened_meanwhile_keeps_nothing_in_the_hand(house: House) -> None:
    code = house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await scan(pilot, code)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, RecordScreen)
        await scan(pilot, DONE)
        assert "DONE: scan a roller" in text(pilot)
        await scan(pilot, UNDO)
        assert "UNDO: scan a roller" in text(pilot)
