"""Print labels: see them, send them through the print queue, or write them to a file at once."""

from collections.abc import Sequence

from rollertrack.domain.print_jobs import BLANK
from rollertrack.domain.text import whole_number
from rollertrack.labels.bitmap import Bitmap
from rollertrack.services.labels.drawing import draw, undrawable
from rollertrack.services.labels.files import write_labels
from rollertrack.services.labels.ordering import enqueue, order, read_codes, set_apart_blanks
from rollertrack.services.labels.queue import Progress
from rollertrack.services.labels.requests import MOST_LABELS, Batch, PrintRequest
from rollertrack.services.station import Done, Station, check_deed

__all__ = ["check_request", "enqueue_all", "label", "label_blanks", "label_pieces", "preview", "undrawable"]
_ANY_CODE = "RKDTLBNEB"


def preview(
    station: Station, code: str, media: str | None = None, printer: str | None = None, flag: bool = False
) -> Bitmap:
    """The very picture that would be printed."""
    (found,) = read_codes(station, [code])
    on = station.printing.printer(printer) if printer else None
    return draw(station, found, station.printing.media(media, on), on, flag=flag).picture


def label(
    station: Station, codes: Sequence[str], request: PrintRequest, *, what: str = "label",
    at: str | int | None = None, operator: str | None = None, progress: Progress | None = None,
) -> Done:  # fmt: skip
    """Print labels, or write them to a file; the record says so only after they were sent.

    DeviceFailed at the first label that fails, Stopped at an interrupt: the rest waits in the queue then.
    """
    wanted = read_codes(station, codes)
    warnings = () if what == BLANK else undrawable(station, wanted)
    if request.to is not None:
        done = write_labels(station, wanted, request, request.to, what=what, at=at, operator=operator)
        return done._replace(warnings=(*done.warnings, *warnings))
    # A file needs no printer.
    from rollertrack.services.labels.batches import print_batch

    batch = enqueue(station, codes, request, what=what, at=at, operator=operator)
    done = print_batch(station, batch, progress)
    return done._replace(warnings=(*done.warnings, *warnings))


def label_blanks(
    station: Station, count: int, request: PrintRequest, *,
    at: str | int | None = None, operator: str | None = None, progress: Progress | None = None,
) -> Done:  # fmt: skip
    """Print labels ahead of their rollers, with new codes that nothing else will get; raises as `label`."""
    check_deed(station, at, operator)
    codes = blank_codes(station, count, request)
    return label(station, codes, request, what=BLANK, at=at, operator=operator, progress=progress)


def blank_count(text: str) -> int:
    """How many labels are printed ahead, as typed."""
    return whole_number("blank", text, 1, MOST_LABELS)


def blank_codes(station: Station, count: int, request: PrintRequest) -> tuple[str, ...]:
    """New codes for labels printed ahead; set apart only for a request that can be fulfilled."""
    check_request(station, request)
    return set_apart_blanks(station, count)


def check_request(station: Station, request: PrintRequest) -> None:
    """Raise BadInput for a request that no label can fulfil: of its printer, its paper, or both together."""
    order(station, [_ANY_CODE], request, BLANK)


def enqueue_all(
    station: Station, codes: Sequence[str], request: PrintRequest, *,
    at: str | int | None = None, operator: str | None = None,
) -> list[Batch]:  # fmt: skip
    """Put any number of labels into the print queue, in as many batches as they take; raises as `enqueue`."""
    parts = [codes[place : place + MOST_LABELS] for place in range(0, len(codes), MOST_LABELS)]
    return [enqueue(station, part, request, at=at, operator=operator) for part in parts]


def label_pieces(
    station: Station, codes: Sequence[str], request: PrintRequest, *,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Print a label of each piece of a box, more than one order holds too; raises as `label`.

    All of them wait in the queue before the first is sent: none is lost with a printer that fails.
    """
    from rollertrack.services.labels.batches import print_batch

    batches = enqueue_all(station, codes, request, at=at, operator=operator)
    done = [print_batch(station, batch) for batch in batches]
    message, warnings = " ".join(each.message for each in done), undrawable(station, codes[:1])
    return Done("label", tuple(codes), station.clock(), message, warnings=warnings)
