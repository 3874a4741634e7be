"""Traces, recalls and incidents in words."""

from collections.abc import Sequence

from rollertrack.domain import trace as tr
from rollertrack.domain.code import KIND_WORDS, Kind, kind_of, shown
from rollertrack.domain.incident import Incident, Telling
from rollertrack.domain.quantities import plural
from rollertrack.domain.rows import IncidentRow
from rollertrack.domain.stream_names import is_name
from rollertrack.domain.text import printable
from rollertrack.domain.trace import Plan, Question, Trace, Traced, TraceRow
from rollertrack.wording.dates import span_text, spoken_day, spoken_moment

_SIGNS = {
    tr.HAS: ("✗", "has"),
    tr.HAD: ("✗", "had"),
    tr.NEAR: ("~", "near"),
    tr.DOUBTFUL: ("?", "no lot"),
    tr.MATES: ("◔", "mate"),
    tr.MATE_TAKEN_BACK: ("–", "taken back"),
    tr.USED: ("·", "used on"),
    tr.USED_MATE: ("·", "used on"),
    tr.USE_TAKEN_BACK: ("–", "taken back"),
    tr.WASHED_SINCE: ("–", "washed since"),
    tr.BATH: ("◔", "lay in it"),
    tr.BATH_TAKEN_BACK: ("–", "taken back"),
    tr.LAY_IN: ("◔", "lay in"),
    tr.PACK: ("✗", "pack"),
    tr.PACK_NEAR: ("~", "pack, near"),
    tr.PACK_DOUBTFUL: ("?", "pack, no lot"),
}
"""What a row is to the question: its sign and its word."""
_HEADINGS = {
    tr.HAS: "Has it",
    tr.HAD: "Had it, mended since or taken back",
    tr.NEAR: "Reads the same at a glance: look at the packs",
    tr.DOUBTFUL: "No lot on record, of the same make: cannot be ruled out",
    tr.USED: "Persons touched",
    tr.USE_TAKEN_BACK: "Uses taken back",
    tr.MATES: "Lay beside them in a bath",
    tr.MATE_TAKEN_BACK: "Baths taken back: no mates by them",
    tr.USED_MATE: "Persons touched by what lay beside them",
    tr.WASHED_SINCE: "Used after a good disinfection elsewhere",
    tr.BATH: "Lay in it",
    tr.BATH_TAKEN_BACK: "Baths taken back",
    tr.LAY_IN: "What they had lain in before the use",
    tr.PACK: "Packs of it",
    tr.PACK_NEAR: "Packs that read the same at a glance",
    tr.PACK_DOUBTFUL: "Packs of the same product without a lot: look at them",
}
_CAUSE_WORDS = {
    "lot": "a recalled lot", "solution": "a bad solution", "strip": "a failed strip",
    "reaction": "a skin reaction", "injury": "an injury", "other": "something else",
}  # fmt: skip


def cause_word(cause: str) -> str:
    """What an incident began with."""
    return _CAUSE_WORDS.get(cause, cause)


def heading(what: str) -> str:
    """What stands over the rows that are the same to the question."""
    return _HEADINGS[what]


def sign_and_word(row: TraceRow) -> tuple[str, str]:
    """The sign and the word of a row."""
    return _SIGNS[row.what]


def question_text(question: Question) -> str:
    """What is traced, in a few words."""
    span = _span_text(question)
    if question.kind == tr.SPAN:
        return span
    about = printable(question.about) if question.kind == tr.LOT else shown(question.about)
    return " ".join(filter(None, (question.kind, about, span)))


def _span_text(question: Question) -> str:
    since, until = (spoken_moment(each) for each in (question.since, question.until))
    if question.last_pass:
        return f"since the strip that passed {since}" if since else "since it was opened"
    return " ".join(filter(None, (f"from {since}" if since else "", f"to {until}" if until else "")))


def count_lines(found: Trace) -> tuple[str, ...]:
    """How much was found, in two lines: rollers, then persons and what lay beside."""
    sets = found.sets
    if tr.ROLLERS in sets:
        persons = plural(len(sets[tr.PERSONS]), "person")
        return (plural(len(sets[tr.ROLLERS]), "roller"), f"{persons} touched")
    first = [f"{_have(len(sets[tr.HAS]))} it"]
    if found.question.kind != tr.LOT:
        first = [plural(len(sets[tr.HAS]), "roller")]
    counts = ((tr.HAD, "had it (mended since)"), (tr.NEAR, "near"), (tr.DOUBTFUL, "cannot be ruled out"))
    first += [f"{len(sets[name]):,} {word}" for name, word in counts if sets[name]]
    if packs := sum(row.what == tr.PACK for row in found.rows):
        first.append(
            f"{plural(packs, 'pack')} of it" if found.question.kind == tr.LOT else plural(packs, "pack")
        )
    gone = len(sets[tr.PERSONS_TAKEN_BACK])
    taken_back = f" ({gone:,} more taken back)" if gone else ""
    second = [f"{plural(len(sets[tr.PERSONS]), 'person')} touched{taken_back}"]
    if sets[tr.MATES]:
        second.append(f"{plural(len(sets[tr.MATES]), 'mate')} in a bath")
        second.append(f"{plural(len(sets[tr.PERSONS_OF_MATES]), 'person')} touched by them")
    return " · ".join(first), " · ".join(second)


def _have(count: int) -> str:
    return "1 has" if count == 1 else f"{count:,} have"


def name_of(code: str, traced: Traced) -> str:
    """What a code is called: a roller by its name, a person by the label, a solution by its agent."""
    if code in traced.rollers:
        return traced.rollers[code].name
    return traced.labels.get(code) or traced.solutions.get(code, "")


def why(row: TraceRow) -> str:
    """Why a row is there."""
    if row.what in _LOTS_OF_ROWS:
        return _of_its_lot(row)
    by = shown(row.by) if row.by else ""
    match row.what:
        case tr.MATES | tr.MATE_TAKEN_BACK:
            return f"in {_bath(row.bath)} with {by}"
        case tr.BATH | tr.BATH_TAKEN_BACK:
            return f"in {_bath(row.bath)}"
        case tr.LAY_IN:
            return f"{by} lay in it"
        case _:
            return f"with {by}{f', {row.area}' if row.area else ''}"


_LOTS_OF_ROWS = frozenset({tr.HAS, tr.HAD, tr.NEAR, tr.DOUBTFUL, *tr.OF_PACKS})


def _of_its_lot(row: TraceRow) -> str:
    lot, since = f"lot {row.lot}", f", now {row.lot_now or 'none'}"
    pack = f"its pack {shown(row.pack)} " if row.pack and row.what not in tr.OF_PACKS else ""
    match row.what:
        case tr.HAS | tr.PACK:
            changed = since if row.lot_now != row.lot else ""
            return f"{lot}{changed}" if row.lot else "what is asked about"
        case tr.HAD:
            return f"{pack}had {lot}{since if pack or row.lot_now != row.lot else ', taken back'}"
        case tr.NEAR | tr.PACK_NEAR:
            changed = since if row.lot_now != row.lot else ""
            return f"{pack and f'{pack}has '}{lot}: the same at a glance{changed}"
        case tr.PACK_DOUBTFUL:
            return "no lot on record, of the same product"
        case _:
            return "no lot on record, of the same product or make"


def _bath(bath: str) -> str:
    return shown(bath) if bath[:1] == Kind.SOLUTION and len(bath) > len("S") and bath.isupper() else bath


def when(row: TraceRow) -> str:
    """When a row happened: a span for a bath, a moment for a use, the day of an entry."""
    if row.what in _LOTS_OF_ROWS:
        return spoken_day(row.at)
    if row.times > 1:
        days = dict.fromkeys(map(spoken_day, (row.at, row.until)))
        return f"{row.times} times, {' to '.join(days)}"
    if row.until is not None:
        return span_text(row.at, row.until)
    open_end = " to now" if row.what in {tr.MATES, tr.BATH, tr.LAY_IN} else ""
    return f"{spoken_moment(row.at)}{open_end}"


def detail(row: TraceRow, traced: Traced) -> str:
    """How a roller stands; that a person or an entry was taken back."""
    if row.what in {tr.USE_TAKEN_BACK, tr.BATH_TAKEN_BACK, tr.MATE_TAKEN_BACK}:
        return "taken back"
    if row.code[:1] != Kind.ROLLER:
        return ""
    known = traced.rollers.get(row.code)
    if known is None:
        return "its registration was taken back"
    return f"retired {spoken_day(known.retired_at)}" if known.retired_at else known.held


def row_cells(row: TraceRow, traced: Traced) -> tuple[str, ...]:
    """A row in the columns of a list."""
    sign, word = sign_and_word(row)
    about = row.code or row.by
    return (
        f"{sign} {word}", shown(about) if about else "", name_of(about, traced), when(row), why(row),
        detail(row, traced),
    )  # fmt: skip


COLUMNS = ("what", "code", "name", "at", "until", "why", "detail", "level")


def row_document(row: TraceRow, traced: Traced) -> dict[str, object]:
    """A row for programs, but for its moments."""
    return {
        "what": row.what, "code": row.code, "name": name_of(row.code, traced), "why": why(row),
        "level": row.level, "detail": detail(row, traced), "roller": row.by or None,
        "entry": row.entry or None,
    }  # fmt: skip


def rows_written(count: int, target: object) -> str:
    """That a trace is in its file."""
    return f"Wrote {plural(count, 'row')} to {target}."


def solutions_text(solutions: Sequence[str]) -> str:
    """The solutions that what touched a person had lain in."""
    return f"Before those uses they lay in {', '.join(map(shown, solutions))}."


NOTHING_WRITTEN = "Nothing was written: this was a rehearsal."

# Recalls


def nothing_found(found: Trace) -> str:
    """That nothing is to be put aside, and what looks like it."""
    what = question_text(found.question)
    if found.question.kind != tr.LOT:
        return f"Nothing was found for {what}. Nothing was written."
    lots = sorted({row.lot for row in found.rows if row.what == tr.NEAR})
    near = ", ".join(f"{lot} ({sum(row.lot == lot for row in found.rows)})" for lot in lots)
    return f"Nothing carries {printable(found.question.about)}{f'; near it: {near}' if near else ''}."


def recalled(incident: str, plan: Plan) -> str:
    """What a recall did."""
    told = f"{plural(len(plan.new_persons), 'person')} to tell"
    new = " more" if plan.incident else ""
    aside = f"Put aside {plural(len(plan.aside), 'roller')}{new}{_with_packs(plan)}"
    return f"{aside}: incident {shown(incident)}{_rest(plan)}. {told}."


def nothing_new(plan: Plan) -> str:
    """That the same was recalled before, and nothing came to it since."""
    return f"Nothing new: incident {shown(plan.incident)}{_rest(plan)}."


def _with_packs(plan: Plan) -> str:
    return f" and {plural(len(plan.packs), 'pack')}" if plan.packs else ""


def released_packs(packs: Sequence[str]) -> str:
    """That packs were released, and no roller."""
    return f"Released {', '.join(map(shown, packs))}."


def and_packs(packs: Sequence[str]) -> str:
    """That packs were released as well; nothing for none."""
    return f" {released_packs(packs)}" if packs else ""


def _rest(plan: Plan) -> str:
    said = []
    if plan.before:
        said.append(f"{len(plan.before):,} {_were(len(plan.before))} put aside before")
    if plan.retired:
        is_are = "is" if len(plan.retired) == 1 else "are"
        said.append(f"{len(plan.retired):,} {is_are} retired already")
    return f"; {', '.join(said)}" if said else ""


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def plan_text(plan: Plan) -> str:
    """What a recall would do."""
    would = f"Puts aside {plural(len(plan.aside), 'roller')}{_with_packs(plan)}{_rest(plan)}."
    where = f" Widens incident {shown(plan.incident)}." if plan.incident else " Opens an incident."
    throws = f" Discards {shown(plan.discards)}." if plan.discards else ""
    return would + where + throws if plan.is_new else nothing_new(plan)


def left_out(plan: Plan) -> tuple[str, ...]:
    """What a recall does not put aside although it was found."""
    found = plan.traced.trace
    aside = {*plan.aside, *plan.before, *plan.retired, *plan.listed, *plan.packs}
    near = {*found.sets.get(tr.NEAR, ())} - aside
    doubtful = {*found.sets.get(tr.DOUBTFUL, ())} - aside - near
    packs = {row.code for row in found.rows if row.what in {tr.PACK_NEAR, tr.PACK_DOUBTFUL}} - aside
    mates = {*found.sets.get(tr.MATES, ())} - aside
    left = (
        (f"{len(near):,} near", near), (f"{len(doubtful):,} without a lot", doubtful),
        (plural(len(packs), "pack"), packs), (f"{len(mates):,} beside them in a bath", mates),
    )  # fmt: skip
    told = ", ".join(text for text, codes in left if codes)
    look = " Look at their packs." if near | doubtful else " Look at it." if len(packs) == 1 else ""
    look = look or (" Look at them." if packs else "")
    return (f"Not put aside: {told}.{look}",) if told else ()


def discarded_too(solution: str) -> str:
    """That the solution is thrown away with it."""
    return f" Discarded {shown(solution)}."


def not_in_the_trace(code: str) -> str:
    """That a roller named beside a recall has nothing to do with it."""
    return f"{shown(code)} is not in this trace; quarantine it, or trace it by itself"


# Incidents


def told(person: str, label: str, left: int) -> str:
    """That a person was told, and how many are left."""
    rest = f"{plural(left, 'person')} to tell" if left else "everybody was told"
    return f"Told {shown(person)} “{label}”; {rest}."


def not_touched(person: str, incident: str) -> str:
    """That somebody was told whom it did not touch."""
    return f"{shown(person)} is not among those that {shown(incident)} touched."


def incident_closed(code: str) -> str:
    """That nothing is left to be done."""
    return f"Closed incident {shown(code)}."


def left_open(untold: int, held: int) -> tuple[str, ...]:
    """What is left of an incident that was closed."""
    said = []
    if untold:
        said.append(f"{plural(untold, 'person')} {_were(untold)} not told.")
    if held:
        stays = "stays" if held == 1 else "stay"
        said.append(f"{plural(held, 'roller')} {stays} put aside until released.")
    return tuple(said)


def not_held(code: str, incident: str) -> str:
    """That an incident does not keep a roller aside."""
    return f"{shown(code)} is not put aside by {shown(incident)}; `incident show` lists those that are"


def holds_nothing(incident: str) -> str:
    """That an incident keeps no roller aside any more."""
    return f"{shown(incident)} keeps no roller aside; there is nothing to release"


def about_text(cause: str, about: str) -> str:
    """What an incident is about: the lot, or the code it began with and what that is."""
    if not about:
        return cause_word(cause)
    if is_name(about):
        return f"pack {shown(about)}"
    if cause == "lot":
        return f"lot {printable(about)}"
    return f"{cause_word(cause)}: {_named_code(about)}"


def _named_code(about: str) -> str:
    try:
        return f"{KIND_WORDS[kind_of(about)]} {shown(about)}"
    except ValueError:
        return printable(about)


def incident_cells(row: IncidentRow) -> tuple[str, ...]:
    """An incident in the columns of a list."""
    closed = f"closed {spoken_day(row.closed_at)}" if row.closed_at else "open"
    return (
        shown(row.code), about_text(row.cause, row.about), spoken_moment(row.opened_at),
        plural(row.rollers, "roller"), persons_text(row.persons, row.untold), closed, row.reason,
    )  # fmt: skip


def persons_text(persons: int, untold: int) -> str:
    """How many persons, and how many of them were not told yet."""
    return plural(persons, "person") + (f", {untold:,} to tell" if untold else "")


def incident_fields(incident: Incident, held: int | None = None) -> tuple[tuple[str, str], ...]:
    """What is known of an incident, field by field; `held` is how many rollers it keeps aside now."""
    aside = "" if held is None else f" · {held:,} put aside now"
    closed = f"{spoken_moment(incident.closed_at)}: {incident.outcome}" if incident.closed_at else ""
    fields = (
        ("code", shown(incident.code)),
        ("about", about_text(incident.cause, incident.about)),
        ("reason", incident.reason),
        ("opened", spoken_moment(incident.opened_at)),
        ("rollers", f"{len(incident.rollers):,}{aside}"),
        ("persons", persons_text(len(incident.persons), len(incident.untold))),
        ("closed", closed),
    )
    return tuple((name, value) for name, value in fields if value)


def telling_text(telling: Telling | None) -> str:
    """When and how a person was told; that they were not."""
    return "not told yet" if telling is None else f"told {spoken_moment(telling.at)}: {telling.how}"


def held_text(*, held: bool, retired_at: int | None) -> str:
    """How a roller of an incident stands."""
    if held:
        return "put aside"
    return f"retired {spoken_day(retired_at)}" if retired_at else "released, or never put aside"


RELEASE, CLOSE = ("Release the incident", "Release"), ("Close the incident", "Close")
"""What a form is called, and its button."""
PERSONS, ROLLERS = "Persons", "Rollers"
"""What stands over those of an incident."""


def rollers_count(count: int) -> str:
    """How many rollers."""
    return plural(count, "roller")


def telling_preview(untold: int) -> str:
    """What logging it will do."""
    return f"Logs that this person was told; {plural(untold, 'person')} to tell so far."


def release_preview(held: int) -> str:
    """What releasing all of an incident will do."""
    if not held:
        return "Nothing is put aside any more."
    return f"Releases {plural(held, 'roller')}; what else holds one stays. The gate decides at the next use."


def closing_preview(left: Sequence[str]) -> str:
    """What closing will do, and what it leaves."""
    return " ".join(("Closes it; it stays on record.", *left))


def file_preview(rows: int) -> str:
    """What is written to a file."""
    return f"Writes {plural(rows, 'row')}: .csv for a spreadsheet, .pdf to print and tick off."


def reaction_preview(person: str, *, wrote: bool) -> str:
    """What noting a reaction will do."""
    if not wrote:
        return "Say what the skin does."
    return f"Notes it on {shown(person)}, and shows what touched them."


# What leads to a trace


def trace_strip_hint(solution: str) -> str:
    """How to find what a failed strip speaks of."""
    return f"`rollertrack trace --solution {shown(solution)} --since-last-pass` lists what lay in it since."


def trace_person_hint(person: str) -> str:
    """How to find what touched a person."""
    return f"`rollertrack trace --person {shown(person)}` lists what touched them, and what that lay in."


def reacted(person: str, label: str) -> str:
    """That a reaction of the skin is on record."""
    return f"Noted the reaction of {shown(person)} “{label}”."
