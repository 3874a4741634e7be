"""The inspector's report as a PDF: a cover, and a table for each kind of record."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rollertrack.domain.inspection import Cover, Inspection, Section
from rollertrack.reports.typeset import Cell, Paper, Runs

PAGES = {"A4": "A4 across", "Letter": "Letter across"}
"""The pages that it may be written on, both lying."""
_EDGE = 12.0
_FOOT = 9.0
_TITLE, _HEADING, _FACT, _NOTE, _CELL, _SMALL = 24.0, 13.0, 11.0, 9.0, 7.5, 7.0
_LEADING, _FACT_LEADING, _NOTE_LEADING, _COUNT_LEADING = 3.1, 6.0, 4.2, 5.4
_ROW_GAP = 1.3
_GAP = 2.0
_FACT_ROOM, _COUNTS_LEFT, _NUMBERS_LEFT = 22.0, 0.52, 0.84
_HEAD = 6.5
_GREY = 0.35


class _Piece(NamedTuple):
    """A line of text at its place on a page, in mm; one without text is a rule across the page."""

    x: float
    y: float
    text: str
    size: float = _CELL
    bold: bool = False
    grey: float = 0.0


class _Sheet(NamedTuple):
    """What stands on one page: single lines, and the rows of a table as the operators that draw them."""

    pieces: list[_Piece]
    rows: list[str]


def inspection_pages(made: Inspection, cover: Cover, page: str, runs: Runs) -> bytes:
    """The whole report; equal reports make equal bytes."""
    paper = Paper(PAGES[page], cover.title, runs)
    sheets = [_cover(paper, made, cover)]
    for section in made.sections:
        sheets += _section(paper, section)
    for number, sheet in enumerate(sheets, 1):
        if number > 1:
            paper.turn()
        paper.write(sheet.rows, _CELL)
        for piece in sheet.pieces:
            if piece.text:
                paper.text(piece.x, piece.y, piece.text, piece.size, bold=piece.bold, grey=piece.grey)
            else:
                paper.rule(_EDGE, piece.y, paper.width - _EDGE, piece.size, piece.grey)
        _foot(paper, cover.foot, f"{number} / {len(sheets)}")
    return paper.finished()


def _rule(y: float, thick: float = 0.1, grey: float = 0.6) -> _Piece:
    return _Piece(_EDGE, y, "", thick, grey=grey)


def _foot(paper: Paper, text: str, number: str) -> None:
    base, right = paper.height - _EDGE + 3, paper.width - _EDGE
    paper.text(_EDGE, base, text, _SMALL, grey=_GREY)
    paper.text(right - paper.measure(number, _SMALL), base, number, _SMALL, grey=_GREY)


def _cover(paper: Paper, made: Inspection, cover: Cover) -> _Sheet:
    """Whose record it is on the left, how complete it is on the right."""
    y = _EDGE + 12
    sheet = [_Piece(_EDGE, y, cover.title, _TITLE, bold=True), _rule(y + 6, 0.4, 0.0)]
    top = y = y + 18
    room = paper.width * _COUNTS_LEFT - _EDGE - 10
    for name, value in cover.facts:
        sheet.append(_Piece(_EDGE, y, name, _FACT, grey=_GREY))
        for line in paper.lines(value, _FACT, room - _FACT_ROOM, bold=True):
            sheet.append(_Piece(_EDGE + _FACT_ROOM, y, line, _FACT, bold=True))
            y += _FACT_LEADING
    y += _FACT_LEADING
    for note in cover.notes:
        for line in paper.lines(note, _NOTE, room):
            sheet.append(_Piece(_EDGE, y, line, _NOTE))
            y += _NOTE_LEADING
        y += _NOTE_LEADING / 2
    y = top
    for name, number in made.counts:
        is_part = name.startswith(" ")
        left = paper.width * _COUNTS_LEFT + (6 if is_part else 0)
        sheet.append(_Piece(left, y, name.strip(), _NOTE, bold=not is_part))
        sheet.append(_Piece(paper.width * _NUMBERS_LEFT, y, number, _NOTE, bold=not is_part))
        y += _COUNT_LEADING
    return _Sheet(sheet, [])


class _Columns(NamedTuple):
    """Where the columns of a table begin and how much room each has, in mm."""

    lefts: tuple[float, ...]
    rooms: tuple[float, ...]
    places: tuple[str, ...]
    """The lefts as the operators of a page name them."""


def _columns(paper: Paper, widths: Sequence[int]) -> _Columns:
    whole = paper.width - 2 * _EDGE - _GAP * (len(widths) - 1)
    rooms = tuple(whole * width / sum(widths) for width in widths)
    lefts = tuple(_EDGE + sum(rooms[:place]) + _GAP * place for place in range(len(rooms)))
    return _Columns(lefts, rooms, tuple(map(paper.place_across, lefts)))


def _section(paper: Paper, section: Section) -> Iterator[_Sheet]:
    """The pages of a section, its title and its columns named on each."""
    columns = _columns(paper, section.widths)
    bottom, right = paper.height - _EDGE - _FOOT, paper.width - _EDGE
    sheet, y = _begun(section, columns)
    if not section.rows:
        sheet.pieces.append(_Piece(_EDGE, y, section.empty, _FACT))
    # The same codes and words come again and again: each is broken into lines once.
    known: list[dict[str, Cell]] = [{} for _ in columns.rooms]
    for row in section.rows:
        cells, most = [], 1
        for text, room, before in zip(row, columns.rooms, known, strict=True):
            if (cell := before.get(text)) is None:
                cell = before[text] = paper.cell(text, _CELL, room)
            cells.append(cell)
            most = max(most, cell.height)
        height = most * _LEADING + _ROW_GAP
        if y + height > bottom and sheet.rows:
            yield sheet
            sheet, y = _begun(section, columns)
        _row(paper, sheet, columns, y, cells)
        y += height
        sheet.rows.append(paper.line_across(_EDGE, y - _LEADING + 0.3, right, 0.1, 0.6))
    yield sheet


def _row(paper: Paper, sheet: _Sheet, columns: _Columns, y: float, cells: Sequence[Cell]) -> None:
    """Write a row; what the built-in font lacks line by line."""
    sheet.rows.append(paper.row(columns.places, y, cells, _LEADING))
    for left, cell in zip(columns.lefts, cells, strict=True):
        if cell.height and not cell.shown:
            lines = enumerate(cell.lines)
            sheet.pieces.extend(_Piece(left, y + number * _LEADING, line) for number, line in lines if line)


def _begun(section: Section, columns: _Columns) -> tuple[_Sheet, float]:
    y = _EDGE + 4
    title = f"{section.title} ({len(section.rows):,})" if section.rows else section.title
    pieces = [_Piece(_EDGE, y, title, _HEADING, bold=True)]
    y += _HEAD
    if section.rows:
        pieces += [
            _Piece(left, y, name, _SMALL, bold=True, grey=_GREY)
            for left, name in zip(columns.lefts, section.columns, strict=True)
        ]
    pieces.append(_rule(y + 1.4, 0.3, 0.0))
    return _Sheet(pieces, []), y + _LEADING + 2.6
