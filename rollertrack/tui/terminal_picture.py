"""A label in the real pixels of a terminal that knows Kitty's graphics: the bytes that show and remove it."""

import os
import struct
import sys
import zlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from textual.app import App
from textual.geometry import Offset, Size

from rollertrack.labels.bitmap import Bitmap

_BETWEEN = ("TMUX", "STY", "ZELLIJ")
_TERMS = {"xterm-kitty", "xterm-ghostty"}
_PROGRAMS = {"ghostty", "WezTerm"}
_FIRST_KONSOLE = 220400
_CHUNK = 4096
# q=2: the terminal answers nothing, for an answer would come in as keys.
_LABEL = "i=5394764,q=2"
_WHITE = b"\xff"
# The sums of a square of so many dots still go into a byte.
_COARSEST = 15


class Cell(NamedTuple):
    """The size of a character in pixels."""

    width: int
    height: int


_USUAL = Cell(8, 16)


def draws_pictures(environment: Mapping[str, str]) -> bool:
    """Whether the terminal is one that shows Kitty's graphics; it is not asked, for it could stay silent."""
    term = environment.get("TERM", "")
    if term.startswith(("screen", "tmux")) or any(name in environment for name in _BETWEEN):
        return False
    if term in _TERMS:
        return True
    # The named program comes first: what kitty or Konsole set is inherited by terminals started in them.
    if program := environment.get("TERM_PROGRAM"):
        return program in _PROGRAMS
    konsole = environment.get("KONSOLE_VERSION", "")
    return "KITTY_WINDOW_ID" in environment or (konsole.isdecimal() and int(konsole) >= _FIRST_KONSOLE)


def picture_cell(app: App[Any]) -> Cell | None:
    """The size of a character where an app can show pictures, else none."""
    elsewhere = app.is_headless or app.is_web or app.is_inline or sys.platform == "win32"
    return None if elsewhere or not draws_pictures(os.environ) else _cell_size()


def _cell_size() -> Cell:
    import fcntl  # not on Windows
    import termios

    try:
        answer = fcntl.ioctl(sys.__stdin__ or 0, termios.TIOCGWINSZ, bytes(8))
    except (OSError, ValueError):
        return _USUAL
    lines, columns, width, height = struct.unpack("HHHH", answer)
    return Cell(width // columns, height // lines) if 0 < columns <= width and 0 < lines <= height else _USUAL


def dot_size(bitmap: Bitmap, cells: Size, cell: Cell) -> int:
    """How many pixels wide and high each dot can be in so many cells; 0 when not all of them fit."""
    return min(cells.width * cell.width // bitmap.width, cells.height * cell.height // bitmap.height)


@dataclass(frozen=True, slots=True)
class Canvas:
    """White paper with a label in its middle, one byte of grey a pixel, row by row."""

    width: int
    height: int
    greys: bytes


def canvas(bitmap: Bitmap, cells: Size, cell: Cell) -> Canvas:
    """The label as large as whole pixels a dot allow in so many cells.

    A label with more dots than there are pixels keeps whole squares of dots, and the canvas is larger
    than the cells by what the terminal then makes it smaller.
    """
    width, height = cells.width * cell.width, cells.height * cell.height
    dot = dot_size(bitmap, cells, cell)
    scale = 1 if dot else min(_COARSEST, max(1, bitmap.width // width, bitmap.height // height))
    lines = [_wider(line, dot or 1) for line in _greys(bitmap, scale)]
    if not dot:
        excess = max(len(lines[0]) / width, len(lines) / height, 1)
        width, height = round(width * excess), round(height * excess)
    label = b"".join(line.center(width, _WHITE) * (dot or 1) for line in lines)
    above = (height - len(label) // width) // 2
    paper = _WHITE * (width * above) + label
    return Canvas(width, height, paper.ljust(width * height, _WHITE))


def _greys(bitmap: Bitmap, scale: int) -> Iterator[bytes]:
    """Each row of squares of `scale` x `scale` dots, a byte a square; added up as long numbers, for speed."""
    width = -(-bitmap.width // scale) * scale
    greys = bytes(255 - min(dots, scale**2) * 255 // scale**2 for dots in range(256))
    for top in range(0, bitmap.height, scale):
        rows = (_ones(bitmap, y, width) for y in range(top, min(top + scale, bitmap.height)))
        columns = sum(map(int.from_bytes, rows)).to_bytes(width)
        squares = sum(int.from_bytes(columns[place::scale]) for place in range(scale))
        yield squares.to_bytes(width // scale).translate(greys)


def _ones(bitmap: Bitmap, y: int, width: int) -> bytes:
    """A row as one byte a dot, 1 for black, filled up with white."""
    digits = f"{int.from_bytes(bitmap.row(y)):0{bitmap.stride * 8}b}"[: bitmap.width]
    return bytes.fromhex("0" + "0".join(digits)).ljust(width, b"\0")


def _wider(line: bytes, times: int) -> bytes:
    """Each byte so many times."""
    wide = bytearray(len(line) * times)
    for place in range(times):
        wide[place::times] = line
    return bytes(wide)


def load(picture: Canvas) -> str:
    """What gives the picture to the terminal, in place of the one before, unseen as yet."""
    data = b64encode(zlib.compress(_wider(picture.greys, 3), 1)).decode()
    chunks = [data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK)]
    heads = [f"a=t,{_LABEL},f=24,o=z,s={picture.width},v={picture.height}", *["q=2"] * (len(chunks) - 1)]
    more = [*[1] * (len(chunks) - 1), 0]
    return unload() + "".join(map(_command, heads, more, chunks))


def _command(head: str, more: int = 0, data: str = "") -> str:
    return f"\x1b_G{head},m={more};{data}\x1b\\"


def place(at: Offset, cells: Size) -> str:
    """What shows the picture over so many cells, and leaves the cursor where it is."""
    head = f"a=p,{_LABEL},p=1,c={cells.width},r={cells.height},C=1"
    return f"\x1b7\x1b[{at.y + 1};{at.x + 1}H\x1b_G{head}\x1b\\\x1b8"


def remove() -> str:
    """What takes the picture off the screen; the terminal keeps it."""
    return f"\x1b_Ga=d,d=i,{_LABEL}\x1b\\"


def unload() -> str:
    """What makes the terminal forget the picture."""
    return f"\x1b_Ga=d,d=I,{_LABEL}\x1b\\"
