"""Trace: who touched what, from a lot, a bottle, a roller, a person, an operator or a span; reads only."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from rollertrack.domain import trace as tr
from rollertrack.domain.code import Kind
from rollertrack.domain.events import Event, Tested, effective
from rollertrack.domain.lots import look, norm
from rollertrack.domain.touches import Touch
from rollertrack.domain.trace import Question, Trace, Traced, TraceRow
from rollertrack.services.packs_of_lots import pack_rows, packs_of_lot
from rollertrack.services.station import Station
from rollertrack.services.trace_questions import Asked, read_question
from rollertrack.store import queries, stock_queries, traces
from rollertrack.store.journal import Journal


def answer(station: Station, asked: Asked) -> Traced:
    """The answer to what was typed; BadInput where it does not fit."""
    return trace(station, read_question(station, asked))


def trace(station: Station, question: Question) -> Traced:
    """The answer to a question, with what everything in it is called."""
    with station.store.reading() as journal:
        found = _answers[question.kind](station, journal, question)
        rollers = {row.by for row in found.rows} | {
            row.code for row in found.rows if row.code[:1] == Kind.ROLLER
        }
        persons = {row.code for row in found.rows if row.code[:1] == Kind.PERSON}
        bottles = {row.bath for row in found.rows} | set(found.solutions)
        packs = {row.code for row in found.rows if row.what in tr.OF_PACKS}
        database = station.store.database
        return Traced(
            found,
            traces.known(database, rollers - {""}),
            queries.labels(database, persons) | traces.products_of_packs(database, packs),
            traces.agents(database, bottles),
        )


def _of_lot(station: Station, _: Journal, question: Question) -> Trace:
    database, lot = station.store.database, norm(question.about)
    alike = traces.lots_like(database, look(question.about))
    packs = packs_of_lot(database, question.about)
    in_packs, in_near_packs = packs.in_packs(packs.carried), packs.in_packs(packs.near)
    same = {seen.roller for seen in alike if seen.norm == lot} | in_packs
    own = traces.lots_of(database, same)
    makes = {seen.make for seen in own if seen.stands or seen.norm == lot}
    products = {*traces.products_of(database, same), *packs.products}
    lotless = traces.lotless(database, makes, products)
    lots = tr.rollers_of_lot(lot, alike, lotless, in_packs, in_near_packs)
    now = {seen.roller: seen.lot for seen in (*own, *traces.lots_of(database, lots.near)) if seen.stands}
    rows: dict[str, TraceRow] = {}
    for seen in (*alike, *(seen for seen in lotless if seen.roller in lots.doubtful - lots.near)):
        what = _what(lots, seen.roller)
        is_of_it = seen.norm == lot or what in {tr.NEAR, tr.DOUBTFUL}
        if is_of_it and (seen.roller not in rows or seen.stands):
            rows[seen.roller] = TraceRow(
                what, seen.roller, 0, seen.at, lot=seen.lot, lot_now=now.get(seen.roller, ""),
                entry=seen.entry,
            )  # fmt: skip
    for code in (in_packs | in_near_packs) - rows.keys():
        rows[code] = packs.row(_what(lots, code), code, now.get(code, ""))
    around = _around(station, lots.has | lots.had)
    sets = tr.in_sets(
        has=lots.has, had=lots.had, near=lots.near, cannot_be_ruled_out=lots.doubtful, **around.sets
    )
    order = (tr.HAS, tr.HAD, tr.NEAR, tr.DOUBTFUL)
    found = sorted(rows.values(), key=lambda row: (order.index(row.what), row.code))
    return Trace(question, sets, (*found, *pack_rows(database, packs, products), *around.rows))


def _of_pack(station: Station, _: Journal, question: Question) -> Trace:
    """What came in a pack, or was taken out of it."""
    database, pack = station.store.database, question.about
    pieces = stock_queries.codes_of_pack(database, pack)
    now = next(iter(traces.packs_now(database, [pack])), None)
    at, lot = (now.at, now.lot) if now else (None, "")  # a receipt that was taken back carries nothing
    rows = (
        *(TraceRow(tr.HAS, code, 0, at, lot=lot, lot_now=lot, pack=pack) for code in pieces),
        TraceRow(tr.PACK, pack, 0, at, lot=lot, lot_now=lot, pack=pack),
    )
    return _of_rollers(station, question, pieces, rows)


def _what(lots: tr.Lots, code: str) -> str:
    pairs = ((tr.HAS, lots.has), (tr.HAD, lots.had), (tr.NEAR, lots.near))
    return next((what for what, found in pairs if code in found), tr.DOUBTFUL)


class _Around(NamedTuple):
    """Whom some rollers touched, and what lay beside them."""

    sets: dict[str, Collection[str]]
    rows: tuple[TraceRow, ...]


def _around(station: Station, suspects: Collection[str]) -> _Around:
    database = station.store.database
    touched = tr.touched(traces.uses_of(database, suspects))
    mates = tr.mates_of(suspects, traces.shared_baths(database, suspects))
    later = tr.touched_by_mates(mates, traces.uses_of(database, mates.since))
    sets: dict[str, Collection[str]] = {
        tr.PERSONS: touched.persons,
        tr.PERSONS_TAKEN_BACK: touched.taken_back,
        tr.MATES: mates.since.keys(),
        tr.PERSONS_OF_MATES: later.persons,
    }
    return _Around(sets, (*touched.rows, *mates.rows, *later.rows))


def _of_roller(station: Station, _: Journal, question: Question) -> Trace:
    return _of_rollers(station, question, [question.about], (TraceRow(tr.HAS, question.about, 0),))


def _of_rollers(
    station: Station, question: Question, rollers: Collection[str], rows: tuple[TraceRow, ...]
) -> Trace:
    around = _around(station, rollers)
    sets = tr.in_sets(has=rollers, had=(), near=(), cannot_be_ruled_out=(), **around.sets)
    return Trace(question, sets, (*rows, *around.rows))


def _of_person(station: Station, journal: Journal, question: Question) -> Trace:
    """The rollers used on a person of late, then as from those, and the bottles that they had lain in."""
    since = question.since
    if since is None:
        since = (
            station.clock() if question.until is None else question.until
        ) - journal.policy().reaction_span
    database = station.store.database
    uses = traces.uses_on(database, question.about, since, question.until)
    counting = [use for use in uses if not use.voided]
    rollers = {use.roller for use in counting}
    taken_back = {use.roller for use in uses} - rollers
    rows = (
        *(TraceRow(tr.HAS, code, 0, _first(uses, code)) for code in sorted(rollers)),
        *(
            TraceRow(tr.USE_TAKEN_BACK, question.about, 0, _first(uses, code), by=code)
            for code in sorted(taken_back)
        ),
    )
    found = _of_rollers(station, question._replace(since=since), rollers, rows)
    lay_in = tr.lain_in(counting, traces.baths_of(database, rollers))
    bottles = tuple(sorted({row.bath for row in lay_in}))
    return found._replace(rows=(*found.rows, *lay_in), solutions=bottles)


def _first(uses: Collection[Touch], roller: str) -> int:
    return min(use.at for use in uses if use.roller == roller)


def _of_solution(station: Station, journal: Journal, question: Question) -> Trace:
    database, code = station.store.database, question.about
    since = question.since
    if question.last_pass:
        since = last_pass(journal.stream(code))
    there = {bath.roller for bath in traces.baths_in(database, code)}
    found = tr.reached(
        code, since, question.until, traces.baths_of(database, there), traces.uses_of(database, there)
    )
    sets = tr.in_sets(rollers=found.rollers, persons=found.persons)
    return Trace(question._replace(since=since), sets, found.rows)


def has_failed(station: Station, solution: str) -> bool:
    """Whether any strip of a solution failed that still counts."""
    with station.store.reading() as journal:
        tests = (each.payload for each in effective(journal.stream(solution)))
        return any(isinstance(test, Tested) and not test.passed for test in tests)


def last_pass(events: Sequence[Event]) -> int | None:
    """When the last strip of a solution passed before the newest that failed.

    None where none did, or none failed: then all that ever lay in it is meant.
    """
    strips = [
        (each.at, each.payload.passed) for each in effective(events) if isinstance(each.payload, Tested)
    ]
    failed = max((place for place, (_, passed) in enumerate(strips) if not passed), default=0)
    return max((at for at, passed in strips[:failed] if passed), default=None)


def _of_span(station: Station, _: Journal, question: Question) -> Trace:
    """What was used or lay in a bath within a span, by one operator or by anybody, and on whom."""
    who, since, until = question.about or None, question.since, question.until
    uses = traces.uses_within(station.store.database, who, since, until)
    baths = traces.baths_within(station.store.database, who, since, until)
    rows = [
        TraceRow(
            tr.BATH_TAKEN_BACK if bath.voided else tr.BATH, bath.roller, 0, bath.started_at, bath.ended_at,
            bath=bath.solution or bath.agent, entry=bath.entry,
        )
        for bath in baths
    ]  # fmt: skip
    rows += [tr.use_row(use, tr.USE_TAKEN_BACK if use.voided else tr.USED, 0) for use in uses]
    touched = {bath.roller for bath in baths if not bath.voided}
    touched |= {use.roller for use in uses if not use.voided}
    persons = {use.person for use in uses if use.person and not use.voided}
    sets = tr.in_sets(rollers=touched, persons=persons)
    return Trace(question, sets, tuple(sorted(rows, key=lambda row: (row.at or 0, row.by or row.code))))


_answers = {
    tr.LOT: _of_lot,
    tr.PACK: _of_pack,
    tr.ROLLER: _of_roller,
    tr.SOLUTION: _of_solution,
    tr.PERSON: _of_person,
    tr.OPERATOR: _of_span,
    tr.SPAN: _of_span,
}
