"""What programs ask, in JSON: the answer of the gate, and whether a page still says what is on record."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from rollertrack.errors import BadCode, RollerTrackError
from rollertrack.phone import pages
from rollertrack.phone.desk import FORBIDDEN, desk_of
from rollertrack.phone.looking import found
from rollertrack.services import checking
from rollertrack.wording import phones as words
from rollertrack.wording.documents import answer_document


async def mark(request: Request) -> Response:
    """What tells a page whether it still says what stands on record."""
    desk, caller = desk_of(request), await desk_of(request).caller(request)
    if not (caller.is_paired or desk.may_look):
        return JSONResponse({"error": caller.why_not}, FORBIDDEN)
    person = request.query_params.get("person") if caller.is_paired else None
    text = request.path_params["text"]
    try:
        _, seen = await desk.backend.run(found, text, person, is_paired=caller.is_paired)
        if seen is None:
            raise BadCode(words.NO_ROLLER)
    except RollerTrackError as error:
        return JSONResponse({"error": error.message}, pages.status_of(error))
    answer = seen.answer
    return JSONResponse(
        {"head": answer.head, "word": answer.verdict.word.value, "changed": words.CHANGED_MEANWHILE}
    )


async def check(request: Request) -> Response:
    """The gate's answer as JSON, for paired devices."""
    desk, caller = desk_of(request), await desk_of(request).caller(request)
    if not caller.is_paired:
        return JSONResponse({"error": caller.why_not}, FORBIDDEN)
    person, area = (request.query_params.get(name) or None for name in ("person", "area"))
    text = request.path_params["text"]
    try:
        answer = await desk.backend.run(checking.check, text, person=person, area=area)
    except RollerTrackError as error:
        return JSONResponse({"error": error.message, "title": error.title}, pages.status_of(error))
    return JSONResponse(answer_document(answer))
