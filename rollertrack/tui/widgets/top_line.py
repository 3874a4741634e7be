"""How much each part of the top line may say where there is little room; pure."""

from collections.abc import Mapping, Sequence

from rich.cells import cell_len

PARTS = ("where", "debt", "soaks", "printing", "operator", "clock")
GAP = 3
# Who gives way first; round after round until everything fits.
_YIELDING = ("clock", "operator", "printing", "soaks", "debt", "where")

Versions = Mapping[str, Sequence[str]]
"""For each part what it would say, the longest first."""


def fitted(versions: Versions, width: int) -> tuple[str, ...]:
    """What each of `PARTS` says so that all stand side by side in `width` cells, a gap between them."""
    step = dict.fromkeys(PARTS, 0)
    while _width(versions, step) > width:
        yielding = [part for part in _YIELDING if step[part] + 1 < len(versions[part])]
        if not yielding:
            break
        step[min(yielding, key=step.__getitem__)] += 1
    return tuple(versions[part][step[part]] for part in PARTS)


def _width(versions: Versions, step: Mapping[str, int]) -> int:
    said = [text for part in PARTS if (text := versions[part][step[part]])]
    return sum(map(cell_len, said)) + GAP * (len(said) - 1)
