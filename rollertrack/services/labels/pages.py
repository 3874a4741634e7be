"""Paper beside the labels: the wall sheet of action cards, the outage sheet, the calibration page."""

from pathlib import Path
from typing import TYPE_CHECKING

from rollertrack.domain.cards import Action
from rollertrack.domain.quantities import millimetres, plural
from rollertrack.domain.rows import RollerRow
from rollertrack.domain.text import clean_line
from rollertrack.domain.words import State, Word
from rollertrack.errors import BadInput
from rollertrack.labels import files
from rollertrack.services import lists, people
from rollertrack.services.filing import named_file
from rollertrack.services.labels.labelling import label
from rollertrack.services.labels.requests import PrintRequest
from rollertrack.services.station import Done, Station, roller_of
from rollertrack.wording.dates import spoken_moment

if TYPE_CHECKING:
    from rollertrack.labels.pages.outage import OutageRow

MOST_ROLLERS = 5_000
"""On one outage sheet: more than 350 pages are no help to anybody."""
_ONE = "Scan it, then the roller; or the roller, then it."
_SEVERAL = "Scan it, then each roller; or the rollers, then it."


def wall_sheet(station: Station, to: str, page: str = "A4", *, force: bool = False) -> Done:
    """Write a PDF of one page with every action card, to be hung on a wall; `page` is A4 or Letter."""
    from rollertrack.labels.pages import wall

    target = _pdf(to, force=force)
    cards = [
        wall.WallCard(each.code, each.word, each.does, _SEVERAL if each is Action.SOAK else _ONE)
        for each in Action
    ]
    files.write_whole(target, wall.wall_sheet(cards, page), force=force)
    told = f"Wrote the {len(cards)} action cards to {target}."
    return Done("cards", tuple(card.code for card in cards), station.clock(), told)


def card_labels(station: Station, request: PrintRequest) -> Done:
    """Print each action card as a label of its own, or write them to a file."""
    return label(station, [each.code for each in Action], request, what="card")


def outage_sheet(
    station: Station, to: str, *, state: State | None = None, search: str = "", page: str = "A4",
    force: bool = False,
) -> Done:  # fmt: skip
    """Write a PDF with a row per roller for the hours when the computer is down; retired ones are left out.

    Raises BadInput when no roller fits, or more than 5,000 do.
    """
    from rollertrack.labels.pages import outage

    target, words = _pdf(to, force=force), clean_line("search", search)
    now = station.clock()
    rows = outage_rows(station, state=state, search=words)
    chosen = " · ".join(filter(None, (state and state.value, words and f"“{words}”")))
    as_of = spoken_moment(now)
    files.write_whole(target, outage.outage_sheet(rows, as_of, chosen, page), force=force)
    told = f"Wrote {plural(len(rows), 'roller')} to {target}, as of {as_of}."
    return Done("outage", tuple(row.code for row in rows), now, told)


def outage_rows(station: Station, *, state: State | None = None, search: str = "") -> "list[OutageRow]":
    """The rows of an outage sheet by name; what would run out on paper is told by the clock."""
    from rollertrack.labels.pages.outage import OutageRow

    persons = {person.code: person.label for person in people.list_persons(station)}
    return [
        OutageRow(
            code=row.code,
            name=row.name,
            length=millimetres(row.length),
            person=f"only for {persons.get(row.bound_to, row.bound_to)}" if row.bound_to else "",
            word=row.word,
            detail=_detail(row),
        )
        for row in _in_use(station, state, search)
    ]


def _in_use(station: Station, state: State | None, search: str) -> list[RollerRow]:
    with station.store.reading() as journal:
        found = lists.listing(station, state=state, search=search, sort="name")
        rows = [
            row
            for row in lists.roller_rows(station, found.ids)
            if row.state is not State.STOP or roller_of(journal, row.code).retired is None
        ]
    if not rows:
        field = "search" if search else "state" if state else "code"
        raise BadInput(field, "no roller in use fits; `rollertrack list` shows them all")
    if len(rows) > MOST_ROLLERS:
        raise BadInput(
            "search", f"{len(rows):,} rollers fit; words that fit at most {MOST_ROLLERS:,} are right"
        )
    return rows


def _detail(row: RollerRow) -> str:
    """Why the word is what it is; “fresh 7 h” would be wrong an hour after it was printed."""
    runs = row.until is not None and row.word in {Word.USE, Word.CARE, Word.WAIT}
    return f"until {spoken_moment(row.until)}" if runs else row.detail


def calibration(
    station: Station, to: str, *, media: str | None = None, printer: str | None = None, force: bool = False
) -> Done:
    """Write what shows how a printer lays its paper: a page for a sheet of labels, a test label otherwise.

    A sheet is written with the printer's correction, the usual printer's when none is named.
    """
    from rollertrack.labels.pages import calibration as pages

    printing = station.printing
    named = printer or printing.usual_printer()
    found = printing.printer(named) if named else None
    paper = printing.media(media, found)
    if paper.grid is None:
        target = named_file("to", to)
        files.write(target, [pages.calibration_picture(paper)], paper, force=force)
        told = f"Wrote a test label of {paper.name} to {target}; printed, its frame should be whole."
    else:
        target = _pdf(to, force=force)
        offset = (found.offset_x, found.offset_y) if found else (0.0, 0.0)
        scale = found.scale if found else 100.0
        files.write_whole(target, pages.calibration(paper, offset=offset, scale=scale), force=force)
        told = f"Wrote the calibration page of {paper.name} to {target}; print it at 100 %, it says the rest."
    return Done("calibrate", (), station.clock(), told)


def _pdf(to: str, *, force: bool) -> Path:
    path = named_file("to", to)
    if path.suffix.lower() != ".pdf":
        raise BadInput("to", f"{path.name!r} should end in .pdf")
    files.check_target(path, force=force)
    return path
