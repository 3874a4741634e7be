"""What a station knows of printing: its printers, its papers, its link base, where a cache may lie."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self

from rollertrack.domain.text import near_hint, required_line
from rollertrack.errors import BadInput, Sentence, going_on

if TYPE_CHECKING:
    from rollertrack.labels.bitmap import Bitmap
    from rollertrack.labels.media import Media
    from rollertrack.labels.printer import Printer
    from rollertrack.labels.printers.discovery import Computer

PrinterValue = str | Mapping[str, Any]
"""A printer as the settings have it: its place, or a table with `place` and options."""


class PrinterPage(NamedTuple):
    """What the settings say of printers and papers; nothing of it is checked but its types."""

    printers: Mapping[str, PrinterValue] = MappingProxyType({})
    printer: str | None = None
    """The printer used when none is named."""
    media: str | None = None
    """The paper used when neither a request nor the printer names one."""
    own_media: Mapping[str, Mapping[str, Any]] = MappingProxyType({})


class PrinterBook(Protocol):
    """Where the printers of a station are kept; `where` names it in a sentence."""

    @property
    def where(self) -> str:
        """What a sentence calls the book."""

    def read(self) -> PrinterPage:
        """What stands in it now."""

    def keep(self, name: str, value: PrinterValue) -> None:
        """Write a printer, in the place of one of that name."""

    def forget(self, name: str) -> None:
        """Remove a printer."""

    def keep_usual(self, printer: str | None, media: str | None) -> None:
        """Write the printer and the paper used when none is named; None for neither."""


class MemoryBook:
    """A book that is gone with the program."""

    where = "the settings"

    def __init__(self, page: PrinterPage | None = None) -> None:
        self.page = PrinterPage() if page is None else page

    def read(self) -> PrinterPage:
        """What stands in it now."""
        return self.page

    def keep(self, name: str, value: PrinterValue) -> None:
        """Write a printer, in the place of one of that name."""
        self._put({**self.page.printers, name: value})

    def forget(self, name: str) -> None:
        """Remove a printer."""
        self._put({each: value for each, value in self.page.printers.items() if each != name})

    def keep_usual(self, printer: str | None, media: str | None) -> None:
        """Write the printer and the paper used when none is named; None for neither."""
        self.page = self.page._replace(printer=printer, media=media)

    def _put(self, printers: Mapping[str, PrinterValue]) -> None:
        self.page = self.page._replace(printers=printers)


class Printing:
    """The label settings of a station; the book is read at each question, so that a change counts at once."""

    def __init__(
        self,
        cache: Path | None = None,
        book: PrinterBook | None = None,
        link_base: str | None = None,
        timeout: float = 5.0,
        typed: set[str] | None = None,
        at_devices: list[frozenset[int]] | None = None,
        pictures: "dict[object, Bitmap] | None" = None,
        computer: "Computer | None" = None,
    ) -> None:
        self.cache = Path.home() / ".cache" / "rollertrack" if cache is None else cache
        self.book = MemoryBook() if book is None else book
        self.link_base = link_base
        self.timeout = timeout
        self.typed = set[str]() if typed is None else typed
        """The printers that were asked for by hand in this run of the program, as the queue names them."""
        self.at_devices = list[frozenset[int]]() if at_devices is None else at_devices
        """The jobs of each sending that is with a device now; a question to a printer has none."""
        self.pictures = dict[object, "Bitmap"]() if pictures is None else pictures
        """The labels drawn last, by all they are drawn from: what was ordered is printed as it was drawn."""
        self.computer = computer
        """Where printers are looked for; None for the computer that this runs on."""

    def changed(self, **parts: Any) -> Self:
        """The same with some parts changed."""
        return type(self)(**vars(self) | parts)

    @contextmanager
    def at_device(self, jobs: Iterable[int] = ()) -> Iterator[None]:
        """Around what waits for a device, which may take as long as it likes."""
        sent = frozenset(jobs)
        self.at_devices.append(sent)
        try:
            yield
        finally:
            self.at_devices.remove(sent)

    def is_own(self, queued: str) -> bool:
        """Whether the queue may print on what a job names: a printer of the settings, or typed in this run.

        A database may come from elsewhere, and a place may be a command.
        """
        # A name that the settings lack fails with its own sentence; it starts nothing.
        if queued in self.typed or ":" not in queued:
            return True
        try:
            printers = self.book.read().printers
        except BadInput:
            return False
        return queued in printers or queued in map(_place_of, printers.values())

    def printer(self, named: str | None = None) -> "Printer":
        """A printer by its name in the settings or as a place itself; the usual one when none is named."""
        from rollertrack.labels.printers.parsing import parse_printer

        page = self.book.read()
        text = named or _usual(page)
        if text is None:
            raise BadInput("printer", *_which_one(page.printers))
        if text in page.printers:
            return self._checked(text, page.printers[text])
        if ":" in text:
            return parse_printer("", text)
        known = ", ".join(page.printers) or "none"
        hint = near_hint(text, page.printers, f"the settings name: {known}")
        raise BadInput("printer", f"“{text[:40]}” is not known; {hint}")

    def printers(self) -> "tuple[Printer, ...]":
        """Every printer of the settings, in their order."""
        return tuple(self._checked(name, value) for name, value in self.book.read().printers.items())

    def _checked(self, name: str, value: PrinterValue) -> "Printer":
        from rollertrack.labels.printers.parsing import parse_printer

        try:
            printer = parse_printer(name, value)
        except BadInput as error:
            raise BadInput("settings", f"{self.book.where}, printers {error.reason}") from None
        if not name or printer.name != name:  # its jobs would not find it again
            right = f"“{printer.name}” is right" if printer.name else "a word such as desk is right"
            raise BadInput("settings", f"{self.book.where}, printers “{name}”: {right}")
        return printer

    def usual_printer(self) -> str | None:
        """The name of the printer used when none is named, if there is one."""
        return _usual(self.book.read())

    def media(self, name: str | None = None, printer: "Printer | None" = None) -> "Media":
        """A paper as a printer prints it: the one named, else the printer's own, else the station's."""
        from rollertrack.labels.media import media_named

        own = self.book.read().own_media
        wanted = name or self.usual_media(printer)
        try:
            # It goes into the record of every roller.
            required_line("media", wanted)
            return media_named(wanted, printer.dpi if printer else None, own)
        except BadInput as error:
            if not any(error.reason.startswith(f"{mine[:40]}: ") for mine in own):
                raise
            raise BadInput("settings", f"{self.book.where}, own_media {error.reason}") from None

    def usual_media(self, printer: "Printer | None" = None) -> str:
        """The name of the paper used when none is named."""
        from rollertrack.labels.media import DEFAULT_MEDIA

        return (printer and printer.media) or self.book.read().media or DEFAULT_MEDIA

    def media_names(self) -> tuple[str, ...]:
        """Every paper that can be named, the station's own first."""
        from rollertrack.labels.media import MEDIA

        return tuple(dict.fromkeys((*self.book.read().own_media, *MEDIA)))

    def sheet_names(self) -> frozenset[str]:
        """The papers that are sheets, which may have been begun; one set wrongly is none."""
        return frozenset(name for name in self.media_names() if self._is_sheet(name))

    def _is_sheet(self, name: str) -> bool:
        try:
            return self.media(name).grid is not None
        except BadInput:
            return False

    def keep(self, printer: "Printer") -> None:
        """Write a printer into the settings, in the place of one of its name."""
        from rollertrack.labels.printers.parsing import printer_value

        if not printer.name:
            raise BadInput("printer", f"{printer.place} has no name in {self.book.where}; give it one first")
        self.book.keep(printer.name, printer_value(printer))

    def forget(self, name: str) -> None:
        """Remove a printer from the settings; BadInput when none bears the name."""
        if name not in self.book.read().printers:
            raise BadInput("printer", f"“{name[:40]}” is not known; nothing was removed")
        self.book.forget(name)


def _place_of(value: PrinterValue) -> str:
    """The place in a setting, in the words of the queue; as it is written where it cannot be read."""
    from rollertrack.labels.places import parse_place

    text = value if isinstance(value, str) else str(value.get("place", ""))
    try:
        return str(parse_place(text))
    except BadInput:
        return text


def _which_one(printers: Mapping[str, PrinterValue]) -> Sentence:
    """What to do where no printer is named and none is the usual one."""
    if printers:
        one = f'name one of {", ".join(printers)}; the settings may hold the usual one as printer = "…"'
        return going_on(one)
    return Sentence(
        "none is set; name a place, such as tcp://HOST:PORT or file:/dev/usb/lp0, or a file",
        at_prompt="none is set; give --printer tcp://HOST:PORT or file:/dev/usb/lp0, or --to FILE.png; "
        "`rollertrack printer find` shows what is plugged in",
    )


def _usual(page: PrinterPage) -> str | None:
    only = next(iter(page.printers)) if len(page.printers) == 1 else None
    return page.printer or only
