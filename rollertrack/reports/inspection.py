"""The inspector's report as a PDF: a cover, and a table for each kind of record."""

from collections.abc import Sequence
from itertools import accumulate
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
_TOP = _EDGE + 4
_HEADED = _HEAD + 1.4 + _LEADING + 1.2
_BETWEEN = 8.0
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
    sheets = [_cover(paper, made, cover), *_Body(paper).sheets(made.sections)]
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


class _Columns(dict[tuple[int, str], Cell]):
    """Where the columns of a table begin and how much room each has, in mm; and every cell by its column.

    The same codes and words come again and again: each is broken into lines once.
    """

    def __init__(self, paper: Paper, widths: Sequence[int]) -> None:
        super().__init__()
        self._paper = paper
        whole = paper.width - 2 * _EDGE - _GAP * (len(widths) - 1)
        self.rooms = [whole * width / sum(widths) for width in widths]
        self.steps = [0.0, *(room + _GAP for room in self.rooms[:-1])]
        self.lefts = [_EDGE + each for each in accumulate(self.steps)]

    def __missing__(self, key: tuple[int, str]) -> Cell:
        place, text = key
        cell = self._paper.cell(text, _CELL, self.rooms[place], self.steps[place], _LEADING)
        self[key] = cell
        return cell


class _Body:
    """The sections under way; short ones share a page, each page names the section and its columns again."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._bottom = paper.height - _EDGE - _FOOT
        self._done: list[_Sheet] = []
        self._sheet = _Sheet([], [])
        self._y = _TOP

    def sheets(self, sections: Sequence[Section]) -> list[_Sheet]:
        """The pages of all sections."""
        for section in sections:
            self._set(section)
            self._y += _BETWEEN
        return [*self._done, self._sheet]

    def _turn(self) -> None:
        self._done.append(self._sheet)
        self._sheet, self._y = _Sheet([], []), _TOP

    def _set(self, section: Section) -> None:
        columns = _Columns(self._paper, section.widths)
        rows = [[columns[each] for each in enumerate(row)] for row in section.rows]
        first = _height(rows[0]) if rows else _LEADING
        if self._y > _TOP and self._y + _HEADED + first > self._bottom:
            self._turn()
        self._head(section, columns)
        if not rows:
            self._sheet.pieces.append(_Piece(_EDGE, self._y, section.empty, _NOTE))
            self._y += _LEADING
        row, line, right = self._paper.row, self._paper.line_across, self._paper.width - _EDGE
        is_bare = True
        for cells in rows:
            height = _height(cells)
            if self._y + height > self._bottom and not is_bare:
                self._turn()
                self._head(section, columns)
            self._sheet.rows.append(row(_EDGE, self._y, cells))
            if not all(cell.is_plain for cell in cells):
                self._foreign(columns, cells)
            self._y += height
            self._sheet.rows.append(line(_EDGE, self._y - _LEADING + 0.3, right, 0.1, 0.6))
            is_bare = False

    def _foreign(self, columns: _Columns, cells: Sequence[Cell]) -> None:
        """Write what the built-in font lacks line by line."""
        for left, cell in zip(columns.lefts, cells, strict=True):
            if not cell.is_plain:
                self._sheet.pieces.extend(
                    _Piece(left, self._y + number * _LEADING, line)
                    for number, line in enumerate(cell.lines)
                    if line
                )

    def _head(self, section: Section, columns: _Columns) -> None:
        title = f"{section.title} ({len(section.rows):,})" if section.rows else section.title
        pieces = self._sheet.pieces
        pieces.append(_Piece(_EDGE, self._y, title, _HEADING, bold=True))
        self._y += _HEAD
        if section.rows:
            pieces += [
                _Piece(left, self._y, name, _SMALL, bold=True, grey=_GREY)
                for left, name in zip(columns.lefts, section.columns, strict=True)
            ]
            self._y += 1.4
        else:
            self._y -= _HEAD - 2
        pieces.append(_rule(self._y, 0.3, 0.0))
        self._y += _LEADING + 1.2


def _height(cells: Sequence[Cell]) -> float:
    return max(1, *[cell.height for cell in cells]) * _LEADING + _ROW_GAP
