"""A trace as a file: a table for programs, a list to print and tick off."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from rollertrack.domain.trace import Question, Traced, TraceRow, merged
from rollertrack.errors import BadInput
from rollertrack.files import named_file
from rollertrack.labels import files
from rollertrack.reports.tables import csv_bytes
from rollertrack.services.labels.pages import pdf_target
from rollertrack.services.station import Done, Station
from rollertrack.services.tracing import trace
from rollertrack.wording import traces as say
from rollertrack.wording.dates import iso, spoken_moment

if TYPE_CHECKING:
    from rollertrack.labels.pages.trace_list import TraceLine

MOST_LINES = 5_000
"""On paper: more than 150 pages are no help to anybody."""


def write_csv(station: Station, traced: Traced, to: str, *, force: bool = False) -> Done:
    """Write every row of a trace as CSV."""
    path = named_file("csv", to)
    files.check_target(path, field="csv", force=force)
    rows = [_csv_row(row, traced) for row in traced.trace.rows]
    files.write_whole(path, csv_bytes(say.COLUMNS, rows), force=force)
    return Done("trace", (), station.clock(), say.rows_written(len(rows), path))


def _csv_row(row: TraceRow, traced: Traced) -> tuple[str, ...]:
    document = say.row_document(row, traced)
    texts = {name: "" if value is None else str(value) for name, value in document.items()}
    moments = {"at": iso(row.at) or "", "until": iso(row.until) or ""}
    return tuple((texts | moments)[name] for name in say.COLUMNS)


def write_list(station: Station, traced: Traced, to: str, page: str = "A4", *, force: bool = False) -> Done:
    """Write a trace as a PDF to print, with a box to tick for each row."""
    from rollertrack.labels.pages.trace_list import trace_list

    target, now = pdf_target(to, force=force), station.clock()
    lines = list(trace_lines(traced))
    if len(lines) > MOST_LINES:
        raise BadInput("pdf", f"has {len(lines):,} lines; --csv takes them all, paper up to {MOST_LINES:,}")
    found = traced.trace
    data = trace_list(
        lines, say.question_text(found.question), say.count_lines(found), spoken_moment(now), page
    )
    files.write_whole(target, data, force=force)
    return Done("trace", (), now, say.rows_written(len(found.rows), target))


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
    if to.strip().lower().endswith(".csv"):
        return write_csv(station, traced, to, force=force)
    return write_list(station, traced, to, page, force=force)
