"""The settings file as the book of a station's printers: read anew when it changed, comments kept."""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rollertrack.errors import DeviceFailed
from rollertrack.services.labels.printing import PrinterPage, PrinterValue
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

    def _change(self, change: "Callable[[TOMLDocument], None]") -> None:
        import tomlkit

        self.read()  # a file that is out of order is refused with its sentence
        text = self._path.read_text("utf-8") if self._path.exists() else ""
        document = tomlkit.parse(text)
        change(document)
        try:
            _replace(self._path, tomlkit.dumps(document))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise DeviceFailed(
                f"{self._path} could not be written: {reason}. Nothing was changed."
            ) from error


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
    if isinstance(value, str):
        printers[name] = value
    elif isinstance(old, Table):  # it may hold comments
        for key in [key for key in old if key not in value]:
            del old[key]
        for key in [key for key in value if old.get(key) != value[key]]:
            old[key] = value[key]
    else:
        table = tomlkit.inline_table()
        table.update(value)
        printers[name] = table


def _forget(document: "TOMLDocument", name: str) -> None:
    printers: Any = document.get("printers", {})
    if name in printers:
        del printers[name]
    if document.get("printer") == name:
        del document["printer"]


def _replace(path: Path, text: str) -> None:
    """Write beside the file and rename over it; a link goes on pointing where it pointed."""
    target = Path(os.path.realpath(path))
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o600
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with os.fdopen(
            os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8"
        ) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
