"""Text from outside is cleaned once, numbers are read strictly, durations read the same everywhere."""

import unicodedata
from collections.abc import Callable
from decimal import Decimal

import pytest
from harness.histories import DAY, HOUR, MINUTE, SECOND
from hypothesis import given
from hypothesis import strategies as st

from rollertrack.domain.guide import INSPECTION_QUESTIONS, REMINDER, inspection_question
from rollertrack.domain.quantities import contact_time, countdown, dose, millimetres, plural, short, spoken
from rollertrack.domain.text import (
    NAME_LIMIT,
    NOTE_LIMIT,
    clean_line,
    needle_length,
    required_line,
    strength,
    whole_number,
)
from rollertrack.errors import BadInput

# Text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("evening", "evening"),
        ("  evening roller \n", "evening roller"),
        ("", ""),
        ("   ", ""),
        ("a\u00a0b\u2009c\u3000d", "a b c d"),
        ("e\u0301te\u0301", "été"),
        ("[bold]no markup[/bold]", "[bold]no markup[/bold]"),
        ("顔用ローラー", "顔用ローラー"),
        ("שלום", "שלום"),
        ("70 % · ½ “x” – №", "70 % · ½ “x” – №"),
        ("🙂", "🙂"),
    ],
)
def test_a_line_is_trimmed_and_kept_as_it_is(text: str, clean: str) -> None:
    assert clean_line("name", text) == clean


INVISIBLE = {
    "escape": "\x1b", "null": "\x00", "bell": "\a", "delete": "\x7f", "C1 CSI": "\x9b", "line feed": "\n",
    "carriage return": "\r", "tab": "\t", "group separator": "\x1d", "next line": "\x85",
    "line separator": "\u2028", "paragraph separator": "\u2029", "soft hyphen": "\xad",
    "left-to-right mark": "\u200e", "right-to-left mark": "\u200f", "Arabic letter mark": "\u061c",
    "right-to-left override": "\u202e", "right-to-left embedding": "\u202b", "pop": "\u202c",
    "right-to-left isolate": "\u2067", "pop isolate": "\u2069", "zero-width space": "\u200b",
    "zero-width non-joiner": "\u200c", "zero-width joiner": "\u200d", "word joiner": "\u2060",
    "byte order mark": "\ufeff", "combining grapheme joiner": "\u034f", "Hangul filler": "\u3164",
    "half-width Hangul filler": "\uffa0", "Hangul choseong filler": "\u115f", "Khmer vowel": "\u17b4",
    "Mongolian selector": "\u180b", "variation selector": "\ufe0f", "variation selector 17": "\U000e0100",
    "tag": "\U000e0041", "surrogate": "\ud800", "private use": "\ue000", "not a character": "\uffff",
}  # fmt: skip


@pytest.mark.parametrize("char", INVISIBLE.values(), ids=INVISIBLE)
def test_invisible_characters_are_refused_by_number(char: str) -> None:
    with pytest.raises(BadInput) as caught:
        clean_line("label", f"a{char}b")
    assert caught.value.field == "label"
    assert f"U+{ord(char):04X}" in caught.value.message
    assert caught.value.message.isprintable()


@given(st.text(max_size=120))
def test_what_passes_is_one_short_printable_line_and_stays_as_it_is(text: str) -> None:
    try:
        clean = clean_line("note", text)
    except BadInput as error:
        assert error.message.isprintable()
        return
    assert clean.isprintable()
    assert clean == clean.strip() == unicodedata.normalize("NFC", clean) == clean_line("note", clean)
    assert len(clean) <= NAME_LIMIT


@pytest.mark.parametrize("limit", [NAME_LIMIT, NOTE_LIMIT])
def test_a_line_may_be_as_long_as_the_limit(limit: int) -> None:
    assert clean_line("x", "y" * limit, limit) == "y" * limit
    assert clean_line("x", " " + "y" * limit + " ", limit) == "y" * limit
    with pytest.raises(BadInput, match=rf"x: has {limit + 1:,} characters; at most {limit:,} fit"):
        clean_line("x", "y" * (limit + 1), limit)


def test_the_limits_are_those_of_the_design() -> None:
    assert (NAME_LIMIT, NOTE_LIMIT) == (80, 2_000)


@pytest.mark.parametrize("text", ["", " ", "\n", "\u3000"])
def test_a_line_that_must_be_there_is_not_empty(text: str) -> None:
    with pytest.raises(BadInput, match="reason: is empty"):
        required_line("reason", text)
    assert required_line("reason", " bent ") == "bent"


# Numbers


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("0.05", "0.05"), ("5.00", "5.00"), ("5", "5.00"), ("0.5", "0.50"), ("0,5", "0.50"), (".5", "0.50"),
        ("1.", "1.00"), (" 0.25 mm ", "0.25"), ("0.25MM", "0.25"), ("0.500", "0.50"), ("01.5", "1.50"),
    ],
)  # fmt: skip
def test_a_needle_length_is_read(text: str, length: str) -> None:
    read = needle_length(text)
    assert (read, str(read)) == (Decimal(length), length)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("0", "out of range"), ("-1", "out of range"), ("99", "out of range"), ("0.04", "out of range"),
        ("5.01", "out of range"), ("0.049", "out of range"), ("5.001", "out of range"),
        ("-0.5", "out of range"), ("0.255", "too fine"), ("0.0501", "too fine"),
        ("", "not a number"), ("mm", "not a number"), (".", "not a number"), ("half", "not a number"),
        ("0.5.0", "not a number"), ("1,5.0", "not a number"), ("5e-1", "not a number"),
        ("nan", "not a number"), ("inf", "not a number"), ("0x1", "not a number"), ("1_0", "not a number"),
        ("½", "not a number"),
        ("０.５", "not a number"), ("٠.٥", "not a number"), ("0. 5", "not a number"), ("--1", "not a number"),
        ("+0.5", "not a number"), ("1" * 500, "not a number"), ("0.5\x1b[2J", "not a number"),
    ],
)  # fmt: skip
def test_a_bad_needle_length_says_what_would_be_right(text: str, why: str) -> None:
    with pytest.raises(BadInput) as caught:
        needle_length(text)
    assert caught.value.message.startswith("length: ")
    assert why in caught.value.message
    assert "0.05 to 5.00 mm" in caught.value.message
    assert caught.value.message.isprintable()
    assert len(caught.value.message) < 160


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("70", "70"), ("70%", "70"), ("70 %", "70"), ("70.0", "70"), ("0,55", "0.55"), ("100", "100"),
        ("0.01", "0.01"), ("62.50", "62.5"),
    ],
)  # fmt: skip
def test_a_strength_is_read(text: str, percent: str) -> None:
    assert str(strength(text)) == percent


@pytest.mark.parametrize("text", ["0", "-70", "100.01", "0.001", "", "%", "strong", "70%%", "1e2", "nan"])
def test_a_bad_strength_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match=r"^strength: "):
        strength(text)


@pytest.mark.parametrize(("text", "number"), [("1", 1), (" 10 ", 10), ("007", 7)])
def test_a_whole_number_is_read(text: str, number: int) -> None:
    assert whole_number("minutes", text, 1, 10) == number


@pytest.mark.parametrize("text", ["0", "11", "-1", "", "1.0", "1e1", "ten", "１", "9" * 13, "+1", "1 0"])
def test_a_bad_whole_number_names_the_bounds(text: str) -> None:
    with pytest.raises(BadInput, match=r"^minutes: .*1 to 10 is right$"):
        whole_number("minutes", text, 1, 10)


@given(st.text(max_size=40))
def test_no_text_crashes_a_reader(text: str) -> None:
    def whole(typed: str) -> object:
        return whole_number("count", typed, 1, 5)

    readers: tuple[Callable[[str], object], ...] = (needle_length, strength, whole)
    for read in readers:
        try:
            read(text)
        except BadInput as error:
            assert error.message.isprintable()


# Wording


@pytest.mark.parametrize(
    ("micros", "said"),
    [
        (-SECOND, "0 s"), (0, "0 s"), (1, "1 s"), (59 * SECOND, "59 s"), (59 * SECOND + 1, "1 min"),
        (MINUTE, "1 min"), (10 * MINUTE - 1, "10 min"), (10 * MINUTE - SECOND, "9 min 59 s"),
        (HOUR - 1, "1 h"), (HOUR, "1 h"), (HOUR + 1, "1 h 1 min"), (13 * HOUR + 22 * MINUTE, "13 h 22 min"),
        (18 * HOUR - 1, "18 h"), (18 * HOUR, "18 h"), (24 * HOUR, "24 h"), (24 * HOUR + 1, "24 h 1 min"),
        (47 * HOUR + 59 * MINUTE, "47 h 59 min"), (2 * DAY, "2 d"), (2 * DAY + 1, "2 d 1 h"),
        (13 * DAY + 23 * HOUR + 1, "14 d"), (90 * DAY, "90 d"),
    ],
)  # fmt: skip
def test_a_duration_is_spoken_in_two_units_and_never_too_short(micros: int, said: str) -> None:
    assert spoken(micros) == said


_UNITS = {"d": DAY, "h": HOUR, "min": MINUTE, "s": SECOND}


@given(st.integers(0, 400 * DAY))
def test_waiting_as_long_as_is_said_is_enough(micros: int) -> None:
    words = spoken(micros).split()
    length = sum(int(count) * _UNITS[unit] for count, unit in zip(words[::2], words[1::2], strict=True))
    assert micros <= length < micros + _UNITS[words[-1]] + HOUR


@pytest.mark.parametrize(
    ("micros", "said"),
    [
        (-1, "0 s"), (59 * SECOND, "59 s"), (MINUTE, "1 min"), (HOUR - 1, "59 min"), (HOUR, "1 h"),
        (14 * HOUR + 59 * MINUTE, "14 h"), (2 * DAY - 1, "47 h"), (2 * DAY, "2 d"),
    ],
)  # fmt: skip
def test_a_short_duration_has_one_unit_and_is_never_too_long(micros: int, said: str) -> None:
    assert short(micros) == said


@pytest.mark.parametrize(
    ("micros", "said"),
    [
        (-1, "00:00"), (0, "00:00"), (1, "00:01"), (6 * MINUTE + 12 * SECOND, "06:12"), (HOUR - 1, "1:00:00"),
        (HOUR + 6 * MINUTE + 12 * SECOND, "1:06:12"), (25 * HOUR, "25:00:00"),
    ],
)  # fmt: skip
def test_a_countdown_reaches_zero_only_at_the_end(micros: int, said: str) -> None:
    assert countdown(micros) == said


def test_lengths_doses_and_counts_are_plain() -> None:
    assert millimetres(Decimal("0.5")) == "0.50 mm"
    assert millimetres(None) == ""
    assert dose("alcohol", Decimal("70.00")) == "70 % alcohol"
    assert dose("alcohol", Decimal(100)) == "100 % alcohol"
    assert dose("opa", Decimal("0.55")) == "0.55 % opa"
    assert dose("quat", None) == "quat"
    assert plural(1, "use") == "1 use"
    assert plural(0, "use") == "0 uses"
    assert plural(1_000, "use") == "1,000 uses"
    assert contact_time(600) == "10 min"
    assert contact_time(60) == "1 min"
    assert contact_time(90) == "90 s"
    assert contact_time(0) == "0 min"
    assert [contact_time(each) for each in (59 * 60, 3_600, 3_660)] == ["59 min", "1 h", "1 h 1 min"]


def test_the_inspection_questions_take_turns() -> None:
    asked = [inspection_question(uses) for uses in range(4)]
    assert asked == [*INSPECTION_QUESTIONS, INSPECTION_QUESTIONS[0]]
    assert REMINDER == "A reminder, not medical advice. Disinfected is not sterile."
