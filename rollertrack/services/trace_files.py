"""A trace as a file: a table for programs, a list to print and tick off."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rollertrack.domain.text import excerpt
from rollertrack.domain.trace import Question, Traced, TraceRow, merged
from rollertrack.errors import BadInput
from rollertrack.labels import files
from rollertrack.reports.tables import USUAL, Style, csv_bytes
from rollertrack.services.labels.pages import pdf_target
from rollertrack.services.station import Done, Station
from rollertrack.services.table_files import table_target
from rollertrack.services.tracing import trace
from rollertrack.wording import traces as say
from rollertrack.wording.dates import iso, spoken_moment

if TYPE_CHECKING:
    from rollertrack.labels.pages.trace_list import TraceLine

MOST_LINES = 5_000
"""On paper: more than 150 pages are no help to anybody."""


def write_csv(
    station: Station, traced: Traced, to: str, style: Style = USUAL, *, force: bool = False
) -> Done:
    """Write every row of a trace as CSV."""
    path = table_target(to, force=force)
    files.write_whole(path, csv_of(traced, style), force=force)
    return Done("trace", (), station.clock(), say.rows_written(len(traced.trace.rows), path))


def csv_of(traced: Traced, style: Style = USUAL) -> bytes:
    """Every row of a trace as CSV."""
    return csv_bytes(say.COLUMNS, [_csv_row(row, traced) for row in traced.trace.rows], style)


def _csv_row(row: TraceRow, traced: Traced) -> tuple[str, ...]:
    document = say.row_document(row, traced)
    texts = {name: "" if value is None else str(value) for name, value in document.items()}
    moments = {"at": iso(row.at) or "", "until": iso(row.until) or ""}
    return tuple((texts | moments)[name] for name in say.COLUMNS)


class TraceList(NamedTuple):
    """A trace as a PDF, and the file that it may be written to."""

    data: bytes
    target: Path
    rows: int
    at: int


def list_of(
    station: Station, traced: Traced, to: str, page: str = "A4", *, force: bool = False, field: str = "pdf"
) -> TraceList:
    """A trace as a PDF to print, with a box to tick for each row; nothing is written yet."""
    from rollertrack.labels.pages.trace_list import trace_list

    target, now = pdf_target(to, force=force, field=field), station.clock()
    lines = list(trace_lines(traced))
    if len(lines) > MOST_LINES:
        has = f"has {len(lines):,} lines"
        raise BadInput(
            field,
            f"{has}; a .csv takes them all, paper up to {MOST_LINES:,}",
            at_prompt=f"{has}; --csv takes them all, paper up to {MOST_LINES:,}",
        )
    found = traced.trace
    data = trace_list(
        lines, say.question_text(found.question), say.count_lines(found), spoken_moment(now), page
    )
    return TraceList(data, target, len(found.rows), now)


def write_list(found: TraceList, *, force: bool = False) -> Done:
    """Write a trace as a PDF."""
    files.write_whole(found.target, found.data, force=force)
    return Done("trace", (), found.at, say.rows_written(found.rows, found.target))


def trace_lines(traced: Traced) -> "Iterator[TraceLine]":
    """The rows of a trace in words, what is alike under one heading."""
    from rollertrack.labels.pages.trace_list import TraceLine

    for what, rows in groupby(merged(traced.trace.rows), key=lambda row: row.what):
        yield TraceLine(title=say.heading(what))
        for row in rows:
            word, code, name, when, why, detail = say.row_cells(row, traced)
            yield TraceLine(word, code, name, when, " · ".join(filter(None, (why, detail))))


def trace_to(station: Station, question: Question, to: str, page: str = "A4", *, force: bool = False) -> Done:
    """Write the answer to a question where its ending says: .csv for programs, .pdf to print."""
    traced = trace(station, question)
    match Path(to.strip().lower()).suffix:
        case ".csv":
            return write_csv(station, traced, to, force=force)
        case ".pdf":
            return write_list(list_of(station, traced, to, page, force=force, field="to"), force=force)
    raise BadInput("to", f"{excerpt(to)} should end in .csv, for spreadsheets, or in .pdf, to print")
