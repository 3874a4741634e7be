"""Pictures to a printer of any kind, within a time limit; every failure is one sentence."""

from collections.abc import Sequence
from pathlib import Path

from rollertrack.errors import BadInput
from rollertrack.labels.bitmap import Bitmap
from rollertrack.labels.media import Media
from rollertrack.labels.places import CupsPlace, FolderPlace, PipePlace
from rollertrack.labels.printer import NOT_ASKED, NotSent, Outcome, Printer, PrinterState
from rollertrack.labels.printers.alignment import on_paper
from rollertrack.labels.printers.faults import explained
from rollertrack.labels.printers.language import send_job
from rollertrack.labels.printers.opening import clock_for, language_of, library_for, opened
from rollertrack.labels.printers.transport import Clock


def send(
    printer: Printer, pictures: Sequence[Bitmap], media: Media, cache: Path, timeout: float, *,
    start: int = 1,
) -> Outcome:  # fmt: skip
    """Print pictures; the outcome says how sure it is that they were printed.

    `timeout` is how many seconds the printer may keep silent, and how many a small job may take in
    all; a large one gets more in proportion to its size. `cache` is a private folder for python-escpos,
    `start` the first free position of a sheet. Raises NotSent when nothing was printed, BrokenOff when
    part of it may be, BadInput when the labels do not go onto that printer's paper.
    """
    with explained(printer, timeout) as delivery:
        match printer.place:
            case CupsPlace() | PipePlace() | FolderPlace() as place:
                # Labels for a roll need no programs and no files.
                from rollertrack.labels.printers.file_printers import hand_over

                return hand_over(printer, place, pictures, media, timeout, start)
            case place:
                language = language_of(place)
                job = language.encode(_for_a_roll(printer, pictures, media), media)
                with library_for(place, cache) as library:
                    # From here on, so that loading the library is not the printer's delay.
                    clock = clock_for(place, timeout, len(job))
                    with opened(place, clock, library) as transport:
                        return send_job(transport, language, job, clock, delivery, asked=printer.is_asked)


def status(printer: Printer, cache: Path, timeout: float) -> str:
    """How a printer stands, in one sentence; NotSent when it could not print now, or cannot be reached."""
    with explained(printer, timeout):
        match printer.place:
            case CupsPlace() | PipePlace() | FolderPlace() as place:
                from rollertrack.labels.printers.file_printers import stands

                if isinstance(place, CupsPlace) and not printer.is_asked:
                    return NOT_ASKED
                return stands(place, Clock(timeout))
            case place:
                with library_for(place, cache) as library:
                    clock = Clock(timeout)
                    with opened(place, clock, library) as transport:
                        if not printer.is_asked:
                            return f"connected; {NOT_ASKED}"
                        return _stands(
                            language_of(place).ask(transport, clock) if transport.answers else None
                        )


def _stands(standing: PrinterState | None) -> str:
    if standing is None:
        return "connected, but it does not answer questions about its paper and cover"
    if standing.fault:
        raise NotSent(standing.fault)
    return str(standing)


def _for_a_roll(printer: Printer, pictures: Sequence[Bitmap], media: Media) -> list[Bitmap]:
    if media.grid is not None:
        raise BadInput(
            "media",
            f"{media.name} is a sheet; a printer such as cups:QUEUE or pdf:FOLDER prints it, not {printer}",
        )
    return on_paper(printer, pictures, media)
