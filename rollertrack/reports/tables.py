"""Tables as CSV that a spreadsheet opens: what it would take for a formula is text."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO
from typing import NamedTuple

from rollertrack.errors import BadInput

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_GUARDS = "'`"
BYTE_ORDER_MARK = "\ufeff"
"""By it spreadsheets know UTF-8."""


class Style(NamedTuple):
    """How a table is written: what cuts cells and decimals; `raw` for programs, where nothing is defused."""

    delimiter: str = ","
    decimal: str = "."
    raw: bool = False


USUAL, EUROPEAN = Style(), Style(";", ",")


def style_of(delimiter: str = "", decimal: str = "", *, raw: bool = False) -> Style:
    """The style that was typed; BadInput for one that no spreadsheet reads."""
    sign = {"tab": "\t", "\\t": "\t"}.get(delimiter.lower(), delimiter) or ","
    if sign not in {",", ";", "\t", "|"}:
        raise BadInput("delimiter", f"“{delimiter[:10]}” is none; one of ; , | or tab is right")
    point = decimal or "."
    if point not in {".", ","}:
        raise BadInput("decimal", f"“{decimal[:10]}” is none; . or , is right")
    return Style(sign, point, raw)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would calculate a text, or would once what guards it is taken off."""
    bare = text.lstrip(_GUARDS)
    return bool(bare) and unicodedata.normalize("NFKC", bare[0])[:1] in _FORMULAS


def defused(text: str) -> str:
    """A cell that a spreadsheet reads as text: one that it would calculate gets an apostrophe in front."""
    return f"'{text}" if is_formula(text) else text


def undefused(text: str) -> str:
    """A cell as it was before it was defused, here or by another program; a backtick guards as well."""
    return text[1:] if text[:1] in tuple(_GUARDS) and is_formula(text[1:]) else text


Cell = str | int | float | Decimal | None
"""A text, which is defused; a number, which is not; or nothing."""


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[Cell]], style: Style = USUAL) -> bytes:
    """A table as CSV in UTF-8, its columns named in the first line; instants as spreadsheets read them."""
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=style.delimiter)
    writer.writerow(columns)
    moments = frozenset() if style.raw else {place for place, name in enumerate(columns) if _is_moment(name)}
    for row in rows:
        cells = [_written(cell, style) for cell in row]
        for place in moments:
            cells[place] = _MOMENT.sub(r"\1 \2", cells[place])
        writer.writerow(cells)
    return (("" if style.raw else BYTE_ORDER_MARK) + file.getvalue()).encode("utf-8")


_MOMENT = re.compile(r"^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})[+-]\d{2}:\d{2}$", re.ASCII)
"""An instant as programs write it; no spreadsheet takes one with its offset for a date."""


def _is_moment(column: str) -> bool:
    return column.endswith("_at") or column in {"at", "on", "until"}


def _written(cell: Cell, style: Style) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell if style.raw else defused(cell)
    return str(cell).replace(".", style.decimal)
