"""Persons, operators and sharps bins: a code and a short label each, never a full name."""

from collections.abc import Sequence
from dataclasses import dataclass

from rollertrack.domain import events as ev
from rollertrack.domain.code import KIND_WORDS, Kind, shown
from rollertrack.domain.counting import entered_facts
from rollertrack.domain.events import POLICY_STREAM
from rollertrack.domain.rows import NamedRow, PersonRow
from rollertrack.domain.text import in_order, required_line
from rollertrack.errors import BadCode, BadInput, going_on
from rollertrack.services.answered import clean_conditions, unlisted_conditions
from rollertrack.services.station import (
    Deed,
    Done,
    Station,
    deed,
    named_entries,
    new_codes,
    once,
    person_of,
    read_code,
)
from rollertrack.store import lookups, queries
from rollertrack.wording import done as say

ME = "me"


def first_start(station: Station) -> None:
    """Register the one person a home database starts with; nothing happens in one that was ever used."""
    with deed(station) as now:
        if lookups.is_empty(station.store.database) and not now.journal.stream(POLICY_STREAM):
            now.append(new_codes(now, Kind.PERSON, 1)[0], ev.PersonRegistered(label=ME))


@once
def add_person(
    station: Station, label: str, contraindications: Sequence[str] = (), *,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Register a person by a short label, with what a professional should be asked about."""
    payload = ev.PersonRegistered(label=required_line("label", label))
    noted = clean_conditions(contraindications)
    with deed(station, at, operator) as now:
        code = new_codes(now, Kind.PERSON, 1)[0]
        now.append(code, payload)
        for name in noted:
            now.append(code, ev.Contraindication(name=name))
        message = say.named_registered("person", code, payload.label)
        warnings = (*_namesakes(now, code, payload.label), *unlisted_conditions(noted))
        return Done("person add", (code,), now.at, message, (1,), warnings)


def _namesakes(now: Deed, code: str, label: str) -> tuple[str, ...]:
    """A warning when another person has the same label: lists and labels would not tell them apart."""
    same = lookups.persons_labelled(now.station.store.database, label)
    others = ", ".join(shown(each) for each in same if each != code)
    return (f"{others} has the label “{label}” too; another label tells them apart.",) if others else ()


@once
def edit_person(
    station: Station, code: str, *, label: str | None = None, contraindications: Sequence[str] | None = None,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Mend a person's label, or say anew what a professional should be asked about."""
    noted = None if contraindications is None else clean_conditions(contraindications)
    with deed(station, at, operator) as now:
        person = now.person(code)
        entries: list[int] = []
        if label is not None and (clean := required_line("label", label)) != person.label:
            entries.append(now.append(person.code, ev.PersonAmended(label=clean)).seq)
        if noted is not None:
            entries += _note_changes(now, person.code, person.contraindications, noted)
        if not entries:
            way_at_prompt = " (give a new --label or other --contraindication names)"
            raise BadInput("edit", *going_on("nothing changes", at_prompt=way_at_prompt))
        message = say.named_mended("person", person.code)
        return Done(
            "person edit", (person.code,), now.at, message, tuple(entries), unlisted_conditions(noted or ())
        )


def _note_changes(now: Deed, code: str, held: Sequence[str], wanted: Sequence[str]) -> list[int]:
    new = [ev.Contraindication(name=name) for name in wanted if name not in held]
    gone = [ev.Contraindication(name=name, present=False) for name in held if name not in wanted]
    return [now.append(code, payload).seq for payload in (*new, *gone)]


def list_persons(station: Station) -> list[PersonRow]:
    """Every person, by label."""
    with station.store.reading():
        rows = [PersonRow(**row) for row in queries.persons(station.store.database)]
        return sorted(rows, key=lambda row: in_order(row.label))


@once
def add_named(
    station: Station, kind: Kind, label: str, *, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Register an operator or a sharps bin."""
    payload = ev.NamedRegistered(label=required_line("label", label))
    with deed(station, at, operator) as now:
        code = new_codes(now, kind, 1)[0]
        now.append(code, payload)
        word = KIND_WORDS[kind]
        return Done(f"{word} add", (code,), now.at, say.named_registered(word, code, payload.label), (1,))


@once
def edit_named(
    station: Station, kind: Kind, code: str, label: str, *,
    at: str | int | None = None, operator: str | None = None,
) -> Done:  # fmt: skip
    """Mend the label of an operator or a sharps bin."""
    payload = ev.NamedAmended(label=required_line("label", label))
    return _on_named(station, kind, code, payload, "Mended", at, operator)


@once
def close_named(
    station: Station, kind: Kind, code: str, *, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Close a full sharps bin, or an operator who left."""
    return _on_named(station, kind, code, ev.Closed(), "Closed", at, operator)


@once
def reopen_named(
    station: Station, kind: Kind, code: str, *, at: str | int | None = None, operator: str | None = None
) -> Done:
    """Open again a sharps bin or an operator that was closed."""
    return _on_named(station, kind, code, ev.Reopened(), "Reopened", at, operator)


def _on_named(
    station: Station, kind: Kind, text: str, payload: ev.Payload, verb: str,
    at: str | int | None, operator: str | None,
) -> Done:  # fmt: skip
    code = read_code(station, text, kind)
    if isinstance(payload, ev.Reopened) and code == (operator or station.operator):
        # Whoever was closed is no operator for this one deed, and needs none to come back.
        station, operator = station.changed(operator=None), None
    with deed(station, at, operator) as now:
        entries = named_entries(now.journal, code)
        if not entries:
            raise BadCode(f"no {KIND_WORDS[kind]} is registered under {shown(code)}")
        is_closed = ev.closed_at(entries) is not None
        if isinstance(payload, ev.Closed) and is_closed:
            raise BadInput("code", f"{shown(code)} is closed already")
        if isinstance(payload, ev.NamedAmended) and payload.label == _label(entries):
            raise BadInput("edit", f"{shown(code)} already reads so; nothing was changed")
        if isinstance(payload, ev.Reopened) and not is_closed:
            raise BadInput("code", f"{shown(code)} is not closed; there is nothing to reopen")
        event = now.append(code, payload)
        return Done(payload.kind, (code,), now.at, say.named_done(verb, KIND_WORDS[kind], code), (event.seq,))


def _label(entries: Sequence[ev.Event]) -> str:
    """What an operator or a bin is called now; empty for one that was taken back."""
    known = entered_facts(ev.effective(entries), ev.NamedRegistered, ev.NamedRegistered)
    return known[1].label if known else ""


def list_named(station: Station, kind: Kind) -> list[NamedRow]:
    """Every operator or every sharps bin, by label."""
    with station.store.reading():
        rows = [NamedRow(**row) for row in queries.named(station.store.database, kind.value)]
        return sorted(rows, key=lambda row: in_order(row.label))


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person as registered, to fill a form."""

    code: str
    label: str
    contraindications: tuple[str, ...]


def person_facts(station: Station, code: str) -> PersonFacts:
    """A person's registration as it stands."""
    with station.store.reading() as journal:
        found = person_of(journal, read_code(station, code, Kind.PERSON))
        return PersonFacts(found.code, found.label, found.contraindications)


def is_closed(station: Station, code: str) -> bool:
    """Whether an operator or a sharps bin is closed."""
    with station.store.reading() as journal:
        return ev.closed_at(named_entries(journal, code)) is not None


def works_here(station: Station, code: str) -> bool:
    """Whether an operator is on record and not closed."""
    with station.store.reading() as journal:
        entries = named_entries(journal, code)
        return bool(entries) and ev.closed_at(entries) is None


def operators_here(station: Station) -> list[NamedRow]:
    """The operators who have not left."""
    return [row for row in list_named(station, Kind.OPERATOR) if row.closed_at is None]


def open_bins(station: Station) -> list[NamedRow]:
    """The sharps bins that still take something."""
    return [row for row in list_named(station, Kind.BIN) if row.closed_at is None]
