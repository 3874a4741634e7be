"""The doctor of printers: one strip to find the smallest code that reads, and the setting kept from it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rollertrack.domain.code import TEST_CODE, find, mark_of, shown
from rollertrack.errors import BadCode, BadInput
from rollertrack.files import named_file
from rollertrack.services.labels.printer_settings import Printing

if TYPE_CHECKING:
    from rollertrack.labels.bitmap import Bitmap
    from rollertrack.labels.media import Media
    from rollertrack.labels.printer import Outcome, Printer

FINEST, COARSEST = 2, 20
"""The dots a module that a strip can hold and a setting may be."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A test print, drawn; `modules` are the dots a module of its codes, the smallest first."""

    printer: "Printer | None"
    media: "Media"
    pictures: "tuple[Bitmap, ...]"
    modules: tuple[int, ...] = ()


def strip(printing: Printing, printer: str | None, media: str | None, *, to_file: bool = False) -> Strip:
    """The strip for a printer and its paper; for a file the printer may be missing."""
    from rollertrack.diagnostics import size_strip
    from rollertrack.labels import fonts

    on = _printer(printing, printer, to_file)
    paper = printing.media(media, on)
    pages = size_strip.place(paper, fonts.measure)
    modules = tuple(stamp.symbol.module for page in pages for stamp in page.stamps)
    return Strip(on, paper, size_strip.draw(paper), modules)


def scanner_card(printing: Printing, printer: str | None, media: str | None, *, to_file: bool) -> Strip:
    """The test code of `doctor scanner` for a printer and its paper."""
    from rollertrack.diagnostics import size_strip

    on = _printer(printing, printer, to_file)
    paper = printing.media(media, on)
    return Strip(on, paper, (size_strip.scanner_card(paper),))


def _printer(printing: Printing, named: str | None, to_file: bool) -> "Printer | None":
    return None if to_file and not (named or printing.usual_printer()) else printing.printer(named)


def send(printing: Printing, strip: Strip) -> "Outcome":
    """Print a strip; NotSent or BrokenOff when the printer fails."""
    from rollertrack.labels.printers import delivery

    assert strip.printer is not None
    return delivery.send(strip.printer, strip.pictures, strip.media, printing.cache, printing.timeout)


def write(strip: Strip, target: str, *, force: bool = False) -> str:
    """Write a strip to a .png, .pdf or .bin file, in the place of another only with `force`; its path."""
    from rollertrack.labels import files

    path = named_file("to", target)
    files.write(path, strip.pictures, strip.media, force=force)
    return str(path)


def module_read(text: str, strip: Strip) -> int:
    """The dots a module that a line names: a scan of one of the strip's codes, or the number under it.

    BadInput for anything else.
    """
    from rollertrack.diagnostics.size_strip import module_of

    line = text.strip()
    right = f"scan a code of the strip, or type the dots under it: {', '.join(map(str, strip.modules))}"
    module = int(line) if line.isascii() and line.isdigit() else module_of(mark_of(line))
    if not line.isdigit() and (other := _other_code(line)):
        raise BadInput("scan", f"{other}; {right}")
    if module not in strip.modules:
        raise BadInput("scan", f"“{line[:40]}” names no code of this strip; {right}")
    return module


def _other_code(line: str) -> str:
    """Why a scan is none of the strip; empty when it is."""
    try:
        code = find(line)
    except BadCode:
        return f"“{line[:40]}” is no test code"
    return "" if code == TEST_CODE else f"that was {shown(code)}"


def keep_module(printing: Printing, printer: "Printer", module: int) -> str:
    """Keep the least module of a printer in the settings; a sentence that says what changed.

    BadInput for one out of range, or for a printer that the settings do not name.
    """
    if not FINEST <= module <= COARSEST:
        raise BadInput("module", f"{module} is out of range; {FINEST} to {COARSEST} dots is right")
    if not printer.name:
        raise BadInput(
            "printer",
            f"{printer} has no name in the settings to keep this under; give it one under [printers]",
        )
    media = printing.media(None, printer)
    printing.keep(replace(printer, module=module))
    before = f"; it was {printer.module}" if printer.module else ""
    size = f"{media.mm(module):.2f} mm"
    return (
        f"{printer}: no code is printed with less than {module} dots ({size}) a module from now on{before}."
    )
