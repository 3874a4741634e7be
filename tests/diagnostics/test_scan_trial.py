"""The report on a scan, with the terminal UI's own rules as the judge of what is understood."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rollertrack.cli.key_reader import keys_of
from rollertrack.diagnostics.health import Health
from rollertrack.diagnostics.scan_report import ScanReport, hear, report
from rollertrack.domain import code
from rollertrack.domain.code import TEST_CODE, TEST_PAYLOAD
from rollertrack.errors import BadCode, BadInput
from rollertrack.scanner.key_buffer import GAP
from rollertrack.scanner.keyboards import ENGLISH, LAYOUTS, Case, retyped

layouts = st.sampled_from(LAYOUTS)
ends = st.sampled_from(("\r", "\n", "\t", "\r\n"))


def scanned(text: str, gap: float | None = 0.008) -> ScanReport:
    """The report on characters that came so many seconds apart."""
    times = [place * gap for place in range(len(text))] if gap is not None else None
    return report(list(keys_of(text, times)), hear)


def said(found: ScanReport, subject: str) -> str:
    return " ".join(check.line for check in found.checks if check.subject == subject)


def verdict(found: ScanReport) -> tuple[Health, str]:
    last = found.checks[-1]
    assert last.subject == "verdict"
    return last.health, f"{last.said} {last.advice}"


@given(layouts, st.sampled_from(Case), ends)
@settings(max_examples=60, deadline=None)
def test_a_scan_whose_code_is_whole_is_understood_on_every_layout(
    computer: str, case: Case, end: str
) -> None:
    text = retyped(TEST_PAYLOAD, ENGLISH, computer, case)
    found = scanned(text + end)
    try:
        is_whole = code.find(text) == TEST_CODE
    except BadCode:
        is_whole = False
    if found.understood:
        assert is_whole
        assert verdict(found)[0] is Health.GOOD
    elif is_whole:
        # Letters stand where `:` or `/` stood, so the link has lost its shape; the code itself has not.
        assert verdict(found)[0] is Health.DOUBT
    else:
        assert verdict(found)[0] is Health.BAD


@pytest.mark.parametrize(
    "computer", [name for name in LAYOUTS if name not in {"Dvorak", "Colemak", "Turkish F"}]
)
def test_the_sixteen_letters_pass_through_common_layouts(computer: str) -> None:
    found = scanned(retyped(TEST_PAYLOAD, ENGLISH, computer) + "\r")
    assert "cannot read" not in verdict(found)[1]
    assert ("alike" in said(found, "layout")) is (computer == ENGLISH)


def test_a_good_scanner() -> None:
    found = scanned(TEST_PAYLOAD + "\r")
    assert found.understood
    assert found.ends_with == "Enter"
    assert found.speed is not None
    assert [round(each) for each in found.speed] == [8, 8, 8]
    assert [check.health for check in found.checks] == [Health.GOOD] * 5


@pytest.mark.parametrize(
    ("end", "told"), [("\r", "Enter"), ("\n", "Ctrl+J"), ("\t", "Tab"), ("\r\n", "Enter and a line feed")]
)
def test_every_usual_end_is_named_and_understood(end: str, told: str) -> None:
    found = scanned(TEST_PAYLOAD + end)
    assert told in said(found, "end")
    assert found.understood


def test_no_end_at_all() -> None:
    found = scanned(TEST_PAYLOAD)
    assert verdict(found) == (
        Health.BAD, "RollerTrack waits for the end of the scan. Set the scanner's suffix to Enter (CR).",
    )  # fmt: skip


def test_an_end_that_is_none() -> None:
    assert "1B" in said(scanned(TEST_PAYLOAD + "\x1b"), "end")


@given(st.floats(GAP + 0.002, 0.9))
@settings(max_examples=60, deadline=None)
def test_a_slow_scanner_is_told_to_send_f9_first(gap: float) -> None:
    found = scanned(TEST_PAYLOAD + "\r", gap)
    assert not found.understood
    assert "F9" in verdict(found)[1]
    assert "only on lists" in verdict(found)[1]
    assert scanned("\x1b[20~" + TEST_PAYLOAD + "\r", gap).understood


def test_without_times_nothing_is_held_against_the_scanner() -> None:
    found = scanned(TEST_PAYLOAD + "\r", None)
    assert found.speed is None
    assert "not measured" in said(found, "speed")
    assert found.understood


def test_caps_lock() -> None:
    found = scanned(TEST_PAYLOAD.swapcase() + "\r")
    assert "on;" in said(found, "caps lock")
    assert found.understood


def test_a_symbol_name_is_no_fault_and_a_prefix_is() -> None:
    named = scanned("]Q1" + TEST_PAYLOAD + "\r")
    assert named.understood
    assert "the name of the symbol" in said(named, "prefix")
    other = scanned("A9" + TEST_PAYLOAD + "\r")
    assert verdict(other) == (
        Health.BAD,
        "more than the code comes. Switch the scanner's prefix off and set its suffix to Enter (CR).",
    )


def test_characters_that_follow() -> None:
    found = scanned(TEST_PAYLOAD + "##\r")
    assert not found.understood
    assert "“##” follows the code" in said(found, "end")


@given(st.integers(len(TEST_PAYLOAD) - 9, len(TEST_PAYLOAD) - 1))
@settings(max_examples=60, deadline=None)
def test_a_code_that_lost_a_letter_is_never_understood(place: int) -> None:
    found = scanned(TEST_PAYLOAD[:place] + TEST_PAYLOAD[place + 1 :] + "\r")
    assert not found.understood
    assert "was lost on the way" in said(found, "characters")
    assert "pause" in verdict(found)[1]


def test_another_script() -> None:
    greek = dict(zip("HTPSRXAMLEZYQWCIVK", "ΗΤΠΣΡΧΑΜΛΕΖΥΫΩΨΙΞΚ", strict=True))
    found = scanned("".join(greek.get(char, char) for char in TEST_PAYLOAD) + "\r")
    assert "Greek letters" in said(found, "layout")
    assert verdict(found)[0] is Health.BAD


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("RKDTLBNEB\r", "that was RKD-TLB-NEB"),
        ("hello\r", "“hello” is not the test code"),
        ("\x1b[A\r", "nothing came"),
        ("\r", "nothing came"),
        ("", "nothing came"),
    ],
)
def test_something_else_is_named(text: str, told: str) -> None:
    with pytest.raises(BadInput, match=r"^scan: ") as caught:
        scanned(text)
    assert told in caught.value.message


@given(st.text(max_size=len(TEST_PAYLOAD) - 1))
@settings(max_examples=60, deadline=None)
def test_no_input_breaks_the_report(text: str) -> None:
    with pytest.raises(BadInput):
        scanned(text)


@given(st.text(max_size=3), st.integers(0, len(TEST_PAYLOAD)), layouts, ends)
@settings(max_examples=60, deadline=None)
def test_no_damage_breaks_the_report(more: str, place: int, computer: str, end: str) -> None:
    text = retyped(TEST_PAYLOAD, ENGLISH, computer)
    found = scanned(text[:place] + more + text[place:] + end)
    assert found.checks
    if found.understood:
        assert verdict(found)[0] is Health.GOOD


def test_the_layouts_are_named_and_what_they_turn() -> None:
    found = scanned(retyped(TEST_PAYLOAD, ENGLISH, "Italian") + "\r")
    assert said(found, "layout") == (
        "! layout: the scanner types as an English keyboard, the computer reads an Italian one:"
        " : arrives as ç, / arrives as -, - arrives as '."
        " RollerTrack's codes pass through unchanged; other programs may need both to be the same."
    )
    other = scanned(retyped(TEST_PAYLOAD, "German", ENGLISH) + "\r")
    assert "as a German keyboard, the computer reads an English one" in said(other, "layout")
