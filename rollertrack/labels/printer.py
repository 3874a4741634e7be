"""A printer of this station: where it is, what it prints on, and how its paper lies."""

from dataclasses import dataclass

from rollertrack.labels.places import Place


@dataclass(frozen=True, slots=True)
class Printer:
    """One printer; `name` is empty for a place that was given directly.

    Offsets are in mm, to the right and down on the paper as it is fed; `scale` is in percent and holds
    for sheets.
    """

    name: str
    place: Place
    media: str | None = None
    dpi: int | None = None
    module: int | None = None
    """The least dots a module of a QR code that was read back from this printer."""
    offset_x: float = 0.0
    offset_y: float = 0.0
    scale: float = 100.0

    def __str__(self) -> str:
        return self.name or str(self.place)
