"""Draw the label of a code as things stand: its facts, the mark of its generation, its picture."""

from collections.abc import Sequence
from typing import NamedTuple

from rollertrack.domain.print_jobs import BLANK
from rollertrack.labels import fonts
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.label_facts import LabelFacts, lines
from rollertrack.labels.media import Media
from rollertrack.labels.printer import Printer
from rollertrack.labels.rendering import render
from rollertrack.services.labels.facts import blank_facts, label_facts
from rollertrack.services.labels.marks import next_mark_of
from rollertrack.services.labels.printer_settings import Printing
from rollertrack.services.station import Station
from rollertrack.wording.printing import letters_missing

_MOST_KEPT = 32 << 20
"""Bytes of pictures: 500 labels of 62 x 29 mm, the most of one order, at 300 dots an inch."""


class Drawn(NamedTuple):
    """One label ready to go out."""

    facts: LabelFacts
    mark: str
    picture: Bitmap


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
    return Drawn(facts, mark, _picture(station.printing, facts, media, mark, flag, module))


def _picture(
    printing: Printing, facts: LabelFacts, media: Media, mark: str, flag: bool, module: int | None
) -> Bitmap:
    """The picture of a label, drawn once for all who ask for the same; the oldest are forgotten."""
    asked = (facts, media, printing.link_base, mark, flag, module)
    kept = printing.pictures
    if (picture := kept.get(asked)) is None:
        picture = render(facts, media, printing.link_base, mark=mark, flag=flag, module=module)
        kept[asked] = picture
        while len(kept) > 1 and sum(len(each.rows) for each in tuple(kept.values())) > _MOST_KEPT:
            kept.pop(next(iter(kept)), None)
    return picture


def undrawable(station: Station, codes: Sequence[str]) -> tuple[str, ...]:
    """That no font has some of the letters on labels, in a sentence; nothing where all can be drawn."""
    with station.store.reading() as journal:
        texts = [line.text for code in codes for line in lines(label_facts(journal, code))]
    missing = fonts.missing("".join(texts))
    return (letters_missing(missing),) if missing else ()
