"""Records: everything known of one code, and its history in words."""

from rollertrack.domain.code import KIND_WORDS, Kind, kind_of, shown
from rollertrack.domain.events import POLICY_STREAM, RollerFacts
from rollertrack.domain.roller import Roller, by_boot_clock
from rollertrack.domain.rows import EventRow, Record, RunningSoak
from rollertrack.domain.standing import last_good, standing, uses_run_out
from rollertrack.errors import BadCode
from rollertrack.services.checking import answer
from rollertrack.services.codes import identify
from rollertrack.services.history import history_of
from rollertrack.services.station import Station, owner_of, read_code, roller_of
from rollertrack.wording.events import bought_facts


def show(station: Station, code: str, person: str | None = None) -> Record:
    """Everything known of one roller, with the gate's answer for a person when one is named."""
    with station.store.reading() as journal:
        found = read_code(station, code, Kind.ROLLER)
        asked = read_code(station, person, Kind.PERSON, "person") if person else None
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
            answer=answer(station, journal, roller, asked, "", now),
            state=facts.state(now),
            standing=facts,
            bound_to=roller.bound_to,
            bound_label=(owner.label or None) if owner else None,
            first_used=roller.first_used,
            last_used=roller.last_used,
            uses_out_on=last_good(uses_run_out(facts, now)),
            soak=_soak(roller) if soak else None,
            label_printed_at=roller.label_printed_at,
            label_proven_at=roller.label_proven_at,
            label_mark=roller.label_mark,
            history=history_of(station, journal, found),
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
        return history_of(station, journal, found)
