"""Label paper of one's own, read from a table of the settings."""

from collections.abc import Mapping
from typing import NoReturn

from rollertrack.errors import BadInput
from rollertrack.labels.papers.stocks import PAGES, Grid, Stock

_KEYS = (
    "width", "length", "margin", "dpi", "turned", "page", "columns", "rows", "left", "top", "across", "down",
)  # fmt: skip
_SMALLEST, _LARGEST = 8.0, 300.0
_WIDEST_MARGIN = 20.0
_USUAL_MARGIN = 1.0
_LABEL_DPI, _SHEET_DPI = 203, 600
_LOWEST_DPI, _HIGHEST_DPI = 100, 1200
_MOST_IN_LINE = 50
_HAIR = 0.01
"""Sizes on packs are rounded; so much may a sheet stick out on paper, in mm."""


def own_stock(name: str, table: Mapping[str, object]) -> Stock:
    """The stock that a table describes: a label, a roll when it has no `length`, or a sheet with a `page`.

    Measures are in mm. Only `width` is needed, and for a sheet `length`, `page`, `columns` and `rows`:
    labels then touch and stand in the middle of the page unless it says otherwise. Raises BadInput
    with the name of the key that is wrong.
    """
    reader = _Reader(name, table)
    width = reader.measure("width", _SMALLEST, _LARGEST)
    length = reader.measure("length", _SMALLEST, _LARGEST) if "length" in table else None
    margin = reader.measure("margin", 0.0, _WIDEST_MARGIN, _USUAL_MARGIN)
    if 2 * margin > min(width, length or width) / 2:
        reader.wrong("margin", f"{margin:g} is too much; at most a quarter of the label is right")
    dpi = reader.whole("dpi", _LOWEST_DPI, _HIGHEST_DPI, _SHEET_DPI if "page" in table else _LABEL_DPI)
    return Stock(name, width, length, dpi, margin, reader.flag("turned"), reader.grid(width, length))


class _Reader:
    """Reads a table and says in one sentence what is wrong with it."""

    def __init__(self, name: str, table: Mapping[str, object]) -> None:
        self._name = name
        self._table = table
        for key in table:
            if key not in _KEYS:
                self.wrong(str(key)[:40], f"is not known; one of {', '.join(_KEYS)} is right")

    def wrong(self, key: str, sentence: str) -> NoReturn:
        raise BadInput("media", f"{self._name[:40]}: {key} {sentence}")

    def measure(self, key: str, lowest: float, highest: float, usual: float | None = None) -> float:
        """A measure in mm."""
        value = self._table.get(key, usual)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not lowest <= value <= highest:  # type: ignore[operator]
            self.wrong(key, f"{_told(value)}; {lowest:g} to {highest:g} mm is right, such as {key} = 40")
        return float(value)  # type: ignore[arg-type]

    def whole(self, key: str, lowest: int, highest: int, usual: int | None = None) -> int:
        """A whole number."""
        value = self._table.get(key, usual)
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            self.wrong(key, f"{_told(value)}; a whole number from {lowest} to {highest} is right")
        return value

    def flag(self, key: str) -> bool:
        """Yes or no; no when nothing is said."""
        value = self._table.get(key, False)
        if not isinstance(value, bool):
            self.wrong(key, f"{_told(value)}; true or false is right")
        return value

    def grid(self, width: float, length: float | None) -> Grid | None:
        """How the labels lie on the page; None for a label of its own."""
        page = self._table.get("page")
        if page is None:
            self._no_grid()
            return None
        size = next((size for name, size in PAGES.items() if name.casefold() == str(page).casefold()), None)
        if size is None:
            self.wrong("page", f"{_told(page)}; {' or '.join(PAGES)} is right")
        if length is None:
            self.wrong("length", "is missing; a label on a sheet has a length in mm")
        columns, left, across = self._axis("columns", "left", "across", width, size[0])
        rows, top, down = self._axis("rows", "top", "down", length, size[1])
        return Grid(*size, columns, rows, left, top, across, down)

    def _axis(
        self, count_key: str, start_key: str, pitch_key: str, label: float, page: float
    ) -> tuple[int, float, float]:
        """How many labels stand in one direction, where the first begins, and how far apart they are."""
        count = self.whole(count_key, 1, _MOST_IN_LINE)
        pitch = self.measure(pitch_key, label, page, label)
        taken = (count - 1) * pitch + label
        if taken > page + _HAIR:
            self.wrong(count_key, f"{count} need {taken:.1f} mm; the page has {page:g} mm")
        start = self.measure(start_key, 0.0, page, max(0.0, (page - taken) / 2))
        if start + taken > page + _HAIR:
            self.wrong(start_key, f"{start:g} is too much; at most {page - taken:.1f} mm are right")
        return count, start, pitch

    def _no_grid(self) -> None:
        for key in ("columns", "rows", "left", "top", "across", "down"):
            if key in self._table:
                self.wrong("page", f"is missing, and only a sheet has {key}; {' or '.join(PAGES)} is right")


def _told(value: object) -> str:
    return "is missing" if value is None else f"is {value!r}"[:60]
