"""The settings file as the book of a station's printers: read anew when it changed, comments kept."""

import os
from collections.abc import Callable
from errno import EACCES
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rollertrack.errors import DeviceFailed
from rollertrack.files import written_beside
from rollertrack.services.labels.printer_settings import PrinterPage, PrinterValue
from rollertrack.settings import read_settings

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


class SettingsFile:
    """The printers and papers in a settings file that need not exist; every other setting stays as it is."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: object = None
        self._page = PrinterPage()

    @property
    def where(self) -> str:
        """What a sentence calls the file."""
        return str(self._path)

    def read(self) -> PrinterPage:
        """What the file says now; BadInput when it cannot be read."""
        stamp = _stamp(self._path)
        if stamp != self._stamp:
            found = read_settings(self._path, {})
            self._page = PrinterPage(found.printers, found.printer, found.media, found.own_media)
            self._stamp = stamp
        return self._page

    def keep(self, name: str, value: PrinterValue) -> None:
        """Write a printer, in the place of one of that name; comments and order stay."""
        self._change(lambda document: _keep(document, name, value))

    def forget(self, name: str) -> None:
        """Remove a printer, also from being the usual one."""
        self._change(lambda document: _forget(document, name))

    def keep_usual(self, printer: str | None, media: str | None) -> None:
        """Write the printer and the paper used when none is named; None for neither."""

        def change(document: "TOMLDocument") -> None:
            _set(document, "printer", printer)
            _set(document, "media", media)

        self._change(change)

    def keep_theme(self, name: str) -> None:
        """Write the theme that was chosen."""
        self._change(lambda document: document.__setitem__("theme", name))

    def _change(self, change: "Callable[[TOMLDocument], None]") -> None:
        try:
            while not self._changed(change):
                pass  # somebody else wrote it meanwhile: what they wrote stays
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise DeviceFailed(
                f"{self._path} could not be written: {reason}. Nothing was changed."
            ) from error

    def _changed(self, change: "Callable[[TOMLDocument], None]") -> bool:
        import tomlkit

        self.read()  # a file that is out of order is refused with its sentence
        text = self._path.read_text("utf-8") if self._path.exists() else ""
        document = tomlkit.parse(text)
        change(document)
        return _replace(self._path, tomlkit.dumps(document), self._stamp)


def _stamp(path: Path) -> object:
    try:
        found = path.stat()
    except OSError:
        return "absent"
    return found.st_ino, found.st_mtime_ns, found.st_size


def _keep(document: "TOMLDocument", name: str, value: PrinterValue) -> None:
    import tomlkit
    from tomlkit.items import Table

    printers = document.setdefault("printers", tomlkit.table())
    old = printers.get(name)
    if isinstance(old, Table):  # it may hold comments
        value = {"place": value} if isinstance(value, str) else value
        for key in [key for key in old if key not in value]:
            del old[key]
        for key in [key for key in value if old.get(key) != value[key]]:
            old[key] = value[key]
    elif isinstance(value, str):
        printers[name] = value
    else:
        table = tomlkit.inline_table()
        table.update(value)
        printers[name] = table


def _set(document: "TOMLDocument", key: str, value: str | None) -> None:
    if value is not None:
        document[key] = value
    elif key in document:
        del document[key]


def _forget(document: "TOMLDocument", name: str) -> None:
    printers: Any = document.get("printers", {})
    if name in printers:
        del printers[name]
    if document.get("printer") == name:
        del document["printer"]


def _replace(path: Path, text: str, stamp: object) -> bool:
    """Write beside the file and rename over it, unless it is not the one of the stamp any more.

    A link goes on pointing where it pointed; a file that is set read-only stays as it is.
    """
    target = Path(os.path.realpath(path))
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o600
    if not mode & 0o222:
        raise PermissionError(EACCES, "it is read-only")
    with written_beside(target, text.encode(), mode) as part:
        if _stamp(path) != stamp:
            return False
        part.replace(target)
    return True
