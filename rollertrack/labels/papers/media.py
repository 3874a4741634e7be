"""The paper a label is printed on: stock of the trade or of one's own, in the dots of a printer."""

from collections.abc import Mapping
from dataclasses import dataclass

from rollertrack.errors import BadInput
from rollertrack.labels.bitmap import MM_PER_INCH
from rollertrack.labels.papers.own_media import own_stock
from rollertrack.labels.papers.stocks import STOCKS, Grid, Stock

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
