"""The papers labels are printed on: those on sale, the station's own, and one as a printer prints it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from rollertrack.errors import BadInput
from rollertrack.labels.bitmap import MM_PER_INCH


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
            self.wrong(key, f"{_quoted(value)}; {lowest:g} to {highest:g} mm is right, such as {key} = 40")
        return float(value)  # type: ignore[arg-type]

    def whole(self, key: str, lowest: int, highest: int, usual: int | None = None) -> int:
        """A whole number."""
        value = self._table.get(key, usual)
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            self.wrong(key, f"{_quoted(value)}; a whole number from {lowest} to {highest} is right")
        return value

    def flag(self, key: str) -> bool:
        """Yes or no; no when nothing is said."""
        value = self._table.get(key, False)
        if not isinstance(value, bool):
            self.wrong(key, f"{_quoted(value)}; true or false is right")
        return value

    def grid(self, width: float, length: float | None) -> Grid | None:
        """How the labels lie on the page; None for a label of its own."""
        page = self._table.get("page")
        if page is None:
            self._no_grid()
            return None
        size = next((size for name, size in PAGES.items() if name.casefold() == str(page).casefold()), None)
        if size is None:
            self.wrong("page", f"{_quoted(page)}; {' or '.join(PAGES)} is right")
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


def _quoted(value: object) -> str:
    return "is missing" if value is None else f"is {value!r}"[:60]


__all__ = ["DEFAULT_MEDIA", "MEDIA", "Grid", "Media", "media_named"]

_COARSEST, _FINEST = 100, 2400


@dataclass(frozen=True, slots=True)
class Media:
    """One kind of label paper; every measure is in printer dots unless it says mm."""

    name: str
    width: int
    """Printable width."""
    length: int | None
    """Printable length of one label; None for a roll that is cut after each label."""
    dpi: int
    margin: int
    """Blank dots kept between the edge and any ink."""
    turned: bool = False
    """Drawn lying, sent standing: the picture is turned a quarter to the right before it goes out."""
    grid: Grid | None = None
    """Where labels lie on a sheet; None for rolls and single labels."""

    def dots(self, mm: float) -> int:
        """The nearest whole number of dots to a length in mm."""
        return round(self.exact_dots(mm))

    def exact_dots(self, mm: float) -> float:
        """A length in mm in dots, with its fraction."""
        return mm * self.dpi / MM_PER_INCH

    def mm(self, dots: int) -> float:
        """The length in mm of so many dots."""
        return dots * MM_PER_INCH / self.dpi


def media_named(
    name: str, dpi: int | None = None, own: Mapping[str, Mapping[str, object]] | None = None
) -> Media:
    """The media of that name in the dots of a printer; without `dpi`, of the printers that usually take it.

    Case, spaces and a closing “mm” do not matter, nor does which side of a label is named first.
    `own` maps names to tables of the settings, which come before the stock of the trade. Raises
    BadInput for an unknown name, with those near it, and for a table that describes no paper.
    """
    if dpi is not None and not _COARSEST <= dpi <= _FINEST:
        raise BadInput("dpi", f"{dpi} is out of range; {_COARSEST} to {_FINEST} is right, such as 203")
    for mine, table in (own or {}).items():
        if _plain(mine) == _plain(name):
            return _media(own_stock(mine, table), dpi)
    stock = _BY_NAME.get(_plain(name)) or _BY_NAME.get(_other_way_round(_plain(name)))
    if stock is None:
        raise BadInput("media", f"“{name[:40]}” is not known; {_near(name, (*(own or {}), *MEDIA))}")
    return _media(stock, dpi)


def _media(stock: Stock, dpi: int | None) -> Media:
    dpi = dpi or stock.dpi
    width, margin = _dots(stock.width, dpi), _dots(stock.margin, dpi)
    length = None if stock.length is None else _dots(stock.length, dpi)
    return Media(stock.name, width, length, dpi, margin, stock.turned, stock.grid)


def _dots(mm: float, dpi: int) -> int:
    return round(mm * dpi / MM_PER_INCH)


def _plain(name: str) -> str:
    """A name as it is compared: “L7160”, “62 × 29 mm” and “62x29” are what they seem."""
    plain = "".join(name.casefold().split()).replace("×", "x").replace("*", "x")
    return plain.removeprefix("avery").removesuffix("mm").replace("mmx", "x")


def _other_way_round(plain: str) -> str:
    first, _, second = plain.partition("x")
    return f"{second}x{first}"


def _near(name: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches  # slow to load, and only a mistake needs it

    near = get_close_matches(_plain(name), known, n=3, cutoff=0.6)
    return f"did you mean {' or '.join(near)}?" if near else f"one of {', '.join(known)} is right"


_BY_NAME = {_plain(stock.name): stock for stock in STOCKS}
MEDIA = {stock.name: _media(stock, None) for stock in STOCKS}
"""The stock of the trade by name, at its usual dpi."""
DEFAULT_MEDIA = "58mm"
