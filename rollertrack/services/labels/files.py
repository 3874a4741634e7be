"""Write labels to a file at once, without the print queue."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rollertrack.errors import StoreFailed
from rollertrack.files import named_file
from rollertrack.labels import files
from rollertrack.services.labels.marks import is_recorded, next_mark_of, printed
from rollertrack.services.labels.ordering import Order, order
from rollertrack.services.labels.queue import failed_after
from rollertrack.services.labels.requests import PrintRequest
from rollertrack.services.station import Deed, Done, Station, check_deed, deed
from rollertrack.wording import done as say


def write_labels(
    station: Station, codes: Sequence[str], request: PrintRequest, to: str, *, what: str = "label",
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Write labels of whole codes to a file; the record says so only after it was written."""
    check_deed(station, at, operator)
    target = named_file("to", to)
    while True:
        ordered = order(station, codes, request, what)
        pictures = [each.picture for each in ordered.labels]
        files.write(target, pictures, ordered.media, request.copies, request.start or 1, force=request.force)
        request = replace(request, force=True)
        try:
            with deed(station, at, operator) as now:
                # Another label may have been sent meanwhile: the file is written anew with the mark after.
                if _marks_hold(now, ordered, what):
                    return _recorded(now, ordered, request, what, target)
        except StoreFailed as error:
            raise failed_after(f"{target} was written, but not recorded", error) from error


def _marks_hold(now: Deed, ordered: Order, what: str) -> bool:
    return all(
        each.mark == next_mark_of(now.station, now.journal, each.facts.code, what) for each in ordered.labels
    )


def _recorded(now: Deed, ordered: Order, request: PrintRequest, what: str, target: Path) -> Done:
    codes = tuple(each.facts.code for each in ordered.labels)
    entries = tuple(
        now.append(
            code, printed(now.station, code, each.mark, ordered.media, target.name, request.copies)
        ).seq
        for code, each in zip(codes, ordered.labels, strict=True)
        if is_recorded(code, what)
    )
    message = say.labels_written(len(codes), request.copies, target)
    return Done("label", codes, now.at, message, entries)
