"""What the gate says as JSON, for the command line and for whoever asks the page."""

from typing import Any

from rollertrack.domain.answer import Answer
from rollertrack.domain.verdict import Verdict
from rollertrack.wording import dates


def verdict_document(verdict: Verdict) -> dict[str, Any]:
    """A verdict as JSON."""
    return {
        "word": verdict.word.value,
        "findings": [
            {"rule": each.rule, "word": each.word.value, "message": each.message} for each in verdict.findings
        ],
        "next_step": verdict.next_step,
        "valid_until": dates.iso(verdict.valid_until),
    }


def answer_document(answer: Answer) -> dict[str, Any]:
    """An answer as JSON."""
    return {
        "code": answer.code,
        "name": answer.name,
        "length": None if answer.length is None else float(answer.length),
        **verdict_document(answer.verdict),
        "person": answer.person,
        "uses": answer.uses,
        "uses_limit": answer.uses_limit,
        "replace_on": dates.iso_day(answer.replace_on),
        "replace_because": answer.replace_because or None,
        "disinfected_at": dates.iso(answer.disinfected_at),
        "fresh_until": dates.iso(answer.fresh_until),
        "label_warning": answer.label_warning or None,
    }
