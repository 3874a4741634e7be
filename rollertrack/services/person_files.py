"""Everything known of one person: how long the skin rests, what to ask first, what was done and followed."""

from collections.abc import Iterator, Mapping, Sequence

from rollertrack.domain.code import Kind
from rollertrack.domain.conditions import lists_naming
from rollertrack.domain.person import PastSession, Person
from rollertrack.domain.person_file import OwnRoller, PersonFile, SessionLine
from rollertrack.domain.rest import resting
from rollertrack.services.asked import as_mended
from rollertrack.services.station import Station, person_of, read_code
from rollertrack.store import person_queries as queries


def show_person(station: Station, code: str) -> PersonFile:
    """Everything known of a person, as of now."""
    with station.store.reading() as journal:
        found = read_code(station, code, Kind.PERSON)
        person = as_mended(station, journal, person_of(journal, found))
        policy, database, now = journal.policy(), station.store.database, station.clock()
        askings = (person.asked,) if person.asked else ()
        operators = {each.operator for each in (*person.sessions, *askings) if each.operator}
        return PersonFile(
            person=person,
            policy=policy,
            rests=resting(person.sessions, policy, now),
            conditions=tuple((name, lists_naming(name)) for name in person.contraindications),
            sessions=tuple(_sessions(person.sessions, queries.concerns(database, found),
                                     queries.names_and_lots(database, _used(person)))),
            rollers=tuple(OwnRoller(*each) for each in queries.own_rollers(database, found)),
            operators=queries.labels(database, operators),
            now=now,
        )  # fmt: skip


def _used(person: Person) -> set[str]:
    return {each.roller for each in person.sessions}


def _sessions(
    sessions: Sequence[PastSession],
    concerns: Mapping[tuple[str, int], str],
    names: Mapping[str, tuple[str, str]],
) -> Iterator[SessionLine]:
    """The sessions, the newest first; an entry of before has its concern with the use alone."""
    for each in sorted(sessions, key=lambda session: -session.at):
        name, lot = names.get(each.roller, ("", ""))
        concern = each.concern or concerns.get((each.roller, each.entry), "")
        yield SessionLine(each.at, each.roller, name, each.reach, each.area, concern, each.operator, lot)
