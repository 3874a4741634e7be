"""Tables as CSV that a spreadsheet opens: what it would take for a formula is text."""

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from io import StringIO

_FORMULAS = "=+-@\t\r"
BYTE_ORDER_MARK = "\ufeff"
"""By it spreadsheets know UTF-8."""


def defused(text: str) -> str:
    """A cell that a spreadsheet reads as text: one that it would calculate gets an apostrophe in front."""
    first = unicodedata.normalize("NFKC", text[:1])
    return f"'{text}" if first and first[0] in _FORMULAS else text


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as CSV in UTF-8, its columns named in the first line."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return (BYTE_ORDER_MARK + file.getvalue()).encode("utf-8")
