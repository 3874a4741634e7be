"""Bars of text: counts as lengths, the least of them still seen, told apart without colour."""

from collections.abc import Sequence

SHADES = "█▓▒░"
"""The parts of a bar, from its beginning."""
_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(value: float, most: float, width: int) -> str:
    """A count on a scale that ends with `most`: eighths of a cell; what is more than nothing is seen."""
    if value <= 0 or most <= 0:
        return ""
    eighths = max(1, min(8 * width, round(8 * width * value / most)))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def stacked(parts: Sequence[int], most: int, width: int) -> str:
    """A count in parts, one behind the other; each part that is more than nothing has a cell at least.

    The bar is as long as the sum is on a scale that ends with `most`, where the parts leave room for that.
    """
    whole = sum(parts)
    if whole <= 0 or most <= 0:
        return ""
    length = max(1, round(width * whole / most))
    cells = [max(1, round(length * part / whole)) if part else 0 for part in parts]
    while sum(cells) > max(length, sum(1 for part in parts if part)):
        cells[cells.index(max(cells))] -= 1
    return "".join(shade * count for shade, count in zip(SHADES, cells, strict=False))
