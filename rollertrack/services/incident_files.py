"""Incidents as they are read: the list of them, and everything known of one."""

from typing import NamedTuple

from rollertrack.domain import incident as incidents
from rollertrack.domain.code import Kind, shown
from rollertrack.domain.incident import Incident
from rollertrack.domain.pack import fold as fold_pack
from rollertrack.domain.roller import Roller
from rollertrack.domain.rows import EventRow, IncidentRow
from rollertrack.domain.trace import Known
from rollertrack.errors import BadCode
from rollertrack.services.history import history_of
from rollertrack.services.station import Station, read_code
from rollertrack.store import queries, traces
from rollertrack.store.journal import Journal


class IncidentFile(NamedTuple):
    """Everything known of an incident: which rollers it still holds, what its codes are called, its log."""

    incident: Incident
    held: frozenset[str]
    rollers: dict[str, Known]
    labels: dict[str, str]
    history: tuple[EventRow, ...]


def list_incidents(station: Station) -> list[IncidentRow]:
    """Every incident, the open ones first, the newest first."""
    with station.store.reading():
        return [IncidentRow(**row) for row in queries.incidents(station.store.database)]


def show_incident(station: Station, code: str) -> IncidentFile:
    """Everything known of one incident."""
    with station.store.reading() as journal:
        found = named_incident(station, journal, code)
        database = station.store.database
        return IncidentFile(
            found,
            held_by(journal, found),
            traces.known(database, found.rollers),
            queries.labels(database, {*found.persons, *(each.person for each in found.told)}),
            history_of(station, journal, found.code),
        )


def named_incident(station: Station, journal: Journal, text: str, field: str = "code") -> Incident:
    """The incident that a code names; BadCode for none."""
    code = read_code(station, text, Kind.INCIDENT, field)
    found = incidents.fold(code, journal.stream(code))
    if found is None:
        raise BadCode(f"no incident is registered under {shown(code)}", field=field)
    return found


def lifted_for(journal: Journal, roller: Roller) -> str | None:
    """The person with whom the recall began that a release of a roller lifts; None for anything else."""
    lifted = roller.recalls[-1][0] if roller.recalls and roller.quarantined is None else ""
    found = incidents.fold(lifted, journal.stream(lifted)) if lifted else None
    return found.person if found else None


def packs_held_by(journal: Journal, incident: Incident) -> frozenset[str]:
    """The packs that an incident still keeps aside."""
    found = (fold_pack(code, journal.stream(code)) for code in incident.packs)
    return frozenset(pack.code for pack in found if pack and incident.code in dict(pack.recalls))


def held_by(journal: Journal, incident: Incident) -> frozenset[str]:
    """The rollers that an incident still keeps aside."""
    journal.read_ahead(incident.rollers)
    return frozenset(code for code in incident.rollers if incident.code in dict(journal.roller(code).recalls))
