"""`person`, `operator`, `bin`, `solution`."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from rollertrack.cli.context import Context
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.quantities import plural
from rollertrack.errors import BadInput
from rollertrack.services import lists, people, solutions
from rollertrack.wording.dates import iso, spoken_day
from rollertrack.wording.registers import closed_word, solution_cells
from rollertrack.wording.traces import trace_strip_hint


def add_person(context: Context) -> int:
    """Register a person."""
    typed = context.arguments
    noted = typed.contraindications or ()
    done = people.add_person(context.station, typed.label, noted, **context.when_and_who)
    return context.tell(done, code=done.codes[0])


def list_persons(context: Context) -> int:
    """Every person."""
    rows = people.list_persons(context.station)
    return _list(
        context, [{**asdict(row), "last_session_at": iso(row.last_session_at)} for row in rows],
        [(shown(row.code), row.label, plural(row.sessions, "session"), spoken_day(row.last_session_at),
          row.contraindications) for row in rows], "persons",
    )  # fmt: skip


def _list(context: Context, documents: list[Any], rows: Sequence[Sequence[str]], word: str) -> int:
    context.out.document({word: documents})
    if rows:
        context.out.table(rows)
    else:
        context.out.say(f"No {word} on record.")
    return 0


def _kind(context: Context) -> Kind:
    """Operator or bin, by the word that was typed."""
    assert context.deed is not None
    return Kind.BIN if context.deed.words.startswith("bin") else Kind.OPERATOR


def add_named(context: Context) -> int:
    """Register an operator or a sharps bin."""
    label = context.arguments.label
    done = people.add_named(context.station, _kind(context), label, **context.when_and_who)
    return context.tell(done, code=done.codes[0])


def edit_named(context: Context) -> int:
    """Mend the label of one."""
    typed, kind = context.arguments, _kind(context)
    done = people.edit_named(context.station, kind, typed.code, typed.label, **context.when_and_who)
    return context.tell(done)


def close_named(context: Context) -> int:
    """Close one: full, or left."""
    code = context.arguments.code
    return context.tell(people.close_named(context.station, _kind(context), code, **context.when_and_who))


def reopen_named(context: Context) -> int:
    """Open one again that was closed."""
    code = context.arguments.code
    return context.tell(people.reopen_named(context.station, _kind(context), code, **context.when_and_who))


def list_named(context: Context) -> int:
    """Every operator, or every bin."""
    kind = _kind(context)
    rows = people.list_named(context.station, kind)
    documents = [
        {"code": row.code, "label": row.label, "closed_at": iso(row.closed_at)}
        | ({"collected_at": iso(row.collected_at)} if kind is Kind.BIN else {})
        for row in rows
    ]
    lines = [(shown(row.code), row.label, closed_word(row)) for row in rows]
    return _list(context, documents, lines, "bins" if kind is Kind.BIN else "operators")


def _solution_facts(context: Context) -> solutions.SolutionFacts:
    typed = context.arguments
    return solutions.SolutionFacts(
        typed.agent, typed.strength, typed.lot, typed.expiry, listing=typed.listing, use_days=typed.use_days
    )


def add_solution(context: Context) -> int:
    """Register an opened bottle or jar."""
    done = solutions.add_solution(context.station, _solution_facts(context), **context.when_and_who)
    return context.tell(done, code=done.codes[0])


def edit_solution(context: Context) -> int:
    """Mend the facts of a solution."""
    facts = replace(_solution_facts(context), opened=context.arguments.opened)
    done = solutions.edit_solution(context.station, context.arguments.code, facts, **context.when_and_who)
    return context.tell(done)


def test_strip(context: Context) -> int:
    """Log a test strip."""
    typed = context.arguments
    if typed.passed == typed.failed:
        raise BadInput("test", "give either --pass or --fail")
    done = solutions.log_strip(context.station, typed.code, passed=typed.passed, **context.when_and_who)
    if typed.passed:
        return context.tell(done)
    hint = trace_strip_hint(done.codes[0])
    return context.tell(done._replace(message=f"{done.message} {hint}"))


def list_solutions(context: Context) -> int:
    """Every solution."""
    rows = lists.list_solutions(context.station)
    documents = [
        {**asdict(row), "strength": None if row.strength is None else float(row.strength),
         "opened_at": iso(row.opened_at), "discarded_at": iso(row.discarded_at),
         "last_strip_at": iso(row.last_strip_at), "topped_up_at": iso(row.topped_up_at),
         "spent_since": iso(row.spent_since)} for row in rows
    ]  # fmt: skip
    lines = [solution_cells(row) for row in rows]
    return _list(context, documents, lines, "solutions")
