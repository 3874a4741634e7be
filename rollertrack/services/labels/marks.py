"""The mark of the next label of a code, and what the record says of one that was sent."""

from rollertrack.domain.code import MARKS, Kind, kind_of, next_mark
from rollertrack.domain.events import LabelPrinted
from rollertrack.domain.print_jobs import BLANK
from rollertrack.domain.text import NAME_LIMIT
from rollertrack.labels.label_facts import qr_text
from rollertrack.labels.media import Media
from rollertrack.services.station import Station
from rollertrack.store import print_queue as rows
from rollertrack.store.journal import Journal


def next_label_mark(journal: Journal, code: str) -> str:
    """The mark of the next label of a roller.

    Labels whose printing was undone count too: their paper may still be about. A mark that was given before
    comes again only when all of them were.
    """
    printed = [each.payload.mark for each in journal.stream(code) if isinstance(each.payload, LabelPrinted)]
    mark = next_mark(printed[-1] if printed else None)
    while mark in printed and not set(MARKS) <= set(printed):
        mark = next_mark(mark)
    return mark


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
