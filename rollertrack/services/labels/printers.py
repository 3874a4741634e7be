"""The printers of a station: list, keep, remove."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rollertrack.domain.text import required_line
from rollertrack.errors import BadInput
from rollertrack.labels.printers.lacking import lacking
from rollertrack.labels.printers.parsing import parse_printer
from rollertrack.services.labels.printer_settings import PrinterValue
from rollertrack.services.labels.sheets import check_takes
from rollertrack.services.station import Done, Station
from rollertrack.wording import done as say
from rollertrack.wording.sentences import sentence

NAME_LIMIT = 40
"""Characters of a printer's name."""


@dataclass(frozen=True, slots=True)
class PrinterRow:
    """A printer of the settings, every value as text; `fault` says why it cannot be used as it is set."""

    name: str
    facts: Mapping[str, str]
    """What is set, by the keys of the settings, such as place, media or status."""
    paper: str
    """The paper used on it when none is named."""
    usual: bool
    fault: str = ""

    @property
    def place(self) -> str:
        """Where it is."""
        return self.facts.get("place", "")


def list_printers(station: Station) -> tuple[PrinterRow, ...]:
    """Every printer of the settings, also one that is set wrongly."""
    printing = station.printing
    usual = printing.usual_printer()
    return tuple(
        _printer_row(station, name, value, usual=name == usual)
        for name, value in printing.book.read().printers.items()
    )


def _printer_row(station: Station, name: str, value: PrinterValue, *, usual: bool) -> PrinterRow:
    facts = {key: _as_text(each) for key, each in _table(value).items()}
    try:
        printer = station.printing.printer(name)
        paper = station.printing.media(None, printer).name
    except BadInput as error:
        return PrinterRow(name, facts, facts.get("media", ""), usual, error.message)
    return PrinterRow(name, facts, paper, usual)


def _table(value: PrinterValue) -> dict[str, Any]:
    return {"place": value} if isinstance(value, str) else dict(value)


def _as_text(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def save_printer(station: Station, name: str, facts: Mapping[str, str]) -> Done:
    """Keep a printer under a name; what `facts` does not mention stays as it was, an empty text unsets it.

    One that lacks something here is kept with a warning: settings may be written for another computer.
    """
    called = _checked_name(name)
    known = station.printing.book.read().printers.get(called)
    values = {**(_table(known) if known is not None else {}), **_read(facts)}
    values = {key: value for key, value in values.items() if value != ""}
    if "place" not in values:
        raise BadInput("place", "is missing; tcp://HOST:9100 or file:/dev/usb/lp0 is right")
    for key, value in values.items():
        _prove(key, {"place": values["place"], key: value})
    printer = parse_printer(called, values)
    if printer.media is not None:
        check_takes(printer, station.printing.media(None, printer))
    station.printing.keep(printer)
    said = say.printer_kept(called, printer.place, new=known is None)
    missing = lacking(str(printer.place))
    return Done("printer", (), station.clock(), said, warnings=(sentence(missing),) if missing else ())


def _checked_name(name: str) -> str:
    called = required_line("name", name, NAME_LIMIT)
    if ":" in called:
        raise BadInput("name", "may hold no colon, which a place has; a word such as desk is right")
    return called


def _read(facts: Mapping[str, str]) -> dict[str, str]:
    if unknown := [key for key in facts if key not in PRINTER_KEYS]:
        known = ", ".join(PRINTER_KEYS)
        raise BadInput("printer", f"“{unknown[0][:30]}” is no setting of a printer; {known} are")
    return {key: text.strip() for key, text in facts.items()}


def _prove(key: str, value: Mapping[str, Any]) -> None:
    """Raise what is wrong with one setting under its own name, for the field of a form."""
    try:
        parse_printer("", value)
    except BadInput as error:
        raise BadInput(key, error.reason.removeprefix(f"{key} ")) from None


PRINTER_KEYS = ("place", "media", "dpi", "module", "offset_x", "offset_y", "scale", "status")
"""What can be set of a printer."""


def remove_printer(station: Station, name: str) -> Done:
    """Remove a printer from the settings; its jobs in the queue fail until one bears the name again."""
    station.printing.forget(name)
    return Done("printer", (), station.clock(), say.printer_removed(name))


def save_usual(station: Station, printer: str | None, media: str | None) -> Done:
    """Keep the printer and the paper used when none is named; BadInput for one that is not known."""
    known = station.printing.book.read().printers
    if printer is not None and printer not in known:
        raise BadInput(
            "printer", f"“{printer[:40]}” is not known; the settings name {', '.join(known) or 'none'}"
        )
    if media is not None:
        station.printing.media(media)
    station.printing.book.keep_usual(printer, media)
    return Done("settings", (), station.clock(), say.usual_kept(printer, media))
