"""The QR code as a matrix of modules; drawing it is left to the raster."""

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
    code.add_data(text, optimize=0)
    code.make(fit=False)
    return tuple(tuple(row) for row in code.get_matrix())


def modules_of(text: str, level: str) -> int | None:
    """How many modules wide the smallest symbol is that holds the text; None when none does."""
    # Such text needs as many modules as any other of its length.
    compact = _COMPACT.issuperset(text) and not text.isdigit()
    return _modules("A" * len(text) if compact else text, level)


@lru_cache(maxsize=1024)
def _modules(text: str, level: str) -> int | None:
    from qrcode.exceptions import DataOverflowError  # type: ignore[import-untyped]

    code = _code(level, None)
    code.add_data(text, optimize=0)
    try:
        return int(code.best_fit(start=1)) * 4 + 17
    except (DataOverflowError, ValueError):
        return None


def _code(level: str, version: int | None) -> "QRCode":
    from qrcode import constants  # type: ignore[import-untyped]
    from qrcode.main import QRCode

    correction = getattr(constants, f"ERROR_CORRECT_{level}")
    return QRCode(version=version, error_correction=correction, border=0, mask_pattern=_MASK)
