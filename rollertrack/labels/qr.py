"""The QR code as a matrix of modules; drawing it is left to the raster."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rollertrack.errors import BadInput

if TYPE_CHECKING:
    from qrcode.main import QRCode  # type: ignore[import-untyped]

QUIET_ZONE = 4
"""White modules kept on each side, as the standard asks."""

LEVELS = "HQM"
"""Levels of error correction, the strongest first.

Level L is left out: a label that is wiped with disinfectant every day would soon be unreadable.
"""

Matrix = tuple[tuple[bool, ...], ...]
# The choice of mask takes most of the time and makes no difference to reading.
_MASK = 3
_COMPACT = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
_COMPACT_RUN = re.compile("A+")
_WORTH = 7
"""Compact characters in a row that are smaller as a piece of their own, with what announces it."""
_WORTH_BETWEEN = 11
"""The same where what follows must be announced anew."""


@lru_cache(maxsize=256)
def matrix(text: str, level: str | None = None, modules: int | None = None) -> Matrix:
    """The modules of a QR code, True = dark, without quiet zone; BadInput for a text no code holds.

    Without a level, the symbol is the smallest that holds the text at level M, at the strongest level
    that needs no larger one. `modules` asks for a wider symbol than the text needs.
    """
    if level is None:
        smallest = modules_of(text, LEVELS[-1])
        level = next(each for each in LEVELS if modules_of(text, each) == smallest)
    modules = modules or modules_of(text, level)
    if modules is None:
        raise BadInput("link base", f"{len(text)} characters are too long for a QR code")
    code = _code(level, (modules - 17) // 4)
    _add(code, text)
    code.make(fit=False)
    return tuple(tuple(row) for row in code.get_matrix())


def modules_of(text: str, level: str) -> int | None:
    """How many modules wide the smallest symbol is that holds the text; None when none does."""
    # Such text needs as many modules as any other of its length and shape.
    alike = text if text.isdigit() or not text.isascii() else _shape(text)
    return _modules(alike, level)


def _shape(text: str) -> str:
    return "".join("A" if char in _COMPACT else "a" for char in text)


@lru_cache(maxsize=1024)
def _modules(text: str, level: str) -> int | None:
    from qrcode.exceptions import DataOverflowError  # type: ignore[import-untyped]

    code = _code(level, None)
    _add(code, text)
    try:
        return int(code.best_fit(start=1)) * 4 + 17
    except (DataOverflowError, ValueError):
        return None


def _add(code: "QRCode", text: str) -> None:
    """Put a text into a code, compact wherever a run of it is worth a piece of its own."""
    for piece in _pieces(text):
        code.add_data(piece, optimize=0)


def _pieces(text: str) -> list[str]:
    """The text cut so that each compact run that pays for it stands alone."""
    pieces, begin = [], 0
    for run in _COMPACT_RUN.finditer(_shape(text)):
        is_between = run.start() > 0 and run.end() < len(text)
        if len(run[0]) < (_WORTH_BETWEEN if is_between else _WORTH):
            continue
        pieces += [text[begin : run.start()], text[run.start() : run.end()]]
        begin = run.end()
    return [piece for piece in (*pieces, text[begin:]) if piece]


def _code(level: str, version: int | None) -> "QRCode":
    from qrcode import constants  # type: ignore[import-untyped]
    from qrcode.main import QRCode

    correction = getattr(constants, f"ERROR_CORRECT_{level}")
    return QRCode(version=version, error_correction=correction, border=0, mask_pattern=_MASK)
