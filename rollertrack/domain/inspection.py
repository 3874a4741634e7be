"""What an inspector is shown: sections of rows, each with its columns, and the counts of the cover."""

from typing import NamedTuple

from rollertrack.domain.reports import Period


class Section(NamedTuple):
    """One kind of record: its title, its columns and how wide each is beside the others, its rows as text."""

    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str
    """What stands there when there is no row."""


class Inspection(NamedTuple):
    """A whole report: of which place and span, when it was made (microseconds UTC), by which rules, how
    complete, and the journal's seal."""

    place: str
    period: Period
    written_at: int
    profile: str
    seal: str
    counts: tuple[tuple[str, str], ...]
    """What the cover counts, each with its number."""
    sections: tuple[Section, ...]


class Cover(NamedTuple):
    """The words of the cover, and of the foot of each page."""

    title: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    foot: str
