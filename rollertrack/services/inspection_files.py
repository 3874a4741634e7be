"""The inspector's report as a file."""

from rollertrack.domain.reports import Period
from rollertrack.errors import BadInput
from rollertrack.labels import files
from rollertrack.services.inspecting import inspection
from rollertrack.services.page_fonts import font_runs
from rollertrack.services.station import Done, Station
from rollertrack.wording import inspection as say

MOST_ROWS = 100_000
"""More than some thousand pages are no help to anybody."""


def write_inspection(
    station: Station, place: str, span: Period, to: str, *, page: str = "A4", force: bool = False
) -> Done:
    """Write the report as a PDF; the same journal and the same span make the same bytes."""
    from rollertrack.reports.inspection import PAGES, inspection_pages
    from rollertrack.services.labels.pages import pdf_target

    target = pdf_target(to, force=force)
    if page not in PAGES:
        raise BadInput("page", f"“{page[:20]}” is not known; one of {', '.join(PAGES)} is right")
    made = inspection(station, place, span)
    rows = sum(len(section.rows) for section in made.sections)
    if rows > MOST_ROWS:
        raise BadInput("from", f"{rows:,} rows are too many for paper; up to {MOST_ROWS:,} are right")
    data = inspection_pages(made, say.cover(made), page, font_runs)
    files.write_whole(target, data, force=force)
    return Done("report inspection", (), station.clock(), say.written(rows, target))
