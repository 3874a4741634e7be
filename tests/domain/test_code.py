"""Codes: every slip of a hand, a scanner or a keyboard layout is either undone or caught."""

import random
from itertools import combinations
from string import ascii_uppercase

import pytest
from harness.histories import codes
from harness.keyboard_layouts import LAYOUTS, typed
from hypothesis import given
from hypothesis import strategies as st

from rollertrack.domain.code import (
    ALPHABET,
    LABELLED,
    LENGTH,
    MARKS,
    Kind,
    check_letter,
    find,
    find_kind,
    is_code,
    is_label_text,
    kind_of,
    last_letters,
    make,
    mark_of,
    neighbours,
    next_mark,
    shown,
)
from rollertrack.errors import BadCode

EXAMPLE = "RKDTLBNEB"
marks = st.sampled_from(("", *MARKS))


def test_the_alphabet_is_the_sixteen_letters_every_latin_layout_shares() -> None:
    assert ALPHABET == "BDEFGHJKLNOPRSTU"


def test_the_example_of_the_design_is_valid_and_shown_in_threes() -> None:
    assert is_code(EXAMPLE)
    assert shown(EXAMPLE) == "RKD-TLB-NEB"
    assert kind_of(EXAMPLE) is Kind.ROLLER


def test_the_check_letter_is_the_weighted_sum_modulo_17() -> None:
    values = [ALPHABET.index(letter) for letter in EXAMPLE]
    total = sum(place * value for place, value in enumerate(values[:8], 1))
    assert total % 17 == values[8]


def test_a_body_whose_sum_is_16_has_no_check_letter() -> None:
    # 1×12 (R) + 2×2 (E) = 16
    assert check_letter("REBBBBBB") is None


def test_a_draw_without_check_letter_is_thrown_away() -> None:
    letters = iter("EBBBBBB" + "KDTLBNE")
    assert make(Kind.ROLLER, lambda _: next(letters)) == EXAMPLE


@pytest.mark.parametrize("kind", Kind)
def test_a_new_code_names_its_kind(kind: Kind) -> None:
    code = make(kind, random.Random(7).choice)
    assert is_code(code)
    assert kind_of(code) is kind
    assert find_kind(code, kind) == code


def test_what_no_label_carries_has_a_letter_apart_that_takes_no_mark() -> None:
    code = make(Kind.INCIDENT, random.Random(7).choice)
    assert code[0] not in ALPHABET
    assert shown(code) == f"I·{code[1:4]}-{code[4:7]}-{code[7:]}"
    for typed_so in (code, code.lower(), shown(code), f"  {shown(code)}\n", f"I-{code[1:]}"):
        assert (find(typed_so), mark_of(typed_so)) == (code, "")
    assert not is_label_text(shown(code))
    assert MARKS == "DEFGHJKLNO"
    assert set(LABELLED) == {kind for kind in Kind if kind.value in ALPHABET}


def test_no_letter_of_the_alphabet_passes_for_one_outside_it() -> None:
    for seed in range(200):
        code = make(Kind.INCIDENT, random.Random(seed).choice)
        for place in range(LENGTH):
            for letter in ALPHABET:
                wrong = code[:place] + letter + code[place + 1 :]
                assert wrong == code or not is_code(wrong)


@given(codes)
def test_every_single_wrong_letter_is_caught(code: str) -> None:
    for place in range(LENGTH):
        for letter in ascii_uppercase:
            if letter != code[place]:
                with pytest.raises(BadCode):
                    find(code[:place] + letter + code[place + 1 :])


@given(codes)
def test_every_swap_of_two_letters_is_caught(code: str) -> None:
    for left, right in combinations(range(LENGTH), 2):
        letters = list(code)
        letters[left], letters[right] = letters[right], letters[left]
        swapped = "".join(letters)
        assert swapped == code or not is_code(swapped)


@given(codes)
def test_every_letter_left_out_is_caught(code: str) -> None:
    for place in range(LENGTH):
        with pytest.raises(BadCode, match="nine letters"):
            find(code[:place] + code[place + 1 :])


SENT = (
    "{upper}",
    "{lower}",
    "{mixed}",
    "{hyphens}",
    "{spaces}",
    "  {upper}  ",
    "{upper}\r",
    "{upper}\n",
    "{upper}\r\n",
    "{upper}\t",
    "{lower}\t\r\n",
    "]Q1{upper}\r",
    "]Q3{lower}",
    "HTTP://RT.LOCAL:8080/R/{upper}",
    "http://rt.local:8080/r/{lower}\r",
    "https://192.168.1.20/R/{hyphens}",
    "HTTPS://RT/R/{upper}?",
    "\x02{upper}\x03",
    "(21){upper}",
    "12345678901234567890{upper}",
)
"""What scanners send: letters of both sizes, blanks, a link, signs before and after."""


@given(codes)
def test_a_code_is_found_in_anything_a_scanner_sends(code: str) -> None:
    forms = {
        "upper": code,
        "lower": code.lower(),
        "mixed": code[:4].lower() + code[4:],
        "hyphens": shown(code),
        "spaces": shown(code).replace("-", " "),
    }
    for pattern in SENT:
        assert find(pattern.format(**forms)) == code, pattern


@pytest.mark.parametrize("caps_lock", [False, True])
@pytest.mark.parametrize("layout", LAYOUTS)
@given(code=codes)
def test_a_scanner_set_to_us_keys_is_read_through_foreign_layouts(
    layout: str, caps_lock: bool, code: str
) -> None:
    for payload in ("{code}", "HTTP://RT.LOCAL:8080/R/{code}", "HTTPS://10.0.0.7/R/{code}", "]Q1{code}"):
        assert find(typed(payload.format(code=code), layout, caps_lock=caps_lock)) == code, payload


def test_the_layouts_really_change_what_is_typed() -> None:
    link = "HTTPS://RT.EXAMPLE/R/RKDTLBNEB"
    assert typed(link, "de") == "HTTPSÖ--RT.EXAMPLE-R-RKDTLBNEB"
    assert typed(link, "fr") == "HTTPSM!!RT:EXQ?PLE!R!RKDTLBNEB"
    assert typed(link, "it") == "HTTPSç--RT.EXAMPLE-R-RKDTLBNEB"
    assert typed(link, "cz") == 'HTTPS"--RT.EXAMPLE-R-RKDTLBNEB'
    assert typed(link, "tr") == "HTTPSŞ..RTçEXAMPLE.R.RKDTLBNEB"
    assert typed("RKDTLBNEB", "de", caps_lock=True) == "rkdtlbneb"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ß", "upper-cased it would be SS"),
        ("\u212a", "the Kelvin sign, lower-cased a k"),
        ("\u0131", "the dotless i, upper-cased an I"),
        ("\u017f", "the long s, upper-cased an S"),
        ("ﬂ", "the ligature, upper-cased FL"),
        ("Ŕ", "an R with an accent"),
        ("7", "a digit"),
    ],
)
def test_no_sign_outside_ascii_becomes_a_letter(text: str, why: str) -> None:
    assert last_letters(text) == "", why
    with pytest.raises(BadCode, match="nine letters"):
        find(text * LENGTH)


def test_a_letter_replaced_by_its_lookalike_is_not_taken_for_it() -> None:
    with pytest.raises(BadCode, match="nine letters"):
        find("R\u212aDTLBNEB")


@pytest.mark.parametrize("text", ["", " ", "RKD", "RKDTLBNE", "123456789", "\r\n", "ßßßßßßßßß"])
def test_too_few_letters_say_what_a_code_looks_like(text: str) -> None:
    with pytest.raises(BadCode) as caught:
        find(text)
    assert caught.value.message == "code: a code has nine letters, such as RKD-TLB-NEB"


def test_letters_outside_the_alphabet_are_named() -> None:
    with pytest.raises(BadCode) as caught:
        find("rkdtlbnaz")
    assert caught.value.reason == "RKD-TLB-NAZ holds A, Z; codes use only the letters BDEFGHJKLNOPRSTU"


def test_a_first_letter_that_names_no_kind_is_said() -> None:
    with pytest.raises(BadCode, match=r"KKD-TLB-NEB does not begin with a letter that names a kind"):
        find("KKDTLBNEB")


def test_a_check_letter_that_does_not_fit_is_said() -> None:
    with pytest.raises(BadCode, match="the check letter of RKD-TLB-NED does not fit"):
        find("RKDTLBNED")


def test_a_code_of_another_kind_is_named_as_what_it_is() -> None:
    with pytest.raises(BadCode, match="RKD-TLB-NEB is a roller, not a person"):
        find_kind(EXAMPLE, Kind.PERSON)


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(ascii_uppercase))
def test_the_neighbours_of_a_misread_code_hold_the_true_one(code: str, place: int, letter: str) -> None:
    misread = code[:place] + letter + code[place + 1 :]
    found = list(neighbours(misread))
    assert all(is_code(each) for each in found)
    assert (code in found) == (misread != code)


def test_neighbours_of_no_code_are_none() -> None:
    assert list(neighbours("")) == []
    assert list(neighbours("RKD")) == []
    assert list(neighbours("AAAAAAAAA")) == []


@given(st.text(max_size=60))
def test_any_text_yields_a_valid_code_or_a_sentence(text: str) -> None:
    try:
        code = find(text)
    except BadCode as error:
        assert error.message.startswith("code: ")
        assert "\n" not in error.message
    else:
        assert is_code(code)


MARKED = (
    "{marked}", "]Q1{marked}", "{threes}", "]Q1{threes}", "HTTP://RT.LOCAL:8080/R/{marked}",
    "HTTPS://10.0.0.7/R/{marked}", "HTTP://B/{marked}", "]d2HTTP://RT.EXAMPLE/D/O/{marked}",
)  # fmt: skip


@pytest.mark.parametrize("caps_lock", [False, True])
@pytest.mark.parametrize("layout", LAYOUTS)
@given(code=codes, mark=marks)
def test_the_mark_is_read_through_foreign_layouts_beside_the_code(
    layout: str, caps_lock: bool, code: str, mark: str
) -> None:
    threes = shown(code, mark).replace("·", "-")
    for payload in MARKED:
        text = typed(payload.format(marked=mark + code, threes=threes), layout, caps_lock=caps_lock)
        assert (find(text), mark_of(text)) == (code, mark), payload


@pytest.mark.parametrize(
    "text",
    [
        "dRKDTLBNEB", "  drkdtlbneb\r\n", "\x02DRKDTLBNEB\x03", "DRKD-TLB-NEB", "D-RKD-TLB-NEB",
        "D·RKD-TLB-NEB", "d·rkdtlbneb", "D RKD TLB NEB", "D-RKDTLBNEB", "d rkdtlbneb", "see DRKDTLBNEB",
        "HTTP://HOST/R/DRKDTLBNEB?", "12DRKDTLBNEB", "HTTPÉÉHOSTÉRÉDRKDTLBNEB",
    ],
)  # fmt: skip
def test_the_lone_letter_before_the_code_is_its_mark(text: str) -> None:
    assert mark_of(text) == "D"
    assert find(text) == EXAMPLE


@pytest.mark.parametrize(
    "text",
    [
        "", "D", EXAMPLE, "RKD-TLB-NEB", "]Q1RKDTLBNEB", "XDRKDTLBNEB", "ADRKDTLBNEB", "ARKDTLBNEB",
        "HTTP://HOST/R/RKDTLBNEB", "HTTP://HOST/R/RKD-TLB-NEB", "HTTP--HOST-R-RKDTLBNEB", "/R/RKD/TLB/NEB",
        "R/RKDTLBNEB", "a D-RKD-TLB-NEB", "D-RKD_TLB-NEB", "D/RKD-TLB-NEB",
        "ßRKDTLBNEB", "\u017fRKDTLBNEB", "ÉRKDTLBNEB",
        "D  RKDTLBNEB",
    ],
)  # fmt: skip
def test_no_other_letter_is_taken_for_a_mark(text: str) -> None:
    assert mark_of(text) == ""


@given(st.text(max_size=60))
def test_any_text_has_a_mark_of_the_alphabet_or_none(text: str) -> None:
    assert mark_of(text) in {"", *ALPHABET}


def test_marks_follow_each_other_and_begin_again() -> None:
    given_out = [next_mark(None)]
    while len(given_out) < 14:
        given_out.append(next_mark(given_out[-1]))
    assert given_out == ["", *MARKS, *MARKS[:3]]


@given(codes, st.sampled_from(MARKS))
def test_no_part_of_a_marked_code_is_another_code(code: str, mark: str) -> None:
    assert [start for start in range(2) if is_code((mark + code)[start : start + LENGTH])] == [1]


@given(codes, marks)
def test_only_unbroken_letters_are_of_a_label(code: str, mark: str) -> None:
    assert is_label_text(f"http://rt.local/r/{mark}{code}\r".lower())
    assert is_label_text(mark + code)
    assert not is_label_text(shown(code, mark))
    assert not is_label_text(f"HTTP://RT.LOCAL/R/{shown(code)}")
