"""The outage sheet: a row on paper for every roller, for the hours when the computer is down."""

from typing import TYPE_CHECKING

from rollertrack.domain.quantities import millimetres
from rollertrack.domain.rows import RollerRow
from rollertrack.domain.text import clean_line
from rollertrack.domain.words import State
from rollertrack.errors import BadInput, StoreFailed, going_on
from rollertrack.labels import files
from rollertrack.services import lists
from rollertrack.services.labels.pages import pdf_target
from rollertrack.services.station import Done, Station
from rollertrack.wording.printing import outage_title, outage_written
from rollertrack.wording.states import lasting_detail

if TYPE_CHECKING:
    from rollertrack.labels.pages.outage import OutageRow

MOST_ROLLERS = 5_000
"""On one outage sheet: more than 350 pages are no help to anybody."""


def outage_sheet(
    station: Station, to: str, *, state: State | None = None, search: str = "", page: str = "A4",
    force: bool = False,
) -> Done:  # fmt: skip
    """Write a PDF with a row per roller for the hours when the computer is down; retired ones are left out.

    Raises BadInput when no roller fits, or more than 5,000 do; StoreFailed while lists lag behind the policy.
    """
    from rollertrack.labels.pages import outage

    if not station.store.recalculate():
        raise StoreFailed(
            "The lists are being calculated anew after a change of the policy, and paper would keep what they"
            " say now. Nothing was written; try again in a minute."
        )
    target, words = pdf_target(to, force=force), clean_line("search", search)
    now = station.clock()
    rows = outage_rows(station, state=state, search=words)
    as_of, chosen = outage_title(now, state, words)
    files.write_whole(target, outage.outage_sheet(rows, as_of, chosen, page), force=force)
    message = outage_written(len(rows), target, now)
    return Done("outage", tuple(row.code for row in rows), now, message)


def outage_rows(station: Station, *, state: State | None = None, search: str = "") -> "list[OutageRow]":
    """The rows of an outage sheet by name; what would run out on paper is told by the clock."""
    from rollertrack.labels.pages.outage import OutageRow

    return [
        OutageRow(
            code=row.code,
            name=row.name,
            length=millimetres(row.length),
            person=f"only for {row.bound_label or row.bound_to}" if row.bound_to else "",
            state=row.state.value,
            stops=row.state is State.STOP,
            detail=lasting_detail(row),
        )
        for row in _in_use(station, state, search)
    ]


def _in_use(station: Station, state: State | None, search: str) -> list[RollerRow]:
    with station.store.reading():
        found = lists.listing(station, state=state, search=search, sort="name")
        rows = [row for row in lists.roller_rows(station, found.ids) if row.state is not State.RETIRED]
    if not rows:
        field = "search" if search else "state" if state else "code"
        none = "no roller in use fits; leave it out for all of them"
        raise BadInput(field, *going_on(none, at_prompt=" (`list` shows them)"))
    if len(rows) > MOST_ROLLERS:
        raise BadInput(
            "search", f"{len(rows):,} rollers fit; words that fit at most {MOST_ROLLERS:,} are right"
        )
    return rows
