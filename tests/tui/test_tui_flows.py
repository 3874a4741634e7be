"""What a person does at the bench, on the real store."""

from pathlib import Path

import pytest
from harness.house_app import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    House,
    app_of,
    press,
    scan,
    scan_torn,
    settle,
    text,
    verdict,
)
from harness.printing_app import until
from textual import events
from textual.containers import Middle
from textual.pilot import Pilot
from textual.widgets import Input

from rollertrack.domain.code import shown
from rollertrack.domain.words import State, Word
from rollertrack.services import keeping, lists, people, policies, records, registering
from rollertrack.tui.app import RollerTrackApp
from rollertrack.tui.dialogs import ConfirmDialog
from rollertrack.tui.forms.form import Form
from rollertrack.tui.screens.bench import BenchScreen
from rollertrack.tui.widgets.lines import StatusLine
from rollertrack.tui.widgets.roller_table import RollerTable

SIZE = (120, 40)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "a.db")


async def test_from_the_first_roller_to_the_wash_it_owes(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "register your first roller" in text(pilot)
        await press(pilot, "ctrl+n")
        await press(pilot, *"0.5", "ctrl+s")
        assert isinstance(pilot.app.screen, BenchScreen), text(pilot)
        row = pilot.app.screen.query_one(RollerTable).row
        assert row is not None
        assert row.state is State.NEW
        await scan(pilot, row.code)
        assert verdict(pilot).result.word is Word.WASH
        await press(pilot, "w", "ctrl+s")
        await settle(pilot)
        assert verdict(pilot).result.word is Word.WAIT
        house.later(10 * MINUTE)
        app_of(pilot).on_second()
        await settle(pilot)
        assert "take it out" in text(pilot)
        await press(pilot, "c", "right", "enter")
        await settle(pilot)
        await scan(pilot, row.code)
        assert verdict(pilot).result.word is Word.USE
        await press(pilot, "a", "ctrl+s")
        await settle(pilot)
        await scan(pilot, row.code)
        assert verdict(pilot).result.word is Word.WASH
        assert "used" in records.show(house.station, row.code).history[0].text


async def test_a_finding_that_wraps_under_an_earlier_scan_is_told_whole(house: House) -> None:
    """A foreign barcode gives the longest sentence; a line above it leaves the fewest lines."""
    first = house.roller("one")
    async with house.app().run_test(size=(80, 24)) as pilot:
        await scan(pilot, first, "care@skin.example")
        assert verdict(pilot).result.word is Word.STOP
        assert "BDEFGHJKLNOPRSTU" in text(pilot)
        assert verdict(pilot).query_one(Middle).max_scroll_y == 0


async def test_two_scans_in_a_burst_are_two_and_the_newest_fills_the_screen(house: House) -> None:
    first, second = house.fresh("one"), house.roller("two")
    async with house.app().run_test(size=SIZE) as pilot:
        await scan(pilot, first, second)
        shown_now = verdict(pilot)
        assert (shown_now.result.code, shown_now.result.word) == (second, Word.WASH)
        assert [(card.code, card.word) for card in shown_now.earlier] == [(first, Word.USE)]
        assert "✓ USE" in text(pilot).splitlines()[0]
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, BenchScreen)


async def test_a_stop_stays_until_it_is_dismissed(house: House) -> None:
    stopped = house.fresh("bent")
    keeping.inspect(house.station, stopped, fail="a needle is bent")
    others = [house.fresh(f"n{each}") for each in range(6)]
    async with house.app().run_test(size=SIZE) as pilot:
        await scan(pilot, stopped, *others)
        assert verdict(pilot).earlier[0].code == stopped
        await press(pilot, "escape")
        assert (verdict(pilot).result.code, verdict(pilot).result.word) == (stopped, Word.STOP)
        assert "a needle is bent" in text(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, BenchScreen)


async def test_the_same_code_within_five_seconds_says_so(house: House) -> None:
    code = house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await scan(pilot, code)
        assert "already" not in text(pilot)
        house.later(3 * SECOND)
        await scan(pilot, code)
        assert "Scanned 3 s ago already" in text(pilot)
        assert verdict(pilot).earlier == ()
        house.later(6 * SECOND)
        await scan(pilot, code)
        assert "already" not in text(pilot)


async def test_a_damaged_code_is_a_stop_with_the_nearest_codes(house: House) -> None:
    code = house.fresh()
    wrong = ("B" if code[1] != "B" else "D").join((code[0], code[2:]))
    async with house.app().run_test(size=SIZE) as pilot:
        await scan_torn(pilot, wrong)
        assert verdict(pilot).result.word is Word.STOP
        assert shown(code) in text(pilot)
        assert verdict(pilot).roller is None


async def test_a_valid_code_that_nothing_carries_is_a_stop(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await scan(pilot, "RKDTLBNEB")
        assert verdict(pilot).result.word is Word.STOP
        assert "No roller is registered" in text(pilot)


@pytest.mark.parametrize("person_first", [True, False])
async def test_a_person_beside_a_roller_checks_the_pair(house: House, person_first: bool) -> None:
    code, person = house.fresh(), house.person("B.")
    house.use(code, person=house.person("A."))
    house.later(10 * MINUTE)
    house.wash(code)
    order = (person, code) if person_first else (code, person)
    async with house.app().run_test(size=SIZE) as pilot:
        await scan(pilot, order[0])
        house.later(19 * SECOND)
        await scan(pilot, order[1])
        assert verdict(pilot).result.word is Word.STOP
        assert "another person" in text(pilot)


async def test_a_person_alone_waits_twenty_seconds_and_no_longer(house: House) -> None:
    person, code = house.person("B."), house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await scan(pilot, person)
        assert "Now scan a roller" in text(pilot)
        house.later(20 * SECOND)
        app_of(pilot).on_second()
        await settle(pilot)
        assert isinstance(pilot.app.screen, BenchScreen)
        await scan(pilot, code)
        assert verdict(pilot).result.person is None


async def test_escape_drops_a_waiting_person(house: House) -> None:
    person, code = house.person("B."), house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await scan(pilot, person)
        await press(pilot, "escape")
        await scan(pilot, code)
        assert verdict(pilot).result.person is None


@pytest.mark.parametrize("solution_first", [True, False])
async def test_a_solution_beside_rollers_offers_the_soak_in_it(house: House, solution_first: bool) -> None:
    rollers, solution = [house.roller("one"), house.roller("two")], house.solution()
    codes = [solution, *rollers] if solution_first else [*rollers, solution]
    async with house.app().run_test(size=SIZE) as pilot:
        await scan(pilot, *codes)
        assert f"soak 2 rollers into {shown(solution)}" in text(pilot)
        await press(pilot, "w", "ctrl+s")
        await settle(pilot)
        for code in rollers:
            soak = records.show(house.station, code).soak
            assert soak is not None
        assert records.show(house.station, rollers[0]).history[0].kind == "disinfection_started"


async def test_an_operator_scanned_does_every_deed_from_then_on(house: House) -> None:
    code, operator = house.fresh(), house.operator()
    async with house.app().run_test(size=SIZE) as pilot:
        await scan(pilot, operator)
        await press(pilot, "escape")
        assert f"by K. · {shown(operator)}" in text(pilot).splitlines()[0]
        await scan(pilot, code)
        await press(pilot, "w", "ctrl+s")
        await settle(pilot)
        assert records.show(house.station, code).history[0].operator == operator


async def test_a_bin_takes_the_roller_shown(house: House) -> None:
    code, sharps = house.fresh(), house.bin()
    async with house.app().run_test(size=SIZE) as pilot:
        await scan(pilot, code, sharps)
        assert f"retire {shown(code)} into this bin" in text(pilot)
        await press(pilot, "x")
        await settle(pilot)
        assert shown(sharps) in records.show(house.station, code).history[0].text
        assert isinstance(pilot.app.screen, BenchScreen)


async def test_the_key_that_closes_a_bin_opens_a_closed_one_again(house: House) -> None:
    sharps = house.bin()
    async with house.app().run_test(size=SIZE) as pilot:
        await press(pilot, "f5")
        for closed in (True, False):
            await press(pilot, "x")
            assert ("Close it?" if closed else "Reopen it?") in text(pilot)
            await press(pilot, "tab", "enter")
            await settle(pilot)
            assert people.is_closed(house.station, sharps) is closed


async def test_a_person_scanned_while_a_form_asks_for_one_is_its_answer(house: House) -> None:
    other, code = house.person("B."), house.fresh("evening")
    async with house.app().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await scan(pilot, code)
        await press(pilot, "a")
        form = pilot.app.screen
        await scan(pilot, other)
        assert isinstance(form, Form)
        assert form.is_active
        assert form.said.chosen("person") == other
        await scan(pilot, house.solution())
        assert pilot.app.screen is not form, "no field asks for a solution"


async def test_who_is_scanned_into_a_use_of_a_clinic_is_asked_next(house: House) -> None:
    policies.set_policy(house.station, "profile", "clinic")
    ann, code = house.person("Ann"), house.roller("tip", sterile=True)
    async with house.app().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await scan(pilot, code)
        await press(pilot, "a")
        form = pilot.app.screen
        assert isinstance(form, Form)
        await until(pilot, lambda: form.focused is not None)
        assert "asked: nothing holds" not in text(pilot)
        await scan(pilot, ann)
        health = form.query_one("#field-none")
        await until(pilot, lambda: form.focused is not None and health in form.focused.ancestors)
        await press(pilot, "space")
        assert "☒ asked: nothing holds" in text(pilot)


async def test_a_scan_over_a_form_leaves_the_form_as_it_was(house: House) -> None:
    code = house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+n", *"0.7")
        form = pilot.app.screen
        await scan(pilot, code)
        assert verdict(pilot).result.code == code
        await press(pilot, "escape")
        assert pilot.app.screen is form
        assert "0.7" in text(pilot)


async def test_hotkeys_typed_into_the_filter_are_letters(house: House) -> None:
    house.fresh("cavity"), house.fresh("other")
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "slash", *"cavi")
        await settle(pilot)
        table = pilot.app.screen.query_one(RollerTable)
        assert isinstance(pilot.app.screen, BenchScreen)
        assert table.count == 1
        await press(pilot, "escape")
        await settle(pilot)
        assert table.count == 2
        assert table.has_focus


async def test_what_another_station_writes_appears(house: House) -> None:
    house.fresh("mine")
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        other = registering.add(house.open(), {"name": "theirs", "length": "0.5"}).codes[0]
        app_of(pilot).on_second()
        await settle(pilot)
        assert shown(other) in text(pilot)


async def test_seconds_pass_by_themselves(house: House) -> None:
    house.fresh("mine")
    async with house.app(RollerTrackApp).run_test(size=SIZE) as pilot:
        await settle(pilot)
        other = registering.add(house.open(), {"name": "theirs", "length": "0.5"}).codes[0]
        await until(pilot, lambda: shown(other) in text(pilot))


async def test_a_word_on_display_turns_when_its_time_comes(house: House) -> None:
    code = house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await scan(pilot, code)
        assert verdict(pilot).result.word is Word.USE
        house.later(DAY + SECOND)
        app_of(pilot).on_second()
        await settle(pilot)
        assert verdict(pilot).result.word is Word.WASH
        await press(pilot, "escape")
        await settle(pilot)
        row = pilot.app.screen.query_one(RollerTable).row
        assert row is not None
        assert row.state is State.STALE


async def test_the_top_line_tells_the_debt_and_the_soak(house: House) -> None:
    soaking, dirty = house.roller("one"), house.fresh("two")
    house.use(dirty)
    house.soak(soaking)
    house.later(2 * HOUR)
    house.soak(house.roller("three"))
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        top = text(pilot).splitlines()[0]
        assert "1 dirty, oldest 2 h" in top
        assert "1 soak 10:00 left · 1 to take out" in top
        house.later(SECOND)
        app_of(pilot).on_second()
        await settle(pilot)
        assert "09:59 left" in text(pilot).splitlines()[0]
        assert len(pilot.app.screen.query(StatusLine)) == 1


def type_at(pilot: Pilot[None], keys: str, gap: float, start: float = 10.0) -> None:
    """Keys stamped as a terminal stamps them, `gap` seconds apart."""
    for place, char in enumerate(keys):
        key = events.Key({"\r": "enter", "\t": "tab"}.get(char, char), char)
        key.time = start + place * gap
        pilot.app.post_message(key)


@pytest.mark.parametrize("gap", [0.0, 0.05, 0.25])
async def test_a_slow_scan_at_the_bench_is_that_roller_and_no_other(house: House, gap: float) -> None:
    house.fresh("highlighted")
    dirty = house.roller("scanned")
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        type_at(pilot, f"{dirty}\r", gap)
        await settle(pilot)
        assert (verdict(pilot).result.code, verdict(pilot).result.word) == (dirty, Word.WASH)


@pytest.mark.parametrize("text_scanned", ["WAREHOUSE/17", "ABCDEFGHI"])
async def test_a_foreign_barcode_is_a_stop_and_opens_no_record(house: House, text_scanned: str) -> None:
    house.fresh("highlighted")
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        for each in range(2):  # the second over the verdict of the first
            type_at(pilot, f"{text_scanned}\r", 0.004, start=10.0 + each)
            await settle(pilot)
            assert verdict(pilot).result.word is Word.STOP
            assert "This is not a RollerTrack code" in text(pilot)


async def test_a_slow_code_typed_into_the_filter_stays_typing(house: House) -> None:
    code = house.fresh()
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        type_at(pilot, f"{code}\r", 0.2)
        await settle(pilot)
        assert isinstance(pilot.app.screen, BenchScreen)
        assert pilot.app.screen.query_one(RollerTable).count == 1


@pytest.mark.parametrize(
    "box", ["4006381333931", "]d20104012345678901\x1d21B", "(01)04012345678901", "+A123BJC5D6E71G"]
)
async def test_a_makers_barcode_is_told_calmly_and_opens_no_record(house: House, box: str) -> None:
    house.fresh("highlighted")
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await scan_torn(pilot, box)
        assert verdict(pilot).result.word is None
        assert "A maker's barcode" in text(pilot)
        assert "Scan the RollerTrack label" in text(pilot)


@pytest.mark.parametrize("torn", ["]Q1RKDTLBNED", "]Q1HTTP://EXAMPLE.ORG/A", "12"])
async def test_what_is_no_makers_barcode_is_a_stop(house: House, torn: str) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await scan_torn(pilot, torn)
        assert verdict(pilot).result.word is Word.STOP


@pytest.mark.parametrize(
    ("came", "script"),
    [
        ("КЛВЕДИТУИ", "Cyrillic"),
        ("ΡΚΔΤΛΒΝΕΒ", "Greek"),
        ("רלגאךנמקנ", "Hebrew"),
        ("강시ㅠㅜ듀ㅠㅜ", "Korean"),
    ],
)
async def test_letters_of_another_script_name_the_keyboard_as_the_cause(
    house: House, came: str, script: str
) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await scan_torn(pilot, came)
        assert verdict(pilot).result.word is Word.STOP
        said = " ".join(text(pilot).split())
        assert f"the keyboard is set to {script}" in said
        assert "switch it to English and scan again" in said


async def test_a_full_width_scan_is_that_roller(house: House) -> None:
    code = house.roller("scanned")
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        type_at(pilot, "".join(chr(ord(char) + 0xFEE0) for char in code) + "\r", 0.25)
        await settle(pilot)
        assert verdict(pilot).result.code == code


async def test_a_letter_that_answers_a_question_is_not_shown_as_a_code(house: House) -> None:
    async with house.app().run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "q")
        assert "n  Stay" in text(pilot)
        type_at(pilot, "n", 0.3, start=100.0)
        await settle(pilot)
        assert "Stay" not in text(pilot)
        assert "Code:" not in text(pilot)


async def test_letters_of_a_code_typed_by_hand_are_shown_as_they_come(house: House) -> None:
    code = house.roller("by hand")
    async with house.app().run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        for end in (1, 4, 9):
            for place, letter in enumerate(code[:end].lower()):
                type_at(pilot, letter, 0.3, start=100.0 * end + 0.3 * place)
                await settle(pilot)
            assert text(pilot).count("Code: ") == 1
            assert shown(code)[: end + (end - 1) // 3] in text(pilot).splitlines()[-2]
        await press(pilot, "escape")
        assert "Code:" not in text(pilot)
        type_at(pilot, code, 0.3, start=2000.0)
        await settle(pilot)
        type_at(pilot, "\r", 0.3, start=2003.0)
        await settle(pilot)
        assert verdict(pilot).result.code == code
        assert "Code:" not in text(pilot)


async def test_what_is_typed_while_a_form_opens_stands_in_its_first_field(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        app_of(pilot).do("register")
        type_at(pilot, "0.75", 0.2)
        await settle(pilot)
        assert pilot.app.screen.query_one("#field-length Input", Input).value == "0.75"
        await press(pilot, "5")
        assert pilot.app.screen.query_one("#field-length Input", Input).value == "0.755"


@pytest.mark.parametrize("gap", [0.12, 0.05])
@pytest.mark.parametrize("step", ["\t", "\r"])
async def test_a_form_that_is_typed_into_before_it_is_there_is_filled_field_by_field(
    house: House, gap: float, step: str
) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        app_of(pilot).do("register")
        type_at(pilot, f"0.75{step}Fast", gap)
        await settle(pilot)
        assert isinstance(pilot.app.screen, Form)
        typed = [pilot.app.screen.query_one(f"#field-{key} Input", Input).value for key in ("length", "name")]
        assert typed == ["0.75", "Fast"]


async def test_a_burst_that_is_no_code_is_text_for_the_form_that_opens(house: House) -> None:
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        app_of(pilot).do("register")
        type_at(pilot, "0.75\t", 0.004)
        await settle(pilot)
        assert isinstance(pilot.app.screen, Form)
        assert pilot.app.screen.query_one("#field-length Input", Input).value == "0.75"


async def test_what_is_typed_while_a_question_opens_is_no_answer(house: House) -> None:
    code = house.roller("early")
    house.soak(code)
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        app_of(pilot).do("done", [code])
        type_at(pilot, "y", 0.2)
        await settle(pilot)
        assert isinstance(pilot.app.screen, ConfirmDialog)
    assert lists.overview(house.station).soaks


async def test_a_code_scanned_while_a_form_opens_is_a_scan_and_no_text(house: House) -> None:
    code = house.fresh("scanned")
    async with house.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        app_of(pilot).do("register")
        type_at(pilot, f"{code}\r", 0.25)
        await settle(pilot)
        assert verdict(pilot).result.code == code
        await press(pilot, "escape")
        assert pilot.app.screen.query_one("#field-length Input", Input).value == ""
