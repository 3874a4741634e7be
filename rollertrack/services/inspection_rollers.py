"""What the inspector's report says of rollers and persons; a section a function."""

from collections.abc import Sequence

from rollertrack.domain import events as ev
from rollertrack.domain import solution as solutions
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.events import Event
from rollertrack.domain.quantities import DAY, millimetres
from rollertrack.domain.reports import UseWash, Washed
from rollertrack.domain.solution import Solution
from rollertrack.services.inspected import Inspected, Rows, Stream
from rollertrack.store import report_queries
from rollertrack.wording import inspection as say

_MISSING = (Washed.LATER, Washed.NOT_YET, Washed.NEVER)


def uses(read: Inspected) -> Rows:
    """Every use that counts, with what the gate said to it."""
    for code in read.of(Kind.ROLLER):
        stream = read.stream(code)
        facts, opened = _facts(stream), [e.at for e in stream.counting() if e.kind == "opened"]
        for event in stream.counting():
            use = event.payload
            if not isinstance(use, ev.Used) or not read.is_in(event.at):
                continue
            intact = max((at for at in opened if at <= event.at), default=None)
            _count_use(read, event, use, facts)
            yield event.at, (
                read.moment(event.at), shown(event.person) if event.person else "", read.who(event),
                say.joined(use.area, use.concern), shown(code), millimetres(facts.length if facts else None),
                facts.lot if facts else "", say.day(facts.expiry if facts else None),
                say.pack_state(facts, intact), say.verdict(use),
            )  # fmt: skip


def _count_use(read: Inspected, event: Event, use: ev.Used, facts: ev.RollerFacts | None) -> None:
    read.counts["uses with a lot"] += bool(facts and facts.lot)
    read.counts["uses with an operator"] += event.operator is not None
    read.counts["uses with an area"] += bool(use.area)
    read.counts["uses against the gate"] += bool(use.despite)
    read.counts["uses entered late"] += event.recorded_at - event.at > DAY


def washes(read: Inspected) -> Rows:
    """Every disinfection that was not taken back, and whether it counts."""
    known: dict[str, Solution | None] = {}
    for bath in report_queries.baths_between(read.database, *read.span):
        stream = read.stream(bath.roller)
        event = stream.events[bath.entry - 1]
        agent = event.payload
        if not isinstance(agent, ev.Agent):  # what lists say differs from the journal, as verify tells
            continue
        ended = None if bath.good else _ends_of(stream).get(bath.entry)
        solution = _solution(read, event.solution, known)
        read.counts["washes that count"] += bath.good
        read.counts["washes with a bottle"] += solution is not None
        yield event.at, (
            read.moment(bath.started_at), shown(bath.roller), read.who(event),
            say.agent(agent), say.contact(agent, bath.started_at, bath.ended_at),
            say.bottle(solution, agent), say.strip_before(solution, bath.started_at),
            say.counted(agent, ended, good=bath.good, is_over=bath.ended_at is not None),
        )  # fmt: skip


def _solution(read: Inspected, code: str | None, known: dict[str, Solution | None]) -> Solution | None:
    if code is None:
        return None
    if code not in known:
        known[code] = solutions.fold(code, read.journal.stream(code))
    return known[code]


def missing(read: Inspected, washes: Sequence[UseWash]) -> Rows:
    """The uses after which a disinfection came late, or never."""
    for each in washes:
        if each.outcome in _MISSING:
            used = read.stream(each.use.roller).events[each.use.entry - 1]
            yield each.use.at, (
                read.moment(each.use.at), shown(each.use.roller), read.who(used), each.outcome.value,
                say.waited(each.waited),
            )  # fmt: skip


def voided(read: Inspected) -> Rows:
    """Every entry that was taken back, and why; a session goes with its use and is no other."""
    for code in read.touched:
        stream = read.stream(code)
        for event in stream.counting():
            void = event.payload
            if not isinstance(void, ev.Voided) or not read.is_in(event.at) or not 0 < void.entry < event.seq:
                continue
            if not isinstance(_root_of(event, stream), ev.Session):
                yield event.at, (
                    read.moment(event.at), shown(code) if code != ev.POLICY_STREAM else code,
                    str(void.entry), say.taken_back(stream.events[void.entry - 1]), void.reason,
                    read.who(event),
                )  # fmt: skip


def _root_of(void: Event, stream: Stream) -> ev.Payload:
    """What was taken back in the end, where a taking back was taken back."""
    found = void
    while isinstance(found.payload, ev.Voided) and 0 < found.payload.entry < found.seq:
        found = stream.events[found.payload.entry - 1]
    return found.payload


def persons(read: Inspected) -> Rows:
    """That health questions were asked, and care was given."""
    for code in read.of(Kind.PERSON):
        for event in read.stream(code).counting():
            # By the names of their kinds: a journal may hold none of them.
            if event.kind in say.OF_PERSONS and read.is_in(event.at):
                read.counts[say.OF_PERSONS[event.kind]] += 1
                yield event.at, (
                    read.moment(event.at), shown(code), say.OF_PERSONS[event.kind],
                    say.of_person(event), read.who(event),
                )  # fmt: skip


def _facts(stream: Stream) -> ev.RollerFacts | None:
    """The facts of a roller as entered last."""
    known = [event.payload for event in stream.counting() if isinstance(event.payload, ev.RollerFacts)]
    return known[-1] if known else None


def _ends_of(stream: Stream) -> dict[int, ev.DisinfectionEnded]:
    """How each soak of a roller ended, by the number of the entry that it began with."""
    found: dict[int, ev.DisinfectionEnded] = {}
    began = 0
    for event in stream.counting():
        if isinstance(event.payload, ev.DisinfectionStarted):
            began = event.seq
        elif isinstance(event.payload, ev.DisinfectionEnded):
            found.setdefault(began, event.payload)
    return found
