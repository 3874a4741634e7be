"""What is asked of printing: on what, how many, and the batch that comes of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rollertrack.domain.print_jobs import check_copies
from rollertrack.errors import BadInput

if TYPE_CHECKING:
    from rollertrack.labels.media import Media


MOST_LABELS = 500
"""In one order."""


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """What to print on: a printer (its name or its place) or a file, the media, how many copies of each.

    `flag` folds the label round a handle; `start` is the first free position of a sheet; `force` replaces a
    file that is there already.
    """

    printer: str | None = None
    to: str | None = None
    media: str | None = None
    copies: int = 1
    flag: bool = False
    start: int | None = None
    force: bool = False

    def check(self, media: "Media") -> None:
        """Raise BadInput for copies or a position that cannot be."""
        check_copies(self.copies)
        if self.start is None:
            return
        if media.grid is None:
            raise BadInput("start", f"{media.name} is no sheet; leave it out")
        if not 1 <= self.start <= media.grid.positions:
            raise BadInput("start", f"{self.start} is not on the sheet; 1 to {media.grid.positions} is right")


@dataclass(frozen=True, slots=True)
class Batch:
    """Jobs that were asked for together: their number in the queue, how many, and their printer."""

    id: int
    jobs: int
    printer: str
