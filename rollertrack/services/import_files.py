"""A CSV file of any program as it is read: its bytes, its table, which column means what."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from rollertrack.domain.text import excerpt
from rollertrack.errors import BadInput
from rollertrack.files import named_file
from rollertrack.reports.columns import ALL_OF, matched
from rollertrack.reports.sniff import MOST_BYTES, Line, Table, cells_of, cut_otherwise, read_table
from rollertrack.reports.tables import undefused
from rollertrack.services.import_rows import order_of
from rollertrack.wording import importing as say


class How(NamedTuple):
    """How a file is to be read, as typed: "column=field" each, encoding, delimiter, order of dates."""

    columns: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    dates: str = ""


AS_IT_IS = How()


class Source(NamedTuple):
    """A file that was read; `used` are its columns by field, `order` that of its dates."""

    table: Table
    used: Mapping[str, tuple[int, ...]]
    order: str


def read_file(file: str, how: How) -> Source:
    """The table of a file with what its columns mean; BadInput for what is none."""
    order = order_of(how.dates)
    table = read_table(_bytes_of(named_file("file", file)), encoding=how.encoding, delimiter=how.delimiter)
    used = matched(table.columns, how.columns)
    if not used and (sign := cut_otherwise(table)):
        named = excerpt(table.columns[0], 40)
        raise BadInput("delimiter", say.cut_at_none(table.header.number, named, table.delimiter, sign))
    return Source(table, used, order)


def _bytes_of(path: Path) -> bytes:
    """What a file holds; anything but a file of a right size is refused unread."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            kind = "a folder" if stat.S_ISDIR(found.st_mode) else "a device or a pipe"
            raise BadInput("file", f"{path} is {kind}; name a CSV file")
        if found.st_size > MOST_BYTES:
            raise BadInput("file", f"{path} has more than {MOST_BYTES // 1024**2} MiB; split it")
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _NO_WAIT)) as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise BadInput("file", f"{path} cannot be read: {why}") from None


_NO_WAIT = getattr(os, "O_NONBLOCK", 0)


def said(line: Line, source: Source) -> dict[str, str]:
    """The cell of each field, of the surest column that holds anything; of some every one, a line each."""
    cells = [undefused(cell) for cell in cells_of(line, source.table)]
    found = {}
    for field, places in source.used.items():
        filled = [cells[place] for place in places if cells[place].strip()]
        if field in ALL_OF:
            found[field] = "\n".join(dict.fromkeys(" ".join(cell.split()) for cell in filled))
        else:
            found[field] = next(iter(filled), "")
    return found
