import re

import pytest
from harness.terminals import program
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from rollertrack.domain.text import all_seen, printable
from rollertrack.tui.terminal_door import PrintableOnly

BLACK = Color(0, 0, 0)
# The commands that Textual itself sends: colours, cursor, modes, pointer shape, keyboard protocol.
OWN_COMMANDS = re.compile(rb"\x1b\[[0-9;?<>=:]*[A-Za-z$][A-Za-z]?|\x1b\]22;[a-z-]*\x07|\x1bP=[12]s\x1b\\")
FOREIGN = [b"\x1b", b"\x07", b"\x00", b"\x08", b"\x0e", b"\x7f", b"\xc2\x9b", b"\xc2\x9c", b"\xc2\x9d"]
INVISIBLE = [mark.encode() for mark in ("\u202e", "\u2066", "\u200b", "\xad", "\ue000")]
COMMANDS = [b"\x1b]0;", b"\x1b]52;", b"\x1b[2J", b"\x1b[31;5m"]


def shown(argument: str) -> bytes:
    with program("hostile_app.py", argument, columns=160, lines=120) as terminal:
        terminal.wait_for("all shown")
        return terminal.written.partition(b"all shown")[0]


def test_no_text_of_a_widget_reaches_the_terminal_as_a_command() -> None:
    written = shown("filtered")
    assert written.count("\ufffd]0;owned".encode()) > 12, "the hostile text did show"
    assert b"[@click=app.quit]j[/]" in written
    assert not [command for command in COMMANDS if command in written]
    text = OWN_COMMANDS.sub(b"", written)
    assert not [char for char in FOREIGN + INVISIBLE if char in text]


def test_the_same_text_does_command_the_terminal_without_the_filter() -> None:
    written = shown("bare")
    assert [command for command in COMMANDS if command not in written] == []


@given(st.text())
def test_printable_text_is_printable_and_clean_text_is_itself(text: str) -> None:
    assert all_seen(printable(text))
    assert printable(text) == text or not all_seen(text)


@given(st.lists(st.text(max_size=12), max_size=4))
def test_a_line_keeps_the_width_of_each_of_its_pieces(texts: list[str]) -> None:
    segments = [Segment(text, Style(bold=True)) for text in texts]
    cleaned = PrintableOnly().apply(segments, BLACK)
    assert [cell_len(segment.text) for segment in cleaned] == [cell_len(text) for text in texts]
    assert all(segment.text.isprintable() for segment in cleaned)


@pytest.mark.parametrize(
    ("text", "seen"), [("a\tb", "a\ufffdb"), ("a\u3000b\xa0c", "a  b c"), ("夜🌙", "夜🌙")]
)
def test_odd_spaces_stay_spaces(text: str, seen: str) -> None:
    assert printable(text) == seen


def test_a_link_cannot_carry_a_command() -> None:
    (segment,) = PrintableOnly().apply([Segment("k", Style(link="http://x\x1b]0;owned\x07"))], BLACK)
    assert segment.style is not None
    assert segment.style.link is None
