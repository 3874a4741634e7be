"""Pictures as TSPL, for TSC, Xprinter, Munbyn and their like."""

from collections.abc import Iterable

from rollertrack.labels.bitmap import Bitmap

_MM_PER_INCH = 25.4
_GAP_MM = 2
"""Between two die-cut labels; the printer's sensor finds the gap, the number only prepares it."""
_INVERTED = bytes(~byte & 0xFF for byte in range(256))


def encode(bitmaps: Iterable[Bitmap], dpi: int, *, endless: bool = False) -> bytes:
    """One label for each picture at so many dots an inch; `endless` paper has no gap between labels."""
    return b"".join(_label(bitmap, dpi, endless=endless) for bitmap in bitmaps)


def _label(bitmap: Bitmap, dpi: int, *, endless: bool) -> bytes:
    width, height = (f"{dots * _MM_PER_INCH / dpi:.2f} mm" for dots in (bitmap.width, bitmap.height))
    head = (
        f"SIZE {width},{height}",
        f"GAP {0 if endless else _GAP_MM} mm,0 mm",
        "DIRECTION 0",
        "CLS",
        f"BITMAP 0,0,{bitmap.stride},{bitmap.height},0,",
    )
    # Here a dot that is set is white; the unused bits at the end of a row turn white with the paper.
    return "\r\n".join(head).encode("ascii") + bitmap.rows.translate(_INVERTED) + b"\r\nPRINT 1,1\r\n"
