"""How large the QR codes of a label are, how strong, and whether there are two of them."""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from rollertrack.errors import BadInput
from rollertrack.labels.media import Media
from rollertrack.labels.qr import LEVELS, QUIET_ZONE, matrix, modules_of

_LEAST_DOTS, _LEAST_DOTS_ON_TINY = 4, 3
_LEAST_MODULE = 0.33
"""In mm; finer print is for industrial readers only."""
_TWIN_MODULE = 0.4
"""In mm; what a phone reads at hand distance, so that either of two codes does alone."""
_GROWN_MODULE = 0.5
_FEWEST_DOTS, _MOST_DOTS = 2, 20
# A wipe through a corner square makes any single code unreadable, so two codes come before the strongest one.
# A single code gets more modules than its text needs, as long as they stay large: in the same square, more
# of them survive a wipe or a splash than fewer and larger ones.
_WISHES = (
    (True, "H", 0, _TWIN_MODULE),
    (True, "Q", 0, _TWIN_MODULE),
    (False, "H", 29, _GROWN_MODULE),
    (False, "H", 25, _GROWN_MODULE),
    *((False, level, 0, 0.0) for level in LEVELS),
)
"""Whether two codes, their level, modules if more than needed, and the finest module in mm; best first."""
_LARGEST = 28.0
_LARGEST_TWIN = 18.5
"""In mm: a larger code only uses up paper."""
_SHARE, _TWIN_SHARE = 0.5, 0.46
"""Of the width, at most, unless the least module needs more."""


@dataclass(frozen=True, slots=True)
class Footprint:
    """The least room, in dots, that the letters of a code need."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Codes:
    """One or two equal QR codes; `inset` is what the margin keeps free beyond their quiet zone."""

    level: str
    modules: int
    module: int
    twin: bool
    tower: bool
    """Above the text, with the second below it, rather than right of it."""
    inset: int

    @property
    def side(self) -> int:
        """Dots of one code with its quiet zone."""
        return self.module * (self.modules + 2 * QUIET_ZONE)

    @property
    def stacked(self) -> int:
        """Dots of the codes one above the other, with one quiet zone between them."""
        return self.side + (self.side - QUIET_ZONE * self.module if self.twin else 0)


def chosen(payload: str, media: Media, letters: tuple[Footprint, ...], module: int | None = None) -> Codes:
    """The best codes for a payload that leave room for its letters, in one of the shapes they can be set in.

    Two codes of level H or Q where both are large enough for a phone; else one, of the strongest level that
    fits. `module` is the least dots a module that this printer was proved with. Raises BadInput with the
    numbers when nothing fits.
    """
    codes = _best(tuple(modules_of(payload, level) for level in LEVELS), media, letters, module)
    if codes is None:
        raise BadInput("media", _refusal(payload, media, letters, module))
    return codes


@lru_cache(maxsize=256)
def _best(
    modules: tuple[int | None, ...], media: Media, letters: tuple[Footprint, ...], module: int | None
) -> Codes | None:
    """The best codes that are so many modules wide at each level; None when none fits."""
    widths = dict(zip(LEVELS, modules, strict=True))
    for floor in floors(media, module):
        for twin, level, grown, finest in _WISHES:
            needed = widths[level]
            if needed is None or 0 < grown <= needed:
                continue
            least = max(floor, ceil(media.exact_dots(finest)))
            for tower in _shapes(media)[:1] if grown else _shapes(media):
                wish = Codes(level, grown or needed, least, twin, tower, 0)
                if found := _largest(wish, media, letters, within_share=grown > 0):
                    return found
    return None


def floors(media: Media, module: int | None) -> list[int]:
    """The least dots a module, the usual first; BadInput for a proven one that cannot be."""
    if module is not None:
        if not _FEWEST_DOTS <= module <= _MOST_DOTS:
            raise BadInput(
                "module", f"{module} is out of range; {_FEWEST_DOTS} to {_MOST_DOTS} dots are right"
            )
        return [module]
    least = ceil(media.exact_dots(_LEAST_MODULE))
    return sorted({max(_LEAST_DOTS, least), max(_LEAST_DOTS_ON_TINY, least)}, reverse=True)


def _shapes(media: Media) -> tuple[bool, ...]:
    return (True, False) if media.length is not None and media.length > media.width else (False, True)


def _largest(
    least: Codes, media: Media, letters: tuple[Footprint, ...], *, within_share: bool
) -> Codes | None:
    """The codes with the largest module that fits, or None; only the least may take more than its share."""
    share, most = (_TWIN_SHARE, _LARGEST_TWIN) if least.twin else (_SHARE, _LARGEST)
    cap = media.dots(most) if least.tower else min(int(media.width * share), media.dots(most))
    count = least.modules + 2 * QUIET_ZONE
    largest = cap // count if within_share else max(cap // count, least.module)
    for module in range(largest, least.module - 1, -1):
        inset = max(0, media.margin - QUIET_ZONE * module)
        codes = Codes(least.level, least.modules, module, least.twin, least.tower, inset)
        if _fits(codes, media, letters):
            return codes
    return None


def _fits(codes: Codes, media: Media, letters: tuple[Footprint, ...]) -> bool:
    length = media.length
    if not codes.tower:
        width = media.width - codes.side - codes.inset - media.margin
        tall_enough = length is None or codes.stacked + 2 * codes.inset <= length
        height = None if length is None else length - 2 * media.margin
        return tall_enough and _any(letters, width, height)
    height = None
    if length is not None:
        below = codes.side + codes.inset if codes.twin else media.margin
        height = length - codes.side - codes.inset - below
    wide_enough = codes.side + 2 * codes.inset <= media.width
    return wide_enough and _any(letters, media.width - 2 * media.margin, height)


def _any(letters: tuple[Footprint, ...], width: int, height: int | None) -> bool:
    return any(each.width <= width and (height is None or each.height <= height) for each in letters)


def _refusal(payload: str, media: Media, letters: tuple[Footprint, ...], module: int | None) -> str:
    """Why nothing fits, and what would."""
    floor = floors(media, module)[-1]
    least = Codes(LEVELS[-1], len(matrix(payload, LEVELS[-1])), floor, False, False, 0)
    width = least.side + media.margin + min(each.width for each in letters)
    height = max(least.side, 2 * media.margin + max(each.height for each in letters))
    length = "" if media.length is None else f" x {media.mm(media.length):.1f}"
    shorter = "a shorter link base or none, " if "/" in payload else ""
    return (
        f"{media.name} gives {media.mm(media.width):.1f}{length} mm, and a code of {len(payload)} characters "
        f"needs {media.mm(width):.1f} x {media.mm(height):.1f} mm at {floor} dots a module; "
        f"a larger label, {shorter}or a finer printer is right"
    )
