"""Pictures as ESC/POS bytes; nothing but pictures, so no text can act as a command."""

import struct
from collections.abc import Iterable

from rollertrack.labels.bitmap import Bitmap

INITIALISE = b"\x1b@"
CUT = b"\x1dV\x42\x00"
"""Feed the end of the label to the blade, then cut; printers without a blade only feed."""
_RASTER = b"\x1dv0\x00"
_BAND = 960
"""Rows sent in one raster command; buffers of cheap printers overflow above it."""


def encode(bitmaps: Iterable[Bitmap]) -> bytes:
    """One job: reset, then each picture fed and cut off."""
    return INITIALISE + b"".join(raster(bitmap) + CUT for bitmap in bitmaps)


def raster(bitmap: Bitmap) -> bytes:
    """The picture as `GS v 0` commands."""
    return b"".join(
        _RASTER + struct.pack("<HH", band.stride, band.height) + band.rows for band in bitmap.bands(_BAND)
    )
