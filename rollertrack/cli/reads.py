"""`list`, `policy`."""

from collections.abc import Iterable
from typing import Any

from rollertrack.cli.context import Context
from rollertrack.domain.rows import RollerRow
from rollertrack.domain.text import clean_line
from rollertrack.domain.words import State
from rollertrack.errors import BadInput
from rollertrack.services import lists, policies
from rollertrack.services.policies import recalculation_notes
from rollertrack.wording.dates import iso, iso_day
from rollertrack.wording.records import all_retired, roller_cells


def list_rollers(context: Context) -> int:
    """The rollers and where they stand."""
    typed = context.arguments
    is_unbinned = (typed.state or "").strip().lower() == UNBINNED
    state = state_named(typed.state) if typed.state is not None and not is_unbinned else None
    search = clean_line("search", typed.search)
    if is_unbinned and search:
        raise BadInput("search", f"goes with no --state {UNBINNED}; leave one of them out")
    with context.station.store.reading():  # rows and note are of one moment
        if is_unbinned:
            rows = lists.unbinned(context.station)
        else:
            rows = lists.rows_for_list(context.station, state=state, search=search)
        notes = recalculation_notes(context.station)
    _warn(context, notes)
    documents = [_row_document(row) for row in rows]
    if (written := context.write_table(_COLUMNS, documents)) is not None:
        context.out.document({"rollers": documents, "warnings": list(notes), "written": written})
        context.out.say(*filter(None, [written]))
        return 0
    context.out.document({"rollers": documents, "warnings": list(notes)})
    if not rows:
        retired = lists.state_counts(context.station, "")[State.RETIRED]
        ways = "`add` registers one" + (", `list --state retired` shows them" if retired else "")
        is_filtered = typed.search or state or is_unbinned
        context.out.say("No roller fits." if is_filtered else all_retired(retired, ways))
        return 0
    context.out.table(map(roller_cells, rows), right=(4, 5))
    return 0


UNBINNED = "unbinned"
"""No state of a roller, and asked for like one: used up or retired, and in no bin that is known."""


def _warn(context: Context, notes: Iterable[str]) -> None:
    for note in notes:
        context.out.warn(note)


def state_named(text: str) -> State:
    """The state that a word names; BadInput lists the words."""
    try:
        return State(text.strip().lower().replace("-", " "))
    except ValueError:
        known = ", ".join(state.replace(" ", "-") for state in State)
        raise BadInput("state", f"“{text[:30]}” is not known; one of {known} is right") from None


_COLUMNS = (
    "code", "name", "kind", "length", "lot", "state", "detail", "uses", "uses_limit", "disinfected_at",
    "replace_on", "replace_because", "bound_to", "bound_label",
)  # fmt: skip


def _row_document(row: RollerRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "kind": row.form,
        "length": None if row.length is None else float(row.length),
        "lot": row.lot or None,
        "state": row.state.value,
        "detail": row.detail,
        "uses": row.uses,
        "uses_limit": row.uses_limit,
        "disinfected_at": iso(row.disinfected_at),
        "replace_on": iso_day(row.replace_on),
        "replace_because": row.replace_because or None,
        "bound_to": row.bound_to,
        "bound_label": row.bound_label or None,
    }


def show_policy(context: Context) -> int:
    """The rules in force, each with its source."""
    settings = policies.show_policy(context.station)
    context.out.document(
        {"policy": [
            {"key": each.key, "value": each.value, "unit": each.unit, "title": each.title,
             "source": each.source, "convention": each.convention, "changed": each.changed}
            for each in settings
        ]}
    )  # fmt: skip
    context.out.table([(each.key, each.value, each.unit, each.title, each.source) for each in settings])
    return 0
