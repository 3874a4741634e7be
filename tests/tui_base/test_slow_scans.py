import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollertrack.domain.code import ALPHABET, LABELLED, MARKS, make, mark_of
from rollertrack.scanner.key_buffer import LATE_END, ScanRead
from rollertrack.scanner.slow_scans import LEAST_FOREIGN, PAUSE, SlowScans, read_end

CODE = "RKDTLBNEB"
codes = st.builds(
    lambda kind, dice: make(kind, lambda letters: letters[dice.randrange(len(letters))]),
    st.sampled_from(LABELLED),
    st.randoms(use_true_random=False),
)
gaps = st.lists(st.floats(0, PAUSE), min_size=9, max_size=9)


def typed(memory: SlowScans, text: str, gap: float = 0.1, start: float = 10.0) -> float:
    """Type a text; the time of its last character."""
    for place, char in enumerate(text):
        memory.note(char, start + place * gap)
    return start + (len(text) - 1) * gap


@given(codes, gaps)
def test_a_code_is_a_code_however_slowly_it_came(code: str, gaps: list[float]) -> None:
    memory, time = SlowScans(), 10.0
    for letter, gap in zip(code.lower(), gaps, strict=True):
        time += gap * 0.999  # sums of fractions must not step over the pause
        memory.note(letter, time)
    assert memory.end(time + PAUSE * 0.999) == ScanRead(code.lower(), code)


@given(codes, st.integers(0, 8), st.sampled_from(ALPHABET))
def test_a_code_with_one_wrong_letter_is_never_read(code: str, place: int, letter: str) -> None:
    wrong = code[:place] + letter + code[place + 1 :]
    found = read_end(wrong)
    assert found is not None
    assert found.code == (code if letter == code[place] else None)


@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=LEAST_FOREIGN, max_size=40))
def test_long_foreign_text_never_passes_for_an_enter(text: str) -> None:
    assert read_end(text) is not None


@given(st.text(max_size=LEAST_FOREIGN - 1))
def test_a_few_keys_leave_enter_alone(text: str) -> None:
    memory = SlowScans()
    time = typed(memory, text)
    assert memory.end(time) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (CODE, CODE),
        ("rkd-tlb-neb", CODE),
        (f"HTTP://ROLLER.LOCAL:8080/R/{CODE}", CODE),
        (f"x{CODE}", CODE),
        (f"D{CODE}", CODE),
        ("d-rkd-tlb-neb", CODE),
        (f"HTTP://ROLLER.LOCAL:8080/R/D{CODE}", CODE),
        (CODE[:8], None),
        (f"{CODE}0", None),
        ("4006381333931", None),
        ("ABCDEFGHI", None),
    ],
)
def test_what_a_text_ends_in(text: str, code: str | None) -> None:
    assert read_end(text) == ScanRead(text, code)


@given(codes, st.sampled_from(MARKS), gaps)
def test_a_slow_scan_of_a_marked_label_keeps_its_mark_and_proves_nothing(
    code: str, mark: str, gaps: list[float]
) -> None:
    memory, time = SlowScans(), 10.0
    memory.note(mark, time)
    for letter, gap in zip(code, gaps, strict=True):
        time += gap * 0.999
        memory.note(letter, time)
    caught = memory.end(time)
    assert caught == ScanRead(mark + code, code, at_speed=False)
    assert mark_of(mark + code) == mark


def test_a_pause_begins_anew() -> None:
    memory = SlowScans()
    time = typed(memory, CODE[:5])
    typed(memory, CODE[5:], start=time + PAUSE + 0.1)
    assert memory.end(time + PAUSE + 0.6) is None


def test_an_enter_long_after_is_an_enter() -> None:
    memory = SlowScans()
    assert memory.end(typed(memory, CODE) + PAUSE + 0.1) is None


def test_what_was_typed_on_another_screen_is_forgotten() -> None:
    memory, before, after = SlowScans(), object(), object()
    for letter in CODE:
        memory.note(letter, 10.0, before)
    assert memory.end(10.0, after) is None


def test_the_second_key_of_a_line_end_belongs_to_the_scan_and_a_later_one_does_not() -> None:
    memory = SlowScans()
    time = typed(memory, CODE)
    assert memory.end(time) == ScanRead(CODE, CODE)
    assert memory.end(time + LATE_END) == ScanRead("", None)
    assert memory.end(time + LATE_END + 0.1) is None


def test_keys_of_a_link_are_no_hotkeys() -> None:
    memory = SlowScans()
    seen: list[bool] = []
    for keys, start in (("HTTP", 10.0), (":", 10.5), ("/", 10.6)):
        typed(memory, keys, start=start)
        seen.append(memory.is_link)
    memory.forget()
    assert [*seen, memory.is_link] == [False, True, True, False]
