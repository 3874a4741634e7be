"""Pairing a phone: a code that is shown at the station, a name, and from then on a token in a cookie."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rollertrack.domain.code import is_code
from rollertrack.errors import BadInput
from rollertrack.phone import pages, session
from rollertrack.phone.desk import OURS, desk_of, form_of, root_of, too_fast
from rollertrack.services import phones
from rollertrack.wording import phones as words
from rollertrack.wording.sentences import error_sentence

_SEE_OTHER, _FIELD, _FORBIDDEN = 303, 422, 403


async def pairing(request: Request) -> Response:
    """Ask for a name, which uses nothing up; or pair, and go back to the label that was looked at last."""
    desk, typed = desk_of(request), str(request.path_params["code"])
    code = typed.upper()
    address = request.client.host if request.client else ""
    if seconds := desk.pairings.take(address):
        return too_fast(request, seconds)
    if not await desk.backend.run(phones.may_pair, code):
        return pages.trouble(root_of(request), words.PAIRED_BEFORE, _FORBIDDEN, title=words.NOT_ALLOWED)
    if request.method != "POST":
        return _asking(request, code)
    name = (await form_of(request)).get("name", "")
    try:
        token = await desk.backend.run(phones.pair, code, name)
    except BadInput as error:
        return _asking(request, code, name, error_sentence(error.message), _FIELD)
    last = request.cookies.get(session.LAST_SEEN, "")
    to = f"{root_of(request)}/{f'{last}?{OURS}' if is_code(last) else ''}"
    paired = RedirectResponse(to, _SEE_OTHER)
    paired.set_cookie(
        session.COOKIE, token, max_age=session.KEPT_FOR, path=f"{root_of(request)}/",
        httponly=True, samesite="lax", secure=request.url.scheme == "https",
    )  # fmt: skip
    return paired


def _asking(request: Request, code: str, name: str = "", trouble: str = "", status: int = 200) -> Response:
    values = {"code": code, "name": name, "trouble": trouble}
    return pages.page("pair", root_of(request), values, status)
