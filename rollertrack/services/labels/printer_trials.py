"""Try a printer: ask how it stands, send it a small test label."""

from typing import TYPE_CHECKING

from rollertrack.domain.code import TEST_CODE
from rollertrack.labels.label_facts import LabelFacts
from rollertrack.labels.printer import Sent
from rollertrack.labels.printers.delivery import send
from rollertrack.labels.rendering import render
from rollertrack.services.labels.sheets import give_back, next_free, take, what_is_free
from rollertrack.services.station import Done, Station
from rollertrack.wording.sentences import note_sentence

if TYPE_CHECKING:
    from rollertrack.labels.media import Media
    from rollertrack.labels.printer import Printer


def test_print(station: Station, name: str | None = None) -> Done:
    """Send a small test label at once, beside the queue; NotSent or BrokenOff when the printer fails."""
    printing = station.printing
    printer = printing.printer(name)
    media = printing.media(None, printer)
    facts = LabelFacts(code=TEST_CODE, name="Test label", kind="test", notice=_notice(printer, media))
    picture = render(facts, media, printing.link_base, module=printer.module)
    with station.store.transaction():
        start = next_free(station, printer, media)
        take(station, printer, media, start, 1)
    try:
        with printing.at_device():
            outcome = send(printer, [picture], media, printing.cache, printing.timeout, start=start)
    except BaseException:
        give_back(station, printer, media, start, 1)
        raise
    after = what_is_free(media, start, 1)
    said = "confirms the test label" if outcome.state is Sent.CONFIRMED else "was sent a test label"
    message = " ".join(
        filter(None, (f"{printer} {said}.", note_sentence(outcome.note), note_sentence(after)))
    )
    return Done("test", (), station.clock(), message)


def _notice(printer: "Printer", media: "Media") -> str:
    return f"{printer} on {media.name}, {media.dpi} dpi"


def printer_status(station: Station, name: str) -> str:
    """One sentence on whether a printer could print now; NotSent says why it could not."""
    from rollertrack.labels.printers.delivery import status

    printing = station.printing
    with printing.at_device():
        return status(printing.printer(name), printing.cache, printing.timeout)
