"""One scan, key by key: what the bytes of a terminal stand for, and when a scan is over."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollertrack.cli.key_reader import LATE_END, SILENCE, keys_of, read_scan
from rollertrack.diagnostics.scan_report import Key


class Scanner:
    """A terminal whose bytes come at given seconds, and the clock beside it."""

    def __init__(self, *chunks: tuple[float, bytes]) -> None:
        self._chunks = list(chunks)
        self.now = 0.0
        self.patience: list[float | None] = []

    def wait(self, seconds: float | None) -> bytes | None:
        self.patience.append(seconds)
        if not self._chunks:
            assert seconds is not None, "it would wait for ever"
            return None
        at, chunk = self._chunks[0]
        if seconds is not None and at - self.now > seconds:
            return None
        del self._chunks[0]
        self.now = at
        return chunk

    def clock(self) -> float:
        return self.now


def read(*chunks: tuple[float, bytes]) -> list[Key]:
    scanner = Scanner(*chunks)
    return read_scan(scanner.wait, scanner.clock)


def spelt(text: str, gap: float = 0.008) -> Iterator[tuple[float, bytes]]:
    return ((5 + place * gap, char.encode()) for place, char in enumerate(text))


def test_each_key_has_its_moment() -> None:
    assert read(*spelt("AB\r")) == [Key("A", "A", 5.0), Key("B", "B", 5.008), Key("enter", None, 5.016)]


@pytest.mark.parametrize(
    ("end", "names"),
    [("\r", ["enter"]), ("\n", ["ctrl+j"]), ("\t", ["tab"]), ("\r\n", ["enter", "ctrl+j"]), ("", [])],
)
def test_a_scan_is_over_at_its_end_or_in_silence(end: str, names: list[str]) -> None:
    assert [key.name for key in read(*spelt("AB" + end))] == ["A", "B", *names]


def test_it_waits_for_the_first_key_as_long_as_it_takes() -> None:
    scanner = Scanner((3600.0, b"A"), (3600.008, b"\r"))
    read_scan(scanner.wait, scanner.clock)
    assert scanner.patience == [None, SILENCE, LATE_END]


def test_what_comes_after_the_silence_is_another_scan() -> None:
    assert read((1.0, b"A"), (1.0 + SILENCE + 0.1, b"B")) == [Key("A", "A", 1.0)]
    assert read((1.0, b"A\r"), (1.0 + LATE_END + 0.1, b"B")) == [Key("A", "A", 1.0), Key("enter", None, 1.0)]


def test_an_enter_before_the_scan_does_not_count() -> None:
    assert read((1.0, b"\r"), (2.0, b"\r\nA\r")) == [Key("A", "A", 2.0), Key("enter", None, 2.0)]


def test_a_character_cut_between_two_reads_is_one() -> None:
    assert read((1.0, b"\xc3"), (1.001, b"\x96\r"))[0] == Key("Ö", "Ö", 1.001)


def test_ctrl_c_leaves() -> None:
    with pytest.raises(KeyboardInterrupt):
        read((1.0, b"AB"), (1.1, b"\x03"))


def test_ctrl_c_leaves_on_a_terminal_with_the_keyboard_protocol_too() -> None:
    with pytest.raises(KeyboardInterrupt):
        read((1.0, b"\x1b[65u\x1b[66u"), (1.1, b"\x1b[99;5u"))


@pytest.mark.parametrize("interrupt", [b"\x03", b"\x1b[99;5u"])
def test_what_ends_a_whole_scan_at_speed_is_the_scanners(interrupt: bytes) -> None:
    keys = read((1.0, b"RKDTLBNEB" + interrupt + b"\r"))
    assert [key.name for key in keys[9:]] == ["the control character 03", "enter"]
    with pytest.raises(KeyboardInterrupt):
        read((1.0, b"RKDTLBNEB"), (1.5, interrupt))


@pytest.mark.parametrize("shift", ["\x1b[57441;2u", "\x1b[57441u", "\x1b[57447;130u", "\x1b[57358u"])
def test_a_scanners_shift_is_no_key_and_each_form_of_a_letter_is_that_letter(shift: str) -> None:
    sent = f"{shift}\x1b[97;2;65u{shift}\x1b[98;2u\x1b[59;2;58u\x1b[49u\x1b[13u"
    assert [key.name for key in read((1.0, sent.encode()))] == ["A", "B", ":", "1", "enter"]


@pytest.mark.parametrize(
    ("sent", "name"),
    [("\x1b[93;5u", "the control character 1D"), ("\x1b[106;5u", "ctrl+j"), ("\x1b[9u", "tab"),
     ("\x1b[57414u", "enter"), ("\x1b[20;129~", "f9"), ("\x1b[27u", "the control character 1B")],
)  # fmt: skip
def test_control_keys_of_the_protocol_are_named_as_the_bytes_are(sent: str, name: str) -> None:
    assert [key.name for key in read((1.0, b"A"), (1.01, sent.encode()))] == ["A", name]


def test_what_a_terminal_answers_is_no_key_even_when_torn() -> None:
    chunks = [(1.0, b"\x1b]11;rgb:00"), (1.5, b"00/0000/0000\x1b\\"), (1.6, b"\x1b[?31u"), (2.0, b"A\r")]
    assert [key.name for key in read(*chunks)] == ["A", "enter"]


def test_the_other_end_hangs_up() -> None:
    assert read((1.0, b"AB"), (1.1, b"")) == [Key("A", "A", 1.0), Key("B", "B", 1.0)]
    assert read((1.0, b"")) == []


def test_f9_and_other_keys_are_one_key_each() -> None:
    keys = list(keys_of("\x1b[20~A\x1b[A\x1bOP\x02"))
    assert keys[:2] == [Key("f9"), Key("A", "A")]
    assert [key.character for key in keys] == [None, "A", None, None, None]
    assert keys[-1].name == "the control character 02"


@given(st.text(st.characters(exclude_characters="\x1b")))
def test_no_character_that_can_be_seen_is_lost(text: str) -> None:
    seen = "".join(char for char in text if char.isprintable())
    assert "".join(key.character or "" for key in keys_of(text)) == seen


@given(st.lists(st.binary(min_size=1, max_size=9).filter(lambda chunk: b"\x03" not in chunk), max_size=9))
def test_no_bytes_break_the_reader(chunks: list[bytes]) -> None:
    keys = read(*((0.1 * place, chunk) for place, chunk in enumerate(chunks)), (9.0, b""))
    assert all(key.at is not None for key in keys)
