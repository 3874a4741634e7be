"""`person`, `operator`, `bin`, `solution`."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from rollertrack.cli.context import Context
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.wording import dose, plural
from rollertrack.errors import BadInput
from rollertrack.services import people, solutions
from rollertrack.services.times import iso, spoken_day, spoken_moment


def add_person(context: Context) -> int:
    """Register a person."""
    typed = context.arguments
    noted = typed.contraindications or ()
    done = people.add_person(context.station, typed.label, noted, **context.when_and_who)
    return context.tell(done, code=done.codes[0])


def edit_person(context: Context) -> int:
    """Mend a person."""
    typed = context.arguments
    done = people.edit_person(
        context.station, typed.code, label=typed.label,
        contraindications=typed.contraindications, **context.when_and_who,
    )  # fmt: skip
    return context.tell(done)


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


def _add(context: Context, kind: Kind) -> int:
    done = people.add_named(context.station, kind, context.arguments.label, **context.when_and_who)
    return context.tell(done, code=done.codes[0])


def _edit(context: Context, kind: Kind) -> int:
    typed = context.arguments
    return context.tell(
        people.edit_named(context.station, kind, typed.code, typed.label, **context.when_and_who)
    )


def _close(context: Context, kind: Kind) -> int:
    return context.tell(
        people.close_named(context.station, kind, context.arguments.code, **context.when_and_who)
    )


def _list_named(context: Context, kind: Kind, word: str) -> int:
    rows = people.list_named(context.station, kind)
    documents = [{**asdict(row), "closed_at": iso(row.closed_at)} for row in rows]
    lines = [(shown(row.code), row.label, "closed" if row.closed_at else "") for row in rows]
    return _list(context, documents, lines, word)


def add_operator(context: Context) -> int:
    """Register an operator."""
    return _add(context, Kind.OPERATOR)


def edit_operator(context: Context) -> int:
    """Mend an operator's label."""
    return _edit(context, Kind.OPERATOR)


def close_operator(context: Context) -> int:
    """Close an operator who left."""
    return _close(context, Kind.OPERATOR)


def list_operator(context: Context) -> int:
    """Every operator."""
    return _list_named(context, Kind.OPERATOR, "operators")


def add_bin(context: Context) -> int:
    """Register a sharps bin."""
    return _add(context, Kind.BIN)


def edit_bin(context: Context) -> int:
    """Mend a sharps bin's label."""
    return _edit(context, Kind.BIN)


def close_bin(context: Context) -> int:
    """Close a full sharps bin."""
    return _close(context, Kind.BIN)


def list_bin(context: Context) -> int:
    """Every sharps bin."""
    return _list_named(context, Kind.BIN, "bins")


def _solution_facts(context: Context) -> solutions.SolutionFacts:
    typed = context.arguments
    return solutions.SolutionFacts(typed.agent, typed.strength, typed.lot, typed.expiry)


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
    return context.tell(
        solutions.log_strip(context.station, typed.code, passed=typed.passed, **context.when_and_who)
    )


def discard_solution(context: Context) -> int:
    """Log that a solution was thrown away."""
    typed = context.arguments
    done = solutions.discard_solution(context.station, typed.code, typed.reason, **context.when_and_who)
    return context.tell(done)


def list_solutions(context: Context) -> int:
    """Every solution."""
    rows = solutions.list_solutions(context.station)
    documents = [
        {**asdict(row), "strength": None if row.strength is None else float(row.strength),
         "opened_at": iso(row.opened_at), "discarded_at": iso(row.discarded_at),
         "last_strip_at": iso(row.last_strip_at)} for row in rows
    ]  # fmt: skip
    lines = [
        (shown(row.code), dose(row.agent, row.strength), f"lot {row.lot}" if row.lot else "",
         f"opened {spoken_moment(row.opened_at)}", f"expires {row.expiry}" if row.expiry else "",
         _strip(row), "discarded" if row.discarded_at else "") for row in rows
    ]  # fmt: skip
    return _list(context, documents, lines, "solutions")


def _strip(row: solutions.SolutionRow) -> str:
    """What the newest test strip said."""
    if row.last_strip_at is None:
        return ""
    return f"strip {'passed' if row.last_strip_passed else 'failed'} {spoken_moment(row.last_strip_at)}"
