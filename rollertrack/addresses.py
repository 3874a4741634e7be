"""Under which addresses others find this computer, and whether they find a link base."""

import socket
from contextlib import closing, suppress
from ipaddress import IPv4Address, ip_address

LOCAL_NAMES = (".local", ".localdomain")
"""Ends of names that computers find among themselves, and many phones do not."""
EVERYWHERE = ("0.0.0.0", "::")
_SOMEWHERE = ("192.0.2.1", 9)
"""An address that stands in examples alone; nothing is sent to it."""


def own_addresses() -> tuple[str, ...]:
    """The addresses of this computer that others may reach, the one towards its network first."""
    found = [_towards_the_network()]
    with suppress(OSError):
        names = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET, socket.SOCK_STREAM)
        found += [str(place[0]) for *_, place in names]
    return tuple(dict.fromkeys(each for each in found if each and not ip_address(each).is_loopback))


def _towards_the_network() -> str:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        try:
            probe.connect(_SOMEWHERE)  # of a datagram this sends nothing
            return str(probe.getsockname()[0])
        except OSError:
            return ""


def found_at(host: str) -> str:
    """The address at which others find what answers on a host, which may stand for every address."""
    return next(iter(own_addresses()), "127.0.0.1") if host in EVERYWHERE else host


def address_at(port: int, host: str = EVERYWHERE[0], scheme: str = "http") -> str:
    """Where others find what answers on a port of this computer."""
    return f"{scheme}://{found_at(host)}:{port}"


def is_own(host: str) -> bool | None:
    """Whether a host is this computer; None for a name that means nothing here."""
    try:
        address = socket.gethostbyname(host)
        with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
            probe.bind((address, 0))  # only an address of this computer can be bound
    except socket.gaierror:
        return None
    except (OSError, UnicodeError):
        return False
    return True


def is_address(host: str) -> bool:
    """Whether a host is written as an address and not as a name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_local_name(host: str) -> bool:
    """Whether a host is a name that many phones do not find."""
    return host.lower().rstrip(".").endswith(LOCAL_NAMES)


def is_private(host: str) -> bool:
    """Whether a host is an address of a network that is not the internet, or a name without a dot.

    Browsers warn of pages without encryption anywhere else.
    """
    try:
        address = ip_address(host)
    except ValueError:
        return "." not in host
    return isinstance(address, IPv4Address) and address.is_private
