"""Pages drawn from templates, every text escaped; what every page is given."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from rollertrack.domain.guide import REMINDER
from rollertrack.domain.verdict import Refused
from rollertrack.errors import BadCode, BadInput, RollerTrackError, StoreFailed, Unsure
from rollertrack.wording import phones as words
from rollertrack.wording.dates import spoken_moment
from rollertrack.wording.previews import what_would_allow
from rollertrack.wording.sentences import error_sentence

HERE = Path(__file__).parent
_NOT_FOUND, _CONFLICT, _UNREADABLE, _FIELD, _FAULT = 404, 409, 503, 422, 500


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(name: str, root: str, values: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """A page of a template, below the path that the server has in front."""
    drawn = _templates().get_template(f"{name}.html")
    text = drawn.render(words=words, root=root, reminder=REMINDER, moment=spoken_moment, **values)
    return HTMLResponse(text, status)


def trouble(
    root: str, message: str, status: int, *, title: str = "", way: str = "", way_text: str = ""
) -> HTMLResponse:
    """A whole page for what was not done, with one way on."""
    is_stop = status in {_UNREADABLE, _FAULT} or title == words.FAULT_TITLE
    values = {
        "title": title or (words.FAULT_TITLE if is_stop else words.NOT_NOW_TITLE),
        "message": message,
        "is_stop": is_stop,
        "way": way or f"{root}/",
        "way_text": way_text or words.HOME,
    }
    return page("trouble", root, values, status)


def status_of(error: RollerTrackError) -> int:
    """The status that tells a program what people are told in words."""
    if isinstance(error, BadCode) and error.field == "code":
        return _NOT_FOUND
    if isinstance(error, BadInput):
        return _FIELD
    return _UNREADABLE if isinstance(error, StoreFailed) else _CONFLICT if error.exit_status == 1 else _FAULT


def failure(root: str, error: RollerTrackError) -> HTMLResponse:
    """The page of an error: an unknown code is a STOP, and so is a record that cannot be read."""
    status = status_of(error)
    if isinstance(error, Unsure):
        return trouble(root, words.MAYBE_LOGGED, status)
    if isinstance(error, StoreFailed):
        return trouble(root, f"{error.message} {words.STOP_UNREADABLE}", status)
    title = words.FAULT_TITLE if status == _NOT_FOUND else ""
    return trouble(root, error_sentence(error.message), status, title=title)


def why(error: RollerTrackError) -> str:
    """What a form says of an error."""
    if isinstance(error, Refused):
        return error_sentence(what_would_allow(error.verdict)[1])
    return error_sentence(error.message)
