"""The pages as an application: its routes, what is let in, and every fault a whole page with one way on."""

import os
from asyncio import CancelledError, create_task, sleep
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rollertrack.domain.code import LABELLED
from rollertrack.errors import DEBUG_VARIABLE, RollerTrackError, Unexpected
from rollertrack.phone import doing, guard, others, pages, pairing, programs, rollers
from rollertrack.phone.desk import PREFIX, Desk, root_of
from rollertrack.wording import phones as words

_BREATH = 1.0
"""Seconds between two looks whether the database's file still stands there, and its log is in it."""
_WRONG_HOST, _FORBIDDEN, _TOO_LARGE, _FAULT = 421, 403, 413, 500
_TOLD = {404: words.NOT_HERE, 405: words.NOT_SO, 413: words.TOO_LARGE, 422: words.NOT_SO}


def build_app(desk: Desk) -> ASGIApp:
    """The application over a desk; it closes the backend when it ends."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        breathing = create_task(_breathe(desk))
        try:
            yield
        finally:
            breathing.cancel()
            with suppress(CancelledError):
                await breathing
            desk.backend.close()

    both = ["GET", "POST"]
    app = Starlette(
        routes=[
            Route("/", others.home),
            Mount("/static", StaticFiles(directory=pages.HERE / "static")),
            Route("/pair/{code}", pairing.pairing, methods=both),
            Route("/mark/{text}", programs.mark),
            Route("/api/check/{text}", programs.check),
            *(
                Route(f"/{kind}/{{text}}", rollers.record)
                for letter in LABELLED
                for kind in (letter, letter.lower())
            ),
            Route("/{text}/{deed}", doing.deed, methods=both),
            Route("/{text}", rollers.record),
        ],
        exception_handlers={HTTPException: _refusal, RollerTrackError: _failure, Exception: _fault},
        lifespan=lifespan,
    )
    app.state.desk = desk
    return Door(app, desk)


async def _breathe(desk: Desk) -> None:
    while True:
        await sleep(_BREATH)
        desk.backend.look()


async def _refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code
    title = words.NOT_FOUND if status == 404 else ""  # noqa: PLR2004 - as HTTP calls it
    return pages.trouble(root_of(request), _TOLD.get(status, error.detail), status, title=title)


async def _failure(request: Request, error: Exception) -> Response:
    assert isinstance(error, RollerTrackError)
    return pages.failure(root_of(request), error)


async def _fault(request: Request, error: Exception) -> Response:
    told = Unexpected(error) if not isinstance(error, RollerTrackError) else error
    return pages.trouble(root_of(request), told.message, _FAULT)


class Door:
    """Lets in what is asked of this station by its own pages, and sends nothing out without its headers."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def sending(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                self._add_headers(scope, message)
            await send(message)

        scope = self._behind_prefix(scope)
        try:
            refusal = self._refusal(scope)
            await (refusal or self._app)(scope, receive, sending)
            if refusal is None and scope["client"] is not None:
                await self._desk.prove_link(Headers(scope=scope).get("host", ""), scope["client"][0])
        except Exception:
            # Told on its page already; a traceback helps only who asked for one.
            if os.environ.get(DEBUG_VARIABLE) or not has_begun:
                raise

    def _behind_prefix(self, scope: Scope) -> Scope:
        """The scope with the path of the link base in front of it told apart."""
        prefix, path = self._desk.prefix, scope["path"]
        is_below = bool(prefix) and (path == prefix or path.startswith(f"{prefix}/"))
        front = prefix if is_below else ""
        return {**scope, "root_path": front, PREFIX: front}

    def _refusal(self, scope: Scope) -> Response | None:
        asked, root = Headers(scope=scope), scope[PREFIX]
        host = asked.get("host", "")
        if not guard.may_be_asked(host, self._desk.link_host):
            right = self._desk.link_base or "/"
            message = words.right_address(right) if self._desk.link_base else words.NOT_HERE
            return pages.trouble(root, message, _WRONG_HOST, title=words.NOT_FOUND, way=right)
        if scope["method"] != "POST":
            return None
        if not guard.is_from_here(host, asked.get("origin"), asked.get("sec-fetch-site")):
            return pages.trouble(root, words.OTHER_ORIGIN, _FORBIDDEN, title=words.NOT_ALLOWED)
        length = asked.get("content-length", "0")
        if not length.isdecimal() or int(length) > guard.LARGEST_BODY:
            return pages.trouble(root, words.TOO_LARGE, _TOO_LARGE)
        return None

    @staticmethod
    def _add_headers(scope: Scope, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in guard.headers(is_encrypted=scope["scheme"] == "https"):
            headers[name] = value
        is_static = scope["path"].startswith(f"{scope[PREFIX]}/static/")
        headers["cache-control"] = "no-cache" if is_static else "no-store"
