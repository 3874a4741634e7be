"""Where a printer is: an address on the network or a device file."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from rollertrack.errors import BadInput

DEFAULT_PORT = 9100
_HOST = re.compile(r"[0-9A-Za-z_.-]+")
_RIGHT = "tcp://HOST:PORT or file:/dev/usb/lp0 is right"


@dataclass(frozen=True, slots=True)
class NetworkPlace:
    """A printer that listens on a TCP port."""

    host: str
    port: int = DEFAULT_PORT

    def __str__(self) -> str:
        return f"tcp://{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A printer behind a device file."""

    path: Path

    def __str__(self) -> str:
        return f"file:{self.path}"


Place = NetworkPlace | FilePlace


def parse_place(text: str) -> Place:
    """The place that a setting or an option names; BadInput says what would be right."""
    scheme, _, rest = text.strip().partition(":")
    if not text.strip().isprintable():
        raise BadInput("printer", f"{text!r} holds an invisible character; {_RIGHT}")
    if scheme.lower() == "tcp" and rest.startswith("//"):
        return _network(text.strip())
    if scheme.lower() == "file":
        return _file(rest, text)
    raise BadInput("printer", f"{text!r} names no printer; {_RIGHT}")


def _network(text: str) -> NetworkPlace:
    if "[" in text:
        raise BadInput(
            "printer", f"{text!r}: IPv6 cannot be used; the printer's name or IPv4 address is right"
        )
    try:
        parts = urlsplit(text)
        port = parts.port if parts.port is not None else DEFAULT_PORT
    except ValueError:
        raise BadInput("printer", f"{text!r} has no valid port; 1 to 65535 is right") from None
    if port == 0:
        raise BadInput("printer", f"{text!r} has no valid port; 1 to 65535 is right")
    host = parts.hostname or ""
    if (
        not _HOST.fullmatch(host)
        or "@" in parts.netloc
        or parts.path.strip("/")
        or parts.query
        or parts.fragment
    ):
        raise BadInput("printer", f"{text!r} should name only a host and a port; {_RIGHT}")
    return NetworkPlace(host, port)


def _file(rest: str, text: str) -> FilePlace:
    path = Path("/" + rest.lstrip("/")) if rest.startswith("///") else Path(rest)
    if not path.is_absolute() or rest.rstrip("/") == "" or (rest.startswith("//") and rest[2:3] != "/"):
        raise BadInput("printer", f"{text!r} should name a device by its full path; {_RIGHT}")
    return FilePlace(path)
