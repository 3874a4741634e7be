"""A roller's page, its deeds, and what programs ask of it."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rollertrack.phone import others, pages, session
from rollertrack.phone.desk import OURS, Caller, desk_of, refused, root_of
from rollertrack.phone.looking import Look, found, look
from rollertrack.phone.showing import Trouble, roller_page
from rollertrack.phone.using import answers_of
from rollertrack.wording import phones as words

SEE_OTHER = 303
_NOT_FOUND, _FIELD = 404, 422


async def record(request: Request) -> Response:
    """The page of whatever a code names."""
    desk, caller = desk_of(request), await desk_of(request).caller(request)
    if not (caller.is_paired or desk.may_look):
        return refused(request, caller.why_not)
    person, uid = (request.query_params.get(name) or "" for name in ("person", "done"))
    asked = (request.path_params["text"], person or None)
    is_scanned = OURS not in request.query_params
    scan, seen = await desk.backend.run(
        found, *asked, is_paired=caller.is_paired, uid=uid, is_scanned=is_scanned
    )
    if seen is None:
        return await others.other(request, scan, caller)
    shown = _drawn(request, seen, caller, is_scanned=is_scanned)
    if not caller.is_paired:
        shown.set_cookie(
            session.LAST_SEEN, scan.code, max_age=session.SEEN_FOR, httponly=True, samesite="lax"
        )
    return shown


async def after_trouble(
    request: Request, text: str, caller: Caller, trouble: Trouble, status: int
) -> Response:
    """The page of a roller as it stands now, with why a deed was not done."""
    person = trouble.said.get("person") or None
    answers = answers_of(trouble.said) if trouble.deed == "use" else None
    seen = await desk_of(request).backend.run(
        look, text, person, is_paired=True, is_scanned=False, answers=answers
    )
    return _drawn(request, seen, caller, trouble, status)


def _drawn(
    request: Request, seen: Look, caller: Caller, trouble: Trouble | None = None, status: int = 200, *,
    is_scanned: bool = False,
) -> Response:  # fmt: skip
    values = {
        # The label that was scanned goes with its page from link to link; no other page is one of a label.
        "at": request.path_params["text"] if is_scanned else seen.answer.code,
        "ours": "" if is_scanned else OURS,
        **roller_page(seen, trouble),
        "key": session.form_key(caller.token) if caller.is_paired else "",
        "look_only": words.WAS_REVOKED if caller.phone else words.LOOK_ONLY,
    }
    return pages.page("roller", root_of(request), values, status)


def to_roller(request: Request, code: str) -> Response:
    """The way to a roller's page."""
    return RedirectResponse(f"{root_of(request)}/{code}", SEE_OTHER)
