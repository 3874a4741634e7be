"""Sheets of labels: where the next free one lies in each printer."""

from rollertrack.errors import BadInput
from rollertrack.labels.media import Media
from rollertrack.labels.places import CupsPlace, FolderPlace, PipePlace
from rollertrack.labels.printer import Printer
from rollertrack.services.station import Station
from rollertrack.store import print_queue as rows


def check_takes(printer: Printer, media: Media) -> None:
    """Raise BadInput for sheets on a printer that is spoken to label by label."""
    if media.grid is not None and not isinstance(printer.place, CupsPlace | PipePlace | FolderPlace):
        raise BadInput("media", f"{media.name} is a sheet; an office printer such as cups:QUEUE prints it")


def next_free(station: Station, printer: Printer, media: Media) -> int:
    """The position of the next free label, from 1; always 1 on paper that is no sheet."""
    if media.grid is None:
        return 1
    with station.store.reading():
        return rows.next_free(station.store.database, str(printer), media.name)


def take(station: Station, printer: Printer, media: Media, start: int, count: int) -> None:
    """Set places apart for labels under way, so that nobody else prints on them; no sheet, no place."""
    if media.grid is not None:
        with station.store.transaction():
            rows.remember_next_free(
                station.store.database, str(printer), media.name, _after(media, start, count)
            )


def give_back(station: Station, printer: Printer, media: Media, start: int, count: int) -> None:
    """Free the places of labels that did not print, unless others were taken after them."""
    if media.grid is not None and next_free(station, printer, media) == _after(media, start, count):
        with station.store.transaction():
            rows.remember_next_free(station.store.database, str(printer), media.name, start)


def what_is_free(media: Media, start: int, count: int) -> str:
    """A note of where a sheet ended after some labels, empty on paper that is no sheet."""
    if media.grid is None:
        return ""
    free = _after(media, start, count)
    return "the sheet is used up" if free == 1 else f"the next free label on the sheet is no. {free}"


def _after(media: Media, start: int, count: int) -> int:
    assert media.grid is not None
    return (start - 1 + count) % media.grid.positions + 1
