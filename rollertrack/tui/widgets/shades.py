"""A label made smaller by a whole number: how much black lies in each square of its dots; pure."""

from rollertrack.labels.bitmap import Bitmap

DARKEST = 8


def shades(bitmap: Bitmap, scale: int) -> list[list[int]]:
    """The squares of `scale` x `scale` dots row by row, each 0 for white to `DARKEST` for black.

    Squares that stick out on the right and below are filled up with white; an even number of rows comes back.
    """
    rows = [_row(bitmap, top, scale) for top in range(0, bitmap.height, scale)]
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    return rows


def _row(bitmap: Bitmap, top: int, scale: int) -> list[int]:
    count = -(-bitmap.width // scale)
    # Bits are numbered from the right; a last square that sticks out is filled up with white.
    shift = count * scale - bitmap.stride * 8
    lines = [int.from_bytes(bitmap.row(y)) for y in range(top, min(top + scale, bitmap.height))]
    lines = [line << shift if shift >= 0 else line >> -shift for line in lines if line]
    mask, whole = (1 << scale) - 1, scale * scale
    black = (
        sum((line >> place & mask).bit_count() for line in lines)
        for place in range((count - 1) * scale, -1, -scale)
    )
    return [(dots * DARKEST + whole // 2) // whole for dots in black]
