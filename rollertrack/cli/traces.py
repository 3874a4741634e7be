"""`trace`, `recall`, `incident`."""

from dataclasses import asdict
from typing import Any

from rollertrack.cli.context import Context
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.trace import Plan, Question, Reach, Traced, merged
from rollertrack.services import incident_files, recalling, trace_files, trace_questions, tracing
from rollertrack.wording import traces as words
from rollertrack.wording.dates import iso, spoken_moment


def _question(context: Context) -> Question:
    typed = context.arguments
    asked = trace_questions.Asked(
        typed.lot, typed.pack, typed.roller, typed.solution, typed.person, typed.by, typed.begin, typed.end,
        typed.since_last_pass,
    )  # fmt: skip
    return trace_questions.read_question(context.station, asked)


def trace(context: Context) -> int:
    """Who touched what; nothing is written but the files that are named."""
    typed = context.arguments
    traced = tracing.trace(context.station, _question(context))
    paper = None
    if typed.pdf is not None:  # drawn first: what it cannot take must not leave a table behind
        paper = trace_files.list_of(context.station, traced, typed.pdf, typed.page, force=typed.force)
    is_text = context.is_output("csv", typed.csv)
    written = []
    if is_text:
        context.out.data(trace_files.csv_of(traced, context.style))
    elif typed.csv is not None:
        done = trace_files.write_csv(context.station, traced, typed.csv, context.style, force=typed.force)
        written.append(done)
    if paper is not None:
        written.append(trace_files.write_list(paper, force=typed.force))
    if is_text:
        return 0
    context.out.document(_document(traced) | {"written": [done.message for done in written]})
    _say(context, traced)
    for done in written:
        context.out.say(done.message)
    return 0


def _say(context: Context, traced: Traced) -> None:
    found = traced.trace
    context.out.say(words.question_text(found.question), *words.count_lines(found))
    if found.solutions:
        context.out.say(words.solutions_text(found.solutions))
    if found.rows:
        context.out.say("")
        context.out.table([words.row_cells(row, traced) for row in merged(found.rows)])


def _document(traced: Traced) -> dict[str, Any]:
    found, question = traced.trace, traced.trace.question
    return {
        "question": {
            "kind": question.kind, "about": question.about, "since": iso(question.since),
            "until": iso(question.until), "since_last_pass": question.last_pass,
        },
        "sets": {name: list(codes) for name, codes in found.sets.items()},
        "solutions": list(found.solutions),
        "rows": [
            words.row_document(row, traced) | {"at": iso(row.at), "until": iso(row.until)}
            for row in found.rows
        ],
    }  # fmt: skip


def recall(context: Context) -> int:
    """Put aside what a trace finds, or say what that would be."""
    typed = context.arguments
    question = _question(context)
    reach = Reach(typed.mates, typed.doubtful, tuple(typed.also or ()), typed.cause)
    if not typed.dry_run:
        done = recalling.recall(context.station, question, typed.reason, reach, **context.when_and_who)
        aside = done.codes[1:]
        return context.tell(
            done,
            incident=done.codes[0],
            put_aside=[code for code in aside if code[0] == Kind.ROLLER],
            packs=[code for code in aside if code[0] != Kind.ROLLER],
        )
    plan = recalling.planned(context.station, question, reach)
    context.out.document(_document(plan.traced) | {"would": _would(plan)})
    _say(context, plan.traced)
    context.out.say("", words.plan_text(plan), *words.left_out(plan), words.NOTHING_WRITTEN)
    return 0


def _would(plan: Plan) -> dict[str, Any]:
    return {
        "put_aside": list(plan.aside), "before": list(plan.before), "retired": list(plan.retired),
        "persons": list(plan.new_persons), "incident": plan.incident or None, "cause": plan.cause,
        "discards": plan.discards or None, "packs": list(plan.packs),
    }  # fmt: skip


def list_incidents(context: Context) -> int:
    """Every incident."""
    rows = incident_files.list_incidents(context.station)
    documents = [
        {**asdict(row), "opened_at": iso(row.opened_at), "closed_at": iso(row.closed_at)} for row in rows
    ]
    context.out.document({"incidents": documents})
    if rows:
        context.out.table([words.incident_cells(row) for row in rows])
    else:
        context.out.say("No incident on record.")
    return 0


def show_incident(context: Context) -> int:
    """One incident: its rollers and how they stand, its persons and who was told."""
    found = incident_files.show_incident(context.station, context.arguments.code)
    incident = found.incident
    told = {each.person: each for each in incident.told}
    context.out.document(
        {
            "code": incident.code, "cause": incident.cause, "about": incident.about,
            "reason": incident.reason, "opened_at": iso(incident.opened_at),
            "closed_at": iso(incident.closed_at), "outcome": incident.outcome or None,
            "rollers": [
                {"code": code, "put_aside": code in found.held,
                 "retired_at": iso(found.rollers[code].retired_at) if code in found.rollers else None}
                for code in incident.rollers
            ],
            "persons": [
                {"code": code, "label": found.labels.get(code),
                 "told_at": iso(told[code].at) if code in told else None,
                 "how": told[code].how if code in told else None}
                for code in incident.persons
            ],
            "untold": list(incident.untold), "packs": list(incident.packs),
            "notes": [{"at": iso(at), "text": text} for at, text in incident.notes],
        }
    )  # fmt: skip
    context.out.table(words.incident_fields(incident, len(found.held)))
    if incident.persons:
        context.out.say("", "Persons")
        context.out.table(
            [(shown(code), found.labels.get(code, ""), words.telling_text(told.get(code)))
             for code in incident.persons]
        )  # fmt: skip
    if incident.rollers:
        context.out.say("", "Rollers")
        context.out.table([(shown(code), *_roller(code, found)) for code in incident.rollers])
    if incident.notes:
        context.out.say("", "Notes")
        context.out.table([(spoken_moment(at), text) for at, text in incident.notes])
    return 0


def _roller(code: str, found: incident_files.IncidentFile) -> tuple[str, str]:
    known = found.rollers.get(code)
    retired_at = known.retired_at if known else None
    return known.name if known else "", words.held_text(held=code in found.held, retired_at=retired_at)
