"""The paper a label is printed on, as data."""

from dataclasses import dataclass

from rollertrack.errors import BadInput

_MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Grid:
    """How labels lie on a sheet; every measure is in mm, from the top left corner of the page."""

    page_width: float
    page_height: float
    columns: int
    rows: int
    left: float
    top: float
    across: float
    """From the left edge of one label to that of the next."""
    down: float

    @property
    def positions(self) -> int:
        """Labels on one sheet."""
        return self.columns * self.rows


@dataclass(frozen=True, slots=True)
class Media:
    """One kind of label paper; every measure is in printer dots unless it says mm."""

    name: str
    width: int
    """Printable width."""
    length: int | None
    """Printable length of one label; None for a roll that is cut after each label."""
    dpi: int
    margin: int
    """Blank dots kept between the edge and any ink."""
    turned: bool = False
    """Drawn lying, sent standing: the picture is turned a quarter to the right before it goes out."""
    grid: Grid | None = None
    """Where labels lie on a sheet; None for rolls and single labels."""

    def dots(self, mm: float) -> int:
        """The nearest whole number of dots to a length in mm."""
        return round(mm * self.dpi / _MM_PER_INCH)


MEDIA = {
    media.name: media
    for media in (
        Media("58mm", width=384, length=None, dpi=203, margin=8),
        Media("80mm", width=576, length=None, dpi=203, margin=8),
    )
}
DEFAULT_MEDIA = "58mm"


def media_named(name: str) -> Media:
    """The media of that name; BadInput lists the known names."""
    media = MEDIA.get(name.strip().lower())
    if media is None:
        raise BadInput("media", f"{name!r} is not known; one of {', '.join(MEDIA)} is right")
    return media
