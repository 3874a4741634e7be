"""How a printer stands: asked of the printer itself."""

from rollertrack.services.station import Station


def how_it_stands(station: Station, name: str) -> str:
    """One sentence on whether a printer could print now; NotSent says why it could not."""
    from rollertrack.labels.printers import status

    printing = station.printing
    with printing.at_device():
        return status(printing.printer(name), printing.cache, printing.timeout)
