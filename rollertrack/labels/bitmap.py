"""The one-bit picture every label becomes: what is previewed, printed and written to files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MM_PER_INCH = 25.4
_CUT_LINE = 0xF0
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


@dataclass(frozen=True, slots=True)
class Bitmap:
    """A picture of black and white dots.

    `rows` holds the rows from the top, each packed into whole bytes, most significant bit first,
    1 = black; the unused bits at the end of a row are 0.
    """

    width: int
    height: int
    rows: bytes

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1:
            raise ValueError(f"a picture of {self.width} x {self.height} dots is none")
        if len(self.rows) != self.stride * self.height:
            raise ValueError(f"{self.width} x {self.height} dots need {self.stride * self.height} bytes")

    @property
    def stride(self) -> int:
        """Bytes in one row."""
        return (self.width + 7) // 8

    def black(self, x: int, y: int) -> bool:
        """Whether the dot at column x and row y, both from 0 at the top left, is black."""
        if not (0 <= x < self.width and 0 <= y < self.height):
            raise IndexError(f"no dot {x}, {y} in {self.width} x {self.height}")
        return bool(self.rows[y * self.stride + x // 8] >> (7 - x % 8) & 1)

    def row(self, y: int) -> bytes:
        """The packed bytes of one row."""
        return self.rows[y * self.stride : (y + 1) * self.stride]

    def bands(self, height: int) -> "Iterator[Bitmap]":
        """The picture cut across into pieces of at most `height` rows, from the top."""
        for top in range(0, self.height, height):
            rows = self.rows[top * self.stride : (top + height) * self.stride]
            yield Bitmap(self.width, len(rows) // self.stride, rows)


def strip(bitmaps: Sequence[Bitmap], gap: int) -> Bitmap:
    """Pictures one below the other, `gap` white rows apart with a dashed line to cut along in the middle."""
    if len(bitmaps) == 1:
        return bitmaps[0]
    width = max(bitmap.width for bitmap in bitmaps)
    stride = (width + 7) // 8
    blank = bytes(stride)
    between = [blank] * gap
    # The last byte of a row may hold padding, which must stay white.
    between[gap // 2] = bytes([_CUT_LINE]) * (width // 8) + blank[width // 8 :]
    rows: list[bytes] = []
    for place, bitmap in enumerate(bitmaps):
        rows += between if place else []
        rows += (bitmap.row(y).ljust(stride, b"\0") for y in range(bitmap.height))
    return Bitmap(width, len(rows), b"".join(rows))


def fitting_scale(bitmap: Bitmap, columns: int) -> int:
    """The least whole `scale` at which half_blocks needs no more than `columns` characters a line."""
    return max(1, -(-bitmap.width // max(1, columns)))


def half_blocks(bitmap: Bitmap, scale: int = 1) -> list[str]:
    """The picture as lines of ' ▀▄█', where a filled half means ink.

    One character shows two squares of `scale` x `scale` dots, one above the other; a square counts
    as ink when at least half of it is black. At scale 1 nothing is lost, so a QR of one dot a module
    can be read off the screen by a phone if the ink is dark and the paper light.
    """
    squares = [_squares(bitmap, top, scale) for top in range(0, bitmap.height, scale)]
    if len(squares) % 2:
        squares.append([False] * len(squares[0]))
    return [
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(squares[::2], squares[1::2], strict=True)
    ]


def _squares(bitmap: Bitmap, top: int, scale: int) -> list[bool]:
    """Which squares of one line of squares are ink."""
    rows = [int.from_bytes(bitmap.row(y)) for y in range(top, min(top + scale, bitmap.height))]
    count = -(-bitmap.width // scale)
    # Bits are numbered from the right; a last square that sticks out is filled up with white.
    shift = count * scale - bitmap.stride * 8
    aligned = [row << shift if shift >= 0 else row >> -shift for row in rows]
    mask = (1 << scale) - 1
    return [
        2 * sum((row >> (count - 1 - column) * scale & mask).bit_count() for row in aligned) >= scale * scale
        for column in range(count)
    ]
