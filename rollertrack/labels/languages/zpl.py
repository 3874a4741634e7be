"""Pictures as ZPL, for Zebra label printers; hexadecimal dots, so no text can act as a command."""

from collections.abc import Iterable

from rollertrack.labels.bitmap import Bitmap


def encode(bitmaps: Iterable[Bitmap], *, endless: bool = False) -> bytes:
    """One format for each picture; `endless` paper is told how far to feed instead of finding a gap."""
    return b"".join(_format(bitmap, endless=endless) for bitmap in bitmaps)


def _format(bitmap: Bitmap, *, endless: bool) -> bytes:
    total = len(bitmap.rows)
    lines = (
        "^XA",
        f"^PW{bitmap.width}",
        *(("^MNN",) if endless else ()),
        f"^LL{bitmap.height}",
        "^LH0,0",
        f"^FO0,0^GFA,{total},{total},{bitmap.stride},{bitmap.rows.hex().upper()}^FS",
        "^PQ1",
        "^XZ",
    )
    return "".join(line + "\n" for line in lines).encode("ascii")
