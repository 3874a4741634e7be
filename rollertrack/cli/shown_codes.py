"""A QR code on the terminal, dark on light whatever the theme."""

import shutil
import sys
from collections.abc import Sequence
from typing import TextIO

_INK_ON_PAPER = "\x1b[30;47m\x1b[38;5;16;48;5;231m"
"""Black on white by name, then by number where the terminal knows it: themes change the named colours."""
_PLAIN = "\x1b[0m"


def code_lines(text: str) -> Sequence[str]:
    """A code of a text with its quiet zone, two modules above each other in a character."""
    from rollertrack.labels.bitmap import half_blocks
    from rollertrack.labels.qr import matrix
    from rollertrack.labels.raster import symbol

    return half_blocks(symbol(matrix(text)))


def size_lacking(stage: TextIO, lines: Sequence[str], more_rows: int = 0) -> tuple[int, int] | None:
    """The columns and rows that a terminal lacks to show some lines; None where they fit."""
    size = shutil.get_terminal_size()
    columns, rows = len(lines[0]), len(lines) + more_rows
    is_whole = "utf" in (stage.encoding or "").lower() and size.columns >= columns and size.lines >= rows
    return None if is_whole else (columns, rows)


def show(stage: TextIO, lines: Sequence[str]) -> None:
    """Write the lines of a code as ink on paper."""
    stage.writelines(f"{_INK_ON_PAPER}{line}{_PLAIN}\n" for line in lines)


def show_if_seen(address: str) -> None:
    """Show an address as a code for a phone's camera, where somebody looks and it fits."""
    if sys.stdout.isatty() and not size_lacking(sys.stdout, lines := code_lines(address)):
        show(sys.stdout, lines)
