"""What a template lays out of a roller, made of what was read."""

from collections.abc import Iterator, Mapping
from secrets import token_hex
from typing import Any, NamedTuple

from rollertrack.deeds.table import load, on_a_phone
from rollertrack.domain.code import shown
from rollertrack.domain.quantities import SECOND, millimetres
from rollertrack.domain.verdict import Finding
from rollertrack.domain.words import Word
from rollertrack.phone.forms import Asked, Field, Form, Said
from rollertrack.phone.looking import Look
from rollertrack.wording import phones as words
from rollertrack.wording.records import facts_told, record_fields, uses_text
from rollertrack.wording.registers import label_and_code
from rollertrack.wording.sentences import capitalised
from rollertrack.wording.states import of_the_roller

_MOST_HISTORY = 8
WRITTEN = frozenset({"retired", "quarantined", "recalled", "inspection"})
"""The rules whose sentence ends in the words of whoever logged it."""


class Trouble(NamedTuple):
    """A deed that was not done: which, why, and what its form said, to say it again."""

    deed: str
    message: str
    said: Said
    is_unsure: bool = False
    """It may be logged: asked again, it carries the same id."""


def roller_page(seen: Look, trouble: Trouble | None = None) -> dict[str, Any]:
    """What the template of a roller lays out."""
    answer, asked = seen.answer, seen.asked
    verdict = asked.verdict if asked else answer.verdict
    page = {
        "code": answer.code,
        "title": _title(seen),
        "word": verdict.word,
        "known_word": answer.verdict.word,
        "head": answer.head,
        "findings": verdict.of_now if asked else tuple(_of_nobody(seen)),
        "next_step": verdict.next_step if asked else _next_of_nobody(seen),
        "turns_in": _turns_in(seen),
        "label_warning": answer.label_warning,
        "trouble": trouble,
        "done": seen.done,
        "person": None,
        "person_label": "",
        "persons": [],
        "must_choose": False,
        "fields": [],
    }
    return page if asked is None else {**page, **_of_a_paired(seen, asked, trouble)}


def _of_a_paired(seen: Look, asked: Asked, trouble: Trouble | None) -> dict[str, Any]:
    record, answer = asked.record, seen.answer
    persons = [(each.code, label_and_code(each)) for each in asked.choices.persons]
    must_choose = answer.person is None and len(persons) > 1 and answer.verdict.may_use
    first = (trouble.deed if trouble else None) or (None if must_choose else answer.next_deed)
    forms = list(_forms(asked, trouble))
    life = uses_text(answer.uses, answer.uses_limit)
    return {
        "must_choose": must_choose,
        "person": answer.person,
        "persons": persons if len(persons) > 1 else [],
        "person_label": answer.person_label,
        "fields": [field for field in record_fields(record, seen.now, life) if field[1]],
        "facts": list(facts_told(record)),
        "history": record.history[:_MOST_HISTORY],
        "first": [form for form in forms if form["name"] == first],
        "others": [form for form in forms if form["name"] != first and not (must_choose and form["gated"])],
    }


def _forms(asked: Asked, trouble: Trouble | None) -> Iterator[dict[str, Any]]:
    """The forms that make sense now, in the order of the table; one in trouble as it was filled in."""
    for deed in on_a_phone():
        form: Form | None = load(deed.phone).form(asked)
        mine = trouble if trouble and trouble.deed == deed.name else None
        if form is None and mine is None:
            continue
        form = form or Form("")
        said = mine.said if mine else {}
        yield {
            "name": deed.name,
            "title": capitalised(deed.label or deed.words),
            "button": form.button or deed.does or capitalised(deed.summary),
            "says": form.says,
            "fields": [_filled(field, said) if said else field for field in form.fields],
            "uid": said["uid"] if mine and mine.is_unsure and "uid" in said else token_hex(16),
            "trouble": mine.message if mine else "",
            "gated": deed.name == "use",
        }


def _filled(field: Field, said: Mapping[str, str]) -> Field:
    """A field as it was filled in; what is carried tells of the page and is always new."""
    if field.kind in {"check", "several"}:  # a box without a tick is not sent at all
        return field._replace(value=said.get(field.name, ""))
    if field.kind == "carried" or field.name not in said:
        return field
    return field._replace(value=said[field.name])


def _title(seen: Look) -> str:
    answer = seen.answer
    parts = (shown(answer.code), answer.name if seen.asked else "", millimetres(answer.length))
    return " · ".join(filter(None, parts))


def _of_nobody(seen: Look) -> Iterator[Finding]:
    """What is found of the roller alone; of a person only that nobody is named, or that more is known."""
    answer = seen.answer
    own = of_the_roller(answer.verdict)
    yield from (_without_reason(finding) for finding in own if finding in answer.verdict.of_now)
    rules = [finding for finding in answer.verdict.findings if finding not in own]
    if any(finding.rule == "unnamed" for finding in rules):
        yield Finding("unnamed", answer.verdict.word, words.UNNAMED)
    elif rules and not any(finding.word is answer.verdict.word for finding in own):
        yield Finding("skin", answer.verdict.word, words.TOLD_SKIN)


def _without_reason(finding: Finding) -> Finding:
    """The finding without what somebody wrote, which may tell of a person."""
    if finding.rule not in WRITTEN:
        return finding
    return finding._replace(message=f"{finding.message.partition(':')[0]}.")


def _next_of_nobody(seen: Look) -> str:
    """What to do next as far as it is the roller's alone."""
    answer = seen.answer
    own = of_the_roller(answer.verdict)
    is_its_own = bool(own) and own[0].word is answer.verdict.word and own[0].word is not Word.USE
    return answer.verdict.next_step if is_its_own else words.ASK_STATION


def _turns_in(seen: Look) -> int | None:
    """Seconds until the page would say something else; no moment, since a phone's clock may be wrong."""
    until = seen.answer.verdict.said_until
    return None if until is None else max(1, -(-(until - seen.now) // SECOND))
