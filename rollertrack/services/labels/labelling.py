"""Print labels: see them, send them through the print queue, or write them to a file at once."""

from collections.abc import Sequence

from rollertrack.labels.bitmap import Bitmap
from rollertrack.services.labels.label_drawing import BLANK, draw, order
from rollertrack.services.labels.label_files import write_labels
from rollertrack.services.labels.print_batches import print_batch
from rollertrack.services.labels.print_queue import MOST_LABELS, enqueue, read_codes
from rollertrack.services.labels.print_rows import Progress, Wish
from rollertrack.services.station import Done, Station, check_deed

__all__ = ["MOST_LABELS", "Wish", "label", "label_blanks", "preview"]

_ANY_CODE = "RKDTLBNEB"


def preview(
    station: Station, code: str, media: str | None = None, printer: str | None = None, flag: bool = False
) -> Bitmap:
    """The very picture that would be printed."""
    (found,) = read_codes(station, [code])
    on = station.printing.printer(printer) if printer else None
    return draw(station, found, station.printing.media(media, on), on, flag=flag).picture


def label(
    station: Station, codes: Sequence[str], wish: Wish, *, what: str = "label",
    at: str | int | None = None, operator: str | None = None, progress: Progress | None = None,
) -> Done:  # fmt: skip
    """Print labels, or write them to a file; the record says so only after they were sent.

    DeviceFailed at the first label that fails, Stopped at an interrupt: the rest waits in the queue then.
    """
    if wish.to is not None:
        wanted = read_codes(station, codes)
        return write_labels(station, wanted, wish, wish.to, what=what, at=at, operator=operator)
    return print_batch(station, enqueue(station, codes, wish, what=what, at=at, operator=operator), progress)


def label_blanks(
    station: Station, count: int, wish: Wish, *,
    at: str | int | None = None, operator: str | None = None, progress: Progress | None = None,
) -> Done:  # fmt: skip
    """Print labels ahead of their rollers, with new codes that nothing else will get; raises as `label`."""
    from rollertrack.services.labels import blanks

    check_deed(station, at, operator)
    # Codes are set apart only for a wish that can be fulfilled.
    order(station, [_ANY_CODE], wish, BLANK)
    codes = blanks.draw(station, count)
    return label(station, codes, wish, what=BLANK, at=at, operator=operator, progress=progress)
