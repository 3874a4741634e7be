"""Order labels: read the codes, find printer and paper, draw each label, put them into the print queue."""

from collections.abc import Sequence
from typing import NamedTuple

from rollertrack.domain.code import Kind, find
from rollertrack.errors import BadCode, BadInput
from rollertrack.files import named_file
from rollertrack.labels import files
from rollertrack.labels.media import Media
from rollertrack.labels.printer import Printer
from rollertrack.services.labels.drawing import Drawn, draw
from rollertrack.services.labels.requests import MOST_LABELS, Batch, PrintRequest
from rollertrack.services.labels.sheets import check_takes
from rollertrack.services.station import Station, deed, new_codes, read_code
from rollertrack.store import lookups
from rollertrack.store import print_queue as rows


class Order(NamedTuple):
    """What a request stands for; no printer when it is for a file."""

    printer: Printer | None
    media: Media
    labels: list[Drawn]


def order(station: Station, codes: Sequence[str], request: PrintRequest, what: str = "label") -> Order:
    """A request for labels of whole codes, all of them drawn; BadInput when it cannot be fulfilled."""
    printer = station.printing.printer(request.printer) if request.to is None else None
    media = station.printing.media(request.media, printer)
    request.check(media)
    if request.to is not None:
        _check_file(request, request.to)
    if printer is not None:
        check_takes(printer, media)
    drawn = [draw(station, code, media, printer, what=what, flag=request.flag) for code in codes]
    return Order(printer, media, drawn)


def _check_file(request: PrintRequest, to: str) -> None:
    target = named_file("to", to)
    files.form_of(target)
    files.check_target(target, force=request.force)
    if request.start is not None and target.suffix.lower() != ".pdf":
        raise BadInput("start", "only a .pdf has sheets; leave it out")


def enqueue(
    station: Station, codes: Sequence[str], request: PrintRequest, *, what: str = "label",
    at: str | int | None = None, operator: str | None = None,
) -> Batch:  # fmt: skip
    """Put labels into the print queue, in the order named; nothing is sent yet.

    Everything that can be known beforehand is checked first, that each label fits its paper too: BadInput
    puts none of them into the queue.
    """
    printer, media, drawn = order(station, read_codes(station, codes), request, what)
    with deed(station, at, operator) as now:
        common = {
            "what": what, "printer": str(printer), "media": media.name, "copies": request.copies,
            "flag": request.flag, "start": request.start, "operator": now.operator, "at": now.until,
            "at_offset": now.offset, "created_at": now.recorded_at, "changed_at": now.recorded_at,
        }  # fmt: skip
        asked = [
            {**common, "code": each.facts.code, "title": each.facts.name, "mark": each.mark} for each in drawn
        ]
        batch = Batch(rows.add(station.store.database, asked), len(asked), str(printer))
    # Named by hand, here and now; a later run has it from the database alone.
    station.printing.typed.add(batch.printer)
    return batch


def read_codes(station: Station, codes: Sequence[str]) -> list[str]:
    """The codes that labels are asked for, each once; anything scanned or typed."""
    found = list(dict.fromkeys(_code(station, text) for text in codes))
    if not found:
        raise BadCode("name at least one")
    if len(found) > MOST_LABELS:
        raise BadInput("code", f"{len(found)} labels at once are too many; at most {MOST_LABELS} are right")
    return found


def _code(station: Station, text: str) -> str:
    try:
        return find(text)
    except BadCode:
        return read_code(station, text, Kind.ROLLER)  # says which are near it


def set_apart_blanks(station: Station, count: int) -> tuple[str, ...]:
    """New roller codes for blank labels, which no record, no other blank and no later roller gets."""
    if not 1 <= count <= MOST_LABELS:
        raise BadInput("blank", f"{count:,} is out of range; 1 to {MOST_LABELS} is right")
    with deed(station) as now:
        codes = new_codes(now, Kind.ROLLER, count)
        lookups.keep_blanks(station.store.database, codes, now.recorded_at)
        return tuple(codes)
