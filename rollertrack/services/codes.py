"""What a code names, and what is known of whatever is no roller."""

from collections.abc import Sequence
from dataclasses import dataclass

from rollertrack.domain import incident, person, solution
from rollertrack.domain.code import KIND_WORDS, Kind, find, is_label_text, kind_of, mark_of, shown
from rollertrack.domain.events import (
    Event,
    NamedRegistered,
    PersonRegistered,
    ProductFacts,
    RollerFacts,
    effective,
)
from rollertrack.errors import BadCode
from rollertrack.services.station import Station, nearest_codes
from rollertrack.wording.registers import person_fields, solution_fields
from rollertrack.wording.traces import incident_fields


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scanned code is: its kind, whether a registration carries it, its short name.

    `mark` tells one label of the thing from another; `from_label` whether the text has the form that only
    labels carry, so that its scan may prove one.
    """

    code: str
    kind: Kind
    known: bool
    label: str
    mark: str = ""
    from_label: bool = False


def identify(station: Station, text: str, *, near_all: bool = True) -> Scan:
    """What anything scanned or typed names; BadCode, with the nearest codes, when it cannot be read.

    Without `near_all` only those of rollers are told: whoever asks may not know of persons.
    """
    try:
        code = find(text)
    except BadCode as error:
        nearest = tuple(
            near for near in nearest_codes(station, text) if near_all or kind_of(near) is Kind.ROLLER
        )
        near = f"; near it: {', '.join(map(shown, nearest))}" if nearest else ""
        raise BadCode(error.reason + near, nearest) from None
    with station.store.reading() as journal:
        counting = effective(journal.stream(code))
    known = any(each.kind in _BEGUN for each in counting)
    return Scan(code, kind_of(code), known, _label(counting), mark_of(text), is_label_text(text))


_BEGUN = frozenset({"registered", "opened"})
"""What puts something on record: an incident is opened."""


def _label(counting: Sequence[Event]) -> str:
    """What it is called by its registration as entered last; a condition has a name as well."""
    for event in sorted(counting, key=lambda each: -each.seq):
        match event.payload:
            case PersonRegistered(label=label) | NamedRegistered(label=label):
                return label
            case RollerFacts(name=name) | ProductFacts(name=name):
                return name
    return ""


def describe(station: Station, code: str) -> tuple[tuple[str, str], ...]:
    """What is known of a person, a solution, an operator, a bin or an incident, field by field."""
    scan = identify(station, code)
    with station.store.reading() as journal:
        events = journal.stream(scan.code)
        if not events:
            raise BadCode(f"no {KIND_WORDS[scan.kind]} is registered under {shown(scan.code)}")
        facts = [("code", shown(scan.code)), ("kind", KIND_WORDS[scan.kind])]
        if found := person.fold(scan.code, events) if scan.kind is Kind.PERSON else None:
            facts += person_fields(found)
        elif bottle := solution.fold(scan.code, events) if scan.kind is Kind.SOLUTION else None:
            facts += solution_fields(bottle)
        elif opened := incident.fold(scan.code, events) if scan.kind is Kind.INCIDENT else None:
            facts += incident_fields(opened)[1:]
        else:
            facts.append(("label", scan.label))
        return tuple((name, value) for name, value in facts if value)


def person_in_short(station: Station, code: str) -> tuple[str, ...]:
    """What a scan of a person tells of them."""
    from rollertrack.services.person_files import show_person  # most scans are of rollers
    from rollertrack.wording.persons import in_short

    return in_short(show_person(station, code))


def is_person(code: str) -> bool:
    """Whether a code is a person's."""
    return kind_of(code) is Kind.PERSON
