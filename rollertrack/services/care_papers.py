"""The care slip on paper: an A5 page, or the roll of a label printer."""

from rollertrack.domain.care import CareLine, which_slip
from rollertrack.labels import files
from rollertrack.services.page_fonts import font_runs
from rollertrack.services.station import Done, Station
from rollertrack.wording import care as say


def slip(which: str) -> tuple[CareLine, ...]:
    """The lines of a slip; BadInput for a word that names none."""
    return say.slip_lines(which_slip(which))


def _printed(which: str) -> list[tuple[str, str]]:
    return [(line.topic, line.printed) for line in slip(which)]


def write_slip(station: Station, which: str, to: str, *, force: bool = False) -> Done:
    """Write a slip as an A5 page; nothing is logged."""
    from rollertrack.reports.care_slip import care_page
    from rollertrack.services.labels.pages import pdf_target

    lines, target = _printed(which), pdf_target(to, force=force)
    data = care_page(say.slip_title(which_slip(which)), lines, say.footer(), font_runs)
    files.write_whole(target, data, force=force)
    return Done("care", (), station.clock(), say.slip_written(which_slip(which), target))


def print_slip(station: Station, which: str, printer: str | None = None, media: str | None = None) -> Done:
    """Print a slip on a label printer's roll, beside the queue; NotSent or BrokenOff when that fails."""
    from rollertrack.labels.pages.care_slip import care_strip
    from rollertrack.labels.printer import Sent
    from rollertrack.labels.printers.delivery import send

    lines, printing = _printed(which), station.printing
    on = printing.printer(printer)
    paper = printing.media(media, on)
    picture = care_strip(say.slip_title(which_slip(which)), lines, say.footer(), paper)
    with printing.at_device():
        outcome = send(on, [picture], paper, printing.cache, printing.timeout)
    said = say.slip_printed(which_slip(which), str(on), confirmed=outcome.state is Sent.CONFIRMED)
    return Done("care", (), station.clock(), said)
