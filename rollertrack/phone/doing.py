"""Doing the deed that a form asks for: who may, what is a form of ours, and what came of it."""

from contextlib import suppress

from starlette.requests import Request
from starlette.responses import Response

from rollertrack.deeds.table import BY_NAME, load
from rollertrack.domain.code import LABELLED, LENGTH
from rollertrack.errors import BadCode, IdTaken, RollerTrackError, StoreFailed, Unsure
from rollertrack.phone import pages, session
from rollertrack.phone.desk import OURS, Caller, desk_of, form_of, joined_query, refused, root_of, too_fast
from rollertrack.phone.forms import Said
from rollertrack.phone.rollers import after_trouble, to_roller
from rollertrack.phone.showing import Trouble
from rollertrack.services import phones
from rollertrack.services.station import Done, Station
from rollertrack.wording import phones as words

_NOT_FOUND, _CONFLICT, _FIELD = 404, 409, 422


async def deed(request: Request) -> Response:
    """Do a deed to a roller; the answer is its page, reached anew so that a reload does nothing."""
    text, name = request.path_params["text"], request.path_params["deed"]
    if request.method != "POST":
        return to_roller(request, name if text.upper() in LABELLED else text)
    caller = await desk_of(request).caller(request)
    if refusal := _of_caller(request, caller):
        return refusal
    said = await form_of(request)
    if refusal := _of_form(request, caller, said):
        return refusal
    try:
        done = await _done(request, caller, said)
    except IdTaken:
        return pages.trouble(root_of(request), words.LOGGED_OTHERWISE, _CONFLICT)
    except RollerTrackError as error:
        is_unsure = isinstance(error, Unsure)
        is_of_the_record = isinstance(error, StoreFailed) or (
            isinstance(error, BadCode) and error.field == "code"
        )
        if is_of_the_record and not is_unsure:
            raise
        message = words.MAYBE_LOGGED if is_unsure else pages.why(error)
        trouble = Trouble(name, message, said, is_unsure=is_unsure)
        return await after_trouble(request, text, caller, trouble, pages.status_of(error))
    return _answer(request, said, done)


def _answer(request: Request, said: Said, done: Done | None) -> Response:
    """Where the phone goes after a deed; None is one that was revoked meanwhile."""
    if done is None:
        return refused(request, words.WAS_REVOKED)
    query = joined_query({"done": said["uid"], "person": said.get("person"), OURS: "1"})
    return to_roller(request, f"{done.codes[0]}{query}")


def _of_caller(request: Request, caller: Caller) -> Response | None:
    """Why a phone may not log anything now."""
    if caller.phone is None or not caller.is_paired:
        return refused(request, caller.why_not)
    seconds = desk_of(request).deeds.take(str(caller.phone.id))
    return too_fast(request, seconds) if seconds else None


def _of_form(request: Request, caller: Caller, said: Said) -> Response | None:
    """Why a form is none of ours, or none any more."""
    if not session.fits(caller.token, said.get("key", "")):
        return refused(request, words.KEY_OLD)
    name = request.path_params["deed"]
    if name not in BY_NAME or not BY_NAME[name].phone:
        return pages.trouble(root_of(request), words.NOT_HERE, _NOT_FOUND, title=words.NOT_FOUND)
    if not session.is_uid(said.get("uid", "")):
        return pages.trouble(root_of(request), words.KEY_OLD, _FIELD)
    return None


async def _done(request: Request, caller: Caller, said: Said) -> Done | None:
    """Do the deed, once, as whoever works with the phone; None when the phone was revoked meanwhile."""
    desk, phone = desk_of(request), caller.phone
    assert phone is not None
    name, text = request.path_params["deed"], request.path_params["text"]
    form, asked = load(BY_NAME[name].phone), session.digest(name, text.upper()[-LENGTH:], said)

    def do(station: Station) -> Done | None:
        # It may have been revoked while the form was still on its way.
        now = phones.phone_of(station, caller.token)
        if now is None or now.revoked_at is not None:
            return None
        staffed = station.changed(uid=said["uid"], asked=asked, operator=phone.operator or station.operator)
        done: Done = form.do(staffed, text, said)
        return done

    done = await desk.backend.run(do)
    if done is None:
        return None
    with suppress(RollerTrackError):  # it is logged, whatever fails from here on
        await desk.backend.run(phones.heard_of, phone.id)
    desk.backend.look()
    return done
