"""What comes as fast as a scanner types is a scan or text, and never a command."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import events

from rollertrack.scanner import makers_barcodes
from rollertrack.scanner.key_buffer import (
    BYSTANDERS,
    GAP,
    MOST_HELD,
    MOST_TYPED,
    TORN,
    KeyBuffer,
    Outcome,
    ScanRead,
    Stroke,
    TooMuch,
    Typed,
    is_step,
)
from rollertrack.tui.scanning.scan_input import _character
from rollertrack.tui.terminal_door import TORN as TORN_SEQUENCE
from rollertrack.tui.textual_private import TerminalReader

CODE = "RKDTLBNEB"
PLACES = [True, False]
BOXES = [
    "]d20104012345678901172712311012345A\x1d21SERIAL",
    "0104012345678901172712311012345A\x1d21SERIAL",
    "(01)04012345678901(17)271231(10)B7",
    "4006381333931",
    "036000291452",
    "+A123BJC5D6E71G",
    "+$$3271231LOT7G",
    "]C10104012345678901",
]


def strokes(data: bytes, gap: float, start: float = 10.0) -> list[Stroke[str]]:
    """The keys of some bytes, as the program reads them, so many seconds apart."""
    moments = [start]
    reader = TerminalReader(clock=lambda: moments[-1])
    found = list(reader.feed(data))
    moments.append(start + TORN_SEQUENCE)
    found += reader.expire()
    keys = [event for event in found if isinstance(event, events.Key)]
    return [
        Stroke(event.key, _character(event), start + place * gap, event.key)
        for place, event in enumerate(keys)
    ]


def played(keys: list[Stroke[str]], *, takes_text: bool) -> list[Outcome[str]]:
    hold: KeyBuffer[str] = KeyBuffer()
    outcomes = [outcome for key in keys for outcome in hold.press(key, takes_text=takes_text)]
    return outcomes + hold.expire()


def scanned(text: str, gap: float = 0.004, *, takes_text: bool = False) -> list[Outcome[str]]:
    return played(strokes(text.encode(), gap), takes_text=takes_text)


def commands(outcomes: list[Outcome[str]]) -> list[str]:
    """The keys that may do a deed where nothing takes text."""
    let_go = [each for each in outcomes if isinstance(each, Typed)]
    return [each.event for each in let_go if not each.is_burst and not is_step(each.event)]


@example(b"\x00 ", 0.0)
@given(
    st.one_of(st.binary(min_size=2, max_size=60), st.text(min_size=2, max_size=60).map(str.encode)),
    st.floats(0, GAP * 0.95),
)
def test_no_bytes_at_the_speed_of_a_scanner_are_a_command(data: bytes, gap: float) -> None:
    keys = strokes(data, gap)
    told = [key for key in keys if not is_step(key.key) and key.key not in BYSTANDERS]
    outcomes = played(keys, takes_text=False)
    if len(told) > 1 and "f9" not in {key.key for key in told}:
        assert commands(outcomes) == []


@given(
    st.lists(st.sampled_from(["\x13", "\x04", "\x1b[18~", "\x1b[19~", "\x1b[27u", "\r", "\t", "ca", "x", "7",
                              "]", CODE, "\x1b[115;5u", "\x1bc", "\x00", "\x1d"]), min_size=2, max_size=12),
    st.floats(0, GAP * 0.95),
)  # fmt: skip
def test_nor_where_text_is_typed_but_for_the_first_end(pieces: list[str], gap: float) -> None:
    """An Enter or Tab that nothing came before cannot be told from a hand's."""
    keys = strokes("".join(pieces).encode(), gap)
    acting = {each.event for each in played(keys, takes_text=True)
              if isinstance(each, Typed) and not each.is_burst and len(each.event) > 1}  # fmt: skip
    assert acting <= {keys[0].key} & {"enter", "tab"} or len(keys) == 1


@pytest.mark.parametrize("takes_text", PLACES)
@pytest.mark.parametrize("text", [CODE, CODE.lower(), "RKD-TLB-NEB", f"D{CODE}", f"HTTP://RT.LAN:8080/R/{CODE}",
                                  f"]Q1{CODE}"])  # fmt: skip
@pytest.mark.parametrize(
    "form",
    ["{0}\r", "\x02{0}\x03\r", "{0}\x00\r", "{0}\x1d\r", "{0}\x03\r", "{0}\x04\r", "{0}\xa0\r", "{0}\x1b\r",
     "\x01{0}\x17\n", "\x04{0}\t", "{0}\x1b[19~\r", "\x1c{0}\x1e\x1f\r\n", "\x1b]11;rgb:1/2/3\x07{0}\r",
     "{0}\x1b[?62;4c\r"],
)  # fmt: skip
def test_control_bytes_and_answers_around_a_code_belong_to_its_scan(
    form: str, text: str, takes_text: bool
) -> None:
    assert scanned(form.format(text), takes_text=takes_text) == [ScanRead(text, CODE, at_speed=True)]


def kitty(text: str, shift: str, caps: bool = False, more: str = "") -> str:
    """The letters of a text as a terminal with the keyboard protocol sends them from a scanner with Shift."""
    keys = "\x1b[57358u" if caps else ""
    for char in text:
        pressed = shift if char.isupper() else ""
        keys += pressed + f"\x1b[{ord(char.lower())};{2 if pressed else 1}{more};{ord(char)}u"
    return keys + "\x1b[13u"


@pytest.mark.parametrize("takes_text", PLACES)
@pytest.mark.parametrize("text", [CODE, f"HTTP://RT.LAN/R/{CODE}", "RKD-TLB-NEB"])
@pytest.mark.parametrize(
    "shift", ["\x1b[57441;2u", "\x1b[57441u", "\x1b[57447;2u", "\x1b[57447u", "\x1b[57441;130u",
              "\x1b[57441;2:1u", "\x1b[57453u"]
)  # fmt: skip
@pytest.mark.parametrize("more", ["", ":1"])
@pytest.mark.parametrize("gap", [0.0, 0.008, 0.015])
def test_shift_as_a_key_of_its_own_changes_nothing(
    gap: float, more: str, shift: str, text: str, takes_text: bool
) -> None:
    keys = strokes(kitty(text, shift, more=more).encode(), gap)
    assert played(keys, takes_text=takes_text) == [ScanRead(text, CODE, at_speed=True)]


@pytest.mark.parametrize("takes_text", PLACES)
def test_a_scanner_that_presses_caps_lock_is_read(takes_text: bool) -> None:
    without_text = "".join(f"\x1b[{ord(char.lower())};65u" for char in CODE)
    for keys in (kitty(CODE, "", caps=True), f"\x1b[57358u{without_text}\x1b[13;65u\x1b[57358;65u"):
        assert scanned(keys, takes_text=takes_text) == [ScanRead(CODE, CODE, at_speed=True)]


@pytest.mark.parametrize("name", sorted(BYSTANDERS))
@pytest.mark.parametrize("takes_text", PLACES)
def test_the_hold_itself_lets_modifiers_and_locks_pass_by(takes_text: bool, name: str) -> None:
    plain = strokes(f"{CODE}\r".encode(), 0.01)
    beside = [each for key in plain for each in (Stroke(name, "A", key.time - 0.001, name), key)]
    assert played(beside, takes_text=takes_text) == [ScanRead(CODE, CODE, at_speed=True)]


@pytest.mark.parametrize("takes_text", PLACES)
@pytest.mark.parametrize("end", ["\r", "\t", "\n", ""])
@pytest.mark.parametrize("box", BOXES)
def test_a_makers_barcode_is_held_to_its_end_and_told_whole(box: str, end: str, takes_text: bool) -> None:
    assert scanned(box + end, takes_text=takes_text) == [ScanRead(box, None, at_speed=True)]


@pytest.mark.parametrize("takes_text", PLACES)
@pytest.mark.parametrize("separator", ["\x1d", "\x1b[93;5u", "\x1b[19~", "\x1b0\x1b2\x1b9",
                                       "\x1b[57443;3u\x1b[57399;3u\x1b[57401;3u\x1b[57408;3u"])  # fmt: skip
def test_each_way_to_type_the_separator_is_the_separator(separator: str, takes_text: bool) -> None:
    box = f"0104012345678901172712311012345A{separator}21SERIAL\r"
    caught = ScanRead(BOXES[1], None, at_speed=True)
    assert scanned(box, takes_text=takes_text) == [caught]


@pytest.mark.parametrize(
    "text",
    ["0.7", "2026-12", "20261231", "70", "(see lid)", "+49 30 1234", "4006381333930", "0" * 20],
)
def test_figures_that_came_at_once_are_typed_into_a_field(text: str) -> None:
    outcomes = scanned(text, takes_text=True)
    names = {"full_stop": ".", "minus": "-", "space": " ", "plus": "+", "left_parenthesis": "(",
             "right_parenthesis": ")"}  # fmt: skip
    typed = [names.get(each.event, each.event) for each in outcomes if isinstance(each, Typed)]
    assert "".join(typed) == text


def test_a_finger_that_rests_on_a_digit_in_a_field_shows_it() -> None:
    hold: KeyBuffer[str] = KeyBuffer()
    shown = [len(hold.press(key)) for key in strokes(b"0" * 40, 0.033)]
    assert sum(shown) == 40
    assert shown[5:] == [1] * 35


@pytest.mark.parametrize("gap", [0.0, 0.02, GAP - 0.001])
def test_a_letter_right_after_another_or_after_escape_is_no_hotkey(gap: float) -> None:
    for text in ("ca", "care@skin.example", "\x1b[27uc", "c\x1b[27u", "cc", "cx\r"):
        assert commands(scanned(text, gap)) == []


def test_a_letter_by_itself_is_one() -> None:
    assert commands(scanned("c")) == ["c"]
    assert commands(scanned("ca", GAP + 0.001)) == ["c", "a"]
    assert commands(scanned("\r")) == ["enter"]
    assert commands(scanned("\x04")) == ["ctrl+d"]


def test_the_torn_end_of_a_burst_is_no_hotkey() -> None:
    hold: KeyBuffer[str] = KeyBuffer()
    burst, rest = strokes(b"are@skin.example/", 0.001), strokes(b"c", 0.0, start=10.4)
    outcomes = [each for key in burst + rest for each in hold.press(key, takes_text=False)] + hold.expire()
    assert commands(outcomes) == []
    (later,) = strokes(b"c", 0.0, start=10.4 + TORN + 0.1)
    assert commands(hold.press(later, takes_text=False) + hold.expire()) == ["c"]


def test_an_arrow_that_repeats_is_an_arrow() -> None:
    outcomes = scanned("\x1b[B" * 20, 0.02)
    assert outcomes == [Typed("down")] * 20
    assert commands(scanned("\x1b[B" * 20 + "a", 0.02)) == ["a"]


@pytest.mark.parametrize("takes_text", PLACES)
def test_a_flood_is_cut_at_the_door(takes_text: bool) -> None:
    outcomes = scanned("x" * 10_000, 0.0001, takes_text=takes_text)
    assert outcomes.count(TooMuch()) == takes_text
    let_go = [each for each in outcomes if isinstance(each, Typed)]
    assert len(let_go) == (MOST_TYPED if takes_text else MOST_HELD)
    assert commands(scanned("x" * 10_000 + "\r", 0.0001)) == []


@pytest.mark.parametrize("takes_text", PLACES)
@pytest.mark.parametrize(
    "text",
    [
        "КЛВЕДИТУИ",
        "клведитуи",
        "РЕЕЗЖ..КЕ.ДФТ.К.КЛВЕДИТУИ",
        "ΡΚΔΤΛΒΝΕΒ",
        "רלגאךנמקנ",
        "강시ㅠㅜ듀ㅠㅜ",
        "رنيفمﻻىثﻻى",
    ],
)
def test_a_label_on_a_keyboard_of_another_script_is_no_text(text: str, takes_text: bool) -> None:
    outcomes = scanned(text + "\r", takes_text=takes_text)
    if takes_text:
        assert outcomes == [ScanRead(text, None, at_speed=True)]
    else:
        assert commands(outcomes) == []


def test_a_word_of_another_script_typed_by_hand_is_typed() -> None:
    outcomes = scanned("процедура\r", 0.08, takes_text=True)
    assert [each.event for each in outcomes if isinstance(each, Typed)] == [*"процедура", "enter"]
    assert not any(isinstance(each, ScanRead) for each in scanned("две недели\r", takes_text=True))


@pytest.mark.parametrize("takes_text", PLACES)
@pytest.mark.parametrize("text", [CODE, CODE.lower(), "RKD-TLB-NEB", f"HTTP://RT.LAN/R/{CODE}"])
def test_full_width_is_read(text: str, takes_text: bool) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in text)
    assert scanned(wide + "\r", takes_text=takes_text) == [ScanRead(wide, CODE, at_speed=True)]


FOREIGN = ["]Q1HTTP://EXAMPLE.ORG", "WAREHOUSE/17", "12", "+49"]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [*((box, True) for box in (*BOXES, "]Q14006381333931", "123456")), *((text, False) for text in FOREIGN)],
)
def test_what_is_told_as_a_makers_barcode(text: str, is_one: bool) -> None:
    assert makers_barcodes.is_box(text) is is_one


@pytest.mark.parametrize("number", ["4006381333931", "036000291452", "04012345678901"])
def test_the_check_digit_of_an_article_number(number: str) -> None:
    assert makers_barcodes.has_check_digit(number)
    for place, digit in enumerate(number):
        wrong = number[:place] + str((int(digit) + 1) % 10) + number[place + 1 :]
        assert not makers_barcodes.has_check_digit(wrong)
