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
_FINEST = 5
# The sum over a square of so many parts still goes into a byte.
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
    """The label in so many cells, as large as whole pixels a dot allow, or else in greys."""
    width, height = cells.width * cell.width, cells.height * cell.height
    dot = dot_size(bitmap, cells, cell)
    lines = list(_greys(bitmap, *((dot, 1) if dot else _share(bitmap, width, height))))
    width, height = max(width, len(lines[0])), max(height, len(lines))
    above = (height - len(lines)) // 2
    paper = _WHITE * (width * above) + b"".join(line.center(width, _WHITE) for line in lines)
    return Canvas(width, height, paper.ljust(width * height, _WHITE))


def _share(bitmap: Bitmap, width: int, height: int) -> tuple[int, int]:
    """The largest share of a pixel that a dot can have, of those that are quick to draw."""
    fitting = (
        (parts, whole)
        for whole in range(2, _COARSEST + 1)
        for parts in range(1, min(whole, _FINEST + 1))
        if bitmap.width * parts <= width * whole and bitmap.height * parts <= height * whole
    )
    return max(fitting, key=lambda share: share[0] / share[1], default=(1, _COARSEST))


def _greys(bitmap: Bitmap, parts: int, whole: int) -> Iterator[bytes]:
    """Each row of pixels, a byte a pixel, for dots that are `parts` of the `whole` of a pixel wide and high.

    The parts are added up as long numbers, for speed.
    """
    width = -(-bitmap.width * parts // whole) * whole
    greys = bytes(255 - min(black, whole**2) * 255 // whole**2 for black in range(256))
    fine = (_wider(_ones(bitmap, y), parts).ljust(width, b"\0") for y in range(bitmap.height))
    rows = [int.from_bytes(row) for row in fine for _ in range(parts)]
    for top in range(0, len(rows), whole):
        columns = sum(rows[top : top + whole]).to_bytes(width)
        pixels = sum(int.from_bytes(columns[place::whole]) for place in range(whole))
        yield pixels.to_bytes(width // whole).translate(greys)


def _ones(bitmap: Bitmap, y: int) -> bytes:
    """A row as one byte a dot, 1 for black."""
    digits = f"{int.from_bytes(bitmap.row(y)):0{bitmap.stride * 8}b}"[: bitmap.width]
    return bytes.fromhex("0" + "0".join(digits))


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
