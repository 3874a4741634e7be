"""Reads shaped for screens: rows and counts straight from the derived tables."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from peewee import Case, Ordering, fn

from rollertrack.domain.code import Kind
from rollertrack.domain.words import State
from rollertrack.store import reading, searching, terms
from rollertrack.store.derived import Row
from rollertrack.store.hundredths import from_hundredths
from rollertrack.store.lookups import foreign
from rollertrack.store.searching import Sought
from rollertrack.store.tables import (
    EventRow,
    IncidentRecord,
    NamedRecord,
    PersonRecord,
    RollerRecord,
    SolutionRecord,
    StreamRow,
    misfit,
)

_BLOCK = 500
_STATE_ORDER = (
    State.TAKE_OUT,
    State.DIRTY,
    State.SOAKING,
    State.READY,
    State.STALE,
    State.NEW,
    State.STOP,
    State.RETIRED,
)
REVERSED = "-"
SORTS = ("state", "name", "code", "length", "uses", "washed", "replace")


_STEM = fn.rtrim(RollerRecord.name, "0123456789")
_ALMOST_BY_NAME = (_STEM, fn.length(RollerRecord.name), RollerRecord.name)
_BY_NAME = (fn.lower(_STEM), fn.length(RollerRecord.name), fn.lower(RollerRecord.name))
"""A number at the end of a name orders as a number: the shorter one is the smaller. SQLite does it fast."""


def _order(sort: str, now: int) -> list[Any]:
    """The terms of an order; one that begins with a dash is turned round, equal rows stay as they were."""
    row = RollerRecord
    state = Case(terms.state_case(now), [(each.value, i) for i, each in enumerate(_STATE_ORDER)], 9)
    orders: dict[str, tuple[list[Any], list[Any]]] = {
        "state": ([state.asc()], [row.dirty_since, row.soaking_until, *_ALMOST_BY_NAME, row.code]),
        "name": ([term.asc() for term in _BY_NAME], [row.code]),
        "code": ([row.code.asc()], []),
        "length": ([row.length.asc()], [row.code]),
        "uses": ([(row.uses * 1.0 / row.uses_limit).desc()], [row.code]),
        "washed": ([row.disinfected_at.desc()], [row.code]),
        "replace": ([terms.replace_term(now).asc(nulls="LAST")], [row.code]),
    }
    first, then = orders[sort.removeprefix(REVERSED)]
    return [*(map(_turned_round, first) if sort.startswith(REVERSED) else first), *then]


def _turned_round(term: Any) -> Any:
    """The same order from its end; what has no value stays where it stood."""
    return Ordering(term.node, "ASC" if term.direction == "DESC" else "DESC", nulls=term.nulls)


def roller_ids(
    database: Any,
    now: int,
    *,
    state: State | None = None,
    search: str = "",
    sort: str = "state",
    most: int | None = None,
) -> list[tuple[int, str]]:
    """The (id, code) of the rollers that fit a filter, in order; all of them, or at most some.

    Those that hold the words of a search whole come before those that hold them as parts.
    """
    words = searching.sought(database, search)
    query = _fitting([RollerRecord.id, RollerRecord.code], now, state, words)
    query = query.order_by(*searching.whole_first(words), *_order(sort, now)).limit(most)
    # The cursor itself: a wrapper around each of 100 000 rows would take longer than the query.
    return list(database.orm.execute(query))


def roller_count(database: Any, now: int, *, state: State | None = None, search: str = "") -> int:
    """How many rollers fit a filter."""
    query = _fitting([fn.count(RollerRecord.id)], now, state, searching.sought(database, search))
    return int(query.scalar(database.orm))


def _fitting(columns: list[Any], now: int, state: State | None, words: Sequence[Sought]) -> Any:
    """Those in a state; without one, all but the retired, unless the words ask for them."""
    query = RollerRecord.select(*columns)
    if state is not None:
        query = query.where(terms.state_case(now) == state.value)
    elif not any(State.RETIRED in word.states for word in words):
        query = query.where(RollerRecord.retired_at.is_null())
    return searching.matching(query, words, now)


def rollers_by_id(database: Any, ids: Sequence[int]) -> list[Row]:
    """The rows of rollers, in the order of the ids given."""
    found: dict[int, Row] = {}
    for start in range(0, len(ids), _BLOCK):
        block = ids[start : start + _BLOCK]
        rows = reading.dicts(database, RollerRecord.select().where(RollerRecord.id.in_(block)))
        found.update((row["id"], row) for row in rows)
    return [found[key] for key in ids if key in found]


def names_like(database: Any, stem: str) -> list[str]:
    """The names of rollers that begin with some words."""
    row = RollerRecord
    return [
        name for (name,) in reading.tuples(database, row.select(row.name).where(row.name.startswith(stem)))
    ]


def registered_at(database: Any, instant: int) -> int:
    """How many rollers were registered at an instant, which is by one deed."""
    query = RollerRecord.select(fn.count(RollerRecord.id)).where(RollerRecord.registered_at == instant)
    return int(query.scalar(database.orm))


def roller(database: Any, code: str) -> Row | None:
    """The row of one roller."""
    rows = reading.dicts(database, RollerRecord.select().where(RollerRecord.code == code))
    return rows[0] if rows else None


def state_counts(database: Any, now: int, search: str = "") -> dict[State, int]:
    """How many rollers stand in each state, of those that fit a search."""
    state = terms.state_case(now)
    counted = RollerRecord.select(state, fn.count(RollerRecord.id))
    query = searching.matching(counted, searching.sought(database, search), now).group_by(state).tuples()
    counts = {State(name): count for name, count in query.execute(database.orm)}
    return {state: counts.get(state, 0) for state in State}


def debt(database: Any, now: int) -> tuple[int, int | None]:
    """How many used rollers owe a wash, and since when the oldest.

    One that lies in a soak that counts is being washed; one in a soak that does not still owes it.
    """
    row, state = RollerRecord, terms.state_case(now)
    in_vain = state.in_([State.SOAKING.value, State.TAKE_OUT.value]) & (
        (row.soak_fault != "") | (row.soak_ends < now)
    )
    query = row.select(fn.count(row.id), fn.min(row.dirty_since)).where(
        row.dirty_since.is_null(False), (state == State.DIRTY.value) | in_vain
    )
    count, oldest = next(iter(query.tuples().execute(database.orm)))
    if column := misfit(row, {"dirty_since": oldest}):
        raise foreign("roller", column)
    return count, oldest


def soaking(database: Any, now: int) -> list[Row]:
    """The rollers in a soak, the first due first."""
    query = RollerRecord.select().where(
        RollerRecord.soaking_until.is_null(False),
        terms.state_case(now).in_([State.SOAKING.value, State.TAKE_OUT.value]),
    )
    return reading.dicts(database, query.order_by(RollerRecord.soaking_until))


def due_rollers(database: Any, now: int, until: int) -> list[Row]:
    """The rollers that are good for the last time before an instant, or were; the retired have no date."""
    term = terms.replace_term(now)
    query = RollerRecord.select().where(term <= until)
    return reading.dicts(database, query.order_by(term, RollerRecord.code))


def unbinned(database: Any, now: int, since: int) -> list[tuple[int, str]]:
    """The (id, code) of the rollers that are used up, or were retired since an instant, and lie in no bin."""
    row, term = RollerRecord, terms.replace_term(now)
    is_over = term.is_null(False) & (term <= now)
    query = row.select(row.id, row.code).where(is_over | _retired_unbinned(since))
    return list(database.orm.execute(query.order_by(row.retired_at.is_null(False), row.worn_on, row.code)))


def retired_unbinned(database: Any, since: int) -> list[Row]:
    """The rollers that were retired since an instant and went into no bin that is known."""
    row = RollerRecord
    query = row.select().where(_retired_unbinned(since))
    return reading.dicts(database, query.order_by(row.retired_at, row.code))


def _retired_unbinned(since: int) -> Any:
    row = RollerRecord
    return row.retired_at.is_null(False) & (row.retired_at >= since) & (row.bin == "")


def first_bin_at(database: Any) -> int | None:
    """When the first sharps bin was registered; None where there is none."""
    row = NamedRecord
    query = row.select(fn.min(row.registered_at)).where(row.code.startswith(Kind.BIN.value))
    found = query.scalar(database.orm)
    return None if found is None else int(found)


def rollers_in(database: Any, sharps_bin: str) -> list[Row]:
    """The rollers that went into a sharps bin, the newest first."""
    row = RollerRecord
    query = row.select().where(row.bin == sharps_bin)
    return reading.dicts(database, query.order_by(row.retired_at.desc(), row.code))


def retired_since(database: Any, since: int) -> list[tuple[str, int]]:
    """The (code, instant) of the rollers that were retired since an instant."""
    row = RollerRecord
    query = row.select(row.code, row.retired_at).where(row.retired_at >= since)
    return reading.tuples(database, query.order_by(row.retired_at, row.code))


def every_roller(database: Any) -> list[Row]:
    """The rows of all rollers, by code, the retired too."""
    return reading.dicts(database, RollerRecord.select().order_by(RollerRecord.code))


def names_and_lengths(database: Any, codes: Sequence[str]) -> dict[str, tuple[str, Decimal | None]]:
    """How the rollers are called that some codes are registered under, and their needle length in mm."""
    found: dict[str, tuple[str, Decimal | None]] = {}
    for start in range(0, len(codes), _BLOCK):
        row = RollerRecord
        query = row.select(row.code, row.name, row.length).where(row.code.in_(codes[start : start + _BLOCK]))
        for code, name, length in reading.tuples(database, query):
            found[code] = (name, from_hundredths(length))
    return found


def codes_of_refs(database: Any, refs: Sequence[str]) -> dict[str, str]:
    """The rollers that were imported under some names, by those."""
    found: dict[str, str] = {}
    for start in range(0, len(refs), _BLOCK):
        row = RollerRecord
        query = row.select(row.ref, row.code).where(row.ref != "", row.ref.in_(refs[start : start + _BLOCK]))
        found.update(reading.tuples(database, query))
    return found


def lengths(database: Any, codes: Sequence[str]) -> dict[str, Decimal | None]:
    """The needle lengths of rollers, in mm, by code."""
    found: dict[str, Decimal | None] = {}
    for start in range(0, len(codes), _BLOCK):
        row = RollerRecord
        query = row.select(row.code, row.length).where(row.code.in_(codes[start : start + _BLOCK]))
        found.update((code, from_hundredths(length)) for code, length in reading.tuples(database, query))
    return found


def heads(database: Any, codes: Sequence[str]) -> dict[str, int]:
    """How many entries streams have, by name."""
    found: dict[str, int] = {}
    for start in range(0, len(codes), _BLOCK):
        row = StreamRow
        query = row.select(row.code, row.head).where(row.code.in_(codes[start : start + _BLOCK]))
        found.update(reading.tuples(database, query))
    return found


def due_count(database: Any, now: int, after: int) -> int:
    """How many rollers are good for the last time at an instant or later."""
    query = RollerRecord.select(fn.count(RollerRecord.id)).where(terms.replace_term(now) > after)
    return int(query.scalar(database.orm))


def rows_in_state(database: Any, now: int, state: State) -> list[Row]:
    """The rollers in a state, in the order of the list."""
    query = RollerRecord.select().where(terms.state_case(now) == state.value)
    return reading.dicts(database, query.order_by(*_order("state", now)))


def unproven(database: Any) -> list[tuple[str, str, int, str, str]]:
    """Code, name, instant, place and mark of the newest labels that were not scanned back, newest first.

    Not those of rollers that are retired or held.
    """
    row = RollerRecord
    query = row.select(row.code, row.name, row.label_printed_at, row.label_place, row.label_mark).where(
        row.label_printed_at.is_null(False), row.label_proven_at.is_null(), row.held == ""
    )
    return reading.tuples(database, query.order_by(row.label_printed_at.desc(), row.code))


def has_printed(database: Any) -> bool:
    """Whether the label of any roller that is not retired or held was printed."""
    row = RollerRecord
    query = row.select(row.id).where(row.label_printed_at.is_null(False), row.held == "").limit(1)
    return bool(list(query.tuples().execute(database.orm)))


def persons(database: Any, limit: int | None = None) -> list[Row]:
    """Every person, or the first few, by label."""
    query = PersonRecord.select().order_by(PersonRecord.label).limit(limit)
    return reading.dicts(database, query)


def labels(database: Any, codes: Collection[str]) -> dict[str, str]:
    """The labels of persons, operators and bins, by their codes."""
    persons = sorted(code for code in codes if code.startswith(Kind.PERSON))
    others = sorted(set(codes).difference(persons))
    found: dict[str, str] = {}
    for row, asked in ((PersonRecord, persons), (NamedRecord, others)):
        for start in range(0, len(asked), _BLOCK):
            query = row.select(row.code, row.label).where(row.code.in_(asked[start : start + _BLOCK]))
            found.update(reading.tuples(database, query))
    return found


def rollers_of(database: Any, person: str) -> list[str]:
    """The codes of the rollers that belong to a person."""
    row = RollerRecord
    query = row.select(row.code).where(row.bound_to == person).order_by(row.code)
    return [code for (code,) in query.tuples().execute(database.orm)]


def solutions(database: Any) -> list[Row]:
    """Every solution, the newest first; those in use before the discarded."""
    row = SolutionRecord
    query = row.select().order_by(row.discarded_at.is_null(False), row.opened_at.desc(), row.code)
    return reading.dicts(database, query)


def named(database: Any, letter: str) -> list[Row]:
    """Every operator or bin, by the letter of their codes."""
    query = NamedRecord.select().where(NamedRecord.code.startswith(letter)).order_by(NamedRecord.label)
    return reading.dicts(database, query)


def incidents(database: Any) -> list[Row]:
    """Every incident, the open ones before the closed, the newest first; without what was asked."""
    row = IncidentRecord
    query = row.select().order_by(row.closed_at.is_null(False), row.opened_at.desc(), row.code)
    return [{name: value for name, value in each.items() if name != "question"}
            for each in reading.dicts(database, query)]  # fmt: skip


def open_incident(database: Any, question: str) -> str:
    """The newest open incident of a question; empty for none."""
    row = IncidentRecord
    same = (row.question == question) & row.closed_at.is_null()
    query = row.select(row.code).where(same).order_by(row.opened_at.desc(), row.code).limit(1)
    return next((code for (code,) in reading.tuples(database, query)), "")


def newest_instant(database: Any) -> int:
    """The newest instant on record anywhere."""
    return int(StreamRow.select(fn.max(StreamRow.newest)).scalar(database.orm) or 0)


def has_rollers(database: Any) -> bool:
    """Whether any roller is on record."""
    return bool(list(RollerRecord.select(RollerRecord.id).limit(1).tuples().execute(database.orm)))


def label_ids(database: Any, now: int, *, unproven: bool = False, search: str = "") -> list[tuple[int, str]]:
    """The (id, code) of the rollers by name; not those retired, recalled or put aside."""
    row = RollerRecord
    query = row.select(row.id, row.code).where(row.held == "")
    if unproven:
        query = query.where(row.label_proven_at.is_null())
    words = searching.sought(database, search)
    order = (*searching.whole_first(words), *_BY_NAME, row.code)
    return list(database.orm.execute(searching.matching(query, words, now).order_by(*order)))


def label_counts(database: Any) -> tuple[int, int]:
    """How many rollers may get a label, and how many of those have none that was proven."""
    row = RollerRecord
    query = row.select(fn.count(row.id), fn.count(row.label_proven_at)).where(row.held == "").tuples()
    count, proven = next(iter(query.execute(database.orm)))
    return count, count - proven


_TEXTS = (
    RollerRecord.name,
    RollerRecord.lot,
    PersonRecord.label,
    SolutionRecord.agent,
    SolutionRecord.lot,
    NamedRecord.label,
)


def characters(database: Any) -> str:
    """Every character of the names, labels and lots on record, each once, in order."""
    found: set[str] = set()
    for column in _TEXTS:
        cursor = database.orm.execute(column.model.select(column).distinct().tuples())
        for (text,) in cursor:
            found.update(text)
    return "".join(sorted(found))


def beginning(database: Any) -> str:
    """The hash of the first entry of all, as far as their clocks tell; empty for an empty journal."""
    row = EventRow
    query = row.select(row.hash).where(row.seq == 1).order_by(row.recorded_at, row.stream).limit(1)
    return str(query.scalar(database.orm) or "")


def holds_hash(database: Any, beginning: str) -> bool:
    """Whether the journal holds an entry whose hash begins so."""
    return bool(EventRow.select().where(EventRow.hash.startswith(beginning)).exists(database.orm))


def entry_count(database: Any) -> int:
    """How many entries the journal has."""
    return int(EventRow.select(fn.count()).scalar(database.orm))
