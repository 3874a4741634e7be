"""Recall: one deed on a trace that puts aside every roller in it, and opens an incident or widens it."""

from rollertrack.domain import events as ev
from rollertrack.domain import incident as incidents
from rollertrack.domain import trace as tr
from rollertrack.domain.code import Kind
from rollertrack.domain.text import NOTE_LIMIT, required_line
from rollertrack.domain.trace import Plan, Question, Reach, Trace
from rollertrack.errors import BadInput, NothingFound
from rollertrack.services.recalled_goods import bottle_of, discarded, packs_of, was_recalled
from rollertrack.services.station import Deed, Done, Station, deed, new_codes, once, read_code
from rollertrack.services.tracing import trace
from rollertrack.store import queries
from rollertrack.store.journal import Journal
from rollertrack.wording import traces as say

_CAUSES = {tr.LOT: "lot", tr.PACK: "lot", tr.SOLUTION: "solution", tr.PERSON: "reaction"}


@once
def recall(
    station: Station,
    question: Question,
    reason: str,
    reach: Reach = Reach(),  # noqa: B008 - immutable
    *,
    at: str | int | None = None,
    operator: str | None = None,
) -> Done:
    """Put aside all that a trace finds, under one incident; asked again it adds only what is new."""
    why = required_line("reason", reason, NOTE_LIMIT)
    with deed(station, at, operator, "a recall") as now:
        plan = _plan(station, now.journal, question, reach)
        if not plan.is_new:
            message = say.nothing_new(plan)
            return Done("recall", (plan.incident,), now.at, message)
        incident, entry = _opened(now, plan, why)
        recalled, person = ev.Recalled(reason=why, incident=incident), _person(plan)
        entries = [now.append(code, recalled, person=person).seq for code in (*plan.aside, *plan.packs)]
        more = discarded(now, plan.discards, why)
        message = say.recalled(incident, plan) + more
        warnings = say.left_out(plan)
        codes = (incident, *plan.aside, *plan.packs)
        return Done("recall", codes, now.at, message, (entry, *entries), warnings)


def planned(station: Station, question: Question, reach: Reach = Reach()) -> Plan:  # noqa: B008 - as above
    """What a recall would do now, with nothing written; raises what it would raise."""
    with station.store.reading() as journal:
        return _plan(station, journal, question, reach)


def _plan(station: Station, journal: Journal, question: Question, reach: Reach) -> Plan:
    cause = _cause(question, reach.cause)
    traced = trace(station, question)
    found = traced.trace
    wanted = _wanted(station, found, reach)
    incident = queries.open_incident(station.store.database, incidents.question_of(question.query))
    known = incidents.fold(incident, journal.stream(incident)) if incident else None
    boxes = packs_of(journal, found, reach, incident)
    if not wanted and not boxes and known is None:
        raise NothingFound(say.nothing_found(found))
    journal.read_ahead(wanted)
    before = {code for code in wanted if known and was_recalled(journal, code, incident)}
    retired = {code for code in wanted if journal.roller(code).retired} - before
    aside = [code for code in wanted if code not in before | retired]
    persons = {*found.sets[tr.PERSONS], *(found.sets.get(tr.PERSONS_OF_MATES, ()) if reach.mates else ())}
    named = {*known.rollers, *known.persons} if known else set[str]()
    return Plan(
        traced, cause, incident, tuple(aside), tuple(sorted(before)), tuple(sorted(retired)),
        new_rollers=tuple(code for code in wanted if code not in named),
        new_persons=tuple(sorted(persons - named)),
        discards=bottle_of(journal, question),
        packs=boxes,
        listed=frozenset((*known.rollers, *known.packs) if known else ()),
    )  # fmt: skip


def usual_cause(question: Question) -> str:
    """What an incident of a question begins with, where nothing else is said."""
    return "strip" if question.last_pass else _CAUSES.get(question.kind, "other")


def _cause(question: Question, named: str) -> str:
    if named and named not in ev.INCIDENT_CAUSES:
        known = ", ".join(ev.INCIDENT_CAUSES)
        raise BadInput("cause", f"“{named[:40]}” is not known; one of {known} is right")
    return named or usual_cause(question)


def _wanted(station: Station, found: Trace, reach: Reach) -> list[str]:
    """The rollers that are to be put aside, but for those that are retired or were before."""
    sets = found.sets
    wanted = {*found.suspects}
    if reach.mates:
        wanted.update(sets.get(tr.MATES, ()))
    if reach.doubtful:
        wanted.update(sets.get(tr.DOUBTFUL, ()))
    listed = {code for codes in sets.values() for code in codes if code[:1] == Kind.ROLLER}
    for text in reach.also:
        code = read_code(station, text, Kind.ROLLER, "also")
        if code not in listed:
            raise BadInput("also", say.not_in_the_trace(code))
        wanted.add(code)
    return sorted(wanted)


def _opened(now: Deed, plan: Plan, why: str) -> tuple[str, int]:
    """The incident of a recall, begun or widened, and the entry that says so."""
    question = plan.traced.trace.question
    about = {"query": question.query, "since": question.since, "until": question.until}
    found = {"reason": why, "rollers": plan.new_rollers, "persons": plan.new_persons, "packs": plan.packs}
    if plan.incident:
        widened = ev.IncidentWidened(**about, **found)  # type: ignore[arg-type]  # facts by name
        return plan.incident, now.append(plan.incident, widened, person=_person(plan)).seq
    (code,) = new_codes(now, Kind.INCIDENT, 1)
    opened = ev.IncidentOpened(**about, **found, cause=plan.cause, about=question.about)  # type: ignore[arg-type]
    return code, now.append(code, opened, person=_person(plan)).seq


def _person(plan: Plan) -> str | None:
    """Whom a recall is about, so that why it was made is erased with them."""
    question = plan.traced.trace.question
    return question.about if question.kind == tr.PERSON else None
