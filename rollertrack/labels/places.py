"""Where a printer is, in one line of text: an address, a device, a queue, a command or a folder."""

import os
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from rollertrack.domain.text import near_hint
from rollertrack.errors import BadInput

DEFAULT_PORT = 9100
DEFAULT_BAUD = 9600
BAUDS = (9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600)
FILE = "{file}"
"""Stands in a command for the path of the picture."""
_HOST = re.compile(r"[0-9A-Za-z_.-]+")
_IPV6 = re.compile(r"[0-9A-Fa-f:.]+(%[0-9A-Za-z_.-]+)?")
_USB = re.compile(r"([0-9A-Fa-f]{4}):([0-9A-Fa-f]{4})")
_SERIAL = re.compile(r"/[^?]*[^?/]|COM[1-9][0-9]{0,2}", re.IGNORECASE)
_QUEUE = re.compile(r"[^\s/#?&'\"\\-][^\s/#?&'\"\\]{0,126}")
_OPTION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(=[A-Za-z0-9._,:+/{}-]*)?")
_RIGHT = "tcp://HOST:PORT or file:/dev/usb/lp0 is right"


class Language(StrEnum):
    """What a printer on the network understands, by the word its address begins with."""

    ESCPOS = "tcp"
    ZPL = "zpl"
    TSPL = "tspl"


class Form(StrEnum):
    """The kind of file a command or a folder gets."""

    PNG = "png"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class NetworkPlace:
    """A printer that listens on a TCP port."""

    host: str
    port: int = DEFAULT_PORT
    language: Language = Language.ESCPOS

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.language}://{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class UsbPlace:
    """An ESC/POS printer on USB, by the numbers of its maker and its model."""

    vendor: int
    product: int

    def __str__(self) -> str:
        return f"usb:{self.vendor:04x}:{self.product:04x}"


@dataclass(frozen=True, slots=True)
class SerialPlace:
    """An ESC/POS printer on a serial line, or on a Bluetooth one that looks like it."""

    port: str
    baud: int = DEFAULT_BAUD

    def __str__(self) -> str:
        return f"serial:{self.port}" + (f"?baud={self.baud}" if self.baud != DEFAULT_BAUD else "")


@dataclass(frozen=True, slots=True)
class FilePlace:
    """An ESC/POS printer behind a device file."""

    path: Path

    def __str__(self) -> str:
        return f"file:{self.path}"


@dataclass(frozen=True, slots=True)
class CupsPlace:
    """A print queue of CUPS; `options` are handed to `lp` with -o."""

    queue: str
    options: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"cups:{self.queue}" + ("?" + "&".join(self.options) if self.options else "")


@dataclass(frozen=True, slots=True)
class PipePlace:
    """A command that gets each label as a file, by its path or on its standard input."""

    command: str
    form: Form = Form.PNG

    def __str__(self) -> str:
        return f"{'pipe' if self.form is Form.PNG else 'pipe-pdf'}:{self.command}"

    @property
    def words(self) -> list[str]:
        """The program and its arguments, split as a shell would and never seen by one."""
        return _words(self.command, backslash_is_plain=os.name == "nt")


@dataclass(frozen=True, slots=True)
class FolderPlace:
    """A folder that gets a new file with each job."""

    folder: Path
    form: Form = Form.PDF

    def __str__(self) -> str:
        return f"{self.form}:{self.folder}"


def _words(command: str, *, backslash_is_plain: bool) -> list[str]:
    splitter = shlex.shlex(command, posix=True, punctuation_chars=False)
    splitter.whitespace_split = True
    splitter.commenters = ""
    if backslash_is_plain:
        # It stands between the folders of a Windows path.
        splitter.escape = ""
    return list(splitter)


Place = NetworkPlace | UsbPlace | SerialPlace | FilePlace | CupsPlace | PipePlace | FolderPlace


def parse_place(text: str) -> Place:
    """The place that a setting or an option names; BadInput says what would be right."""
    text = text.strip()
    if not text.isprintable():
        raise BadInput("printer", f"{text!r} holds an invisible character; {_RIGHT}")
    scheme, _, rest = text.partition(":")
    read = _KINDS.get(scheme.lower())
    if read is None:
        hint = near_hint(scheme.lower(), _KINDS, _RIGHT) if len(scheme) > 1 else _RIGHT
        raise BadInput("printer", f"{text!r} names no printer; {hint}")
    return read(rest, text)


def _network(language: Language) -> Callable[[str, str], NetworkPlace]:
    def read(rest: str, text: str) -> NetworkPlace:
        right = f"{language}://HOST:PORT is right"
        try:
            parts = urlsplit("//" + rest.removeprefix("//"))
            host, port = parts.hostname or "", DEFAULT_PORT if parts.port is None else parts.port
        except ValueError:
            raise BadInput("printer", f"{text!r} has no valid host and port; {right}, 1 to 65535") from None
        if port == 0:
            raise BadInput("printer", f"{text!r} has no valid port; {right}, 1 to 65535")
        known = _IPV6 if "[" in parts.netloc else _HOST
        beside = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc
        if not rest.startswith("//") or not known.fullmatch(host) or beside:
            raise BadInput("printer", f"{text!r} should name only a host and a port; {right}")
        return NetworkPlace(host, port, language)

    return read


def _usb(rest: str, text: str) -> UsbPlace:
    numbers = _USB.fullmatch(rest)
    if numbers is None:
        raise BadInput(
            "printer", f"{text!r} should name maker and model as lsusb does; usb:04b8:0202 is right"
        )
    return UsbPlace(int(numbers[1], 16), int(numbers[2], 16))


def _serial(rest: str, text: str) -> SerialPlace:
    port, _, query = rest.partition("?")
    if not _SERIAL.fullmatch(port):
        raise BadInput("printer", f"{text!r} names no serial port; serial:/dev/ttyUSB0 is right")
    if not query:
        return SerialPlace(port)
    key, _, baud = query.partition("=")
    if key != "baud" or baud not in map(str, BAUDS):
        raise BadInput(
            "printer",
            f"{text!r}: baud should be {', '.join(map(str, BAUDS))}; serial:{port}?baud=9600 is right",
        )
    return SerialPlace(port, int(baud))


def _file(rest: str, text: str) -> FilePlace:
    path = _full_path(rest)
    if path is None:
        raise BadInput(
            "printer", f"{text!r} should name a device by its full path; file:/dev/usb/lp0 is right"
        )
    return FilePlace(path)


def _cups(rest: str, text: str) -> CupsPlace:
    queue, _, query = rest.partition("?")
    if not _QUEUE.fullmatch(queue):
        raise BadInput("printer", f"{text!r} names no queue; cups:QUEUE is right, as lpstat -e lists it")
    options = tuple(query.split("&")) if query else ()
    for option in options:
        if not _OPTION.fullmatch(option):
            raise BadInput(
                "printer", f"{text!r}: {option!r} is no option; cups:{queue}?fit-to-page&media=A4 is right"
            )
    return CupsPlace(queue, options)


def _pipe(form: Form) -> Callable[[str, str], PipePlace]:
    def read(rest: str, text: str) -> PipePlace:
        place = PipePlace(rest.strip(), form)
        try:
            program = next(iter(place.words), "")
        except ValueError:
            raise BadInput("printer", f"{text!r} has a quotation mark too few; two are right") from None
        if not program or FILE in program:
            raise BadInput("printer", f"{text!r} names no command; pipe:lp -d QUEUE {FILE} is right")
        return place

    return read


def _folder(form: Form) -> Callable[[str, str], FolderPlace]:
    def read(rest: str, text: str) -> FolderPlace:
        path = _full_path(rest)
        if path is None:
            right = f"{form}:/home/me/labels is right"
            raise BadInput("printer", f"{text!r} should name a folder by its full path; {right}")
        return FolderPlace(path, form)

    return read


def _full_path(rest: str) -> Path | None:
    """The absolute path in `/a/b` or `///a/b`; none for the root, a relative one or another host's."""
    path = Path("/" + rest.lstrip("/")) if rest.startswith("///") else Path(rest)
    if not path.is_absolute() or path == Path(path.anchor) or (rest.startswith("//") and rest[2:3] != "/"):
        return None
    return path


_KINDS: dict[str, Callable[[str, str], Place]] = {
    **{str(language): _network(language) for language in Language},
    "usb": _usb,
    "serial": _serial,
    "file": _file,
    "cups": _cups,
    "pipe": _pipe(Form.PNG),
    "pipe-pdf": _pipe(Form.PDF),
    **{str(form): _folder(form) for form in Form},
}
SCHEMES = tuple(_KINDS)
"""How places begin, in front of the colon."""
