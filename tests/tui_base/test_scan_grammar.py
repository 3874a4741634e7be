import random
import string

import pytest
from harness.keyboard_layouts import LAYOUTS, typed
from hypothesis import given
from hypothesis import strategies as st

from rollertrack.domain import code
from rollertrack.scanner.grammar import Reading, may_grow, read, read_lines

CODE = "RKDTLBNEB"
LINK = f"http://192.168.1.20:8080/{CODE}"
OLD_LINK = f"HTTP://192.168.1.20:8080/R/{CODE}"

codes = st.builds(
    lambda kind, seed: code.make(kind, random.Random(seed).choice),
    st.sampled_from(code.LABELLED),
    st.integers(),
)
marks = st.sampled_from(("", *code.MARKS))
shapes = st.sampled_from(
    [
        "{0}",
        "HTTP://ROLLER.LOCAL:8080/R/{0}",
        "http://ROLLER.LOCAL:8080/{0}",
        "httpsÖ--RT.EXAMPLE-{0}",
        "HTTPSÖ--RT.EXAMPLE-R-{0}",
        "]Q1{0}",
        "]d2HTTPS://RT.EXAMPLE/R/{0}",
        "{1}",
        "]Q1{1}",
    ]
)
payloads = st.sampled_from(
    [
        "{0}",
        "]Q1{0}",
        "{1}",
        "]Q1{1}",
        "HTTP://RT.LOCAL:8080/R/{0}",
        "HTTPS://RT.EXAMPLE/R/{0}",
        "http://RT.LOCAL:8080/{0}",
        "http://10.0.0.5/our/Rollers/{0}",
    ]
)


@pytest.mark.parametrize(
    "line",
    [
        CODE,
        CODE.lower(),
        "RKD-TLB-NEB",
        "RKDßTLBßNEB",
        LINK,
        LINK.lower(),
        LINK.swapcase(),
        OLD_LINK,
        OLD_LINK.lower(),
        f"httpÖ--192.168.1.20Ö8080-{CODE}",
        f"https://RT.EXAMPLE/our/Rollers/D{CODE}",
        f"HTTPSÖ--RT.EXAMPLE-R-{CODE}",
        f"HTTPSM!!RT:EXQ?PLE!R!{CODE}",
        f'HTTPS"--RT.EXAMPLE-R-{CODE}',
        f"]Q1{CODE}",
        f"$A&{CODE}",
        f"]d2{LINK}",
        f"D{CODE}",
        f"d{CODE.lower()}",
        "D-RKD-TLB-NEB",
        "DßRKDßTLBßNEB",
        f"HTTP://192.168.1.20:8080/R/D{CODE}",
        f"HTTPSÖ--RT.EXAMPLE-R-D{CODE}",
        f"]Q1D{CODE}",
        "D·RKD-TLB-NEB",
        "HTTP://192.168.1.20:8080/R/RKD-TLB-NEB",
        "HTTPSÖ--RT.EXAMPLE-R-RKDßTLBßNEB",
    ],
)
def test_a_scan_is_read_whatever_the_keyboard_made_of_it(line: str) -> None:
    assert read(line).code == CODE


@pytest.mark.parametrize(
    "line",
    ["", "RKDTLBNE", f"X{CODE}",
     f"{CODE}X", f"see {CODE}", "RKD-TLBNEB", LINK[:-1], OLD_LINK[:-1], f"DE{CODE}",
     f"D {CODE}", f"D-{CODE}", "DRKD-TLB-NEB", "D-RKD_TLB-NEB", "DRKDTLBNE"],
)  # fmt: skip
def test_anything_but_the_exact_shape_holds_no_code(line: str) -> None:
    assert read(line).code is None


@pytest.mark.parametrize(
    "line",
    ["RKDTLBNED", "RKDTLBNBE", LINK[:-1], LINK.replace("NEB", "NEBB"), "]Q1RKDTLBNED", "DRKDTLBNED",
     "D-RKD-TLB-NED"],
)  # fmt: skip
def test_capitals_in_the_shape_of_a_scan_with_a_wrong_code_are_damage(line: str) -> None:
    assert read(line) == Reading(damaged=True)


@pytest.mark.parametrize(
    "line", ["potholder", "Potholder", "evening", "NEEDLES", "https://example.com/r/rollers", "4006381333931"]
)
def test_what_a_hand_may_have_written_is_not_damage(line: str) -> None:
    assert not read(line).damaged


def test_a_case_folding_letter_is_no_letter_of_a_code() -> None:
    assert read("RKDTLBNEB".replace("K", "\u212a")).code is None


@given(codes, marks, shapes, st.booleans())
def test_every_beginning_of_a_scan_is_held_and_only_the_whole_is_read(
    name: str, mark: str, shape: str, small: bool
) -> None:
    bare, threes = mark + name, code.shown(name, mark)
    line = shape.format(bare.lower() if small else bare, threes.lower() if small else threes)
    assert all(may_grow(line[:end]) for end in range(1, len(line) + 1))
    assert (read(line).code, code.mark_of(line)) == (name, mark)
    assert all(read(line[:end]).code is None for end in range(len(line)))


@given(codes, marks, payloads, st.sampled_from(LAYOUTS), st.booleans())
def test_a_label_is_a_scan_through_every_keyboard_layout(
    name: str, mark: str, payload: str, layout: str, caps_lock: bool
) -> None:
    threes = code.shown(name, mark).replace("·", "-")
    line = typed(payload.format(mark + name, threes), layout, caps_lock=caps_lock)
    assert all(may_grow(line[:end]) for end in range(1, len(line) + 1))
    assert (read(line).code, code.mark_of(line)) == (name, mark)


@given(codes, st.integers(0, 8), st.sampled_from(code.ALPHABET))
def test_one_wrong_letter_is_never_a_code(name: str, place: int, letter: str) -> None:
    wrong = name[:place] + letter + name[place + 1 :]
    assert read(wrong).code == (name if wrong == name else None)


@given(st.text(alphabet=string.printable, max_size=40))
def test_what_is_read_could_grow_all_along(line: str) -> None:
    if read(line).code or read(line).damaged:
        assert all(may_grow(line[:end]) for end in range(1, len(line) + 1))


@pytest.mark.parametrize("letter", "acimqvwxyz0123456789 ")
def test_a_hotkey_or_a_digit_begins_no_scan_and_so_never_waits(letter: str) -> None:
    assert not may_grow(letter)


def test_a_paste_of_scans_is_read_line_by_line() -> None:
    lines = read_lines(f"{CODE}\r\n\n  {LINK}\nRKDTLBNED\n")
    assert [(text, reading.code) for text, reading in lines] == [
        (CODE, CODE),
        (LINK, CODE),
        ("RKDTLBNED", None),
    ]


@pytest.mark.parametrize("text", ["", "RKDTLBNED", f"{CODE}\nand a note", "a note"])
def test_a_paste_with_anything_else_in_it_is_text(text: str) -> None:
    assert read_lines(text) == []
