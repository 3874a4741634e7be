"""Draw the label of a code as things stand: its facts, the mark of its generation, its picture."""

from collections.abc import Sequence
from typing import NamedTuple

from rollertrack.domain.code import Kind, kind_of, next_mark
from rollertrack.domain.events import LabelPrinted
from rollertrack.domain.text import NAME_LIMIT
from rollertrack.errors import BadInput
from rollertrack.labels import files
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.job import render
from rollertrack.labels.papers.media import Media
from rollertrack.labels.payload import LabelFacts, qr_text
from rollertrack.labels.printer import Printer
from rollertrack.services.filing import named_file
from rollertrack.services.labels.label_facts import blank_facts, label_facts
from rollertrack.services.labels.print_rows import Wish
from rollertrack.services.labels.sheets import check_takes
from rollertrack.services.proving import next_label_mark
from rollertrack.services.station import Station
from rollertrack.store import print_queue as rows
from rollertrack.store.journal import Journal

BLANK = "blank"


class Drawn(NamedTuple):
    """One label ready to go out."""

    facts: LabelFacts
    mark: str
    picture: Bitmap


class Order(NamedTuple):
    """What a wish stands for; no printer when it is for a file."""

    printer: Printer | None
    media: Media
    labels: list[Drawn]


def order(station: Station, codes: Sequence[str], wish: Wish, what: str = "label") -> Order:
    """A wish for labels of whole codes, all of them drawn; BadInput when it cannot be fulfilled."""
    printer = station.printing.printer(wish.printer) if wish.to is None else None
    media = station.printing.media(wish.media, printer)
    wish.check(media)
    if wish.to is not None:
        _check_file(wish, wish.to)
    if printer is not None:
        check_takes(printer, media)
    drawn = [draw(station, code, media, printer, what=what, flag=wish.flag) for code in codes]
    return Order(printer, media, drawn)


def _check_file(wish: Wish, to: str) -> None:
    target = named_file("to", to)
    files.form_of(target)
    files.check_target(target, force=wish.force)
    if wish.start is not None and target.suffix.lower() != ".pdf":
        raise BadInput("start", "only a .pdf has sheets; leave it out")


def draw(
    station: Station, code: str, media: Media, printer: Printer | None = None, *,
    what: str = "label", flag: bool = False, job: int | None = None,
) -> Drawn:  # fmt: skip
    """The label of a code now; `job` is its number in the print queue.

    BadInput for a thing that gets no label any more, and for a label that does not fit its paper.
    """
    with station.store.reading() as journal:
        facts = blank_facts(code) if what == BLANK else label_facts(journal, code)
        mark = next_mark_of(station, journal, code, what, job)
    module = printer.module if printer else None
    picture = render(facts, media, station.printing.link_base, mark=mark, flag=flag, module=module)
    return Drawn(facts, mark, picture)


def next_mark_of(station: Station, journal: Journal, code: str, what: str, job: int | None = None) -> str:
    """The mark of the next label of a code; one that a lost label may bear is passed over.

    Asked again for the same job it is the same, unless another label was sent meanwhile. Only labels that
    rollers have on record bear marks.
    """
    if not is_recorded(code, what):
        return ""
    mark = next_label_mark(journal, code)
    taken = rows.doubtful_marks(station.store.database, code, job)
    for _ in taken:
        if mark in taken:
            mark = next_mark(mark)
    return mark


def is_recorded(code: str, what: str) -> bool:
    """Whether a label is written into the record of what it is stuck on."""
    return what != BLANK and kind_of(code) is Kind.ROLLER


def printed(station: Station, code: str, mark: str, media: Media, place: str, copies: int) -> LabelPrinted:
    """What the record says of a label that was sent."""
    return LabelPrinted(
        media=media.name,
        place=place[:NAME_LIMIT],
        payload=qr_text(code, station.printing.link_base, mark),
        copies=copies,
        mark=mark,
    )
