"""The label stock that is sold, in mm: rolls, die-cut labels, sheets."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grid:
    """How labels lie on a sheet; every measure is in mm, from the top left corner of the page."""

    page_width: float
    page_height: float
    columns: int
    rows: int
    left: float
    top: float
    across: float
    """From the left edge of one label to that of the next."""
    down: float

    @property
    def positions(self) -> int:
        """Labels on one sheet."""
        return self.columns * self.rows


@dataclass(frozen=True, slots=True)
class Stock:
    """One kind of label paper; width and length are what can be printed on, in mm."""

    name: str
    width: float
    length: float | None
    """None for a roll that is cut after each label."""
    dpi: int
    """That of the printers which usually take it."""
    margin: float = 1.0
    """Kept blank between the edge and any ink."""
    turned: bool = False
    """Drawn lying, sent standing."""
    grid: Grid | None = None


PAGES = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
"""Width and height of a page by its name."""

_OFFICE = 600
# A die-cut label does not always lie true under the print head, nor a sheet in its tray.
_DIE_CUT = 1.5


def _sheet(
    name: str, page: str, size: tuple[float, float], grid: tuple[int, int], pitch: tuple[float, float],
    margin: float = _DIE_CUT,
) -> Stock:  # fmt: skip
    """Labels that stand in the middle of their page."""
    left, top = (
        (paper - (count - 1) * step - label) / 2
        for paper, count, step, label in zip(PAGES[page], grid, pitch, size, strict=True)
    )
    return Stock(name, *size, _OFFICE, margin, grid=Grid(*PAGES[page], *grid, left, top, *pitch))


STOCKS = (
    # The paper is wider than the print head: 384 and 576 dots at 203 dpi.
    Stock("58mm", 48.05, None, 203),
    Stock("80mm", 72.07, None, 203),
    # Brother QL: exactly 696 x 271 and 165 x 566 dots at 300 dpi; one dot more or less is refused.
    # The margins are small because the printer keeps its own 1.5 mm.
    Stock("62x29", 58.93, 22.94, 300, 0.5),
    Stock("17x54", 47.92, 13.97, 300, 0.5, turned=True),
    Stock("57x32", 57.0, 32.0, 300, _DIE_CUT),
    Stock("25x13", 25.0, 13.0, 300),
    Stock("50x25", 50.0, 25.0, 203, _DIE_CUT),
    Stock("40x30", 40.0, 30.0, 203, _DIE_CUT),
    Stock("30x20", 30.0, 20.0, 203),
    # Avery; sizes and pitches are those of the maker's own templates.
    _sheet("l7160", "A4", (63.5, 38.1), (3, 7), (66.04, 38.1)),
    _sheet("l7651", "A4", (38.1, 21.2), (5, 13), (40.6, 21.2)),
    _sheet("l4731", "A4", (25.4, 10.0), (7, 27), (27.9, 10.0), 1.0),
    _sheet("5160", "Letter", (66.675, 25.4), (3, 10), (69.85, 25.4)),
    _sheet("5167", "Letter", (44.45, 12.7), (4, 20), (52.388, 12.7), 1.0),
)
