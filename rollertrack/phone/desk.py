"""What every handler shares: the backend, who asks, how often they may, and what a form said."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from rollertrack.addresses import is_own
from rollertrack.domain.rows import PhoneRow
from rollertrack.errors import RollerTrackError
from rollertrack.phone import guard, pages, session
from rollertrack.phone.forms import Said, joined
from rollertrack.phone.limits import Buckets
from rollertrack.services.backend import Backend
from rollertrack.services.phones import link_opened, phone_of
from rollertrack.wording import phones as words

_DEEDS_AT_ONCE, _DEEDS_A_SECOND = 30, 2.0
_PAIRINGS_AT_ONCE, _PAIRINGS_A_SECOND = 5, 0.1
OURS = "ours"
"""In the query of an address that was not scanned: it came from a page of ours, or was typed."""
PREFIX = "rollertrack.prefix"
"""Where a request keeps the path in front; routes below another change the usual place."""
FORBIDDEN, TOO_LARGE, UNREADABLE_FORM, TOO_FAST = 403, 413, 422, 429


class Caller(NamedTuple):
    """Who asks: the token of a cookie, and the phone that carries it."""

    token: str
    phone: PhoneRow | None

    @property
    def is_paired(self) -> bool:
        """Whether it may log deeds and see persons."""
        return self.phone is not None and self.phone.revoked_at is None

    @property
    def why_not(self) -> str:
        """What a phone is told that is not paired."""
        return words.WAS_REVOKED if self.phone is not None else words.NEEDS_PAIRING


class Desk:
    """One station as the pages know it."""

    def __init__(
        self, backend: Backend, link_base: str | None = None, *, may_look: bool = True,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self.backend = backend
        parts = urlsplit(link_base or "")
        self.link_base = (link_base or "").rstrip("/")
        self.link_host = (parts.hostname or "").lower()
        self.link_place = parts.netloc.lower()
        self.prefix = parts.path.rstrip("/")
        self.may_look = may_look
        self.is_opened = not link_base
        """Whether a phone has opened what labels link to, as far as this server knows."""
        self.deeds = Buckets(_DEEDS_AT_ONCE, _DEEDS_A_SECOND, seconds)
        self.pairings = Buckets(_PAIRINGS_AT_ONCE, _PAIRINGS_A_SECOND, seconds)

    async def prove_link(self, host: str, client: str) -> None:
        """Keep that somebody else than this computer opened what labels link to, when that is so."""
        if self.is_opened or host.lower() != self.link_place or is_own(client):
            return
        self.is_opened = True
        with suppress(RollerTrackError):  # it only helps the doctor
            await self.backend.run(link_opened, self.link_base)

    async def caller(self, request: Request) -> Caller:
        """Who asks."""
        token = request.cookies.get(session.COOKIE, "")
        return Caller(token, await self.backend.run(phone_of, token) if token else None)


def desk_of(request: Request) -> Desk:
    """The desk of the application that was asked."""
    desk: Desk = request.app.state.desk
    return desk


def root_of(request: Request) -> str:
    """The path that the server has in front."""
    return str(request.scope.get(PREFIX, ""))


async def form_of(request: Request) -> Said:
    """What a form said; one that is too large, or no form of ours, is refused."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > guard.LARGEST_BODY:
            raise HTTPException(TOO_LARGE)
    try:
        text = body.decode("ascii")
        return joined(
            parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=guard.MOST_FIELDS)
        )
    except ValueError:
        raise HTTPException(UNREADABLE_FORM) from None


def refused(request: Request, message: str) -> Response:
    """The page of what only paired phones may do."""
    return pages.trouble(root_of(request), message, FORBIDDEN, title=words.NOT_ALLOWED)


def too_fast(request: Request, seconds: int) -> Response:
    """The page of what was asked too often."""
    found = pages.trouble(root_of(request), words.too_fast(seconds), TOO_FAST, title=words.SLOW_DOWN)
    found.headers["retry-after"] = str(seconds)
    return found


def joined_query(values: dict[str, Any]) -> str:
    """A query of what is given; empty for nothing."""
    from urllib.parse import urlencode

    given = {name: value for name, value in values.items() if value}
    return f"?{urlencode(given)}" if given else ""
