"""The seal: made of the journal as it stands, and compared with a journal that has grown since."""

from dataclasses import dataclass

from rollertrack.domain.seal import Seal, entered_first, read_seal, seal_of
from rollertrack.services.station import Station
from rollertrack.store import report_queries as queries


@dataclass(frozen=True, slots=True)
class SealFound:
    """A seal against the journal: whether it still contains that state, how many entries it holds now.

    `sealed_until` is when the newest entry of that state was entered, microseconds UTC; 0 for none.
    """

    seal: Seal
    contained: bool
    entries: int
    sealed_until: int = 0


def seal(station: Station) -> Seal:
    """The seal of the journal as it stands."""
    with station.store.reading():
        return seal_of(queries.ends(station.store.database))


def check_seal(station: Station, text: str) -> SealFound:
    """Whether the journal still contains the state that a seal was made of; BadInput for no seal."""
    wanted = read_seal(text)
    with station.store.reading():
        database = station.store.database
        now = seal_of(queries.ends(database))
        if wanted.entries > now.entries:
            return SealFound(wanted, False, now.entries)
        ends, last = entered_first(queries.entries(database), wanted.entries)
        is_there = wanted.seals(seal_of(ends.values()))
        return SealFound(wanted, is_there, now.entries, last if is_there else 0)
