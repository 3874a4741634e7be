"""`cards`, `outage`, `calibrate`: pages for the wall, for a dead computer, for a printer."""

from rollertrack.cli.context import Context
from rollertrack.cli.reads import state_named
from rollertrack.errors import BadInput


def cards(context: Context) -> int:
    """The action cards: one page for the wall, or each on a label of its own."""
    from rollertrack.services.labels import pages
    from rollertrack.services.labels.requests import PrintRequest

    typed = context.arguments
    if typed.printer and typed.to:
        raise BadInput("to", "give either --printer or --to, not both")
    if typed.printer or typed.media:
        if typed.page is not None:
            raise BadInput("page", "is for the wall sheet; labels take their size from --media")
        request = PrintRequest(typed.printer, typed.to, typed.media, force=typed.force)
        return context.tell(pages.card_labels(context.station, request))
    if typed.to is None:
        raise BadInput("to", "is missing; give --to FILE.pdf, or --printer NAME for labels")
    return context.tell(
        pages.wall_sheet(context.printing_station, typed.to, typed.page or "A4", force=typed.force)
    )


def outage(context: Context) -> int:
    """A list on paper, with a code and boxes to tick for every roller."""
    from rollertrack.services.labels.outage import outage_sheet

    typed = context.arguments
    state = state_named(typed.state) if typed.state is not None else None
    done = outage_sheet(
        context.station, typed.to, state=state, search=typed.search, page=typed.page, force=typed.force
    )
    return context.tell(done)


def calibrate(context: Context) -> int:
    """A page or a label that shows how a printer lays its paper."""
    from rollertrack.services.labels import pages

    typed = context.arguments
    done = pages.calibration(
        context.printing_station, typed.to, media=typed.media, printer=typed.printer, force=typed.force
    )
    return context.tell(done)
