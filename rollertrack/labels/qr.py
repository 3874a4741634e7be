"""The QR code as a matrix of modules; drawing it is left to the raster."""

from functools import lru_cache

from rollertrack.errors import BadInput

QUIET_ZONE = 4
"""White modules kept on each side, as the standard asks."""

Matrix = tuple[tuple[bool, ...], ...]
# Level L is left out: a label that is wiped with disinfectant every day would soon be unreadable.
_LEVELS = "HQM"
# The choice of mask takes most of the time and makes no difference to reading.
_MASK = 3


@lru_cache(maxsize=256)
def matrix(text: str) -> Matrix:
    """The modules of a QR code, True = dark, without quiet zone.

    The symbol is the smallest that holds the text at level M; within it, the strongest level that fits.
    """
    smallest = _attempt(text, _LEVELS[-1], None)
    stronger = (_attempt(text, level, len(smallest)) for level in _LEVELS[:-1])
    return next(filter(None, stronger), smallest)


def _attempt(text: str, level: str, size: int | None) -> Matrix:
    """The matrix at one level, at most `size` modules wide; empty when that is too small."""
    from qrcode import constants  # type: ignore[import-untyped]
    from qrcode.exceptions import DataOverflowError  # type: ignore[import-untyped]
    from qrcode.main import QRCode  # type: ignore[import-untyped]

    code = QRCode(
        version=None if size is None else (size - 17) // 4,
        error_correction=getattr(constants, f"ERROR_CORRECT_{level}"),
        border=0,
        mask_pattern=_MASK,
    )
    code.add_data(text, optimize=0)
    try:
        code.make(fit=size is None)
    except (DataOverflowError, ValueError):
        if size is None:
            raise BadInput("link base", f"{len(text)} characters are too long for a QR code") from None
        return ()
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())
