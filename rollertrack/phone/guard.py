"""What is let in: the host that was asked, where a form came from, and what every answer carries. Pure."""

from urllib.parse import urlsplit

from rollertrack.addresses import is_address

LARGEST_BODY = 16 * 1024
MOST_FIELDS = 60
_PORTS = {"http": "80", "https": "443"}
_SAME_SITE = frozenset({"same-origin", "none"})
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def may_be_asked(host: str, link_host: str = "") -> bool:
    """Whether a request may name this host: an address, this computer, or the host of the link base.

    A name that somebody else owns may be made to lead here; an address cannot.
    """
    name = host_name(host)
    return name is not None and (is_address(name) or name in {"localhost", link_host.lower() or "localhost"})


def host_name(host: str) -> str | None:
    """The host without its port, in small letters; None for what is no host."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return None
    if not parts.hostname or parts.path or parts.query or parts.fragment or "@" in host:
        return None
    return parts.hostname.lower()


def is_from_here(host: str, origin: str | None, site: str | None) -> bool:
    """Whether a form was sent by a page of ours: its origin is the host that is asked.

    Every browser names the origin of a form; where it also says how the sites are related, that must fit.
    """
    if site is not None and site not in _SAME_SITE:
        return False
    if not origin:
        return False
    try:
        parts = urlsplit(origin)
        port = _PORTS.get(parts.scheme)
        _ = parts.port
    except ValueError:
        return False
    if port is None or parts.path or parts.query or parts.fragment or "@" in parts.netloc:
        return False
    return _with_port(parts.netloc, port) == _with_port(host, port)


def _with_port(netloc: str, port: str) -> str:
    name = netloc.lower()
    has_port = ":" in name.rpartition("]")[2]
    return name if has_port else f"{name}:{port}"


def headers(*, is_encrypted: bool) -> list[tuple[str, str]]:
    """What every answer carries: nothing inline, nothing framed, nothing kept."""
    found = [
        ("content-security-policy", _POLICY),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        # Another policy would make the origin of our own forms unknown.
        ("referrer-policy", "same-origin"),
        ("permissions-policy", "geolocation=(), microphone=(), payment=()"),
    ]
    # Without encryption browsers only complain of this one.
    return [*found, ("cross-origin-opener-policy", "same-origin")] if is_encrypted else found
