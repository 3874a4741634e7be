"""Paper beside the labels: the wall sheet of action cards, and the calibration page."""

from pathlib import Path

from rollertrack.domain.cards import Action
from rollertrack.errors import BadInput
from rollertrack.files import named_file
from rollertrack.labels import files
from rollertrack.services.labels.labelling import label
from rollertrack.services.labels.requests import PrintRequest
from rollertrack.services.station import Done, Station
from rollertrack.wording import done as say

_ONE = "Scan it, then the roller; or the roller, then it."
_SEVERAL = "Scan it, then each roller; or the rollers, then it."


def wall_sheet(station: Station, to: str, page: str = "A4", *, force: bool = False) -> Done:
    """Write a PDF of one page with every action card, to be hung on a wall; `page` is A4 or Letter."""
    from rollertrack.labels.pages import wall

    target = pdf_target(to, force=force)
    cards = [
        wall.WallCard(each.code, each.word, each.does, _SEVERAL if each is Action.SOAK else _ONE)
        for each in Action
    ]
    files.write_whole(target, wall.wall_sheet(cards, page), force=force)
    said = say.cards_written(len(cards), target)
    return Done("cards", tuple(card.code for card in cards), station.clock(), said)


def card_labels(station: Station, request: PrintRequest) -> Done:
    """Print each action card as a label of its own, or write them to a file."""
    return label(station, [each.code for each in Action], request, what="card")


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
        said = say.test_label_written(paper.name, target)
    else:
        target = pdf_target(to, force=force)
        offset = (found.offset_x, found.offset_y) if found else (0.0, 0.0)
        scale = found.scale if found else 100.0
        files.write_whole(target, pages.calibration(paper, offset=offset, scale=scale), force=force)
        said = say.calibration_written(paper.name, target)
    return Done("calibrate", (), station.clock(), said)


def pdf_target(to: str, *, force: bool, field: str = "to") -> Path:
    """The file that a page may be written to; BadInput for another ending."""
    path = named_file(field, to)
    if path.suffix.lower() != ".pdf":
        raise BadInput(field, f"{path.name!r} should end in .pdf")
    files.check_target(path, field=field, force=force)
    return path
