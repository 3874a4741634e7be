"""`show`, `log`."""

from typing import Any

from rollertrack.cli.context import Context
from rollertrack.domain.code import Kind
from rollertrack.domain.rows import EventRow, Record
from rollertrack.services import codes, records
from rollertrack.wording.dates import iso
from rollertrack.wording.documents import answer_document
from rollertrack.wording.records import dated_label_state, entry_cells, facts_told
from rollertrack.wording.states import record_lines


def show(context: Context) -> int:
    """Everything known of a code."""
    code = context.arguments.code
    if codes.identify(context.station, code).kind is not Kind.ROLLER:
        facts = codes.describe(context.station, code)
        context.out.document(dict(facts))
        context.out.table(facts)
        return 0
    record = records.show(context.station, code)
    context.out.document(_record_document(record))
    context.out.say(*record_lines(record, context.station.clock()), "")
    context.out.table(facts_told(record))
    context.out.say("", "Label: " + dated_label_state(record), "", "History")
    context.out.table(map(entry_cells, record.history))
    return 0


def _label_document(record: Record) -> dict[str, Any]:
    sent = "unproven" if record.label_proven_at is None else "proven"
    return {
        "state": "none" if record.label_printed_at is None else sent,
        "mark": record.label_mark,
        "printed_at": iso(record.label_printed_at),
        "proven_at": iso(record.label_proven_at),
    }


def _record_document(record: Record) -> dict[str, Any]:
    return {
        **answer_document(record.answer),
        "state": record.state.value,
        "facts": dict(record.facts),
        "bound_to": record.bound_to,
        "first_used": iso(record.first_used),
        "last_used": iso(record.last_used),
        "label_printed_at": iso(record.label_printed_at),
        "label_proven_at": iso(record.label_proven_at),
        "label": _label_document(record),
        "history": [entry_document(line) for line in record.history],
    }


def entry_document(line: EventRow) -> dict[str, Any]:
    """An entry of a history, as JSON holds it."""
    return {
        "entry": line.seq,
        "kind": line.kind,
        "at": iso(line.at),
        "recorded_at": iso(line.recorded_at),
        "text": line.text,
        "operator": line.operator,
        "operator_label": line.operator_label or None,
        "person_label": line.person_label or None,
        "person": line.person,
        "undone": line.voided,
        "late": line.late,
    }


def log(context: Context) -> int:
    """The whole history of a code."""
    lines = records.log(context.station, context.arguments.code)
    context.out.document({"entries": [entry_document(line) for line in lines]})
    if lines:
        context.out.table(map(entry_cells, lines), right=(0,))
    else:
        context.out.say("Nothing was entered yet.")
    return 0
