"""A table out of a CSV file of any program: its encoding, its delimiter, its rows with their lines."""

import codecs
import csv
from collections.abc import Iterator
from io import StringIO
from typing import NamedTuple

from rollertrack.domain.text import excerpt
from rollertrack.errors import BadInput
from rollertrack.wording.importing import too_many_cells

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 100_000, 200
DELIMITERS = ";,\t|"
_LOOKED_AT = 20
_MOST_IN_A_CELL = 100_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSED = "cp1252"
FIELD = "file"


class Line(NamedTuple):
    """A row of a table: the line of the file on which it begins, its cells."""

    number: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """A table as it was read; `doubtful` is the first row that another encoding would read otherwise."""

    columns: tuple[str, ...]
    rows: tuple[Line, ...]
    encoding: str
    delimiter: str
    header: Line
    """The columns as they stand in the file."""
    doubtful: Line | None = None


def read_table(data: bytes, *, encoding: str = "", delimiter: str = "") -> Table:
    """The table of a file's bytes; BadInput with the line for what is none."""
    if len(data) > MOST_BYTES:
        raise BadInput(FIELD, f"has more than {MOST_BYTES // 1024**2} MiB; split it")
    text, used = _decoded(data, encoding)
    if "\0" in text:
        at = text[: text.index("\0")].count("\n") + 1
        saved = f"line {at} holds a NUL; save it as CSV in UTF-8"
        raise BadInput(FIELD, saved, at_prompt=f"{saved}, or say --encoding utf-16-le")
    sign = _delimiter(delimiter) if delimiter else _guessed_delimiter(text)
    lines = _lines(text, sign)
    header = next(lines, None)
    if header is None:
        raise BadInput(FIELD, "is empty; a header and at least one row are right")
    columns = _header(header)
    rows = []
    for line in lines:
        rows.append(line)
        if len(rows) > MOST_ROWS:
            raise BadInput(FIELD, f"has more than {MOST_ROWS:,} rows; split it")
    if not rows:
        raise BadInput(FIELD, "holds a header and no row; at least one row is right")
    doubtful = next((each for each in rows if not "".join(each.cells).isascii()), None)
    if used != _GUESSED or encoding:
        doubtful = None
    return Table(columns, tuple(rows), used, sign, header, doubtful)


_NO_FILES = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
"""What is an encoding of names or of program text, in which no spreadsheet is written."""


def _decoded(data: bytes, encoding: str) -> tuple[str, str]:
    """The text, and the encoding it was read in: named, marked, UTF-8 or the Windows one of the West."""
    if encoding:
        try:
            used = codecs.lookup(encoding).name
            "".encode(used)
        except (LookupError, ValueError, TypeError):
            used = ""
        if not used or used in _NO_FILES:
            raise BadInput("encoding", f"“{excerpt(encoding, 30)}” is not known; try cp1250")
        return _strictly(data, used), used
    for mark, used in _MARKS:
        if data.startswith(mark):
            return _strictly(data, used), used
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _strictly(data, _GUESSED), _GUESSED


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        column = error.start - (data[: error.start].rfind(b"\n") + 1) + 1
        fault = f"line {line}, column {column} is no {encoding}"
        raise BadInput(
            FIELD,
            f"{fault}; save it as CSV in UTF-8",
            at_prompt=f"{fault}; name the encoding by --encoding, as cp1250 or mac-roman",
        ) from None
    except (UnicodeError, ValueError, AttributeError, AssertionError, TypeError):
        raise BadInput("encoding", f"“{excerpt(encoding, 30)}” reads no text; try cp1250") from None


def _delimiter(typed: str) -> str:
    sign = {"tab": "\t", "\\t": "\t"}.get(typed.lower(), typed)
    if sign not in tuple(DELIMITERS):
        count = f"is {len(sign)} signs, and one cuts a row" if len(sign) > 1 else "is none"
        raise BadInput("delimiter", f"“{excerpt(typed, 10)}” {count}; one of ; , | or tab is right")
    return sign


def _guessed_delimiter(text: str) -> str:
    """The sign that cuts the first lines into one number of fields above one; a comma where none does."""
    for sign in DELIMITERS:
        counts = {len(line.cells) for line in _some(text, sign)}
        if len(counts) == 1 and counts.pop() > 1:
            return sign
    first = text.lstrip("\r\n").partition("\n")[0]
    return max(DELIMITERS, key=lambda sign: (first.count(sign), sign == ","))


def _some(text: str, delimiter: str) -> list[Line]:
    found = []
    try:
        for line in _lines(text, delimiter):
            found.append(line)
            if len(found) == _LOOKED_AT:
                break
    except BadInput:
        return found[:1]
    return found


def _lines(text: str, delimiter: str) -> Iterator[Line]:
    """The rows that hold anything, each with the line on which it begins."""
    before = csv.field_size_limit(_MOST_IN_A_CELL)
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
        begun = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise BadInput(FIELD, f"line {begun}: {_reason(error)}") from None
            if any(cell.strip() for cell in cells):
                yield Line(begun, tuple(cells))
            begun = reader.line_num + 1
    finally:
        csv.field_size_limit(before)


def _reason(error: csv.Error) -> str:
    said = str(error)
    if "end of data" in said:
        return "a quote is opened and never closed"
    if "field larger" in said:
        return f"a cell has more than {_MOST_IN_A_CELL:,} characters"
    return "a quote stands where none may; a quote within a cell is written twice"


def _header(line: Line) -> tuple[str, ...]:
    columns = tuple(" ".join(cell.split()) for cell in line.cells)
    while columns and not columns[-1]:
        columns = columns[:-1]
    if len(columns) > MOST_COLUMNS:
        raise BadInput(FIELD, f"line {line.number} names {len(columns)} columns; at most {MOST_COLUMNS} fit")
    return columns


def cells_of(line: Line, table: Table) -> tuple[str, ...]:
    """The cells of a row, one for each column; BadInput where it holds more."""
    expected = len(table.columns)
    extra = next((cell.strip() for cell in line.cells[expected:] if cell.strip()), "")
    if extra:
        raise BadInput("row", too_many_cells(len(line.cells), expected, table.delimiter, excerpt(extra, 30)))
    return (*line.cells, *("" for _ in table.columns))[:expected]


def cut_otherwise(table: Table) -> str:
    """Another sign that stands in a header of one column, as where a file is cut at the wrong one."""
    if len(table.columns) != 1:
        return ""
    return next((sign for sign in DELIMITERS if sign in table.header.cells[0]), "")
