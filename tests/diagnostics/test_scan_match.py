"""What became of the test code: told for every layout, every case, every character lost or doubled."""

import pytest
from harness.keyboard_layouts import LAYOUTS as TYPED_BY_HAND
from harness.keyboard_layouts import typed
from hypothesis import given, settings
from hypothesis import strategies as st

from rollertrack.diagnostics.scan_match import match
from rollertrack.domain import code
from rollertrack.domain.cards import Action
from rollertrack.domain.code import TEST_CODE, TEST_PAYLOAD, Kind
from rollertrack.scanner.grammar import script_of
from rollertrack.scanner.keyboards import ENGLISH, LAYOUTS, Case, retyped

NAMES = {"us": ENGLISH, "de": "German", "fr": "French", "it": "Italian", "cz": "Czech", "tr": "Turkish Q"}
CYRILLIC = dict(zip("qwertyuiopasdfghjkl;zxcvbnm/.", "йцукенгшщзфывапролджячсмитьэю", strict=True))

places = st.integers(0, len(TEST_PAYLOAD) - 1)
layouts = st.sampled_from(LAYOUTS)


def cyrillic(text: str) -> str:
    small = {char: CYRILLIC.get(char.lower(), char) for char in text}
    return "".join(small[char].upper() if char.isupper() else small[char] for char in text)


def test_the_test_code_is_valid_and_no_card() -> None:
    assert code.is_code(TEST_CODE)
    assert code.kind_of(TEST_CODE) is Kind.CARD
    assert TEST_CODE not in {action.code for action in Action}


def test_the_payload_holds_what_layouts_change() -> None:
    assert set("0123456789:/.-AZQWYM") <= set(TEST_PAYLOAD)
    assert "e" in TEST_PAYLOAD
    assert "E" in TEST_PAYLOAD


@pytest.mark.parametrize("layout", TYPED_BY_HAND)
@pytest.mark.parametrize("caps_lock", [False, True])
def test_the_table_agrees_with_one_typed_by_hand(layout: str, caps_lock: bool) -> None:
    french_row = Case.SHIFT_LOCK if layout == "fr" else Case.CAPS_LOCK
    case = french_row if caps_lock else Case.KEPT
    assert retyped(TEST_PAYLOAD, ENGLISH, NAMES[layout], case) == typed(
        TEST_PAYLOAD, layout, caps_lock=caps_lock
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_has_every_key_twice(layout: str) -> None:
    keys = "".join(retyped(char, ENGLISH, layout) for char in "qwertyuiopasdfghjklzxcvbnm1234567890")
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("scanner", LAYOUTS)
def test_every_pair_of_layouts_is_explained(scanner: str) -> None:
    for computer in LAYOUTS:
        arrived = retyped(TEST_PAYLOAD, scanner, computer)
        if len(arrived) < len(TEST_PAYLOAD):  # a dead key: a character seems lost
            continue
        found = match(arrived)
        assert found is not None
        assert found.is_whole
        assert found.case is Case.KEPT
        assert found.scanner is not None
        for each in found.computers:
            assert retyped(TEST_PAYLOAD, found.scanner, each) == arrived


@pytest.mark.parametrize("computer", LAYOUTS)
@pytest.mark.parametrize("case", Case)
def test_an_english_scanner_is_told_from_every_layout_and_case(computer: str, case: Case) -> None:
    found = match(retyped(TEST_PAYLOAD, ENGLISH, computer, case))
    assert found is not None
    assert found.scanner == ENGLISH
    assert computer in found.computers
    same_row = retyped(TEST_PAYLOAD, ENGLISH, computer, Case.CAPS_LOCK) == retyped(
        TEST_PAYLOAD, ENGLISH, computer, Case.SHIFT_LOCK
    )
    assert found.case is (Case.CAPS_LOCK if case is Case.SHIFT_LOCK and same_row else case)


@given(places, st.sampled_from((ENGLISH, "German", "Italian", "Turkish Q")))
@settings(max_examples=60, deadline=None)
def test_a_lost_character_is_named(place: int, computer: str) -> None:
    whole = retyped(TEST_PAYLOAD, ENGLISH, computer)
    found = match(whole[:place] + whole[place + 1 :])
    assert found is not None
    assert (found.lost, found.extra) == (whole[place], "")
    assert computer in found.computers


@given(places, layouts)
@settings(max_examples=60, deadline=None)
def test_a_doubled_character_is_named(place: int, computer: str) -> None:
    whole = retyped(TEST_PAYLOAD, ENGLISH, computer)
    place = min(place, len(whole) - 1)
    found = match(whole[:place] + whole[place] + whole[place:])
    assert found is not None
    assert whole[place] in (found.extra, found.before, found.after)
    assert found.lost == ""


@given(layouts, st.sampled_from(("]Q1", "\x02", "~", "7")), st.sampled_from(("", "\x03", "#")))
@settings(max_examples=60, deadline=None)
def test_what_stands_around_it_is_told_apart(computer: str, before: str, after: str) -> None:
    found = match(before + retyped(TEST_PAYLOAD, ENGLISH, computer) + after)
    assert found is not None
    assert (found.before, found.after) == (before, after)
    assert found.is_whole


def test_a_layout_of_another_script_is_a_cipher() -> None:
    found = match(cyrillic(TEST_PAYLOAD))
    assert found is not None
    assert found.scanner is None
    assert found.changed["T"] == "Е"
    assert found.is_whole
    assert script_of("".join(found.changed.values())) == "Cyrillic"


def test_keys_that_give_two_characters_leave_at_least_the_script() -> None:
    found = match(cyrillic(TEST_PAYLOAD).replace("Е", "ЕЁ"))
    assert found is not None
    assert found.scanner is None


@given(st.text(st.characters(codec="ascii"), max_size=80))
@settings(max_examples=60, deadline=None)
def test_anything_else_is_not_the_test_code(text: str) -> None:
    assert match(text) is None


@pytest.mark.parametrize(
    "text", ["RKDTLBNEB", "HTTP://192.168.1.20:8765/R/RKDTLBNEB", "x" * 60, "", TEST_CODE]
)
def test_another_symbol_is_not_the_test_code(text: str) -> None:
    assert match(text) is None
