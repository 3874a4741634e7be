"""The server of the pages: its socket, its patience, and what it needs to be found."""

import asyncio
import os
import socket
import ssl
from contextlib import suppress
from typing import Any, NamedTuple

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from rollertrack.errors import BadInput
from rollertrack.phone.app import build_app
from rollertrack.phone.desk import Desk
from rollertrack.wording import phones as words

DEADLINE = 10.0
"""Seconds in which a request must have arrived whole."""
_WHOLE = (h11.DONE, h11.MUST_CLOSE, h11.CLOSED, h11.ERROR)
_BACKLOG = 256
_LAST_WORDS = 3
"""Seconds that answers under way have when the server ends."""


class Encryption(NamedTuple):
    """The files of a certificate and its private key."""

    certificate: str
    key: str | None = None


class HurriedProtocol(H11Protocol):
    """The server's own protocol, which waits for ever for the rest of a request; here there is an end."""

    deadline = DEADLINE
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin the time of the first request."""
        super().connection_made(transport)
        self._begin()

    def data_received(self, data: bytes) -> None:
        """Begin the time of a request with its first byte, and end it with its last."""
        super().data_received(data)
        if self.conn.their_state in _WHOLE:
            self._end()
        elif self._timer is None:
            self._begin()

    def on_response_complete(self) -> None:
        """Begin the time of the next request, if some of it came with the one before."""
        super().on_response_complete()
        has_begun = self.conn.their_state is h11.SEND_BODY or bool(self.conn.trailing_data[0])
        if has_begun and self._timer is None and not self.transport.is_closing():
            self._begin()

    def connection_lost(self, exc: Exception | None) -> None:
        """End it."""
        self._end()
        super().connection_lost(exc)

    def _begin(self) -> None:
        self._timer = self.loop.call_later(self.deadline, self.transport.abort)

    def _end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens; BadInput where it cannot."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return _listening(socket.socket(family, kind, protocol), place)
    except (OSError, UnicodeError, OverflowError) as error:
        raise BadInput("port", *words.port_taken(host, port, _why(error).lower())) from None


def _listening(made: socket.socket, place: Any) -> socket.socket:
    """A socket at its place; one whose protocol is named lets no answer wait 40 ms for more to send."""
    try:
        if os.name == "posix":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(place)
        made.listen(_BACKLOG)
    except BaseException:
        made.close()
        raise
    return made


def _why(error: Exception) -> str:
    """The system's own words alone: Python adds the address once more."""
    if isinstance(error, OSError) and error.errno and not isinstance(error, socket.gaierror):
        return os.strerror(error.errno)
    return str(getattr(error, "strerror", None) or error)


def checked(encryption: Encryption) -> None:
    """Raise BadInput unless certificate and key can be read and fit."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(encryption.certificate, encryption.key)
    except (OSError, ssl.SSLError) as error:
        why = (error.strerror or str(error)).lower()
        raise BadInput("certificate", *words.certificate_unread(encryption.certificate, why)) from None


def serve(
    desk: Desk, listening: socket.socket, encryption: Encryption | None = None, *, behind_proxy: bool = False
) -> None:
    """Answer until the program is ended."""
    with suppress(KeyboardInterrupt):
        server_of(desk, encryption, behind_proxy=behind_proxy).run(sockets=[listening])


def server_of(
    desk: Desk, encryption: Encryption | None = None, *, behind_proxy: bool = False
) -> uvicorn.Server:
    """The server of a desk. It keeps no log of what was asked: addresses hold codes."""
    protected: dict[str, Any] = {}
    if encryption is not None:
        protected = {"ssl_certfile": encryption.certificate, "ssl_keyfile": encryption.key}
    config = uvicorn.Config(
        build_app(desk), http=HurriedProtocol, ws="none", lifespan="on", loop="asyncio",
        log_config=None, log_level="critical", access_log=False, server_header=False,
        # Unless a proxy is said to be there, whoever asks from this computer could name any address.
        proxy_headers=behind_proxy, timeout_graceful_shutdown=_LAST_WORDS, **protected,
    )  # fmt: skip
    return uvicorn.Server(config)
