import random
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollertrack.scanner.key_buffer import (
    GAP,
    JITTER,
    LATE_END,
    TORN,
    UNHEARD_END,
    KeyBuffer,
    Outcome,
    ScanRead,
    Stroke,
    Typed,
    Waiting,
)

CODE = "RKDTLBNEB"
OTHER = "RBBDEFGHO"
BOX = "0109506000134352172812311012345A"
NAMES = {"\r": "enter", "\n": "ctrl+j", "\t": "tab", "\x1b": "escape", "\x80": "f9", "\x81": "left"}


def strokes(text: str, gap: float, start: float = 10.0) -> list[Stroke[str]]:
    return [
        Stroke(NAMES.get(char, char), char if char.isprintable() else None, start + place * gap, char)
        for place, char in enumerate(text)
    ]


def played(hold: KeyBuffer[str], keys: Iterable[Stroke[str]]) -> list[Outcome[str]]:
    return [outcome for key in keys for outcome in hold.press(key)]


def typed(outcomes: Iterable[Outcome[str]]) -> str:
    return "".join(outcome.event for outcome in outcomes if isinstance(outcome, Typed))


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\t"])
@pytest.mark.parametrize("gap", [0.0, 0.008, 0.03])
def test_a_scan_is_caught_with_its_end_and_nothing_is_typed(end: str, gap: float) -> None:
    assert played(KeyBuffer(), strokes(CODE + end, gap)) == [ScanRead(CODE, CODE, at_speed=True)]


def test_two_scans_in_one_burst_are_two() -> None:
    burst = strokes(f"{CODE}\r\n{OTHER.lower()}\r\n", 0.0)
    assert played(KeyBuffer(), burst) == [
        ScanRead(CODE, CODE, at_speed=True),
        ScanRead(OTHER.lower(), "RBBDEFGHO", at_speed=True),
    ]


@pytest.mark.parametrize(
    "scan", [f"D{CODE}", "D-RKD-TLB-NEB", f"HTTP://RT.LAN/R/D{CODE}", f"]Q1d{CODE.lower()}"]
)
@pytest.mark.parametrize("gap", [0.0, 0.008, 0.03])
def test_a_scan_of_a_marked_label_is_caught_whole(scan: str, gap: float) -> None:
    assert played(KeyBuffer(), strokes(f"{scan}\r", gap)) == [ScanRead(scan, CODE, at_speed=True)]


@pytest.mark.parametrize("scan", [f"D{CODE}", "D-RKD-TLB-NEB"])
def test_a_marked_code_typed_by_hand_is_typed_key_by_key(scan: str) -> None:
    hold: KeyBuffer[str] = KeyBuffer()
    for key in strokes(f"{scan}\r", 0.036):
        assert typed(played(hold, [key]) + hold.expire()) == key.event


@pytest.mark.parametrize("pause", [GAP + 0.001, JITTER, TORN])
def test_a_code_whose_first_letter_went_astray_is_not_sure_to_be_whole(pause: float) -> None:
    hold: KeyBuffer[str] = KeyBuffer()
    outcomes = played(hold, strokes("D", 0.0))
    outcomes += played(hold, strokes(f"{CODE}\r", 0.004, start=10.0 + pause))
    assert outcomes == [Typed("D"), ScanRead(CODE, CODE, at_speed=False)]


@pytest.mark.parametrize("before", ["D", "D\r", "word\r", f"{CODE}\r"])
def test_a_scan_long_after_a_letter_or_right_after_an_end_is_whole(before: str) -> None:
    hold: KeyBuffer[str] = KeyBuffer()
    played(hold, strokes(before, 0.001))
    start = 10.0 + len(before) * 0.001 + (0 if before.endswith("\r") else TORN + 0.1)
    assert played(hold, strokes(f"{CODE}\r", 0.004, start=start))[-1:] == [
        ScanRead(CODE, CODE, at_speed=True)
    ]


def test_a_hotkey_right_before_a_scan_takes_nothing_from_it() -> None:
    hold: KeyBuffer[str] = KeyBuffer()
    played(hold, strokes("x", 0.0))
    caught = played(hold, strokes(f"{CODE}\r", 0.004, start=10.2))
    assert caught == [ScanRead(CODE, CODE, at_speed=True)]


def test_a_scan_with_a_wrong_check_letter_is_told_and_not_typed() -> None:
    assert played(KeyBuffer(), strokes("RKDTLBNED\r", 0.002)) == [ScanRead("RKDTLBNED", None, at_speed=True)]


@pytest.mark.parametrize("gap", [0.036, 0.08, 0.2])
def test_a_code_typed_by_hand_is_typed_key_by_key(gap: float) -> None:
    hold: KeyBuffer[str] = KeyBuffer()
    for key in strokes(CODE + "\r", gap):
        before = typed(played(hold, [key]) + hold.expire())
        assert before == key.event


@pytest.mark.parametrize(
    "text", [f"{CODE[:8]}\r", f"x{CODE}\r", f"{CODE}x\r", "potholder\r", "rrrrrrrrrrrr\r"]
)
def test_a_burst_that_is_no_scan_is_typed_in_order(text: str) -> None:
    assert typed(played(KeyBuffer(), strokes(text, 0.001))) == text


def test_key_repeat_shows_as_it_comes_once_it_can_be_no_scan() -> None:
    hold: KeyBuffer[str] = KeyBuffer()
    shown = [len(typed(hold.press(key))) for key in strokes("r" * 60, 0.033)]
    assert sum(shown) == 60
    assert shown[11:] == [1] * 49


def test_a_late_key_of_a_jittery_scanner_is_waited_for_once_the_speed_is_sure() -> None:
    late = [0.0, 0.01, 0.01, 0.09, 0.01, 0.01, 0.01, 0.08, 0.01, 0.09]
    keys = strokes(CODE + "\r", 0.0)
    hold: KeyBuffer[str] = KeyBuffer()
    moments = [10.0 + sum(late[: place + 1]) for place in range(len(keys))]
    timed = [Stroke(key.key, key.character, at, key.event) for key, at in zip(keys, moments, strict=True)]
    assert played(hold, timed) == [ScanRead(CODE, CODE, at_speed=True)]


def test_half_a_scan_is_typed_when_the_other_half_is_too_late() -> None:
    hold: KeyBuffer[str] = KeyBuffer()
    first = played(hold, strokes(CODE[:5], 0.001))
    second = played(hold, strokes(CODE[5:] + "\r", 0.001, start=10.0 + JITTER + 0.01))
    assert typed(first + second) == CODE + "\r"


def test_a_line_feed_after_a_scan_belongs_to_it_but_a_later_enter_does_not() -> None:
    hold: KeyBuffer[str] = KeyBuffer()
    played(hold, strokes(CODE + "\r", 0.001))
    assert hold.press(Stroke("enter", None, 10.01 + LATE_END, "\r")) == [Typed("\r")]


@pytest.mark.parametrize(("late", "typed_keys"), [(0.0, ""), (-0.01, ""), (0.01, "\r")])
def test_the_end_of_a_box_that_silence_had_ended_is_nobodys_answer(late: float, typed_keys: str) -> None:
    """A form that asks for a look at the pack stands there by then, and Enter says that somebody looked."""
    hold: KeyBuffer[str] = KeyBuffer()
    keys = strokes(BOX, 0.01)
    played(hold, keys)
    assert hold.expire() == [ScanRead(BOX, None, at_speed=True)]
    end = Stroke("enter", None, keys[-1].time + UNHEARD_END + late - 0.001 * (not late), "\r")
    assert typed(hold.press(end, takes_text=True)) == typed_keys


def test_so_is_the_end_of_a_paste() -> None:
    hold: KeyBuffer[str] = KeyBuffer()
    hold.heard_whole(10.0)
    assert typed(hold.press(Stroke("enter", None, 10.0 + UNHEARD_END, "\r"))) == ""
    hold.heard_whole(20.0)
    assert typed(hold.press(Stroke("enter", None, 20.01 + UNHEARD_END, "\r"))) == "\r"


def test_an_enter_after_something_typed_is_delivered_even_right_after_a_scan() -> None:
    assert typed(played(KeyBuffer(), strokes(f"{CODE}\rx\r", 0.001))) == "x\r"


def test_an_arrow_lets_go_what_waited_before_it() -> None:
    assert typed(played(KeyBuffer(), strokes("RK\x81D", 0.001))) == "RK\x81"


def test_no_gap_holds_nothing_back() -> None:
    hold: KeyBuffer[str] = KeyBuffer(gap=0)
    assert typed(played(hold, strokes(CODE + "\r", 0.0))) == CODE + "\r"
    assert hold.wait is None


def test_after_the_prefix_key_a_scan_may_be_as_slow_as_it_likes() -> None:
    hold: KeyBuffer[str] = KeyBuffer()
    outcomes = played(hold, strokes(f"\x80{CODE}\r", 0.4))
    assert outcomes == [Waiting(True), ScanRead(CODE, CODE, at_speed=True), Waiting(False)]


def test_after_the_prefix_key_what_is_no_code_is_told_as_unreadable() -> None:
    outcomes = played(KeyBuffer(), strokes("\x80hello\t", 0.4))
    assert outcomes == [Waiting(True), ScanRead("hello", None, at_speed=True), Waiting(False)]


def test_silence_ends_a_scan_begun_with_the_prefix_key() -> None:
    hold: KeyBuffer[str] = KeyBuffer()
    played(hold, strokes(f"\x80{CODE}", 0.4))
    assert hold.wait == hold.prefix_wait
    assert hold.expire() == [ScanRead(CODE, CODE, at_speed=True), Waiting(False)]


def test_escape_takes_the_prefix_key_back() -> None:
    hold: KeyBuffer[str] = KeyBuffer()
    assert played(hold, strokes("\x80abc\x1b", 0.1)) == [Waiting(True), Waiting(False)]
    assert typed(played(hold, strokes("w", 0.1, start=20.0))) == "w"


def test_the_prefix_key_lets_go_what_waited_before_it() -> None:
    outcomes = played(KeyBuffer(), strokes(f"R\x80{CODE}\r", 0.01))
    assert outcomes == [
        Typed("R", is_burst=True),
        Waiting(True),
        ScanRead(CODE, CODE, at_speed=True),
        Waiting(False),
    ]


keys_and_gaps = st.lists(
    st.tuples(st.sampled_from("RKDTLBNEBSrkd x-]HTPhtp/1\r\n\t\x81"), st.floats(0, 0.2)), max_size=60
)


@given(keys_and_gaps)
def test_no_key_of_a_hand_is_lost_or_reordered(keys: list[tuple[str, float]]) -> None:
    hold: KeyBuffer[str] = KeyBuffer()
    at, outcomes = 0.0, []
    for char, gap in keys:
        at += gap
        outcomes += hold.press(Stroke(NAMES.get(char, char), char if char.isprintable() else None, at, char))
    outcomes += hold.expire()
    text = "".join(char for char, _ in keys)
    whole = "".join(f"{o.text}\r" if isinstance(o, ScanRead) else typed([o]) for o in outcomes)
    if not any(isinstance(outcome, ScanRead) for outcome in outcomes):
        assert whole == text
    # The ends that belong to a scan are all that may be missing.
    assert [char for char in whole if char not in "\r\n\t"] == [char for char in text if char not in "\r\n\t"]


@given(st.integers(), st.floats(0, GAP * 0.99))
def test_a_burst_of_scans_and_words_comes_out_as_it_went_in(seed: int, gap: float) -> None:
    chance = random.Random(seed)
    parts = [chance.choice([CODE, OTHER, "word", "potholder"]) for _ in range(8)]
    outcomes = played(KeyBuffer(), strokes("".join(part + "\r" for part in parts), gap))
    told = "".join(f"{o.code}\r" if isinstance(o, ScanRead) else typed([o]) for o in outcomes)
    assert told == "".join(part + "\r" for part in parts)


@pytest.mark.parametrize("gap", [0.0, GAP, 0.15])
def test_a_space_held_down_is_a_hand_and_counts_each_time(gap: float) -> None:
    """Choosing many rollers in a row is no scan; a code that follows at once still is one."""
    hold: KeyBuffer[str] = KeyBuffer()
    told = [o for key in strokes(" " * 20, gap) for o in hold.press(key, takes_text=False)] + hold.expire()
    assert told == [Typed(" ")] * 20
    later = strokes(CODE + "\r", 0.0, start=20.0)
    scan = [o for key in later for o in hold.press(key, takes_text=False)]
    assert scan == [ScanRead(CODE, CODE, at_speed=True)]


def test_a_space_inside_what_a_scanner_types_chooses_nothing() -> None:
    hold: KeyBuffer[str] = KeyBuffer()
    keys = strokes("RKD TLB  NEB\r", 0.0)
    told = [o for key in keys for o in hold.press(key, takes_text=False)]
    assert not any(isinstance(each, Typed) and not each.is_burst for each in told)
