"""Bytes of terminals: what passes as a key, and what is swallowed before one is made of it."""

import inspect
import os
import threading
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.message import Message

from rollertrack.scanner.key_buffer import GAP
from rollertrack.tui import keyboard_protocol
from rollertrack.tui.terminal_door import BEGUN, ESC, ESCAPE_DELAY, LONGEST_PASTE, TORN, Door
from rollertrack.tui.textual_private import TerminalDriver, TerminalReader, is_known

ANSWERS = [
    "\x1b]11;rgb:cccc/cccc/cccc\x1b\\",
    "\x1b]10;rgb:cccc/cccc/cccc\x07",
    "\x1b]4;1;rgb:acac/aaaa/cccc\x9c",
    "\x1b]lcare@skin.example\x1b\\",
    "\x1b]52;c;YWNpbXF2dw==\x07",
    "\x1bP>|kitty(0.42.1)\x1b\\",
    "\x1bP1$r0 q\x1b\\",
    "\x1bP!|7E565445\x1b\\",
    "\x1bP1+r544e=787465726d\x1b\\",
    "\x1b_Gi=31;OK\x1b\\",
    "\x1b_Gi=1,I=7;EINVAL:cannot act, aim quick\x07",
    "\x1b[?62;22;52c",
    "\x1b[?1;2c",
    "\x1b[>1;4000;29c",
    "\x1b[=0;1c",
    "\x1b[?25u",
    "\x1b[?31u",
    "\x1b[?997;1n",
    "\x1b[?10;20R",
    "\x1b[>4;2m",
    "\x9d11;rgb:cccc/cccc/cccc\x9c",
    "\x90>|WezTerm 20240203\x9c",
    "\x9b?62;4c",
]
MICE = ["\x1b[<35;10;10M", "\x1b[<0;1;1m", "\x1b[<64;80;24M"]
# Terminals, key by key: the sequence, and the key and character it stands for.
KEYS = [
    ("\x1b[97;2;65u", "A", "A"),
    ("\x1b[97;130;65u", "A", "A"),
    ("\x1b[97;66;97u", "a", "a"),
    ("\x1b[97;2u", "A", "A"),
    ("\x1b[97;65u", "A", "A"),
    ("\x1b[97;66u", "a", "a"),
    ("\x1b[97u", "a", "a"),
    ("\x1b[97:65;2u", "A", "A"),
    ("\x1b[59:58;2u", "colon", ":"),
    ("\x1b[97::99;1u", "a", "a"),
    ("\x1b[97;1:1u", "a", "a"),
    ("\x1b[97;1:2u", "a", "a"),
    ("\x1b[97;2:1;65u", "A", "A"),
    ("\x1b[0;;1056u", "Р", "Р"),
    ("\x1b[57399;129;48u", "0", "0"),
    ("\x1b[57399;129u", "0", "0"),
    ("\x1b[57409;;46u", "decimal", "."),
    ("\x1b[57409u", "decimal", "."),
    ("\x1b[13u", "enter", "\r"),
    ("\x1b[57414u", "enter", "\r"),
    ("\x1b[13;129u", "enter", None),
    ("\x1b[9u", "tab", "\t"),
    ("\x1b[106;5u", "ctrl+j", None),
    ("\x1b[93;5u", "ctrl+right_square_bracket", None),
    ("\x1b[115;5;115u", "ctrl+s", None),
    ("\x1b[27u", "escape", None),
    ("\x1b[20~", "f9", None),
    ("\x1b[20;129~", "f9", None),
    ("\x1b[20;1:1~", "f9", None),
    ("\x1b[19;1:2~", "f8", None),
    ("\x1b[1;1:1A", "up", None),
    ("\x1b[A", "up", None),
    ("\x1bOA", "up", None),
    ("\x1bOQ", "f2", None),
    ("\x1b[[A", "f1", None),
    ("\x1bc", "alt+c", None),
    ("\x1bC", "alt+shift+c", None),
    ("\x1b\x7f", "ctrl+w", None),
    ("c", "c", "c"),
    ("\x1d", "ctrl+right_square_bracket", "\x1d"),
    ("\x00", "ctrl+@", "\x00"),
    ("é", "é", "é"),
]
BYSTANDERS = [
    *(
        f"\x1b[{code}{rest}u"
        for code in (57358, 57359, 57360, *range(57441, 57455))
        for rest in ("", ";2", ";65", ";;65", ";129", ";130", ";1:1", ";2:3")
    ),
    "\x1b[97;1:3u",
    "\x1b[97;2:3;65u",
    "\x1b[13;1:3u",
    "\x1b[1;1:3A",
    "\x1b[20;1:3~",
    "\x1b[99999999;1u",
]


class Line:
    """A terminal's line with a clock of its own, read as the program reads it."""

    def __init__(self) -> None:
        self.now = 100.0
        self.reader = TerminalReader(clock=lambda: self.now)
        self.heard: list[events.Event | object] = []

    def send(self, text: str, after: float = 0.0) -> "Line":
        self.now += after
        self.heard += self.reader.feed(text.encode())
        return self

    def rest(self, span: float) -> "Line":
        self.now += span
        self.heard += self.reader.expire()
        return self

    @property
    def keys(self) -> list[tuple[str, str | None]]:
        return [(event.key, event.character) for event in self.heard if isinstance(event, events.Key)]


@pytest.mark.parametrize(("sequence", "key", "character"), KEYS)
def test_each_form_of_a_key_is_that_key(sequence: str, key: str, character: str | None) -> None:
    assert Line().send(sequence).keys == [(key, character)]


@pytest.mark.parametrize("sequence", BYSTANDERS)
def test_modifiers_locks_and_releases_are_no_keys(sequence: str) -> None:
    line = Line().send(f"R{sequence}K")
    assert line.keys == [("R", "R"), ("K", "K")]
    assert len(line.heard) == 2


@pytest.mark.parametrize("pause", [0.0, 0.02, 0.15, 0.5, 1.5, TORN - 0.1])
@pytest.mark.parametrize("answer", [*ANSWERS, *MICE])
def test_an_answer_torn_anywhere_presses_no_key(answer: str, pause: float) -> None:
    for place in range(2, len(answer)):
        line = Line().send(answer[:place]).rest(pause).send(answer[place:]).send("c")
        assert line.keys == [("c", "c")], place


@pytest.mark.parametrize("pause", [0.15, 0.5, 1.5])
@pytest.mark.parametrize("answer", [*ANSWERS, *MICE])
def test_torn_after_its_first_character_it_is_the_escape_key_at_most(answer: str, pause: float) -> None:
    line = Line().send(answer[0]).rest(pause).send(answer[1:]).send("c")
    assert [key for key, _ in line.keys if key != "escape"] == ["c"]


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_among_keys_leaves_them_alone(answer: str) -> None:
    assert Line().send(f"RK{answer}D\r").keys == [("R", "R"), ("K", "K"), ("D", "D"), ("enter", "\r")]


def test_a_mouse_report_is_a_mouse_even_when_it_was_torn() -> None:
    line = Line().send("\x1b[<0;10").rest(0.5).send(";10M")
    assert [type(event) for event in line.heard] == [events.MouseDown]


@pytest.mark.parametrize("report", ["\x1b[M !!", "\x1b[32;10;10M", "\x1b[<0;10M", "\x1b[8;24;80t", "\x1b[0n"])
def test_reports_nobody_asked_for_are_nothing(report: str) -> None:
    assert Line().send(report + "c").keys == [("c", "c")]


def test_escape_alone_is_a_key_after_a_moment() -> None:
    assert Line().send(ESC).rest(ESCAPE_DELAY - 0.001).keys == []
    assert Line().send(ESC).rest(ESCAPE_DELAY).keys == [("escape", ESC)]
    assert Line().send(ESC).send("c", after=ESCAPE_DELAY).keys == [("escape", ESC), ("c", "c")]
    assert Line().send(ESC + ESC).rest(ESCAPE_DELAY).keys == [("escape", ESC)] * 2
    assert Line().send(ESC + "\r").keys == [("escape", ESC), ("enter", "\r")]


def test_a_terminal_with_the_protocol_sends_no_escape_alone() -> None:
    assert Line().send("\x1b[97u" + ESC).rest(ESCAPE_DELAY).send("]11;rgb:cccc\x07").keys == [("a", "a")]


@pytest.mark.parametrize("key", ["]", "P", "_", "^", "X", "[", "O"])
def test_a_key_with_alt_that_looks_like_an_answer_holds_up_nothing_for_long(key: str) -> None:
    line = Line().send(ESC + key).rest(BEGUN).send("RKDTLBNEB\r")
    assert "".join(name for name, _ in line.keys if len(name) == 1) == "RKDTLBNEB"


@pytest.mark.parametrize("key", ["]", "P", "_", "^", "X"])
def test_a_scan_right_after_such_a_key_is_not_swallowed(key: str) -> None:
    line = Line().send(ESC + key).send("RKDTLBNEB\r", after=0.2)
    assert [name for name, _ in line.keys] == [*"RKDTLBNEB", "enter"]


def test_an_answer_without_its_end_is_given_up() -> None:
    assert Line().send("\x1b]11;rgb:cc").rest(TORN).send("c").keys == [("c", "c")]
    assert Line().send("\x1b]11;rgb:cc\rc").keys == [("c", "c")]
    assert Line().send("\x1b[<35;1\rc").keys == [("enter", "\r"), ("c", "c")]


def test_a_paste_is_one_whatever_is_in_it_and_however_torn() -> None:
    line = Line().send("\x1b[200~one\x1b[Atwo\n").send("three\x1b[20").send("1~c", after=5.0)
    assert [event.text for event in line.heard if isinstance(event, events.Paste)] == ["one[Atwo\nthree"]
    assert line.keys == [("c", "c")]


def test_a_paste_has_a_greatest_length_and_an_end() -> None:
    line = Line().send("\x1b[200~" + "x" * (LONGEST_PASTE + 999) + "\x1b[201~c")
    assert [len(event.text) for event in line.heard if isinstance(event, events.Paste)] == [LONGEST_PASTE]
    assert line.keys == [("c", "c")]
    assert Line().send("\x1b[200~acim").rest(TORN).send("c").keys == [("c", "c")]
    assert Line().send("\x1b[201~c").keys == [("c", "c")]


@given(st.lists(st.text(max_size=12), max_size=6), st.sampled_from([0.0, 0.15, 2.0]))
def test_no_characters_break_the_door_and_none_wait_for_ever(texts: list[str], pause: float) -> None:
    door, now = Door(), 0.0
    for text in texts:
        now += pause
        assert all(door.feed(text, now))
    door.expire(now + TORN)
    assert door.wait is None


@given(st.lists(st.sampled_from([*ANSWERS, *MICE, *(key for key, _, _ in KEYS), "R", "\x1b[A"]), max_size=9))
def test_the_chunks_of_a_line_change_nothing(pieces: list[str]) -> None:
    whole = "".join(pieces)
    cuts = Line()
    for char in whole:
        cuts.send(char)
    assert cuts.keys == Line().send(whole).keys


PIECES = [
    *(each for each in ANSI_SEQUENCES_KEYS if len(each) > 2),
    *(keyboard_protocol.plain(each)[0] for each, _, _ in KEYS if len(each) > 2),
    *MICE, "\x1b[48;24;80;480;800t", "\x1b[?2026;2$y", "\x1b[10;20R", "\x1b[I", "\x1b[200~text\x1b[201~",
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_textuals_parser_waits_for_nothing_after_a_piece_it_is_given(piece: str) -> None:
    """Else it would take the next key for the rest of the piece, and in the end type all of it."""
    parser = XTermParser()
    assert is_known(piece)
    list(parser.feed(piece))
    assert [event.key for event in parser.feed("c") if isinstance(event, events.Key)] == ["c"]


def test_textual_asks_for_the_keyboard_the_way_it_is_read_here() -> None:
    flags = (
        linux_driver.KITTY_DISAMBIGUATE_ESCAPE_CODES
        | linux_driver.KITTY_REPORT_ALL_KEYS
        | linux_driver.KITTY_REPORT_ASSOCIATED_TEXT
    )
    source = inspect.getsource(linux_driver.LinuxDriver.start_application_mode)
    asked = [name for name in dir(linux_driver) if name.startswith("KITTY_") and name in source]
    assert len(asked) == 3
    assert flags == keyboard_protocol.FLAGS


def test_the_input_thread_of_textual_runs_the_loop_that_is_ours() -> None:
    """The names our driver leans on; a Textual without them reads the terminal past the door."""
    source = inspect.getsource(linux_driver.LinuxDriver._run_input_thread)
    assert "self.run_input_thread()" in source
    lines = inspect.getsource(linux_driver.LinuxDriver.run_input_thread)
    for name in ("self.fileno", "self.exit_event", "self.process_message", "XTermParser(self._debug)"):
        assert name in lines


def test_keys_that_waited_unread_came_right_after_those_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine too busy to read at once must not make a hand of a scanner."""
    reading, writing = os.pipe()
    driver = object.__new__(TerminalDriver)
    driver.fileno, driver._debug, driver.exit_event = reading, False, threading.Event()
    times: list[float] = []

    def take(message: Message) -> None:
        assert isinstance(message, events.Key)
        times.append(message.time)
        if message.key == "c":
            os.write(writing, b"a")
            time.sleep(2 * GAP)  # while this goes on nothing reads
        else:
            driver.exit_event.set()

    monkeypatch.setattr(driver, "process_message", take)
    os.write(writing, b"c")
    driver.run_input_thread()
    os.close(reading)
    os.close(writing)
    assert times[1] - times[0] < GAP


def test_the_pauses_are_in_order() -> None:
    assert all(shorter < longer for shorter, longer in pairwise((ESCAPE_DELAY, BEGUN, TORN)))
