"""Records: everything known of one code, and its history in words."""

from dataclasses import dataclass

from rollertrack.domain import person, solution
from rollertrack.domain.code import KIND_WORDS, Kind, find, is_label_text, kind_of, mark_of, shown
from rollertrack.domain.events import POLICY_STREAM, Event, RollerFacts, effective, voided_entries
from rollertrack.domain.quantities import MINUTE, dose
from rollertrack.domain.roller import Roller, by_boot_clock
from rollertrack.domain.rows import EventRow, Record, RunningSoak
from rollertrack.domain.standing import last_good, standing, uses_run_out
from rollertrack.errors import BadCode
from rollertrack.services.checking import answer
from rollertrack.services.station import Station, nearest_codes, owner_of, read_code, roller_of
from rollertrack.store.journal import Journal
from rollertrack.wording.dates import iso
from rollertrack.wording.events import describe_event
from rollertrack.wording.records import bought_facts

LATE_AFTER = 10 * MINUTE


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


def identify(station: Station, text: str) -> Scan:
    """What anything scanned or typed names; BadCode, with the nearest codes, when it cannot be read."""
    try:
        code = find(text)
    except BadCode as error:
        nearest = nearest_codes(station, text)
        near = f"; near it: {', '.join(map(shown, nearest))}" if nearest else ""
        raise BadCode(error.reason + near, nearest) from None
    with station.store.reading() as journal:
        known = any(each.kind == "registered" for each in effective(journal.stream(code)))
        label = _label(journal, code)
    return Scan(code, kind_of(code), known, label, mark_of(text), is_label_text(text))


def _label(journal: Journal, code: str) -> str:
    payloads = [event.payload for event in journal.stream(code)]
    labels = [getattr(payload, "label", None) or getattr(payload, "name", None) for payload in payloads]
    return next((label for label in reversed(labels) if label), "")


def show(station: Station, code: str) -> Record:
    """Everything known of one roller."""
    with station.store.reading() as journal:
        found = read_code(station, code, Kind.ROLLER)
        now = station.clock()
        roller = by_boot_clock(roller_of(journal, found), now, station.beat())
        assert roller.facts is not None
        facts = standing(roller, journal.policy())
        owner = owner_of(journal, roller.bound_to) if roller.bound_to else None
        soak = roller.soak
        return Record(
            code=found,
            name=roller.title,
            form=roller.facts.form,
            facts=bought_facts(roller.facts),
            answer=answer(station, journal, roller, None, "", now),
            word=facts.word(now),
            state=facts.state(now),
            bound_to=roller.bound_to,
            bound_label=(owner.label or None) if owner else None,
            first_used=roller.first_used,
            last_used=roller.last_used,
            uses_out_on=last_good(uses_run_out(facts, now)),
            soak=_soak(roller) if soak else None,
            label_printed_at=roller.label_printed_at,
            label_proven_at=roller.label_proven_at,
            label_mark=roller.label_mark,
            history=history_of(journal, found),
        )


def _soak(roller: Roller) -> RunningSoak:
    assert roller.soak is not None
    soak = roller.soak
    return RunningSoak(roller.code, roller.title, soak.facts.agent, soak.started_at, soak.due_at)


def raw_facts(station: Station, code: str) -> RollerFacts:
    """The registration of a roller as it stands, to fill a form."""
    with station.store.reading() as journal:
        facts = roller_of(journal, read_code(station, code, Kind.ROLLER)).facts
        assert facts is not None
        return facts


def log(station: Station, code: str) -> tuple[EventRow, ...]:
    """The whole history of any code, the newest first."""
    with station.store.reading() as journal:
        found = POLICY_STREAM if code.strip().upper() == POLICY_STREAM else identify(station, code).code
        if found != POLICY_STREAM and not journal.stream(found):
            raise BadCode(f"no {KIND_WORDS[kind_of(found)]} is registered under {shown(found)}")
        return history_of(journal, found)


def history_of(journal: Journal, code: str) -> tuple[EventRow, ...]:
    """Every entry of a stream, the newest happening first, undone ones marked."""
    events = journal.stream(code)
    gone = voided_entries(events)
    ordered = sorted(events, key=lambda event: (-event.at, -event.seq))
    return tuple(_line(event, event.seq in gone) for event in ordered)


def _line(event: Event, voided: bool) -> EventRow:
    return EventRow(
        event.seq, event.kind, event.at, event.recorded_at, event.offset, describe_event(event),
        event.operator, event.person, voided, event.recorded_at - event.at > LATE_AFTER,
    )  # fmt: skip


def _strip(bottle: solution.Solution) -> str:
    """What the newest test strip said, and when."""
    if not bottle.strips:
        return ""
    at, passed = bottle.strips[-1]
    return f"{'passed' if passed else 'failed'} {iso(at)}"


def describe(station: Station, code: str) -> tuple[tuple[str, str], ...]:
    """What is known of a person, a solution, an operator or a bin, field by field."""
    scan = identify(station, code)
    with station.store.reading() as journal:
        events = journal.stream(scan.code)
        if not events:
            raise BadCode(f"no {KIND_WORDS[scan.kind]} is registered under {shown(scan.code)}")
        facts = [("code", shown(scan.code)), ("kind", KIND_WORDS[scan.kind])]
        if found := person.fold(scan.code, events) if scan.kind is Kind.PERSON else None:
            last = max((session.at for session in found.sessions), default=None)
            facts += [("label", found.label), ("ask first about", ", ".join(found.contraindications)),
                      ("sessions", str(len(found.sessions))), ("last session", iso(last) or "")]  # fmt: skip
        elif bottle := solution.fold(scan.code, events) if scan.kind is Kind.SOLUTION else None:
            facts += [("agent", dose(bottle.agent, bottle.strength)), ("lot", bottle.lot),
                      ("expiry", bottle.expiry.isoformat() if bottle.expiry else ""),
                      ("opened", iso(bottle.opened_at) or ""),
                      ("test strip", _strip(bottle)),
                      ("discarded", iso(bottle.discarded_at) or "")]  # fmt: skip
        else:
            facts.append(("label", scan.label))
        return tuple((name, value) for name, value in facts if value)
