import re
import zlib
from base64 import b64decode
from collections.abc import Mapping

import pytest
from harness.tui_picture_app import LABEL, OTHER
from harness.tui_terminal import Terminal, program
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Offset, Size

from rollertrack.labels.bitmap import Bitmap
from rollertrack.tui import terminal_picture
from rollertrack.tui.terminal_picture import Canvas, Cell, canvas, dot_size, draws_pictures

KITTY = {"TERM": "xterm-kitty"}
CELL = Cell(8, 16)
COMMAND = re.compile(rb"\x1b_G([^;\x1b]*);?([^\x1b]*)\x1b\\")
FRAME = re.compile(rb"\x1b\[\?2026h(.*?)\x1b\[\?2026l", re.DOTALL)
SHOWN, REMOVED, FORGOTTEN = "a=p,", "a=d,d=i,", "a=d,d=I,"
BLACK, WHITE = 0, 255


def received(written: bytes) -> Canvas:
    """The last picture that came, put together as a terminal does."""
    start = written.rindex(b"a=t,") - 3
    heads, chunks = zip(*COMMAND.findall(written[start:].partition(b"\x1b7")[0]), strict=True)
    assert all(len(chunk) <= 4096 for chunk in chunks)
    assert all(len(chunk) % 4 == 0 for chunk in chunks)
    assert [head[-3:] for head in heads] == [b"m=1"] * (len(heads) - 1) + [b"m=0"]
    assert all(b"q=2" in head for head in heads)
    facts = dict(fact.split("=") for fact in heads[0].decode().split(","))
    assert (facts["f"], facts["o"]) == ("24", "z")
    red, green, blue = (zlib.decompress(b64decode(b"".join(chunks)))[place::3] for place in range(3))
    assert red == green == blue
    picture = Canvas(int(facts["s"]), int(facts["v"]), red)
    assert len(red) == picture.width * picture.height
    return picture


def dots(picture: Canvas, bitmap: Bitmap, dot: int) -> Bitmap:
    """The label read off a canvas, every pixel of it looked at."""
    left, top = (picture.width - bitmap.width * dot) // 2, (picture.height - bitmap.height * dot) // 2
    rows = [picture.greys[y * picture.width : (y + 1) * picture.width] for y in range(picture.height)]
    label = rows[top : top + bitmap.height * dot]
    beside = [*rows[:top], *rows[top + len(label) :]]
    beside += [row[:left] + row[left + bitmap.width * dot :] for row in label]
    assert set().union(*beside) <= {WHITE}
    packed = b""
    for y in range(bitmap.height):
        same = {row[left : left + bitmap.width * dot] for row in label[y * dot : (y + 1) * dot]}
        (line,) = {row[place::dot] for row in same for place in range(dot)}
        assert set(line) <= {BLACK, WHITE}
        bits = "".join("1" if grey == BLACK else "0" for grey in line).ljust(bitmap.stride * 8, "0")
        packed += int(bits, 2).to_bytes(bitmap.stride)
    return Bitmap(bitmap.width, bitmap.height, packed)


def press(terminal: Terminal, key: bytes, *awaited: str) -> bytes:
    """What came since a key was typed, until the awaited had come one after the other."""
    start = place = len(terminal.written)
    terminal.type(key)
    for text in awaited:
        terminal.wait_for(text, place)
        place = terminal.written.index(text.encode(), place) + len(text)
    return terminal.written[start:]


def test_the_terminal_gets_the_very_label_and_loses_it_when_something_comes_over_it() -> None:
    with program("tui_picture_app.py", environment=KITTY) as terminal:
        terminal.wait_for("C=1\x1b\\\x1b8")
        assert dots(received(terminal.written), LABEL, 2) == LABEL
        assert b"\x1b7\x1b[3;3H\x1b_Ga=p,i=5394764,q=2,p=1,c=96,r=30,C=1\x1b\\\x1b8" in terminal.written
        press(terminal, b"d", "over it", REMOVED)
        assert b"a=t," not in press(terminal, b"\x1b", SHOWN), "the terminal still has it"
        press(terminal, b"o", "a=t,", SHOWN)
        assert dots(received(terminal.written), OTHER, 2) == OTHER
        press(terminal, b"h", REMOVED)
        assert b"\x1b_G" not in press(terminal, b"w", "second"), "what is hidden stays away"
        left = press(terminal, b"z", "\x1b[?1049l")
        assert b"a=d,d=I," in left.partition(b"\x1b[?1049l")[0]


def test_after_a_rest_in_the_background_the_terminal_gets_the_label_anew() -> None:
    with program("tui_picture_app.py", environment=KITTY) as terminal:
        terminal.wait_for("C=1\x1b\\\x1b8")
        assert dots(received(press(terminal, b"c", "a=t,", SHOWN)), LABEL, 2) == LABEL


def test_a_toast_takes_the_place_of_the_picture_it_lies_over() -> None:
    with program("tui_picture_app.py", environment=KITTY, lines=34) as terminal:
        terminal.wait_for(SHOWN)
        assert SHOWN.encode() not in press(terminal, b"t", "done", REMOVED).partition(REMOVED.encode())[2]


def test_the_picture_is_placed_anew_after_each_frame_and_never_inside_it() -> None:
    with program("tui_picture_app.py", environment=KITTY) as terminal:
        terminal.wait_for(SHOWN)
        terminal.type(b"\x1b[?2026;2$y")
        written = press(terminal, b"w", "second", SHOWN)
        frames = FRAME.findall(written)
        assert any(b"second" in frame for frame in frames)
        assert not [frame for frame in frames if b"\x1b_G" in frame]


def test_dots_that_no_pixels_are_left_for_are_half_blocks_to_scroll() -> None:
    with program("tui_picture_app.py", environment=KITTY, lines=14) as terminal:
        terminal.wait_for("▀")
        press(terminal, b"w", "second")
        assert b"\x1b_G" not in terminal.written
        assert dots(received(press(terminal, b"o", "a=t,", SHOWN)), OTHER, 2) == OTHER


@pytest.mark.parametrize("environment", [{"TERM": "xterm-256color"}, {**KITTY, "TMUX": "/tmp/tmux-0/0,1,0"}])
def test_no_other_terminal_gets_a_byte_of_it(environment: Mapping[str, str]) -> None:
    with program("tui_picture_app.py", environment=environment) as terminal:
        terminal.wait_for("▀")
        press(terminal, b"w", "second")
        press(terminal, b"d", "over it")
        press(terminal, b"\x1b", "second")
        press(terminal, b"z", "\x1b[?1049l")
        assert b"\x1b_" not in terminal.written


@pytest.mark.parametrize(
    ("environment", "is_known"),
    [
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm-ghostty"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, True),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, True),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "220401"}, True),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "211203"}, False),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "new"}, False),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1", "TERM_PROGRAM": "vscode"}, False),
        ({"TERM": "screen-256color", "KITTY_WINDOW_ID": "1"}, False),
        ({"TERM": "tmux-256color", "TERM_PROGRAM": "ghostty"}, False),
        ({"TERM": "xterm-kitty", "STY": "1.pts"}, False),
        ({"TERM": "xterm-kitty", "ZELLIJ": "0"}, False),
        ({"TERM": "xterm-256color"}, False),
        ({}, False),
    ],
)
def test_the_terminal_is_known_by_what_it_says_of_itself(
    environment: Mapping[str, str], is_known: bool
) -> None:
    assert draws_pictures(environment) is is_known


@st.composite
def bitmaps(draw: st.DrawFn) -> Bitmap:
    width, height = draw(st.integers(1, 40)), draw(st.integers(1, 40))
    stride = (width + 7) // 8
    rows = [draw(st.integers(0, 2**width - 1)) << stride * 8 - width for _ in range(height)]
    return Bitmap(width, height, b"".join(row.to_bytes(stride) for row in rows))


@given(bitmaps(), st.integers(5, 30), st.integers(3, 20))
def test_where_all_dots_fit_each_is_a_square_of_pure_pixels(bitmap: Bitmap, columns: int, lines: int) -> None:
    cells = Size(columns, lines)
    dot = dot_size(bitmap, cells, CELL)
    picture = canvas(bitmap, cells, CELL)
    assert dot >= 1
    assert (picture.width, picture.height) == (columns * 8, lines * 16), "no pixel is stretched"
    assert dots(picture, bitmap, dot) == bitmap


@pytest.mark.parametrize("cells", [Size(40, 20), Size(30, 9), Size(47, 14), Size(11, 40), Size(4, 2)])
def test_a_label_with_more_dots_than_pixels_becomes_grey_and_as_large_as_may_be(cells: Size) -> None:
    picture = canvas(LABEL, cells, CELL)
    assert (picture.width, picture.height) == (cells.width * 8, cells.height * 16), "no pixel is stretched"
    used = max(LABEL.width / picture.width, LABEL.height / picture.height)
    rows = [picture.greys[y * picture.width : (y + 1) * picture.width] for y in range(picture.height)]
    inked = [row for row in rows if min(row) < WHITE]
    assert 0.85 * LABEL.height / used <= len(inked) <= LABEL.height / used + 1


def test_a_square_of_dots_is_as_grey_as_it_holds_black() -> None:
    corner = Bitmap(4, 4, bytes([0b1100_0000, 0b1100_0000, 0b1000_0000, 0b0000_0000]))
    picture = canvas(corner, Size(2, 2), Cell(1, 1))
    assert picture == Canvas(2, 2, bytes([BLACK, WHITE, WHITE - WHITE // 4, WHITE]))


def test_dots_that_lie_over_two_pixels_are_shared_between_them() -> None:
    row = canvas(Bitmap(3, 1, bytes([0b1010_0000])), Size(2, 1), Cell(1, 1))
    assert row.greys == bytes([WHITE - WHITE * 4 // 9] * 2), "of its 3 x 3 parts 2 x 2 are black"


def test_a_strip_of_any_length_can_be_shown() -> None:
    picture = canvas(Bitmap(16, 4000, bytes([0xFF]) * 8000), Size(1, 1), CELL)
    assert len(picture.greys) == picture.width * picture.height


def test_every_command_forbids_the_terminal_to_answer() -> None:
    picture = terminal_picture.load(canvas(LABEL, Size(96, 30), CELL))
    texts = [picture, terminal_picture.place(Offset(1, 2), Size(3, 4)), terminal_picture.remove()]
    commands = COMMAND.findall("".join(texts).encode())
    assert len(commands) > 5
    assert all(b"q=2" in head.split(b",") for head, _ in commands)
