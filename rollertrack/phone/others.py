"""The first page, and the pages of persons, solutions, operators and bins."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rollertrack.domain.code import shown
from rollertrack.domain.rows import DueRow, Overview
from rollertrack.phone import pages
from rollertrack.phone.desk import OURS, Caller, desk_of, refused, root_of
from rollertrack.services import codes, lists, records
from rollertrack.services.codes import Scan
from rollertrack.services.due import due as what_is_due
from rollertrack.services.station import Station
from rollertrack.wording import phones as words
from rollertrack.wording.due import (
    Alike,
    alike,
    due_because,
    due_code,
    due_when,
    due_word,
    grouped,
    nothing_due,
    several_because,
    several_text,
)
from rollertrack.wording.scans import scanned_title

_WITHIN_DAYS = 30
_MOST_LINES = 12
_SEE_OTHER = 303


async def home(request: Request) -> Response:
    """A field for nine letters; for a paired phone what soaks and what is due."""
    desk = desk_of(request)
    if typed := request.query_params.get("code", ""):
        caller = await desk.caller(request)
        if not (caller.is_paired or desk.may_look):
            return refused(request, caller.why_not)
        found = await desk.backend.run(codes.identify, typed, near_all=caller.is_paired)
        way = f"{root_of(request)}/{found.mark}{found.code}"
        return RedirectResponse(way if found.mark or found.from_label else f"{way}?{OURS}", _SEE_OTHER)
    caller = await desk.caller(request)
    look_only = words.WAS_REVOKED if caller.phone else words.LOOK_ONLY
    if not caller.is_paired:
        return pages.page("home", root_of(request), {"soaks": [], "look_only": look_only})
    now, overview, due = await desk.backend.run(_standing)
    soaks = [
        (each.code, words.soak_line(f"{shown(each.code)} {each.name}".strip(), each.agent, each.due_at - now))
        for each in overview.soaks
    ]
    lines = [
        (group, [(_code(line), _line(line, now)) for line in alike(each)][:_MOST_LINES])
        for group, each in grouped(due, now)
    ]
    values = {"soaks": soaks, "due": lines, "ours": OURS, "nothing": nothing_due(_WITHIN_DAYS)}
    return pages.page("home", root_of(request), values)


def _standing(station: Station) -> tuple[int, Overview, list[DueRow]]:
    with station.store.reading():
        due = what_is_due(station, _WITHIN_DAYS).lines
        return station.clock(), lists.overview(station), list(due)


def _code(line: DueRow | Alike) -> str:
    """Whose page a line leads to; none where it stands for several, or for a product."""
    return "" if isinstance(line, Alike) or line.what == "order" else line.code


def _line(line: DueRow | Alike, now: int) -> str:
    if isinstance(line, Alike):
        several = due_word(line.lines[0].what), several_text(line), several_because(line, now)
        return " · ".join(filter(None, several))
    cells = (
        due_word(line.what),
        due_code(line),
        line.name,
        due_because(line),
        due_when(line, now, to_the_minute=False),
    )
    return " · ".join(filter(None, cells))


async def other(request: Request, scan: Scan, caller: Caller) -> Response:
    """The page of what is no roller; it is told to paired phones alone."""
    if not caller.is_paired:
        return refused(request, caller.why_not)
    desk = desk_of(request)
    values = {
        "title": scanned_title(scan.kind, scan.code, scan.label),
        "fields": await desk.backend.run(codes.describe, scan.code),
        "history": (await desk.backend.run(records.log, scan.code))[:_MOST_LINES],
    }
    return pages.page("other", root_of(request), values)
